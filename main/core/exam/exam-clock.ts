import type { Clock } from '../host.ts'

/** A Tuesday at ten in Madrid: the demo shop is open, and dates in answers are the same at every exam. */
const fixedMoment = Date.UTC(2026, 5, 16, 8, 0, 0)
const stepMs = 30 * 60_000
const mostSteps = 14 * 48

/** A clock that starts at the same moment for every exam and runs on. */
export function fixedClock(clock: Clock): Clock {
  return shifted(clock, fixedMoment - clock.now())
}

/** The clock, put forward to when the shop is open: an exam at night examines the engine and not the closing. */
export function openClock(clock: Clock, isClosed: (now: Date) => boolean): Clock {
  const now = clock.now()
  for (let step = 0; step < mostSteps; step++)
    if (!isClosed(new Date(now + step * stepMs))) return shifted(clock, step * stepMs)
  return clock
}

function shifted(clock: Clock, by: number): Clock {
  return {
    now: () => clock.now() + by,
    monotonic: () => clock.monotonic(),
    after: (ms, fn) => clock.after(ms, fn),
  }
}
