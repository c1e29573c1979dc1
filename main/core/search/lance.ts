import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import type { Connection, Table } from '@lancedb/lancedb'
import type { DocumentTerms } from './document.ts'
import { VectorTable, vectorSchema } from './vector-table.ts'

type LanceModule = typeof import('@lancedb/lancedb')
type ArrowModule = typeof import('apache-arrow')

/** The vendor's modules, or null where this platform has no binary. Importing takes about 100 ms. */
export async function loadLance(): Promise<Lance | null> {
  process.env.LANCEDB_LOG ??= 'error'
  // With two threads (two cores) the vendor's build of a full-text index over some 800,000 distinct words waits for
  // itself for ever; measured with 0.31.0, with four it ends.
  process.env.LANCE_CPU_THREADS ??= String(Math.max(4, availableParallelism()))
  try {
    const lance = await import('@lancedb/lancedb')
    // The vendor loads Arrow by `require` and takes only tables of that same copy. What `require` gives has no type.
    const arrow = createRequire(import.meta.url)('apache-arrow') as ArrowModule
    return new Lance(lance, arrow)
  } catch {
    return null
  }
}

/** One row of an index table. */
export interface IndexRow {
  id: string
  text: string
  terms: DocumentTerms
  /** Minor units; null is written as a price that no limit lets through. */
  minPrice: number | null
  maxPrice: number | null
  inStock: boolean
  category: string
}

export interface IndexFilter {
  minPrice?: number | undefined
  maxPrice?: number | undefined
  inStockOnly?: boolean | undefined
  category?: string | undefined
}

/** A row found. */
export interface FoundRow {
  id: string
  terms: DocumentTerms
  /** 0 to 1: reciprocal rank fusion of its places in the two lists; 1 is first in both. */
  fused: number
}

/** Rows from which an approximate vector index answers faster than reading every vector. */
const VECTOR_INDEX_FROM = 5_000
/** Reciprocal rank fusion: 1 / (k + rank). Source of 60: Cormack, Clarke and Büttcher, SIGIR 2009. */
const RRF_K = 60
/** Terms kept in memory, by row: reading 60 rows from the table costs as much as searching it. About 20 MB. */
const CACHED_ROWS = 20_000

export class Lance {
  readonly #lance: LanceModule
  readonly #arrow: ArrowModule

  constructor(lance: LanceModule, arrow: ArrowModule) {
    this.#lance = lance
    this.#arrow = arrow
  }

  async connect(folder: string): Promise<Connection> {
    mkdirSync(folder, { recursive: true })
    return this.#lance.connect(folder)
  }

  async open(connection: Connection, name: string, dimensions: number): Promise<IndexTable> {
    return new IndexTable(this.#lance, this.#arrow, await connection.openTable(name), dimensions)
  }

  /** An empty table; a table of that name is replaced. */
  async create(connection: Connection, name: string, dimensions: number): Promise<IndexTable> {
    const { Schema, Field, Utf8, Float64, Bool, FixedSizeList, Float32 } = this.#arrow
    const item = new Field('item', new Float32(), true)
    const schema = new Schema([
      ...['id', 'text', 'terms', 'category'].map((column) => new Field(column, new Utf8(), true)),
      new Field('min_price', new Float64(), true),
      new Field('max_price', new Float64(), true),
      new Field('in_stock', new Bool(), true),
      new Field('vector', new FixedSizeList(dimensions, item), true),
    ])
    const table = await connection.createEmptyTable(name, schema, { mode: 'overwrite' })
    return new IndexTable(this.#lance, this.#arrow, table, dimensions)
  }

  /** An embedder's vectors; the table is made where there is none. */
  async vectors(connection: Connection, name: string, dimensions: number): Promise<VectorTable> {
    const schema = vectorSchema(this.#arrow, dimensions)
    const table = await connection.createEmptyTable(name, schema, { mode: 'create', existOk: true })
    return new VectorTable(this.#lance, this.#arrow, table, dimensions)
  }
}

/** One LanceDB table of documents. Its caller keeps writes in one queue. */
export class IndexTable {
  readonly dimensions: number
  readonly #lance: LanceModule
  readonly #arrow: ArrowModule
  readonly #table: Table
  readonly #rows = new Map<bigint, { id: string; terms: DocumentTerms }>()

  constructor(lance: LanceModule, arrow: ArrowModule, table: Table, dimensions: number) {
    this.#lance = lance
    this.#arrow = arrow
    this.#table = table
    this.dimensions = dimensions
  }

  count(): Promise<number> {
    return this.#table.countRows()
  }

  /** @param vectors one after the other, `dimensions` each. Rows have distinct ids. */
  async add(rows: readonly IndexRow[], vectors: Float32Array): Promise<void> {
    if (rows.length > 0) await this.#table.add(this.#batch(rows, vectors))
  }

  async upsert(rows: readonly IndexRow[], vectors: Float32Array): Promise<void> {
    if (rows.length === 0) return
    await this.#table
      .mergeInsert('id')
      .whenMatchedUpdateAll()
      .whenNotMatchedInsertAll()
      .execute(this.#batch(rows, vectors))
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#table.delete(`id IN (${ids.map(quoted).join(', ')})`)
  }

  /** Builds the indexes over the rows that are there. */
  async index(): Promise<void> {
    const { Index } = this.#lance
    const words = {
      baseTokenizer: 'whitespace',
      stem: false,
      removeStopWords: false,
      asciiFolding: false,
      lowercase: false,
      withPosition: false,
      maxTokenLength: 80,
    } as const
    await this.#table.createIndex('text', { config: Index.fts(words), replace: true })
    await this.#table.createIndex('id', { config: Index.btree(), replace: true })
    if ((await this.count()) >= VECTOR_INDEX_FROM) {
      await this.#table.createIndex('min_price', { config: Index.btree(), replace: true })
      await this.#table.createIndex('vector', {
        config: Index.hnswSq({ distanceType: 'cosine' }),
        replace: true,
      })
    }
  }

  /** Merges small fragments and takes new rows into the indexes. */
  async optimize(): Promise<void> {
    await this.#table.optimize({ cleanupOlderThan: new Date() })
  }

  /** The best `limit` rows by words and by vector, fused, one a document. Either may be empty. */
  async find(
    terms: readonly string[],
    vector: Float32Array | null,
    filter: IndexFilter,
    limit: number,
  ): Promise<FoundRow[]> {
    const where = whereOf(filter)
    for (let again = 1; ; again--) {
      const lists = await Promise.all([
        terms.length === 0 ? [] : this.#byText(terms, where, limit),
        vector === null ? [] : this.#byVector(vector, where, limit),
      ])
      const fused = fuse(lists).slice(0, limit)
      await this.#read(fused.flatMap(({ row }) => (this.#rows.has(row) ? [] : [row])))
      // A row that went between finding and reading has come back as another one.
      if (again > 0 && fused.some(({ row }) => !this.#rows.has(row))) continue
      return this.#documents(fused)
    }
  }

  /** Rows as documents. One that changed between the two queries was found as two rows, a place in each list. */
  #documents(fused: readonly { row: bigint; fused: number }[]): FoundRow[] {
    const documents = new Map<string, FoundRow>()
    for (const { row, fused: share } of fused) {
      const read = this.#rows.get(row)
      if (read === undefined) continue
      const known = documents.get(read.id)
      documents.set(read.id, { ...(known ?? read), fused: Math.min(1, (known?.fused ?? 0) + share) })
    }
    return [...documents.values()]
  }

  close(): void {
    this.#table.close()
  }

  async #byText(terms: readonly string[], where: string | null, limit: number): Promise<bigint[]> {
    const query = this.#table
      .query()
      .fullTextSearch(new this.#lance.MatchQuery(terms.join(' '), 'text'))
      .withRowId()
      .select(['_score'])
      .limit(limit)
    return rowIdsOf(await (where === null ? query : query.where(where)).toArrow())
  }

  async #byVector(vector: Float32Array, where: string | null, limit: number): Promise<bigint[]> {
    const query = this.#table
      .query()
      .nearestTo(vector)
      .distanceType('cosine')
      .withRowId()
      .select(['_distance'])
      .limit(limit)
    return rowIdsOf(await (where === null ? query : query.where(where)).toArrow())
  }

  /** Row ids are never given twice: a changed row gets a new one, so what is kept stays true. */
  async #read(rowIds: readonly bigint[]): Promise<void> {
    if (rowIds.length === 0) return
    if (this.#rows.size + rowIds.length > CACHED_ROWS) this.#rows.clear()
    const table = await this.#table
      .takeRowIds([...rowIds])
      .withRowId()
      .select(['id', 'terms'])
      .toArrow()
    const found = rowIdsOf(table)
    found.forEach((row, at) => {
      const [name = '', side = '', body = ''] = String(table.getChild('terms')?.get(at) ?? '').split('\n')
      this.#rows.set(row, { id: String(table.getChild('id')?.get(at) ?? ''), terms: { name, side, body } })
    })
  }

  /** An Arrow table made from typed arrays: building one from objects costs 100 times as much. */
  #batch(rows: readonly IndexRow[], vectors: Float32Array) {
    const {
      Table: ArrowTable,
      Utf8,
      Float32,
      Field,
      FixedSizeList,
      Bool,
      makeData,
      makeVector,
      vectorFromArray,
    } = this.#arrow
    const texts = (of: (row: IndexRow) => string) => vectorFromArray(rows.map(of), new Utf8())
    const numbers = (of: (row: IndexRow) => number | null) =>
      makeVector(Float64Array.from(rows, (row) => of(row) ?? NO_PRICE))
    const type = new FixedSizeList(this.dimensions, new Field('item', new Float32(), true))
    const child = makeData({ type: new Float32(), data: vectors })
    return new ArrowTable({
      id: texts((row) => row.id),
      text: texts((row) => row.text),
      terms: texts(({ terms }) => `${terms.name}\n${terms.side}\n${terms.body}`),
      category: texts((row) => row.category),
      min_price: numbers((row) => row.minPrice),
      max_price: numbers((row) => row.maxPrice),
      in_stock: vectorFromArray(
        rows.map((row) => row.inStock),
        new Bool(),
      ),
      vector: makeVector(makeData({ type, length: rows.length, nullCount: 0, child })),
    })
  }
}

const NO_PRICE = -1

/** Minimal shape of an Arrow result: the vendor bundles its own copy of the types. */
interface Columns {
  numRows: number
  getChild(name: string): { get(index: number): unknown } | null
}

function rowIdsOf(table: Columns): bigint[] {
  const column = table.getChild('_rowid')
  const rows: bigint[] = []
  for (let at = 0; at < table.numRows; at++) {
    const row = column?.get(at)
    if (typeof row === 'bigint') rows.push(row)
  }
  return rows
}

function fuse(lists: readonly (readonly bigint[])[]): { row: bigint; fused: number }[] {
  const scores = new Map<bigint, number>()
  for (const list of lists) {
    list.forEach((row, rank) => {
      scores.set(row, (scores.get(row) ?? 0) + RRF_K / (RRF_K + rank) / lists.length)
    })
  }
  return [...scores].map(([row, fused]) => ({ row, fused })).sort((left, right) => right.fused - left.fused)
}

function whereOf({ minPrice, maxPrice, inStockOnly, category }: IndexFilter): string | null {
  const parts: string[] = []
  if (maxPrice !== undefined) parts.push(`min_price >= 0 AND min_price <= ${Math.floor(maxPrice)}`)
  if (minPrice !== undefined) parts.push(`max_price >= ${Math.ceil(minPrice)}`)
  if (inStockOnly === true) parts.push('in_stock = true')
  if (category !== undefined) parts.push(`starts_with(category, ${quoted(category)})`)
  return parts.length === 0 ? null : parts.join(' AND ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
