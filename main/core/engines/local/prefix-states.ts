import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { isOff } from '../../mutants.ts'

/** What is known of a whole file; without it, or where the file differs, the file does not exist for us. */
const seal = z.object({ size: z.number(), sha256: z.string() })

/**
 * The evaluated head of a prompt, kept in files so that another chat, or the next start, needs not compute it again.
 * The library aborts its process on a damaged file, so none reaches it that is not byte for byte what was written:
 * written aside, flushed, summed and renamed, the sum beside it last; and summed again before each use.
 */
export class PrefixStates {
  readonly #folder: string
  readonly #mostBytes: number
  /** Files that are being finished, by key. */
  readonly #saving = new Map<string, Promise<void>>()

  constructor(folder: string, mostBytes: number) {
    this.#folder = folder
    this.#mostBytes = mostBytes
  }

  /** A whole and unchanged file for this key; null where there is none. Damaged ones are removed. */
  async find(key: string): Promise<string | null> {
    await this.#saving.get(key)
    const path = this.#path(key)
    try {
      const { size, sha256 } = seal.parse(JSON.parse(await readFile(this.#sealPath(key), 'utf8')))
      const whole = (await stat(path)).size === size && (await checksum(path)) === sha256
      if (whole || isOff('models.state_checked')) {
        const now = new Date()
        await utimes(path, now, now)
        return path
      }
    } catch {
      // Not there, or not readable: the same as damaged.
    }
    await this.remove(key)
    return null
  }

  async has(key: string): Promise<boolean> {
    if (this.#saving.has(key)) return true
    return stat(this.#sealPath(key)).then(
      () => true,
      () => false,
    )
  }

  async remove(key: string): Promise<void> {
    await rm(this.#sealPath(key), { force: true })
    await rm(this.#path(key), { force: true })
  }

  /**
   * Has `write` write the state to a file and resolves; flushing and summing go on by themselves. A failure leaves
   * nothing behind: a state is a convenience.
   */
  async save(key: string, write: (path: string) => Promise<unknown>): Promise<void> {
    if (this.#saving.has(key)) return
    const aside = `${this.#path(key)}.${process.pid}.tmp`
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
      await write(aside)
    } catch {
      await rm(aside, { force: true })
      return
    }
    const finished = this.#finish(key, aside)
      .catch(() => rm(aside, { force: true }))
      .finally(() => this.#saving.delete(key))
    this.#saving.set(key, finished)
  }

  /** Waits for what is being written. */
  async settled(): Promise<void> {
    await Promise.all(this.#saving.values())
  }

  /** Removes what a killed process left half written. */
  async clean(): Promise<void> {
    for (const name of await this.#names())
      if (name.endsWith('.tmp')) await rm(join(this.#folder, name), { force: true })
  }

  async #finish(key: string, aside: string): Promise<void> {
    await flush(aside)
    const { size } = await stat(aside)
    const sha256 = await checksum(aside)
    await rm(this.#sealPath(key), { force: true })
    await rename(aside, this.#path(key))
    const sealAside = `${this.#sealPath(key)}.${process.pid}.tmp`
    await writeFile(sealAside, JSON.stringify({ size, sha256 }), { flush: true })
    await rename(sealAside, this.#sealPath(key))
    await this.#makeRoom(key)
  }

  /** Removes what was used longest ago until the rest fits. */
  async #makeRoom(keep: string): Promise<void> {
    const keys = (await this.#names())
      .filter((name) => name.endsWith('.bin'))
      .map((name) => name.slice(0, -4))
    const files = await Promise.all(keys.map(async (key) => ({ key, ...(await stat(this.#path(key))) })))
    let total = files.reduce((sum, file) => sum + file.size, 0)
    for (const file of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (total <= this.#mostBytes) return
      if (file.key === keep) continue
      await this.remove(file.key)
      total -= file.size
    }
  }

  #names(): Promise<string[]> {
    return readdir(this.#folder).catch(() => [])
  }

  #path(key: string): string {
    return join(this.#folder, `${key}.bin`)
  }

  #sealPath(key: string): string {
    return join(this.#folder, `${key}.json`)
  }
}

/** Everything on which a saved prefix depends, as a file name. */
export function prefixKey(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function checksum(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash)
  return hash.digest('hex')
}

/** Tells one model file from another without reading all of it: size, time, beginning and end. */
export async function fileIdentity(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { size, mtimeMs } = await file.stat()
    const piece = Buffer.alloc(Math.min(size, 65_536))
    const hash = createHash('sha256').update(`${size} ${mtimeMs} `)
    await file.read(piece, 0, piece.length, 0)
    hash.update(piece)
    await file.read(piece, 0, piece.length, size - piece.length)
    return hash.update(piece).digest('hex')
  } finally {
    await file.close()
  }
}
