import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { newId } from '../ids.ts'
import type { IndexTable, Lance } from './lance.ts'
import { Vocabulary } from './vocabulary.ts'

const metaFile = z.object({
  databaseId: z.string(),
  analyzer: z.string(),
  dimensions: z.number().int().positive(),
  /** Products it was built with. */
  built: z.number().int().nonnegative(),
  /** What the database's rows added up to when the index was last level with them. */
  fingerprint: z.string(),
})
export type GenerationMeta = z.infer<typeof metaFile>

const currentFile = z.object({ generation: z.string() })
const vocabularyFile = z.object({ documents: z.number(), words: z.array(z.tuple([z.string(), z.number()])) })

/**
 * One complete index in a folder of its own: two tables, the words of the catalog, and what it was built from.
 * A rebuild makes a new one beside it; `current.json` is replaced in one step.
 */
export class Generation {
  readonly folder: string
  readonly products: IndexTable
  readonly knowledge: IndexTable
  readonly vocabulary: Vocabulary
  meta: GenerationMeta
  #users = 0
  #retired = false

  private constructor(
    folder: string,
    products: IndexTable,
    knowledge: IndexTable,
    vocabulary: Vocabulary,
    meta: GenerationMeta,
  ) {
    this.folder = folder
    this.products = products
    this.knowledge = knowledge
    this.vocabulary = vocabulary
    this.meta = meta
  }

  static async create(lance: Lance, searchFolder: string, meta: GenerationMeta): Promise<Generation> {
    const folder = join(searchFolder, `index-${newId()}`)
    const connection = await lance.connect(folder)
    const products = await lance.create(connection, 'products', meta.dimensions)
    const knowledge = await lance.create(connection, 'knowledge', meta.dimensions)
    return new Generation(folder, products, knowledge, new Vocabulary(), meta)
  }

  /** The current generation, or null when there is none that can be read. */
  static async open(lance: Lance, searchFolder: string): Promise<Generation | null> {
    try {
      const { generation } = currentFile.parse(readJson(join(searchFolder, 'current.json')))
      const folder = join(searchFolder, generation)
      const meta = metaFile.parse(readJson(join(folder, 'meta.json')))
      const { documents, words } = vocabularyFile.parse(readJson(join(folder, 'vocabulary.json')))
      const connection = await lance.connect(folder)
      const products = await lance.open(connection, 'products', meta.dimensions)
      const knowledge = await lance.open(connection, 'knowledge', meta.dimensions)
      return new Generation(folder, products, knowledge, new Vocabulary(documents, words), meta)
    } catch {
      return null
    }
  }

  async saveMeta(fingerprint: string): Promise<void> {
    this.meta = { ...this.meta, fingerprint }
    await replaceFile(join(this.folder, 'meta.json'), JSON.stringify(this.meta))
  }

  async saveVocabulary(): Promise<void> {
    await replaceFile(join(this.folder, 'vocabulary.json'), JSON.stringify(this.vocabulary))
  }

  /** Makes this the generation that the next start opens. */
  publish(searchFolder: string): void {
    const temporary = join(searchFolder, 'current.json.tmp')
    writeFileSync(temporary, JSON.stringify({ generation: this.folder.slice(searchFolder.length + 1) }), {
      flush: true,
    })
    renameSync(temporary, join(searchFolder, 'current.json'))
  }

  /** Keeps the files while `work` reads them. */
  async use<T>(work: (generation: Generation) => Promise<T>): Promise<T> {
    this.#users += 1
    try {
      return await work(this)
    } finally {
      this.#users -= 1
      this.#closeWhenUnused()
    }
  }

  /** Closes the tables as soon as nobody reads them. */
  retire(): void {
    this.#retired = true
    this.#closeWhenUnused()
  }

  #closeWhenUnused(): void {
    if (!this.#retired || this.#users > 0) return
    this.products.close()
    this.knowledge.close()
  }
}

/** Removes generations that are not current; a folder still in use on Windows stays until the next start. */
export function removeOldGenerations(searchFolder: string, keep: string | null): void {
  mkdirSync(searchFolder, { recursive: true })
  for (const name of readdirSync(searchFolder)) {
    if (!name.startsWith('index-') || join(searchFolder, name) === keep) continue
    try {
      rmSync(join(searchFolder, name), { recursive: true, force: true })
    } catch {
      // Tried again at the next start.
    }
  }
}

function readJson(file: string): unknown {
  if (!existsSync(file)) return null
  return JSON.parse(readFileSync(file, 'utf8'))
}

async function replaceFile(file: string, text: string): Promise<void> {
  await writeFile(`${file}.tmp`, text, { flush: true })
  await rename(`${file}.tmp`, file)
}
