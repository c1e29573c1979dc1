import type { ShopClient } from './client.ts'
import { within } from './failure.ts'
import { listChatsWithNews, readChat } from './page-chats.ts'

/** At most so many chats are looked at, and so many messages of each told. */
const CHATS = 200
const MESSAGES = 50
const CHAT_LIMIT_MS = 20_000

export interface CatchUpOrder {
  /** Chats with something newer are read, ms since the epoch; null for those with something unread only. */
  since: number | null
  groups: boolean
  /** Chats that are read in any case, each since a time of its own. */
  chats: readonly { chatId: string; after: number }[]
}

/**
 * What happened while nobody listened, own messages included, as the library describes messages, oldest first. A chat
 * that cannot be read in time is left out and counted.
 */
export async function readMissed(
  client: ShopClient,
  order: CatchUpOrder,
): Promise<{ messages: unknown[]; unread: number }> {
  const since = order.since === null ? null : Math.floor(order.since / 1000)
  const listed = await within(
    CHAT_LIMIT_MS,
    client.page.evaluate(listChatsWithNews, { since, groups: order.groups, limit: CHATS }),
  )
  const wanted = new Map(listed.map(({ chatId, unread }) => [chatId, { after: since, unread }]))
  for (const { chatId, after } of order.chats) {
    const from = Math.floor(after / 1000)
    const known = wanted.get(chatId)
    const earliest = known?.after === undefined || known.after === null ? from : Math.min(from, known.after)
    wanted.set(chatId, { after: earliest, unread: known?.unread ?? 0 })
  }
  const messages: { t: number; raw: unknown }[] = []
  let unread = 0
  for (const [chatId, { after, unread: count }] of wanted) {
    const read = await within(
      CHAT_LIMIT_MS,
      client.page.evaluate(readChat, { chatId, after, unread: count, limit: MESSAGES }),
    ).catch(() => null)
    if (read === null) unread += 1
    else messages.push(...read.map((raw) => ({ t: timeOf(raw), raw })))
  }
  messages.sort((one, other) => one.t - other.t)
  return { messages: messages.map(({ raw }) => raw), unread }
}

function timeOf(raw: unknown): number {
  return typeof raw === 'object' && raw !== null && 't' in raw && typeof raw.t === 'number' ? raw.t : 0
}
