import { setImmediate } from 'node:timers/promises'

/** How long work may hold the event loop before it lets others run, in ms. */
const SLICE_MS = 12

/** Yields to the event loop whenever a slice of time is used up. */
export class Slices {
  #started = performance.now()

  async breathe(): Promise<void> {
    if (performance.now() - this.#started < SLICE_MS) return
    await setImmediate()
    this.#started = performance.now()
  }
}
