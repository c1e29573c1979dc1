/** Numbers in words, Spanish and English, so that "veinte mil pesos" is held to the same facts as "20.000 pesos". */

const units: Record<string, number> = {
  cero: 0,
  zero: 0,
  dos: 2,
  two: 2,
  tres: 3,
  three: 3,
  cuatro: 4,
  four: 4,
  cinco: 5,
  five: 5,
  seis: 6,
  six: 6,
  siete: 7,
  seven: 7,
  ocho: 8,
  eight: 8,
  nueve: 9,
  nine: 9,
  diez: 10,
  ten: 10,
  once: 11,
  eleven: 11,
  doce: 12,
  twelve: 12,
  trece: 13,
  thirteen: 13,
  catorce: 14,
  fourteen: 14,
  quince: 15,
  fifteen: 15,
  dieciseis: 16,
  sixteen: 16,
  diecisiete: 17,
  seventeen: 17,
  dieciocho: 18,
  eighteen: 18,
  diecinueve: 19,
  nineteen: 19,
  veintiun: 21,
  veintiuno: 21,
  veintiuna: 21,
  veintidos: 22,
  veintitres: 23,
  veinticuatro: 24,
  veinticinco: 25,
  veintiseis: 26,
  veintisiete: 27,
  veintiocho: 28,
  veintinueve: 29,
}
const tens: Record<string, number> = {
  veinte: 20,
  twenty: 20,
  treinta: 30,
  thirty: 30,
  cuarenta: 40,
  forty: 40,
  cincuenta: 50,
  fifty: 50,
  sesenta: 60,
  sixty: 60,
  setenta: 70,
  seventy: 70,
  ochenta: 80,
  eighty: 80,
  noventa: 90,
  ninety: 90,
}
const hundreds: Record<string, number> = {
  cien: 100,
  ciento: 100,
  doscientos: 200,
  doscientas: 200,
  trescientos: 300,
  trescientas: 300,
  cuatrocientos: 400,
  cuatrocientas: 400,
  quinientos: 500,
  quinientas: 500,
  seiscientos: 600,
  seiscientas: 600,
  setecientos: 700,
  setecientas: 700,
  ochocientos: 800,
  ochocientas: 800,
  novecientos: 900,
  novecientas: 900,
}
const ones = new Set(['un', 'una', 'uno', 'one'])
const scales: Record<string, number> = { mil: 1000, thousand: 1000, millon: 1e6, millones: 1e6, million: 1e6 }

/** Words after which "un", "una" or "one" counts rather than being an article. */
const counted =
  /^(?:euros?|dolar|dollar|buck|peso|libra|pound|quid|sol|luca|centimo|cent|unidad|unit|piece|pieza|left|disponible|available|sola|solo|in stock|en stock|remaining|dia|day|semana|week|hora|hour)\b/
const countedBefore = /(?:^|[^a-z])(?:quedan?|nos queda|only|just|solo|solamente|cuesta|vale|costs?)\s$/

interface Parsed {
  value: number
  end: number
}

/** Replaces numbers in words by digits. The text is folded: lower case, no accents. */
export function digitsForWords(text: string): string {
  let out = ''
  let at = 0
  const word = /[a-z]+/g
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    if (match.index < at || isPartOfCode(text, match.index)) continue
    // "Once you confirm" is no eleven.
    if (
      /^once (?:you|we|i|it|the|that|your|they|he|she|a|paid|confirmed)\b/.test(
        text.slice(match.index, match.index + 20),
      )
    )
      continue
    const parsed = numberAt(text, match.index)
    if (parsed === null) continue
    out += text.slice(at, match.index) + String(parsed.value)
    at = parsed.end
    word.lastIndex = at
  }
  return out + text.slice(at)
}

function isPartOfCode(text: string, at: number): boolean {
  return /[\d_]/.test(text[at - 1] ?? '')
}

/** Digits before a scale word ("20 mil") are left to the readers of amounts. */
function numberAt(text: string, start: number): Parsed | null {
  let total = 0
  let group = 0
  let end = start
  let words = 0
  let smallest = Number.POSITIVE_INFINITY
  for (;;) {
    const match = /^(?:(?:\s+(?:y\s+|and\s+)?)|-)?([a-z]+)/.exec(text.slice(end))
    const name = match?.[1]
    if (match === null || name === undefined || (words === 0 && match[0] !== name)) break
    const joined = / (?:y|and) /.test(match[0])
    const next = end + match[0].length
    if (name === 'hundred' && group > 0 && group < 10) group *= 100
    else if (scales[name] !== undefined && (words > 0 || name === 'mil')) {
      if (words === 0 && /\d\s*$/.test(text.slice(0, start))) return null
      total += Math.max(1, group) * scales[name]
      group = 0
      smallest = scales[name]
      end = next
      words++
      continue
    } else {
      const value = wordValue(name, text, end + match[0].length - name.length, next, words)
      if (
        value === null ||
        (joined && !(group % 100 >= 20 && value < 10) && !(group >= 100 && group % 100 === 0))
      )
        break
      if (words > 0 && value >= sizeOf(group === 0 ? smallest : group)) break
      group += value
    }
    end = next
    words++
  }
  return words === 0 ? null : { value: total + group, end }
}

function wordValue(name: string, text: string, start: number, end: number, words: number): number | null {
  if (ones.has(name)) {
    if (words > 0) return 1
    const after = text.slice(end).trimStart()
    return counted.test(after) || (countedBefore.test(text.slice(0, start)) && !/^[a-z]/.test(after))
      ? 1
      : null
  }
  return units[name] ?? tens[name] ?? hundreds[name] ?? null
}

/** What a following word must be below: 20 takes 1–9, 100 takes 1–99, 1000 takes up to 999. */
function sizeOf(value: number): number {
  if (value % 1000 === 0) return 1000
  if (value % 100 === 0) return 100
  return value % 10 === 0 && value % 100 >= 20 ? 10 : 0
}
