import type { Agent } from 'node:http'
import { Bot, GrammyError, type Transformer } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import { isDomainError } from '../../errors.ts'
import type { Clock, Log } from '../../host.ts'
import { createAgent } from './connection.ts'
import { type Failure, toFailure, withoutSecrets } from './failure.ts'

/** Seconds a `getUpdates` may hang at Telegram when there is nothing; the client gives it 20 more. */
const longPollSeconds = 30
const clientTimeoutSeconds = longPollSeconds + 20
/** Waits between tries to commit an update, in ms. */
const commitDelays = [500, 1_000, 2_000, 5_000, 10_000]
/** The last word to Telegram at a stop may take this long, in ms. */
const farewellTimeout = 3_000

export type SessionEnd = { kind: 'failed'; failure: Failure } | { kind: 'abandoned' }

export interface SessionDeps {
  token: string
  apiRoot: string
  clock: Clock
  log: Log
  deliver: (update: Update) => Promise<void>
  onPolled: (me: UserFromGetMe) => void
  onPollFailed: (failure: Failure) => void
  /** A commit failed and is being tried again; `code` says why. */
  onUncommitted: (code: string) => void
}

/** Thrown through grammY to end its loop without confirming anything. */
class SessionClosed extends Error {}

/** Setting up failed: thrown past grammY's own retries, whose waits grow to twenty minutes. */
class SetupFailed extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super('setup failed')
    this.failure = failure
  }
}

/**
 * One run of grammY's long polling. Its loop passes an update whose handler threw, and `bot.stop()` confirms it to
 * Telegram; so the handler keeps an update until it is committed, and nobody calls `bot.stop()` while it has one.
 */
export class PollingSession {
  readonly #deps: SessionDeps
  readonly #bot: Bot
  readonly #agent: Agent
  readonly #abandoned = Promise.withResolvers<SessionEnd>()
  #closed = false
  #inHand: Promise<void> | undefined
  #wake: (() => void) | undefined
  #loop: Promise<void> | undefined
  #farewell: Promise<void> | undefined
  #committedUpdate: number | undefined
  /** Ready for a long poll: until a `getUpdates` has come back, each one asks for an answer at once. */
  #polled = false
  /** Monotonic ms of the last completed `getUpdates`, or of the start. */
  lastCompleted: number

  constructor(deps: SessionDeps) {
    this.#deps = deps
    this.lastCompleted = deps.clock.monotonic()
    // An agent of its own: a session that takes over from a dead connection must not be given that connection again.
    this.#agent = createAgent(deps.apiRoot, { keepAlive: true })
    const baseFetchConfig = { agent: this.#agent, compress: true }
    const client = { apiRoot: deps.apiRoot, timeoutSeconds: clientTimeoutSeconds, baseFetchConfig }
    this.#bot = new Bot(deps.token, { client })
    this.#bot.api.config.use(withoutSecrets, this.#observe)
  }

  /** An update is in hand and not committed yet. */
  get busy(): boolean {
    return this.#inHand !== undefined
  }

  /** Runs until it fails, is closed or abandoned. Never throws. */
  async run(): Promise<SessionEnd> {
    const ended = this.#poll().then(
      (): SessionEnd => ({ kind: 'abandoned' }),
      (error: unknown): SessionEnd => toEnd(error),
    )
    const end = await Promise.race([ended, this.#abandoned.promise])
    await this.#farewell
    this.#agent.destroy()
    return end
  }

  /** Gives the session up as it is, without waiting for anything. Only while no update is in hand. */
  abandon(): void {
    this.#closed = true
    this.#abandoned.resolve({ kind: 'abandoned' })
    // Ends grammY's loop; the confirmation that it tries on the way has no hurry and no need to succeed.
    if (this.#inHand === undefined) void this.#bot.stop().catch(() => undefined)
  }

  /** Ends the session. An update in hand is committed or left unconfirmed; what was committed is confirmed. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#wake?.()
    this.#farewell = this.#sayFarewell()
    await this.#farewell
    this.#abandoned.resolve({ kind: 'abandoned' })
  }

  async #sayFarewell(): Promise<void> {
    if (this.#inHand === undefined) {
      await this.#stopIdleBot()
      return
    }
    await this.#inHand
    await this.#loop?.catch(() => undefined)
    await this.#confirmCommitted()
  }

  async #poll(): Promise<void> {
    const { api } = this.#bot
    const me = await api.getMe()
    this.#bot.botInfo = me
    const webhook = await api.getWebhookInfo()
    if (webhook.url !== undefined && webhook.url !== '') this.#deps.log.warn('telegram.webhook_removed', {})
    if (this.#closed) return
    this.#bot.use((context) => this.#handle(context.update))
    this.#bot.catch((error) => {
      throw error.error
    })
    this.#loop = this.#bot.start({ allowed_updates: ['message', 'edited_message'], timeout: longPollSeconds })
    await this.#loop
  }

  async #handle(update: Update): Promise<void> {
    if (this.#closed) throw new SessionClosed()
    const committed = this.#commit(update)
    const inHand = committed.then(
      () => undefined,
      () => undefined,
    )
    this.#inHand = inHand
    try {
      await committed
      this.#committedUpdate = update.update_id
    } finally {
      this.#inHand = undefined
      this.lastCompleted = this.#deps.clock.monotonic()
    }
    if (this.#closed) throw new SessionClosed()
  }

  /** Tries until the update is committed or the session is closed; a failed commit must never pass for a done one. */
  async #commit(update: Update): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.#deps.deliver(update)
        if (attempt > 0) this.#deps.onPolled(this.#bot.botInfo)
        return
      } catch (error) {
        const code = isDomainError(error) ? error.code : 'failed'
        this.#deps.log.error('telegram.commit_failed', { updateId: update.update_id, code, attempt })
        this.#deps.onUncommitted(code)
      }
      await this.#wait(commitDelays[Math.min(attempt, commitDelays.length - 1)] ?? 10_000)
      if (this.#closed) throw new SessionClosed()
    }
  }

  /** Watches grammY's calls go by: how polling fares is known only here. */
  readonly #observe: Transformer = async (call, method, payload, signal) => {
    if (method !== 'getUpdates') {
      if (method !== 'deleteWebhook') return call(method, payload, signal)
      return this.#setUp(() => call(method, payload, signal), method)
    }
    if (this.#closed) return call(method, { ...payload, timeout: 0 }, signal)
    const asked = this.#polled ? payload : { ...payload, timeout: 0 }
    try {
      const response = await call(method, asked, signal)
      if (response.ok) this.#onPolled()
      else this.#onPollFailed(toFailure(new GrammyError(method, response, method, {})))
      return response
    } catch (error) {
      this.#onPollFailed(toFailure(error))
      throw error
    }
  }

  async #setUp<T extends { ok: boolean }>(call: () => Promise<T>, method: string): Promise<T> {
    const response = await call().catch((error: unknown) => {
      throw new SetupFailed(toFailure(error))
    })
    if (response.ok) return response
    // Not ok: the response is the error that Telegram describes.
    const error = response as unknown as ConstructorParameters<typeof GrammyError>[1]
    throw new SetupFailed(toFailure(new GrammyError(method, error, method, {})))
  }

  #onPolled(): void {
    this.lastCompleted = this.#deps.clock.monotonic()
    if (this.#closed) return
    this.#polled = true
    this.#deps.onPolled(this.#bot.botInfo)
  }

  #onPollFailed(failure: Failure): void {
    this.#polled = false
    // A refused token and a second poller end the loop; they are told from its end.
    if (!this.#closed && failure.kind !== 'refused') this.#deps.onPollFailed(failure)
  }

  /** `bot.stop()` confirms the last update it was given: right only because none is in hand. */
  async #stopIdleBot(): Promise<void> {
    const stopped = this.#bot.stop().catch(() => undefined)
    await Promise.race([stopped, this.#pause(farewellTimeout)])
  }

  async #confirmCommitted(): Promise<void> {
    if (this.#committedUpdate === undefined) return
    const offset = this.#committedUpdate + 1
    const confirmed = this.#bot.api.getUpdates({ offset, limit: 1, timeout: 0 }).catch(() => undefined)
    await Promise.race([confirmed, this.#pause(farewellTimeout)])
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#deps.clock.after(ms, resolve))
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#deps.clock.after(ms, resolve)
      this.#wake = () => {
        cancel()
        resolve()
      }
    })
  }
}

function toEnd(error: unknown): SessionEnd {
  if (error instanceof SessionClosed) return { kind: 'abandoned' }
  return { kind: 'failed', failure: error instanceof SetupFailed ? error.failure : toFailure(error) }
}
