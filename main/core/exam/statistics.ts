import type { Share } from './exam.ts'

/** Normal quantile of a two-sided 95 % interval. */
const z95 = 1.959963984540054

/** A share with Wilson's 95 % interval; of nothing it is 0 with an interval that says nothing. */
export function shareOf(passed: number, total: number): Share {
  if (total === 0) return { passed: 0, total: 0, rate: 0, low: 0, high: 1 }
  const rate = passed / total
  const z2 = z95 * z95
  const middle = (rate + z2 / (2 * total)) / (1 + z2 / total)
  const half = (z95 * Math.sqrt((rate * (1 - rate)) / total + z2 / (4 * total * total))) / (1 + z2 / total)
  return {
    passed,
    total,
    rate,
    // At the ends the interval reaches the rate itself; floating point would miss it by a hair.
    low: passed === 0 ? 0 : Math.max(0, middle - half),
    high: passed === total ? 1 : Math.min(1, middle + half),
  }
}

/** Mean of the numbers, 0 of none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The value below which that part of the values lies (nearest rank), 0 of none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))] ?? 0
}

/**
 * Two-sided exact p of McNemar's test: how likely at least so uneven a split of the pairs that differ is when neither
 * run is better.
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number): number {
  const pairs = onlyFirst + onlySecond
  if (pairs === 0) return 1
  const smaller = Math.min(onlyFirst, onlySecond)
  let tail = 0
  let logTerm = -pairs * Math.LN2
  for (let at = 0; at <= smaller; at++) {
    tail += Math.exp(logTerm)
    logTerm += Math.log(pairs - at) - Math.log(at + 1)
  }
  return Math.min(1, 2 * tail)
}

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let word = state
    word = Math.imul(word ^ (word >>> 15), word | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** 95 % interval of the mean of paired differences, by drawing the pairs anew. */
export function bootstrapInterval(
  differences: readonly number[],
  seed: number,
  draws = 2000,
): { low: number; high: number } {
  if (differences.length === 0) return { low: 0, high: 0 }
  const random = randomNumbers(seed)
  const means: number[] = []
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0
    for (let at = 0; at < differences.length; at++)
      sum += differences[Math.floor(random() * differences.length)] ?? 0
    means.push(sum / differences.length)
  }
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) }
}
