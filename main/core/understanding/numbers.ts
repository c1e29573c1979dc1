/** Numbers as customers write them, in words and digits. */

const numberWords: Readonly<Record<string, number>> = {
  un: 1,
  uno: 1,
  una: 1,
  dos: 2,
  tres: 3,
  cuatro: 4,
  cinco: 5,
  seis: 6,
  siete: 7,
  ocho: 8,
  nueve: 9,
  diez: 10,
  once: 11,
  doce: 12,
  trece: 13,
  catorce: 14,
  quince: 15,
  dieciseis: 16,
  diecisiete: 17,
  dieciocho: 18,
  diecinueve: 19,
  veinte: 20,
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
  treinta: 30,
  cuarenta: 40,
  cincuenta: 50,
  sesenta: 60,
  setenta: 70,
  ochenta: 80,
  noventa: 90,
  cien: 100,
  ciento: 100,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
}
export const articles = new Set(['un', 'una', 'a', 'an', 'uno'])
/** What a number before it counts is no piece of a product. */
export const notPieces =
  /^(?:personas|persona|gente|invitados|dias|dia|anos|ano|meses|semanas|horas|hrs|am|pm|minutos|people|guests|days|day|years|year|months|weeks|hours|old|oclock|h|mil|k|percent|porciento|%|€|£|\$|euros|euro|pesos|libras|pounds|quid|dolares|dollars|eur|gbp|cop|mxn|ars|bucks|lucas)$/

/** "treinta", "forty": may be followed by ones. */
export function tensWord(word: string): boolean {
  const value = Object.hasOwn(numberWords, word) ? (numberWords[word] ?? 0) : 0
  return value >= 20 && value < 100 && value % 10 === 0
}

/** A number as customers write it, in words or digits; null when the word is none, or too long to count anything. */
export function numberOf(word: string): number | null {
  if (/^\d+$/.test(word)) return word.length > 7 ? null : Number(word)
  const [tens = '', ones] = word.split('-')
  if (ones !== undefined) {
    const sum = [numberWords[tens], numberWords[ones]]
    return tensWord(tens) && (sum[1] ?? 10) < 10 ? (sum[0] ?? 0) + (sum[1] ?? 0) : null
  }
  return Object.hasOwn(numberWords, word) ? (numberWords[word] ?? null) : null
}

/** 12,90 · 12.900 · 1,299.00 · 50: a decimal sign has one or two digits after it, three digits are thousands. */
export function decimalOf(word: string): number | null {
  if (!/^\d[\d.,]*$/.test(word)) return Object.hasOwn(numberWords, word) ? (numberWords[word] ?? null) : null
  const decimal = /[.,](\d{1,2})$/.exec(word)
  const whole = (decimal === null ? word : word.slice(0, decimal.index)).replace(/[.,]/g, '')
  const value = Number(`${whole}${decimal === null ? '' : `.${decimal[1]}`}`)
  return Number.isFinite(value) ? value : null
}
