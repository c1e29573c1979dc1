import { currencyDigits } from '../money/money.ts'
import type { Prices } from './spending.ts'

/**
 * What requests cost, in whole millionths of the shop's currency unit. Everything is rounded up: a sum of figures is
 * never less than what is owed. Calculated in BigInt, since the products pass what a number holds exactly.
 */

export interface Tokens {
  input: number
  /** Of the input, what the service had in its cache. */
  cached: number
  output: number
}

const million = 1_000_000n

/**
 * Cost of tokens at prices in millionths of a dollar for a million tokens.
 * @param usdRate millionths of the shop's unit for one US dollar
 */
export function costOfTokens(tokens: Tokens, prices: Prices, usdRate: number): number {
  const cached = Math.min(whole(tokens.cached), whole(tokens.input))
  const fresh = whole(tokens.input) - cached
  const usd =
    BigInt(fresh) * BigInt(prices.input) +
    BigInt(cached) * BigInt(prices.cached) +
    BigInt(whole(tokens.output)) * BigInt(prices.output)
  return toNumber(divideUp(usd * BigInt(usdRate), million * million))
}

/** The most that a request can cost: nothing of it comes from a cache, or the cache is the dearer one. */
export function worstCost(
  worst: { inputTokens: number; outputTokens: number },
  prices: Prices,
  usdRate: number,
): number {
  const input = Math.max(prices.input, prices.cached)
  return costOfTokens(
    { input: worst.inputTokens, cached: 0, output: worst.outputTokens },
    { ...prices, input },
    usdRate,
  )
}

/** Millionths of a US dollar in millionths of the shop's unit. */
export function fromUsd(usdMicros: number, usdRate: number): number {
  return toNumber(divideUp(BigInt(whole(usdMicros)) * BigInt(usdRate), million))
}

/** An amount of minor units in millionths of the currency's unit. */
export function microsOf(minor: number, currency: string): number {
  return minor * 10 ** (6 - currencyDigits(currency))
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by
}

/** Counts as services report them: never negative, never broken. Above, what no service counts. */
function whole(count: number): number {
  if (!Number.isFinite(count)) return 0
  return Math.min(Math.max(0, Math.ceil(count)), Number.MAX_SAFE_INTEGER)
}

function toNumber(value: bigint): number {
  const most = BigInt(Number.MAX_SAFE_INTEGER)
  return Number(value > most ? most : value)
}
