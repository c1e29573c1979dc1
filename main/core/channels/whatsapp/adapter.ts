import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { DomainError } from '../../errors.ts'
import type { AdapterDeps, AdapterFactory, ChannelAccount } from '../account.ts'
import type {
  ChannelAdapter,
  ChannelCapabilities,
  ChannelSink,
  ChannelState,
  OutboundPayload,
  SendOutcome,
} from '../channel.ts'
import { Exchanges } from './exchanges.ts'
import { Profile } from './profile.ts'
import type { FromProcess, Order } from './protocol.ts'
import { Supervisor } from './supervisor.ts'

/** WhatsApp takes texts of 65,536 characters; nobody reads those, so replies are split earlier. */
const capabilities: ChannelCapabilities = {
  textLength: 4096,
  captionLength: 1024,
  photos: true,
  documents: true,
  typing: true,
  parallelSends: 1,
  personal: true,
}

/** When to look again at an account that cannot send now, ms. */
const laterMs = 30_000
/** How long a process may take to say what became of a send that was given up, ms. */
const lastWordMs = 5_000
/** How long a stop waits for what is being handed over, ms. */
const handingOverMs = 8_000

type Content = Extract<Order, { type: 'send' }>['payload']
type Fetched = Extract<FromProcess, { type: 'fetched' | 'not_fetched' }>

const notFetched = {
  gone: 'media.unavailable',
  too_large: 'media.too_large',
  later: 'channel.unreachable',
} as const

/** Makes the adapter of a WhatsApp account, which lives in a browser in a process of its own. */
export const createWhatsAppAdapter: AdapterFactory = (account, deps) => new WhatsAppAdapter(account, deps)

class WhatsAppAdapter implements ChannelAdapter {
  readonly kind = 'whatsapp'
  readonly capabilities = capabilities
  readonly #deps: AdapterDeps
  readonly #account: ChannelAccount
  readonly #sends = new Exchanges<SendOutcome>()
  readonly #fetches = new Exchanges<Fetched | null>()
  #supervisor: Supervisor | null = null
  #stopping = false

  constructor(account: ChannelAccount, deps: AdapterDeps) {
    this.#account = account
    this.#deps = deps
  }

  async start(sink: ChannelSink): Promise<void> {
    if (this.#supervisor !== null) return
    const { folder, processes, clock, log, groups, openChats } = this.#deps
    const { browser, firstReadyAt } = this.#account.config
    this.#supervisor = new Supervisor(
      {
        folder,
        processes,
        clock,
        log,
        groups,
        openChats,
        firstReadyAt: firstReadyAt === undefined ? null : Date.parse(firstReadyAt),
        browser: () => this.#deps.browser(browser ?? null),
      },
      sink,
      {
        answer: (message) => {
          if (message.type === 'outcome') this.#sends.answer(message.id, message.outcome)
          else this.#fetches.answer(message.id, message)
        },
        over: () => {
          // It may have gone out as the last thing that the process did.
          this.#sends.answerAll({ state: 'unknown', reason: 'process_over' })
          this.#fetches.answerAll(null)
        },
        isAsked: () => this.#sends.size > 0 || this.#fetches.size > 0,
      },
    )
    this.#supervisor.start()
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.#withinTime(this.#sends.idle(), handingOverMs)
    await this.#supervisor?.stop()
  }

  state(): ChannelState {
    return this.#supervisor?.state ?? { state: 'stopped' }
  }

  async send(chatId: string, payload: OutboundPayload, signal: AbortSignal): Promise<SendOutcome> {
    const supervisor = this.#readySupervisor()
    if (supervisor === null) return { state: 'later', afterMs: laterMs, reason: 'not_connected' }
    const content = await this.#content(payload)
    if (typeof content === 'string') return { state: 'failed', reason: content }
    if (signal.aborted) return { state: 'later', afterMs: 0, reason: 'aborted' }
    const { id, answer } = this.#sends.open()
    if (!supervisor.order({ type: 'send', id, chatId, payload: content }))
      this.#sends.answer(id, { state: 'later', afterMs: laterMs, reason: 'not_connected' })
    const giveUp = () => {
      supervisor.order({ type: 'abort', id })
      this.#deps.clock.after(lastWordMs, () =>
        this.#sends.answer(id, { state: 'unknown', reason: 'no_answer' }),
      )
    }
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      return await answer
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }

  async typing(chatId: string): Promise<void> {
    this.#readySupervisor()?.order({ type: 'typing', chatId, on: true })
  }

  async seen(chatId: string): Promise<void> {
    this.#readySupervisor()?.order({ type: 'seen', chatId })
  }

  reconnect(): void {
    this.#supervisor?.reconnect()
  }

  async useHere(): Promise<void> {
    if (this.#supervisor?.useHere() !== true) throw new DomainError('channel.no_conflict')
  }

  async refreshCode(): Promise<void> {
    if (this.state().state !== 'pairing') throw new DomainError('channel.not_pairing')
    this.#supervisor?.order({ type: 'refresh_code' })
  }

  async unlink(): Promise<void> {
    this.#stopping = true
    if (this.#supervisor === null) await new Profile(this.#deps.folder).remove()
    else await this.#supervisor.unlink()
  }

  rulesChanged(): void {
    this.#supervisor?.order({ type: 'rules', groups: this.#deps.groups() })
  }

  /** The file is deleted when it was read, or nobody reads on. */
  async fetch(
    reference: Record<string, string | number>,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const { messageId, chatId } = reference
    if (typeof messageId !== 'string' || typeof chatId !== 'string')
      throw new DomainError('media.unavailable')
    const supervisor = this.#readySupervisor()
    if (supervisor === null) throw new DomainError('channel.unreachable')
    const { id, answer } = this.#fetches.open()
    if (!supervisor.order({ type: 'fetch', id, messageId, chatId })) this.#fetches.answer(id, null)
    const giveUp = () => {
      supervisor.order({ type: 'abort', id })
      this.#fetches.answer(id, null)
    }
    signal.addEventListener('abort', giveUp, { once: true })
    const fetched = await answer
    signal.removeEventListener('abort', giveUp)
    if (fetched === null) throw new DomainError('channel.unreachable')
    if (fetched.type === 'not_fetched') throw new DomainError(notFetched[fetched.reason])
    const path = supervisor.profile.incoming(fetched.path)
    if (path === null) throw new DomainError('media.unavailable', { reason: 'elsewhere' })
    return readOnce(path)
  }

  #readySupervisor(): Supervisor | null {
    return !this.#stopping && this.state().state === 'ready' ? this.#supervisor : null
  }

  /** What the process is told to send; a word for why there is nothing to send. */
  async #content(payload: OutboundPayload): Promise<Content | string> {
    if (payload.type === 'text') {
      const { text, replyToExternalId } = payload
      return { type: 'text', text, ...(replyToExternalId === undefined ? {} : { replyToExternalId }) }
    }
    const { mediaHash, caption } = payload
    // A picture that is only an address on the web is not fetched from there: whose server it is, nobody knows.
    if (mediaHash === null) return 'media_remote'
    const path = this.#deps.media.path(mediaHash)
    if (path === null) return 'media_missing'
    if (payload.type === 'document') {
      const { mime, name } = payload
      return { type: 'file', path, mime, name, caption, asDocument: true }
    }
    const { mime, stream } = await this.#deps.media.read(mediaHash)
    stream.destroy()
    return { type: 'file', path, mime, name: null, caption, asDocument: !isPicture(mime) }
  }

  async #withinTime(work: Promise<void>, ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#deps.clock.after(ms, resolve)
    await Promise.race([work, promise])
    cancel()
  }
}

/** What WhatsApp shows as a picture; others are sent as files. */
function isPicture(mime: string): boolean {
  return ['image/jpeg', 'image/png', 'image/webp'].includes(mime)
}

async function* readOnce(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk
  } finally {
    await rm(path, { force: true }).catch(() => undefined)
  }
}
