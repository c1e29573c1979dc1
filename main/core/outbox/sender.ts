import type { ChannelAdapter } from '../channels/channel.ts'
import { isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Departures } from '../governor/departures.ts'
import type { Clock, Log, ProbePoint } from '../host.ts'
import { isOff } from '../mutants.ts'
import { nextSlice } from '../slice-queue.ts'
import type { Outbox, OutboxRow } from './service.ts'

export interface SenderDependencies {
  outbox: Outbox
  /** When a reply may leave; at once where this is left out. */
  departures?: Departures
  bus: EventBus
  clock: Clock
  log: Log
  accounts(): readonly string[]
  adapter(accountId: string): ChannelAdapter | null
  probe(point: ProbePoint): void
}

/** Longest time a hand-over may take before its outcome counts as unknown. */
const sendTimeoutMs = 60_000
/** Pause before a storage fault is tried again. */
const retryMs = 1_000

/**
 * Hands queued rows to the channels: in order for each conversation, several conversations at once, and nothing to a
 * channel that is not connected. What a reply waits for it waits for before it is claimed, so that whoever takes the
 * conversation over meanwhile cancels it.
 */
export class Sender {
  readonly #deps: SenderDependencies
  readonly #busy = new Map<string, string>()
  readonly #waiting = new Map<string, Set<string>>()
  readonly #timers = new Map<string, () => void>()
  /** Conversations whose next reply waits for its time; anything new in them is looked at at once. */
  readonly #holds = new Map<string, () => void>()
  readonly #stop = new AbortController()
  readonly #running = new Set<Promise<void>>()
  #unsubscribe: (() => void) | null = null
  #refreshing = false

  constructor(deps: SenderDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#deps.outbox.recover()
    this.#unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type === 'outbox.changed' && ['queued', 'cancelled'].includes(event.payload.state)) {
        this.#release(event.payload.conversationId)
        this.#refresh()
      }
      if (event.type === 'channel.changed' && event.payload.state === 'ready') this.#refresh()
      const isRule = event.type === 'channel.changed' && event.payload.state === 'rules'
      if (isRule || event.type === 'serving.changed') {
        for (const conversationId of [...this.#holds.keys()]) this.#release(conversationId)
        this.#refresh()
      }
    })
    this.#refresh()
  }

  /** Whether something is on its way to a channel just now. What waits for its time is not. */
  get isHandingOver(): boolean {
    return this.#busy.size > 0
  }

  /** Stops taking new rows and waits for the hand-overs under way. */
  async stop(): Promise<void> {
    this.#unsubscribe?.()
    this.#stop.abort()
    for (const cancel of [...this.#timers.values(), ...this.#holds.values()]) cancel()
    this.#timers.clear()
    this.#holds.clear()
    await Promise.allSettled([...this.#running])
  }

  /** Looks for work once for all events of this tick. */
  #refresh(): void {
    if (this.#refreshing) return
    this.#refreshing = true
    setImmediate(() => {
      this.#refreshing = false
      this.#look()
    })
  }

  #look(): void {
    if (this.#stop.signal.aborted) return
    for (const accountId of this.#deps.accounts()) {
      const adapter = this.#deps.adapter(accountId)
      if (adapter === null || adapter.state().state !== 'ready') continue
      this.#waiting.set(accountId, new Set(this.#deps.outbox.waiting(accountId)))
      this.#fill(accountId, adapter)
    }
  }

  #fill(accountId: string, adapter: ChannelAdapter): void {
    const waiting = this.#waiting.get(accountId)
    if (waiting === undefined || this.#stop.signal.aborted) return
    let active = 0
    for (const account of this.#busy.values()) if (account === accountId) active += 1
    for (const conversationId of waiting) {
      if (active >= adapter.capabilities.parallelSends) return
      if (this.#busy.has(conversationId) || this.#timers.has(conversationId)) continue
      if (this.#holds.has(conversationId)) continue
      waiting.delete(conversationId)
      active += 1
      this.#busy.set(conversationId, accountId)
      const work = this.#drain(conversationId, adapter).finally(() => {
        this.#busy.delete(conversationId)
        this.#running.delete(work)
        this.#fill(accountId, adapter)
      })
      this.#running.add(work)
    }
  }

  /** Sends a conversation's rows one after the other until none is left or something says to wait. */
  async #drain(conversationId: string, adapter: ChannelAdapter): Promise<void> {
    try {
      for (;;) {
        await nextSlice()
        if (this.#stop.signal.aborted || adapter.state().state !== 'ready') return
        const row = await this.#claim(conversationId, adapter)
        if (row === null) return
        if (row.state === 'queued') {
          this.#wakeAt(conversationId, Date.parse(row.notBefore ?? '') - this.#deps.clock.now())
          return
        }
        await this.#handOver(row, adapter)
      }
    } catch (error) {
      this.#deps.log.error('outbox.drain_failed', { code: isDomainError(error) ? error.code : String(error) })
      this.#wakeAt(conversationId, retryMs)
    }
  }

  /** Claims what may leave now; null when nothing does, and then it is known when to look again. */
  async #claim(conversationId: string, adapter: ChannelAdapter): Promise<OutboxRow | null> {
    const { outbox, departures, clock } = this.#deps
    for (;;) {
      const row = outbox.next(conversationId)
      const isLater = row?.notBefore != null && Date.parse(row.notBefore) > clock.now()
      if (departures === undefined || row === null || isLater) return outbox.claim(conversationId)
      const departure = departures.of(row, adapter.capabilities.personal === true)
      if (departure.go === 'now') return outbox.claim(conversationId, row.id)
      if (departure.go === 'never') {
        this.#drop(departures, row, departure.why)
        continue
      }
      if (departure.typing) void adapter.typing(row.chatId).catch(() => undefined)
      if (isOff('governor.wait_before_claim')) {
        const claimed = outbox.claim(conversationId, row.id)
        await this.#pause(departure.afterMs)
        return claimed
      }
      const passing = outbox.next(conversationId, true)
      if (passing === null) {
        this.#hold(conversationId, departure.afterMs)
        return null
      }
      const its = departures.of(passing, adapter.capabilities.personal === true)
      if (its.go !== 'never') return outbox.claim(conversationId, passing.id)
      this.#drop(departures, passing, its.why)
    }
  }

  #drop(departures: Departures, row: OutboxRow, why: Parameters<Departures['drop']>[1]): void {
    departures.drop(row, why)
    if (this.#deps.outbox.isQueued(row.id)) throw new Error('what was dropped is still there')
  }

  async #handOver(row: OutboxRow, adapter: ChannelAdapter): Promise<void> {
    this.#deps.probe('outbox.claimed')
    // Who answers has read; what the shop says unasked leaves the chat as unread as it was on the owner's phone.
    if (row.part === 0 && row.author !== 'system') void adapter.seen?.(row.chatId).catch(() => undefined)
    const outcome = await adapter
      .send(row.chatId, row.payload, AbortSignal.timeout(sendTimeoutMs))
      .catch((error: unknown) => ({
        state: 'unknown' as const,
        reason: error instanceof Error ? error.name : 'error',
      }))
    this.#deps.probe('outbox.handed_over')
    const record = () => {
      switch (outcome.state) {
        case 'sent':
          return this.#deps.outbox.markSent(row.id, outcome.externalId, outcome.sentAt)
        case 'later':
          return this.#deps.outbox.markLater(row.id, outcome.afterMs, outcome.reason)
        case 'failed':
          return this.#deps.outbox.markFailed(row.id, outcome.reason, (tx, anew) =>
            this.#deps.departures?.refused(tx, row, anew ? null : outcome.reason),
          )
        case 'queued':
          return this.#deps.outbox.markQueuedThere(row.id, outcome.externalId)
        case 'unknown':
          return this.#deps.outbox.markUnknown(row.id, outcome.reason)
      }
    }
    await this.#record(record)
  }

  /** What became of a send must be written down before anything else of that conversation moves. */
  async #record(write: () => void): Promise<void> {
    for (;;) {
      try {
        write()
        return
      } catch (error) {
        if (!isDomainError(error) || this.#stop.signal.aborted) throw error
        this.#deps.log.error('outbox.record_failed', { code: error.code })
        await this.#pause(retryMs)
      }
    }
  }

  async #pause(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#deps.clock.after(ms, resolve)
    this.#stop.signal.addEventListener('abort', () => resolve(), { once: true })
    await promise
    cancel()
  }

  #hold(conversationId: string, afterMs: number): void {
    this.#release(conversationId)
    const cancel = this.#deps.clock.after(Math.max(afterMs, 1), () => {
      this.#holds.delete(conversationId)
      this.#refresh()
    })
    this.#holds.set(conversationId, cancel)
  }

  #release(conversationId: string): void {
    this.#holds.get(conversationId)?.()
    this.#holds.delete(conversationId)
  }

  #wakeAt(conversationId: string, afterMs: number): void {
    this.#timers.get(conversationId)?.()
    const cancel = this.#deps.clock.after(Math.min(Math.max(afterMs, 50), 3_600_000), () => {
      this.#timers.delete(conversationId)
      this.#refresh()
    })
    this.#timers.set(conversationId, cancel)
  }
}
