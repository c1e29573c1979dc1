import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** SHA-256 of a file, hex. Read in slices of a megabyte, which hold the event loop for about a millisecond each. */
export async function sha256OfFile(
  file: string,
  options: { signal?: AbortSignal; onBytes?: (bytes: number) => void } = {},
): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = createReadStream(file, { highWaterMark: 1024 * 1024, signal: options.signal })
  for await (const chunk of stream) {
    // Without an encoding the stream gives buffers.
    const slice = chunk as Buffer
    hash.update(slice)
    bytes += slice.length
    options.onBytes?.(bytes)
  }
  return hash.digest('hex')
}
