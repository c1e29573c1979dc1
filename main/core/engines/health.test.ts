import { describe, expect, it } from 'vitest'
import type { EngineErrorCode } from './engine.ts'
import {
  afterFailure,
  afterSuccess,
  asked,
  type Health,
  healthy,
  letGo,
  mayAsk,
  restOf,
  worthTelling,
} from './health.ts'

const at = (mono: number) => ({ mono, wall: 1_000_000 + mono })
const fail = (health: Health, code: EngineErrorCode, mono: number, retryAfterMs: number | null = null) =>
  afterFailure(health, code, retryAfterMs, at(mono))

describe('the health of an engine', () => {
  it('rests longer with each failure in a row, five minutes at most', () => {
    const rests = [1, 2, 3, 4, 5, 6, 7, 60].map((failures) => restOf('offline', failures, null))
    expect(rests).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000])
  })

  it.each([
    ['refused_key', null, 300_000],
    ['out_of_credit', null, 300_000],
    ['model_missing', null, 300_000],
    ['rate_limit', null, 30_000],
    ['rate_limit', 7_000, 7_000],
    ['rate_limit', 0, 1_000],
    ['rate_limit', 10 ** 12, 3_600_000],
    ['crashed', null, 10_000],
    ['busy', null, null],
    ['context_too_long', null, null],
    ['capped', null, null],
    ['no_price', null, null],
  ] as const)('rests after %s (%s) for %s ms', (code, retryAfter, rest) => {
    expect(restOf(code, 1, retryAfter)).toBe(rest)
  })

  it('is asked by one step alone after a rest', () => {
    const resting = fail(healthy, 'offline', 0)
    expect(mayAsk(resting, 9_999)).toBe(false)
    expect(mayAsk(resting, 10_000)).toBe(true)
    const onTrial = asked(resting)
    expect(mayAsk(onTrial, 10_000)).toBe(false)
    expect(mayAsk(letGo(onTrial), 10_000)).toBe(true)
    expect(mayAsk(fail(onTrial, 'busy', 10_000), 10_001)).toBe(true)
    const again = fail(onTrial, 'offline', 12_000)
    expect([again.failures, mayAsk(again, 31_999), mayAsk(again, 32_000)]).toEqual([2, false, true])
    expect(afterSuccess(at(40_000))).toEqual({ ...healthy, answeredAt: 1_040_000 })
  })

  it('is asked by many while it is well', () => {
    expect(mayAsk(asked(asked(healthy)), 0)).toBe(true)
  })

  it('counts steps that failed together once', () => {
    let health = fail(healthy, 'timeout', 0)
    for (const mono of [1, 2, 3]) health = fail(health, 'timeout', mono)
    expect([health.failures, health.restsUntil]).toEqual([1, 10_003])
    const long = fail(fail(healthy, 'rate_limit', 0, 60_000), 'timeout', 1)
    expect(long.restsUntil).toBe(60_000)
  })

  it('is worth telling of when it lasts longer than a minute', () => {
    const first = fail(healthy, 'offline', 0)
    const second = fail(asked(first), 'offline', 10_000)
    const third = fail(asked(second), 'offline', 30_000)
    expect([first, second, third].map(worthTelling)).toEqual([false, false, true])
    expect(worthTelling(fail(healthy, 'refused_key', 0))).toBe(true)
    expect(worthTelling(healthy)).toBe(false)
  })
})
