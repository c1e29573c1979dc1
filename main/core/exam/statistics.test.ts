import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bootstrapInterval, mcnemarExact, quantile, randomNumbers, shareOf } from './statistics.ts'

const counts = fc
  .integer({ min: 1, max: 2000 })
  .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)))

test("Wilson's interval holds the rate, stays between 0 and 1 and mirrors", () => {
  fc.assert(
    fc.property(counts, ([passed, total]) => {
      const { rate, low, high } = shareOf(passed, total)
      expect(low).toBeLessThanOrEqual(rate)
      expect(high).toBeGreaterThanOrEqual(rate)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
      const mirror = shareOf(total - passed, total)
      expect(mirror.low).toBeCloseTo(1 - high, 10)
      expect(mirror.high).toBeCloseTo(1 - low, 10)
    }),
  )
})

test("Wilson's interval narrows with more cases of the same rate", () => {
  fc.assert(
    fc.property(counts, ([passed, total]) => {
      const few = shareOf(passed, total)
      const many = shareOf(passed * 4, total * 4)
      expect(many.high - many.low).toBeLessThan(few.high - few.low)
    }),
  )
})

test("Wilson's interval agrees with the published example of 9 of 10", () => {
  const { low, high } = shareOf(9, 10)
  expect(low).toBeCloseTo(0.5958, 3)
  expect(high).toBeCloseTo(0.9821, 3)
})

test('nothing examined says nothing', () => {
  expect(shareOf(0, 0)).toEqual({ passed: 0, total: 0, rate: 0, low: 0, high: 1 })
})

/** The same sum with whole binomial coefficients. */
function mcnemarByCounting(first: number, second: number): number {
  const pairs = first + second
  let coefficient = 1n
  let tail = 0n
  for (let at = 0; at <= Math.min(first, second); at++) {
    tail += coefficient
    coefficient = (coefficient * BigInt(pairs - at)) / BigInt(at + 1)
  }
  return Math.min(1, (2 * Number(tail)) / 2 ** pairs)
}

test("McNemar's exact p is the binomial tail, symmetric and at most 1", () => {
  const split = fc.integer({ min: 0, max: 25 })
  fc.assert(
    fc.property(split, split, (first, second) => {
      const p = mcnemarExact(first, second)
      expect(p).toBeCloseTo(mcnemarByCounting(first, second), 9)
      expect(p).toBe(mcnemarExact(second, first))
      expect(p).toBeGreaterThan(0)
    }),
  )
  expect(mcnemarExact(0, 0)).toBe(1)
  expect(mcnemarExact(0, 10)).toBeCloseTo(2 / 1024, 12)
})

test('the bootstrap gives the same interval for the same seed, around the mean', () => {
  const differences = fc.array(fc.constantFrom<number>(-1, 0, 1), { minLength: 20, maxLength: 120 })
  fc.assert(
    fc.property(differences, fc.integer({ min: 0, max: 2 ** 31 }), (values, seed) => {
      const first = bootstrapInterval(values, seed, 400)
      expect(first).toEqual(bootstrapInterval(values, seed, 400))
      const middle = values.reduce((sum, value) => sum + value, 0) / values.length
      expect(first.low).toBeLessThanOrEqual(middle + 1e-9)
      expect(first.high).toBeGreaterThanOrEqual(middle - 1e-9)
    }),
    { numRuns: 40 },
  )
})

test('two equal runs differ by nothing', () => {
  expect(bootstrapInterval([0, 0, 0, 0], 7)).toEqual({ low: 0, high: 0 })
})

test('quantiles are values that were measured', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, part) => {
        expect(values).toContain(quantile(values, part))
      },
    ),
  )
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2)
  expect(quantile([1, 2, 3, 4], 0.95)).toBe(4)
})

test('a seed gives its own row of numbers', () => {
  const row = (seed: number) => Array.from({ length: 5 }, randomNumbers(seed))
  expect(row(1)).toEqual(row(1))
  expect(row(1)).not.toEqual(row(2))
  for (const value of row(3)) expect(value >= 0 && value < 1).toBe(true)
})
