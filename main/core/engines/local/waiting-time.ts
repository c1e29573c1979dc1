/** How long answers take here, to tell who would have to wait too long. Pure. */

/** Assumed before anything was measured. */
const usualMs = 8_000
/** How much the newest counts. */
const newest = 0.3

export class WaitingTime {
  #meanMs = usualMs

  note(ms: number): void {
    this.#meanMs += (ms - this.#meanMs) * newest
  }

  /**
   * @param ahead requests that come before
   * @param runningMs how long the present one has been running; null when none is
   */
  estimate(ahead: number, runningMs: number | null): number {
    const rest = runningMs === null ? 0 : Math.max(0, this.#meanMs - runningMs)
    return rest + ahead * this.#meanMs
  }
}
