import type { Clock } from '../host.ts'

/** How often the clocks are compared, ms. */
const everyMs = 15_000
/** Clocks that differ by less than this have not been set, and nobody slept, ms. */
const toleranceMs = 30_000

export type ClockChange =
  /** The computer slept, or this process was stopped, for so long. */
  | { kind: 'slept'; ms: number }
  /** The wall clock was put forward (positive) or back by so much. */
  | { kind: 'set'; ms: number }

interface Moment {
  wall: number
  monotonic: number
  uptime: number | null
}

/**
 * Tells sleep from a clock that was set, by comparing the wall clock, running time and the time since the computer was
 * started. Running time stands still in sleep on some systems and goes on in others; there a look that comes much too
 * late tells of it.
 */
export class ClockWatch {
  readonly #clock: Clock
  readonly #onChange: (change: ClockChange) => void
  #last: Moment
  #cancel: (() => void) | null = null

  constructor(clock: Clock, onChange: (change: ClockChange) => void) {
    this.#clock = clock
    this.#onChange = onChange
    this.#last = this.#moment()
  }

  start(): void {
    this.#last = this.#moment()
    this.#wait()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  /** Compares the clocks now: who needs to know does not wait for the next look. */
  look(): void {
    const now = this.#moment()
    const last = this.#last
    this.#last = now
    const ran = now.monotonic - last.monotonic
    const passed = now.uptime === null || last.uptime === null ? null : now.uptime - last.uptime
    const wall = now.wall - last.wall
    const real = passed ?? (wall - ran > toleranceMs ? wall : ran)
    const slept = Math.max(real - ran, this.#cancel === null ? 0 : ran - everyMs)
    const set = wall - real
    if (slept > toleranceMs) this.#onChange({ kind: 'slept', ms: slept })
    if (Math.abs(set) > toleranceMs) this.#onChange({ kind: 'set', ms: set })
  }

  #wait(): void {
    this.#cancel = this.#clock.after(everyMs, () => {
      this.look()
      this.#wait()
    })
  }

  #moment(): Moment {
    return {
      wall: this.#clock.now(),
      monotonic: this.#clock.monotonic(),
      uptime: this.#clock.uptime?.() ?? null,
    }
  }
}
