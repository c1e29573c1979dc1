import type { ConversationService } from '../conversations/service.ts'
import { isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log } from '../host.ts'
import { addDays, localMoment, startOfDay } from '../language/calendar.ts'
import { nextSlice } from '../slice-queue.ts'
import type { Storage } from '../storage/storage.ts'
import type { GovernorService } from './service.ts'

export interface CeilingReturnDependencies {
  storage: Storage
  bus: EventBus
  clock: Clock
  log: Log
  conversations: Pick<ConversationService, 'returnByItself'>
  governor: Pick<GovernorService, 'ceilingReached'>
  timeZone: () => string
}

/** `mode_reason` of a conversation that went back because its account may say more again. */
const ceilingOverReason = 'ceiling_over'

/** A clock that was set, or a computer that slept, is noticed within this time. */
const longestWaitMs = 3_600_000

/** With a person only because the assistant had said enough for the day; nobody has seen to it since. */
const held = `deleted_at IS NULL AND mode = 'person' AND mode_reason = 'ceiling' AND done_at IS NULL
  AND (person_at IS NULL OR person_at < mode_since)`

/**
 * Gives back to the assistant what a daily ceiling alone took from it: on the next day, or when the owner raises the
 * ceiling. Whether what waits there is answered or becomes a draft is told by its age, as always.
 */
export class CeilingReturn {
  readonly #deps: CeilingReturnDependencies
  #unsubscribe: (() => void) | null = null
  #cancel: (() => void) | null = null
  #stopped = false

  constructor(deps: CeilingReturnDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type === 'channel.changed' && event.payload.state === 'rules')
        void this.#giveBack(this.#deps.storage.now())
      if (event.type === 'absence.changed') this.#look()
    })
    this.#look()
  }

  stop(): void {
    this.#stopped = true
    this.#unsubscribe?.()
    this.#cancel?.()
  }

  #look(): void {
    const { clock, timeZone } = this.#deps
    const now = clock.now()
    const zone = timeZone()
    const { date } = localMoment(new Date(now), zone)
    const next = Date.parse(startOfDay(addDays(date, 1), zone))
    this.#cancel?.()
    this.#cancel = clock.after(Math.min(Math.max(next - now, 1_000), longestWaitMs), () => this.#look())
    void this.#giveBack(startOfDay(date, zone))
  }

  /** Those that a person has had since before a moment, UTC ISO 8601; longest first, one after the other. */
  async #giveBack(before: string): Promise<void> {
    const { storage, conversations, governor, log } = this.#deps
    try {
      const waiting = storage
        .prepare<[string], { id: string; accountId: string }>(
          `SELECT id, channel_account_id AS accountId FROM conversations WHERE ${held} AND mode_since < ? ORDER BY mode_since`,
        )
        .all(before)
      const still = storage.prepare<[string], number>(`SELECT 1 FROM conversations WHERE id = ? AND ${held}`)
      for (const { id, accountId } of waiting) {
        await nextSlice()
        if (this.#stopped) return
        storage.write('system', (tx) => {
          if (still.get(id) === undefined || governor.ceilingReached(accountId, id) !== null) return
          conversations.returnByItself(tx, id, ceilingOverReason)
        })
      }
    } catch (error) {
      log.error('governor.ceiling_return_failed', {
        code: isDomainError(error) ? error.code : String(error),
      })
    }
  }
}
