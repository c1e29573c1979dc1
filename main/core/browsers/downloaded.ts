import { mkdir, readdir, rm, statfs } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { z } from 'zod'
import { newId } from '../ids.ts'
import { KeptFile } from '../kept-file.ts'

const noteSchema = z.object({
  /** Folder in the browsers folder. */
  folder: z.string().regex(/^chrome-[0-9a-f-]+$/),
  /** Of what is started, from the browsers folder on. */
  executable: z.string().min(1),
  build: z.string().min(1),
})
type Note = z.infer<typeof noteSchema>

/**
 * The browser that was downloaded. Each download goes into a folder of its own; which one counts is written down only
 * once its browser has been started, so that whatever is not named there is a leftover.
 */
export class DownloadedBrowser {
  readonly #root: string
  readonly #note: KeptFile<Note>

  /** @param root absolute folder of the app's browsers */
  constructor(root: string) {
    this.#root = root
    this.#note = new KeptFile(join(root, 'downloaded.json'), noteSchema)
  }

  /** Absolute path of what is started; null when none was downloaded. It may have been deleted since. */
  get path(): string | null {
    const note = this.#note.read()
    if (note === null) return null
    const path = join(this.#root, note.executable)
    return isInside(join(this.#root, note.folder), path) ? path : null
  }

  /** Makes room for a download. @throws what the disk says */
  async newFolder(): Promise<string> {
    const folder = join(this.#root, `chrome-${newId()}`)
    await mkdir(folder, { recursive: true })
    return folder
  }

  /** From now on that is the downloaded browser. @param executable inside `folder`, which is one of ours */
  keep(folder: string, executable: string, build: string): void {
    this.#note.write({
      folder: relative(this.#root, folder),
      executable: relative(this.#root, executable),
      build,
    })
  }

  /** Deletes what interrupted or replaced downloads have left. A browser that still runs stays until the next time. */
  async tidy(): Promise<void> {
    const kept = this.#note.read()?.folder
    const names = await readdir(this.#root).catch(() => [])
    for (const name of names)
      if (name.startsWith('chrome-') && name !== kept) await remove(join(this.#root, name))
  }

  /** Bytes that this user may still write there; the folder is to be there. */
  async freeDisk(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#root)
    return bavail * bsize
  }
}

export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}

export async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }).catch(() => undefined)
}
