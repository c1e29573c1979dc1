import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** What a file has to be; nothing known is fulfilled by every file. */
export interface Digest {
  /** Hex. */
  sha256: string | null
  /** As npm's registry writes it: `sha512-…`, base64. Goes first where both are known. */
  integrity?: string | undefined
}

/** Read in slices of a megabyte, which hold the event loop for about a millisecond each. */
export async function hasDigest(
  file: string,
  { sha256, integrity }: Digest,
  options: { signal?: AbortSignal } = {},
): Promise<boolean> {
  if (integrity === undefined && sha256 === null) return true
  const hash = createHash(integrity === undefined ? 'sha256' : 'sha512')
  const stream = createReadStream(file, { highWaterMark: 1024 * 1024, signal: options.signal })
  // Without an encoding the stream gives buffers.
  for await (const chunk of stream) hash.update(chunk as Buffer)
  return integrity === undefined
    ? hash.digest('hex') === sha256
    : `sha512-${hash.digest('base64')}` === integrity
}
