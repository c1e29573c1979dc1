import { webRequest } from '../web-request.ts'

/** Why a request for a file gave none. */
export class SourceError extends Error {
  /** `again`: passes by itself; `restart`: what is here does not belong to it; `final`: asking again changes nothing. */
  readonly kind: 'again' | 'restart' | 'final'
  readonly status: number | null
  readonly retryAfterMs: number | null

  constructor(
    kind: SourceError['kind'],
    options: { status?: number; retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(`model file: ${kind} ${options.status ?? ''}`, { cause: options.cause })
    this.name = 'SourceError'
    this.kind = kind
    this.status = options.status ?? null
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}

/** A file on a server, opened for reading. */
export interface RemoteFile {
  /** Where its bytes begin: what was asked for, or 0 when the server gives the whole file. */
  offset: number
  total: number | null
  /** As the server names it for files in large-file storage (`X-Linked-Etag`). */
  sha256: string | null
  /** Strong validator; null when there is none. */
  etag: string | null
  chunks: AsyncIterable<Uint8Array>
}

const MOST_REDIRECTS = 6
/** An answer without a file that is longer is broken off, bytes. */
const LONGEST_PAGE = 64 * 1024

/**
 * Asks for a file from `offset` on. Follows redirects itself, since what Hugging Face says of a file stands in the
 * first answer and its bytes lie elsewhere. No credentials are ever sent.
 * @throws SourceError; ConnectionError for a connection that breaks; the signal's reason
 */
export async function openRemoteFile(
  address: URL,
  { offset, etag, signal }: { offset: number; etag: string | null; signal: AbortSignal },
): Promise<RemoteFile> {
  let sha256: string | null = null
  let linkedSize: number | null = null
  let url = address
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    if (!mayFetch(url)) throw new SourceError('final')
    const response = await webRequest(url, {
      signal,
      headers: {
        'Accept-Encoding': 'identity',
        ...(offset === 0
          ? {}
          : { Range: `bytes=${offset}-`, ...(etag === null ? {} : { 'If-Range': etag }) }),
      },
    })
    sha256 = hashIn(response.headers.get('x-linked-etag')) ?? sha256
    linkedSize = numberIn(response.headers.get('x-linked-size')) ?? linkedSize
    const next = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && next !== null) {
      await readOut(response)
      url = new URL(next, url)
      continue
    }
    return await opened(response, offset, { sha256, linkedSize })
  }
  throw new SourceError('final')
}

/** Encrypted, or on this computer. */
export function mayFetch(url: URL): boolean {
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
}

/** Reads an answer's few bytes to their end: breaking it off would end the connection, which the next question may be using. */
async function readOut({ body }: Response): Promise<void> {
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > LONGEST_PAGE) break
  }
}

async function opened(
  response: Response,
  offset: number,
  linked: { sha256: string | null; linkedSize: number | null },
): Promise<RemoteFile> {
  const { status, headers, body } = response
  if (status !== 200 && status !== 206) {
    await readOut(response)
    // 416: there is nothing behind what we have, so it is not the file that we have a part of.
    if (status === 416) throw new SourceError('restart', { status })
    const passes = status === 408 || status === 425 || status === 429 || status >= 500
    throw new SourceError(passes ? 'again' : 'final', {
      status,
      retryAfterMs: retryAfter(headers.get('retry-after')),
    })
  }
  if (body === null) throw new SourceError('again', { status })
  const tag = headers.get('etag')
  const range = status === 206 ? /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') : null
  if (status === 206 && Number(range?.[1]) !== offset) {
    await body.cancel()
    throw new SourceError('restart', { status })
  }
  const length = numberIn(headers.get('content-length'))
  const total = status === 206 ? numberIn(range?.[2] ?? null) : length
  return {
    offset: status === 206 ? offset : 0,
    total: total ?? linked.linkedSize,
    sha256: linked.sha256,
    etag: tag === null || tag.startsWith('W/') ? null : tag,
    // Taken at once: a body that nobody holds ends when its answer is collected.
    chunks: body.values(),
  }
}

function hashIn(etag: string | null): string | null {
  return /^"?([0-9a-f]{64})"?$/.exec(etag ?? '')?.[1] ?? null
}

function numberIn(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}

function retryAfter(text: string | null): number | null {
  const seconds = numberIn(text)
  return seconds === null ? null : seconds * 1_000
}
