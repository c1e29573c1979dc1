import type { InboundMessage, OutboundPayload } from '../channels/channel.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { isSame } from './echo.ts'
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

type Own = Pick<InboundMessage, 'chatId' | 'externalId' | 'sentAt' | 'text' | 'attachments'>

/** Receipts that are kept for outcomes still to come. */
const earlyReceipts = 200

/** What is to be sent, and what became of it. Rows leave in order for each conversation. */
export class Outbox {
  readonly #storage: Storage
  /** When messages were taken that no row has the id of yet. */
  readonly #early = new Map<string, number>()
  #withdrawn: (tx: Tx, conversationId: string) => void = () => undefined

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** What to do, in the same unit of work, when a reply of before a take-over did not leave although it was on its way. */
  whenWithdrawn(then: (tx: Tx, conversationId: string) => void): void {
    this.#withdrawn = then
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
    for (const row of rows) this.#setState(tx, row, 'cancelled', { error: reason })
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
          this.#withdraw(tx, first, 'cancelled', 'epoch')
          continue
        }
        const row = id === undefined ? first : this.#row(id)
        if (row.state !== 'queued') return null
        if (row.not_before !== null && row.not_before > tx.now) return { ...toRow(row), state: 'queued' }
        this.#setState(tx, row, 'sending', { attempts: row.attempts + 1 })
        return { ...toRow(row), state: 'sending', attempts: row.attempts + 1 }
      }
    })
  }

  /** It was handed over. What the platform's own echo has settled already keeps what that said. */
  markSent(id: string, externalId: string, sentAt: number): void {
    this.#storage.write('system', (tx) => {
      const row = this.#row(id)
      if (row.external_id !== null && row.external_id !== externalId) this.#exchange(tx, row, externalId)
      this.#settle(tx, row, externalId, sentAt)
    })
  }

  /** Not handed over; tried again later, unless somebody has taken the conversation over meanwhile. */
  markLater(id: string, afterMs: number, reason: string): void {
    this.#outcome(id, (tx, row) => {
      if (isPassed(row)) return this.#withdraw(tx, row, 'cancelled', 'epoch')
      const notBefore = new Date(Date.parse(tx.now) + afterMs).toISOString()
      this.#setState(tx, row, 'queued', { notBefore, error: reason })
    })
  }

  markFailed(id: string, reason: string): void {
    this.#outcome(id, (tx, row) => {
      if (isPassed(row)) return this.#withdraw(tx, row, 'failed', reason)
      this.#setState(tx, row, 'failed', { error: reason })
    })
  }

  /** The platform's own client keeps it until it is online: shown as unknown, resolved when it is told as delivered. */
  markQueuedThere(id: string, externalId: string | null): void {
    this.#outcome(id, (tx, row) => {
      const at = externalId === null ? undefined : this.#early.get(`${row.channel_account_id} ${externalId}`)
      if (externalId !== null && at !== undefined) return this.#settle(tx, row, externalId, at)
      this.#setState(tx, row, 'unknown', {
        error: 'queued_there',
        ...(externalId === null ? {} : { externalId }),
      })
    })
  }

  markUnknown(id: string, reason: string): void {
    this.#outcome(id, (tx, row) => this.#setState(tx, row, 'unknown', { error: reason }))
  }

  /**
   * The platform has taken an own message now. Only one known by its id is settled by that: for any other it is no
   * proof.
   */
  delivered(accountId: string, receipt: { chatId: string; externalId: string; at: number }): void {
    this.#storage.write('system', (tx) => {
      const row = this.#byExternalId(accountId, receipt.chatId, receipt.externalId)
      if (row === null) this.#noteEarly(`${accountId} ${receipt.externalId}`, receipt.at)
      else if (row.state === 'unknown' || row.state === 'sending')
        this.#settle(tx, row, receipt.externalId, receipt.at)
    })
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
   * Matches an own message that the platform echoes: by the id of any part ever sent, or by content to a part that is
   * being handed over or of which nobody knows. Returns false when nothing matches: then a person wrote it outside.
   */
  matchEcho(tx: Tx, accountId: string, conversationId: string, message: Own): boolean {
    const { chatId, externalId, sentAt } = message
    const known = isOff('outbox.echo_by_id') ? null : this.#byExternalId(accountId, chatId, externalId)
    if (known !== null) {
      if (known.state === 'unknown' || known.state === 'sending') this.#settle(tx, known, externalId, sentAt)
      return true
    }
    // What is under way now goes before what was lost sight of earlier.
    const row = this.#storage
      .prepare<[string], Row>(
        `${selectRow} WHERE o.conversation_id = ? AND o.state IN ('sending', 'unknown') AND o.external_id IS NULL
         ORDER BY o.state = 'unknown', o.seq`,
      )
      .all(conversationId)
      .find((candidate) => isSame(parsePayload(candidate.payload), message))
    if (row === undefined) return false
    this.#settle(tx, row, externalId, sentAt)
    return true
  }

  /** Ids of some platforms are unique in their chat only. */
  #byExternalId(accountId: string, chatId: string, externalId: string): Row | null {
    return (
      this.#storage
        .prepare<[string, string, string], Row>(
          `${selectRow} JOIN channel_accounts a ON a.id = o.channel_account_id
           WHERE o.channel_account_id = ? AND o.external_id = ? AND (c.chat_id = ? OR a.kind = 'whatsapp')`,
        )
        .get(accountId, externalId, chatId) ?? null
    )
  }

  /** Writes down what became of a hand-over, unless the platform's echo has told it first. */
  #outcome(id: string, write: (tx: Tx, row: Row) => void): void {
    this.#storage.write('system', (tx) => {
      const row = this.#row(id)
      if (row.state === 'sending') write(tx, row)
    })
  }

  #settle(tx: Tx, row: Row, externalId: string, sentAt: number): void {
    if (row.state === 'sent') {
      this.#storage.prepare('UPDATE outbox SET external_id = ? WHERE id = ?').run(externalId, row.id)
    } else this.#setState(tx, row, 'sent', { externalId })
    this.#recordExternalId(tx, row, externalId, sentAt)
  }

  /**
   * An echo with the same words was taken for this row's, and its own id is another. The one that it got belongs to the
   * row that got this row's, or to one with the same words of which nobody knows.
   */
  #exchange(tx: Tx, row: Row, externalId: string): void {
    const other =
      this.#byExternalId(row.channel_account_id, row.chat_id, externalId) ??
      this.#storage
        .prepare<[string, string], Row>(
          `${selectRow} WHERE o.conversation_id = ? AND o.state = 'unknown' AND o.external_id IS NULL AND o.payload = ? ORDER BY o.seq`,
        )
        .get(row.conversation_id, row.payload)
    if (other == null || other.id === row.id) return
    this.#setState(tx, other, 'sent', { externalId: row.external_id ?? externalId })
  }

  #withdraw(tx: Tx, row: Row, state: 'cancelled' | 'failed', error: string): void {
    this.#setState(tx, row, state, { error })
    this.#withdrawn(tx, row.conversation_id)
  }

  /** A receipt may be told before the outcome that names its message. */
  #noteEarly(key: string, at: number): void {
    this.#early.set(key, at)
    const [oldest] = this.#early.keys()
    if (this.#early.size > earlyReceipts && oldest !== undefined) this.#early.delete(oldest)
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

/** A reply of before a take-over or a hand-back. */
function isPassed(row: Row): boolean {
  return row.author === 'agent' && row.epoch !== row.conversation_epoch && !isOff('epoch.claim')
}
