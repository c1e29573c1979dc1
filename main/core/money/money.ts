/** An amount: integer minor units of an ISO 4217 currency. 12,90 € is {amount: 1290, currency: 'EUR'}. */
export interface Money {
  amount: number
  currency: string
}

/**
 * Digits after the decimal sign where they are not two. Source: ISO 4217, list one. A fixed table: the runtime's own data
 * (CLDR) differs from the standard and between versions, and stored amounts must not change their meaning with it.
 */
const digitsOf: Record<string, number | undefined> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
}

/** Digits after the decimal sign of a currency's minor unit: 2 for EUR and COP, 0 for JPY and CLP. */
export function currencyDigits(currency: string): number {
  return digitsOf[currency] ?? 2
}

/** Whether prices in a currency are usually written with cents; in COP or CLP they are not, and `12.900` is thousands. */
export function usesCents(currency: string): boolean {
  return currencyDigits(currency) > 0 && !withoutCents.has(currency)
}

/** Whether `code` is a currency this runtime knows. */
export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code)
}

/** Minor units from a decimal number as people write it (12.9 → 1290 for EUR). Rounds half away from zero. */
export function toMinorUnits(major: number, currency: string): number {
  const factor = 10 ** currencyDigits(currency)
  const scaled = Math.abs(major) * factor
  return Math.sign(major) * Math.round(Number(scaled.toPrecision(15)))
}

/** The decimal number of an amount. For text and file formats only; never calculate with it. */
export function toMajorUnits(amount: number, currency: string): number {
  return amount / 10 ** currencyDigits(currency)
}

const formatters = new Map<string, Intl.NumberFormat>()

/** Currencies with minor units that prices there no longer use: whole amounts are written without `,00`. */
const withoutCents = new Set([
  'ARS',
  'CLP',
  'COP',
  'CRC',
  'UYU',
  'PYG',
  'DOP',
  'CUP',
  'TWD',
  'HUF',
  'CZK',
  'ISK',
  'IDR',
  'VND',
  'KRW',
  'JPY',
])

/**
 * Text of an amount as the locale writes it: `12,90 €`, `$ 12.900`, `£1,299.00`.
 * Whole amounts lose their decimals only in currencies whose cents are out of use (`$ 12.900` in Argentina).
 */
export function formatMoney(money: Money, locale: string): string {
  const whole = withoutCents.has(money.currency) && money.amount % 10 ** currencyDigits(money.currency) === 0
  const key = `${locale}|${money.currency}|${whole}`
  let formatter = formatters.get(key)
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(locale, {
      style: 'currency',
      currency: money.currency,
      currencyDisplay: 'narrowSymbol',
      // Spanish and others leave 1290 ungrouped by default; prices are read with the separator.
      useGrouping: 'always',
      minimumFractionDigits: whole ? 0 : currencyDigits(money.currency),
      maximumFractionDigits: whole ? 0 : currencyDigits(money.currency),
    })
    formatters.set(key, formatter)
  }
  // Chats render a plain space better than the no-break ones that CLDR uses.
  return formatter.format(toMajorUnits(money.amount, money.currency)).replace(/[\u00a0\u202f]/g, ' ')
}
