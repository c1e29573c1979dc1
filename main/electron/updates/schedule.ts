const minute = 60_000
const hour = 60 * minute

/** What the last look ended with; null before the first one. */
export type LastLook = 'answered' | 'unreachable' | null

/**
 * How long until the next look, ms of running time. Spread, so that not every shop asks in the same minute.
 * @param random from 0 up to, but not including, 1
 */
export function nextLook(last: LastLook, random: number): number {
  if (last === null) return (3 + random * 5) * minute
  const usual = last === 'answered' ? 6 * hour : 30 * minute
  return usual * (0.9 + random * 0.2)
}

/** How long to wait before a download that broke is begun again, ms; null when it has been tried often enough. */
export function nextTry(tries: number): number | null {
  return [5_000, 30_000, 2 * minute][tries - 1] ?? null
}

/** How long until it is asked again whether anybody is being answered, ms. */
export function nextQuestion(waitedMs: number): number {
  return waitedMs < 10 * minute ? 1_000 : minute
}
