import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import type { Caller } from '../api/context.ts'
import type { ServingHost } from '../api/serving.ts'
import type { App } from '../core/app.ts'
import { DomainError } from '../core/errors.ts'
import type { Clock, Log } from '../core/host.ts'
import { type PeopleService, type Session, sessionLifetimeMs } from '../core/people/service.ts'
import { admitAtDoor } from '../hosting/door-server.ts'
import { decodeFileName, failedRequest } from '../hosting/file-requests.ts'
import { refuse } from '../hosting/refusal.ts'
import { cookieName, readCookie } from '../hosting/request-checks.ts'
import { securityHeaders } from '../hosting/security-headers.ts'
import { serveExport } from '../hosting/served-exports.ts'
import { serveMedia } from '../hosting/served-media.ts'
import { Sockets } from '../hosting/sockets.ts'
import type { Uploads } from '../hosting/uploads.ts'
import { pathOf, sendJson, sendServed } from './answers.ts'
import { browserName } from './browser-name.ts'
import type { Certificate } from './certificate.ts'
import { serveDesk } from './desk-files.ts'
import { type Entrance, loopbackEntrance } from './entrance.ts'
import type { LaunchTokens } from './launch-tokens.ts'
import { cutOff, listenOn, plainServer, tlsServer } from './listener.ts'
import { sendPage, sendSignIn } from './pages.ts'
import { safeNext, signIn } from './sign-in.ts'

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

/** The server: the desk's files, its session, uploads, media, and the contract at `/rpc` and `/door`. */
export class HttpHost {
  readonly #deps: HttpHostDeps
  readonly #servers: (Server | TlsServer)[] = []
  readonly #sockets: Sockets
  readonly #serveDesk: ReturnType<typeof serveDesk>
  #network: TlsServer | null = null
  #port = 0
  #isStopping = false

  constructor(deps: HttpHostDeps) {
    this.#deps = deps
    this.#serveDesk = serveDesk(deps.deskFolder)
    this.#sockets = new Sockets({ app: deps.app, serving: deps.serving, log: deps.log }, deps.clock)
  }

  /** Port on loopback; 0 before `listen`. */
  get port(): number {
    return this.#port
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Opens the desk to this computer. @throws DomainError `host.port_in_use {port}`. */
  async listen(port: number): Promise<void> {
    let entrance: Entrance | undefined
    const server = plainServer((request, response) => void this.#answer(entrance, request, response))
    server.on('upgrade', (request, stream, head) => this.#upgrade(entrance, request, stream, head))
    this.#port = await listenOn(server, '127.0.0.1', port, this.#deps.log)
    entrance = loopbackEntrance(this.#port, cookieName(this.#deps.serving.instanceId))
    this.#servers.push(server)
  }

  /**
   * Opens the desk to the network and answers the port.
   * @throws DomainError `host.port_in_use {port}`, `host.address_unknown {address}`.
   */
  async listenToNetwork(
    at: { host: string; port: number; certificate: Certificate },
    entranceAt: (port: number) => Entrance,
  ): Promise<number> {
    let entrance: Entrance | undefined
    const server = tlsServer(
      (request, response) => void this.#answer(entrance, request, response),
      at.certificate,
    )
    server.on('upgrade', (request, stream, head) => this.#upgrade(entrance, request, stream, head))
    const port = await listenOn(server, at.host, at.port, this.#deps.log)
    entrance = entranceAt(port)
    this.#servers.push(server)
    this.#network = server
    return port
  }

  /** From now on the network is shown this one. */
  setCertificate({ cert, key }: Certificate): void {
    this.#network?.setSecureContext({ cert, key })
  }

  /** Signs no new caller in, lets what runs end for a moment and closes. */
  async stop(): Promise<void> {
    this.#isStopping = true
    const closed = this.#servers.map(
      (server) => new Promise<void>((resolve) => server.close(() => resolve())),
    )
    this.#sockets.close()
    for (const server of this.#servers) server.closeIdleConnections()
    const cancel = this.#deps.clock.after(stopMs, () => {
      this.#sockets.terminate()
      for (const server of this.#servers) cutOff(server)
    })
    await Promise.all(closed)
    cancel()
  }

  /** Ends the connections of a session, once the answer to the call that ended it is on its way. */
  closeSession(sessionId: string): void {
    setImmediate(() => this.#sockets.closeOwner(sessionId))
  }

  async #answer(
    entrance: Entrance | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { host, 'accept-language': language } = request.headers
    try {
      const isOwn = entrance?.isOwnHost(host) === true
      const sockets = isOwn ? entrance.socketOrigin(host ?? '') : null
      for (const [name, value] of Object.entries(securityHeaders(sockets))) response.setHeader(name, value)
      if (isOwn) await this.#route(entrance, request, response)
      else sendPage(response, 421, 'host', language)
    } catch (error) {
      const what = `${request.method} ${pathOf(request).pathname}`
      const { status, data } = failedRequest(error, this.#deps.log, what)
      if (response.headersSent) response.destroy()
      else sendJson(response, status, data)
    }
  }

  async #route(entrance: Entrance, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const language = request.headers['accept-language']
    const { pathname, searchParams } = pathOf(request)
    const isNetwork = entrance.kind === 'network'
    if (request.method === 'POST') {
      // Checked before anything is looked at: a page of somebody else must not learn even whether there is a session.
      const { origin, host } = request.headers
      if (!entrance.isOwnOrigin(origin, host)) throw new DomainError('session.origin_refused')
      if (pathname === '/upload') return await this.#upload(entrance, request, response)
      if (isNetwork && pathname === '/sign-in') {
        const before = {
          session: this.#session(entrance, request),
          next: safeNext(searchParams.get('next')),
        }
        const { people, log, serving } = this.#deps
        const endSession = (id: string) => serving.endSession(id)
        return await signIn({ people, log, endSession }, entrance, request, response, before)
      }
      if (isNetwork && pathname === '/sign-out') return this.#signOut(entrance, request, response)
      return sendPage(response, 404, 'not_found', language)
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD, POST' }).end()
      return
    }
    if (!isNetwork && pathname === '/health') return await this.#health(response)
    if (!isNetwork && pathname === '/launch' && request.method === 'GET') {
      return this.#launch(entrance, request, response, searchParams.get('token') ?? '')
    }
    const session = this.#session(entrance, request)
    if (isNetwork && pathname === '/sign-in') {
      if (session === null) return sendSignIn(response, { acceptLanguage: language })
      response
        .writeHead(303, { Location: safeNext(searchParams.get('next')), 'Cache-Control': 'no-store' })
        .end()
      return
    }
    if (session === null) return this.#refuse(entrance, request, response)
    if (pathname.startsWith('/media/') || pathname.startsWith('/export/')) {
      // Exports are the owner's: whoever could not make one does not get it by its address either.
      const isExport = pathname.startsWith('/export/')
      const isRefused = isExport && session.person.role !== 'owner'
      const asked = { method: request.method, pathname, range: request.headers.range }
      const served = isRefused ? null : await (isExport ? serveExport : serveMedia)(this.#deps.app, asked)
      if (served === null) sendPage(response, 404, 'not_found', language)
      else await sendServed(response, served)
      return
    }
    this.#serveDesk(request, response)
  }

  /** Nobody is signed in: on loopback the page says how to get a link, on the network one may sign in. */
  #refuse(entrance: Entrance, request: IncomingMessage, response: ServerResponse): void {
    const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (entrance.kind === 'loopback' || !isPage) {
      sendPage(response, 401, 'session', request.headers['accept-language'])
      return
    }
    const next = safeNext(request.url ?? '/')
    const query = next === '/' ? '' : `?next=${encodeURIComponent(next)}`
    response.writeHead(303, { Location: `/sign-in${query}`, 'Cache-Control': 'no-store' }).end()
  }

  /** Exchanges a one-time token for a session cookie and leads to the desk, so that no token stays in the address. */
  #launch(entrance: Entrance, request: IncomingMessage, response: ServerResponse, token: string): void {
    const headers: Record<string, string> = { Location: '/', 'Cache-Control': 'no-store' }
    if (this.#deps.launchTokens.redeem(token)) {
      const { people } = this.#deps
      const browser = browserName(request.headers['user-agent'])
      const { token: sessionToken, session } = people.startSession(people.owner().id, browser)
      headers['Set-Cookie'] = entrance.setCookie(entrance.cookie, sessionToken, sessionLifetimeMs / 1000)
      this.#deps.log.info('session.started', { sessionId: session.id, by: 'link' })
    } else if (this.#session(entrance, request) === null) {
      sendPage(response, 403, 'expired', request.headers['accept-language'])
      return
    }
    response.writeHead(303, headers).end()
  }

  #signOut(entrance: Entrance, request: IncomingMessage, response: ServerResponse): void {
    const session = this.#session(entrance, request)
    if (session !== null) this.#deps.serving.endSession(session.id)
    response.setHeader('Set-Cookie', entrance.setCookie(entrance.cookie, '', 0))
    response.writeHead(303, { Location: '/sign-in', 'Cache-Control': 'no-store' }).end()
  }

  /** For whoever watches over the process. It says nothing about the shops. */
  async #health(response: ServerResponse): Promise<void> {
    const checks = await this.#deps.serving.checks()
    const ok = !this.#isStopping && checks.every(({ state }) => state !== 'failed')
    sendJson(response, ok ? 200 : 503, { ok })
  }

  async #upload(entrance: Entrance, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const session = this.#session(entrance, request)
    if (session === null) throw new DomainError('session.required')
    const declared = request.headers['content-length']
    const received = await this.#deps.uploads.receive(request, {
      sessionId: session.id,
      fileName: decodeFileName(request.headers['x-file-name']),
      declaredBytes: declared === undefined ? null : Number(declared),
    })
    sendJson(response, 201, received)
  }

  #upgrade(entrance: Entrance | undefined, request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => stream.destroy())
    try {
      const admitted = entrance === undefined ? '421 Misdirected Request' : this.#admit(entrance, request)
      if (typeof admitted === 'string') refuse(stream, admitted)
      else this.#sockets.accept(request, stream, head, admitted)
    } catch (error) {
      // Thrown out of an event it would end the process.
      this.#deps.log.error('http.failed', { error })
      refuse(stream, '500 Internal Server Error')
    }
  }

  /** Whom an upgrade belongs to, or the status that refuses it. */
  #admit(entrance: Entrance, request: IncomingMessage): { owner: string; caller: () => Caller } | string {
    const { pathname } = pathOf(request)
    const { host, origin } = request.headers
    if (!entrance.isOwnHost(host)) return '421 Misdirected Request'
    if (pathname === '/door' && entrance.kind === 'loopback') {
      return admitAtDoor(request, this.#deps.doorToken, () => this.#deps.people.owner())
    }
    if (pathname !== '/rpc') return '404 Not Found'
    if (!entrance.isOwnOrigin(origin, host)) return '403 Forbidden'
    const session = this.#session(entrance, request)
    if (session === null) return '401 Unauthorized'
    return { owner: session.id, caller: () => this.#deskCaller(session.id) }
  }

  #session(entrance: Entrance, request: IncomingMessage): Session | null {
    const token = readCookie(request.headers.cookie, entrance.cookie)
    return token === null || token === '' ? null : this.#deps.people.session(token)
  }

  #deskCaller(sessionId: string): Caller {
    const session = this.#deps.people.sessionById(sessionId)
    return session === null ? { via: 'none' } : { via: 'desk', sessionId, person: session.person }
  }
}
