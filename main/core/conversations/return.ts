import { isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log } from '../host.ts'
import type { Storage } from '../storage/storage.ts'
import { returnsByItself } from './returning.ts'
import type { ConversationService } from './service.ts'

export interface ReturnDependencies {
  storage: Storage
  bus: EventBus
  clock: Clock
  log: Log
  conversations: ConversationService
  /** Minutes without a message or an act of a person; null for never. */
  minutes: () => number | null
}

interface Held {
  id: string
  mode: string
  modeReason: string
  epoch: number
  lastMessageSeq: number
  personAt: string | null
  lastHeardAt: string | null
}

/** What a timer waits for: nothing of this has changed since that moment of monotonic time. */
interface Quiet {
  key: string
  since: number
}

const select = `SELECT c.id, c.mode, c.mode_reason AS modeReason, c.epoch, c.last_message_seq AS lastMessageSeq,
    c.person_at AS personAt, m.created_at AS lastHeardAt
  FROM conversations c LEFT JOIN messages m ON m.seq = c.last_message_seq WHERE c.deleted_at IS NULL`

/** Pause after a write that the disk refused. */
const retryMs = 60_000

/**
 * Gives back to the assistant what a person took and then left alone. How long it has been quiet is told by the wall
 * clock once, at the start and after the computer slept; from then on by time that nobody can set.
 */
export class ConversationReturn {
  readonly #deps: ReturnDependencies
  readonly #quiet = new Map<string, Quiet>()
  #unsubscribe: (() => void) | null = null
  #cancel: (() => void) | null = null

  constructor(deps: ReturnDependencies) {
    this.#deps = deps
  }

  start(): void {
    this.#unsubscribe = this.#deps.bus.subscribe((event) => {
      if (event.type === 'conversation.changed' || event.type === 'message.added')
        this.#look(event.payload.conversationId)
      // An absence may have been a sleep, in which monotonic time stands still on some systems.
      if (event.type === 'absence.changed') this.#scan()
      if (event.type === 'serving.changed') this.#arm()
    })
    this.#scan()
  }

  stop(): void {
    this.#unsubscribe?.()
    this.#cancel?.()
    this.#cancel = null
    this.#quiet.clear()
  }

  #scan(): void {
    const { storage, clock } = this.#deps
    const held = storage.prepare<[], Held>(`${select} AND c.mode = 'person'`).all()
    this.#quiet.clear()
    for (const row of held) {
      if (!returnsByItself(row)) continue
      const last = Math.max(
        ...[row.personAt, row.lastHeardAt].map((at) => (at === null ? 0 : Date.parse(at))),
      )
      const age = Math.max(0, clock.now() - last)
      this.#quiet.set(row.id, { key: keyOf(row), since: clock.monotonic() - age })
    }
    this.#arm()
  }

  #look(id: string): void {
    const row = this.#held(id)
    const known = this.#quiet.get(id)
    if (row === null) {
      if (this.#quiet.delete(id)) this.#arm()
    } else if (known?.key !== keyOf(row)) {
      this.#quiet.set(id, { key: keyOf(row), since: this.#deps.clock.monotonic() })
      this.#arm()
    }
  }

  #held(id: string): Held | null {
    const row = this.#deps.storage.prepare<[string], Held>(`${select} AND c.id = ?`).get(id)
    return row !== undefined && returnsByItself(row) ? row : null
  }

  #arm(): void {
    this.#cancel?.()
    this.#cancel = null
    const minutes = this.#deps.minutes()
    if (minutes === null || this.#quiet.size === 0) return
    let soonest = Number.POSITIVE_INFINITY
    for (const { since } of this.#quiet.values()) soonest = Math.min(soonest, since)
    const left = soonest + minutes * 60_000 - this.#deps.clock.monotonic()
    this.#wait(Math.max(0, left))
  }

  #wait(ms: number): void {
    this.#cancel = this.#deps.clock.after(ms, () => {
      this.#cancel = null
      try {
        this.#giveBack()
        this.#arm()
      } catch (error) {
        this.#deps.log.error('conversations.return_failed', {
          code: isDomainError(error) ? error.code : String(error),
        })
        this.#wait(retryMs)
      }
    })
  }

  #giveBack(): void {
    const { storage, clock, conversations } = this.#deps
    const minutes = this.#deps.minutes()
    if (minutes === null) return
    const due = [...this.#quiet].filter(([, { since }]) => clock.monotonic() - since >= minutes * 60_000)
    for (const [id, { key }] of due) {
      storage.write('system', (tx) => {
        const row = this.#held(id)
        if (row !== null && keyOf(row) === key) conversations.returnByItself(tx, id)
      })
      this.#quiet.delete(id)
    }
  }
}

function keyOf({ epoch, lastMessageSeq, personAt }: Held): string {
  return `${epoch} ${lastMessageSeq} ${personAt ?? ''}`
}
