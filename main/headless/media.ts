import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { App } from '../core/app.ts'
import { isDomainError } from '../core/errors.ts'
import { mediaPolicy, pdfPolicy } from './response-headers.ts'

const mediaPath = /^\/media\/([a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)\/([0-9a-f]{64})$/
/** Types that a browser shows without running anything; all else is a download. */
const shown =
  /^(?:image\/(?:png|jpeg|webp|gif)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/(?:ogg|pdf))(?:;|$)/

/** Answers `GET /media/<shop>/<hash>`; false when the path is none. Who may ask has been checked. */
export async function serveMedia(
  app: App,
  request: IncomingMessage,
  response: ServerResponse,
  pathname: string,
): Promise<boolean> {
  const match = mediaPath.exec(pathname)
  const [, slug, hash] = match ?? []
  if (slug === undefined || hash === undefined) return false
  let range: ByteRange | 'none' | 'unsatisfiable' = 'none'
  const file = await openMedia(app, slug, hash, (size) => {
    range = byteRange(request.headers.range, size)
    return typeof range === 'string' ? null : range
  })
  if (file === null) return false
  // The callback above has run; what it chose is not seen by the compiler.
  const chosen = range as ByteRange | 'none' | 'unsatisfiable'
  const headers = {
    'Content-Type': file.mime,
    'Content-Disposition': shown.test(file.mime) ? 'inline' : 'attachment',
    'Content-Security-Policy': file.mime === 'application/pdf' ? pdfPolicy : mediaPolicy,
    'Accept-Ranges': 'bytes',
    // It may be a customer's, and an erasure does not reach a browser's cache; from this computer it is read again at once.
    'Cache-Control': 'no-store',
  }
  if (chosen === 'unsatisfiable') {
    file.stream.destroy()
    response.writeHead(416, { ...headers, 'Content-Range': `bytes */${file.size}` }).end()
    return true
  }
  if (chosen === 'none') response.writeHead(200, { ...headers, 'Content-Length': file.size })
  else
    response.writeHead(206, {
      ...headers,
      'Content-Length': chosen.end - chosen.start + 1,
      'Content-Range': `bytes ${chosen.start}-${chosen.end}/${file.size}`,
    })
  if (request.method === 'HEAD') {
    file.stream.destroy()
    response.end()
    return true
  }
  await pipeline(file.stream, response).catch(() => response.destroy())
  return true
}

interface ByteRange {
  start: number
  /** Included. */
  end: number
}

/** One range of bytes, as players ask for it (RFC 9110, 14.1.2). Several at once, and what is none, get the whole file. */
export function byteRange(header: string | undefined, size: number): ByteRange | 'none' | 'unsatisfiable' {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return 'none'
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== '' && last !== '' && Number(last) < start) return 'none'
  return start > end ? 'unsatisfiable' : { start, end }
}

async function openMedia(app: App, slug: string, hash: string, part: (size: number) => ByteRange | null) {
  try {
    return await app.shops.open(slug).media.read(hash, part)
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}
