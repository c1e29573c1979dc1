/**
 * What a US dollar costs where the owner has not said it: millionths of the unit of a shop's currency. Rough figures of
 * 2026, a good part above the market, so that a cap is reached too early rather than too late. Services bill in dollars.
 */
const unitsPerDollar: Record<string, number | undefined> = {
  EUR: 1,
  GBP: 0.9,
  MXN: 23,
  COP: 4_900,
  ARS: 2_200,
  CLP: 1_150,
  PEN: 4.3,
  UYU: 49,
  PYG: 8_900,
  BOB: 15,
  VES: 1_500,
  CRC: 620,
  GTQ: 9,
  HNL: 32,
  NIO: 43,
  DOP: 75,
  CUP: 550,
  PAB: 1,
  CAD: 1.6,
  AUD: 1.8,
  NZD: 2,
  BRL: 6.8,
}

export type RateSource = 'owner' | 'table' | 'same'

/** Millionths of the currency's unit for one US dollar, and whose figure that is; 0 where nobody knows. */
export function usdRateOf(currency: string, owner: number | null): { usdRate: number; source: RateSource } {
  if (owner !== null) return { usdRate: owner, source: 'owner' }
  if (currency === 'USD') return { usdRate: 1_000_000, source: 'same' }
  return { usdRate: Math.round((unitsPerDollar[currency] ?? 0) * 1_000_000), source: 'table' }
}
