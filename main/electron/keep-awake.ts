import { powerSaveBlocker } from 'electron'
import type { ShopSummary } from './shops-watch.ts'

/** Whether the computer is not to sleep: the owner wants it, and customers are served on a channel that is there. */
export function isAwakeNeeded(
  shops: readonly Pick<ShopSummary, 'paused' | 'channels'>[],
  ownerWants: boolean,
): boolean {
  return (
    ownerWants &&
    shops.some(({ paused, channels }) => !paused && channels.some(({ state }) => state === 'ready'))
  )
}

/** Keeps the computer from going to sleep by itself; the screen may go dark. */
export class KeepAwake {
  #id: number | null = null

  set(needed: boolean): void {
    if (needed === (this.#id !== null)) return
    if (needed) this.#id = powerSaveBlocker.start('prevent-app-suspension')
    else this.release()
  }

  release(): void {
    if (this.#id !== null) powerSaveBlocker.stop(this.#id)
    this.#id = null
  }
}
