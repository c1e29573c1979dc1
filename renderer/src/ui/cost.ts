/** What models cost, as the desk shows it. Costs are integer millionths of a currency's unit. */

/** `0,0042 €`: small sums keep two figures that say something, larger ones the currency's own decimals. */
export function formatCost(micros: number, currency: string, locale: string): string {
  const units = micros / 1_000_000
  const small = units !== 0 && Math.abs(units) < 0.1
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(small ? { minimumFractionDigits: 0, maximumSignificantDigits: 2 } : {}),
  }).format(units)
}

/** Price for a million tokens, from millionths of a US dollar: `0,27 US$`. */
export function formatTokenPrice(micros: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 4,
  }).format(micros / 1_000_000)
}

/** A figure with a decimal sign of either kind (`0,27`, `1.1`) as whole millionths; null when it is none. */
export function parseMicros(text: string): number | null {
  const found = /^(\d{1,7})(?:[.,](\d{1,6}))?$/.exec(text.trim())
  if (found === null) return null
  return Number(found[1]) * 1_000_000 + Number((found[2] ?? '').padEnd(6, '0'))
}

/** Millionths for an input: the locale's decimal sign, no grouping. */
export function editableMicros(micros: number, locale: string): string {
  return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 6 }).format(
    micros / 1_000_000,
  )
}
