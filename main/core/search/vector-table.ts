import type { Table } from '@lancedb/lancedb'

type LanceModule = typeof import('@lancedb/lancedb')
type ArrowModule = typeof import('apache-arrow')

export interface VectorRow {
  id: string
  /** Of the text that the vector was made from. */
  hash: string
  /** Of unit length. */
  vector: Float32Array
}

/** Rows from which an approximate index answers faster than reading every vector. */
const INDEX_FROM = 5_000
/** So many times the wanted rows are compared exactly again. */
const REFINE = 4

export function vectorSchema(arrow: ArrowModule, dimensions: number) {
  const { Schema, Field, Utf8, FixedSizeList, Float32 } = arrow
  const item = new Field('item', new Float32(), true)
  return new Schema([
    new Field('id', new Utf8(), true),
    new Field('hash', new Utf8(), true),
    new Field('vector', new FixedSizeList(dimensions, item), true),
  ])
}

/** One LanceDB table of an embedder's vectors. Its caller keeps writes in one queue. */
export class VectorTable {
  readonly #lance: LanceModule
  readonly #arrow: ArrowModule
  readonly #table: Table
  readonly #dimensions: number

  constructor(lance: LanceModule, arrow: ArrowModule, table: Table, dimensions: number) {
    this.#lance = lance
    this.#arrow = arrow
    this.#table = table
    this.#dimensions = dimensions
  }

  /** Hash by id, of all rows. */
  async hashes(): Promise<Map<string, string>> {
    const found = await this.#table.query().select(['id', 'hash']).toArrow()
    const [ids, hashes] = [found.getChild('id'), found.getChild('hash')]
    const all = new Map<string, string>()
    for (let at = 0; at < found.numRows; at++) all.set(String(ids?.get(at)), String(hashes?.get(at)))
    return all
  }

  /** Rows have distinct ids. */
  async put(rows: readonly VectorRow[]): Promise<void> {
    if (rows.length === 0) return
    await this.#table
      .mergeInsert('id')
      .whenMatchedUpdateAll()
      .whenNotMatchedInsertAll()
      .execute(this.#batch(rows))
  }

  async remove(ids: readonly string[]): Promise<void> {
    const quoted = ids.map((id) => `'${id.replaceAll("'", "''")}'`)
    if (ids.length > 0) await this.#table.delete(`id IN (${quoted.join(', ')})`)
  }

  /** Nearest first; `similarity` is the cosine. */
  async nearest(vector: Float32Array, limit: number): Promise<{ id: string; similarity: number }[]> {
    const found = await this.#table
      .query()
      .nearestTo(vector)
      .distanceType('cosine')
      .refineFactor(REFINE)
      .select(['id', '_distance'])
      .limit(limit)
      .toArrow()
    const [ids, distances] = [found.getChild('id'), found.getChild('_distance')]
    return Array.from({ length: found.numRows }, (_, at) => ({
      id: String(ids?.get(at)),
      similarity: 1 - Number(distances?.get(at)),
    }))
  }

  /** Merges small fragments and, in a large table, builds the index over the rows that are there. */
  async settle(): Promise<void> {
    await this.#table.optimize({ cleanupOlderThan: new Date() })
    if ((await this.#table.countRows()) < INDEX_FROM) return
    const config = this.#lance.Index.hnswSq({ distanceType: 'cosine' })
    await this.#table.createIndex('vector', { config, replace: true })
  }

  close(): void {
    this.#table.close()
  }

  #batch(rows: readonly VectorRow[]) {
    const {
      Table: ArrowTable,
      Utf8,
      Float32,
      Field,
      FixedSizeList,
      makeData,
      makeVector,
      vectorFromArray,
    } = this.#arrow
    const vectors = new Float32Array(rows.length * this.#dimensions)
    rows.forEach(({ vector }, at) => {
      vectors.set(vector, at * this.#dimensions)
    })
    const type = new FixedSizeList(this.#dimensions, new Field('item', new Float32(), true))
    const child = makeData({ type: new Float32(), data: vectors })
    return new ArrowTable({
      id: vectorFromArray(
        rows.map(({ id }) => id),
        new Utf8(),
      ),
      hash: vectorFromArray(
        rows.map(({ hash }) => hash),
        new Utf8(),
      ),
      vector: makeVector(makeData({ type, length: rows.length, nullCount: 0, child })),
    })
  }
}
