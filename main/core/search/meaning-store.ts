import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Lance } from './lance.ts'
import type { VectorTable } from './vector-table.ts'

const metaFile = z.object({
  databaseId: z.string(),
  /** Id of the embedder. */
  model: z.string(),
  dimensions: z.number().int().positive(),
  /** How a product becomes a text. */
  texts: z.number().int(),
  /**
   * The cosine from which a product counts as meant. Null until every product has had its vector once: search uses
   * the vectors from then on.
   */
  floor: z.number().nullable(),
  /** Products when the floor was found. */
  measured: z.number().int(),
})
export type MeaningMeta = z.infer<typeof metaFile>

/** Name of the folder within a shop's search folder. */
const FOLDER = 'meaning'

/** The vectors of one embedder in a folder of their own. Made from the database; may be deleted at any time. */
export class MeaningStore {
  readonly table: VectorTable
  /** Hash of the embedded text, by product. */
  readonly hashes: Map<string, string>
  readonly #folder: string
  #meta: MeaningMeta

  private constructor(folder: string, table: VectorTable, hashes: Map<string, string>, meta: MeaningMeta) {
    this.#folder = folder
    this.table = table
    this.hashes = hashes
    this.#meta = meta
  }

  /** Opens what is there, if it belongs to this database and embedder; else begins anew. */
  static async open(lance: Lance, searchFolder: string, wanted: MeaningMeta): Promise<MeaningStore> {
    const folder = join(searchFolder, FOLDER)
    const found = readMeta(folder)
    const same =
      found !== null &&
      found.databaseId === wanted.databaseId &&
      found.model === wanted.model &&
      found.dimensions === wanted.dimensions &&
      found.texts === wanted.texts
    if (!same) dropMeaning(searchFolder)
    try {
      return await MeaningStore.#at(lance, folder, same ? found : wanted)
    } catch (error) {
      if (!same) throw error
      // A torn table is no loss: it is made again.
      dropMeaning(searchFolder)
      return await MeaningStore.#at(lance, folder, wanted)
    }
  }

  static async #at(lance: Lance, folder: string, meta: MeaningMeta): Promise<MeaningStore> {
    mkdirSync(folder, { recursive: true })
    const connection = await lance.connect(folder)
    const table = await lance.vectors(connection, 'products', meta.dimensions)
    const store = new MeaningStore(folder, table, await table.hashes(), meta)
    await store.#save()
    return store
  }

  get floor(): number | null {
    return this.#meta.floor
  }

  /** Whether there are so many more or fewer products that the floor is to be found anew. */
  get outgrown(): boolean {
    const { floor, measured } = this.#meta
    const count = this.hashes.size
    return floor === null || count > measured * 1.5 + 20 || count * 1.5 + 20 < measured
  }

  async setFloor(floor: number): Promise<void> {
    this.#meta = { ...this.#meta, floor, measured: this.hashes.size }
    await this.#save()
  }

  close(): void {
    this.table.close()
  }

  async #save(): Promise<void> {
    const file = join(this.#folder, 'meta.json')
    await writeFile(`${file}.tmp`, JSON.stringify(this.#meta), { flush: true })
    await rename(`${file}.tmp`, file)
  }
}

/** Products that have their vectors, by what was written last; null where they are not all made. Reads no vector. */
export function preparedIn(searchFolder: string): number | null {
  const meta = readMeta(join(searchFolder, FOLDER))
  return meta === null || meta.floor === null ? null : meta.measured
}

/** Search goes on without vectors. */
export function dropMeaning(searchFolder: string): void {
  rmSync(join(searchFolder, FOLDER), { recursive: true, force: true })
}

function readMeta(folder: string): MeaningMeta | null {
  try {
    const file = join(folder, 'meta.json')
    return existsSync(file) ? metaFile.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
  } catch {
    return null
  }
}
