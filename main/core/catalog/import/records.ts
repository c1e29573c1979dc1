import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Transform, type TransformCallback } from 'node:stream'
import { setImmediate as nextLoop } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import { parse as parseSync } from 'csv-parse/sync'
import { DomainError } from '../../errors.ts'
import type { TextFile } from './encoding.ts'

export const delimiters = [',', ';', '\t', '|'] as const
export type Delimiter = (typeof delimiters)[number]

/** Longest record, in bytes; a longer one is no row of a shop's list. */
export const longestRecord = 1_000_000

const dialect = {
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: false,
  max_record_size: longestRecord,
}

/** The file's first characters, decoded and cut at the end of a line where there is one. */
export async function readHead(path: string, file: TextFile, bytes = 1 << 17): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(Math.min(bytes, file.bytes))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
    const text = new TextDecoder(file.encoding).decode(buffer.subarray(file.skip, bytesRead))
    if (bytesRead >= file.bytes) return text
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'))
    return end > 0 ? text.slice(0, end) : text
  } finally {
    await handle.close()
  }
}

/** First records of the head, as a guess: a record that is cut at its end may be missing. */
export function headRecords(head: string, delimiter: Delimiter, count: number): string[][] {
  const lines = head.split(/\r\n|\n|\r/, count * 4).join('\n')
  for (const text of [head.length > 40_000 ? lines : head, lines.split('\n', count).join('\n')]) {
    try {
      return parseSync(text, { ...dialect, delimiter, to: count })
    } catch {
      // An open quote in the sample: try again with whole lines only.
    }
  }
  return lines.split('\n', count).map((line) => line.split(delimiter))
}

/** Excel writes `sep=;` as a first line that it does not show or count. */
export function separatorLine(head: string): Delimiter | null {
  const found = /^"?sep=(.)"?\r?\n/i.exec(head)?.[1]
  return delimiters.find((delimiter) => delimiter === found) ?? null
}

/**
 * The records of the file in portions, empty lines included, so that the position in the sequence is the row that a
 * spreadsheet shows. The loop runs free between portions.
 * @throws DomainError `import.line_too_long`, `import.file_unreadable`; a quote that never closes ends the sequence
 * and calls `onOpenQuote`.
 */
export async function* readRecords(
  path: string,
  file: TextFile,
  options: {
    delimiter: Delimiter
    skipFirstLine: boolean
    signal?: AbortSignal
    onBytes?: (bytes: number) => void
    onOpenQuote?: () => void
  },
): AsyncGenerator<string[][]> {
  const source = createReadStream(path, { start: file.skip, highWaterMark: 1 << 16 })
  let bytes = 0
  source.on('data', (chunk) => {
    bytes += chunk.length
    options.onBytes?.(bytes)
  })
  const parser = parse({
    ...dialect,
    delimiter: options.delimiter,
    from_line: options.skipFirstLine ? 2 : 1,
  })
  let ended = false
  let failure: unknown = null
  let wake: () => void = () => {}
  const finish = (error: unknown) => {
    ended = true
    if (error !== null && error !== undefined) failure = error
    wake()
  }
  parser.on('readable', () => wake())
  parser.on('end', () => finish(null))
  const done = (error: unknown) => {
    if (error) finish(error)
  }
  if (file.encoding === 'utf-8') pipeline(source, parser, done)
  else pipeline(source, new Decode(file.encoding), parser, done)
  try {
    for (;;) {
      options.signal?.throwIfAborted()
      const portion: string[][] = []
      while (portion.length < 250) {
        const record: string[] | null = parser.read()
        if (record === null) break
        portion.push(record)
      }
      if (portion.length > 0) {
        yield portion
        await nextLoop()
      } else if (ended) break
      else {
        await new Promise<void>((resolve) => {
          wake = resolve
          if (ended || parser.readableLength > 0) resolve()
        })
      }
    }
  } finally {
    source.destroy()
    parser.destroy()
  }
  if (failure === null) return
  if (failure instanceof CsvError) {
    if (failure.code === 'CSV_MAX_RECORD_SIZE')
      throw new DomainError('import.line_too_long', { limit: longestRecord })
    if (failure.code === 'CSV_QUOTE_NOT_CLOSED') {
      options.onOpenQuote?.()
      return
    }
  }
  throw new DomainError('import.file_unreadable', {}, { cause: failure })
}

class Decode extends Transform {
  readonly #decoder: TextDecoder

  constructor(encoding: string) {
    super()
    this.#decoder = new TextDecoder(encoding)
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    done(null, this.#decoder.decode(chunk, { stream: true }))
  }

  override _flush(done: TransformCallback): void {
    done(null, this.#decoder.decode())
  }
}
