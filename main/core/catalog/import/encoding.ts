import { open } from 'node:fs/promises'
import { DomainError } from '../../errors.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

export interface TextFile {
  encoding: Encoding
  /** As the report names it: `utf-8`, `utf-8-bom`, `utf-16le`, `utf-16be`, `windows-1252`. */
  label: string
  /** Bytes of the byte order mark to skip. */
  skip: number
  bytes: number
  /** The file is UTF-8 with a few broken bytes, which read as `�`. */
  damaged: boolean
}

const chunkSize = 1 << 18

/**
 * Reads the whole file once to tell its encoding.
 * @throws DomainError `import.file_unreadable`, `import.empty`, `import.not_text`.
 */
export async function inspectText(path: string, signal?: AbortSignal): Promise<TextFile> {
  let handle: Awaited<ReturnType<typeof open>>
  try {
    handle = await open(path, 'r')
  } catch (error) {
    throw new DomainError('import.file_unreadable', {}, { cause: error })
  }
  try {
    const buffer = Buffer.alloc(chunkSize)
    const utf8 = new Utf8Count()
    let mark: { encoding: Encoding; label: string; skip: number } | null = null
    let bytes = 0
    let blank = true
    let controls = 0
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, chunkSize, null)
      if (bytesRead === 0) break
      const chunk = buffer.subarray(0, bytesRead)
      if (bytes === 0) {
        refuseKnownBinary(chunk)
        mark = byteOrderMark(chunk)
      }
      if (mark === null || mark.encoding === 'utf-8') {
        if (chunk.includes(0)) throw new DomainError('import.not_text')
        utf8.add(chunk)
      }
      const body = bytes === 0 && mark !== null ? chunk.subarray(mark.skip) : chunk
      for (const byte of body) {
        if (byte > 32) blank = false
        else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 0) controls += 1
      }
      bytes += bytesRead
      signal?.throwIfAborted()
    }
    if (bytes === 0 || blank) throw new DomainError('import.empty')
    if (controls > 8 && controls > bytes / 200) throw new DomainError('import.not_text')
    if (mark !== null) return { ...mark, bytes, damaged: false }
    const { broken, good } = utf8.end()
    if (broken === 0) return { encoding: 'utf-8', label: 'utf-8', skip: 0, bytes, damaged: false }
    // A few broken bytes among many good sequences: UTF-8 that was cut or pasted, not another encoding.
    if (good >= 20 && broken * 50 <= good)
      return { encoding: 'utf-8', label: 'utf-8', skip: 0, bytes, damaged: true }
    return { encoding: 'windows-1252', label: 'windows-1252', skip: 0, bytes, damaged: false }
  } catch (error) {
    if (error instanceof DomainError || signal?.aborted === true) throw error
    throw new DomainError('import.file_unreadable', {}, { cause: error })
  } finally {
    await handle.close()
  }
}

function byteOrderMark(chunk: Buffer): { encoding: Encoding; label: string; skip: number } | null {
  if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf)
    return { encoding: 'utf-8', label: 'utf-8-bom', skip: 3 }
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return { encoding: 'utf-16le', label: 'utf-16le', skip: 2 }
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return { encoding: 'utf-16be', label: 'utf-16be', skip: 2 }
  // UTF-16 without a mark: Western text has a zero in every second byte.
  const head = chunk.subarray(0, 2000)
  if (head.length < 8) return null
  let even = 0
  let odd = 0
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] === 0) {
      if (at % 2 === 0) even += 1
      else odd += 1
    }
  }
  const half = head.length / 2
  if (odd > half * 0.7 && even < half * 0.05) return { encoding: 'utf-16le', label: 'utf-16le', skip: 0 }
  if (even > half * 0.7 && odd < half * 0.05) return { encoding: 'utf-16be', label: 'utf-16be', skip: 0 }
  return null
}

/** Spreadsheets, PDFs, images and archives that were chosen instead of a CSV. */
function refuseKnownBinary(chunk: Buffer): void {
  const head = chunk.subarray(0, 8).toString('latin1')
  const magics = [
    'PK\u0003\u0004',
    '%PDF-',
    '\u0089PNG',
    '\u00ff\u00d8\u00ff',
    'GIF8',
    '\u001f\u008b',
    'Rar!',
    '7z\u00bc\u00af',
  ]
  const ole = '\u00d0\u00cf\u0011\u00e0'
  if ([...magics, ole].some((magic) => head.startsWith(magic))) throw new DomainError('import.not_text')
}

/** Counts good multi-byte sequences and broken bytes of UTF-8 across chunks. */
class Utf8Count {
  #pending = 0
  #good = 0
  #broken = 0

  add(chunk: Buffer): void {
    let pending = this.#pending
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      if (byte < 0x80) {
        if (pending > 0) this.#broken += 1
        pending = 0
      } else if (byte < 0xc0) {
        if (pending === 0) this.#broken += 1
        else {
          pending -= 1
          if (pending === 0) this.#good += 1
        }
      } else {
        if (pending > 0) this.#broken += 1
        pending = byte >= 0xf8 || byte < 0xc2 ? 0 : byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1
        if (pending === 0) this.#broken += 1
      }
    }
    this.#pending = pending
  }

  end(): { good: number; broken: number } {
    return { good: this.#good, broken: this.#broken + (this.#pending > 0 ? 1 : 0) }
  }
}
