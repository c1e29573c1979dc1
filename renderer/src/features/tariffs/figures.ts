/** Plain numbers as people write them in a field: `2,5` and `2.5`; neither a sign nor thousands. */

export function parseFigure(text: string): number | null {
  const found = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(text.trim())
  return found === null ? null : Number(`${found[1]}.${found[2] ?? '0'}`)
}

/** For a field; empty where there is none. */
export function editableFigure(value: number | null, locale: string): string {
  if (value === null) return ''
  return new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 3 }).format(value)
}
