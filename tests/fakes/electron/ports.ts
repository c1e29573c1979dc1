import { EventEmitter } from 'node:events'

/** The far end of a port that lives elsewhere: in a page, or in a child process. */
export interface FarEnd {
  deliver(data: unknown): void
  close(): void
}

/** As Electron's: an emitter that holds what comes until `start`. */
export class MessagePortMain extends EventEmitter {
  #far: FarEnd | null = null
  #held: unknown[] = []
  #started = false
  #closed = false

  postMessage(message: unknown): void {
    if (!this.#closed) this.#far?.deliver(structuredClone(message))
  }

  start(): void {
    this.#started = true
    for (const data of this.#held.splice(0)) this.#tell(data)
  }

  /** The far end hears of it; nothing says that this one does. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#far?.close()
  }

  /** The stand-in's own: says where messages go. */
  connect(far: FarEnd): void {
    this.#far = far
  }

  /** The stand-in's own: gives what this port has got and will get to somebody else. */
  handOver(far: FarEnd): FarEnd | null {
    const mine = this.#far
    for (const data of this.#held.splice(0)) far.deliver(data)
    this.take = (data) => far.deliver(data)
    this.farClosed = () => far.close()
    this.#far = null
    return mine
  }

  /** The stand-in's own: a message has come. */
  take(data: unknown): void {
    if (this.#closed) return
    if (this.#started) this.#tell(data)
    else this.#held.push(data)
  }

  /** The stand-in's own: the other end is gone. */
  farClosed(): void {
    if (this.#closed) return
    this.#closed = true
    setImmediate(() => this.emit('close'))
  }

  #tell(data: unknown): void {
    setImmediate(() => {
      if (!this.#closed) this.emit('message', { data, ports: [] })
    })
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain()
  readonly port2 = new MessagePortMain()

  constructor() {
    const { port1, port2 } = this
    port1.connect({ deliver: (data) => port2.take(data), close: () => port2.farClosed() })
    port2.connect({ deliver: (data) => port1.take(data), close: () => port1.farClosed() })
  }
}

/** Messages cross to a page as text; what is neither text nor bytes is reduced to what JSON keeps. */
export function encode(data: unknown): ['s' | 'b' | 'j', unknown] {
  if (typeof data === 'string') return ['s', data]
  if (data instanceof ArrayBuffer) return ['b', Buffer.from(data).toString('base64')]
  if (ArrayBuffer.isView(data))
    return ['b', Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')]
  return ['j', data === undefined ? null : data]
}

export function decode(encoded: unknown): unknown {
  if (!Array.isArray(encoded)) throw new Error('a message of a page is a pair')
  const [kind, value]: unknown[] = encoded
  return kind === 'b' ? new Uint8Array(Buffer.from(String(value), 'base64')) : value
}
