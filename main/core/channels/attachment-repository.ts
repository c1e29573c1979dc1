import type { ErrorCode } from '../errors.ts'
import type { StoredMedia } from '../media/service.ts'
import type { Storage } from '../storage/storage.ts'
import type { AttachmentKind } from './channel.ts'

/** An attachment whose bytes are still with the platform. */
export interface PendingAttachment {
  id: string
  messageId: string
  conversationId: string
  accountId: string
  kind: AttachmentKind
  name: string | null
  /** Bytes, as the platform says. */
  size: number | null
  reference: Record<string, string | number>
  /** Sent by somebody of the shop. */
  own: boolean
}

/** An attachment whose file is here, by what it is. */
export interface StoredAttachment {
  id: string
  messageId: string
  conversationId: string
  kind: AttachmentKind
  mediaHash: string
  mime: string
  /** Bytes. */
  size: number
}

type Row = Omit<PendingAttachment, 'reference' | 'own'> & { reference: string; author: string }

const selectPending = `
  SELECT a.id, a.message_id AS messageId, m.conversation_id AS conversationId, m.channel_account_id AS accountId,
         a.kind, a.name, a.size, a.reference, m.author
  FROM attachments a JOIN messages m ON m.id = a.message_id
  WHERE a.state = 'pending' ORDER BY m.seq, a.position LIMIT 500`

/** The download's side of the attachments that the inbox wrote down. */
export class AttachmentRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  pending(): PendingAttachment[] {
    const rows = this.#storage.prepare<[], Row>(selectPending).all()
    return rows.map(({ author, reference, ...row }) => ({
      ...row,
      own: author !== 'customer',
      reference: toReference(reference),
    }))
  }

  /** What a conversation's attachments of the last day come to. */
  lastDay(conversationId: string): { files: number; bytes: number } {
    const since = new Date(Date.parse(this.#storage.now()) - 86_400_000).toISOString()
    return (
      this.#storage
        .prepare<[string, string], { files: number; bytes: number }>(
          `SELECT count(*) AS files, coalesce(sum(a.size), 0) AS bytes FROM attachments a JOIN messages m ON m.id = a.message_id
           WHERE m.conversation_id = ? AND a.created_at >= ? AND a.state = 'stored' AND a.media_hash IS NOT NULL`,
        )
        .get(conversationId, since) ?? { files: 0, bytes: 0 }
    )
  }

  /**
   * Notes the file and what it is by its content. `stored` is null for what has no bytes (a location). False when nobody
   * waits for it any more.
   */
  setStored(attachment: PendingAttachment, stored: (StoredMedia & { kind: AttachmentKind }) | null): boolean {
    return this.#storage.write('system', (tx) => {
      const kind = stored?.kind ?? attachment.kind
      const { changes } = tx.sql
        .prepare(
          `UPDATE attachments SET state = 'stored', kind = ?, media_hash = ?, mime = coalesce(?, mime), size = coalesce(?, size),
             error = NULL, updated_at = ? WHERE id = ? AND state = 'pending'`,
        )
        .run(kind, stored?.hash ?? null, stored?.mime ?? null, stored?.size ?? null, tx.now, attachment.id)
      if (changes === 0) return false
      tx.sql
        .prepare(
          `UPDATE messages SET kind = ?, updated_at = ? WHERE id = ? AND kind <> ?
             AND EXISTS (SELECT 1 FROM attachments WHERE id = ? AND position = 0)`,
        )
        .run(kind, tx.now, attachment.messageId, kind, attachment.id)
      tx.emit('message.changed', {
        conversationId: attachment.conversationId,
        messageId: attachment.messageId,
      })
      return true
    })
  }

  /** Customers' files of the last day that nobody has made words of. */
  unread(): StoredAttachment[] {
    const since = new Date(Date.parse(this.#storage.now()) - 86_400_000).toISOString()
    return this.#storage
      .prepare<[string], StoredAttachment>(
        `SELECT a.id, a.message_id AS messageId, m.conversation_id AS conversationId, a.kind, a.media_hash AS mediaHash, a.mime, a.size
         FROM attachments a JOIN messages m ON m.id = a.message_id
         WHERE a.state = 'stored' AND a.media_hash IS NOT NULL AND a.understood IS NULL AND m.author = 'customer'
           AND a.kind IN ('voice', 'photo', 'document') AND a.created_at >= ? ORDER BY m.seq, a.position LIMIT 50`,
      )
      .all(since)
  }

  voiceOf(messageIds: readonly string[]): { id: string; state: string }[] {
    return this.#storage
      .prepare<[string], { id: string; state: string }>(
        `SELECT id, state FROM attachments WHERE kind = 'voice' AND understood IS NULL
           AND message_id IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify(messageIds))
  }

  /** Null where nothing was understood. */
  setUnderstood(attachment: StoredAttachment, text: string | null): void {
    this.#storage.write('system', (tx) => {
      tx.sql
        .prepare('UPDATE attachments SET understood = ?, updated_at = ? WHERE id = ?')
        .run(text, tx.now, attachment.id)
      tx.emit('message.changed', {
        conversationId: attachment.conversationId,
        messageId: attachment.messageId,
      })
    })
  }

  setFailed(attachment: PendingAttachment, error: ErrorCode): void {
    this.#storage.write('system', (tx) => {
      tx.sql
        .prepare(
          `UPDATE attachments SET state = 'failed', error = ?, updated_at = ? WHERE id = ? AND state = 'pending'`,
        )
        .run(error, tx.now, attachment.id)
      tx.emit('message.changed', {
        conversationId: attachment.conversationId,
        messageId: attachment.messageId,
      })
    })
  }
}

/** A reference was written as plain JSON of strings and numbers; anything else in it is left out. */
function toReference(json: string): Record<string, string | number> {
  const value: unknown = JSON.parse(json)
  if (typeof value !== 'object' || value === null) return {}
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  )
  return Object.fromEntries(entries)
}
