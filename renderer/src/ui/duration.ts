/** Milliseconds as people read them: `8 ms`, `1,2 s`, `3 min`. */
export function durationText(ms: number, locale: string): string {
  const [value, unit] =
    ms < 1000
      ? [Math.round(ms), 'millisecond']
      : ms < 120_000
        ? [Math.round(ms / 100) / 10, 'second']
        : [Math.round(ms / 60_000), 'minute']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}
