import { newId } from '../ids.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { SourceDocument } from './document.ts'
import type { SynonymGroups } from './query.ts'

/**
 * Rows that search reads and writes. It reads `products`, `variants`, `product_aliases` and `knowledge` with SQL of its
 * own: filling an index of 100,000 products through their services would build every product whole. This is the one
 * place where search looks into other features' tables; it never writes them, and what a customer sees is read again
 * through the catalog's service.
 */
export class SearchRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  databaseId(): string {
    return this.#storage.prepare<[], { id: string }>('SELECT database_id AS id FROM shop').get()?.id ?? ''
  }

  /** Changes with every change of a product or entry that the index should know of. */
  fingerprint(): string {
    const row = this.#storage
      .prepare<[], { products: string; knowledge: string }>(
        `SELECT (SELECT count(*) || ':' || coalesce(sum(revision), 0) FROM products) AS products,
                (SELECT count(*) || ':' || coalesce(sum(revision), 0) FROM knowledge) AS knowledge`,
      )
      .get()
    return `${row?.products}/${row?.knowledge}`
  }

  countForSale(): number {
    return (
      this.#storage.prepare<[], { n: number }>(`SELECT count(*) AS n FROM products p WHERE ${FOR_SALE}`).get()
        ?.n ?? 0
    )
  }

  /** Products for sale after `seq`, in order. */
  productsAfter(seq: number, limit: number): IndexedRow[] {
    const rows = this.#storage
      .prepare<[number, number], ProductRow>(
        `${SELECT_PRODUCTS} WHERE ${FOR_SALE} AND p.seq > ? ORDER BY p.seq LIMIT ?`,
      )
      .all(seq, limit)
    return this.#complete(rows)
  }

  /** Current rows of these products; those not for sale are left out. */
  products(ids: readonly string[]): IndexedRow[] {
    const rows = this.#storage
      .prepare<[string], ProductRow>(
        `${SELECT_PRODUCTS} WHERE ${FOR_SALE} AND p.id IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify(ids))
    return this.#complete(rows)
  }

  knowledge(ids?: readonly string[]): SourceDocument[] {
    const where = ids === undefined ? '' : 'AND id IN (SELECT value FROM json_each(?))'
    const rows = this.#storage
      .prepare<string[], KnowledgeRow>(
        `SELECT id, topic, question, answer FROM knowledge WHERE deleted_at IS NULL ${where} ORDER BY position, id`,
      )
      .all(...(ids === undefined ? [] : [JSON.stringify(ids)]))
    return rows.map((row) => ({
      id: row.id,
      name: row.question === '' ? row.answer.slice(0, 200) : row.question,
      side: [],
      aliases: [],
      description: row.answer,
      skus: [],
      minPrice: null,
      maxPrice: null,
      inStock: true,
      category: row.topic,
    }))
  }

  /** Topics of live entries, by id. */
  knowledgeTopics(ids: readonly string[]): Map<string, string> {
    const rows = this.#storage
      .prepare<[string], { id: string; topic: string }>(
        'SELECT id, topic FROM knowledge WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))',
      )
      .all(JSON.stringify(ids))
    return new Map(rows.map((row) => [row.id, row.topic]))
  }

  /** Products with a SKU that contains `fragment` once both are without separators. Reads every SKU. */
  productsBySkuFragment(fragment: string, limit: number): string[] {
    return this.#storage
      .prepare<[string, number], { id: string }>(
        `SELECT DISTINCT v.product_id AS id FROM variants v JOIN products p ON p.id = v.product_id
         WHERE v.deleted_at IS NULL AND ${FOR_SALE} AND v.sku IS NOT NULL
           AND instr(lower(replace(replace(replace(replace(v.sku, '-', ''), ' ', ''), '_', ''), '.', '')), ?) > 0 LIMIT ?`,
      )
      .all(fragment, limit)
      .map((row) => row.id)
  }

  /** Products with a price between these, inclusive, the cheapest first. */
  productsWithin(minPrice: number, maxPrice: number, limit: number): string[] {
    return this.#storage
      .prepare<[number, number, number], { id: string }>(
        `SELECT p.id FROM products p JOIN variants v ON v.product_id = p.id
         WHERE v.deleted_at IS NULL AND ${FOR_SALE} AND v.price_kind <> 'ask' AND v.price BETWEEN ? AND ?
         GROUP BY p.id ORDER BY min(v.price), p.seq LIMIT ?`,
      )
      .all(minPrice, maxPrice, limit)
      .map((row) => row.id)
  }

  pending(): number {
    return this.#storage.prepare<[], { n: number }>('SELECT count(*) AS n FROM search_outbox').get()?.n ?? 0
  }

  outbox(limit: number): OutboxRow[] {
    return this.#storage
      .prepare<[number], OutboxRow>('SELECT kind, entity_id AS id, revision FROM search_outbox LIMIT ?')
      .all(limit)
  }

  /** One page of everything that waits, in the order of its key. */
  outboxAfter(kind: string, id: string, limit: number): OutboxRow[] {
    return this.#storage
      .prepare<[string, string, number], OutboxRow>(
        'SELECT kind, entity_id AS id, revision FROM search_outbox WHERE (kind, entity_id) > (?, ?) ORDER BY kind, entity_id LIMIT ?',
      )
      .all(kind, id, limit)
  }

  /** Rows in the text index of those among these products that are not for sale any more. */
  goneRows(ids: readonly string[]): number[] {
    return this.#storage
      .prepare<[string], { row: number }>(
        `SELECT p.seq AS row FROM products p WHERE p.id IN (SELECT value FROM json_each(?)) AND NOT (${FOR_SALE})`,
      )
      .all(JSON.stringify(ids))
      .map(({ row }) => row)
  }

  /** Clears what was read, and nothing that changed since. */
  clearOutbox(tx: Tx, rows: readonly OutboxRow[]): void {
    const remove = tx.sql.prepare(
      'DELETE FROM search_outbox WHERE kind = ? AND entity_id = ? AND revision <= ?',
    )
    for (const row of rows) remove.run(row.kind, row.id, row.revision)
  }

  synonyms(): { id: string; terms: string[] }[] {
    return this.#storage
      .prepare<[], { id: string; terms: string }>(
        'SELECT id, terms FROM synonyms WHERE deleted_at IS NULL ORDER BY id',
      )
      .all()
      .map((row) => ({ id: row.id, terms: textList(row.terms) }))
  }

  /** Puts the current groups away and writes these. */
  replaceSynonyms(tx: Tx, groups: SynonymGroups): void {
    const remove = tx.sql.prepare(
      'UPDATE synonyms SET deleted_at = ?, updated_at = ?, updated_by = ? WHERE deleted_at IS NULL',
    )
    remove.run(tx.now, tx.now, tx.actor)
    const insert = tx.sql.prepare(
      'INSERT INTO synonyms (id, terms, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, ?, ?)',
    )
    for (const terms of groups) insert.run(newId(), JSON.stringify(terms), tx.now, tx.now, tx.actor, tx.actor)
  }

  #complete(rows: readonly ProductRow[]): IndexedRow[] {
    if (rows.length === 0) return []
    const ids = JSON.stringify(rows.map((row) => row.id))
    const variants = groupBy(
      this.#storage
        .prepare<[string], VariantRow>(
          `SELECT v.product_id AS productId, v.sku, v.title, v.options, v.price_kind AS priceKind, v.price, v.status, v.tracked, v.on_hand AS onHand, v.barcode
           FROM variants v WHERE v.deleted_at IS NULL AND v.product_id IN (SELECT value FROM json_each(?)) ORDER BY v.product_id, v.position`,
        )
        .all(ids),
    )
    const aliases = groupBy(
      this.#storage
        .prepare<[string], { productId: string; alias: string }>(
          'SELECT product_id AS productId, alias FROM product_aliases WHERE deleted_at IS NULL AND product_id IN (SELECT value FROM json_each(?))',
        )
        .all(ids),
    )
    return rows.map((row) => ({
      seq: row.seq,
      document: toDocument(row, variants.get(row.id) ?? [], aliases.get(row.id) ?? []),
    }))
  }
}

export interface OutboxRow {
  kind: 'product' | 'knowledge'
  id: string
  revision: number
}

export interface IndexedRow {
  seq: number
  document: SourceDocument
}

interface ProductRow {
  id: string
  seq: number
  name: string
  description: string
  category: string
  brand: string
  tags: string
  attributes: string
  status: string
}

interface VariantRow {
  productId: string
  sku: string | null
  title: string
  options: string
  priceKind: string
  price: number | null
  status: string
  tracked: number
  onHand: number
  barcode: string | null
}

interface KnowledgeRow {
  id: string
  topic: string
  question: string
  answer: string
}

const FOR_SALE = "p.deleted_at IS NULL AND p.status NOT IN ('hidden', 'draft')"
const SELECT_PRODUCTS =
  'SELECT p.id, p.seq, p.name, p.description, p.category, p.brand, p.tags, p.attributes, p.status FROM products p'

function toDocument(
  row: ProductRow,
  variants: readonly VariantRow[],
  aliases: readonly { alias: string }[],
): SourceDocument {
  const prices = variants.flatMap((variant) =>
    variant.priceKind === 'ask' || variant.price === null ? [] : [variant.price],
  )
  const options = new Set(variants.flatMap((variant) => [...textList(variant.options), variant.title]))
  return {
    id: row.id,
    name: row.name,
    side: [
      row.category,
      row.brand,
      ...textList(row.tags),
      ...attributeTexts(row.attributes),
      ...options,
    ].filter((text) => text !== ''),
    aliases: aliases.map(({ alias }) => alias),
    description: row.description,
    skus: variants
      .flatMap((variant) => [variant.sku, variant.barcode])
      .filter((sku): sku is string => sku !== null && sku !== ''),
    minPrice: prices.length === 0 ? null : Math.min(...prices),
    maxPrice: prices.length === 0 ? null : Math.max(...prices),
    inStock:
      row.status === 'available' &&
      variants.some(
        (variant) => variant.status === 'available' && (variant.tracked === 0 || variant.onHand > 0),
      ),
    category: row.category,
  }
}

function attributeTexts(json: string): string[] {
  const parsed: unknown = JSON.parse(json)
  if (typeof parsed !== 'object' || parsed === null) return []
  return Object.entries(parsed).map(([name, value]) => `${name} ${String(value)}`)
}

function textList(json: string): string[] {
  const parsed: unknown = JSON.parse(json)
  return Array.isArray(parsed) ? parsed.filter((item) => typeof item === 'string') : []
}

function groupBy<Row extends { productId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const list = groups.get(row.productId)
    if (list === undefined) groups.set(row.productId, [row])
    else list.push(row)
  }
  return groups
}
