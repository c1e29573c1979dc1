import { rm } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { Actor } from '../actor.ts'
import { DomainError, isDomainError } from '../errors.ts'
import { usualRules } from '../governor/rules.ts'
import { newId } from '../ids.ts'
import type { Tx } from '../storage/storage.ts'
import type { ChannelAccount, ChannelAccountView } from './account.ts'
import { AttachmentDownloads } from './attachment-downloads.ts'
import type { ChannelAdapter, ChannelState } from './channel.ts'
import { ChannelNews } from './channel-news.ts'
import { Connections } from './connections.ts'
import type { ChannelChange, ChannelServiceDeps } from './dependencies.ts'
import { ChannelRepository } from './repository.ts'
import { identifyBot } from './telegram/identify.ts'
import { TelegramAccounts } from './telegram-accounts.ts'
import { WhatsAppAccounts } from './whatsapp-accounts.ts'

export type { ChannelChange, ChannelGovernor, ChannelInbox, ChannelServiceDeps } from './dependencies.ts'

/** The shop's connections: keeps their accounts and secrets, runs their adapters, hands what arrives to the inbox. */
export class ChannelService {
  readonly #deps: ChannelServiceDeps
  readonly #repository: ChannelRepository
  readonly #downloads: AttachmentDownloads
  readonly #telegram: TelegramAccounts
  readonly #whatsApp: WhatsAppAccounts
  readonly #news: ChannelNews
  readonly #connections: Connections
  #started = false
  #last: Promise<unknown> = Promise.resolve()

  constructor(deps: ChannelServiceDeps) {
    this.#deps = deps
    this.#repository = new ChannelRepository(deps.storage)
    this.#telegram = new TelegramAccounts(deps.storage, this.#repository, deps.secrets)
    this.#whatsApp = new WhatsAppAccounts(deps.storage, this.#repository)
    this.#news = new ChannelNews(deps, (id) => {
      const account = this.#repository.find(id)
      return account === null ? null : this.#view(account)
    })
    this.#connections = new Connections(deps, {
      state: (id, state, before) => this.#news.onState(id, state, before),
      identify: (id, ready) => this.#identify(id, ready),
      fetchable: () => this.#downloads.kick(),
    })
    // From an account that is not ready nothing comes: it is asked again once it is.
    const adapter = (id: string) => (this.#stateOf(id).state === 'ready' ? this.adapter(id) : null)
    this.#downloads = new AttachmentDownloads({ ...deps, adapter })
  }

  list(): ChannelAccountView[] {
    return this.#repository.list().map((account) => this.#view(account))
  }

  /** Throws `channel.not_found`. */
  get(id: string): ChannelAccountView {
    return this.#view(this.#account(id))
  }

  /** Resolves when none of these messages' voice notes can still be understood, or after a while. */
  voiceNotesRead(messageIds: readonly string[], signal: AbortSignal): Promise<void> {
    return this.#downloads.read(messageIds, signal)
  }

  /** The running adapter of an account, whatever its state; null while it is off, removed or cannot be opened. */
  adapter(accountId: string): ChannelAdapter | null {
    return this.#connections.adapter(accountId)
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
      await this.#deps.secrets.unlockToKeep()
      const existing = this.#repository.findByExternalId('telegram', bot.id)
      if (existing !== null && !this.#tokenRefused(existing.id)) {
        throw new DomainError('channel.already_added', { id: existing.id, name: existing.name })
      }
      if (existing !== null) await this.#connections.halt(existing.id)
      const account = this.#telegram.save(actor, bot)
      if (this.#started) await this.#connections.launch(account)
      return this.#view(account)
    })
  }

  /**
   * Adds a WhatsApp account; the code to scan appears in its state.
   * @param input `browser`: absolute path of one for this account alone; it is started once to see that it works
   * @throws DomainError `channel.risk_not_accepted`, `input.invalid` (`field: 'browser'`), `browser.not_usable`
   */
  addWhatsApp(
    actor: Actor,
    input: { riskAccepted: boolean; browser?: string | undefined },
  ): Promise<ChannelAccountView> {
    return this.#exclusive(async () => {
      if (!input.riskAccepted) throw new DomainError('channel.risk_not_accepted')
      if (input.browser !== undefined) await this.#requireBrowser(input.browser)
      const id = this.#whatsApp.add(actor, input.browser)
      await this.#relaunch(id)
      return this.#view(this.#account(id))
    })
  }

  /** Chooses the browser of an account; null for the computer's. @throws as `addWhatsApp`, `channel.not_found` */
  setBrowser(actor: Actor, id: string, browser: string | null): Promise<ChannelAccountView> {
    return this.#exclusive(async () => {
      const account = this.#account(id)
      if (browser !== null) await this.#requireBrowser(browser)
      this.#whatsApp.setBrowser(actor, account, browser)
      await this.#relaunch(id)
      return this.#view(this.#account(id))
    })
  }

  /** Takes the connection back from where else it was opened. @throws DomainError `channel.no_conflict`, `channel.not_found` */
  async useHere(id: string): Promise<ChannelAccountView> {
    const account = this.#account(id)
    const adapter = this.adapter(id)
    if (adapter?.useHere === undefined) throw new DomainError('channel.no_conflict', { id })
    await adapter.useHere()
    return this.#view(account)
  }

  /** Asks for a fresh code. @throws DomainError `channel.not_pairing`, `channel.not_found` */
  async refreshCode(id: string): Promise<void> {
    this.#account(id)
    const adapter = this.adapter(id)
    if (adapter?.refreshCode === undefined) throw new DomainError('channel.not_pairing', { id })
    await adapter.refreshCode()
  }

  /** To be called when an account's rules are others. */
  rulesChanged(id: string): void {
    this.adapter(id)?.rulesChanged?.()
    this.#news.tell(id)
  }

  /** To be called when a browser has arrived or another one was chosen: accounts that found none try again. */
  browsersChanged(): void {
    void this.#exclusive(async () => {
      for (const account of this.#repository.list()) {
        const state = this.#stateOf(account.id)
        if (state.state === 'refused' && state.reason === 'browser') await this.#relaunch(account.id)
      }
    }).catch(() => undefined)
  }

  /** To be called when the computer has woken, after so many ms: accounts that wait to connect again do so at once. */
  reconnect(sleptMs: number): void {
    this.#connections.reconnect(sleptMs)
  }

  /** Every change of every account, in order, from now on. */
  follow(listener: (change: ChannelChange) => void): () => void {
    return this.#news.follow(listener)
  }

  /**
   * Disconnects an account, puts it away and forgets its secret or session. Its conversations stay.
   * @param unlink ends the session at the platform too, where it is connected
   * @throws DomainError `channel.not_found`
   */
  remove(actor: Actor, id: string, { unlink }: { unlink: boolean } = { unlink: true }): Promise<void> {
    return this.#exclusive(async () => {
      const account = this.#account(id)
      await this.#connections.halt(id, unlink ? 'unlink' : 'stop')
      this.#deps.storage.write(actor, (tx) => {
        this.#repository.update(tx, id, { secretId: null, enabled: false })
        if (account.secretId !== null) this.#deps.secrets.remove(tx, account.secretId)
        this.#repository.remove(tx, id)
        tx.emit('channel.changed', { channelAccountId: id, state: 'removed' })
      })
      this.#news.tell(id)
      await rm(join(this.#deps.folder, id), { recursive: true, force: true, maxRetries: 5 })
    })
  }

  /** Switches an account on or off. Switching it on again also tries a refused one anew. Throws `channel.not_found`. */
  setEnabled(actor: Actor, id: string, enabled: boolean): Promise<ChannelAccountView> {
    return this.#exclusive(async () => {
      this.#account(id)
      await this.#connections.halt(id)
      this.#deps.storage.write(actor, (tx) => {
        this.#repository.update(tx, id, { enabled })
        tx.emit('channel.changed', { channelAccountId: id, state: enabled ? 'enabled' : 'disabled' })
      })
      await this.#relaunch(id)
      this.#news.tell(id)
      return this.#view(this.#account(id))
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
    if (this.#started) void this.#exclusive(() => this.#connections.launch(account))
    return account.id
  }

  /** Starts every enabled account and the download of what is still to be fetched. Connecting goes on by itself. */
  start(): Promise<void> {
    return this.#exclusive(async () => {
      if (this.#started) return
      this.#started = true
      await this.#deps.media.sweep()
      for (const account of this.#repository.list())
        if (account.enabled) await this.#connections.launch(account)
      this.#downloads.start()
    })
  }

  /** Stops every account; what was received stays received. */
  stop(): Promise<void> {
    return this.#exclusive(async () => {
      this.#started = false
      await this.#downloads.stop()
      await this.#connections.close()
    })
  }

  /** Starts an account anew with what it is now. */
  async #relaunch(id: string): Promise<void> {
    await this.#connections.halt(id)
    const account = this.#account(id)
    if (this.#started && account.enabled) await this.#connections.launch(account)
  }

  /** @throws DomainError `input.invalid`, `browser.not_usable` */
  async #requireBrowser(path: string): Promise<void> {
    if (!isAbsolute(path)) throw new DomainError('input.invalid', { field: 'browser' })
    await this.#deps.browser(path)
  }

  #identify(id: string, ready: { name: string; externalId: string }): ChannelState | null {
    try {
      return this.#whatsApp.identify(id, ready)
    } catch (error) {
      // It can be noted when it is ready the next time.
      this.#deps.log.warn('channel.not_noted', {
        channelAccountId: id,
        code: isDomainError(error) ? error.code : 'failed',
      })
      return null
    }
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
    return this.#connections.stateOf(id)
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
      rules: this.#deps.governor?.rulesOf(id) ?? usualRules(kind),
      risk: this.#deps.governor?.risk(id) ?? { level: 'low', reasons: [] },
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
