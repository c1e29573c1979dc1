import { powerSaveBlocker } from 'electron'

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
