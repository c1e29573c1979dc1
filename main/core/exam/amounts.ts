import { currencyDigits } from '../money/money.ts'
import { numberOf } from '../understanding/numbers.ts'

/**
 * Amounts of money in an answer, read without the gate's own reader: an exam that asked the gate whether the gate is
 * right would always pass.
 */
export interface SpokenAmount {
  /** Minor units of the shop's currency; null for an amount in another currency. */
  amount: number | null
  text: string
  start: number
}

const number = String.raw`\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?![\d])(?:[.,]\d{1,2})?(?!\d)|\d+[.,]\d{1,2}(?!\d)|\d+`
const scale = String.raw`(?:[ \u00a0]?(?:k|mil|thousand)\b)?`
const sign = String.raw`US\$|R\$|S\/|[€$£¥₡₲]|\b(?:EUR|USD|GBP|MXN|COP|CLP|ARS|PEN|UYU|CHF|JPY|BRL|CRC|PYG|BOB|DOP)\b`
const word = String.raw`(?:euros?|euritos?|pavos|d[oó]lar(?:es)?|dollars?|bucks?|pesos?|libras?|pounds?|quid|soles|colones|guaran[ií]es|quetzales)\b`
const gap = String.raw`[ \u00a0\u202f]?`
const written = String.raw`\p{L}{2,}(?:[ -](?:y[ ])?\p{L}{2,})?`

const signFirst = new RegExp(`(${sign})${gap}(${number})(${scale})`, 'giu')
const numberFirst = new RegExp(`(?<![\\d.,])(${number})(${scale})${gap}(?:de )?(${sign}|${word})`, 'giu')
const inWords = new RegExp(`(?<!\\p{L})(${written})(?: mil)? (${word})`, 'giu')
/** Two decimals and nothing that makes them a time or a measure. */
const bare =
  /(?<![\d.,:/])(\d{1,3}(?:[.,]\d{3})*[.,]\d{2})(?![\d%:/]|[.,]\d| ?(?:%|kg|g|gr|l|ml|cl|cm|mm|m|km|h|hs|am|pm)\b)/giu

/** "de 8.30 a 14.00": times, where no currency says otherwise. */
const times =
  /\b\d{1,2}[.:]\d{2} ?(?:h )?(?:a|to|y|and|hasta|until|-|–) ?(?:las )?\d{1,2}[.:]\d{2}\b(?! ?(?:€|eur))/giu

const currencies: readonly [RegExp, readonly string[]][] = [
  [/^us\$|^usd/i, ['USD']],
  [/^r\$|^brl/i, ['BRL']],
  [/^(?:€|eur|pavos)/i, ['EUR']],
  [/^(?:£|gbp|libra|pound|quid)/i, ['GBP']],
  [/^\$/, ['USD', 'MXN', 'COP', 'CLP', 'ARS', 'UYU', 'CAD', 'AUD', 'DOP', 'NZD']],
  [/^(?:d[oó]lar|dollar|buck)/i, ['USD', 'CAD', 'AUD', 'NZD']],
  [/^peso/i, ['MXN', 'COP', 'CLP', 'ARS', 'UYU', 'DOP', 'CUP', 'PHP']],
  [/^(?:s\/|soles|pen)/i, ['PEN']],
]

function isOwn(mark: string, currency: string): boolean {
  if (mark.toUpperCase() === currency) return true
  const known = currencies.find(([pattern]) => pattern.test(mark))
  return known?.[1].includes(currency) ?? false
}

/** Finds the amounts of a text, in order. Times ("17:00"), measures ("500 g") and counts are none. */
export function spokenAmounts(text: string, currency: string): SpokenAmount[] {
  const found: SpokenAmount[] = []
  let rest = text
  const take = (match: RegExpExecArray, amount: number | null): void => {
    found.push({ amount, text: match[0].trim(), start: match.index })
    rest =
      rest.slice(0, match.index) +
      '\u0000'.repeat(match[0].length) +
      rest.slice(match.index + match[0].length)
  }
  for (const match of rest.matchAll(numberFirst))
    take(match, isOwn(match[3] ?? '', currency) ? minorOf(match[1] ?? '', match[2] ?? '', currency) : null)
  for (const match of rest.matchAll(signFirst))
    take(match, isOwn(match[1] ?? '', currency) ? minorOf(match[2] ?? '', match[3] ?? '', currency) : null)
  for (const match of rest.matchAll(inWords)) {
    const value = wordsValue(match[1] ?? '')
    if (value === null) continue
    const thousands = / mil /i.test(match[0]) ? 1000 : 1
    take(
      match,
      isOwn(match[2] ?? '', currency) ? Math.round(value * thousands * 10 ** currencyDigits(currency)) : null,
    )
  }
  rest = rest.replace(times, (range) => '\u0000'.repeat(range.length))
  for (const match of rest.matchAll(bare)) {
    if (
      /\b(?:las?|at|hasta|until|from|desde|a)\s+$/i.test(
        rest.slice(Math.max(0, match.index - 8), match.index),
      )
    )
      continue
    take(match, minorOf(match[1] ?? '', '', currency))
  }
  return found.sort((a, b) => a.start - b.start)
}

function minorOf(digits: string, scaled: string, currency: string): number {
  const decimal = /[.,](\d{1,2})$/.exec(digits)
  const whole = (decimal === null ? digits : digits.slice(0, decimal.index)).replace(/\D/g, '')
  const major = Number(`${whole}.${decimal?.[1] ?? '0'}`) * (scaled.trim() === '' ? 1 : 1000)
  return Math.round(major * 10 ** currencyDigits(currency))
}

/** "veinte", "treinta y cinco", "twenty-five"; articles count as no amount. */
function wordsValue(text: string): number | null {
  const words = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[ -]/)
    .filter((part) => part !== 'y')
  if (words.some((part) => /^\d/.test(part))) return null
  const values = words.map((part) => numberOf(part))
  const last = values.at(-1) ?? null
  if (last === null || last < 2) return null
  const tens = values.length === 2 ? (values[0] ?? null) : null
  return tens !== null && tens >= 20 && tens % 10 === 0 && last < 10 ? tens + last : last
}
