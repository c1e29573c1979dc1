import type { Embedder } from './embedder.ts'

/** Queries whose vectors are kept: customers ask for the same things. */
const KEPT = 500

/** Vectors of queries, each made once. */
export class QueryVectors {
  readonly #embedder: Embedder
  readonly #signal: AbortSignal
  readonly #known = new Map<string, Promise<Float32Array>>()

  constructor(embedder: Embedder, signal: AbortSignal) {
    this.#embedder = embedder
    this.#signal = signal
  }

  /** @throws what the embedder throws; the next call tries again then. */
  of(text: string): Promise<Float32Array> {
    const key = text.trim().toLowerCase()
    const known = this.#known.get(key)
    if (known !== undefined) {
      // The most recent stand last.
      this.#known.delete(key)
      this.#known.set(key, known)
      return known
    }
    const made = this.#make(key)
    this.#known.set(key, made)
    made.catch(() => this.#known.delete(key))
    const oldest = this.#known.keys().next().value
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest)
    return made
  }

  async #make(text: string): Promise<Float32Array> {
    const [vector] = await this.#embedder.embed([text], 'query', this.#signal)
    if (vector === undefined) throw new Error('an embedder gives a vector for each text')
    return vector
  }
}
