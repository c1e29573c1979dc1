import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brokenCap } from './caps.ts'
import { costOfTokens, fromUsd, microsOf, worstCost } from './cost.ts'
import { usdRateOf } from './rates.ts'
import type { Prices } from './spending.ts'

const price = fc.integer({ min: 0, max: 200_000_000 })
const prices = fc.record<Prices>({
  input: price,
  cached: price,
  output: price,
  source: fc.constant('service'),
})
const count = fc.integer({ min: 0, max: 2_000_000 })
const rate = fc.integer({ min: 1, max: 20_000_000_000 })
const tokens = fc
  .record({ input: count, cached: count, output: count })
  .map(({ input, cached, output }) => ({ input, cached: Math.min(input, cached), output }))

const deepseek: Prices = { input: 270_000, cached: 70_000, output: 1_100_000, source: 'table' }

describe('the cost of a request', () => {
  it('is what the price list says', () => {
    // 1,000,000 fresh tokens at 0.27 dollars, a dollar at 1 euro: 0.27 euros.
    expect(costOfTokens({ input: 1_000_000, cached: 0, output: 0 }, deepseek, 1_000_000)).toBe(270_000)
    expect(costOfTokens({ input: 1_000_000, cached: 1_000_000, output: 0 }, deepseek, 1_000_000)).toBe(70_000)
    // 2,000 in, half of it cached, 300 out, a dollar at 4,000 pesos: (270 + 70 + 330) millionths of a dollar.
    expect(costOfTokens({ input: 2_000, cached: 1_000, output: 300 }, deepseek, 4_000_000_000)).toBe(
      670 * 4_000,
    )
    expect(fromUsd(670, 4_000_000_000)).toBe(2_680_000)
  })

  it('is rounded up: never less than is owed, never a millionth more than it', () => {
    fc.assert(
      fc.property(tokens, prices, rate, (used, listed, usdRate) => {
        const exact =
          BigInt(used.input - used.cached) * BigInt(listed.input) +
          BigInt(used.cached) * BigInt(listed.cached) +
          BigInt(used.output) * BigInt(listed.output)
        const owed = exact * BigInt(usdRate)
        const cost = BigInt(costOfTokens(used, listed, usdRate))
        if (cost === BigInt(Number.MAX_SAFE_INTEGER)) return
        expect(cost * 1_000_000_000_000n).toBeGreaterThanOrEqual(owed)
        expect((cost - 1n) * 1_000_000_000_000n).toBeLessThan(owed === 0n ? 1n : owed)
      }),
    )
  })

  it('is never more than what was reserved for as many tokens', () => {
    fc.assert(
      fc.property(tokens, count, count, prices, rate, (used, moreIn, moreOut, listed, usdRate) => {
        const worst = { inputTokens: used.input + moreIn, outputTokens: used.output + moreOut }
        expect(costOfTokens(used, listed, usdRate)).toBeLessThanOrEqual(worstCost(worst, listed, usdRate))
      }),
    )
  })

  it('takes counts that a service made up for what they can be', () => {
    const cost = (input: number, cached: number, output: number) =>
      costOfTokens({ input, cached, output }, deepseek, 1_000_000)
    expect(cost(-5, -7, Number.NaN)).toBe(0)
    expect(cost(1_000, 99_999, 0)).toBe(70)
    expect(cost(Number.POSITIVE_INFINITY, 0, 0)).toBe(0)
    expect(cost(1e300, 0, 1e300)).toBe(Number.MAX_SAFE_INTEGER)
  })
})

describe('a cap', () => {
  it('lets through exactly what fits into it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.integer({ min: 1, max: 2_000_000_000 }),
        fc.constantFrom('EUR', 'CLP', 'KWD'),
        (cap, spent, cost, currency) => {
          const fits = spent + cost <= microsOf(cap, currency)
          const caps = { day: cap, month: null, warnAt: 80 }
          expect(brokenCap(caps, { day: spent, month: 0 }, cost, currency)).toBe(fits ? null : 'day')
        },
      ),
    )
  })

  it('is in minor units, whatever their number of digits', () => {
    expect(microsOf(250, 'EUR')).toBe(2_500_000)
    expect(microsOf(2_500, 'CLP')).toBe(2_500_000_000)
    expect(microsOf(2_500, 'KWD')).toBe(2_500_000)
  })
})

describe('what a dollar costs', () => {
  it('is the owner’s figure, else a shipped one, else not known', () => {
    expect(usdRateOf('EUR', 920_000)).toEqual({ usdRate: 920_000, source: 'owner' })
    expect(usdRateOf('USD', null)).toEqual({ usdRate: 1_000_000, source: 'same' })
    expect(usdRateOf('COP', null).source).toBe('table')
    expect(usdRateOf('COP', null).usdRate).toBeGreaterThan(4_000_000_000)
    expect(usdRateOf('JPY', null).usdRate).toBe(0)
    const ours = 'EUR GBP USD MXN COP ARS CLP PEN UYU PYG BOB VES CRC GTQ HNL NIO DOP PAB CAD'.split(' ')
    for (const currency of ours) expect(usdRateOf(currency, null).usdRate, currency).toBeGreaterThan(0)
  })
})
