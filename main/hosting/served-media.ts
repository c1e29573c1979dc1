import type { App } from '../core/app.ts'
import { isDomainError } from '../core/errors.ts'
import { mediaPolicy, pdfPolicy } from './security-headers.ts'
import type { FileRequest, Served } from './served.ts'

const mediaPath = /^\/media\/([a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)\/([0-9a-f]{64})$/
/** Types that a browser shows without running anything; all else is a download. */
const shown =
  /^(?:image\/(?:png|jpeg|webp|gif)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/(?:ogg|pdf))(?:;|$)/

/** Answers `GET /media/<shop>/<hash>`; null when the path is none. */
export async function serveMedia(app: App, request: FileRequest): Promise<Served | null> {
  const [, slug, hash] = mediaPath.exec(request.pathname) ?? []
  if (slug === undefined || hash === undefined) return null
  let range: ByteRange | 'none' | 'unsatisfiable' = 'none'
  const file = await openMedia(app, slug, hash, (size) => {
    range = byteRange(request.range, size)
    return typeof range === 'string' ? null : range
  })
  if (file === null) return null
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
  const answer = (status: number, more: Record<string, string>): Served => {
    const isSent = status !== 416 && request.method !== 'HEAD'
    if (!isSent) file.stream.destroy()
    return { status, headers: { ...headers, ...more }, body: isSent ? file.stream : null }
  }
  if (chosen === 'unsatisfiable') return answer(416, { 'Content-Range': `bytes */${file.size}` })
  if (chosen === 'none') return answer(200, { 'Content-Length': String(file.size) })
  return answer(206, {
    'Content-Length': String(chosen.end - chosen.start + 1),
    'Content-Range': `bytes ${chosen.start}-${chosen.end}/${file.size}`,
  })
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
