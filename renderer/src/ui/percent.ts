/** Percentages as people write them. The app keeps basis points: 2100 is 21 %. */

/** `21`, `5,5`: for an input. */
export function editablePercent(basisPoints: number, locale: string): string {
  return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 2 }).format(
    basisPoints / 100,
  )
}

/** Basis points from 0 to `max`, null when it is no percentage. */
export function parsePercent(text: string, max = 10_000): number | null {
  const found = /^(\d{1,5})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim())
  if (found === null) return null
  const points = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
  return points <= max ? points : null
}
