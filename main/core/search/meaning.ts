import { EngineError, type EngineErrorCode } from '../engines/engine.ts'
import { DomainError, type ErrorCode } from '../errors.ts'
import type { Clock, Log } from '../host.ts'
import type { Embedder, EmbedderSource } from './embedder.ts'
import type { Lance } from './lance.ts'
import { MeaningSession, TEXTS } from './meaning-session.ts'
import { dropMeaning, MeaningStore, preparedIn } from './meaning-store.ts'
import type { SearchRepository } from './repository.ts'

/** How the search by meaning fares. */
export interface MeaningState {
  /** `building`: not every product has its vector yet, or the model cannot be asked just now; search works without. */
  state: 'off' | 'building' | 'ready' | 'failed'
  done: number
  total: number
  error: ErrorCode | null
}

/** Products that a query means, nearest first. */
export interface Meant {
  floor: number
  products: { id: string; similarity: number }[]
}

export interface MeaningDeps {
  repository: SearchRepository
  /** The shop's search folder. */
  folder: string
  clock: Clock
  log: Log
  source: EmbedderSource | null
  unsold: () => readonly string[]
  sells: (query: string) => Promise<boolean>
  onState: (state: MeaningState) => void
}

const RETRY_MS = { first: 10_000, longest: 600_000 }
const off: MeaningState = { state: 'off', done: 0, total: 0, error: null }

/**
 * The optional half of search: a model's vectors beside the index. One worker, at low priority; whatever becomes of
 * it, search without it goes on.
 */
export class MeaningIndex {
  readonly #deps: MeaningDeps
  #lance: Lance | null = null
  #session: MeaningSession | null = null
  /** Opening, closing and embedding, one after the other. */
  #queue: Promise<void> = Promise.resolve()
  #state: MeaningState = off
  #changed = new Set<string>()
  #working = false
  /** Counts the embedders: work that was queued for one before is not done. */
  #turn = 0
  #retryMs = RETRY_MS.first
  #cancelRetry = () => {}
  /** Opens the model when the first query asks for it. */
  #whenAsked: (() => void) | null = null

  constructor(deps: MeaningDeps) {
    this.#deps = deps
  }

  get state(): MeaningState {
    return this.#state
  }

  /** Without a vector database there is none. */
  start(lance: Lance | null): void {
    this.#lance = lance
  }

  /**
   * Works with this model from now on: null for none, whose vectors are dropped. Opening and building go on in the
   * background.
   * @param work false: use what is there, once a query asks for it, and make nothing
   * @param opened the embedder, where the caller has opened it already
   */
  use(file: string | null, work: boolean, opened?: Embedder): void {
    this.#turn += 1
    this.#cancelRetry()
    this.#session?.end()
    this.#retryMs = RETRY_MS.first
    const total = file === null ? 0 : this.#deps.repository.countForSale()
    this.#become(file === null ? off : { state: 'building', done: 0, total, error: null })
    const turn = this.#turn
    const begin = () =>
      this.#enqueue(async () => {
        this.#close()
        if (turn !== this.#turn) return
        if (file === null) dropMeaning(this.#deps.folder)
        else await this.#open(file, work, turn, opened)
      })
    const there = work || file === null ? null : preparedIn(this.#deps.folder)
    if (there !== null) this.#become({ state: 'ready', done: there, total, error: null })
    // A process that soon ends starts no model for nothing.
    this.#whenAsked = work || file === null ? null : begin
    if (this.#whenAsked === null) begin()
  }

  /** These products may have changed; null for any of them. */
  changed(ids: readonly string[] | null): void {
    if (!this.#working) return
    for (const id of ids ?? []) this.#changed.add(id)
    const turn = this.#turn
    this.#enqueue(() => this.#update(turn, ids === null))
  }

  /** Null while there is nothing to ask. @throws what the embedder throws */
  async nearest(query: string, limit: number): Promise<Meant | null> {
    this.#whenAsked?.()
    this.#whenAsked = null
    const session = this.#session
    const floor = session?.floor ?? null
    if (session === null || floor === null) return null
    try {
      const products = await session.nearest(query, limit)
      if (session === this.#session && this.#state.error !== null) this.#ready(this.#state.total)
      return { floor, products }
    } catch (error) {
      if (session === this.#session) this.#note(error)
      throw error
    }
  }

  /** Resolves when what is known now has been worked on, as far as it could be. */
  async settled(): Promise<void> {
    for (let before = this.#queue; ; before = this.#queue) {
      await before
      if (before === this.#queue) return
    }
  }

  async stop(): Promise<void> {
    this.#turn += 1
    this.#cancelRetry()
    this.#session?.end()
    await this.#queue
    this.#close()
    this.#state = off
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#deps.log.warn('search.meaning_failed', { error: String(error) })
    })
  }

  async #open(file: string, work: boolean, turn: number, opened?: Embedder): Promise<void> {
    const { repository, folder, source, unsold, sells } = this.#deps
    try {
      if (this.#lance === null || source === null) throw new DomainError('model.no_binary')
      const embedder = opened ?? (await source.open(file))
      const store = await MeaningStore.open(this.#lance, folder, {
        databaseId: repository.databaseId(),
        model: embedder.id,
        dimensions: embedder.dimensions,
        texts: TEXTS,
        floor: null,
        measured: 0,
      })
      if (turn !== this.#turn) return store.close()
      this.#session = new MeaningSession({
        embedder,
        store,
        repository,
        unsold: unsold(),
        sells,
        onProgress: (done, total) => {
          if (turn === this.#turn && store.floor === null)
            this.#become({ state: 'building', done, total, error: null })
        },
      })
      this.#working = work
      if (store.floor !== null) this.#ready(store.hashes.size)
      if (work) await this.#update(turn, true)
    } catch (error) {
      const again = () =>
        this.#enqueue(() => (turn === this.#turn ? this.#open(file, work, turn) : Promise.resolve()))
      if (turn === this.#turn) this.#later(error, again)
    }
  }

  async #update(turn: number, whole: boolean): Promise<void> {
    const session = this.#session
    if (session === null || turn !== this.#turn) return
    const ids = [...this.#changed]
    this.#changed.clear()
    try {
      if (whole) await session.level()
      else if (ids.length > 0) await session.update(ids)
      this.#retryMs = RETRY_MS.first
      if (turn === this.#turn && session.floor !== null) this.#ready(this.#deps.repository.countForSale())
    } catch (error) {
      if (turn !== this.#turn) return
      // The next round reads everything: nothing that was to be done is forgotten.
      this.#later(error, () => this.changed(null))
    }
  }

  #later(error: unknown, again: () => void): void {
    this.#note(error)
    this.#cancelRetry()
    this.#cancelRetry = this.#deps.clock.after(this.#retryMs, again)
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS.longest)
  }

  #note(error: unknown): void {
    const code = codeOf(error)
    this.#deps.log.info('search.meaning_waits', { code })
    const passes = code === 'engine.busy' || code === 'engine.timeout' || code === 'engine.crashed'
    const complete = (this.#session?.floor ?? null) !== null
    this.#become({ ...this.#state, state: !passes ? 'failed' : complete ? 'ready' : 'building', error: code })
  }

  #ready(count: number): void {
    this.#become({ state: 'ready', done: count, total: count, error: null })
  }

  #become(state: MeaningState): void {
    this.#state = state
    this.#deps.onState(state)
  }

  #close(): void {
    this.#session?.close()
    this.#session = null
    this.#working = false
    this.#changed.clear()
  }
}

const codes: Partial<Record<EngineErrorCode, ErrorCode>> = {
  model_missing: 'model.not_found',
  crashed: 'engine.crashed',
  off: 'engine.crashed',
  busy: 'engine.busy',
  timeout: 'engine.timeout',
  invalid_answer: 'engine.invalid_answer',
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof DomainError) return error.code
  if (error instanceof EngineError) return codes[error.code] ?? 'engine.failed'
  return 'engine.failed'
}
