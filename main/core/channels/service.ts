import { join } from 'node:path'
import type { Actor } from '../actor.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import { usualRules } from '../governor/rules.ts'
import type { Clock, Log, Processes } from '../host.ts'
import { newId } from '../ids.ts'
import type { MediaStore } from '../media/service.ts'
import type { Secrets } from '../secrets/service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { AdapterFactory, ChannelAccount, ChannelAccountView } from './account.ts'
import { AttachmentDownloads } from './attachment-downloads.ts'
import type {
  ChannelAdapter,
  ChannelKind,
  ChannelSink,
  ChannelState,
  InboundEdit,
  InboundMessage,
  InboundRemoval,
} from './channel.ts'
import { ChannelRepository } from './repository.ts'
import { identifyBot } from './telegram/identify.ts'

/** Where inbound messages go. Each call is one transaction: it returns after the commit and throws when there was none. */
export interface ChannelInbox {
  receive(accountId: string, message: InboundMessage): unknown
  edit(accountId: string, edit: InboundEdit): unknown
  remove(accountId: string, removal: InboundRemoval): unknown
}

export interface ChannelServiceDeps {
  /** `<shop>/whatsapp` and its like: each account has a folder in it. */
  folder: string
  processes: Processes
  /** The browser that drives a messenger's page. @throws DomainError `browser.*` */
  browser(chosen: string | null): Promise<{ path: string; version: string; userAgent: string }>
  storage: Storage
  secrets: Secrets
  media: MediaStore
  inbox: ChannelInbox
  clock: Clock
  log: Log
  bus: EventBus
  adapters: Partial<Record<ChannelKind, AdapterFactory>>
}

interface Running {
  adapter: ChannelAdapter
  state: ChannelState
}

/** The shop's connections: keeps their accounts and secrets, runs their adapters, hands what arrives to the inbox. */
export class ChannelService {
  readonly #deps: ChannelServiceDeps
  readonly #repository: ChannelRepository
  readonly #downloads: AttachmentDownloads
  readonly #running = new Map<string, Running>()
  /** Why an enabled account has no adapter: its secret does not open, or nothing here speaks its kind. */
  readonly #broken = new Map<string, ChannelState>()
  #started = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: ChannelServiceDeps) {
    this.#deps = deps
    this.#repository = new ChannelRepository(deps.storage)
    this.#downloads = new AttachmentDownloads({ ...deps, adapter: (accountId) => this.adapter(accountId) })
  }

  list(): ChannelAccountView[] {
    return this.#repository.list().map((account) => this.#view(account))
  }

  /** Throws `channel.not_found`. */
  get(id: string): ChannelAccountView {
    return this.#view(this.#account(id))
  }

  /** The running adapter of an account, whatever its state; null while it is off, removed or cannot be opened. */
  adapter(accountId: string): ChannelAdapter | null {
    return this.#running.get(accountId)?.adapter ?? null
  }

  /**
   * Adds a bot after asking Telegram who it is. A bot that was removed before comes back with its conversations; one
   * whose token was refused gets the new token.
   * @throws DomainError `channel.token_refused`, `channel.unreachable`, `channel.already_added`, `input.invalid`
   *   (`field: 'apiRoot'`), `host.secrets_locked`
   */
  addTelegram(actor: Actor, input: { token: string; apiRoot?: string }): Promise<ChannelAccountView> {
    return this.#exclusive(async () => {
      const bot = await identifyBot(input.token, input.apiRoot)
      await this.#deps.secrets.unlock()
      const existing = this.#repository.findByExternalId('telegram', bot.id)
      if (existing !== null && !this.#tokenRefused(existing.id)) {
        throw new DomainError('channel.already_added', { id: existing.id, name: existing.name })
      }
      if (existing !== null) await this.#halt(existing.id)
      const account = this.#deps.storage.write(actor, (tx) => this.#saveBot(tx, bot))
      if (this.#started) await this.#launch(account)
      return this.#view(account)
    })
  }

  /** Disconnects an account, puts it away and forgets its secret. Its conversations stay. Throws `channel.not_found`. */
  remove(actor: Actor, id: string): Promise<void> {
    return this.#exclusive(async () => {
      const account = this.#account(id)
      await this.#halt(id)
      this.#deps.storage.write(actor, (tx) => {
        this.#repository.update(tx, id, { secretId: null, enabled: false })
        if (account.secretId !== null) this.#deps.secrets.remove(tx, account.secretId)
        this.#repository.remove(tx, id)
        tx.emit('channel.changed', { channelAccountId: id, state: 'removed' })
      })
    })
  }

  /** Switches an account on or off. Switching it on again also tries a refused one anew. Throws `channel.not_found`. */
  setEnabled(actor: Actor, id: string, enabled: boolean): Promise<ChannelAccountView> {
    return this.#exclusive(async () => {
      this.#account(id)
      await this.#halt(id)
      this.#deps.storage.write(actor, (tx) => {
        this.#repository.update(tx, id, { enabled })
        tx.emit('channel.changed', { channelAccountId: id, state: enabled ? 'enabled' : 'disabled' })
      })
      const account = this.#account(id)
      if (this.#started && enabled) await this.#launch(account)
      return this.#view(account)
    })
  }

  /** The id of the shop's test chat, made when it is first asked for. */
  testChatAccount(): string {
    const existing = this.#repository.findByExternalId('testchat', 'testchat')
    if (existing !== null) return existing.id
    const account = this.#deps.storage.write('system', (tx) => {
      const id = newId()
      const fields = { id, kind: 'testchat' as const, name: 'testchat', externalId: 'testchat' }
      this.#repository.insert(tx, { ...fields, config: {}, secretId: null, enabled: true })
      return this.#inside(tx, id)
    })
    if (this.#started) void this.#exclusive(() => this.#launch(account))
    return account.id
  }

  /** Starts every enabled account and the download of what is still to be fetched. Connecting goes on by itself. */
  start(): Promise<void> {
    return this.#exclusive(async () => {
      if (this.#started) return
      this.#started = true
      await this.#deps.media.sweep()
      for (const account of this.#repository.list()) if (account.enabled) await this.#launch(account)
      this.#downloads.start()
    })
  }

  /** Stops every account; what was received stays received. */
  stop(): Promise<void> {
    return this.#exclusive(async () => {
      this.#started = false
      await this.#downloads.stop()
      await Promise.all([...this.#running.keys()].map((id) => this.#halt(id)))
    })
  }

  async #launch(account: ChannelAccount): Promise<void> {
    if (this.#running.has(account.id)) return
    this.#broken.delete(account.id)
    const log = this.#deps.log.child({ channel: account.kind, channelAccountId: account.id })
    try {
      const factory = this.#deps.adapters[account.kind]
      if (factory === undefined) throw new DomainError('channel.not_connected', { kind: account.kind })
      const token = account.secretId === null ? null : await this.#deps.secrets.open(account.secretId)
      const { media, clock, processes, browser } = this.#deps
      const folder = join(this.#deps.folder, account.id)
      const adapter = factory(account, { token, media, clock, log, folder, processes, browser })
      this.#running.set(account.id, { adapter, state: adapter.state() })
      await adapter.start(this.#sink(account.id))
    } catch (error) {
      // One account that cannot start must not keep the others from starting.
      const detail = isDomainError(error) ? error.code : 'failed'
      log.error('channel.start_failed', { code: detail })
      this.#running.delete(account.id)
      this.#broken.set(account.id, { state: 'refused', reason: 'token', detail })
      this.#announce(account.id, 'refused')
    }
  }

  async #halt(id: string): Promise<void> {
    this.#broken.delete(id)
    const running = this.#running.get(id)
    if (running === undefined) return
    await running.adapter.stop()
    this.#running.delete(id)
  }

  #sink(accountId: string): ChannelSink {
    const { inbox } = this.#deps
    return {
      receive: async (message) => {
        inbox.receive(accountId, message)
        if (message.attachments.length > 0) this.#downloads.kick()
        // A platform hands over a hundred messages at once: between two commits everybody else gets a turn.
        await new Promise((resolve) => setImmediate(resolve))
      },
      edit: async (edit) => void inbox.edit(accountId, edit),
      remove: async (removal) => void inbox.remove(accountId, removal),
      state: (state) => this.#onState(accountId, state),
    }
  }

  #onState(accountId: string, state: ChannelState): void {
    const running = this.#running.get(accountId)
    if (running === undefined) return
    const before = running.state
    running.state = state
    if (stateKey(before) !== stateKey(state)) this.#announce(accountId, state.state)
    if (state.state === 'ready' && before.state !== 'ready') this.#downloads.kick()
  }

  #announce(channelAccountId: string, state: string): void {
    try {
      this.#deps.storage.write('system', (tx) => tx.emit('channel.changed', { channelAccountId, state }))
    } catch (error) {
      // The state itself is in memory and listed; a full disk must not stop the adapter that reports it.
      this.#deps.log.warn('channel.event_lost', { channelAccountId, code: codeOf(error) })
    }
  }

  #saveBot(
    tx: Tx,
    bot: { id: string; username: string; token: string; apiRoot: string | null },
  ): ChannelAccount {
    const config = bot.apiRoot === null ? {} : { apiRoot: bot.apiRoot }
    const live = this.#repository.findByExternalId('telegram', bot.id, tx)
    const removed = live === null ? this.#repository.findRemoved(tx, 'telegram', bot.id) : null
    const id = live?.id ?? removed?.id ?? newId()
    const secretId = this.#deps.secrets.put(tx, bot.token)
    if (removed !== null) this.#repository.restore(tx, removed.id)
    if (live === null && removed === null) {
      const fields = { id, kind: 'telegram' as const, name: bot.username, externalId: bot.id }
      this.#repository.insert(tx, { ...fields, config, secretId, enabled: true })
    } else {
      this.#repository.update(tx, id, { name: bot.username, config, secretId, enabled: true })
      if (live?.secretId) this.#deps.secrets.remove(tx, live.secretId)
    }
    tx.emit('channel.changed', { channelAccountId: id, state: 'added' })
    return this.#inside(tx, id)
  }

  #tokenRefused(id: string): boolean {
    const state = this.#stateOf(id)
    return state.state === 'refused' && state.reason === 'token'
  }

  #account(id: string): ChannelAccount {
    const account = this.#repository.find(id)
    if (account === null) throw new DomainError('channel.not_found', { id })
    return account
  }

  #inside(tx: Tx, id: string): ChannelAccount {
    const account = this.#repository.find(id, tx)
    if (account === null) throw new DomainError('channel.not_found', { id })
    return account
  }

  #stateOf(id: string): ChannelState {
    return this.#running.get(id)?.state ?? this.#broken.get(id) ?? { state: 'stopped' }
  }

  #view(account: ChannelAccount): ChannelAccountView {
    const { id, kind, name, externalId, enabled, createdAt } = account
    const apiRoot = account.config.apiRoot ?? null
    return {
      id,
      kind,
      name,
      externalId,
      apiRoot,
      enabled,
      createdAt,
      state: this.#stateOf(id),
      rules: usualRules(kind),
      risk: { level: 'low', reasons: [] },
      browser: account.config.browser ?? null,
      riskAcceptedAt: account.config.riskAcceptedAt ?? null,
    }
  }

  /** One change of accounts at a time, in the order of the calls. */
  #exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work)
    this.#last = result.catch(() => undefined)
    return result
  }
}

function stateKey(state: ChannelState): string {
  return state.state === 'waiting' || state.state === 'refused'
    ? `${state.state}:${state.reason}`
    : state.state
}

function codeOf(error: unknown): string {
  return isDomainError(error) ? error.code : 'failed'
}
