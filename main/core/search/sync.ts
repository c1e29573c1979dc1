import type { Clock, Log } from '../host.ts'
import { type BuildDeps, IndexBuilder, type RebuildOptions } from './build.ts'
import type { SourceDocument } from './document.ts'
import { Generation, removeOldGenerations } from './generation.ts'
import type { IndexTable, Lance } from './lance.ts'
import type { OutboxRow } from './repository.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Raise it when terms, vectors or columns change: indexes of another version are rebuilt. */
const ANALYZER = 3
const BATCH = 150
/** From so many waiting rows (and a third of the index) on, a rebuild is faster than upserts. */
const REBUILD_FROM = 3_000
const BATCHES_BETWEEN_OPTIMIZE = 40
const OPTIMIZE_WHEN_IDLE_MS = 3_000
const GROWN_FROM = 5_000
const SMALL_INDEX = 20_000
const DIMENSIONS = { small: 1_024, large: 512 }
/** A rebuild that takes longer is given up: text search serves, and it is tried again later. */
const LONGEST_REBUILD_MS = 1_800_000
const RETRY_MS = { first: 10_000, longest: 600_000 }

export interface SyncDeps extends BuildDeps {
  folder: string
  clock: Clock
  log: Log
  /** Called when the words of the catalog change as a whole. */
  onVocabulary: (vocabulary: Vocabulary) => Promise<void>
  onWords: (words: readonly string[]) => void
  /** Products that may have changed; null for any of them. */
  onProducts: (ids: readonly string[] | null) => void
}

/**
 * Keeps the index level with the database: one worker, one write queue. It upserts current rows and then clears the
 * outbox only up to the revisions it read, so that a crash between the two stores leaves rows to do again.
 */
export class IndexSync {
  readonly #deps: SyncDeps
  #lance: Lance | null = null
  #generation: Generation | null = null
  #queue: Promise<void> = Promise.resolve()
  #drainQueued = false
  readonly #builder: IndexBuilder
  #stopped = true
  #stop = new AbortController()
  /** Why the worker could not go on; it tries again later. */
  #drainError: unknown = null
  #building = false
  #batchesSinceOptimize = 0
  #retryMs = RETRY_MS.first
  #cancelTimers: (() => void)[] = []

  constructor(deps: SyncDeps) {
    this.#deps = deps
    this.#builder = new IndexBuilder(deps)
  }

  get generation(): Generation | null {
    return this.#generation
  }

  get state(): 'ready' | 'building' | 'missing' | 'stopped' {
    if (this.#stopped) return 'stopped'
    if (this.#generation !== null) return 'ready'
    return this.#building ? 'building' : 'missing'
  }

  /** Opens the index; where it does not belong to this database or analyzer, a rebuild starts and text search serves. */
  async start(lance: Lance | null): Promise<void> {
    this.#lance = lance
    this.#stopped = false
    this.#stop = new AbortController()
    const opened = lance === null ? null : await Generation.open(lance, this.#deps.folder)
    if (opened !== null && this.#belongs(opened)) {
      this.#generation = opened
      await this.#deps.onVocabulary(opened.vocabulary)
      removeOldGenerations(this.#deps.folder, opened.folder)
      // An index made for a small catalog has neither the vectors nor the indexes for a large one.
      const grown = this.#deps.repository.countForSale() > Math.max(GROWN_FROM, opened.meta.built * 3)
      if (grown) void this.#enqueue(() => this.#rebuildOrGiveUp())
      this.poke()
      return
    }
    opened?.retire()
    if (lance === null) void this.#enqueue(() => this.#readVocabulary())
    else void this.rebuild().catch((error: unknown) => this.#failed('search.rebuild_failed', error))
    this.poke()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#stop.abort()
    for (const cancel of this.#cancelTimers.splice(0)) cancel()
    await this.#queue
    this.#generation?.retire()
    this.#generation = null
  }

  /** Something changed: the worker looks at the outbox soon. */
  poke(): void {
    if (this.#stopped || this.#drainQueued) return
    this.#drainQueued = true
    void this.#enqueue(async () => {
      this.#drainQueued = false
      try {
        await this.#drain()
        this.#drainError = null
      } catch (error) {
        this.#drainError = error
        this.#later(RETRY_MS.first, () => this.poke())
        throw error
      }
    })
  }

  /** Resolves when nothing waits any more, or the worker has stopped; throws what keeps it from going on. */
  async caughtUp(): Promise<void> {
    while (!this.#stopped) {
      const before = this.#queue
      await before
      if (before !== this.#queue) continue
      if (this.#deps.repository.pending() === 0) return
      if (this.#drainError !== null) throw this.#drainError
      this.poke()
    }
  }

  rebuild(options: RebuildOptions = {}): Promise<void> {
    return this.#enqueue(() => this.#rebuild(options))
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const run = this.#queue.then(work)
    this.#queue = run.catch((error: unknown) =>
      this.#deps.log.warn('search.sync_failed', { error: String(error) }),
    )
    return run
  }

  #belongs(generation: Generation): boolean {
    const { meta } = generation
    if (meta.databaseId !== this.#deps.repository.databaseId() || meta.analyzer !== this.#analyzer())
      return false
    return this.#deps.repository.pending() > 0 || meta.fingerprint === this.#deps.repository.fingerprint()
  }

  #analyzer(): string {
    return `${ANALYZER}:${this.#deps.lexicon.version}`
  }

  async #drain(): Promise<void> {
    const { repository } = this.#deps
    let changed = false
    while (!this.#stopped) {
      const rows = repository.outbox(BATCH)
      if (rows.length === 0) break
      changed = true
      const known = this.#generation?.vocabulary.documents ?? 0
      if (
        this.#lance !== null &&
        this.#generation !== null &&
        repository.pending() > Math.max(REBUILD_FROM, known / 3)
      ) {
        await this.#rebuildOrGiveUp()
        continue
      }
      await this.#apply(rows)
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (!changed || this.#stopped || this.#generation === null) return
    await this.#generation.saveVocabulary()
    if (repository.pending() === 0) await this.#generation.saveMeta(repository.fingerprint())
    this.#later(OPTIMIZE_WHEN_IDLE_MS, () => this.#optimizeSoon())
  }

  async #rebuildOrGiveUp(): Promise<void> {
    try {
      await this.#rebuild({})
    } catch (error) {
      this.#failed('search.rebuild_failed', error)
    }
  }

  /** Index first, then one transaction for the text index and the outbox: a crash in between repeats the batch. */
  async #apply(rows: readonly OutboxRow[]): Promise<void> {
    const { repository, storage, text } = this.#deps
    const productIds = rows.filter(({ kind }) => kind === 'product').map(({ id }) => id)
    const knowledgeIds = rows.filter(({ kind }) => kind === 'knowledge').map(({ id }) => id)
    const products = repository.products(productIds)
    const knowledge = repository.knowledge(knowledgeIds)
    if (this.#generation !== null) {
      try {
        await this.#upsert(
          this.#generation.products,
          products.map(({ document }) => document),
          productIds,
        )
        await this.#upsert(this.#generation.knowledge, knowledge, knowledgeIds)
        await this.#optimizeWhenDue()
      } catch (error) {
        this.#failed('search.index_failed', error)
      }
    }
    const gone = repository.goneRows(productIds)
    storage.write('system', (tx) => {
      text.put(tx, products)
      text.remove(tx, gone)
      text.putKnowledge(tx, knowledgeIds, knowledge)
      repository.clearOutbox(tx, rows)
    })
    if (productIds.length > 0) this.#deps.onProducts(productIds)
  }

  async #upsert(
    table: IndexTable,
    documents: readonly SourceDocument[],
    ids: readonly string[],
  ): Promise<void> {
    if (ids.length === 0) return
    const live = new Set(documents.map(({ id }) => id))
    const { rows, vectors } = await this.#builder.prepare(documents, table.dimensions, (found) => {
      this.#generation?.vocabulary.add(found)
      this.#deps.onWords(found)
    })
    await retrying(() => table.upsert(rows, vectors))
    const gone = ids.filter((id) => !live.has(id))
    await retrying(() => table.remove(gone))
    this.#batchesSinceOptimize += 1
  }

  async #rebuild({ signal, onProgress }: RebuildOptions): Promise<void> {
    const { repository, folder } = this.#deps
    if (this.#lance === null) {
      await this.#builder.fillText({ signal, onProgress })
      return this.#readVocabulary()
    }
    this.#building = true
    let next: Generation | null = null
    try {
      const waiting = await this.#builder.waiting()
      const total = repository.countForSale()
      const dimensions = total < SMALL_INDEX ? DIMENSIONS.small : DIMENSIONS.large
      next = await Generation.create(this.#lance, folder, {
        databaseId: repository.databaseId(),
        analyzer: this.#analyzer(),
        dimensions,
        built: total,
        fingerprint: '',
      })
      const changed = new Set(waiting.map(({ id }) => id))
      const stop = AbortSignal.any([
        AbortSignal.timeout(LONGEST_REBUILD_MS),
        this.#stop.signal,
        ...(signal === undefined ? [] : [signal]),
      ])
      await this.#builder.fill(next, total, changed, { signal: stop, onProgress })
      await abandonOn(stop, next.products.index())
      await abandonOn(stop, next.knowledge.index())
      await next.saveVocabulary()
      await next.saveMeta(waiting.length === repository.pending() ? repository.fingerprint() : '')
      if (this.#stopped) throw new Error('stopped')
      next.publish(folder)
      await this.#swap(next)
      await this.#builder.clear(waiting)
      this.#deps.onProducts(null)
      if (repository.pending() === 0) await next.saveMeta(repository.fingerprint())
      this.#retryMs = RETRY_MS.first
      this.#deps.onProgress('ready', total, total)
    } catch (error) {
      next?.retire()
      removeOldGenerations(folder, this.#generation?.folder ?? null)
      if (!this.#stopped) throw error
    } finally {
      this.#building = false
    }
  }

  /** Without an index the words of the catalog come from the rows themselves. */
  async #readVocabulary(): Promise<void> {
    await this.#deps.onVocabulary(await this.#builder.vocabulary())
  }

  async #swap(next: Generation): Promise<void> {
    await this.#deps.onVocabulary(next.vocabulary)
    const before = this.#generation
    this.#generation = next
    this.#batchesSinceOptimize = 0
    before?.retire()
    removeOldGenerations(this.#deps.folder, next.folder)
  }

  async #optimizeWhenDue(): Promise<void> {
    if (this.#batchesSinceOptimize >= BATCHES_BETWEEN_OPTIMIZE) await this.#optimize()
  }

  #optimizeSoon(): void {
    if (this.#stopped || this.#batchesSinceOptimize === 0) return
    void this.#enqueue(() => this.#optimize())
  }

  async #optimize(): Promise<void> {
    this.#batchesSinceOptimize = 0
    try {
      await this.#generation?.products.optimize()
      await this.#generation?.knowledge.optimize()
    } catch (error) {
      this.#deps.log.warn('search.optimize_failed', { error: String(error) })
    }
  }

  /** The index is given up: text search serves, and a rebuild is tried later. */
  #failed(event: string, error: unknown): void {
    this.#deps.log.warn(event, { error: String(error) })
    this.#generation?.retire()
    this.#generation = null
    if (this.#stopped) return
    this.#later(this.#retryMs, () => {
      void this.rebuild().catch((again: unknown) => this.#failed('search.rebuild_failed', again))
    })
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS.longest)
  }

  #later(ms: number, work: () => void): void {
    this.#cancelTimers.push(this.#deps.clock.after(ms, work))
    if (this.#cancelTimers.length > 20) this.#cancelTimers.splice(0, 10)
  }
}

/** Native work cannot be cancelled; a stop does not wait for it. */
async function abandonOn(signal: AbortSignal, work: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>()
  const abandon = () => reject(signal.reason)
  work.catch(() => {})
  signal.addEventListener('abort', abandon, { once: true })
  try {
    signal.throwIfAborted()
    await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', abandon)
  }
}

/** LanceDB can refuse a write for a conflict that passes. */
async function retrying(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= 3) throw error
    }
  }
}
