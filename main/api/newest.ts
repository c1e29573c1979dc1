/** Items of which only the newest of each key matters to a slow reader. */
export class Newest<Item> {
  readonly #signal: AbortSignal | undefined
  readonly #waiting = new Map<string, Item>()
  #wake = Promise.withResolvers<void>()
  #ended = false

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
    signal?.addEventListener('abort', () => this.end(), { once: true })
  }

  put(key: string, item: Item): void {
    this.#waiting.set(key, item)
    this.#wake.resolve()
  }

  end(): void {
    this.#ended = true
    this.#wake.resolve()
  }

  async *items(): AsyncGenerator<Item> {
    while (this.#signal?.aborted !== true) {
      const items = [...this.#waiting.values()]
      this.#waiting.clear()
      yield* items
      if (this.#waiting.size > 0) continue
      if (this.#ended) return
      await this.#wake.promise
      this.#wake = Promise.withResolvers<void>()
    }
  }
}
