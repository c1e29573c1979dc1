import type { Storage } from '../storage/storage.ts'

/** More chats than this are not looked into one by one. */
const mostChats = 100
/** What became of a send this long ago is not looked for any more, ms. */
const unknownForMs = 7 * 24 * 60 * 60_000

/** A chat's newest message is among so many of its last, whatever order they came in. */
const lastMessages = 50

interface Row {
  chatId: string
  newest: string | null
  /** When its last message came. */
  heardAt: string
}

const columns = `c.chat_id AS chatId, (SELECT max(coalesce(m.sent_at, m.created_at)) FROM (SELECT sent_at, created_at
    FROM messages WHERE conversation_id = c.id ORDER BY seq DESC LIMIT ${lastMessages}) AS m) AS newest,
  coalesce((SELECT m.created_at FROM messages m WHERE m.seq = c.last_message_seq), '') AS heardAt`

/**
 * Chats of an account in which something may have gone unheard: those with a send of which nobody knows what became, and
 * who wrote or was written to since then, newest first. Costs the same however many conversations there are.
 * @param since ms since the epoch
 */
export function openChats(
  storage: Storage,
  accountId: string,
  since: number,
): { chatId: string; after: number }[] {
  const sendsSince = new Date(Date.parse(storage.now()) - unknownForMs).toISOString()
  const unknown = storage
    .prepare<{ account: string; since: string }, Row>(
      `SELECT ${columns} FROM conversations c WHERE c.channel_account_id = @account AND c.deleted_at IS NULL
         AND c.id IN (SELECT o.conversation_id FROM outbox o WHERE o.state = 'unknown' AND o.updated_at >= @since)
       ORDER BY c.last_message_seq DESC LIMIT ${mostChats}`,
    )
    .all({ account: accountId, since: sendsSince })
  // +: along the index of the newest, not of the account.
  const from = new Date(since).toISOString()
  const newest = storage
    .prepare<{ account: string }, Row>(
      `SELECT ${columns} FROM conversations c WHERE +c.channel_account_id = @account AND c.deleted_at IS NULL
       ORDER BY c.last_message_seq DESC LIMIT ${mostChats}`,
    )
    .all({ account: accountId })
    .filter(({ heardAt }) => heardAt >= from)
  const chats = new Map([...unknown, ...newest].map((row) => [row.chatId, row]))
  return [...chats.values()]
    .slice(0, mostChats)
    .map(({ chatId, newest: at }) => ({ chatId, after: at === null ? since : Date.parse(at) }))
}
