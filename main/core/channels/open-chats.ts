import type { Storage } from '../storage/storage.ts'

/** More chats than this are not looked into one by one. */
const mostChats = 100
/** What became of a send this long ago is not looked for any more, ms. */
const unknownForMs = 7 * 24 * 60 * 60_000

interface Row {
  chatId: string
  newest: string | null
}

/**
 * Chats of an account in which something may have gone unheard: who wrote or was written to since then, and those with
 * a send of which nobody knows what became. Newest first.
 * @param since ms since the epoch
 */
export function openChats(
  storage: Storage,
  accountId: string,
  since: number,
): { chatId: string; after: number }[] {
  const unknownSince = Date.parse(storage.now()) - unknownForMs
  return storage
    .prepare<[string, string, string], Row>(
      `SELECT c.chat_id AS chatId,
         (SELECT max(coalesce(m.sent_at, m.created_at)) FROM messages m WHERE m.conversation_id = c.id) AS newest
       FROM conversations c
       WHERE c.channel_account_id = ?
         AND (EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.created_at >= ?)
           OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state = 'unknown' AND o.updated_at >= ?))
       ORDER BY c.last_message_seq DESC LIMIT ${mostChats}`,
    )
    .all(accountId, new Date(since).toISOString(), new Date(unknownSince).toISOString())
    .map(({ chatId, newest }) => ({ chatId, after: newest === null ? since : Date.parse(newest) }))
}
