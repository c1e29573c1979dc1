import { currencyDigits, usesCents } from '../../../preload/contract/currency.ts'

/** Money as the desk reads and writes it. Amounts are integer minor units of an ISO 4217 currency. */

export { currencyDigits }

/** Text of an amount; whole amounts show no decimals in currencies whose cents are out of use. */
export function formatMoney(amount: number, currency: string, locale: string): string {
  const digits = currencyDigits(currency)
  const shown = amount % 10 ** digits === 0 && !usesCents(currency) ? 0 : digits
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(amount / 10 ** digits)
}

/** Text for an input: no symbol, no thousands separator, the locale's decimal sign. */
export function editableAmount(amount: number | null, currency: string, locale: string): string {
  if (amount === null) return ''
  const digits = currencyDigits(currency)
  const fraction = amount % 10 ** digits === 0 ? 0 : digits
  return new Intl.NumberFormat(locale, {
    useGrouping: false,
    minimumFractionDigits: fraction,
    maximumFractionDigits: digits,
  }).format(amount / 10 ** digits)
}

/** Decimal and grouping signs of a locale. */
function signs(locale: string): { decimal: string; group: string } {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1234567.8)
  return {
    decimal: parts.find((part) => part.type === 'decimal')?.value ?? '.',
    group: parts.find((part) => part.type === 'group')?.value ?? ',',
  }
}

/**
 * Minor units from what a person typed, by the shop's locale: in es-ES `12,90` → 1290 and `1.234` → 123400; the other
 * sign is taken as decimal only where it cannot be grouping (`12.9` in es-ES). `null` when it is no amount.
 */
export function parseAmount(text: string, currency: string, locale: string): number | null {
  const digits = currencyDigits(currency)
  const { decimal } = signs(locale)
  const bare = text
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/^(?:\p{Sc}|[A-Z]{3})|(?:\p{Sc}|[A-Z]{3})$/gu, '')
  if (!/^\d[\d.,]*$/.test(bare)) return null
  const other = decimal === ',' ? '.' : ','
  const own = bare.split(decimal)
  let whole: string
  let fraction = ''
  if (own.length > 2) {
    // The decimal sign more than once: only grouping would explain it, and then it is no decimal sign here.
    if (bare.includes(other) || !own.slice(1).every((part) => part.length === 3)) return null
    whole = own.join('')
  } else if (own.length === 2) {
    const groups = (own[0] ?? '').split(other)
    if (groups.length > 1 && !groups.slice(1).every((part) => part.length === 3)) return null
    whole = groups.join('')
    fraction = own[1] ?? ''
    if (fraction.includes(other)) return null
  } else {
    const groups = bare.split(other)
    if (groups.length > 1 && groups.slice(1).every((part) => part.length === 3)) whole = groups.join('')
    else if (groups.length === 2) {
      whole = groups[0] ?? ''
      fraction = groups[1] ?? ''
    } else if (groups.length === 1) whole = bare
    else return null
  }
  if (fraction.length > digits || whole === '') return null
  const amount = Number(whole + fraction.padEnd(digits, '0'))
  return Number.isSafeInteger(amount) ? amount : null
}
