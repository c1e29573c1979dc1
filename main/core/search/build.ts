import { setImmediate } from 'node:timers/promises'
import type { Storage, Tx, WriteOptions } from '../storage/storage.ts'
import { type DocumentTerms, indexText, type SourceDocument, termsOf, vectorPieces } from './document.ts'
import type { Generation } from './generation.ts'
import type { IndexRow } from './lance.ts'
import type { Lexicon } from './lexicon.ts'
import type { IndexedRow, OutboxRow, SearchRepository } from './repository.ts'
import { Slices } from './slices.ts'
import { words } from './text.ts'
import type { TextIndex } from './text-index.ts'
import { writeVector } from './vectors.ts'
import { Vocabulary } from './vocabulary.ts'

/** Rows read or written at once: what SQLite does with them takes a few ms. */
const PAGE = 150
/** Rows handed to the index at once: fewer make many small fragments, more hold the loop. */
const BUFFERED_ROWS = 1_000

export interface BuildDeps {
  storage: Storage
  repository: SearchRepository
  text: TextIndex
  lexicon: Lexicon
  onProgress: (state: 'building' | 'ready', done: number, total: number) => void
}

export interface RebuildOptions {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined
}

/** Reads the whole catalog in slices and writes it to an index, to the text index or to a vocabulary. */
export class IndexBuilder {
  readonly #deps: BuildDeps

  constructor(deps: BuildDeps) {
    this.#deps = deps
  }

  /** Rows and vectors of documents, in slices. */
  async prepare(
    documents: readonly SourceDocument[],
    dimensions: number,
    onWords: (found: string[]) => void,
  ): Promise<{ rows: IndexRow[]; vectors: Float32Array }> {
    const slices = new Slices()
    const vectors = new Float32Array(documents.length * dimensions)
    const rows: IndexRow[] = []
    for (const document of documents) {
      const target = vectors.subarray(rows.length * dimensions, (rows.length + 1) * dimensions)
      if (!writeVector(vectorPieces(document), target)) target[0] = 1
      const terms = termsOf(document, this.#deps.lexicon)
      rows.push(toRow(document, terms))
      onWords(wordsOf(document))
      await slices.breathe()
    }
    return { rows, vectors }
  }

  /** Everything that waits now. */
  async waiting(): Promise<OutboxRow[]> {
    const waiting: OutboxRow[] = []
    for (;;) {
      const last = waiting.at(-1)
      const page = this.#deps.repository.outboxAfter(last?.kind ?? '', last?.id ?? '', BUFFERED_ROWS * 4)
      if (page.length === 0) return waiting
      waiting.push(...page)
      await setImmediate()
    }
  }

  /** Fills an empty generation; documents in `changed` also go to the text index. */
  async fill(
    next: Generation,
    total: number,
    changed: ReadonlySet<string>,
    { signal, onProgress }: RebuildOptions,
  ): Promise<void> {
    const { repository } = this.#deps
    const knowledge = repository.knowledge()
    const entries = await this.prepare(knowledge, next.meta.dimensions, (found) => next.vocabulary.add(found))
    await next.knowledge.add(entries.rows, entries.vectors)
    let done = 0
    let buffered: IndexedRow[] = []
    const flush = async () => {
      const batch = await this.prepare(
        buffered.map(({ document }) => document),
        next.meta.dimensions,
        (found) => next.vocabulary.add(found),
      )
      await next.products.add(batch.rows, batch.vectors)
      // What is not durable by then is done so with the outbox's rows, which leave it last (`clear`).
      const waiting = buffered.filter(({ document }) => changed.has(document.id))
      await this.#writeText(waiting, { durable: false })
      done += buffered.length
      buffered = []
      onProgress?.({ done, total })
      this.#deps.onProgress('building', done, total)
    }
    for (let after = -1; ; ) {
      signal?.throwIfAborted()
      const page = repository.productsAfter(after, PAGE)
      buffered.push(...page)
      after = page.at(-1)?.seq ?? after
      if (page.length === 0 || buffered.length >= BUFFERED_ROWS) await flush()
      if (page.length === 0) return
      await setImmediate()
    }
  }

  /** Writes the text index anew. */
  async fillText({ signal, onProgress }: RebuildOptions): Promise<void> {
    const { repository } = this.#deps
    const total = repository.countForSale()
    let done = 0
    for (let after = -1; ; ) {
      signal?.throwIfAborted()
      const page = repository.productsAfter(after, PAGE)
      if (page.length === 0) break
      await this.#writeText(page)
      after = page.at(-1)?.seq ?? after
      done += page.length
      onProgress?.({ done, total })
    }
  }

  /** What a rebuild has taken in leaves the outbox, as far as it was read. */
  async clear(waiting: readonly OutboxRow[]): Promise<void> {
    const { repository, storage, text } = this.#deps
    for (let at = 0; at < waiting.length; at += PAGE * 4) {
      const rows = waiting.slice(at, at + PAGE * 4)
      const ids = rows.filter(({ kind }) => kind === 'product').map(({ id }) => id)
      const entries = rows.filter(({ kind }) => kind === 'knowledge').map(({ id }) => id)
      const gone = repository.goneRows(ids)
      const write = (tx: Tx) => {
        text.remove(tx, gone)
        text.putKnowledge(tx, entries, repository.knowledge(entries))
        repository.clearOutbox(tx, rows)
      }
      // The last one takes all before it to the disk; what is lost until then waits in the outbox.
      storage.write('system', write, { durable: at + rows.length >= waiting.length })
      await setImmediate()
    }
  }

  /** Without an index the words of the catalog come from the rows themselves. */
  async vocabulary(): Promise<Vocabulary> {
    const vocabulary = new Vocabulary()
    const slices = new Slices()
    for (const document of this.#deps.repository.knowledge()) vocabulary.add(wordsOf(document))
    for (let after = -1; ; ) {
      const page = this.#deps.repository.productsAfter(after, PAGE)
      if (page.length === 0) break
      for (const { document } of page) {
        vocabulary.add(wordsOf(document))
        await slices.breathe()
      }
      after = page.at(-1)?.seq ?? after
    }
    return vocabulary
  }

  async #writeText(rows: readonly IndexedRow[], options?: WriteOptions): Promise<void> {
    for (let at = 0; at < rows.length; at += PAGE) {
      this.#deps.storage.write('system', (tx) => this.#deps.text.put(tx, rows.slice(at, at + PAGE)), options)
      await setImmediate()
    }
  }
}

function toRow(document: SourceDocument, terms: DocumentTerms): IndexRow {
  const { id, minPrice, maxPrice, inStock, category } = document
  return { id, text: indexText(terms), terms, minPrice, maxPrice, inStock, category }
}

function wordsOf({ name, aliases, side, description }: SourceDocument): string[] {
  return words([name, ...aliases, ...side, description.slice(0, 1_200)].join(' ')).filter(
    (word) => !/^\d/.test(word),
  )
}
