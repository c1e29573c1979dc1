import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Upload } from '../api/serving.ts'
import { DomainError } from '../core/errors.ts'
import type { Clock } from '../core/host.ts'
import { newId } from '../core/ids.ts'

/** The largest file that the desk may send. */
export const largestUpload = 512 * 1024 * 1024
/** What nobody imported by then is deleted. */
const keepMs = 6 * 60 * 60 * 1000
/** Uploads of one session that may wait; an older one makes room. */
const mostPerSession = 5

interface Waiting {
  path: string
  fileName: string
  sessionId: string
  cancelExpiry: () => void
}

/** Files that a browser sent, in `<data>/uploads` until they are imported. Nothing there outlives the host. */
export class Uploads {
  readonly #folder: string
  readonly #clock: Clock
  readonly #limit: number
  readonly #waiting = new Map<string, Waiting>()

  constructor(dataFolder: string, clock: Clock, limit = largestUpload) {
    this.#folder = join(dataFolder, 'uploads')
    this.#clock = clock
    this.#limit = limit
    // What an earlier run left behind belongs to nobody.
    rmSync(this.#folder, { recursive: true, force: true })
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
  }

  /**
   * Writes a request's body to a file of its own.
   * @param declaredBytes `Content-Length`, when there is one
   * @throws DomainError `upload.too_large`, `storage.full`, `cancelled`; nothing is left behind then.
   */
  async receive(
    body: Readable,
    upload: { sessionId: string; fileName: string; declaredBytes: number | null },
  ): Promise<{ uploadId: string; size: number }> {
    const limit = this.#limit
    if (upload.declaredBytes !== null && upload.declaredBytes > limit) {
      throw new DomainError('upload.too_large', { limit })
    }
    const uploadId = newId()
    const path = join(this.#folder, uploadId)
    let size = 0
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, callback) {
        size += chunk.length
        if (size > limit) callback(new DomainError('upload.too_large', { limit }))
        else callback(null, chunk)
      },
    })
    try {
      // The request stays open: whoever sends too much is to read why.
      await pipeline(
        body.iterator({ destroyOnReturn: false }),
        counted,
        createWriteStream(path, { flags: 'wx', mode: 0o600 }),
      )
    } catch (error) {
      rmSync(path, { force: true })
      throw uploadError(error)
    }
    const cancelExpiry = this.#clock.after(keepMs, () => this.#remove(uploadId))
    const fileName = cleanName(upload.fileName)
    this.#waiting.set(uploadId, { path, fileName, sessionId: upload.sessionId, cancelExpiry })
    this.#makeRoom(upload.sessionId)
    return { uploadId, size }
  }

  /** An upload of that session; `release` deletes it. */
  find(uploadId: string, sessionId: string): Upload | null {
    const found = this.#waiting.get(uploadId)
    if (found === undefined || found.sessionId !== sessionId) return null
    return { path: found.path, fileName: found.fileName, release: () => this.#remove(uploadId) }
  }

  close(): void {
    for (const uploadId of [...this.#waiting.keys()]) this.#remove(uploadId)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #makeRoom(sessionId: string): void {
    const own = [...this.#waiting].filter(([, waiting]) => waiting.sessionId === sessionId)
    for (const [uploadId] of own.slice(0, Math.max(0, own.length - mostPerSession))) this.#remove(uploadId)
  }

  #remove(uploadId: string): void {
    const found = this.#waiting.get(uploadId)
    if (found === undefined) return
    this.#waiting.delete(uploadId)
    found.cancelExpiry()
    rmSync(found.path, { force: true })
  }
}

/** The name is shown and kept in the import's record; it never becomes a path. */
function cleanName(name: string): string {
  const last = basename(name.replaceAll('\\', '/'))
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  return last.replace(/[\u0000-\u001f\u007f]/g, '').slice(0, 200) || 'upload.csv'
}

function uploadError(error: unknown): unknown {
  if (error instanceof DomainError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DomainError('storage.full', { code }, { cause: error })
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET') {
    return new DomainError('cancelled', {}, { cause: error })
  }
  return error
}
