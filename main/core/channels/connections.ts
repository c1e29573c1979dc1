import { join } from 'node:path'
import { DomainError, isDomainError } from '../errors.ts'
import type { ChannelAccount } from './account.ts'
import type { ChannelAdapter, ChannelSink, ChannelState } from './channel.ts'
import type { ChannelServiceDeps } from './dependencies.ts'
import { openChats } from './open-chats.ts'

interface Running {
  adapter: ChannelAdapter
  state: ChannelState
}

export interface ConnectionEvents {
  /** An account's state is another one, or something of it that is shown. */
  state(accountId: string, state: ChannelState, before: ChannelState): void
  /** A personal account says whose it is. Answers a state when it may not be connected. */
  identify(accountId: string, ready: { name: string; externalId: string }): ChannelState | null
  /** There may be files to fetch. */
  fetchable(): void
}

/** The adapters that run, and what they give to the inbox. */
export class Connections {
  readonly #deps: ChannelServiceDeps
  readonly #events: ConnectionEvents
  readonly #running = new Map<string, Running>()
  /** Why an enabled account has no adapter: its secret does not open, nothing here speaks its kind, or it may not be. */
  readonly #broken = new Map<string, ChannelState>()
  /** Adapters that were told to end by themselves, until they have. */
  readonly #ending = new Set<Promise<void>>()

  constructor(deps: ChannelServiceDeps, events: ConnectionEvents) {
    this.#deps = deps
    this.#events = events
  }

  adapter(accountId: string): ChannelAdapter | null {
    return this.#running.get(accountId)?.adapter ?? null
  }

  stateOf(id: string): ChannelState {
    return this.#running.get(id)?.state ?? this.#broken.get(id) ?? { state: 'stopped' }
  }

  ids(): string[] {
    return [...this.#running.keys()]
  }

  async launch(account: ChannelAccount): Promise<void> {
    const { id, kind } = account
    if (this.#running.has(id)) return
    await Promise.all(this.#ending)
    this.#broken.delete(id)
    const log = this.#deps.log.child({ channel: kind, channelAccountId: id })
    try {
      const factory = this.#deps.adapters[kind]
      if (factory === undefined) throw new DomainError('channel.not_connected', { kind })
      const token = account.secretId === null ? null : await this.#deps.secrets.open(account.secretId)
      const { media, clock, processes, browser, storage } = this.#deps
      const adapter = factory(account, {
        token,
        media,
        clock,
        log,
        processes,
        browser,
        folder: join(this.#deps.folder, id),
        groups: () => this.#deps.governor?.rulesOf(id).groups ?? false,
        openChats: (since) => openChats(storage, id, since),
      })
      this.#running.set(id, { adapter, state: adapter.state() })
      await adapter.start(this.#sink(id, adapter))
    } catch (error) {
      // One account that cannot start must not keep the others from starting.
      const detail = isDomainError(error) ? error.code : 'failed'
      log.error('channel.start_failed', { code: detail })
      this.#refuse(id, { state: 'refused', reason: 'token', detail })
    }
  }

  /** Nobody waits any longer for a network that was away with the computer. */
  reconnect(sleptMs: number): void {
    for (const { adapter } of this.#running.values()) adapter.reconnect?.(sleptMs)
  }

  async halt(id: string, how: 'stop' | 'unlink' = 'stop'): Promise<void> {
    this.#broken.delete(id)
    const running = this.#running.get(id)
    if (running === undefined) return
    if (how === 'unlink' && running.adapter.unlink !== undefined) await running.adapter.unlink()
    else await running.adapter.stop()
    this.#running.delete(id)
  }

  async close(): Promise<void> {
    await Promise.all(this.ids().map((id) => this.halt(id)))
    await Promise.all(this.#ending)
  }

  #refuse(id: string, state: ChannelState): void {
    const before = this.stateOf(id)
    this.#running.delete(id)
    this.#broken.set(id, state)
    this.#events.state(id, state, before)
  }

  #sink(accountId: string, adapter: ChannelAdapter): ChannelSink {
    const { inbox, governor, storage, delivered } = this.#deps
    const isRunning = () => this.#running.get(accountId)?.adapter === adapter
    // What an adapter that was refused still gives is nobody's.
    const requireRunning = () => {
      if (!isRunning()) throw new DomainError('cancelled')
    }
    return {
      receive: async (message) => {
        requireRunning()
        inbox.receive(accountId, message)
        if (message.attachments.length > 0) this.#events.fetchable()
        // A platform hands over a hundred messages at once: between two commits everybody else gets a turn.
        await new Promise((resolve) => setImmediate(resolve))
      },
      edit: async (edit) => {
        requireRunning()
        inbox.edit(accountId, edit)
      },
      remove: async (removal) => {
        requireRunning()
        inbox.remove(accountId, removal)
      },
      chats: async (chats) => {
        requireRunning()
        if (governor !== undefined) storage.write('system', (tx) => governor.knowChats(tx, accountId, chats))
      },
      delivered: async (receipt) => {
        requireRunning()
        delivered?.(accountId, receipt)
      },
      state: (state) => {
        if (isRunning()) this.#onState(accountId, adapter, state)
      },
    }
  }

  #onState(accountId: string, adapter: ChannelAdapter, state: ChannelState): void {
    const running = this.#running.get(accountId)
    if (running === undefined) return
    if (state.state === 'ready' && adapter.capabilities.personal === true) {
      const refusal = this.#events.identify(accountId, state)
      if (refusal !== null) {
        this.#refuse(accountId, refusal)
        // The phone would go on listing a device that is of no use.
        this.#end(adapter)
        return
      }
    }
    const before = running.state
    running.state = state
    this.#events.state(accountId, state, before)
    if (state.state === 'ready' && before.state !== 'ready') this.#events.fetchable()
  }

  #end(adapter: ChannelAdapter): void {
    const end = (adapter.unlink?.() ?? adapter.stop()).catch((error: unknown) =>
      this.#deps.log.error('channel.stop_failed', { error: String(error) }),
    )
    this.#ending.add(end)
    void end.finally(() => this.#ending.delete(end))
  }
}
