/** What was asked of a process and waits for its answer under a number. */
export class Exchanges<Answer> {
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #last = 0
  #idle = Promise.withResolvers<void>()

  constructor() {
    this.#idle.resolve()
  }

  get size(): number {
    return this.#waiting.size
  }

  /** A number to ask under, and the promise of the answer. */
  open(): { id: number; answer: Promise<Answer> } {
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const id = ++this.#last
    if (this.#waiting.size === 0) this.#idle = Promise.withResolvers<void>()
    this.#waiting.set(id, resolve)
    return { id, answer: promise }
  }

  /** An answer to what nobody waits for any more is of no consequence. */
  answer(id: number, answer: Answer): void {
    const resolve = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (this.#waiting.size === 0) this.#idle.resolve()
    resolve?.(answer)
  }

  answerAll(answer: Answer): void {
    for (const id of [...this.#waiting.keys()]) this.answer(id, answer)
  }

  /** Resolves when nothing waits. */
  idle(): Promise<void> {
    return this.#idle.promise
  }
}
