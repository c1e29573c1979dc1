import type { Language } from '../engines/engine.ts'
import { type DescribedAttachment, withAttachments } from '../language/attachment-texts.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { ReplyDraft } from './draft.ts'

const columns = `d.seq, d.id, d.conversation_id AS conversationId, d.state, d.epoch, d.first_message_seq AS firstMessageSeq,
  d.last_message_seq AS lastMessageSeq, d.text, d.engine, d.error, d.attempts, d.created_at AS createdAt`

/** States that wait for a person's look. */
const open = "d.state IN ('waiting', 'ready', 'failed')"

export class DraftRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  find(id: string): ReplyDraft | null {
    return (
      this.#storage
        .prepare<[string], ReplyDraft>(`SELECT ${columns} FROM reply_drafts d WHERE d.id = ?`)
        .get(id) ?? null
    )
  }

  /** Oldest first; without those of conversations that are gone. */
  open(): ReplyDraft[] {
    return this.#storage
      .prepare<[], ReplyDraft>(
        `SELECT ${columns} FROM reply_drafts d JOIN conversations c ON c.id = d.conversation_id
         WHERE ${open} AND c.deleted_at IS NULL ORDER BY d.seq`,
      )
      .all()
  }

  openOf(conversationId: string): ReplyDraft[] {
    return this.#storage
      .prepare<[string], ReplyDraft>(
        `SELECT ${columns} FROM reply_drafts d WHERE d.conversation_id = ? AND ${open} ORDER BY d.seq`,
      )
      .all(conversationId)
  }

  firstWaiting(): ReplyDraft | null {
    return (
      this.#storage
        .prepare<[], ReplyDraft>(
          `SELECT ${columns} FROM reply_drafts d JOIN conversations c ON c.id = d.conversation_id
           WHERE d.state = 'waiting' AND c.deleted_at IS NULL ORDER BY d.seq LIMIT 1`,
        )
        .get() ?? null
    )
  }

  insert(
    tx: Tx,
    draft: Pick<
      ReplyDraft,
      'id' | 'conversationId' | 'state' | 'epoch' | 'firstMessageSeq' | 'lastMessageSeq' | 'text'
    >,
  ): void {
    this.#storage
      .prepare(
        `INSERT INTO reply_drafts (id, conversation_id, state, epoch, first_message_seq, last_message_seq, text,
           created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        draft.id,
        draft.conversationId,
        draft.state,
        draft.epoch,
        draft.firstMessageSeq,
        draft.lastMessageSeq,
        draft.text,
        tx.now,
        tx.now,
        tx.actor,
        tx.actor,
      )
  }

  update(
    tx: Tx,
    draft: ReplyDraft,
    values: Partial<
      Pick<ReplyDraft, 'state' | 'text' | 'engine' | 'error' | 'attempts'> & { messageId: string }
    >,
  ): void {
    const next = { messageId: null, ...draft, ...values }
    this.#storage
      .prepare(
        `UPDATE reply_drafts SET state = ?, text = ?, engine = ?, error = ?, attempts = ?, message_id = coalesce(?, message_id),
           updated_at = ?, updated_by = ? WHERE id = ?`,
      )
      .run(
        next.state,
        next.text,
        next.engine,
        next.error,
        next.attempts,
        next.messageId,
        tx.now,
        tx.actor,
        draft.id,
      )
    tx.emit('draft.changed', { conversationId: draft.conversationId, draftId: draft.id })
  }

  newestMessageSeq(conversationId: string): number {
    return (this.#storage
      .prepare<[string], number>('SELECT coalesce(max(seq), 0) FROM messages WHERE conversation_id = ?')
      .pluck()
      .get(conversationId) ?? 0) as number
  }

  /**
   * Whether customer, bot or person wrote after a message. A note is nothing that was said, nor is a reply of which no
   * part left.
   */
  wroteAfter(conversationId: string, seq: number): boolean {
    return (
      this.#storage
        .prepare<[string, number]>(
          `SELECT 1 FROM messages m WHERE m.conversation_id = ? AND m.seq > ? AND m.kind <> 'note' AND m.removed_at IS NULL
             AND m.author IN ('customer', 'agent', 'person')
             AND (m.author = 'customer' OR NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id)
               OR EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state NOT IN ('cancelled', 'failed')))
           LIMIT 1`,
        )
        .get(conversationId, seq) !== undefined
    )
  }

  customer(conversationId: string): { id: string; name: string } {
    return (
      this.#storage
        .prepare<[string], { id: string; name: string }>(
          'SELECT cu.id, cu.name FROM conversations c JOIN customers cu ON cu.id = c.customer_id WHERE c.id = ?',
        )
        .get(conversationId) ?? { id: '', name: '' }
    )
  }

  /** What came along stands in the text. `editedAt`: when the shop heard of the latest change. */
  asked(draft: ReplyDraft): { id: string; text: string; at: string; editedAt: string | null }[] {
    return this.#storage
      .prepare<
        [string, number, number],
        {
          id: string
          text: string
          at: string
          editedAt: string | null
          language: Language
          attachments: string
        }
      >(
        `SELECT m.id, m.text, m.sent_at AS at, (SELECT max(e.at) FROM message_edits e WHERE e.message_id = m.id) AS editedAt,
           coalesce(c.language, (SELECT iif(locale LIKE 'en%', 'en', 'es') FROM shop), 'es') AS language,
           (SELECT json_group_array(json_object('kind', a.kind, 'name', a.name, 'understood', a.understood) ORDER BY a.position)
            FROM attachments a WHERE a.message_id = m.id) AS attachments
         FROM messages m JOIN conversations c ON c.id = m.conversation_id
         WHERE m.conversation_id = ? AND m.seq BETWEEN ? AND ? AND m.author = 'customer' AND m.removed_at IS NULL
         ORDER BY m.seq`,
      )
      .all(draft.conversationId, draft.firstMessageSeq, draft.lastMessageSeq)
      .map(({ language, attachments, text, ...message }) => ({
        ...message,
        // Made by json_group_array above.
        text: withAttachments(language, text, JSON.parse(attachments) as DescribedAttachment[]),
      }))
  }
}
