import { existsSync, statSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { KeptFile } from '../../kept-file.ts'
import type { UnpackedFile } from './unpack.ts'

const installedSchema = z.object({
  version: z.string(),
  /** Relative to the folder, with forward slashes. */
  files: z.array(z.object({ path: z.string(), size: z.int() })).min(1),
})

const noteSchema = z.object({
  /** A build of an earlier version was here: its owner wants one. */
  outdated: z.boolean(),
  /** Processes died under this version. */
  died: z.string().nullable(),
})
const nothingNoted: z.infer<typeof noteSchema> = { outdated: false, died: null }

/**
 * `<data>/cuda`: archives that are being fetched, and `<version>` once a build is whole. What is in the making or on its
 * way out has names of its own, so that whatever is cut off is known as such.
 */
export class CudaFolder {
  readonly root: string
  readonly #version: string
  readonly #note: KeptFile<z.infer<typeof noteSchema>>

  constructor(dataFolder: string, version: string) {
    this.root = join(dataFolder, 'cuda')
    this.#version = version
    this.#note = new KeptFile(join(this.root, 'note.json'), noteSchema)
  }

  /** Where our version lies when it is here. */
  get current(): string {
    return join(this.root, this.#version)
  }

  /** Where it is put together. */
  get making(): string {
    return join(this.root, 'making')
  }

  get note(): z.infer<typeof noteSchema> {
    return this.#note.read() ?? nothingNoted
  }

  change(note: Partial<z.infer<typeof noteSchema>>): void {
    this.#note.write({ ...this.note, ...note })
  }

  /** Whether our version is here with every file in its size. */
  isWhole(): boolean {
    const installed = new KeptFile(join(this.current, 'installed.json'), installedSchema).read()
    if (installed?.version !== this.#version) return false
    return installed.files.every(({ path, size }) => {
      return statSync(join(this.current, path), { throwIfNoEntry: false })?.size === size
    })
  }

  /** An empty place to unpack to. */
  async begin(): Promise<void> {
    await rm(this.making, { recursive: true, force: true })
    await mkdir(this.making, { recursive: true })
  }

  /** In one step: who sees the version sees all of it. */
  async finish(files: readonly UnpackedFile[]): Promise<void> {
    new KeptFile(join(this.making, 'installed.json'), installedSchema).write({
      version: this.#version,
      files: [...files],
    })
    await this.#discard(this.current)
    await rename(this.making, this.current)
    this.change(nothingNoted)
  }

  /** Deletes our version and everything that was fetched for it. */
  async remove(): Promise<void> {
    await this.#discard(this.current)
    await rm(this.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }

  /**
   * Deletes what was cut off and what belongs to other versions.
   * @param keep names of archives, whole or in part, that are still wanted
   */
  async tidy(keep: readonly string[]): Promise<void> {
    if (!existsSync(this.root)) return
    for (const name of await readdir(this.root)) {
      if (name === this.#version || name === 'note.json') continue
      if (keep.some((file) => name.startsWith(file))) continue
      if (/^\d+\.\d+\.\d+$/.test(name)) this.change({ outdated: true, died: null })
      await rm(join(this.root, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  }

  /** Renamed first: half a folder must not be taken for a whole one. */
  async #discard(folder: string): Promise<void> {
    if (!existsSync(folder)) return
    const away = join(this.root, 'gone')
    await rm(away, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    await rename(folder, away)
    await rm(away, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}
