import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'
import { DomainError } from '../core/errors.ts'
import type { Log } from '../core/host.ts'
import { refuse } from '../hosting/refusal.ts'
import type { Certificate } from './certificate.ts'

/** Headers have this long to arrive, and so has a TLS handshake, ms. */
const headersMs = 10_000
/** How often connections are looked through for those that took longer, ms. */
const lookMs = 2_000
/** A large upload from a slow disk takes its time; `headersMs` keeps idle connections out. */
const requestMs = 30 * 60_000
/** A connection on which nothing moves, either way, for this long is cut off, ms; ws ends this for its own. */
const stillMs = 2 * 60_000
/** Connections at once from the network, and from one address of it. */
const mostConnections = 256
const mostFromOne = 64

const limits = { maxHeaderSize: 16 * 1024, connectionsCheckingInterval: lookMs }

/** The server for this computer's own browser. */
export function plainServer(onRequest: RequestListener): Server {
  return limited(createServer(limits, onRequest))
}

/** The server for the network: HTTPS, and no more connections than a shop's people need. */
export function tlsServer(onRequest: RequestListener, { cert, key }: Certificate): TlsServer {
  const server = createTlsServer(
    { ...limits, cert, key, minVersion: 'TLSv1.2', handshakeTimeout: headersMs },
    onRequest,
  )
  server.maxConnections = mostConnections
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const from = socket.remoteAddress ?? ''
    const count = (open.get(from) ?? 0) + 1
    if (count > mostFromOne) {
      socket.destroy()
      return
    }
    open.set(from, count)
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1
      if (left === 0) open.delete(from)
      else open.set(from, left)
    })
  })
  // Whoever speaks no TLS is not talked to: Node ends the connection.
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return limited(server)
}

/** Listens and answers the port. @throws DomainError `host.port_in_use {port}`, `host.address_unknown {address}`. */
export async function listenOn(
  server: Server | TlsServer,
  host: string,
  port: number,
  log: Log,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen({ host, port, exclusive: true }, resolve)
  try {
    await promise
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EADDRINUSE' || code === 'EACCES') throw new DomainError('host.port_in_use', { port })
    if (code === 'EADDRNOTAVAIL') throw new DomainError('host.address_unknown', { address: host })
    throw error
  }
  server.removeListener('error', reject)
  server.on('error', (error) => log.error('http.failed', { error }))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

/** Every connection of a server, also those that the server itself has handed over or has not heard a word from. */
const connections = new WeakMap<Server | TlsServer, Set<Socket>>()

/** Ends all connections at once, whatever they are about. */
export function cutOff(server: Server | TlsServer): void {
  for (const socket of connections.get(server) ?? []) socket.destroy()
}

function limited<T extends Server | TlsServer>(server: T): T {
  server.headersTimeout = headersMs
  server.requestTimeout = requestMs
  server.timeout = stillMs
  const open = new Set<Socket>()
  connections.set(server, open)
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  // A body that is not read to its end could dribble in as long as a large upload may.
  server.prependListener('request', ({ headers }: IncomingMessage, response: ServerResponse) => {
    const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
    if (hasBody) response.shouldKeepAlive = false
  })
  server.on('clientError', (_error, stream) => refuse(stream, '400 Bad Request'))
  return server
}
