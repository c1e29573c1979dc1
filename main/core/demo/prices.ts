import { currencyDigits } from '../money/money.ts'
import type { DemoShop } from './shop-file.ts'

/** Turns a price of the demo shop (euros, major units) into one that looks right in the shop's currency. */
export type PriceTag = (euros: number) => number

/** Major units of `currency`. A currency that the file does not name keeps the euros' figures. */
export function priceTags(currencies: DemoShop['currencies'], currency: string): PriceTag {
  const known = currencies[currency]
  const digits = currencyDigits(currency)
  const { factor, step } = known ?? { factor: digits === 0 ? 100 : 1, step: digits === 0 ? 10 : 0.05 }
  // A price never rounds to nothing, but what is free stays free.
  return (euros) =>
    euros === 0 ? 0 : Number((Math.max(1, Math.round((euros * factor) / step)) * step).toFixed(digits))
}
