import type { OutboundPayload } from '../channels/channel.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { isPassed, Outcomes, type Own } from './outcomes.ts'
import {
  type OutboxRow,
  parsePayload,
  payloadText,
  type Row,
  selectRow,
  toRow,
  type UnknownSend,
} from './row.ts'

export type { OutboxRow, OutboxState, UnknownSend } from './row.ts'

/** What is to be sent, and what became of it. Rows leave in order for each conversation. */
export class Outbox {
  readonly #storage: Storage
  /** What became of what was handed over. */
  readonly #outcomes: Outcomes

  constructor(storage: Storage) {
    this.#storage = storage
    this.#outcomes = new Outcomes(storage)
  }

  /** What to do, in the same unit of work, when a reply of before a take-over did not leave although it was on its way. */
  whenWithdrawn(then: (tx: Tx, conversationId: string) => void): void {
    this.#outcomes.whenWithdrawn(then)
  }

  /** Queues the parts of one message. Commits with whatever else `tx` does. */
  enqueue(
    tx: Tx,
    message: {
      conversationId: string
      accountId: string
      messageId: string
      turnId: string | null
      epoch: number
      author: 'agent' | 'person' | 'system'
      parts: readonly OutboundPayload[]
    },
  ): void {
    const insert = this.#storage.prepare(
      `INSERT INTO outbox (id, conversation_id, channel_account_id, message_id, turn_id, epoch, part, author, payload, state, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?)`,
    )
    message.parts.forEach((payload, part) => {
      insert.run(
        newId(),
        message.conversationId,
        message.accountId,
        message.messageId,
        message.turnId,
        message.epoch,
        part,
        message.author,
        JSON.stringify(payload),
        tx.now,
        tx.now,
      )
    })
    tx.emit('outbox.changed', {
      conversationId: message.conversationId,
      messageId: message.messageId,
      state: 'queued',
    })
  }

  /** Cancels the bot's replies that were not handed over yet; what a person wrote and notices of the shop stay. */
  cancelQueuedReplies(tx: Tx, conversationId: string): number {
    const rows = this.#storage
      .prepare<[string, string], { message_id: string }>(
        `UPDATE outbox SET state = 'cancelled', updated_at = ? WHERE conversation_id = ? AND state IN ('queued', 'sending') AND state = 'queued' AND author = 'agent'
         RETURNING message_id`,
      )
      .all(tx.now, conversationId)
    for (const messageId of new Set(rows.map((row) => row.message_id))) {
      tx.emit('outbox.changed', { conversationId, messageId, state: 'cancelled' })
    }
    return rows.length
  }

  /** Cancels what has not left of a message. Returns its texts, in order. */
  withdraw(tx: Tx, messageId: string, reason: string): string {
    const rows = this.#storage
      .prepare<[string], Row>(`${selectRow} WHERE o.message_id = ? AND o.state = 'queued' ORDER BY o.part`)
      .all(messageId)
    for (const row of rows) this.#outcomes.setState(tx, row, 'cancelled', { error: reason })
    return rows
      .map((row) => payloadText(parsePayload(row.payload)).trim())
      .filter((text) => text !== '')
      .join('\n\n')
  }

  /** Lets what is queued or being handed over leave under a new epoch: the bot itself handed over. */
  carryOver(conversationId: string, epoch: number): void {
    this.#storage
      .prepare("UPDATE outbox SET epoch = ? WHERE conversation_id = ? AND state IN ('queued', 'sending')")
      .run(epoch, conversationId)
  }

  /** Whether everything said in a conversation so far has left, or never will. */
  isSettled(conversationId: string): boolean {
    return (
      this.#storage
        .prepare<[string]>(
          "SELECT 1 FROM outbox WHERE conversation_id = ? AND state IN ('queued', 'sending') LIMIT 1",
        )
        .get(conversationId) === undefined
    )
  }

  /** Conversations of an account that have something queued, oldest first. (The doubled condition lets SQLite use the partial index.) */
  waiting(accountId: string): string[] {
    return this.#storage
      .prepare<[string], string>(
        `SELECT conversation_id FROM outbox WHERE state IN ('queued', 'sending') AND state = 'queued' AND channel_account_id = ?
         GROUP BY conversation_id ORDER BY min(seq)`,
      )
      .pluck()
      .all(accountId) as string[]
  }

  /** The row of a conversation that leaves next, those of the bot left out where `passing`; null while one is under way. */
  next(conversationId: string, passing = false): OutboxRow | null {
    const rows = this.#storage
      .prepare<[string], Row>(
        `${selectRow} WHERE o.conversation_id = ? AND o.state IN ('queued', 'sending') ORDER BY o.seq`,
      )
      .all(conversationId)
    if (rows.some((row) => row.state === 'sending')) return null
    const row = rows.find((one) => !isPassed(one) && (!passing || one.author !== 'agent'))
    return row === undefined ? null : toRow(row)
  }

  /**
   * Takes the next row of a conversation for sending, or null when there is none to send now; the one with `id` where that
   * is given, which then passes those before it. A reply whose epoch has passed is cancelled instead.
   */
  claim(conversationId: string, id?: string): OutboxRow | null {
    return this.#storage.write('system', (tx) => {
      for (;;) {
        const first = this.#storage
          .prepare<[string], Row>(
            `${selectRow} WHERE o.conversation_id = ? AND o.state IN ('queued', 'sending') ORDER BY o.seq LIMIT 1`,
          )
          .get(conversationId)
        if (first === undefined || first.state === 'sending') return null
        if (isPassed(first)) {
          this.#outcomes.withdraw(tx, first, 'cancelled', 'epoch')
          continue
        }
        const row = id === undefined ? first : this.#outcomes.row(id)
        if (row.state !== 'queued') return null
        if (row.not_before !== null && row.not_before > tx.now) return { ...toRow(row), state: 'queued' }
        this.#outcomes.setState(tx, row, 'sending', { attempts: row.attempts + 1 })
        return { ...toRow(row), state: 'sending', attempts: row.attempts + 1 }
      }
    })
  }

  markSent(id: string, externalId: string, sentAt: number): void {
    this.#outcomes.markSent(id, externalId, sentAt)
  }

  markLater(id: string, afterMs: number, reason: string): void {
    this.#outcomes.markLater(id, afterMs, reason)
  }

  markFailed(id: string, reason: string, then?: (tx: Tx, anew: boolean) => void): void {
    this.#outcomes.markFailed(id, reason, then)
  }

  markQueuedThere(id: string, externalId: string | null): void {
    this.#outcomes.markQueuedThere(id, externalId)
  }

  markUnknown(id: string, reason: string): void {
    this.#outcomes.markUnknown(id, reason)
  }

  delivered(accountId: string, receipt: { chatId: string; externalId: string; at: number }): void {
    this.#outcomes.delivered(accountId, receipt)
  }

  matchEcho(tx: Tx, accountId: string, conversationId: string | null, message: Own): boolean {
    return this.#outcomes.matchEcho(tx, accountId, conversationId, message)
  }

  /**
   * At start: rows that were being handed over when the process died may or may not have reached the customer. They
   * become `unknown`, are shown to the owner and never repeated blindly.
   */
  recover(): number {
    return this.#storage.write('system', (tx) => {
      const rows = this.#storage
        .prepare<[], Row>(`${selectRow} WHERE o.state IN ('queued', 'sending') AND o.state = 'sending'`)
        .all()
      const state = isOff('outbox.unknown_not_repeated') ? 'queued' : 'unknown'
      for (const row of rows) this.#outcomes.setState(tx, row, state, { error: 'killed' })
      return rows.length
    })
  }

  /** Whether a part of a message still waits to be handed over, or is being handed over. */
  isLeaving(messageId: string): boolean {
    const row = this.#storage
      .prepare("SELECT 1 FROM outbox WHERE message_id = ? AND state IN ('queued', 'sending') LIMIT 1")
      .get(messageId)
    return row !== undefined
  }

  /** Whether a part waits to be handed over. */
  isQueued(id: string): boolean {
    return this.#outcomes.row(id).state === 'queued'
  }

  /** What only the owner can tell; what the messenger's own client holds tells of itself later. */
  unknown(): UnknownSend[] {
    return this.#storage
      .prepare<
        [],
        { id: string; conversation_id: string; message_id: string; payload: string; updated_at: string }
      >(
        `SELECT id, conversation_id, message_id, payload, updated_at FROM outbox
         WHERE state = 'unknown' AND coalesce(error, '') <> 'queued_there' ORDER BY seq`,
      )
      .all()
      .map((row) => ({
        id: row.id,
        conversationId: row.conversation_id,
        messageId: row.message_id,
        text: payloadText(parsePayload(row.payload)),
        at: row.updated_at,
      }))
  }

  /** The owner's word about an unknown send: it arrived, or it is to be sent again. */
  resolve(tx: Tx, id: string, verdict: 'arrived' | 'send_again'): void {
    const row = this.#outcomes.row(id)
    if (row.state !== 'unknown') throw new DomainError('conflict', { entity: 'outbox', state: row.state })
    if (verdict === 'arrived') this.#outcomes.setState(tx, row, 'sent', {})
    else {
      this.#storage
        .prepare('UPDATE outbox SET epoch = ?, created_at = ? WHERE id = ?')
        .run(row.conversation_epoch, tx.now, id)
      this.#outcomes.setState(tx, row, 'queued', {})
    }
  }
}
