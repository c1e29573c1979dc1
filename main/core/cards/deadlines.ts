import { isDomainError } from '../errors.ts'
import type { Clock, Log } from '../host.ts'
import { isOff } from '../mutants.ts'
import type { Storage } from '../storage/storage.ts'
import type { CardService } from './service.ts'

/** How often cards are looked at, ms. */
const everyMs = 60_000
/** After a start, or when the computer woke, the owner gets this long to answer before anybody is told anything, ms. */
const graceMs = 15 * 60_000
/** Cards whose time may end in one look: what a night left does not go out all at once. */
const mostAtOnce = 5
/** Wall clock ahead of the running time by more than this means that the computer slept, ms. */
const sleptMs = 30_000

export interface DeadlineDependencies {
  storage: Storage
  cards: CardService
  clock: Clock
  log: Log
  /** The owner has paused everything: nobody is told anything. */
  paused?(): boolean
}

/** Ends the time of cards on the host's clock: politely, a few at a time, and never right after a start or sleep. */
export class CardDeadlines {
  readonly #deps: DeadlineDependencies
  #cancel: (() => void) | null = null
  #quietUntil = 0
  /** Wall clock minus running time at the last look. */
  #offset = 0

  constructor(deps: DeadlineDependencies) {
    this.#deps = deps
  }

  start(): void {
    const { clock } = this.#deps
    this.#offset = clock.now() - clock.monotonic()
    this.#quietUntil = clock.monotonic() + graceMs
    this.#wait()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  #wait(): void {
    this.#cancel = this.#deps.clock.after(everyMs, () => {
      this.#look()
      this.#wait()
    })
  }

  #look(): void {
    const { clock, cards, storage, log } = this.#deps
    const offset = clock.now() - clock.monotonic()
    if (offset - this.#offset > sleptMs) this.#quietUntil = clock.monotonic() + graceMs
    this.#offset = offset
    if (this.#deps.paused?.() === true) return
    if (clock.monotonic() < this.#quietUntil && !isOff('cards.wake')) return
    try {
      for (const id of cards.overdue(mostAtOnce)) storage.write('system', (tx) => cards.timeOut(tx, id))
    } catch (error) {
      // Tried again at the next look.
      log.error('cards.deadline_failed', { code: isDomainError(error) ? error.code : 'failed' })
    }
  }
}
