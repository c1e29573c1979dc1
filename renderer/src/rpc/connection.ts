import type { ClientLink, ClientOptions } from '@orpc/client'
import {
  type ConnectionState,
  initialConnection,
  reconnectDelay,
  stepConnection,
} from './connection-state.ts'
import type { OpenedLink, OpenLink } from './links/link.ts'

/** A call was made, or was under way, while the app could not be reached. */
export class NotConnectedError extends Error {
  constructor() {
    super('not connected')
    this.name = 'NotConnectedError'
  }
}

type NoContext = Record<never, never>

/** How long a call waits for a connection that is being made. */
const PATIENCE_MS = 5000

/** A link that reconnects for ever and lets calls wait a little for the connection. */
export class Connection implements ClientLink<NoContext> {
  readonly #open: OpenLink
  readonly #listeners = new Set<(state: ConnectionState) => void>()
  #state = initialConnection
  #opened: OpenedLink | null = null
  #timer: number | undefined
  #stopped = false

  constructor(open: OpenLink) {
    this.#open = open
    window.addEventListener('online', () => this.retryNow())
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.retryNow()
    })
  }

  get state(): ConnectionState {
    return this.#state
  }

  subscribe = (listener: (state: ConnectionState) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  start(): void {
    this.#stopped = false
    this.#connect()
  }

  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void {
    if (this.#stopped || this.#state.phase !== 'waiting') return
    this.#connect()
  }

  /** Gives up until `start`: the session is over. */
  stop(): void {
    this.#stopped = true
    window.clearTimeout(this.#timer)
    this.#opened?.close()
  }

  async call(path: readonly string[], input: unknown, options: ClientOptions<NoContext>): Promise<unknown> {
    const link = await this.#connected(options.signal)
    try {
      return await link.call(path, input, options)
    } catch (error) {
      if (this.#state.phase !== 'open' && !(options.signal?.aborted ?? false)) throw new NotConnectedError()
      throw error
    }
  }

  #connect(): void {
    window.clearTimeout(this.#timer)
    this.#set(stepConnection(this.#state, { type: 'try' }))
    let over = false
    const opened = this.#open({
      onOpen: () => this.#set(stepConnection(this.#state, { type: 'opened' })),
      onClose: () => {
        if (over) return
        over = true
        this.#opened = null
        this.#set(stepConnection(this.#state, { type: 'lost' }))
        if (!this.#stopped) {
          this.#timer = window.setTimeout(() => this.#connect(), reconnectDelay(this.#state.failures))
        }
      },
    })
    if (!over) this.#opened = opened
  }

  #set(state: ConnectionState): void {
    if (state === this.#state) return
    this.#state = state
    for (const listener of [...this.#listeners]) listener(state)
  }

  async #connected(signal: AbortSignal | undefined): Promise<ClientLink<NoContext>> {
    if (this.#state.phase !== 'open') {
      await new Promise<void>((resolve, reject) => {
        const settle = (finish: () => void) => {
          window.clearTimeout(timer)
          leave()
          signal?.removeEventListener('abort', abort)
          finish()
        }
        const abort = () => settle(() => reject(signal?.reason))
        const timer = window.setTimeout(() => settle(() => reject(new NotConnectedError())), PATIENCE_MS)
        const leave = this.subscribe((state) => {
          if (state.phase === 'open') settle(resolve)
        })
        signal?.addEventListener('abort', abort)
      })
    }
    if (this.#opened === null) throw new NotConnectedError()
    return this.#opened.link
  }
}
