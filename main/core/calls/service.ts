import type { ConversationService } from '../conversations/service.ts'
import { isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Log, Notifier } from '../host.ts'
import type { ServingSettings } from '../serving/settings.ts'
import type { Storage, Tx } from '../storage/storage.ts'

export interface CallDependencies {
  slug: string
  storage: Storage
  bus: EventBus
  log: Log
  conversations: ConversationService
  notifier: Notifier
  settings: () => ServingSettings['callOwner']
  /** Queues the call in the owners' own messengers. */
  announce(tx: Tx, conversationId: string, reason: string): void
}

const key = 'calls.seq'
/** A call that nobody heard because the app was off is made up for, but not after this time. */
const stalestMs = 24 * 3_600_000

/**
 * Calls the owner when a conversation needs a person: once for each time it is handed over, whatever the customer
 * writes after that. Which calls were made is kept with them, so that none is lost or repeated by a restart.
 */
export class CallService {
  readonly #deps: CallDependencies
  #unsubscribe: (() => void) | null = null

  constructor(deps: CallDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type === 'handover.requested') this.#call({ seq: event.seq, ...event.payload })
    })
    for (const missed of this.#missed()) this.#call(missed)
  }

  stop(): void {
    this.#unsubscribe?.()
  }

  #missed(): { seq: number; conversationId: string; reason: string }[] {
    const { storage } = this.#deps
    const last = this.#last()
    if (last === null) {
      storage.write('system', (tx) => this.#note(tx, this.#newest()))
      return []
    }
    const since = new Date(Date.parse(storage.now()) - stalestMs).toISOString()
    return storage
      .prepare<[number, string], { seq: number; conversationId: string; reason: string }>(
        `SELECT seq, json_extract(payload, '$.conversationId') AS conversationId, json_extract(payload, '$.reason') AS reason
         FROM events WHERE seq > ? AND type = 'handover.requested' AND at >= ? ORDER BY seq`,
      )
      .all(last, since)
  }

  #call({ seq, conversationId, reason }: { seq: number; conversationId: string; reason: string }): void {
    const { slug, storage, conversations, notifier, settings, announce, log } = this.#deps
    try {
      const { messenger, notification } = settings()
      const customer = storage.write('system', (tx) => {
        if (seq <= (this.#last() ?? 0)) return null
        this.#note(tx, seq)
        const { mode, customerName } = conversations.get(conversationId)
        // Somebody has given it back already.
        if (mode === 'bot') return null
        if (messenger) announce(tx, conversationId, reason)
        return customerName
      })
      if (customer !== null && notification)
        notifier.notify({ kind: 'handover', shop: slug, conversationId, data: { customer, reason } })
    } catch (error) {
      log.error('calls.failed', { conversationId, code: isDomainError(error) ? error.code : String(error) })
    }
  }

  #last(): number | null {
    const value = this.#deps.storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(key)
    return typeof value === 'string' ? Number(value) : null
  }

  #newest(): number {
    return Number(this.#deps.storage.prepare('SELECT coalesce(max(seq), 0) FROM events').pluck().get())
  }

  #note(tx: Tx, seq: number): void {
    this.#deps.storage
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(key, String(seq), tx.now, tx.actor)
  }
}
