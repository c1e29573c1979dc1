import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { originOf, toPage, toProduct } from './addresses.ts'
import { note, onView } from './journal.ts'

type Handler = (request: Request) => Response | Promise<Response>

let appReady = false
/** Electron takes no privileges after `ready`. */
export function noMorePrivileges(): void {
  appReady = true
}

/** `protocol`, played by a server on loopback that Chromium finds under `*.app.invalid`. */
export class Protocol {
  readonly #handlers = new Map<string, Handler>()
  #server: Server | null = null

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (appReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    note('protocol.privileged', { schemes })
  }

  handle(scheme: string, handler: Handler): void {
    if (this.#handlers.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`)
    this.#handlers.set(scheme, handler)
    note('protocol.handle', { scheme })
  }

  unhandle(scheme: string): void {
    this.#handlers.delete(scheme)
  }

  isProtocolHandled(scheme: string): boolean {
    return this.#handlers.has(scheme)
  }

  /** The stand-in's own: the port that the schemes are served at. */
  async listen(): Promise<number> {
    this.#server ??= createServer((incoming, outgoing) => {
      this.#answer(incoming, outgoing).catch((error: unknown) => {
        note('protocol.failed', {
          url: incoming.url,
          error: error instanceof Error ? error.stack : String(error),
        })
        // As in Electron: a handler that throws ends the request with ERR_FAILED.
        outgoing.destroy()
      })
    })
    const server = this.#server
    if (!server.listening) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      server.unref()
    }
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('the scheme server has no port')
    const { port } = address
    onView('schemePort', () => port)
    return port
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = toProduct(`http://${incoming.headers.host}${incoming.url}`)
    const handler = this.#handlers.get('app')
    if (!url.startsWith('app://') || handler === undefined) {
      outgoing.writeHead(404).end()
      return
    }
    const aborted = new AbortController()
    outgoing.once('close', () => outgoing.writableFinished || aborted.abort())
    const response = await handler(asRequest(url, incoming, aborted.signal))
    const headers = [...response.headers].map(([name, value]) => [name, toPageValue(name, value)] as const)
    outgoing.writeHead(response.status, headers.flat())
    if (response.body === null || incoming.method === 'HEAD') {
      outgoing.end()
      return
    }
    // The same streams under two names: lib.dom's and Node's.
    const body = Readable.fromWeb(response.body as ReadableStream)
    body.on('error', () => outgoing.destroy())
    outgoing.on('close', () => body.destroy())
    body.pipe(outgoing)
  }
}

function asRequest(url: string, incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (name === 'host' || name === 'connection' || value === undefined) continue
    for (const each of [value].flat())
      headers.append(name, name === 'origin' || name === 'referer' ? asProduct(name, each) : each)
  }
  const method = incoming.method ?? 'GET'
  const withBody = method !== 'GET' && method !== 'HEAD'
  // As above; `duplex` is Node's and unknown to lib.dom.
  const init = {
    method,
    headers,
    signal,
    ...(withBody ? { body: Readable.toWeb(incoming), duplex: 'half' } : {}),
  }
  return new Request(url, init as RequestInit)
}

function asProduct(name: string, value: string): string {
  const url = toProduct(value)
  return name === 'origin' ? originOf(url) : url
}

function toPageValue(name: string, value: string): string {
  return /^(location|access-control-allow-origin|content-security-policy)$/i.test(name)
    ? value.replaceAll(/app:\/\/[a-z0-9-]+/gi, toPage)
    : value
}

export const protocol = new Protocol()
