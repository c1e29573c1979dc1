import { stem } from './text.ts'

/** The words of the catalog and in how many documents each occurs. */
export class Vocabulary {
  readonly #spellings: Map<string, number>
  readonly #stems = new Map<string, number>()
  #documents: number

  constructor(documents = 0, spellings: Iterable<readonly [string, number]> = []) {
    this.#documents = documents
    this.#spellings = new Map(spellings)
    for (const [word, count] of this.#spellings) this.#count(stem(word), count)
  }

  get documents(): number {
    return this.#documents
  }

  get spellings(): ReadonlyMap<string, number> {
    return this.#spellings
  }

  /** Counts the words of one document. */
  add(found: Iterable<string>): void {
    this.#documents += 1
    for (const word of new Set(found)) {
      this.#spellings.set(word, (this.#spellings.get(word) ?? 0) + 1)
      this.#count(stem(word), 1)
    }
  }

  knows(word: string): boolean {
    return this.#stems.has(stem(word))
  }

  /** 0 for a word in every document to 1 for a word in one; null for a word (or base) in none. */
  rarity(word: string): number | null {
    const count = this.#stems.get(stem(word)) ?? this.#stems.get(word)
    if (count === undefined) return null
    const documents = Math.max(this.#documents, 10)
    return Math.min(1, Math.max(0, Math.log(documents / count) / Math.log(documents)))
  }

  toJSON(): { documents: number; words: [string, number][] } {
    return { documents: this.#documents, words: [...this.#spellings] }
  }

  #count(key: string, count: number): void {
    this.#stems.set(key, (this.#stems.get(key) ?? 0) + count)
  }
}
