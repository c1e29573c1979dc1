import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Caller } from '../api/context.ts'
import { refuse } from './refusal.ts'
import { isBearer, isOwnHost } from './request-checks.ts'
import type { Sockets } from './sockets.ts'

/** Whom a process at the door acts for, or the status that refuses it. */
export function admitAtDoor(
  request: IncomingMessage,
  token: string,
  owner: () => Extract<Caller, { via: 'door' }>['person'],
): { owner: string; caller: () => Caller } | string {
  // Browsers always say where a page comes from; the command line has no Origin.
  if (request.headers.origin !== undefined) return '403 Forbidden'
  if (!isBearer(request.headers.authorization, token)) return '401 Unauthorized'
  return { owner: 'door', caller: () => ({ via: 'door', person: owner() }) }
}

/** The door alone, on loopback: for a host whose desk needs no server. */
export class DoorServer {
  readonly #server: Server
  #port = 0

  constructor(sockets: Sockets, token: string, owner: () => Extract<Caller, { via: 'door' }>['person']) {
    this.#server = createServer({ maxHeaderSize: 16 * 1024 }, (_request, response) => {
      response.writeHead(404, { Connection: 'close' }).end()
    })
    this.#server.headersTimeout = 10_000
    this.#server.on('upgrade', (request, stream, head) => {
      stream.on('error', () => stream.destroy())
      const isDoor = request.url === '/door'
      if (!isOwnHost(request.headers.host, this.#port)) refuse(stream, '421 Misdirected Request')
      else if (!isDoor) refuse(stream, '404 Not Found')
      else {
        const admitted = admitAtDoor(request, token, owner)
        if (typeof admitted === 'string') refuse(stream, admitted)
        else sockets.accept(request, stream, head, admitted)
      }
    })
  }

  /** Listens on a free port and says which. */
  async listen(): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#server.once('error', reject)
    this.#server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, resolve)
    await promise
    this.#server.removeListener('error', reject)
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('a server that listens has a port')
    this.#port = address.port
    return address.port
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
  }
}
