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
}

type Row = Omit<PendingAttachment, 'reference'> & { reference: string }

const selectPending = `
  SELECT a.id, a.message_id AS messageId, m.conversation_id AS conversationId, m.channel_account_id AS accountId,
         a.kind, a.name, a.size, a.reference
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
    return rows.map((row) => ({ ...row, reference: toReference(row.reference) }))
  }

  /** `stored` is null for what has no bytes (a location). False when nobody waits for it any more. */
  setStored(attachment: PendingAttachment, stored: StoredMedia | null): boolean {
    return this.#storage.write('system', (tx) => {
      const { changes } = tx.sql
        .prepare(
          `UPDATE attachments SET state = 'stored', media_hash = ?, mime = coalesce(?, mime), size = coalesce(?, size),
             error = NULL, updated_at = ? WHERE id = ? AND state = 'pending'`,
        )
        .run(stored?.hash ?? null, stored?.mime ?? null, stored?.size ?? null, tx.now, attachment.id)
      if (changes === 0) return false
      tx.emit('message.changed', {
        conversationId: attachment.conversationId,
        messageId: attachment.messageId,
      })
      return true
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
