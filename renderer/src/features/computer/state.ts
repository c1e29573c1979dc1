import type { ShellState, Trouble } from '../../../../preload/contract/index.ts'

/** What is down for less time than this is not worth a line, milliseconds. */
export const quietFor = 10_000
/** What is down for longer than this no longer counts as coming back, milliseconds. */
export const stuckAfter = 5 * 60_000

export interface Down {
  part: Trouble['part']
  /** Since when, UTC. */
  since: string
  /** It has not come back for so long that somebody should look. */
  stuck: boolean
}

/** Parts that have been down long enough to be told of, each once, the longest first. */
export function downNow(troubles: readonly Trouble[], now: number): Down[] {
  const since = new Map<Trouble['part'], string>()
  for (const { part, at, healedAt } of troubles) {
    if (healedAt !== null || now - Date.parse(at) < quietFor) continue
    const before = since.get(part)
    if (before === undefined || at < before) since.set(part, at)
  }
  return [...since]
    .map(([part, at]) => ({ part, since: at, stuck: now - Date.parse(at) >= stuckAfter }))
    .sort((one, other) => one.since.localeCompare(other.since))
}

/** Milliseconds until `downNow` may answer something else without any news; null when it will not. */
export function nextLook(troubles: readonly Trouble[], now: number): number | null {
  const waits = troubles
    .filter(({ healedAt }) => healedAt === null)
    .flatMap(({ at }) => [Date.parse(at) + quietFor - now, Date.parse(at) + stuckAfter - now])
    .filter((wait) => wait > 0)
  return waits.length === 0 ? null : Math.min(...waits)
}

/** Parts that were told of as down and run again: nothing of them is down any more. */
export function healedSince(before: readonly Trouble[], after: readonly Trouble[]): Trouble['part'][] {
  const open = new Set(before.filter(({ healedAt }) => healedAt === null).map(({ id }) => id))
  const still = new Set(after.filter(({ healedAt }) => healedAt === null).map(({ part }) => part))
  const healed = after.filter(
    ({ id, part, at, healedAt }) =>
      healedAt !== null &&
      open.has(id) &&
      Date.parse(healedAt) - Date.parse(at) >= quietFor &&
      !still.has(part),
  )
  return [...new Set(healed.map(({ part }) => part))]
}

/** How long a part was down, milliseconds; null while it is. */
export function downFor({ at, healedAt }: Trouble): number | null {
  return healedAt === null ? null : Math.max(0, Date.parse(healedAt) - Date.parse(at))
}

/** Share of a download that is here, 0 to 100; null while its size is not known. */
export function shareOf({ progress }: ShellState['update']): number | null {
  if (progress === null || progress.total === null || progress.total <= 0) return null
  return Math.min(100, (progress.bytes / progress.total) * 100)
}

/** Whether a release waits to be installed. */
export function isReady({ state, version }: ShellState['update']): boolean {
  return (state === 'ready' || state === 'waiting') && version !== null
}
