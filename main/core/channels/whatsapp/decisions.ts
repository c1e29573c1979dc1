import { isOff } from '../../mutants.ts'
import type { FromProcess } from './protocol.ts'

/** What follows when a life of the browser ends. Pure. */

/** Pauses before the next life, ms; the last one holds for all that come after. */
export const BACK_OFF_MS = [1_000, 5_000, 15_000, 60_000]
/** Ready for this long, an account has got over what was before, ms. */
export const STEADY_MS = 5 * 60_000
/** How often it is looked whether a process has said something, ms. */
export const LOOK_MS = 5_000
/** Looks without a word after which a process hangs; looks are counted and not time, which passes in sleep too. */
const silentLooks = 6
/** A process that has just been started loads a library first. */
const silentLooksAtStart = 12

export type EndReason =
  | Extract<FromProcess, { type: 'ended' }>['reason']
  /** It went without a word. */
  | 'process_died'
  /** It said nothing for too long and was ended. */
  | 'process_hung'
  /** It had grown too large, and nothing was going on. */
  | 'memory'

export type Next =
  | { go: 'nowhere'; because: 'conflict' }
  | { go: 'pair_anew'; afterMs: number }
  | { go: 'again'; afterMs: number; state: 'restarting' | 'unreachable' }

/** Longer and longer pauses, until something has gone well for a while. */
export class BackOff {
  #failures = 0

  next(): number {
    const pause = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)] ?? 0
    this.#failures += 1
    return pause
  }

  forget(): void {
    this.#failures = 0
  }
}

/** @param wasReady whether the life that ended had ever been ready */
export function afterLife(reason: EndReason, wasReady: boolean, backOff: BackOff): Next {
  switch (reason) {
    case 'conflict':
      // Two that take the connection from each other would do so for ever.
      return isOff('whatsapp.conflict_stops')
        ? { go: 'again', afterMs: 0, state: 'restarting' }
        : { go: 'nowhere', because: 'conflict' }
    case 'logged_out':
      return { go: 'pair_anew', afterMs: wasReady ? 0 : backOff.next() }
    case 'memory':
      return { go: 'again', afterMs: 0, state: 'restarting' }
    case 'unreachable':
      return { go: 'again', afterMs: backOff.next(), state: 'unreachable' }
    default:
      return { go: 'again', afterMs: backOff.next(), state: 'restarting' }
  }
}

/** Notices a process that has stopped speaking. */
export class Silence {
  #left = silentLooksAtStart

  heard(): void {
    this.#left = silentLooks
  }

  /** One look; true when the process hangs. */
  look(): boolean {
    this.#left -= 1
    return this.#left <= 0
  }
}

/** A message may be younger than the moment at which the account was last known to be ready. */
const overlapMs = 60 * 60_000

/**
 * From when on messages were perhaps not heard: ms since the epoch; null where nobody ever listened.
 * @param readyAt when the account was last known to be ready
 */
export function missedSince(readyAt: number | null, firstReadyAt: number | null): number | null {
  if (readyAt === null) return null
  return Math.max(readyAt - overlapMs, firstReadyAt ?? 0)
}
