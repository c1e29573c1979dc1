import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Caller } from '../api/context.ts'
import type { ServingHost } from '../api/serving.ts'
import type { App } from '../core/app.ts'
import { DomainError } from '../core/errors.ts'
import type { Clock, Log } from '../core/host.ts'
import { type PeopleService, type Session, sessionLifetimeMs } from '../core/people/service.ts'
import { admitAtDoor, refuseUpgrade } from '../hosting/door-server.ts'
import { decodeFileName, failedRequest } from '../hosting/file-requests.ts'
import { cookieName, isOwnHost, isOwnOrigin, readCookie, sessionCookie } from '../hosting/request-checks.ts'
import { securityHeaders } from '../hosting/security-headers.ts'
import type { Served } from '../hosting/served.ts'
import { serveExport } from '../hosting/served-exports.ts'
import { serveMedia } from '../hosting/served-media.ts'
import { Sockets } from '../hosting/sockets.ts'
import type { Uploads } from '../hosting/uploads.ts'
import { serveDesk } from './desk-files.ts'
import type { LaunchTokens } from './launch-tokens.ts'
import { sendPage } from './pages.ts'

export interface HttpHostDeps {
  app: App
  people: PeopleService
  serving: ServingHost
  launchTokens: LaunchTokens
  uploads: Uploads
  /** What a process on this computer shows at the door. */
  doorToken: string
  /** Folder of the built desk. */
  deskFolder: string
  clock: Clock
  log: Log
}

/** Time that running requests and connections get to end by themselves at a stop. */
const stopMs = 2_000

/** The loopback server: the desk's files, its session, uploads, media, and the contract at `/rpc` and `/door`. */
export class HttpHost {
  readonly #deps: HttpHostDeps
  readonly #server: Server
  readonly #sockets: Sockets
  readonly #serveDesk: ReturnType<typeof serveDesk>
  readonly #cookieName: string
  #port = 0

  constructor(deps: HttpHostDeps) {
    this.#deps = deps
    this.#cookieName = cookieName(deps.serving.instanceId)
    this.#serveDesk = serveDesk(deps.deskFolder)
    this.#sockets = new Sockets({ app: deps.app, serving: deps.serving, log: deps.log }, deps.clock)
    this.#server = createServer({ maxHeaderSize: 16 * 1024 }, (request, response) => {
      void this.#answer(request, response)
    })
    this.#server.headersTimeout = 10_000
    // A large upload from a slow disk takes its time; `headersTimeout` keeps idle connections out.
    this.#server.requestTimeout = 30 * 60_000
    this.#server.on('upgrade', (request, stream, head) => this.#upgrade(request, stream, head))
    this.#server.on('clientError', (_error, stream) => {
      if (stream.writable) stream.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    })
  }

  /** Port it listens on; 0 before `listen`. */
  get port(): number {
    return this.#port
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** @throws DomainError `host.port_in_use {port}`. */
  async listen(port: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#server.once('error', reject)
    this.#server.listen({ host: '127.0.0.1', port, exclusive: true }, resolve)
    try {
      await promise
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EADDRINUSE' || code === 'EACCES') throw new DomainError('host.port_in_use', { port })
      throw error
    }
    this.#server.removeListener('error', reject)
    this.#server.on('error', (error) => this.#deps.log.error('http.failed', { error }))
    const address = this.#server.address()
    this.#port = typeof address === 'object' && address !== null ? address.port : port
  }

  /** Signs no new caller in, lets what runs end for a moment and closes. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#sockets.close()
    this.#server.closeIdleConnections()
    const cancel = this.#deps.clock.after(stopMs, () => {
      this.#sockets.terminate()
      this.#server.closeAllConnections()
    })
    await closed
    cancel()
  }

  /** Ends the connections of a session, once the answer to the call that ended it is on its way. */
  closeSession(sessionId: string): void {
    setImmediate(() => this.#sockets.closeOwner(sessionId))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      for (const [name, value] of Object.entries(securityHeaders(`ws://127.0.0.1:${this.#port}`)))
        response.setHeader(name, value)
      await this.#route(request, response)
    } catch (error) {
      const what = `${request.method} ${pathOf(request).pathname}`
      const { status, data } = failedRequest(error, this.#deps.log, what)
      if (response.headersSent) response.destroy()
      else sendJson(response, status, data)
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const language = request.headers['accept-language']
    if (!isOwnHost(request.headers.host, this.#port)) return sendPage(response, 421, 'host', language)
    const { pathname, searchParams } = pathOf(request)
    if (request.method === 'POST') {
      // Checked before anything is looked at: a page of somebody else must not learn even whether there is a session.
      if (!isOwnOrigin(request.headers.origin, this.#port)) throw new DomainError('session.origin_refused')
      if (pathname === '/upload') return await this.#upload(request, response)
      return sendPage(response, 404, 'not_found', language)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD, POST' }).end()
      return
    }
    if (pathname === '/launch' && request.method === 'GET') {
      return this.#launch(request, response, searchParams.get('token') ?? '')
    }
    if (this.#session(request) === null) return sendPage(response, 401, 'session', language)
    if (pathname.startsWith('/media/') || pathname.startsWith('/export/')) {
      const asked = { method: request.method, pathname, range: request.headers.range }
      const serve = pathname.startsWith('/media/') ? serveMedia : serveExport
      const served = await serve(this.#deps.app, asked)
      if (served === null) sendPage(response, 404, 'not_found', language)
      else await sendServed(response, served)
      return
    }
    this.#serveDesk(request, response)
  }

  /** Exchanges a one-time token for a session cookie and leads to the desk, so that no token stays in the address. */
  #launch(request: IncomingMessage, response: ServerResponse, token: string): void {
    const headers: Record<string, string> = { Location: '/', 'Cache-Control': 'no-store' }
    if (this.#deps.launchTokens.redeem(token)) {
      const { people } = this.#deps
      const { token: sessionToken, session } = people.startSession(people.owner().id)
      headers['Set-Cookie'] = sessionCookie(this.#cookieName, sessionToken, sessionLifetimeMs / 1000)
      this.#deps.log.info('session.started', { sessionId: session.id })
    } else if (this.#session(request) === null) {
      sendPage(response, 403, 'expired', request.headers['accept-language'])
      return
    }
    response.writeHead(303, headers).end()
  }

  async #upload(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const session = this.#session(request)
    if (session === null) throw new DomainError('session.required')
    const declared = request.headers['content-length']
    const received = await this.#deps.uploads.receive(request, {
      sessionId: session.id,
      fileName: decodeFileName(request.headers['x-file-name']),
      declaredBytes: declared === undefined ? null : Number(declared),
    })
    sendJson(response, 201, received)
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => stream.destroy())
    const admitted = this.#admit(request)
    if (typeof admitted === 'string') {
      refuseUpgrade(stream, admitted)
      return
    }
    this.#sockets.accept(request, stream, head, admitted)
  }

  /** Whom an upgrade belongs to, or the status that refuses it. */
  #admit(request: IncomingMessage): { owner: string; caller: () => Caller } | string {
    const { pathname } = pathOf(request)
    const { host, origin } = request.headers
    if (!isOwnHost(host, this.#port)) return '421 Misdirected Request'
    if (pathname === '/door') {
      return admitAtDoor(request, this.#deps.doorToken, () => this.#deps.people.owner())
    }
    if (pathname !== '/rpc') return '404 Not Found'
    if (!isOwnOrigin(origin, this.#port)) return '403 Forbidden'
    const session = this.#session(request)
    if (session === null) return '401 Unauthorized'
    return { owner: session.id, caller: () => this.#deskCaller(session.id) }
  }

  #session(request: IncomingMessage): Session | null {
    const token = readCookie(request.headers.cookie, this.#cookieName)
    return token === null || token === '' ? null : this.#deps.people.session(token)
  }

  #deskCaller(sessionId: string): Caller {
    const session = this.#deps.people.sessionById(sessionId)
    return session === null ? { via: 'none' } : { via: 'desk', sessionId, person: session.person }
  }
}

function pathOf(request: IncomingMessage): { pathname: string; searchParams: URLSearchParams } {
  const base = 'http://127.0.0.1'
  return URL.parse(request.url ?? '/', base) ?? new URL(base)
}

async function sendServed(response: ServerResponse, { status, headers, body }: Served): Promise<void> {
  response.writeHead(status, headers)
  if (body === null) response.end()
  else await pipeline(body, response).catch(() => response.destroy())
}

function sendJson(response: ServerResponse, status: number, data: unknown): void {
  // The rest of a refused upload is not read; the connection cannot serve another request.
  const headers = status >= 400 ? { Connection: 'close' } : {}
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(JSON.stringify(data))
}
