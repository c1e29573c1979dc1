import { type AgentOptions, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Duplex } from 'node:stream'

/** Put before the code of an error that came before the connection stood: nothing of a request had left by then. */
export const notConnected = 'NOT_CONNECTED_'

/** A connection (with TLS its handshake too) that does not stand after this time, in ms, will not. */
const defaultConnectTimeout = 10_000

/**
 * An agent for the Bot API that gives up connecting after a while and marks what failed on the way. A send that was
 * lost on a connection may have arrived; one that never had a connection may safely be tried again.
 */
export function createAgent(
  apiRoot: string,
  options: AgentOptions,
  connectTimeout = defaultConnectTimeout,
): HttpAgent {
  return apiRoot.startsWith('https:')
    ? new MarkingHttpsAgent(options, connectTimeout)
    : new MarkingHttpAgent(options, connectTimeout)
}

class MarkingHttpAgent extends HttpAgent {
  readonly #connectTimeout: number

  constructor(options: AgentOptions, connectTimeout: number) {
    super(options)
    this.#connectTimeout = connectTimeout
  }

  override createConnection(...given: Parameters<HttpAgent['createConnection']>) {
    const socket = super.createConnection(...given)
    if (socket) markUntil(socket, 'connect', this.#connectTimeout)
    return socket
  }
}

class MarkingHttpsAgent extends HttpsAgent {
  readonly #connectTimeout: number

  constructor(options: AgentOptions, connectTimeout: number) {
    super(options)
    this.#connectTimeout = connectTimeout
  }

  override createConnection(...given: Parameters<HttpsAgent['createConnection']>) {
    const socket = super.createConnection(...given)
    if (socket) markUntil(socket, 'secureConnect', this.#connectTimeout)
    return socket
  }
}

function markUntil(socket: Duplex, connected: 'connect' | 'secureConnect', timeout: number): void {
  const timer = setTimeout(() => {
    socket.destroy(Object.assign(new Error('not connected in time'), { code: 'TIMEOUT' }))
  }, timeout)
  const mark = (error: Error & { code?: string }): void => {
    clearTimeout(timer)
    error.code = notConnected + (error.code ?? 'ERROR')
  }
  // Added before Node's own listener, which hands the error on.
  socket.once('error', mark)
  socket.once('close', () => clearTimeout(timer))
  socket.once(connected, () => {
    clearTimeout(timer)
    socket.off('error', mark)
  })
}
