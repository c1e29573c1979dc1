import { currencyDigits } from './money.ts'

/**
 * Reads a number as people write amounts: `12,90`, `12.90`, `1.299,00`, `1,299.00`, `12.900`, `1 299`, `1'299.50`.
 * A single separator before exactly three digits groups thousands, but in currencies with three decimals.
 * @returns minor units, or null when the text is no such number.
 */
export function parseAmount(text: string, currency: string): number | null {
  const compact = text.trim().replace(/(?<=\d)[\s'’\u00a0\u202f](?=\d{3}(?!\d))/g, '')
  const match = /^(\d[\d.,]*)$/.exec(compact)
  if (match?.[1] === undefined) return null
  const digits = match[1].replace(/[.,]$/, '')
  const parts = splitDecimals(digits, currencyDigits(currency))
  if (parts === null) return null
  const { whole, fraction } = parts
  const places = currencyDigits(currency)
  const padded = fraction.padEnd(places, '0')
  const kept = Number(whole + padded.slice(0, places))
  if (!Number.isSafeInteger(kept)) return null
  return Number(padded[places] ?? '0') >= 5 ? kept + 1 : kept
}

function splitDecimals(digits: string, places: number): { whole: string; fraction: string } | null {
  const lastComma = digits.lastIndexOf(',')
  const lastDot = digits.lastIndexOf('.')
  if (lastComma === -1 && lastDot === -1) return { whole: digits, fraction: '' }
  const at = Math.max(lastComma, lastDot)
  const sign = digits.charAt(at)
  const before = digits.slice(0, at)
  const after = digits.slice(at + 1)
  const both = lastComma !== -1 && lastDot !== -1
  const repeated = before.includes(sign)
  if (both && repeated) return null
  const groups = repeated || (!both && after.length === 3 && places !== 3 && !/^0/.test(before))
  if (groups) return isGrouped(digits, sign) ? { whole: digits.replaceAll(sign, ''), fraction: '' } : null
  const other = sign === ',' ? '.' : ','
  if (both && !isGrouped(before, other)) return null
  return { whole: before.replaceAll(other, '') || '0', fraction: after }
}

function isGrouped(digits: string, sign: string): boolean {
  const [first, ...rest] = digits.split(sign)
  return first !== undefined && /^\d{1,3}$/.test(first) && rest.every((group) => /^\d{2,3}$/.test(group))
}

/**
 * An amount in major units as people put it into a form: a number, or text that may carry the currency's sign,
 * code or name (`"3,95 €"`, `"$12.900"`, `"gratis"` is 0).
 * @returns minor units, or null when it is no amount.
 */
export function parseMajorAmount(value: number | string, currency: string): number | null {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) return null
    const minor = Math.round(Number((value * 10 ** currencyDigits(currency)).toPrecision(15)))
    return Number.isSafeInteger(minor) ? minor : null
  }
  const text = value.trim().toLowerCase()
  if (/^(gratis|gratuito|free|sin coste|sin costo|no charge)$/.test(text)) return 0
  const bare = text.replace(/^[^\d-]{0,8}/, '').replace(/[^\d]{0,12}$/, '')
  return parseAmount(bare, currency)
}
