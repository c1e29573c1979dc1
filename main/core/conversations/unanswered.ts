import { isOff } from '../mutants.ts'
import type { Storage } from '../storage/storage.ts'

interface ShopMessage {
  seq: number
  author: 'agent' | 'person'
  /** What it answers: the last customer message that its turn had taken in, or that was there when it was written. */
  upTo: number
  /** 0 when no part of it has left or can leave, or it only says that the turn could not be answered. */
  counts: number
}

const page = 60

/**
 * The first customer message that nobody of the shop has answered, or null. What was cancelled or refused is no answer,
 * and a reply answers what its turn had read, not what came while it was written. What the owner wrote while nobody
 * listened here answers what the customer had written by then.
 */
export function firstUnanswered(storage: Storage, conversationId: string): number | null {
  return storage
    .prepare<[string, number], number | null>(
      "SELECT min(seq) FROM messages WHERE conversation_id = ? AND author = 'customer' AND removed_at IS NULL AND seq > ?",
    )
    .pluck()
    .get(conversationId, answeredUpTo(storage, conversationId)) as number | null
}

function answeredUpTo(storage: Storage, conversationId: string): number {
  const all = isOff('conversations.unanswered_ignores_cancelled')
  const newest = storage.prepare<[string, number, number], ShopMessage>(
    `SELECT m.seq, m.author,
       CASE
         WHEN m.author = 'agent' THEN coalesce((SELECT t.last_message_seq FROM turns t WHERE t.id = m.turn_id), m.seq)
         WHEN m.backlog = 1 THEN coalesce((SELECT max(c.seq) FROM messages c
           WHERE c.conversation_id = m.conversation_id AND c.author = 'customer' AND c.sent_at <= m.sent_at), 0)
         ELSE m.seq
       END AS upTo,
       (NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id)
         OR EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state NOT IN ('cancelled', 'failed')))
         AND NOT EXISTS (SELECT 1 FROM turns t WHERE t.id = m.turn_id AND t.state = 'failed') AS counts
     FROM messages m
     WHERE m.conversation_id = ? AND m.seq < ? AND m.author IN ('agent', 'person') AND m.kind <> 'note'
     ORDER BY m.seq DESC LIMIT ?`,
  )
  let before = Number.MAX_SAFE_INTEGER
  for (;;) {
    const messages = newest.all(conversationId, before, page)
    const answers = messages.filter(({ counts }) => counts === 1 || all)
    if (answers.length > 0) return Math.max(...answers.map(({ upTo }) => upTo))
    const oldest = messages.at(-1)
    if (oldest === undefined || messages.length < page) return 0
    before = oldest.seq
  }
}
