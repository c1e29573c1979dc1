import type { Clock } from '../host.ts'
import { isOff } from '../mutants.ts'
import type { OutboxRow } from '../outbox/service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { gapMs, paceOf } from './pace.ts'
import { quietUntil } from './quiet-hours.ts'
import type { GovernorService } from './service.ts'

/** What keeps a reply from leaving. */
export type Departure =
  | { go: 'now' }
  /** Looked at again after `afterMs`. What others than the assistant say passes it. */
  | { go: 'wait'; afterMs: number; typing: boolean }
  | { go: 'never'; why: 'old' | 'replies_ceiling' | 'contacts_ceiling' }

/** Holds from elsewhere: the owner's pause of everything, and what is too old to leave without a look. */
export interface DepartureHolds {
  paused(): boolean
  isOld(row: OutboxRow): boolean
  /** Withdraws a message and keeps it for the owner's look. */
  toDraft(tx: Tx, row: OutboxRow): void
}

export interface DepartureDependencies {
  storage: Storage
  governor: Pick<
    GovernorService,
    'rulesOf' | 'ceilingReached' | 'stopAtCeiling' | 'stopAtRefusal' | 'incident'
  >
  timeZone: () => string
  clock: Clock
  /** From 0 up to 1. */
  random: () => number
  holds?: DepartureHolds
}

/** A hold that ends by itself or by an event is looked at again after this time. */
const longWaitMs = 900_000
/** What quiet hours held back leaves within this time of their end, however old it is by then. */
const afterQuietMs = 3_600_000
const remembered = 500

/** Decides when a reply leaves. Only the assistant's are held; what a person or the shop says leaves at once, or never. */
export class Departures {
  readonly #deps: DepartureDependencies
  /** Monotonic times at which a reply's typing shows, and at which it leaves. */
  readonly #due = new Map<string, { typeAt: number; leaveAt: number }>()
  /** Monotonic time from which an account may send again. */
  readonly #free = new Map<string, number>()

  constructor(deps: DepartureDependencies) {
    this.#deps = deps
  }

  /** `personal`: the account is a person's; after `now` the row counts as sent. */
  of(row: OutboxRow, personal: boolean): Departure {
    const departure = row.author === 'agent' ? this.#ofReply(row, personal) : this.#ofOther(row)
    if (departure.go === 'wait') return departure
    this.#due.delete(row.id)
    if (departure.go === 'now')
      this.#free.set(row.accountId, this.#deps.clock.monotonic() + gapMs(this.#deps.random))
    return departure
  }

  /** A reply that does not leave: it waits for the owner's look, or a person has the conversation. */
  drop(row: OutboxRow, why: Extract<Departure, { go: 'never' }>['why']): void {
    this.#deps.storage.write('system', (tx) => {
      if (why === 'old') this.#deps.holds?.toDraft(tx, row)
      else this.#deps.governor.stopAtCeiling(tx, row.accountId, row.conversationId, why)
    })
  }

  /**
   * The platform refused a message for good. Whoever waits for it gets a person, but for a picture beside the assistant's
   * words; `why` is null where the assistant answers anew.
   */
  refused(tx: Tx, row: OutboxRow, why: string | null): void {
    this.#deps.governor.incident(tx, row.accountId, 'send_failed')
    const isMissed = row.author !== 'agent' || row.payload.type === 'text'
    if (isMissed && why !== null && !/block|deactivat/i.test(why))
      this.#deps.governor.stopAtRefusal(tx, row.conversationId)
  }

  #ofOther(row: OutboxRow): Departure {
    return this.#deps.holds?.isOld(row) === true ? { go: 'never', why: 'old' } : { go: 'now' }
  }

  #ofReply(row: OutboxRow, personal: boolean): Departure {
    const { governor, holds, clock } = this.#deps
    if (holds?.paused()) return wait(longWaitMs)
    const rules = governor.rulesOf(row.accountId)
    const now = clock.now()
    const quiet = isOff('governor.quiet') ? null : quietUntil(now, rules.quietHours, this.#deps.timeZone())
    if (quiet !== null) return wait(Math.min(quiet - now, longWaitMs))
    if (holds !== undefined && !this.#wasQuiet(row, now) && holds.isOld(row))
      return { go: 'never', why: 'old' }
    // A reply of which something has left is told to its end.
    const ceiling = row.part === 0 ? governor.ceilingReached(row.accountId, row.conversationId) : null
    if (ceiling !== null) return { go: 'never', why: ceiling }
    if (rules.humanPace) {
      const pause = this.#pause(row)
      if (pause !== null) return pause
    }
    const free = personal ? (this.#free.get(row.accountId) ?? 0) : 0
    return free > clock.monotonic() ? wait(free - clock.monotonic()) : { go: 'now' }
  }

  /** Reading counts from when the customer's message came: the time that it took to think of an answer is part of it. */
  #pause(row: OutboxRow): Departure | null {
    const now = this.#deps.clock.monotonic()
    let due = this.#due.get(row.id)
    if (due === undefined) {
      const asked = this.#asked(row.conversationId)
      const reply = row.payload.type === 'text' ? row.payload.text.length : row.payload.caption.length
      const texts = { asked: asked?.length ?? 0, reply, first: row.part === 0 }
      const { readMs, typeMs } = paceOf(texts, this.#deps.random)
      const typeAt = now + Math.max(0, readMs - (asked?.agoMs ?? 0))
      due = { typeAt, leaveAt: typeAt + typeMs }
      this.#remember(row.id, due)
    }
    if (now < due.typeAt) return wait(due.typeAt - now)
    return now < due.leaveAt ? wait(due.leaveAt - now, true) : null
  }

  #asked(conversationId: string): { length: number; agoMs: number } | null {
    const message = this.#deps.storage
      .prepare<[string], { text: string; at: string }>(
        `SELECT text, created_at AS at FROM messages WHERE conversation_id = ? AND author = 'customer' AND removed_at IS NULL
         ORDER BY seq DESC LIMIT 1`,
      )
      .get(conversationId)
    if (message === undefined) return null
    return {
      length: message.text.length,
      agoMs: Math.max(0, this.#deps.clock.now() - Date.parse(message.at)),
    }
  }

  #wasQuiet(row: OutboxRow, now: number): boolean {
    const { quietHours } = this.#deps.governor.rulesOf(row.accountId)
    if (quietHours === null) return false
    const until = quietUntil(Date.parse(row.queuedAt), quietHours, this.#deps.timeZone())
    return until !== null && now - until < afterQuietMs
  }

  /** Rows that are cancelled while they wait are never asked for again. */
  #remember(id: string, due: { typeAt: number; leaveAt: number }): void {
    const oldest = this.#due.keys().next().value
    if (this.#due.size >= remembered && oldest !== undefined) this.#due.delete(oldest)
    this.#due.set(id, due)
  }
}

function wait(afterMs: number, typing = false): Departure {
  return { go: 'wait', afterMs, typing }
}
