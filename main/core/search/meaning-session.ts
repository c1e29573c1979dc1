import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { EngineError } from '../engines/engine.ts'
import type { SourceDocument } from './document.ts'
import type { Embedder } from './embedder.ts'
import { floorOf } from './meaning-floor.ts'
import type { MeaningStore } from './meaning-store.ts'
import { QueryVectors } from './query-vectors.ts'
import type { SearchRepository } from './repository.ts'
import { Slices } from './slices.ts'
import type { VectorRow } from './vector-table.ts'

/** Raise it when `textOf` changes: all vectors are made anew. */
export const TEXTS = 1
const PAGE = 150
/** Texts of one request: a live customer waits for no more than these. */
const BATCH = 16
/** Rows written at once. */
const WRITTEN = 64

export interface SessionDeps {
  embedder: Embedder
  store: MeaningStore
  repository: SearchRepository
  /** Queries for what most shops do not sell. */
  unsold: readonly string[]
  /** Whether search finds this without vectors. */
  sells: (query: string) => Promise<boolean>
  onProgress: (done: number, total: number) => void
}

/** One embedder's vectors of one catalog: makes them level with the database and finds the nearest. */
export class MeaningSession {
  readonly #deps: SessionDeps
  readonly #stop = new AbortController()
  readonly #queries: QueryVectors

  constructor(deps: SessionDeps) {
    this.#deps = deps
    this.#queries = new QueryVectors(deps.embedder, this.#stop.signal)
  }

  /** Null until everything has had its vector once. */
  get floor(): number | null {
    return this.#deps.store.floor
  }

  /** Products near to what a query means, nearest first. @throws what the embedder throws */
  async nearest(query: string, limit: number): Promise<{ id: string; similarity: number }[]> {
    return this.#deps.store.table.nearest(await this.#queries.of(query), limit)
  }

  /**
   * Reads the whole catalog and embeds what has no vector or another text: what an interrupted run has done stays done.
   * @throws what the embedder throws
   */
  async level(): Promise<void> {
    const { repository, store, onProgress } = this.#deps
    const gone = new Set(store.hashes.keys())
    const total = repository.countForSale()
    const slices = new Slices()
    let done = 0
    let waiting: SourceDocument[] = []
    const flush = async () => {
      await this.#embed(waiting)
      done += waiting.length
      waiting = []
      onProgress(done, total)
    }
    for (let after = -1; ; ) {
      this.#stop.signal.throwIfAborted()
      const page = repository.productsAfter(after, PAGE)
      for (const { document } of page) {
        gone.delete(document.id)
        if (store.hashes.get(document.id) === hashOf(textOf(document))) done += 1
        else waiting.push(document)
        if (waiting.length >= WRITTEN) await flush()
        await slices.breathe()
      }
      after = page.at(-1)?.seq ?? after
      if (page.length === 0) break
      await setImmediate()
    }
    await flush()
    await this.#remove([...gone])
    await store.table.settle()
    if (store.outgrown) await this.#findFloor()
  }

  /** Makes these products level. @throws what the embedder throws */
  async update(ids: readonly string[]): Promise<void> {
    const { repository, store } = this.#deps
    const documents = repository.products(ids).map(({ document }) => document)
    const live = new Set(documents.map(({ id }) => id))
    await this.#remove(ids.filter((id) => !live.has(id)))
    await this.#embed(
      documents.filter((document) => store.hashes.get(document.id) !== hashOf(textOf(document))),
    )
    if (store.outgrown) await this.#findFloor()
  }

  /** Ends what is under way; nothing is written after that. */
  end(): void {
    this.#stop.abort()
  }

  close(): void {
    this.#deps.store.close()
  }

  async #embed(documents: readonly SourceDocument[]): Promise<void> {
    const { embedder, store } = this.#deps
    const rows: VectorRow[] = []
    for (let at = 0; at < documents.length; at += BATCH) {
      this.#stop.signal.throwIfAborted()
      const batch = documents.slice(at, at + BATCH)
      const texts = batch.map(textOf)
      const vectors = await embedder.embed(texts, 'document', this.#stop.signal)
      batch.forEach(({ id }, index) => {
        const vector = vectors[index]
        if (vector === undefined || !usable(vector, embedder.dimensions))
          throw new EngineError('invalid_answer')
        rows.push({ id, hash: hashOf(texts[index] ?? ''), vector })
      })
    }
    this.#stop.signal.throwIfAborted()
    await store.table.put(rows)
    for (const { id, hash } of rows) store.hashes.set(id, hash)
  }

  async #remove(ids: readonly string[]): Promise<void> {
    const { store } = this.#deps
    const known = ids.filter((id) => store.hashes.has(id))
    for (let at = 0; at < known.length; at += PAGE) await store.table.remove(known.slice(at, at + PAGE))
    for (const id of known) store.hashes.delete(id)
  }

  async #findFloor(): Promise<void> {
    const { unsold, sells, store, embedder } = this.#deps
    const strangers: string[] = []
    for (const query of unsold) if (!(await sells(query))) strangers.push(query)
    const nearest: number[] = []
    for (let at = 0; at < strangers.length; at += BATCH) {
      const vectors = await embedder.embed(strangers.slice(at, at + BATCH), 'query', this.#stop.signal)
      for (const vector of vectors) {
        const [best] = usable(vector, embedder.dimensions) ? await store.table.nearest(vector, 1) : []
        if (best !== undefined) nearest.push(best.similarity)
      }
    }
    this.#stop.signal.throwIfAborted()
    await store.setFloor(floorOf(nearest))
  }
}

/** What a model reads of a product: what it is called, what it is, the beginning of what is said of it. */
export function textOf({ name, aliases, category, description }: SourceDocument): string {
  return [name, ...aliases, category, description.slice(0, 240)]
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
    .join('. ')
    .slice(0, 600)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24)
}

/** A vector that is not a number or has no direction would find nothing and break the table. */
function usable(vector: Float32Array, dimensions: number): boolean {
  return vector.length === dimensions && vector.every(Number.isFinite) && vector.some((value) => value !== 0)
}
