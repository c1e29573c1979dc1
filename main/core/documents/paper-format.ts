import type { ShopBrief } from '../engines/engine.ts'
import { type PaperTexts, paperTexts, taxName } from '../language/paper-texts.ts'
import { formatMoney } from '../money/money.ts'

/** How figures and dates are written on a paper in one language. */
export interface PaperFormat {
  language: 'es' | 'en'
  texts: PaperTexts
  tax: string
  money(amount: number): string
  date(instant: string): string
  /** Local date `YYYY-MM-DD`. */
  day(date: string): string
  /** Basis points. */
  rate(points: number): string
  /** In the unit's smallest step. */
  quantity(count: number, unit: string): string
}

export function paperFormat(shop: ShopBrief, language: 'es' | 'en'): PaperFormat {
  const own = shop.locale.toLowerCase().startsWith(language)
  const locale = own ? shop.locale : language === 'es' ? 'es-ES' : 'en-GB'
  const dates = (timeZone: string) =>
    new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long', year: 'numeric' })
  const rates = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 })
  return {
    language,
    texts: paperTexts[language],
    tax: taxName(shop.country, language),
    money: (amount) => formatMoney({ amount, currency: shop.currency }, locale),
    date: (instant) => dates(shop.timeZone).format(new Date(instant)),
    day: (date) => dates('UTC').format(new Date(`${date}T12:00:00Z`)),
    rate: (points) => rates.format(points / 10_000),
    quantity: (count, unit) =>
      unit === 'piece'
        ? new Intl.NumberFormat(locale).format(count)
        : `${new Intl.NumberFormat(locale).format(count)} ${unit}`,
  }
}
