import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { DomainError } from '../errors.ts'
import type { Reader, Sql } from '../storage/storage.ts'
import { inspect } from './content-type.ts'

/** Bytes of a file's beginning that its type is told by. */
const headLength = 64 * 1024
const hashPattern = /^[0-9a-f]{64}$/

/** A temporary file that nobody wrote to for this long belongs to a process that is gone, in ms. */
const abandonedAfter = 3_600_000

/** The largest file that is kept unless the caller says less: what a Telegram bot may fetch (20 MB). */
export const defaultMaxBytes = 20 * 1024 * 1024

export interface PutOptions {
  /** Largest size in bytes; `defaultMaxBytes` when absent. */
  maxBytes?: number
  /** Types that are taken, as `image/png` or `image/*`; when absent everything but executables, HTML, XML and SVG. */
  allowed?: readonly string[]
  /** The sender's file name; only ever used to refuse. */
  name?: string
  signal?: AbortSignal
}

export interface StoredMedia {
  /** SHA-256 of the content, 64 hex digits. */
  hash: string
  /** Told by the content, never by the sender. */
  mime: string
  /** Bytes. */
  size: number
}

/** A shop's files: photos of customers and products, documents. Each is kept once, under the hash of its content. */
export class MediaStore {
  readonly #dir: string

  /** @param dir `<shop>/media`; made when it is first needed */
  constructor(dir: string) {
    this.#dir = dir
  }

  /**
   * Keeps a file. It has its name only once it is whole and on the disk, so a crash leaves at most a temporary file.
   * @throws DomainError `media.too_large`, `media.type_refused`, `cancelled`, `storage.full`, `storage.read_only`;
   *   what the source throws comes through unchanged
   */
  async put(source: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<StoredMedia> {
    const folder = join(this.#dir, 'tmp')
    const temporary = join(folder, randomUUID())
    try {
      await onDisk(() => mkdir(folder, { recursive: true }))
      const written = await write(temporary, source, options)
      const mime = await accept(temporary, written, options)
      await onDisk(() => this.#keep(temporary, written.hash))
      return { hash: written.hash, mime, size: written.size }
    } finally {
      await rm(temporary, { force: true }).catch(() => undefined)
    }
  }

  /** Absolute path of a kept file, or null when there is none. Anything that is not a hash gives null. */
  path(hash: string): string | null {
    if (!hashPattern.test(hash)) return null
    const path = this.#pathOf(hash)
    return existsSync(path) ? path : null
  }

  /**
   * Opens a kept file; its type is told by its content again. `part` chooses the bytes of the stream by the file's size,
   * both ends included. Throws `not_found`.
   */
  async read(
    hash: string,
    part: (size: number) => { start: number; end: number } | null = () => null,
  ): Promise<{ stream: Readable; mime: string; size: number }> {
    const path = this.path(hash)
    if (path === null) throw new DomainError('not_found', { entity: 'media', id: hash.slice(0, 64) })
    const handle = await onDisk(() => open(path, 'r'))
    try {
      const { size } = await handle.stat()
      const head = new Uint8Array(Math.min(size, headLength))
      await handle.read(head, 0, head.length, 0)
      const { mime } = await inspect(path, head)
      return { stream: handle.createReadStream(part(size) ?? { start: 0 }), mime, size }
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Deletes those of these files that no row of the shop names any more. */
  async removeUnused(storage: Reader, hashes: readonly string[]): Promise<void> {
    for (const hash of hashes) {
      const path = this.path(hash)
      if (path !== null && !isNamed(storage.sql, hash)) await onDisk(() => rm(path, { force: true }))
    }
  }

  /** Deletes temporary files that a crash left behind; one that is still being written is younger than that. */
  async sweep(): Promise<void> {
    const folder = join(this.#dir, 'tmp')
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name)
      const stats = await stat(path).catch(() => null)
      if (stats !== null && Date.now() - stats.mtimeMs > abandonedAfter) await rm(path, { force: true })
    }
  }

  #pathOf(hash: string): string {
    return join(this.#dir, hash.slice(0, 2), hash)
  }

  async #keep(temporary: string, hash: string): Promise<void> {
    const target = this.#pathOf(hash)
    const folder = join(this.#dir, hash.slice(0, 2))
    const [present, incoming] = await Promise.all([stat(target).catch(() => null), stat(temporary)])
    if (present?.size === incoming.size) return
    await mkdir(folder, { recursive: true })
    await rename(temporary, target)
    await syncFolder(folder)
    await syncFolder(this.#dir)
  }
}

/** Columns that name a file, by what they are called; read from the schema, so that a new one counts by itself. */
function hashColumns(sql: Sql): { table: string; column: string }[] {
  return sql
    .prepare<[], { table: string; column: string }>(
      `SELECT t.name AS "table", c.name AS column FROM pragma_table_list t JOIN pragma_table_info(t.name) c
       WHERE t.schema = 'main' AND t.type = 'table' AND c.name IN ('media_hash', 'receipt_hash')`,
    )
    .all()
}

/** Whether a row names the file: in a column of its own, in what is to be sent, or in the shop's profile and settings. */
function isNamed(sql: Sql, hash: string): boolean {
  const inColumns = hashColumns(sql).some(
    ({ table, column }) =>
      sql.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ? LIMIT 1`).get(hash) !== undefined,
  )
  if (inColumns) return true
  return (
    sql
      .prepare(
        `SELECT 1 WHERE EXISTS (SELECT 1 FROM outbox WHERE instr(payload, ?) > 0)
           OR EXISTS (SELECT 1 FROM settings WHERE key <> 'customers.erasure' AND instr(value, ?) > 0)
           OR EXISTS (SELECT 1 FROM shop WHERE instr(profile, ?) > 0)`,
      )
      .get(hash, hash, hash) !== undefined
  )
}

interface Written {
  hash: string
  size: number
  head: Uint8Array
}

async function write(path: string, source: AsyncIterable<Uint8Array>, options: PutOptions): Promise<Written> {
  const handle = await onDisk(() => open(path, 'wx', 0o600))
  try {
    const written = await copy(handle, source, options)
    await onDisk(() => handle.sync())
    return written
  } finally {
    await handle.close()
  }
}

async function copy(
  handle: FileHandle,
  source: AsyncIterable<Uint8Array>,
  options: PutOptions,
): Promise<Written> {
  const maxBytes = options.maxBytes ?? defaultMaxBytes
  const hash = createHash('sha256')
  const head: Uint8Array[] = []
  let headSize = 0
  let size = 0
  for await (const chunk of source) {
    if (options.signal?.aborted) throw new DomainError('cancelled')
    size += chunk.length
    if (size > maxBytes) throw new DomainError('media.too_large', { maxBytes })
    hash.update(chunk)
    if (headSize < headLength) {
      const part = Uint8Array.from(chunk.subarray(0, headLength - headSize))
      head.push(part)
      headSize += part.length
    }
    await onDisk(() => handle.writeFile(chunk))
  }
  if (options.signal?.aborted) throw new DomainError('cancelled')
  return { hash: hash.digest('hex'), size, head: Buffer.concat(head) }
}

async function accept(path: string, written: Written, options: PutOptions): Promise<string> {
  if (written.size === 0) throw new DomainError('media.type_refused', { reason: 'empty' })
  const { mime, refused } = await inspect(path, written.head, options.name)
  if (refused !== null) throw new DomainError('media.type_refused', { mime, reason: refused })
  if (options.allowed !== undefined && !options.allowed.some((pattern) => matches(mime, pattern))) {
    throw new DomainError('media.type_refused', { mime, reason: 'not_allowed' })
  }
  return mime
}

function matches(mime: string, pattern: string): boolean {
  return pattern.endsWith('/*') ? mime.startsWith(pattern.slice(0, -1)) : mime === pattern
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Runs a disk operation; what the disk refuses becomes a storage error. */
async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toDiskError(error)
  }
}

function toDiskError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return new DomainError('storage.full', { code })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new DomainError('storage.read_only', { code })
  return new DomainError('storage.failed', { code })
}
