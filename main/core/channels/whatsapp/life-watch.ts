import type { Clock } from '../../host.ts'
import { LOOK_MS, Silence } from './decisions.ts'

/** Nothing was told for this long: a quiet moment, ms. */
const quietMs = 60_000
/** Not again and again where the page simply needs more memory than that, ms. */
const shortestLifeMs = 3 * 60 * 60_000

/** Looks after one life: whether it still speaks, and whether it may be ended for its size. */
export class LifeWatch {
  readonly #clock: Clock
  readonly #silence = new Silence()
  readonly #begunAt: number
  #toldAt: number
  #cancel: () => void = () => undefined

  /** @param onSilence called once, when it has said nothing for too long */
  constructor(clock: Clock, onSilence: () => void) {
    this.#clock = clock
    this.#begunAt = clock.monotonic()
    this.#toldAt = this.#begunAt
    this.#look(onSilence)
  }

  heard(): void {
    this.#silence.heard()
  }

  /** It told something of a customer or of the owner. */
  told(): void {
    this.#toldAt = this.#clock.monotonic()
  }

  /** Whether one that has grown too large may be ended now without anybody noticing. */
  get mayEnd(): boolean {
    const now = this.#clock.monotonic()
    return now - this.#toldAt >= quietMs && now - this.#begunAt >= shortestLifeMs
  }

  stop(): void {
    this.#cancel()
  }

  #look(onSilence: () => void): void {
    this.#cancel = this.#clock.after(LOOK_MS, () => {
      if (this.#silence.look()) onSilence()
      else this.#look(onSilence)
    })
  }
}
