import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { RPCHandler } from '@orpc/server/websocket'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { ApiContext, Caller } from '../api/context.ts'
import { router } from '../api/router.ts'
import type { Clock } from '../core/host.ts'
import { refuse } from './refusal.ts'

/** The largest message a client may send; files go through `/upload`. */
const largestMessage = 4 * 1024 * 1024
/** A client that reads nothing is cut off when this much waits for it. */
const largestBacklog = 64 * 1024 * 1024
/** Silence after which a client is asked whether it is still there; at the next turn without an answer it is cut off. */
const heartbeatMs = 30_000
/** Connections of one caller at once: many tabs, never a flood. */
const mostPerCaller = 32

interface Connection {
  socket: WebSocket
  /** Session of the desk, or 'door'. */
  owner: string
  caller: () => Caller
  alive: boolean
}

/** The contract over WebSocket: one handler, a connection for each desk window and command line. */
export class Sockets {
  readonly #clock: Clock
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    perMessageDeflate: false,
    clientTracking: false,
  })
  readonly #handler = new RPCHandler(router)
  readonly #context: Omit<ApiContext, 'caller'>
  readonly #connections = new Set<Connection>()
  #cancelHeartbeat: () => void

  constructor(context: Omit<ApiContext, 'caller'>, clock: Clock) {
    this.#context = context
    this.#clock = clock
    this.#cancelHeartbeat = this.#scheduleHeartbeat()
  }

  /** Takes an upgrade whose caller has been checked. `caller` is asked again at every call. */
  accept(
    request: IncomingMessage,
    stream: Duplex,
    head: Buffer,
    from: { owner: string; caller: () => Caller },
  ): void {
    const count = [...this.#connections].filter(({ owner }) => owner === from.owner).length
    if (count >= mostPerCaller) {
      refuse(stream, '429 Too Many Requests')
      return
    }
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#serve(socket, from))
  }

  /** Ends the connections of a session that is over. */
  closeOwner(owner: string): void {
    for (const connection of this.#connections) {
      if (connection.owner === owner) connection.socket.close(4401, 'session over')
    }
  }

  close(): void {
    this.#cancelHeartbeat()
    for (const { socket } of this.#connections) socket.close(1001, 'host stops')
    this.#server.close()
  }

  /** Cuts off what is still open. */
  terminate(): void {
    for (const { socket } of this.#connections) socket.terminate()
  }

  #serve(socket: WebSocket, from: { owner: string; caller: () => Caller }): void {
    const connection: Connection = { socket, ...from, alive: true }
    this.#connections.add(connection)
    socket.on('pong', () => {
      connection.alive = true
    })
    socket.on('close', () => {
      this.#connections.delete(connection)
      this.#handler.close(peerOf(socket))
    })
    // A broken frame or a reset: ws closes the connection itself.
    socket.on('error', (error) => this.#context.log.debug('socket.error', { error: error.name }))
    socket.binaryType = 'arraybuffer'
    const options = { context: { ...this.#context, caller: from.caller } }
    socket.on('message', (data, isBinary) => {
      this.#handler.message(peerOf(socket), payloadOf(data, isBinary), options).catch((error: unknown) => {
        // What does not speak the protocol is not talked to; what it said is not written down.
        this.#context.log.warn('socket.bad_message', {
          error: error instanceof Error ? error.name : 'unknown',
        })
        socket.close(1007)
      })
    })
  }

  #scheduleHeartbeat(): () => void {
    return this.#clock.after(heartbeatMs, () => {
      for (const connection of this.#connections) this.#check(connection)
      this.#cancelHeartbeat = this.#scheduleHeartbeat()
    })
  }

  #check(connection: Connection): void {
    const { socket } = connection
    if (connection.caller().via === 'none') {
      socket.close(4401, 'session over')
    } else if (!connection.alive || socket.bufferedAmount > largestBacklog) {
      socket.terminate()
    } else {
      connection.alive = false
      socket.ping()
    }
  }
}

function payloadOf(data: RawData, isBinary: boolean): string | ArrayBuffer {
  if (data instanceof ArrayBuffer) return isBinary ? data : new TextDecoder().decode(data)
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data
  return isBinary ? Uint8Array.from(bytes).buffer : bytes.toString('utf8')
}

/** The handler only sends on it and tells connections apart by it; ws and the browser differ in their events' types. */
function peerOf(socket: WebSocket): globalThis.WebSocket {
  return socket as unknown as globalThis.WebSocket
}
