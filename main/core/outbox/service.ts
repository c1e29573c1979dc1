import type { OutboundPayload } from '../channels/channel.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import {
  type OutboxRow,
  type OutboxState,
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

  constructor(storage: Storage) {
    this.#storage = storage
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

  /** Lets what is queued leave under a new epoch: the bot itself handed over. */
  carryOver(conversationId: string, epoch: number): void {
    this.#storage
      .prepare(
        "UPDATE outbox SET epoch = ? WHERE conversation_id = ? AND state IN ('queued', 'sending') AND state = 'queued'",
      )
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

  /**
   * Takes the next row of a conversation for sending, or null when there is none to send now. A reply whose epoch has
   * passed is cancelled instead.
   */
  claim(conversationId: string): OutboxRow | null {
    return this.#storage.write('system', (tx) => {
      for (;;) {
        const row = this.#storage
          .prepare<[string], Row>(
            `${selectRow} WHERE o.conversation_id = ? AND o.state IN ('queued', 'sending') ORDER BY o.seq LIMIT 1`,
          )
          .get(conversationId)
        if (row === undefined || row.state === 'sending') return null
        if (row.author === 'agent' && row.epoch !== row.conversation_epoch && !isOff('epoch.claim')) {
          this.#setState(tx, row, 'cancelled', { error: 'epoch' })
          continue
        }
        if (row.not_before !== null && row.not_before > tx.now) return { ...toRow(row), state: 'queued' }
        this.#setState(tx, row, 'sending', { attempts: row.attempts + 1 })
        return { ...toRow(row), state: 'sending', attempts: row.attempts + 1 }
      }
    })
  }

  markSent(id: string, externalId: string, sentAt: number): void {
    this.#storage.write('system', (tx) => {
      const row = this.#row(id)
      this.#setState(tx, row, 'sent', { externalId })
      this.#recordExternalId(tx, row, externalId, sentAt)
    })
  }

  markLater(id: string, afterMs: number, reason: string): void {
    this.#storage.write('system', (tx) => {
      const notBefore = new Date(Date.parse(tx.now) + afterMs).toISOString()
      this.#setState(tx, this.#row(id), 'queued', { notBefore, error: reason })
    })
  }

  markFailed(id: string, reason: string): void {
    this.#storage.write('system', (tx) => this.#setState(tx, this.#row(id), 'failed', { error: reason }))
  }

  /** The platform's own client keeps it until it is online: shown as unknown, resolved when it is told as delivered. */
  markQueuedThere(id: string, externalId: string | null): void {
    this.#storage.write('system', (tx) =>
      this.#setState(tx, this.#row(id), 'unknown', {
        error: 'queued_there',
        ...(externalId === null ? {} : { externalId }),
      }),
    )
  }

  markUnknown(id: string, reason: string): void {
    this.#storage.write('system', (tx) => this.#setState(tx, this.#row(id), 'unknown', { error: reason }))
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
      for (const row of rows) this.#setState(tx, row, state, { error: 'killed' })
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
    const row = this.#row(id)
    if (row.state !== 'unknown') throw new DomainError('conflict', { entity: 'outbox', state: row.state })
    if (verdict === 'arrived') this.#setState(tx, row, 'sent', {})
    else {
      this.#storage.prepare('UPDATE outbox SET epoch = ? WHERE id = ?').run(row.conversation_epoch, id)
      this.#setState(tx, row, 'queued', {})
    }
  }

  /**
   * Matches an own message that the platform echoes to a `sending` or `unknown` row with the same content. Returns
   * false when nothing matches: then a person wrote it outside the app.
   */
  matchEcho(tx: Tx, conversationId: string, text: string, externalId: string, sentAt: number): boolean {
    const rows = this.#storage
      .prepare<[string], Row>(
        `${selectRow} WHERE o.conversation_id = ? AND o.state IN ('sending', 'unknown') ORDER BY o.seq`,
      )
      .all(conversationId)
    const row = rows.find((candidate) => payloadText(parsePayload(candidate.payload)).trim() === text.trim())
    if (row === undefined) return false
    this.#setState(tx, row, 'sent', { externalId })
    this.#recordExternalId(tx, row, externalId, sentAt)
    return true
  }

  #row(id: string): Row {
    const row = this.#storage.prepare<[string], Row>(`${selectRow} WHERE o.id = ?`).get(id)
    if (row === undefined) throw new DomainError('not_found', { entity: 'outbox', id })
    return row
  }

  /** What is noted as sent is noted with the newest message of that moment: only later ones can be answers to it. */
  #setState(
    tx: Tx,
    row: Row,
    state: OutboxState,
    values: { attempts?: number; notBefore?: string; externalId?: string; error?: string },
  ): void {
    this.#storage
      .prepare(
        `UPDATE outbox SET state = ?, attempts = coalesce(?, attempts), not_before = ?, external_id = coalesce(?, external_id),
           error = ?, sent_after_seq = iif(? = 'sent', coalesce((SELECT max(seq) FROM messages), 0), sent_after_seq), updated_at = ?
         WHERE id = ?`,
      )
      .run(
        state,
        values.attempts ?? null,
        values.notBefore ?? null,
        values.externalId ?? null,
        values.error ?? null,
        state,
        tx.now,
        row.id,
      )
    tx.emit('outbox.changed', { conversationId: row.conversation_id, messageId: row.message_id, state })
  }

  /** The first part's id stands for the message, so that replies and edits find it. */
  #recordExternalId(tx: Tx, row: Row, externalId: string, sentAt: number): void {
    if (row.part !== 0) return
    this.#storage
      .prepare(
        `UPDATE OR IGNORE messages SET external_id = ?, sent_at = ?, updated_at = ? WHERE id = ? AND external_id IS NULL`,
      )
      .run(externalId, new Date(sentAt).toISOString(), tx.now, row.message_id)
  }
}
