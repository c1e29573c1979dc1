import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { WebSocketServer } from 'ws'
import { makeCertificate } from './certificate.ts'

/** An HTTPS server on loopback that can lose its network. */
export class Host {
  readonly port: number
  readonly spkiHash: string
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #online = true

  private constructor(server: Server, spkiHash: string) {
    this.#server = server
    this.spkiHash = spkiHash
    // A server that listens on TCP has an address of this shape.
    this.port = (server.address() as AddressInfo).port
  }

  static async start(name: string): Promise<Host> {
    const { key, cert, spkiHash } = makeCertificate(name)
    const server = createServer({ key, cert })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    return new Host(server, spkiHash)
  }

  serve(
    answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
    pages: WebSocketServer,
  ): void {
    this.#server.on('connection', (socket: Socket) => {
      socket.on('error', () => socket.destroy())
      if (!this.#online) socket.destroy()
      this.#sockets.add(socket)
      socket.on('close', () => void this.#sockets.delete(socket))
    })
    this.#server.on('request', (request, response) => {
      answer(request, response).catch(() => response.destroy())
    })
    this.#server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy())
      pages.handleUpgrade(request, socket, head, (page) => pages.emit('connection', page, request))
    })
  }

  /** Every connection breaks, and new ones break at once. */
  goOffline(): void {
    this.#online = false
    for (const socket of this.#sockets) socket.destroy()
  }

  goOnline(): void {
    this.#online = true
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.goOffline()
    await closed
  }
}
