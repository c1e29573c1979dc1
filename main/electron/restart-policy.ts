/** What follows when a part of the desktop app ends or hangs. Pure: times in, decisions out. */

/** Deaths within this time count together, ms. */
export const TOGETHER_MS = 10 * 60_000
/** So many deaths of the app within that time, and it is not simply started again. */
export const CRASHES_UNTIL_ASKED = 3
/** A page that does not answer for so long is ended, ms. It may be a debugger, a dialog or a slow disk until then. */
export const HUNG_MS = 15_000
/** Pauses before the window is loaded again, ms; the last one holds for all that come after. */
const reloadPauses = [0, 1_000, 5_000, 15_000, 60_000]
/** So many deaths of the graphics process, and the app draws without it from its next start on. */
const graphicsDeathsUntilOff = 3

/** Why a part stopped, in the words of the desk. */
export type DeathReason = 'crashed' | 'killed' | 'hung' | 'out_of_memory' | 'failed'

/** Times of earlier deaths with this one, those that still count. */
export function together(times: readonly number[], now: number): number[] {
  // A clock that was set back leaves times in the future; they say nothing.
  return [...times.filter((time) => time <= now && now - time < TOGETHER_MS), now]
}

/**
 * What the start after a crash does: serves as always, or asks the owner first.
 * @param crashes when the app crashed, ms since the epoch, the newest last
 */
export function startAfter(crashes: readonly number[], now: number): 'serve' | 'ask' {
  const recent = crashes.filter((time) => time <= now && now - time < TOGETHER_MS)
  return recent.length >= CRASHES_UNTIL_ASKED ? 'ask' : 'serve'
}

/** Of Electron's word for how one of its processes ended, or of `hung` where we ended it; null where nothing was wrong. */
export function deathReason(reason: string): DeathReason | null {
  switch (reason) {
    case 'clean-exit':
      return null
    case 'killed':
    case 'hung':
      return reason
    case 'oom':
    case 'memory-eviction':
      return 'out_of_memory'
    case 'launch-failed':
    case 'integrity-failure':
      return 'failed'
    default:
      return 'crashed'
  }
}

export type AfterWindow = { go: 'nothing' } | { go: 'reload'; afterMs: number; reason: DeathReason }

/**
 * The page of the window has gone. Customers are served without it, so it is loaded again for ever, but not at once.
 * @param deaths times of the window's deaths, with this one
 */
export function afterWindowGone(reason: string, deaths: readonly number[]): AfterWindow {
  const read = deathReason(reason)
  if (read === null) return { go: 'nothing' }
  const afterMs = reloadPauses[Math.min(Math.max(deaths.length, 1), reloadPauses.length) - 1] ?? 0
  return { go: 'reload', afterMs, reason: read }
}

export type AfterChild =
  | { go: 'nothing' }
  /** Chromium starts it again by itself; it is worth a note. */
  | { go: 'note'; reason: DeathReason }
  /** It dies again and again: from the next start on the app draws without it. */
  | { go: 'without_graphics'; reason: DeathReason }

/**
 * A process beside the window has gone. Those of the core (`Utility`) are watched by the core itself.
 * @param deaths times of the graphics process's deaths, with this one
 */
export function afterChildGone(type: string, reason: string, deaths: readonly number[]): AfterChild {
  const read = deathReason(reason)
  if (read === null || type !== 'GPU') return { go: 'nothing' }
  return { go: deaths.length >= graphicsDeathsUntilOff ? 'without_graphics' : 'note', reason: read }
}

/** How the app is started again after a crash. */
export interface Relaunch {
  args: string[]
  /** The file to start where it is not the running one. */
  execPath?: string
}

/**
 * @param args the running app's own arguments, without the program's name
 * @param appImage the AppImage the app runs from: what it was unpacked to is gone when the app has ended
 */
export function relaunchWith(
  args: readonly string[],
  { hidden, appImage }: { hidden: boolean; appImage?: string | undefined },
): Relaunch {
  // A link that was followed once is not followed again.
  const kept = args.filter(
    (arg) => arg !== '--after-crash' && arg !== '--hidden' && !arg.startsWith('mostrador:'),
  )
  return {
    args: [...kept, '--after-crash', ...(hidden ? ['--hidden'] : [])],
    ...(appImage === undefined || appImage === '' ? {} : { execPath: appImage }),
  }
}
