import type { Log } from '../host.ts'
import { isOff } from '../mutants.ts'
import { type DocumentTerms, termsOf } from './document.ts'
import type { Generation } from './generation.ts'
import type { FoundRow, IndexFilter } from './lance.ts'
import type { Lexicon } from './lexicon.ts'
import type { Meant } from './meaning.ts'
import { strengthOf } from './meaning-floor.ts'
import type { AnalysedQuery } from './query.ts'
import type { SearchRepository } from './repository.ts'
import { cover, fieldsOf } from './score.ts'
import type { TextIndex } from './text-index.ts'
import { vectorOf } from './vectors.ts'

/** A candidate with how well it covers the query. */
export interface Ranked {
  id: string
  score: number
  share: number
  matter: number
  head: boolean
}

/** How many rows each list proposes and are then ranked by coverage. */
const POOL = 60
const RRF_SHARE = 0.12
/** Reciprocal rank fusion with the list by meaning: 1 / (k + rank). */
const RRF_K = 60
/** What nearness of meaning counts as coverage of the query: at the floor, and what a perfect match adds. Less than the words themselves. */
const MEANT = { least: 0.56, more: 0.3 }

/** Proposes documents from the index, or from SQLite's text index while there is none, ranked by coverage. */
export class Candidates {
  readonly #repository: SearchRepository
  readonly #text: TextIndex
  readonly #lexicon: Lexicon
  readonly #generation: () => Generation | null
  readonly #log: Log

  constructor(
    repository: SearchRepository,
    text: TextIndex,
    lexicon: Lexicon,
    generation: () => Generation | null,
    log: Log,
  ) {
    this.#repository = repository
    this.#text = text
    this.#lexicon = lexicon
    this.#generation = generation
    this.#log = log
  }

  async products(query: AnalysedQuery, filter: IndexFilter): Promise<Ranked[]> {
    if (query.units.length === 0) return this.#anyWithin(filter)
    const found = (await this.#fromIndex('products', query, filter)) ?? this.#productsFromText(query)
    const ranked = this.#rank(query, found)
    const longest = query.codes.reduce((best, code) => (code.length > best.length ? code : best), '')
    if (longest.length < 4 || (ranked[0]?.share ?? 0) >= 0.9) return ranked
    const byFragment = this.#repository
      .productsBySkuFragment(longest, 20)
      .map((id) => ({ id, score: 1.2, share: 0.9, matter: 0.9, head: true }))
    const ids = new Set(byFragment.map(({ id }) => id))
    return [...byFragment, ...ranked.filter(({ id }) => !ids.has(id))]
  }

  /** Adds what the query means to what its words found. What stands below the floor is no candidate at all. */
  withMeaning(query: AnalysedQuery, ranked: readonly Ranked[], { floor, products }: Meant): Ranked[] {
    const meant = products.filter(({ similarity }) => similarity >= floor || isOff('search.meaning_floor'))
    if (meant.length === 0) return [...ranked]
    const byId = new Map(ranked.map((entry) => [entry.id, entry]))
    const unknown = meant.map(({ id }) => id).filter((id) => !byId.has(id))
    const rows = this.#repository.products(unknown).map(
      ({ document }): FoundRow => ({
        id: document.id,
        terms: termsOf(document, this.#lexicon),
        fused: 0,
      }),
    )
    for (const entry of this.#rank(query, rows)) byId.set(entry.id, entry)
    meant.forEach(({ id, similarity }, rank) => {
      const entry = byId.get(id)
      if (entry === undefined) return
      const share = Math.max(entry.share, MEANT.least + MEANT.more * strengthOf(similarity, floor))
      byId.set(id, {
        id,
        score: entry.score + (share - entry.share) + (RRF_SHARE / 2) * (RRF_K / (RRF_K + rank)),
        share,
        matter: Math.max(entry.matter, share),
        head: true,
      })
    })
    return [...byId.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  }

  async knowledge(query: AnalysedQuery): Promise<Ranked[]> {
    if (query.units.length === 0) return []
    const found = (await this.#fromIndex('knowledge', query, {})) ?? this.#knowledgeFromText(query)
    return this.#rank(query, found)
  }

  /** Null when there is no index or it fails. */
  async #fromIndex(
    table: 'products' | 'knowledge',
    query: AnalysedQuery,
    filter: IndexFilter,
  ): Promise<FoundRow[] | null> {
    const generation = this.#generation()
    if (generation === null) return null
    try {
      return await generation.use((current) =>
        current[table].find(query.terms, vectorOf(query.text, current.meta.dimensions), filter, POOL),
      )
    } catch (error) {
      this.#log.warn('search.query_failed', { error: String(error) })
      return null
    }
  }

  #productsFromText(query: AnalysedQuery): FoundRow[] {
    const ids = this.#text.find('product', textTerms(query, this.#lexicon), POOL)
    const documents = new Map(this.#repository.products(ids).map(({ document }) => [document.id, document]))
    return found(ids, (id) => {
      const document = documents.get(id)
      return document === undefined ? null : termsOf(document, this.#lexicon)
    })
  }

  #knowledgeFromText(query: AnalysedQuery): FoundRow[] {
    const ids = this.#text.find('knowledge', textTerms(query, this.#lexicon), POOL)
    const documents = new Map(this.#repository.knowledge(ids).map((document) => [document.id, document]))
    return found(ids, (id) => {
      const document = documents.get(id)
      return document === undefined ? null : termsOf(document, this.#lexicon)
    })
  }

  /** A query that only names a price: whatever fits it. */
  #anyWithin({ minPrice, maxPrice, category }: IndexFilter): Ranked[] {
    if (minPrice === undefined && maxPrice === undefined && category === undefined) return []
    return this.#repository
      .productsWithin(minPrice ?? 0, maxPrice ?? Number.MAX_SAFE_INTEGER, POOL)
      .map((id) => ({ id, score: 0.6, share: 0.6, matter: 0.6, head: true }))
  }

  #rank(query: AnalysedQuery, rows: readonly FoundRow[]): Ranked[] {
    const ranked = rows.map((row): Ranked => {
      const fields = fieldsOf(row.terms)
      const coverage = cover(query.units, fields, this.#lexicon)
      const code = query.codes.some((part) => part.length >= 4 && fields.fields[1]?.bases.has(`$${part}`))
      const share = code ? Math.max(coverage.share, 0.95) : coverage.share
      return {
        id: row.id,
        score:
          share +
          coverage.bonus +
          RRF_SHARE * row.fused +
          0.04 / Math.max(4, fields.nameLength) +
          (code ? 0.2 : 0),
        share,
        matter: code ? Math.max(coverage.matter, 0.95) : coverage.matter,
        head: coverage.head || code,
      }
    })
    return ranked.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  }
}

/** All bases that a query's units name: what a variant's options are compared with. */
export function fieldTermsOfQuery(query: AnalysedQuery): string[] {
  return query.units.flatMap((unit) => unit.readings.flatMap((reading) => reading.bases))
}

function textTerms(query: AnalysedQuery, lexicon: Lexicon): string[] {
  const stems = query.terms.filter((term) => /^[a-z0-9]/.test(term))
  const related = query.units.flatMap((unit) =>
    unit.readings.flatMap((reading) => reading.concepts.flatMap((id) => lexicon.wordsOf(id))),
  )
  const codes = query.terms.filter((term) => term.startsWith('$')).map((term) => term.slice(1))
  return [...stems, ...codes, ...related]
}

function found(ids: readonly string[], termsOfId: (id: string) => DocumentTerms | null): FoundRow[] {
  return ids.flatMap((id, rank) => {
    const terms = termsOfId(id)
    return terms === null ? [] : [{ id, terms, fused: 1 / (1 + rank / POOL) / 2 }]
  })
}
