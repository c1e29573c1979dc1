import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { App } from '../core/app.ts'
import { isDomainError } from '../core/errors.ts'
import { mediaPolicy, pdfPolicy } from './response-headers.ts'

const mediaPath = /^\/media\/([a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)\/([0-9a-f]{64})$/
/** Types that a browser shows without running anything; all else is a download. */
const shown =
  /^(?:image\/(?:png|jpeg|webp|gif|avif|svg\+xml)|audio\/[\w.+-]+|video\/[\w.+-]+|application\/pdf)$/

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
  const file = await openMedia(app, slug, hash)
  if (file === null) return false
  response.writeHead(200, {
    'Content-Type': file.mime,
    'Content-Length': file.size,
    'Content-Disposition': shown.test(file.mime) ? 'inline' : 'attachment',
    'Content-Security-Policy': file.mime === 'application/pdf' ? pdfPolicy : mediaPolicy,
    // It may be a customer's, and an erasure does not reach a browser's cache; from this computer it is read again at once.
    'Cache-Control': 'no-store',
  })
  if (request.method === 'HEAD') {
    file.stream.destroy()
    response.end()
    return true
  }
  await pipeline(file.stream, response).catch(() => response.destroy())
  return true
}

async function openMedia(app: App, slug: string, hash: string) {
  try {
    return await app.shops.open(slug).media.read(hash)
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}
