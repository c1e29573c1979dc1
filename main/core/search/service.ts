import { isAbsolute, join } from 'node:path'
import type { Actor } from '../actor.ts'
import type { Product, Variant } from '../catalog/product.ts'
import type { CatalogService } from '../catalog/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log } from '../host.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { RebuildOptions } from './build.ts'
import { Candidates, type Ranked } from './candidates.ts'
import { CatalogWords } from './catalog-words.ts'
import type { EmbedderSource } from './embedder.ts'
import { EmbeddingSetting, type EmbeddingView } from './embedding-setting.ts'
import { type Lance, loadLance } from './lance.ts'
import { lexiconOf } from './lexicon.ts'
import { MeaningIndex } from './meaning.ts'
import { readUnsold } from './meaning-floor.ts'
import { readPrice } from './price-words.ts'
import { fits, Proposals } from './proposals.ts'
import { SearchRepository } from './repository.ts'
import type { KnowledgeSearch, ProductSearch, ProductSearchOptions } from './results.ts'
import { skuCandidates } from './sku.ts'
import { readAgain } from './standing.ts'
import { IndexSync } from './sync.ts'
import { TextIndex } from './text-index.ts'
import type { Limits } from './variant-choice.ts'

export type { KnowledgeSearch, ProductHit, ProductSearch, ProductSearchOptions } from './results.ts'

export interface SearchDeps {
  storage: Storage
  /** Folder of the derived index; may be deleted while the shop is closed. */
  dir: string
  catalog: CatalogService
  shop: () => ShopBrief
  log: Log
  clock: Clock
  bus: EventBus
  /** Folder of the shipped resources; `lexicon/` in it is read. */
  resources: string
  /** Loads the vector database; null where the platform has none. */
  loadIndex?: () => Promise<Lance | null>
  /** Where models that embed come from; without it search works by words alone. */
  embedders?: EmbedderSource
}

/** How long a query waits for an index that is behind, ms. */
const LONGEST_WAIT_MS = 2_000
const DEFAULT_LIMIT = 10
const MOST_HITS = 100
/** How much of a question a knowledge entry must cover for an answer. */
const ENOUGH_KNOWLEDGE = 0.5

/**
 * Finds products and knowledge entries. The index only proposes: rows are read again from the database and every
 * limit is applied to what they say now.
 */
export class SearchService {
  readonly #deps: SearchDeps
  readonly #repository: SearchRepository
  readonly #sync: IndexSync
  readonly #candidates: Candidates
  readonly #meaning: MeaningIndex
  readonly #words: CatalogWords
  readonly #proposals: Proposals
  readonly #embedding: EmbeddingSetting
  #unsubscribe: (() => void) | null = null

  constructor(deps: SearchDeps) {
    this.#deps = deps
    this.#repository = new SearchRepository(deps.storage)
    const lexicon = lexiconOf(join(deps.resources, 'lexicon'))
    this.#words = new CatalogWords(lexicon, () => this.#repository.synonyms().map(({ terms }) => terms))
    const text = new TextIndex(deps.storage)
    this.#sync = new IndexSync({
      storage: deps.storage,
      repository: this.#repository,
      text,
      lexicon,
      folder: deps.dir,
      clock: deps.clock,
      log: deps.log,
      onVocabulary: (vocabulary) => this.#words.learn(vocabulary),
      onWords: (found) => {
        for (const word of found) this.#words.add(word)
      },
      onProgress: (state, done, total) => this.#tell(state, done, total),
      onProducts: (ids) => this.#meaning.changed(ids),
    })
    this.#embedding = new EmbeddingSetting(deps.storage)
    this.#meaning = new MeaningIndex({
      repository: this.#repository,
      folder: deps.dir,
      clock: deps.clock,
      log: deps.log,
      source: deps.embedders ?? null,
      unsold: () => readUnsold(deps.resources),
      sells: async (query) => fits((await this.#proposals.byWords(query, {})).ranked[0]),
      onState: ({ state, done, total }) => this.#tell(`embedding_${state}`, done, total),
    })
    this.#candidates = new Candidates(this.#repository, text, lexicon, () => this.#sync.generation, deps.log)
    this.#proposals = new Proposals({
      words: this.#words,
      candidates: this.#candidates,
      meaning: this.#meaning,
      clock: deps.clock,
    })
  }

  /**
   * Opens the index and starts the worker that keeps it level. A missing index is built in the background.
   * @param embed false for a process that soon ends: vectors that are there serve, and none is made
   */
  async start({ embed = true }: { embed?: boolean } = {}): Promise<void> {
    this.#unsubscribe ??= this.#deps.bus.subscribe((event) => {
      if (CHANGES.has(event.type)) this.#sync.poke()
    })
    const lance = await (this.#deps.loadIndex ?? loadLance)()
    await this.#sync.start(lance)
    this.#meaning.start(lance)
    const file = this.#embedding.file()
    if (file !== null) this.#meaning.use(file, embed)
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#unsubscribe = null
    await this.#meaning.stop()
    await this.#sync.stop()
  }

  /** Which model embeds, and how far its vectors are. */
  embedding(): EmbeddingView {
    return { ...this.#embedding.named(), ...this.#meaning.state }
  }

  /**
   * Searches with this model too from now on, or without any. Its vectors are made in the background; meanwhile search
   * works by words. The same file again looks at it anew.
   * @throws DomainError `input.invalid {field}` for a relative path, `model.not_found`, `model.not_gguf`, `model.damaged`,
   * `model.no_binary`, `model.no_embedding`
   */
  async setEmbedding(actor: Actor, file: string | null): Promise<EmbeddingView> {
    const { storage, embedders } = this.#deps
    if (file !== null && !isAbsolute(file)) throw new DomainError('input.invalid', { field: 'file' })
    if (file !== null && embedders === undefined) throw new DomainError('model.no_binary')
    const opened = file === null ? undefined : await embedders?.open(file)
    storage.write(actor, (tx) => this.#embedding.set(tx, file))
    this.#meaning.use(file, true, opened)
    return this.embedding()
  }

  /** Resolves when the vectors are as far as they can be now. */
  async embedded(): Promise<void> {
    await this.#meaning.settled()
  }

  /** Builds a new index beside the current one and swaps. @throws AbortError when `signal` aborts. */
  rebuild(options: RebuildOptions = {}): Promise<void> {
    return this.#sync.rebuild(options)
  }

  /** Resolves when the index is level with the database. */
  caughtUp(): Promise<void> {
    return this.#sync.caughtUp()
  }

  state(): { state: 'ready' | 'building' | 'missing' | 'stopped'; pending: number } {
    return { state: this.#sync.state, pending: this.#repository.pending() }
  }

  /** This shop's own groups of words that mean the same, on top of the shipped vocabulary. */
  synonyms(): { id: string; terms: string[] }[] {
    return this.#repository.synonyms()
  }

  /** Replaces all groups. @throws DomainError `input.invalid` for a group of fewer than two terms. */
  setSynonyms(tx: Tx, groups: readonly (readonly string[])[]): void {
    const cleaned = groups.map((group) => [
      ...new Set(group.map((term) => term.trim().slice(0, 80)).filter((term) => term !== '')),
    ])
    if (cleaned.some((group) => group.length < 2))
      throw new DomainError('input.invalid', { field: 'synonyms' })
    this.#repository.replaceSynonyms(tx, cleaned)
    this.#words.forgetSynonyms()
  }

  async products(query: string, options: ProductSearchOptions = {}): Promise<ProductSearch> {
    await this.#letItCatchUp()
    const price = readPrice(query, this.#deps.shop().currency)
    const limits: Limits = {
      minPrice: larger(price.minPrice, options.minPrice ?? null),
      maxPrice: smaller(price.maxPrice, options.maxPrice ?? null),
      inStockOnly: options.inStockOnly ?? false,
      category: options.category ?? null,
    }
    const limit = Math.min(Math.max(1, options.limit ?? DEFAULT_LIMIT), MOST_HITS)
    const exact = this.#exactSku(query)
    const { analysed, ranked } = await (exact === null
      ? this.#proposals.find(price.rest, limits)
      : this.#proposals.byWords(price.rest, limits))
    const first: Ranked[] =
      exact === null ? [] : [{ id: exact.product.id, score: 1.5, share: 1, matter: 1, head: true }]
    const hits = readAgain([...first, ...ranked.filter(({ id }) => id !== exact?.product.id)], {
      catalog: this.#deps.catalog,
      analysed,
      limits,
      limit,
      exact: exact?.variant,
    })
    return {
      hits: hits.map(({ productId, variantId, ranked: { score } }) => ({ productId, variantId, score })),
      answered: fits(hits[0]?.ranked),
      interpretation: {
        text: analysed.text,
        minPrice: limits.minPrice,
        maxPrice: limits.maxPrice,
        corrections: analysed.corrections,
        sku: exact?.variant.sku ?? null,
      },
    }
  }

  async knowledge(query: string, options: { limit?: number; topic?: string } = {}): Promise<KnowledgeSearch> {
    await this.#letItCatchUp()
    const analysed = this.#words.analyse(query)
    const ranked = await this.#candidates.knowledge(analysed)
    const topics = this.#repository.knowledgeTopics(ranked.map(({ id }) => id))
    const live = ranked.filter(({ id }) => {
      const topic = topics.get(id)
      return topic !== undefined && (options.topic === undefined || topic === options.topic)
    })
    return {
      hits: live.slice(0, options.limit ?? 5).map(({ id, score }) => ({ knowledgeId: id, score })),
      answered: (live[0]?.share ?? 0) >= ENOUGH_KNOWLEDGE,
    }
  }

  /**
   * Nobody is told "we don't have it" about something that was put in a moment ago: a query waits a little for an
   * index that is behind. A long build is not waited for; the text search in SQLite serves meanwhile.
   */
  async #letItCatchUp(): Promise<void> {
    const { state, pending } = this.state()
    if (state === 'stopped' || (pending === 0 && state !== 'building')) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#deps.clock.after(LONGEST_WAIT_MS, resolve)
    this.caughtUp().then(resolve, resolve)
    await promise
    cancel()
  }

  #exactSku(query: string): { product: Product; variant: Variant } | null {
    for (const candidate of skuCandidates(query)) {
      const found = this.#deps.catalog.variantBySku(candidate)
      if (found !== null) return found
    }
    return null
  }

  #tell(state: string, done: number, total: number): void {
    const at = new Date(this.#deps.clock.now()).toISOString()
    this.#deps.bus.publishEphemeral('search.progress', { state, done, total }, at)
  }
}

const CHANGES: ReadonlySet<string> = new Set([
  'product.changed',
  'catalog.imported',
  'knowledge.changed',
  'profile.changed',
])

function larger(left: number | null, right: number | null): number | null {
  return left === null ? right : right === null ? left : Math.max(left, right)
}

function smaller(left: number | null, right: number | null): number | null {
  return left === null ? right : right === null ? left : Math.min(left, right)
}
