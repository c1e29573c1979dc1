import type { Clock } from '../host.ts'
import { isOff } from '../mutants.ts'

/** A computer that runs for so long after it said that it would sleep is not asleep, ms of running time. */
const longestMs = 60_000

/**
 * The moments before a computer sleeps and until it has said that it woke: no turn begins in them, since nobody knows
 * where it would be cut. A word that never comes holds nobody up: running time ends it.
 */
export class Suspension {
  readonly #clock: Clock
  readonly #onOver: () => void
  #cancel: (() => void) | null = null

  /** @param onOver called once for each suspension, when it is over */
  constructor(clock: Clock, onOver: () => void) {
    this.#clock = clock
    this.#onOver = onOver
  }

  get holds(): boolean {
    return this.#cancel !== null && !isOff('wake.suspended')
  }

  begin(): void {
    this.#cancel?.()
    this.#cancel = this.#clock.after(longestMs, () => this.end())
  }

  end(): void {
    if (this.#cancel === null) return
    this.#cancel()
    this.#cancel = null
    this.#onOver()
  }

  /** Nothing is told any more. */
  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }
}
