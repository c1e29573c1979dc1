import type { Clock } from '../host.ts'

/** How far back the speed of a download looks, ms. */
const WINDOW_MS = 5_000

/** Bytes a second over the last seconds. */
export class Speed {
  readonly #clock: Clock
  #samples: { at: number; bytes: number }[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(bytes: number): void {
    const at = this.#clock.monotonic()
    const last = this.#samples.at(-1)
    // A tenth of a second a sample keeps the list short however small the chunks are.
    if (last !== undefined && at - last.at < 100) last.bytes += bytes
    else this.#samples.push({ at, bytes })
    this.#samples = this.#samples.filter((sample) => at - sample.at <= WINDOW_MS)
  }

  /** Null before there is something to tell. */
  perSecond(): number | null {
    const now = this.#clock.monotonic()
    const recent = this.#samples.filter(({ at }) => now - at <= WINDOW_MS)
    const first = recent[0]
    if (first === undefined || now <= first.at) return null
    return Math.round((recent.reduce((sum, { bytes }) => sum + bytes, 0) * 1_000) / (now - first.at))
  }
}
