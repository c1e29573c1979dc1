import type { HistoryMessage, Language } from '../engines/engine.ts'
import { type DescribedAttachment, withAttachments } from '../language/attachment-texts.ts'
import type { Storage } from '../storage/storage.ts'

/** A message as engines look back on it, with its place in the order. */
export interface StoredMessage extends HistoryMessage {
  seq: number
}

/** What the owner wrote while nobody listened here is known late, and was said before what is answered now. */
const foundLater = "(m.author = 'person' AND m.backlog = 1)"

/** Replies that never left were not said. */
const wasSaid = `(m.author <> 'agent' OR NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id)
  OR EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state NOT IN ('cancelled', 'failed')))`

/** The newest messages between two seqs, oldest first; what came along stands in the text, in the customer's language. */
export function readHistory(
  storage: Storage,
  conversationId: string,
  range: { afterSeq: number; beforeSeq: number; limit: number },
): StoredMessage[] {
  return storage
    .prepare<
      [string, number, number, number],
      StoredMessage & { language: Language; attachments: string | null }
    >(
      `SELECT m.seq, m.id, m.author, m.text, m.sent_at AS at,
         coalesce(c.language, (SELECT iif(locale LIKE 'en%', 'en', 'es') FROM shop), 'es') AS language,
         (SELECT json_group_array(json_object('kind', a.kind, 'name', a.name, 'understood', a.understood) ORDER BY a.position)
          FROM attachments a WHERE a.message_id = m.id) AS attachments
       FROM messages m JOIN conversations c ON c.id = m.conversation_id
       WHERE m.conversation_id = ? AND m.seq > ? AND (m.seq < ? OR ${foundLater}) AND m.kind <> 'note'
         AND m.removed_at IS NULL AND ${wasSaid}
       ORDER BY m.seq DESC LIMIT ?`,
    )
    .all(conversationId, range.afterSeq, range.beforeSeq, range.limit)
    .reverse()
    .map(({ language, attachments, text, ...message }) => ({
      ...message,
      text: withAttachments(language, text, readAttachments(attachments)),
    }))
}

export function readAttachments(json: string | null): DescribedAttachment[] {
  // Made by json_group_array in the queries that read it.
  return JSON.parse(json ?? '[]') as DescribedAttachment[]
}
