import { join } from 'node:path'
import type { Product, Variant } from '../catalog/product.ts'
import type { CatalogService } from '../catalog/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log } from '../host.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { RebuildOptions } from './build.ts'
import { Candidates, fieldTermsOfQuery, type Ranked } from './candidates.ts'
import { type Lance, loadLance } from './lance.ts'
import { Lexicon } from './lexicon.ts'
import { readPrice } from './price-words.ts'
import { type AnalysedQuery, analyseQuery, type SynonymGroups } from './query.ts'
import { SearchRepository } from './repository.ts'
import type { KnowledgeSearch, ProductSearch, ProductSearchOptions } from './results.ts'
import { skuCandidates } from './sku.ts'
import { Slices } from './slices.ts'
import { Spelling } from './spelling.ts'
import { IndexSync } from './sync.ts'
import { TextIndex } from './text-index.ts'
import { type Limits, variantFor } from './variant-choice.ts'
import { Vocabulary } from './vocabulary.ts'

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
}

/** How long a query waits for an index that is behind, ms. */
const LONGEST_WAIT_MS = 2_000
const DEFAULT_LIMIT = 10
const MOST_HITS = 100
/** How much of a query must be covered for an answer; chosen on the generated judged sets of `tests/bench`. */
const ENOUGH = { share: 0.5, matter: 0.55, withoutHead: 0.66, knowledge: 0.5 }

/**
 * Finds products and knowledge entries. The index only proposes: rows are read again from the database and every
 * limit is applied to what they say now.
 */
export class SearchService {
  readonly #deps: SearchDeps
  readonly #repository: SearchRepository
  readonly #lexicon: Lexicon
  readonly #sync: IndexSync
  readonly #candidates: Candidates
  #vocabulary = new Vocabulary()
  #spelling = new Spelling()
  #synonyms: SynonymGroups | null = null
  #unsubscribe: (() => void) | null = null

  constructor(deps: SearchDeps) {
    this.#deps = deps
    this.#repository = new SearchRepository(deps.storage)
    this.#lexicon = lexiconOf(join(deps.resources, 'lexicon'))
    const text = new TextIndex(deps.storage)
    this.#sync = new IndexSync({
      storage: deps.storage,
      repository: this.#repository,
      text,
      lexicon: this.#lexicon,
      folder: deps.dir,
      clock: deps.clock,
      log: deps.log,
      onVocabulary: (vocabulary) => this.#learn(vocabulary),
      onWords: (found) => {
        for (const word of found) this.#spelling.add(word, 1)
      },
      onProgress: (state, done, total) =>
        deps.bus.publishEphemeral(
          'search.progress',
          { state, done, total },
          new Date(deps.clock.now()).toISOString(),
        ),
    })
    this.#candidates = new Candidates(
      this.#repository,
      text,
      this.#lexicon,
      () => this.#sync.generation,
      deps.log,
    )
  }

  /** Opens the index and starts the worker that keeps it level. A missing index is built in the background. */
  async start(): Promise<void> {
    this.#unsubscribe ??= this.#deps.bus.subscribe((event) => {
      if (CHANGES.has(event.type)) this.#sync.poke()
    })
    await this.#sync.start(await (this.#deps.loadIndex ?? loadLance)())
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#unsubscribe = null
    await this.#sync.stop()
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
    this.#synonyms = null
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
    const analysed = this.#analyse(price.rest)
    const exact = this.#exactSku(query)
    const ranked = await this.#candidates.products(analysed, {
      minPrice: limits.minPrice ?? undefined,
      maxPrice: limits.maxPrice ?? undefined,
      inStockOnly: limits.inStockOnly,
      category: options.category,
    })
    const first: Ranked[] =
      exact === null ? [] : [{ id: exact.product.id, score: 1.5, share: 1, matter: 1, head: true }]
    const hits = this.#readAgain(
      [...first, ...ranked.filter(({ id }) => id !== exact?.product.id)],
      analysed,
      limits,
      limit,
      exact?.variant,
    )
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
    const analysed = this.#analyse(query)
    const ranked = await this.#candidates.knowledge(analysed)
    const topics = this.#repository.knowledgeTopics(ranked.map(({ id }) => id))
    const live = ranked.filter(({ id }) => {
      const topic = topics.get(id)
      return topic !== undefined && (options.topic === undefined || topic === options.topic)
    })
    return {
      hits: live.slice(0, options.limit ?? 5).map(({ id, score }) => ({ knowledgeId: id, score })),
      answered: (live[0]?.share ?? 0) >= ENOUGH.knowledge,
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

  #analyse(text: string): AnalysedQuery {
    this.#synonyms ??= this.#repository.synonyms().map(({ terms }) => terms)
    return analyseQuery(text, {
      lexicon: this.#lexicon,
      vocabulary: this.#vocabulary,
      spelling: this.#spelling,
      synonyms: this.#synonyms,
    })
  }

  /** Reads the rows in order of rank until enough of them stand up to the limits as they are now. */
  #readAgain(
    ranked: readonly Ranked[],
    analysed: AnalysedQuery,
    limits: Limits,
    limit: number,
    exact: Variant | undefined,
  ) {
    const wanted = new Set(fieldTermsOfQuery(analysed))
    const hits: { productId: string; variantId: string; ranked: Ranked }[] = []
    for (let at = 0; at < ranked.length && hits.length < limit; at += limit) {
      const part = ranked.slice(at, at + limit)
      const products = new Map(
        this.#deps.catalog.products(part.map(({ id }) => id)).map((product) => [product.id, product]),
      )
      for (const entry of part) {
        const product = products.get(entry.id)
        if (product === undefined || hits.length >= limit) continue
        const variant = isOff('search.reread')
          ? product.variants[0]
          : this.#standing(product, wanted, limits, exact)
        if (variant !== undefined) hits.push({ productId: product.id, variantId: variant.id, ranked: entry })
      }
    }
    return hits
  }

  #standing(product: Product, wanted: ReadonlySet<string>, limits: Limits, exact: Variant | undefined) {
    return this.#deps.catalog.isForSale(product) ? variantFor(product, wanted, limits, exact) : undefined
  }

  #exactSku(query: string): { product: Product; variant: Variant } | null {
    for (const candidate of skuCandidates(query)) {
      const found = this.#deps.catalog.variantBySku(candidate)
      if (found !== null) return found
    }
    return null
  }

  async #learn(vocabulary: Vocabulary): Promise<void> {
    const spelling = new Spelling()
    const slices = new Slices()
    for (const word of this.#lexicon.spellings()) {
      spelling.add(word, 0)
      await slices.breathe()
    }
    for (const [word, count] of vocabulary.spellings) {
      spelling.add(word, count)
      await slices.breathe()
    }
    this.#vocabulary = vocabulary
    this.#spelling = spelling
  }
}

const CHANGES: ReadonlySet<string> = new Set([
  'product.changed',
  'catalog.imported',
  'knowledge.changed',
  'profile.changed',
])

/** The vocabulary is the same for every shop of the process. */
const lexicons = new Map<string, Lexicon>()

function lexiconOf(folder: string): Lexicon {
  const known = lexicons.get(folder) ?? Lexicon.read(folder)
  lexicons.set(folder, known)
  return known
}

function fits(best: Ranked | undefined): boolean {
  if (best === undefined) return false
  if (best.share < ENOUGH.share || best.matter < ENOUGH.matter) return false
  return best.head || best.share >= ENOUGH.withoutHead
}

function larger(left: number | null, right: number | null): number | null {
  return left === null ? right : right === null ? left : Math.max(left, right)
}

function smaller(left: number | null, right: number | null): number | null {
  return left === null ? right : right === null ? left : Math.min(left, right)
}
