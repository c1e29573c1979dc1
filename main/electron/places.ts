/** More would only be a desk that jumps about. */
const mostWaiting = 5

/** Places of the desk that wait to be shown; they wait also while no window listens. */
export class Places {
  readonly #listeners = new Set<() => void>()
  #waiting: string[] = []

  /** @param path the part of the desk's address after `#` */
  go(path: string): void {
    this.#waiting = [...this.#waiting.filter((other) => other !== path), path].slice(-mostWaiting)
    for (const listener of [...this.#listeners]) listener()
  }

  /** Each is given once. */
  take(): string[] {
    const places = this.#waiting
    this.#waiting = []
    return places
  }

  onGo(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
