import type { InboundMessage } from '../channels/channel.ts'
import { DomainError } from '../errors.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { isSame } from './echo.ts'
import { type OutboxState, parsePayload, type Row, selectRow } from './row.ts'

export type Own = Pick<InboundMessage, 'chatId' | 'externalId' | 'sentAt' | 'text' | 'attachments' | 'missed'>

/** Receipts that are kept for outcomes still to come. */
const earlyReceipts = 200
/** A platform's times are of whole seconds, and of several computers. */
const inexactMs = 60_000

/** What became of rows: told by who handed them over, by the platform's echo, or by its receipt, in any order. */
export class Outcomes {
  readonly #storage: Storage
  /** When messages were taken that no row has the id of yet. */
  readonly #early = new Map<string, number>()
  #withdrawn: (tx: Tx, conversationId: string) => void = () => undefined

  constructor(storage: Storage) {
    this.#storage = storage
  }

  whenWithdrawn(then: (tx: Tx, conversationId: string) => void): void {
    this.#withdrawn = then
  }

  /** It was handed over. What the platform's own echo has settled already keeps what that said. */
  markSent(id: string, externalId: string, sentAt: number): void {
    this.#storage.write('system', (tx) => {
      const row = this.row(id)
      if (row.external_id !== null && row.external_id !== externalId) this.#exchange(tx, row, externalId)
      this.#settle(tx, row, externalId, sentAt)
    })
  }

  /** Not handed over; tried again later, unless somebody has taken the conversation over meanwhile. */
  markLater(id: string, afterMs: number, reason: string): void {
    this.#outcome(id, (tx, row) => {
      if (isPassed(row)) return this.withdraw(tx, row, 'cancelled', 'epoch')
      const notBefore = new Date(Date.parse(tx.now) + afterMs).toISOString()
      this.setState(tx, row, 'queued', { notBefore, error: reason })
    })
  }

  /** `then` commits with it; `anew`: the row was of before a hand-back, and the customer is answered again. */
  markFailed(id: string, reason: string, then?: (tx: Tx, anew: boolean) => void): void {
    this.#outcome(id, (tx, row) => {
      const anew = isPassed(row)
      if (anew) this.withdraw(tx, row, 'failed', reason)
      else this.setState(tx, row, 'failed', { error: reason })
      then?.(tx, anew)
    })
  }

  /** The platform's own client keeps it until it is online: shown as unknown, resolved when it is told as delivered. */
  markQueuedThere(id: string, externalId: string | null): void {
    this.#outcome(id, (tx, row) => {
      const at = externalId === null ? undefined : this.#early.get(`${row.channel_account_id} ${externalId}`)
      if (externalId !== null && at !== undefined) return this.#settle(tx, row, externalId, at)
      this.setState(tx, row, 'unknown', {
        error: 'queued_there',
        ...(externalId === null ? {} : { externalId }),
      })
    })
  }

  markUnknown(id: string, reason: string): void {
    this.#outcome(id, (tx, row) => this.setState(tx, row, 'unknown', { error: reason }))
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
   * Matches an own message that the platform echoes: by the id of any part ever sent, or by content to a part that is
   * being handed over or of which nobody knows; one that is found later must not have been written before that part.
   * Returns false when nothing matches: then a person wrote it outside. In a chat without a conversation here (`null`)
   * only the id tells: a person may have two chats.
   */
  matchEcho(tx: Tx, accountId: string, conversationId: string | null, message: Own): boolean {
    const { chatId, externalId, sentAt } = message
    const known = isOff('outbox.echo_by_id') ? null : this.#byExternalId(accountId, chatId, externalId)
    if (known !== null) {
      if (known.state === 'unknown' || known.state === 'sending') this.#settle(tx, known, externalId, sentAt)
      return true
    }
    if (conversationId === null) return false
    // What is under way now goes before what was lost sight of earlier.
    const row = this.#storage
      .prepare<[string], Row>(
        `${selectRow} WHERE o.conversation_id = ? AND o.state IN ('sending', 'unknown') AND o.external_id IS NULL
         ORDER BY o.state = 'unknown', o.seq`,
      )
      .all(conversationId)
      .find(
        (candidate) =>
          isSame(parsePayload(candidate.payload), message) &&
          (message.missed !== true || sentAt >= this.#saidAt(candidate) - inexactMs),
      )
    if (row === undefined) return false
    this.#settle(tx, row, externalId, sentAt)
    return true
  }

  /**
   * When a part was said, by the platform's clock: as long after the customer's last message as it was here. This
   * computer's clock may be hours off.
   */
  #saidAt(row: Row): number {
    const times = this.#storage
      .prepare<[string], { saidAt: string; heardAt: string | null; sentAt: string | null }>(
        `SELECT m.created_at AS saidAt, c.created_at AS heardAt, c.sent_at AS sentAt FROM messages m
         LEFT JOIN messages c ON c.seq = (SELECT max(seq) FROM messages
           WHERE conversation_id = m.conversation_id AND author = 'customer' AND seq < m.seq)
         WHERE m.id = ?`,
      )
      .get(row.message_id)
    if (times === undefined) throw new Error('a part belongs to a message')
    const { saidAt, heardAt, sentAt } = times
    if (heardAt === null || sentAt === null) return Date.parse(saidAt)
    return Date.parse(sentAt) + Date.parse(saidAt) - Date.parse(heardAt)
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
      const row = this.row(id)
      if (row.state === 'sending') write(tx, row)
    })
  }

  #settle(tx: Tx, row: Row, externalId: string, sentAt: number): void {
    if (row.state === 'sent') {
      this.#storage.prepare('UPDATE outbox SET external_id = ? WHERE id = ?').run(externalId, row.id)
    } else this.setState(tx, row, 'sent', { externalId })
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
    this.setState(tx, other, 'sent', { externalId: row.external_id ?? externalId })
  }

  /** A reply of before a take-over does not leave, although it counted as on its way. */
  withdraw(tx: Tx, row: Row, state: 'cancelled' | 'failed', error: string): void {
    this.setState(tx, row, state, { error })
    this.#withdrawn(tx, row.conversation_id)
  }

  /** A receipt may be told before the outcome that names its message. */
  #noteEarly(key: string, at: number): void {
    this.#early.set(key, at)
    const [oldest] = this.#early.keys()
    if (this.#early.size > earlyReceipts && oldest !== undefined) this.#early.delete(oldest)
  }

  /** @throws DomainError `not_found` */
  row(id: string): Row {
    const row = this.#storage.prepare<[string], Row>(`${selectRow} WHERE o.id = ?`).get(id)
    if (row === undefined) throw new DomainError('not_found', { entity: 'outbox', id })
    return row
  }

  /** What is noted as sent is noted with the newest message of that moment: only later ones can be answers to it. */
  setState(
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
export function isPassed(row: Row): boolean {
  return row.author === 'agent' && row.epoch !== row.conversation_epoch && !isOff('epoch.claim')
}
