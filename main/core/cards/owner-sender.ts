import type { ChannelAdapter } from '../channels/channel.ts'
import { isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log, ProbePoint } from '../host.ts'
import type { NoticeOutcome, OwnerNotice, OwnerNotices } from './owner-notices.ts'

export interface OwnerSenderDependencies {
  notices: OwnerNotices
  bus: EventBus
  clock: Clock
  log: Log
  adapter(accountId: string): ChannelAdapter | null
  probe(point: ProbePoint): void
}

const sendTimeoutMs = 60_000
const retryMs = 1_000
const longestWaitMs = 3_600_000

/** Hands what owners are to be told to the channels, in order for each chat. */
export class OwnerSender {
  readonly #deps: OwnerSenderDependencies
  readonly #running = new Map<string, Promise<unknown>>()
  readonly #timers = new Map<string, () => void>()
  readonly #stop = new AbortController()
  #unsubscribe: (() => void) | null = null
  #refreshing = false

  constructor(deps: OwnerSenderDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#deps.notices.recover()
    this.#unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type === 'owner_chat.changed') this.#refresh()
      if (event.type === 'channel.changed' && event.payload.state === 'ready') this.#refresh()
    })
    this.#refresh()
  }

  /** Stops taking notices and waits for those under way. */
  async stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#stop.abort()
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
    await Promise.allSettled(this.#running.values())
  }

  /** Looks for work once for all events of this tick. */
  #refresh(): void {
    if (this.#refreshing) return
    this.#refreshing = true
    setImmediate(() => {
      this.#refreshing = false
      if (this.#stop.signal.aborted) return
      for (const { ownerChatId, channelAccountId } of this.#deps.notices.waiting()) {
        if (this.#running.has(ownerChatId) || this.#timers.has(ownerChatId)) continue
        const adapter = this.#deps.adapter(channelAccountId)
        if (adapter?.state().state !== 'ready') continue
        const work = this.#drain(ownerChatId, adapter).finally(() => this.#running.delete(ownerChatId))
        this.#running.set(ownerChatId, work)
      }
    })
  }

  async #drain(ownerChatId: string, adapter: ChannelAdapter): Promise<void> {
    try {
      while (!this.#stop.signal.aborted && adapter.state().state === 'ready') {
        const notice = this.#deps.notices.claim(ownerChatId)
        if (notice === null) return
        if (!('id' in notice)) {
          this.#wakeAt(ownerChatId, Date.parse(notice.notBefore) - this.#deps.clock.now())
          return
        }
        await this.#handOver(notice, adapter)
      }
    } catch (error) {
      this.#deps.log.error('cards.notice_failed', { code: isDomainError(error) ? error.code : 'failed' })
      this.#wakeAt(ownerChatId, retryMs)
    }
  }

  async #handOver(notice: OwnerNotice, adapter: ChannelAdapter): Promise<void> {
    this.#deps.probe('notice.claimed')
    const outcome = await adapter
      .send(notice.chatId, { type: 'text', text: notice.text }, AbortSignal.timeout(sendTimeoutMs))
      .then(
        (sent): NoticeOutcome => (sent.state === 'queued' ? { state: 'unknown' } : sent),
        (): NoticeOutcome => ({ state: 'unknown' }),
      )
    this.#deps.probe('notice.handed_over')
    await this.#record(notice.id, outcome)
  }

  /** What became of a notice must be written down before the next one moves. */
  async #record(id: string, outcome: NoticeOutcome): Promise<void> {
    for (;;) {
      try {
        this.#deps.notices.note(id, outcome)
        return
      } catch (error) {
        if (!isDomainError(error) || this.#stop.signal.aborted) throw error
        const { promise, resolve } = Promise.withResolvers<void>()
        const cancel = this.#deps.clock.after(retryMs, resolve)
        this.#stop.signal.addEventListener('abort', () => resolve(), { once: true })
        await promise
        cancel()
      }
    }
  }

  #wakeAt(ownerChatId: string, afterMs: number): void {
    this.#timers.get(ownerChatId)?.()
    const cancel = this.#deps.clock.after(Math.min(Math.max(afterMs, 50), longestWaitMs), () => {
      this.#timers.delete(ownerChatId)
      this.#refresh()
    })
    this.#timers.set(ownerChatId, cancel)
  }
}
