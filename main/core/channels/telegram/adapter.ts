import { autoRetry } from '@grammyjs/auto-retry'
import { Api, InputFile } from 'grammy'
import type { Message, Update } from 'grammy/types'
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
import type { BotIdentity } from './addressed.ts'
import { createAgent } from './connection.ts'
import { telegramApiRoot } from './endpoint.ts'
import { describe, toFailure, withoutSecrets } from './failure.ts'
import { openFile } from './files.ts'
import { toInbound } from './mappers.ts'
import { toOutcome } from './outcomes.ts'
import { Polling } from './polling.ts'

/** Limits of the Bot API (core.telegram.org/bots/api: sendMessage, sendPhoto; bots/faq: about 30 messages a second). */
const capabilities: ChannelCapabilities = {
  textLength: 4096,
  captionLength: 1024,
  photos: true,
  documents: true,
  typing: true,
  parallelSends: 8,
}

const sendTimeoutSeconds = 120
/** A connection idle for longer may be dead without knowing it, and a message lost on it is one whose end is unknown. */
const idleConnection = 5_000
/** Short waits that Telegram asks for are sat out; longer ones are the outbox's business. */
const flood = { maxDelaySeconds: 3, maxRetryAttempts: 2 }
/** When to look again at an account that cannot send now, in ms. */
const laterDelay = 30_000

/** Makes the adapter of a Telegram bot. Throws `channel.token_refused` without a token. */
export const createTelegramAdapter: AdapterFactory = (account, deps) => new TelegramAdapter(account, deps)

class TelegramAdapter implements ChannelAdapter {
  readonly kind = 'telegram'
  readonly capabilities = capabilities
  readonly #deps: AdapterDeps
  readonly #token: string
  readonly #apiRoot: string
  readonly #bot: BotIdentity
  readonly #api: Api
  #polling: Polling | undefined
  #state: ChannelState = { state: 'stopped' }

  constructor(account: ChannelAccount, deps: AdapterDeps) {
    if (deps.token === null) throw new DomainError('channel.token_refused', { reason: 'missing' })
    this.#deps = deps
    this.#token = deps.token
    this.#bot = { id: account.externalId ?? '', username: account.name }
    this.#apiRoot = account.config.apiRoot ?? telegramApiRoot
    this.#api = createSendingApi(this.#token, this.#apiRoot)
  }

  async start(sink: ChannelSink): Promise<void> {
    if (this.#polling !== undefined) return
    const { clock, log } = this.#deps
    this.#polling = new Polling({
      token: this.#token,
      apiRoot: this.#apiRoot,
      clock,
      log,
      deliver: (update) => this.#deliver(update, sink),
      onState: (state) => this.#setState(state, sink),
    })
    this.#polling.start()
  }

  async stop(): Promise<void> {
    const polling = this.#polling
    if (polling === undefined) return
    await polling.stop()
    this.#polling = undefined
    this.#state = { state: 'stopped' }
  }

  state(): ChannelState {
    return this.#state
  }

  reconnect(sleptMs: number): void {
    this.#polling?.reconnect(sleptMs)
  }

  async send(chatId: string, payload: OutboundPayload, signal: AbortSignal): Promise<SendOutcome> {
    if (signal.aborted) return { state: 'later', afterMs: 0, reason: 'aborted' }
    if (this.#state.state === 'stopped' || isTokenRefused(this.#state)) {
      return { state: 'later', afterMs: laterDelay, reason: 'not_connected' }
    }
    try {
      const message = await this.#hand(toChatId(chatId), payload, signal)
      if (message === null) return { state: 'failed', reason: 'media_missing' }
      return { state: 'sent', externalId: String(message.message_id), sentAt: message.date * 1000 }
    } catch (error) {
      const failure = toFailure(error)
      // Aborted in a wait that Telegram had asked for: it had refused the message for then.
      if (failure.kind === 'internal' && signal.aborted)
        return { state: 'later', afterMs: 0, reason: 'aborted' }
      this.#deps.log.warn('telegram.send_failed', { kind: failure.kind, reason: describe(failure) })
      return toOutcome(failure)
    }
  }

  async typing(chatId: string): Promise<void> {
    await this.#api.sendChatAction(toChatId(chatId), 'typing').catch(() => undefined)
  }

  async fetch(
    reference: Record<string, string | number>,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const source = { api: this.#api, apiRoot: this.#apiRoot, token: this.#token }
    return openFile(source, reference, signal)
  }

  /** Hands one thing over; null when its file is not here. No parse mode: text goes out as it is. */
  async #hand(
    chatId: number | string,
    payload: OutboundPayload,
    signal: AbortSignal,
  ): Promise<Message | null> {
    if (payload.type === 'text') {
      const reply =
        payload.replyToExternalId === undefined
          ? {}
          : {
              reply_parameters: {
                message_id: Number(payload.replyToExternalId),
                allow_sending_without_reply: true,
              },
            }
      return this.#api.sendMessage(chatId, payload.text, reply, toGrammySignal(signal))
    }
    const caption = payload.caption === '' ? {} : { caption: payload.caption }
    if (payload.type === 'photo') {
      const photo = this.#photo(payload.mediaHash, payload.url)
      return photo === null ? null : this.#api.sendPhoto(chatId, photo, caption, toGrammySignal(signal))
    }
    const path = this.#deps.media.path(payload.mediaHash)
    if (path === null) return null
    return this.#api.sendDocument(chatId, new InputFile(path, payload.name), caption, toGrammySignal(signal))
  }

  #photo(mediaHash: string | null, url: string | null): InputFile | string | null {
    const path = mediaHash === null ? null : this.#deps.media.path(mediaHash)
    return path === null ? url : new InputFile(path, 'photo')
  }

  async #deliver(update: Update, sink: ChannelSink): Promise<void> {
    const event = this.#read(update)
    if (event?.type === 'message') await sink.receive(event.message)
    if (event?.type === 'edit') await sink.edit(event.edit)
  }

  /** An update of a shape that nobody foresaw must not hold up all that come after it. */
  #read(update: Update): ReturnType<typeof toInbound> {
    try {
      return toInbound(update, this.#bot)
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown'
      this.#deps.log.error('telegram.update_not_understood', { updateId: update.update_id, error: name })
      return null
    }
  }

  #setState(state: ChannelState, sink: ChannelSink): void {
    this.#state = state
    sink.state(state)
  }
}

function createSendingApi(token: string, apiRoot: string): Api {
  const agent = createAgent(apiRoot, { keepAlive: true, timeout: idleConnection })
  const api = new Api(token, { apiRoot, timeoutSeconds: sendTimeoutSeconds, baseFetchConfig: { agent } })
  // A network error or a 5xx may hide a message that was sent: neither is tried again here.
  const retry = autoRetry({ ...flood, rethrowHttpErrors: true, rethrowInternalServerErrors: true })
  api.config.use(withoutSecrets, retry)
  return api
}

function isTokenRefused(state: ChannelState): boolean {
  return state.state === 'refused' && state.reason === 'token'
}

/** Telegram's ids are whole numbers of at most 52 bits; a channel may also have a name with @. */
function toChatId(chatId: string): number | string {
  const number = Number(chatId)
  return Number.isSafeInteger(number) ? number : chatId
}

/** grammY's type is an older polyfill's; at run time it only adds and removes an abort listener. */
function toGrammySignal(signal: AbortSignal): Parameters<Api['getMe']>[0] {
  return signal as Parameters<Api['getMe']>[0]
}
