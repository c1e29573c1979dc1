import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { HeardTimes } from './heard-times.ts'

const second = 1_000
const minute = 60 * second
let times: HeardTimes

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-02T10:00:00Z') })
  times = new HeardTimes(null)
  times.heard()
})
afterEach(() => {
  vi.useRealTimers()
})

const isLate = (agoMs: number) => times.isLate(Date.now() - agoMs)

it('takes for late what was sent before the connection came back, for a while', () => {
  expect(isLate(10 * minute)).toBe(false)
  times.wentAway()
  vi.advanceTimersByTime(10 * minute)
  times.cameBack()
  vi.advanceTimersByTime(5 * second)
  expect([isLate(6 * second), isLate(8 * second), isLate(second)]).toEqual([false, true, false])
  vi.advanceTimersByTime(minute)
  expect(isLate(5 * minute)).toBe(false)
})

it('takes for late what is heard before it is known that the connection is back', () => {
  times.wentAway()
  vi.advanceTimersByTime(10 * minute)
  expect([isLate(5 * minute), isLate(second)]).toEqual([true, false])
})

it('looks at the first connection for what came between the phone’s scan and the first listening', () => {
  const first = new HeardTimes(null)
  expect(first.missedSince()).toBeNull()
  const scanned = new HeardTimes(null)
  scanned.paired()
  const pairedAt = Date.now()
  vi.advanceTimersByTime(5 * second)
  expect(scanned.missedSince()).toBe(pairedAt - 2 * second)
  const known = new HeardTimes(pairedAt - minute)
  known.paired()
  expect(known.missedSince()).toBe(pairedAt - minute)
})
