import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { access, constants, mkdir, readdir, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { z } from 'zod'
import { DomainError } from '../errors.ts'

const settingsSchema = z.object({
  /** Where downloads go; null: the data folder's own. */
  folder: z.string().nullable(),
  /** Folders of before: their models are still found. */
  earlier: z.array(z.string()),
})
const nothingSet: z.infer<typeof settingsSchema> = { folder: null, earlier: [] }

export interface FoundFile {
  /** Absolute path. */
  file: string
  size: number
  /** Changes when the content may have. */
  stamp: string
}

/** The folders that models lie in. Which they are is written to `<data>/models.json`: models belong to no shop. */
export class ModelFolders {
  readonly #settingsFile: string
  readonly #own: string

  constructor(dataFolder: string) {
    this.#settingsFile = join(dataFolder, 'models.json')
    this.#own = join(dataFolder, 'models')
  }

  /** Where downloads go. */
  get current(): string {
    return this.#settings().folder ?? this.#own
  }

  /** All of them, the current one first. */
  get all(): string[] {
    return [...new Set([this.current, this.#own, ...this.#settings().earlier])]
  }

  /** @throws DomainError `input.invalid {field}` for a relative path, `shop.no_rights {path}` */
  async use(folder: string): Promise<void> {
    if (!isAbsolute(folder)) throw new DomainError('input.invalid', { field: 'folder' })
    const wanted = resolve(folder)
    try {
      await mkdir(wanted, { recursive: true })
      await access(wanted, constants.R_OK | constants.W_OK)
      if (!(await stat(wanted)).isDirectory()) throw new Error('not a folder')
    } catch (error) {
      throw new DomainError('shop.no_rights', { path: wanted }, { cause: error })
    }
    const { folder: before, earlier } = this.#settings()
    const kept = [...earlier, ...(before === null ? [] : [before])].filter((other) => other !== wanted)
    this.#write({ folder: wanted === this.#own ? null : wanted, earlier: [...new Set(kept)] })
  }

  /** The models of all folders, by name. A folder that is not there just now (a drive taken out) has none. */
  async files(): Promise<FoundFile[]> {
    const found: FoundFile[] = []
    for (const folder of this.all) {
      const names = await readdir(folder).catch(() => [])
      for (const name of names.filter((each) => /\.gguf$/i.test(each))) {
        const file = await describe(join(folder, name))
        if (file !== null) found.push(file)
      }
    }
    return found
  }

  /** The path of a model in one of the folders, by its file name; null when none has it. */
  find(name: string): string | null {
    return this.all.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null
  }

  /** Whether a file lies directly in one of the folders, links followed. */
  async holds(file: string): Promise<boolean> {
    const folder = await realpath(dirname(file)).catch(() => null)
    if (folder === null) return false
    const own = await Promise.all(this.all.map((each) => realpath(each).catch(() => null)))
    return own.includes(folder)
  }

  #settings(): z.infer<typeof settingsSchema> {
    try {
      return settingsSchema.parse(JSON.parse(readFileSync(this.#settingsFile, 'utf8')))
    } catch {
      return nothingSet
    }
  }

  #write(settings: z.infer<typeof settingsSchema>): void {
    const temporary = `${this.#settingsFile}.${randomUUID()}.tmp`
    try {
      writeFileSync(temporary, JSON.stringify(settings), { flush: true, mode: 0o600 })
      renameSync(temporary, this.#settingsFile)
    } catch (error) {
      throw new DomainError('shop.no_rights', { path: this.#settingsFile }, { cause: error })
    }
  }
}

/** A file's size and stamp; null when it is not there or no file. */
export async function describe(file: string): Promise<FoundFile | null> {
  const found = await stat(file).catch(() => null)
  if (found?.isFile() !== true) return null
  return { file, size: found.size, stamp: `${found.size}/${found.mtimeMs}` }
}
