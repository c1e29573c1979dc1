/**
 * Digits of minor units, for whoever shows or reads an amount of the contract. The same table as the core's (which may not
 * import from here); a test of the API holds the two together. Source: ISO 4217, list one.
 */
const digitsOf: Record<string, number | undefined> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
}

/** Currencies whose cents are out of use: whole amounts are written without them. */
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

export function currencyDigits(currency: string): number {
  return digitsOf[currency] ?? 2
}

export function usesCents(currency: string): boolean {
  return currencyDigits(currency) > 0 && !withoutCents.has(currency)
}
