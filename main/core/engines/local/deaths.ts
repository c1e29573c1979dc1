import { isOff } from '../../mutants.ts'

/** What follows when the model process dies. Pure. */

const windowMs = 10 * 60_000
const deathsUntilOff = 2
export const shortestPauseMs = 1_000
const longestPauseMs = 60_000

export class Deaths {
  #times: number[] = []
  #all = 0

  /** Since the host started. */
  get all(): number {
    return this.#all
  }

  /**
   * @param now monotonic, ms
   * @returns how long to wait before the next start; null when it is to stay off
   */
  note(now: number): number | null {
    this.#all++
    this.#times = [...this.#times.filter((time) => now - time < windowMs), now]
    if (this.#times.length >= deathsUntilOff && !isOff('models.twice_dead')) return null
    return Math.min(longestPauseMs, shortestPauseMs * 2 ** (this.#times.length - 1))
  }

  /** The owner turned it on again. */
  forget(): void {
    this.#times = []
  }
}
