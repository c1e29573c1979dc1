import { type FileHandle, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { z } from 'zod'

const noteSchema = z.object({
  /** What is being fetched: a part of another file is worth nothing. */
  path: z.string(),
  /** The server's strong validator, for `If-Range`. */
  etag: z.string().nullable(),
  total: z.number().nullable(),
  /** As the server named it, where the list of models does not know it. */
  sha256: z.string().nullable(),
})
export type PartNote = z.infer<typeof noteSchema>

const BUFFERED = 1024 * 1024

/** `model.gguf.part`, with a note of where it comes from beside it, so that a download outlives the program. */
export class PartFile {
  readonly file: string
  readonly #target: string

  constructor(target: string) {
    this.#target = target
    this.file = `${target}.part`
  }

  /** Bytes that are there, and their note; null when there is none or the two do not belong together. */
  async read(): Promise<{ bytes: number; note: PartNote } | null> {
    try {
      const { size } = await stat(this.file)
      const note = noteSchema.parse(JSON.parse(await readFile(this.#note, 'utf8')))
      return { bytes: size, note }
    } catch {
      return null
    }
  }

  async write(note: PartNote): Promise<void> {
    await writeFile(`${this.#note}.tmp`, JSON.stringify(note), { flush: true })
    await rename(`${this.#note}.tmp`, this.#note)
  }

  /** Opens it to go on at `offset`; what is behind that is cut off. */
  async open(offset: number): Promise<PartWriter> {
    const handle = await open(this.file, offset === 0 ? 'w' : 'r+')
    if (offset > 0) await handle.truncate(offset)
    return new PartWriter(handle, offset)
  }

  async beginsWith(text: string): Promise<boolean> {
    const handle = await open(this.file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(text.length), 0, text.length, 0)
      return bytesRead === text.length && buffer.toString('latin1') === text
    } finally {
      await handle.close()
    }
  }

  /** In one step: who sees the model's name sees the whole model. */
  async finish(): Promise<void> {
    await rename(this.file, this.#target)
    await rm(this.#note, { force: true })
  }

  async remove(): Promise<void> {
    await rm(this.file, { force: true })
    await rm(this.#note, { force: true })
  }

  get #note(): string {
    return `${this.file}.json`
  }
}

/** Appends in large pieces. */
export class PartWriter {
  readonly #handle: FileHandle
  #position: number
  #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #failed = false

  constructor(handle: FileHandle, position: number) {
    this.#handle = handle
    this.#position = position
  }

  async append(chunk: Uint8Array): Promise<void> {
    this.#waiting.push(chunk)
    this.#waitingBytes += chunk.length
    if (this.#waitingBytes >= BUFFERED) await this.#flush()
  }

  /** What was appended is on the disk then. After a write that failed it only lets go. @throws what the disk says (`ENOSPC`) */
  async close(): Promise<void> {
    try {
      if (this.#failed) return
      await this.#flush()
      await this.#handle.sync()
    } finally {
      await this.#handle.close()
    }
  }

  async #flush(): Promise<void> {
    const piece = Buffer.concat(this.#waiting)
    this.#waiting = []
    this.#waitingBytes = 0
    try {
      for (let at = 0; at < piece.length; ) {
        const { bytesWritten } = await this.#handle.write(piece, at, piece.length - at, this.#position)
        at += bytesWritten
        this.#position += bytesWritten
      }
    } catch (error) {
      this.#failed = true
      throw error
    }
  }
}
