import { Readable } from 'node:stream'
import { protocol } from 'electron'
import type { App } from '../core/app.ts'
import { DomainError } from '../core/errors.ts'
import type { Log } from '../core/host.ts'
import { decodeFileName, failedRequest } from '../hosting/file-requests.ts'
import { securityHeaders } from '../hosting/security-headers.ts'
import type { Served } from '../hosting/served.ts'
import { serveExport } from '../hosting/served-exports.ts'
import { serveMedia } from '../hosting/served-media.ts'
import type { Uploads } from '../hosting/uploads.ts'
import type { DeskFiles } from './desk-files.ts'
import { deskHost, deskOrigin, deskScheme, isDeskAddress } from './origin.ts'
import { bodyOf } from './request-body.ts'

/** The session under which the one window calls and sends files. */
export const windowSession = 'window'

export interface ServedParts {
  app: App
  uploads: Uploads
  log: Log
}

/** Must run before Electron is ready: the desk's scheme is an origin of its own, with fetch, streams and a secure context. */
export function declareDeskScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: deskScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}

/**
 * Serves the desk's files, and the shops' once they are open.
 * @param parts Resolves when the app is open.
 */
export function handleDeskScheme(files: DeskFiles, parts: Promise<ServedParts>): void {
  protocol.handle(deskScheme, async (request) => {
    const answer = await answerRequest(request, files, parts)
    for (const [name, value] of Object.entries(securityHeaders(null))) {
      // What a file brings along is narrower than the desk's own policy.
      if (!answer.headers.has(name)) answer.headers.set(name, value)
    }
    return answer
  })
}

async function answerRequest(
  request: Request,
  files: DeskFiles,
  parts: Promise<ServedParts>,
): Promise<Response> {
  const url = URL.parse(request.url)
  if (url === null || !isDeskAddress(request.url) || url.host !== deskHost) return nothing(404)
  const { method } = request
  const { pathname } = url
  if (method === 'POST') return pathname === '/upload' ? await upload(request, await parts) : nothing(404)
  if (method !== 'GET' && method !== 'HEAD') return nothing(405)
  if (pathname.startsWith('/media/') || pathname.startsWith('/export/')) {
    const { app, log } = await parts
    const serve = pathname.startsWith('/media/') ? serveMedia : serveExport
    const range = request.headers.get('range') ?? undefined
    try {
      const served = await serve(app, { method, pathname, range })
      return served === null ? nothing(404) : asResponse(served)
    } catch (error) {
      return failed(error, log, `${method} ${pathname}`)
    }
  }
  const file = await files.read(pathname)
  if (file === null) return nothing(404)
  return new Response(method === 'HEAD' ? null : file.bytes, {
    headers: { 'Content-Type': file.type, 'Cache-Control': 'no-store' },
  })
}

async function upload(request: Request, { uploads, log }: ServedParts): Promise<Response> {
  try {
    const origin = request.headers.get('origin')
    // No page but the desk lives in this session; what says it is another is refused all the same.
    if (origin !== null && origin !== deskOrigin) throw new DomainError('session.origin_refused')
    const declared = request.headers.get('content-length')
    const received = await uploads.receive(bodyOf(request), {
      sessionId: windowSession,
      fileName: decodeFileName(request.headers.get('x-file-name')),
      declaredBytes: declared === null ? null : Number(declared),
    })
    return Response.json(received, { status: 201, headers: { 'Cache-Control': 'no-store' } })
  } catch (error) {
    return failed(error, log, 'POST /upload')
  }
}

function asResponse({ status, headers, body }: Served): Response {
  // As above: one stream, two descriptions.
  const stream = body === null ? null : (Readable.toWeb(body) as unknown as ReadableStream<Uint8Array>)
  return new Response(stream, { status, headers })
}

function failed(error: unknown, log: Log, what: string): Response {
  const { status, data } = failedRequest(error, log, what)
  return Response.json(data, { status, headers: { 'Cache-Control': 'no-store' } })
}

function nothing(status: number): Response {
  return new Response(null, { status, headers: { 'Cache-Control': 'no-store' } })
}
