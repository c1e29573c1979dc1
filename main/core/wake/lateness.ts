import type { InboundMessage } from '../channels/channel.ts'
import type { Clock } from '../host.ts'
import { isOff } from '../mutants.ts'
import type { OutboxRow } from '../outbox/service.ts'
import type { Storage } from '../storage/storage.ts'
import type { ClockChange } from './clock-watch.ts'

/** So long after a channel became ready, or the computer woke, what arrives may have waited at the platform, ms. */
const backlogMs = 120_000
/** What is older than the time nobody listened by more than this cannot have waited for us: a clock is wrong, ms. */
const slackMs = 10 * 60_000
/** What a person or the shop said is true for at least this time, ms. */
const toldMs = 24 * 3_600_000

export interface LatenessDependencies {
  storage: Storage
  clock: Clock
  /** Compares the clocks now; what it finds is told to `onClockChange`. */
  look(): void
  /** Messages older than this are not answered without the owner's look, ms. */
  limitMs(): number
}

/** Whether an account hears its customers. Times are of running time plus sleep, ms. */
interface Listening {
  ready: boolean
  /** When it certainly heard them last. */
  heardAt: number
  /** Until then what arrives may have waited. */
  backlogUntil: number
  /** How long nobody listened before that. */
  absentMs: number
}

/**
 * How old a message is. One that came while somebody listened counts from when it came, whatever the computer's clock
 * says; one that waited at the platform counts from when it was sent.
 */
export class Lateness {
  readonly #deps: LatenessDependencies
  readonly #accounts = new Map<string, Listening>()
  /** Where the wall clock was set: what has at most this number was stored before it. */
  readonly #settings: { seq: number; ms: number }[] = []
  #sleptMs = 0
  /** How long nothing ran before this start, ms. */
  #offMs = Number.POSITIVE_INFINITY

  constructor(deps: LatenessDependencies) {
    this.#deps = deps
  }

  /** Nothing has run for so long. */
  started(offMs: number): void {
    this.#offMs = offMs
  }

  /** An account's connection is there now, or is not. */
  channelChanged(accountId: string, ready: boolean): void {
    const now = this.#now()
    const before = this.#accounts.get(accountId)
    if (before === undefined || before.ready === ready) {
      if (before === undefined) this.#accounts.set(accountId, this.#first(ready, now))
      return
    }
    // One that is lost soon after it was there, or after sleep, may have heard nothing in between.
    const heardAt = before.ready && now >= before.backlogUntil ? now : before.heardAt
    this.#accounts.set(accountId, {
      ready,
      heardAt,
      backlogUntil: ready ? now + backlogMs : 0,
      absentMs: now - heardAt,
    })
  }

  onClockChange(change: ClockChange): void {
    if (change.kind === 'set') {
      this.#settings.push({ seq: this.#newestSeq(), ms: change.ms })
      return
    }
    this.#sleptMs += change.ms
    const now = this.#now()
    for (const account of this.#accounts.values()) {
      if (!account.ready) continue
      if (now - change.ms >= account.backlogUntil) account.heardAt = now - change.ms
      account.backlogUntil = now + backlogMs
      account.absentMs = now - account.heardAt
    }
  }

  /** Whether a message that arrives now waited at the platform while nobody listened. */
  isBacklog(accountId: string, message: Pick<InboundMessage, 'missed' | 'sentAt'>): boolean {
    this.#deps.look()
    if (message.missed === true) return true
    const now = this.#now()
    const account = this.#accounts.get(accountId) ?? this.#first(false, now)
    if (account.ready && now >= account.backlogUntil) return false
    const absentMs = account.ready ? account.absentMs : now - account.heardAt
    return this.#deps.clock.now() - message.sentAt <= absentMs + backlogMs + slackMs
  }

  /** Whether the newest customer's message of a conversation, from `firstSeq` on, is too old to be answered. */
  isOldTurn(conversationId: string, firstSeq: number): boolean {
    const message = this.#deps.storage
      .prepare<[string, number], { seq: number; backlog: number; sentAt: string; createdAt: string }>(
        `SELECT seq, backlog, sent_at AS sentAt, created_at AS createdAt FROM messages
         WHERE conversation_id = ? AND seq >= ? AND author = 'customer' AND removed_at IS NULL ORDER BY seq DESC LIMIT 1`,
      )
      .get(conversationId, firstSeq)
    if (message === undefined || isOff('wake.old_is_not_answered')) return false
    const waited = message.backlog === 1 || isOff('wake.live_is_not_old')
    return this.#isOver(waited ? message.sentAt : message.createdAt, message.seq)
  }

  /** Whether an own message has waited too long to leave without the owner's look. */
  isOldMessage({
    messageId,
    author,
    queuedAt,
  }: Pick<OutboxRow, 'messageId' | 'author' | 'queuedAt'>): boolean {
    const seq = this.#deps.storage
      .prepare<[string], number>('SELECT seq FROM messages WHERE id = ?')
      .pluck()
      .get(messageId) as number | undefined
    if (seq === undefined || isOff('wake.old_is_not_answered')) return false
    const limitMs = this.#deps.limitMs()
    return this.#isOver(queuedAt, seq, author === 'agent' ? limitMs : Math.max(limitMs, toldMs))
  }

  #isOver(since: string, seq: number, limitMs = this.#deps.limitMs()): boolean {
    this.#deps.look()
    const setSince = this.#settings
      .filter((setting) => setting.seq >= seq)
      .reduce((sum, { ms }) => sum + ms, 0)
    return this.#deps.clock.now() - setSince - Date.parse(since) > limitMs
  }

  #first(ready: boolean, now: number): Listening {
    const heardAt = now - this.#offMs
    return { ready, heardAt, backlogUntil: ready ? now + backlogMs : 0, absentMs: this.#offMs }
  }

  #now(): number {
    return this.#deps.clock.monotonic() + this.#sleptMs
  }

  #newestSeq(): number {
    return (this.#deps.storage
      .prepare<[], number>('SELECT coalesce(max(seq), 0) FROM messages')
      .pluck()
      .get() ?? 0) as number
  }
}
