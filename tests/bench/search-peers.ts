import { create, insertMultiple, search } from '@orama/orama'
import { stemmer } from '@orama/stemmers/spanish'
import MiniSearch from 'minisearch'
import { fold, stem, words } from '../../main/core/search/text.ts'
import { createTestStorage } from '../fixtures/shop.ts'
import type { BenchProduct } from './search-data.ts'

/** A system under comparison: product ids for a query, best first, empty when it finds nothing. */
export interface Peer {
  name: string
  find(query: string, limit: number): Promise<string[]>
  close(): Promise<void>
}

const fields = ['name', 'brand', 'category', 'description', 'sku'] as const

/** MiniSearch as its documentation tunes it: folded and stemmed terms, prefixes, slips, the name counts most. */
export function miniSearch(products: readonly BenchProduct[]): Peer {
  const index = new MiniSearch<BenchProduct>({
    fields: [...fields],
    tokenize: (text) => words(text),
    processTerm: (term) => stem(term),
    searchOptions: {
      fuzzy: (term) => (term.length > 3 ? 0.2 : false),
      prefix: (term) => term.length > 2,
      boost: { name: 3, brand: 1.5 },
    },
  })
  index.addAll(products)
  return {
    name: 'MiniSearch',
    find: async (query, limit) =>
      index
        .search(query)
        .slice(0, limit)
        .map(({ id }) => String(id)),
    close: async () => {},
  }
}

export async function orama(products: readonly BenchProduct[]): Promise<Peer> {
  const index = create({
    schema: {
      id: 'string',
      name: 'string',
      brand: 'string',
      category: 'string',
      description: 'string',
      sku: 'string',
    },
    components: { tokenizer: { language: 'spanish', stemming: true, stemmer } },
  })
  const documents = products.map(({ id, name, brand, category, description, sku }) => ({
    id,
    name,
    brand,
    category,
    description,
    sku,
  }))
  await insertMultiple(index, documents, 1_000)
  return {
    name: 'Orama',
    find: async (query, limit) => {
      const found = await search(index, {
        term: query,
        limit,
        tolerance: 1,
        boost: { name: 3 },
        properties: ['name', 'brand', 'category', 'description', 'sku'],
      })
      return found.hits.map(({ document }) => document.id)
    },
    close: async () => {},
  }
}

/** SQLite FTS5 with the trigram tokenizer, asked for any trigram of the folded query, ranked by bm25. */
export function ftsTrigram(products: readonly BenchProduct[]): Peer {
  const shop = createTestStorage()
  const { sql } = shop.storage
  sql.exec(
    "CREATE VIRTUAL TABLE bench USING fts5 (id UNINDEXED, name, rest, tokenize = 'trigram remove_diacritics 1')",
  )
  const insert = sql.prepare('INSERT INTO bench VALUES (?, ?, ?)')
  sql.transaction(() => {
    for (const product of products) {
      insert.run(
        product.id,
        fold(product.name),
        fold(`${product.brand} ${product.category} ${product.description} ${product.sku}`),
      )
    }
  })()
  const select = sql.prepare<[string, number], { id: string }>(
    'SELECT id FROM bench WHERE bench MATCH ? ORDER BY bm25(bench, 0, 3, 1) LIMIT ?',
  )
  return {
    name: 'FTS5 trigram',
    find: async (query, limit) => {
      const grams = new Set<string>()
      for (const [word] of fold(query).matchAll(/[a-z0-9]{3,}/g)) {
        for (let start = 0; start + 3 <= word.length; start++) grams.add(word.slice(start, start + 3))
      }
      if (grams.size === 0) return []
      return select.all([...grams].map((gram) => `"${gram}"`).join(' OR '), limit).map(({ id }) => id)
    },
    close: async () => shop.close(),
  }
}
