import type { Actor } from '../actor.ts'
import type { ChannelState, InboundMessage } from '../channels/channel.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { DraftService } from '../drafts/service.ts'
import { isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log } from '../host.ts'
import type { Outbox, OutboxRow } from '../outbox/service.ts'
import type { ServingSettings } from '../serving/settings.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { TurnService } from '../turns/service.ts'
import type { Absence } from './absence.ts'
import { Absences } from './absences.ts'
import { type ClockChange, ClockWatch } from './clock-watch.ts'
import { Connections } from './connections.ts'
import { Lateness } from './lateness.ts'
import { type PauseState, ServingPause } from './pause.ts'
import { Suspension } from './suspension.ts'

const heartbeatMs = 60_000
/** Shorter times in which nobody was there are not told, ms. */
const absentMs = 5 * 60_000
/** What `channel.changed` says of a connection; an account that was turned off or removed is missed by nobody. */
const connectionStates: ReadonlySet<string> = new Set<ChannelState['state'] | 'disabled' | 'removed'>([
  'stopped',
  'connecting',
  'pairing',
  'ready',
  'waiting',
  'refused',
  'disabled',
  'removed',
])
const aliveKey = 'serving.alive'
/** `mode_reason` of a conversation in which something waited so long that a person is to look whether it still holds. */
const unsentReason = 'not_sent'

export interface WakeDependencies {
  storage: Storage
  bus: EventBus
  clock: Clock
  log: Log
  turns: TurnService
  outbox: Outbox
  conversations: ConversationService
  drafts: DraftService
  settings(): ServingSettings
  /** Whether an account is one that customers write to now. */
  isServed(accountId: string): boolean
  /** The computer is awake again: turns that were held may begin. */
  awake?(): void
}

/** What becomes of rows that would leave now; the sender asks in the unit of work that takes them. */
export interface Holds {
  /** The owner has paused everything: what the agent wrote stays. */
  paused(): boolean
  /** It was said too long ago: by the agent longer than the owner's threshold, by others a day at least. */
  isOld(row: Pick<OutboxRow, 'author' | 'messageId' | 'queuedAt'>): boolean
  /** Cancels the message's rows that have not left. An agent's become a draft; with others a person is called. */
  toDraft(tx: Tx, row: Pick<OutboxRow, 'author' | 'conversationId' | 'messageId'>): void
}

/**
 * What happens when the shop was not there: recent messages are answered, old ones become drafts, and the owner sees
 * what came meanwhile. Also the pause of everything.
 */
export class WakeService implements Holds {
  readonly #deps: WakeDependencies
  readonly #absences: Absences
  readonly #pause: ServingPause
  readonly #lateness: Lateness
  readonly #watch: ClockWatch
  readonly #connections: Connections
  readonly #suspension: Suspension
  #cancel: (() => void) | null = null
  #unsubscribe: (() => void) | null = null
  #running = false

  constructor(deps: WakeDependencies) {
    const { storage, clock } = deps
    this.#deps = deps
    this.#absences = new Absences(storage)
    this.#pause = new ServingPause({ ...deps, absences: this.#absences })
    this.#watch = new ClockWatch(clock, (change) => this.#onClockChange(change))
    this.#suspension = new Suspension(clock, () => deps.awake?.())
    this.#lateness = new Lateness({
      storage,
      clock,
      look: () => this.#watch.look(),
      limitMs: () => deps.settings().answerWithinMinutes * 60_000,
    })
    this.#connections = new Connections({
      clock,
      onAbsent: (accountId, since) => {
        if (deps.isServed(accountId))
          this.#note((tx) => this.#absences.begin(tx, 'disconnected', accountId, since))
      },
      onBack: (accountId) => this.#note((tx) => this.#absences.end(tx, 'disconnected', accountId, tx.now)),
    })
  }

  /** Begins to listen for what wakes and sleeps. Before channels are started. */
  start(): void {
    const { storage, clock, bus } = this.#deps
    this.#running = true
    const alive = this.#alive()
    this.#lateness.started(alive === null ? Number.POSITIVE_INFINITY : clock.now() - Date.parse(alive))
    if (alive !== null && clock.now() - Date.parse(alive) > absentMs)
      this.#note((tx) => this.#absences.add(tx, 'off', alive, storage.now()))
    this.#unsubscribe = bus.subscribe((event) => {
      if (event.type !== 'channel.changed') return
      const { channelAccountId, state } = event.payload
      // An account's rules and chats change without its connection.
      if (!connectionStates.has(state)) return
      this.#lateness.channelChanged(channelAccountId, state === 'ready')
      this.#connections.changed(channelAccountId, state)
    })
    this.#watch.start()
    this.#beat()
  }

  stop(): void {
    if (!this.#running) return
    this.#beat()
    this.#running = false
    this.#cancel?.()
    this.#unsubscribe?.()
    this.#watch.stop()
    this.#connections.stop()
    this.#suspension.stop()
  }

  state(): PauseState {
    return this.#pause.state()
  }

  paused(): boolean {
    return this.#pause.paused()
  }

  /** Whether no turn may begin now: everything is paused, or the computer is about to sleep. */
  holdsTurns(): boolean {
    return this.paused() || this.#suspension.holds
  }

  /** What the system says of the computer's power. Until `resume`, or for a minute of running time, no turn begins. */
  powerChanged(change: 'suspend' | 'resume'): void {
    if (!this.#running) return
    if (change === 'suspend') {
      // The last sign of life before a sleep that may end in a switch-off.
      this.#beat()
      this.#suspension.begin()
      return
    }
    this.#watch.look()
    this.#beat()
    this.#suspension.end()
  }

  /** The assistant says nothing any more, anywhere, until `resume`. */
  pause(actor: Actor): void {
    this.#pause.pause(actor)
  }

  resume(actor: Actor): void {
    this.#pause.resume(actor)
  }

  /** Absences that nobody has put away, newest first. */
  absences(): Absence[] {
    return this.#absences.list()
  }

  /** Puts one away. @throws DomainError `not_found` */
  seen(actor: Actor, absenceId: string): void {
    this.#absences.seen(actor, absenceId)
  }

  /** Whether a message that arrives now has waited at its platform while nobody listened. */
  isBacklog(accountId: string, message: Pick<InboundMessage, 'missed' | 'sentAt'>): boolean {
    return this.#running ? this.#lateness.isBacklog(accountId, message) : message.missed === true
  }

  /** Something is written in a conversation: its draft is overtaken. Returns the first message that it was to answer. */
  overtake(tx: Tx, conversationId: string): number | null {
    return this.#deps.drafts.overtake(tx, conversationId)
  }

  /** Whether the newest of a turn's messages is too old to be answered without the owner's look. */
  isOldTurn(conversationId: string, firstSeq: number): boolean {
    return this.#lateness.isOldTurn(conversationId, firstSeq)
  }

  /** Asks for a draft in place of an answer. */
  draftTurn(tx: Tx, turn: { conversationId: string; epoch: number; firstMessageSeq: number }): void {
    const { conversationId, epoch, firstMessageSeq: firstSeq } = turn
    this.#deps.drafts.ask(tx, { conversationId, epoch, firstSeq })
  }

  isOld(row: Pick<OutboxRow, 'author' | 'messageId' | 'queuedAt'>): boolean {
    return this.#lateness.isOldMessage(row)
  }

  toDraft(tx: Tx, row: Pick<OutboxRow, 'author' | 'conversationId' | 'messageId'>): void {
    const { outbox, turns, drafts } = this.#deps
    const { conversationId, messageId } = row
    const text = outbox.withdraw(tx, messageId, 'old')
    if (row.author !== 'agent') {
      this.#callToUnsent(tx, conversationId)
      return
    }
    const reply = this.#reply(messageId)
    if (reply === undefined) return
    const firstSeq =
      reply.turnId === null ? reply.seq : (turns.get(reply.turnId)?.firstMessageSeq ?? reply.seq)
    const open = turns.openOf(conversationId)
    // The customer has written since: one answer to all of it.
    if (open !== null) turns.extend(open.id, firstSeq)
    else if (text === '') drafts.ask(tx, { conversationId, epoch: reply.epoch, firstSeq })
    else drafts.keep(tx, { conversationId, epoch: reply.epoch, firstSeq, text })
  }

  /** Once for all that did not leave. Where a rule keeps the assistant out, it stays so. */
  #callToUnsent(tx: Tx, conversationId: string): void {
    const { conversations } = this.#deps
    const { mode, modeReason } = conversations.get(conversationId)
    if (mode === 'person' && modeReason === unsentReason) return
    if (mode !== 'paused') conversations.switchMode(tx, conversationId, 'person', unsentReason)
    tx.emit('handover.requested', { conversationId, reason: unsentReason })
  }

  #reply(messageId: string): { seq: number; turnId: string | null; epoch: number } | undefined {
    return this.#deps.storage
      .prepare<[string], { seq: number; turnId: string | null; epoch: number }>(
        `SELECT m.seq, m.turn_id AS turnId, c.epoch FROM messages m JOIN conversations c ON c.id = m.conversation_id
         WHERE m.id = ?`,
      )
      .get(messageId)
  }

  #onClockChange(change: ClockChange): void {
    this.#lateness.onClockChange(change)
    if (change.kind !== 'slept' || change.ms <= absentMs) return
    const woke = this.#deps.clock.now()
    const [from, to] = [new Date(woke - change.ms).toISOString(), new Date(woke).toISOString()]
    // Found out inside a unit of work, perhaps.
    setImmediate(() => this.#note((tx) => this.#absences.add(tx, 'asleep', from, to)))
  }

  #beat(): void {
    this.#note((tx) => {
      tx.sql
        .prepare(
          `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, 'system')
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
        )
        .run(aliveKey, JSON.stringify({ at: tx.now }), tx.now)
    })
    this.#cancel?.()
    this.#cancel = this.#deps.clock.after(heartbeatMs, () => this.#beat())
  }

  #alive(): string | null {
    const value = this.#deps.storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(aliveKey)
    // Written above from this very type.
    return typeof value === 'string' ? (JSON.parse(value) as { at: string }).at : null
  }

  /** The overview is worth no failure of what goes on beside it. */
  #note(work: (tx: Tx) => void): void {
    if (!this.#running) return
    try {
      this.#deps.storage.write('system', work)
    } catch (error) {
      this.#deps.log.warn('wake.not_noted', { code: isDomainError(error) ? error.code : 'failed' })
    }
  }
}
