/** Turns what a customer typed into comparable words: folded, unabbreviated, with their place in the text. */

export interface Token {
  /** As written. */
  raw: string
  /** Lower case, without accents, stretched letters or chat abbreviations. */
  word: string
  /** Known word that this one is probably a typo of, null when it is known or like nothing known. */
  fixed: string | null
  start: number
  end: number
  /** What stood before it: nothing, a comma, or the end of a sentence. */
  before: 'none' | 'soft' | 'hard'
  /** A question mark closes its sentence. */
  asked: boolean
}

const abbreviations: Readonly<Record<string, string>> = {
  q: 'que',
  k: 'que',
  ke: 'que',
  qe: 'que',
  xq: 'porque',
  pq: 'porque',
  porq: 'porque',
  tb: 'tambien',
  tmb: 'tambien',
  tbn: 'tambien',
  tmbn: 'tambien',
  d: 'de',
  bn: 'bien',
  dnd: 'donde',
  xfa: 'porfa',
  xfavor: 'porfa',
  porfis: 'porfa',
  porfi: 'porfa',
  porfaplis: 'porfa',
  plis: 'porfa',
  pf: 'porfa',
  ud: 'usted',
  uds: 'ustedes',
  pa: 'para',
  msj: 'mensaje',
  grax: 'gracias',
  grcs: 'gracias',
  gcs: 'gracias',
  cto: 'cuanto',
  cnto: 'cuanto',
  toy: 'estoy',
  ta: 'esta',
  u: 'you',
  ur: 'your',
  r: 'are',
  pls: 'please',
  plz: 'please',
  thx: 'thanks',
  thnx: 'thanks',
  tnx: 'thanks',
  tks: 'thanks',
  ty: 'thanks',
  wanna: 'want',
  gimme: 'give',
  hav: 'have',
  abt: 'about',
  wat: 'what',
}

const unitPattern = /^(\d+(?:[.,]\d+)?)(gr?s?|kgs?|kilos?|ml|cl|l|lts?|cm|mm|k|x|uds?|pcs|eur|euros?|mil)$/

/** Lower case without accents; ñ becomes n, so that "cuanto"/"cuánto" and "nino"/"niño" compare equal. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
}

/** Comparable form of one word. */
export function normaliseWord(raw: string): string {
  const folded = fold(raw)
    .replace(/['’]/g, '')
    .replace(/([a-z])\1{2,}/g, '$1')
  if (/^(?:[aeij]*(?:ja|je|ji|ha|he)){2,}[hjs]?$/.test(folded)) return 'jaja'
  return Object.hasOwn(abbreviations, folded) ? (abbreviations[folded] ?? folded) : folded
}

const wordPattern =
  /\d+\/\d+|\d+(?:[.,:]\d+)*(?:-\d+)?[\p{L}]*|[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*|[?!¿¡.,;:\n…]|[€£$%]/gu

/** Tokens of a text. Emoji and other signs are left out; a line break ends a sentence. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  let before: Token['before'] = 'hard'
  let sentence = 0
  const push = (raw: string, start: number): void => {
    tokens.push({
      raw,
      word: normaliseWord(raw),
      fixed: null,
      start,
      end: start + raw.length,
      before,
      asked: false,
    })
    before = 'none'
  }
  const close = (asked: boolean): void => {
    if (asked) for (const token of tokens.slice(sentence)) token.asked = true
    sentence = tokens.length
    before = 'hard'
  }
  for (const match of text.matchAll(wordPattern)) {
    const sign = match[0]
    if (/^[?!.;\n…]$/.test(sign)) close(sign === '?')
    else if (/^[¿¡]$/.test(sign)) close(false)
    else if (sign === ':') close(false)
    else if (sign === ',') before = before === 'hard' ? 'hard' : 'soft'
    else {
      const unit = unitPattern.exec(fold(sign))
      const amount = unit?.[1]
      if (amount !== undefined) {
        push(sign.slice(0, amount.length), match.index)
        push(sign.slice(amount.length), match.index + amount.length)
      } else push(sign, match.index)
    }
  }
  return tokens
}

/** How a word sounds to a Spanish ear, for spelling mistakes that sound right: "kiero", "ola", "embio". */
export function soundKey(word: string): string {
  return word
    .replace(/ch/g, '#')
    .replace(/h/g, '')
    .replace(/qu|q/g, 'k')
    .replace(/c(?=[ei])/g, 's')
    .replace(/c/g, 'k')
    .replace(/z/g, 's')
    .replace(/ll/g, 'y')
    .replace(/v/g, 'b')
    .replace(/n(?=[bp])/g, 'm')
    .replace(/g(?=[ei])/g, 'j')
    .replace(/x/g, 's')
    .replace(/(.)\1/g, '$1')
}

/** Optimal string alignment distance (insert, delete, replace, swap), Infinity beyond `limit`. */
export function typoDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return Number.POSITIVE_INFINITY
  let beforeLast: number[] = []
  let last = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    let lowest = row
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      let value = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1])
        value = Math.min(value, (beforeLast[column - 2] ?? 0) + 1)
      current.push(value)
      lowest = Math.min(lowest, value)
    }
    if (lowest > limit) return Number.POSITIVE_INFINITY
    beforeLast = last
    last = current
  }
  const distance = last[right.length] ?? Number.POSITIVE_INFINITY
  return distance > limit ? Number.POSITIVE_INFINITY : distance
}

/** "tacitas" → "taza", "velita" → "vela", "florecita" → "flor": what a Spanish diminutive may come from. */
export function withoutDiminutive(word: string): string[] {
  const found = /^(.{2,}?)(ec|c|qu|gu)?it([oa])s?$/.exec(word)
  if (found === null || word.length < 6) return []
  const [, root = '', link = '', ending = ''] = found
  if (link === '') return [`${root}${ending}`, `${root}e`, root]
  if (link === 'qu') return [`${root}c${ending}`]
  if (link === 'gu') return [`${root}g${ending}`]
  return [`${root}z${ending}`, root, `${root}e`, `${root}${link}${ending}`]
}

/** Very rough stem, the same for singular and plural, masculine and feminine: "rojas" ~ "rojo", "candles" ~ "candle". */
export function stem(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word
  let out = word
  if (out.length > 4 && out.endsWith('ies')) out = `${out.slice(0, -3)}y`
  else if (out.length > 4 && out.endsWith('ces')) out = `${out.slice(0, -3)}z`
  else if (out.length > 5 && /(?:[lnrdsxj]|sh|ch)es$/.test(out)) out = out.slice(0, -2)
  else if (out.endsWith('s') && !out.endsWith('ss')) out = out.slice(0, -1)
  if (out.length > 3 && /[aoe]$/.test(out)) out = out.slice(0, -1)
  return out
}
