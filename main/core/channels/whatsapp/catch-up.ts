import type { ShopClient } from './client.ts'
import { within } from './failure.ts'
import { listChatsWithNews, readChat } from './page-chats.ts'

/** At most so many chats are looked at, and so many messages of each told. */
const CHATS = 200
const MESSAGES = 50
const CHAT_LIMIT_MS = 20_000
const ATTEMPTS = 3
const RETRY_MS = 10_000

export interface CatchUpOrder {
  /** Chats with something newer are read, ms since the epoch; null for those with something unread only. */
  since: number | null
  groups: boolean
  /** Chats that are read in any case, each since a time of its own. */
  chats: readonly { chatId: string; after: number }[]
}

interface Part {
  chatId: string
  /** Seconds. */
  after: number | null
  unread: number
}

/**
 * Tells what happened while nobody listened, own messages included, as the library describes messages, oldest first.
 * What cannot be read is tried again. Gives the number of chats that stayed unread.
 */
export async function catchUp(
  client: ShopClient,
  order: CatchUpOrder,
  tell: (raw: unknown) => void,
): Promise<number> {
  let open: readonly Part[] | null = null
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    if (attempt > 1) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    open ??= await listParts(client, order).catch(() => null)
    if (open !== null) open = await readParts(client, open, tell)
    if (open?.length === 0) return 0
  }
  return open?.length ?? order.chats.length
}

async function listParts(client: ShopClient, order: CatchUpOrder): Promise<Part[]> {
  const since = order.since === null ? null : Math.floor(order.since / 1000)
  const asked = client.page.evaluate(listChatsWithNews, { since, groups: order.groups, limit: CHATS })
  const listed = await within(CHAT_LIMIT_MS, asked)
  const parts = new Map<string, Part>()
  for (const { chatId, unread } of listed) parts.set(chatId, { chatId, after: since, unread })
  for (const { chatId, after } of order.chats) {
    const from = Math.floor(after / 1000)
    const known = parts.get(chatId)
    const earliest = known === undefined || known.after === null ? from : Math.min(from, known.after)
    parts.set(chatId, { chatId, after: earliest, unread: known?.unread ?? 0 })
  }
  return [...parts.values()]
}

/** Gives the parts that could not be read. */
async function readParts(
  client: ShopClient,
  parts: readonly Part[],
  tell: (raw: unknown) => void,
): Promise<Part[]> {
  const messages: { t: number; raw: unknown }[] = []
  const failed: Part[] = []
  for (const part of parts) {
    const asked = client.page.evaluate(readChat, { ...part, limit: MESSAGES })
    const read = await within(CHAT_LIMIT_MS, asked).catch(() => null)
    if (read === null) failed.push(part)
    else messages.push(...read.map((raw) => ({ t: timeOf(raw), raw })))
  }
  messages.sort((one, other) => one.t - other.t)
  for (const { raw } of messages) tell(raw)
  return failed
}

function timeOf(raw: unknown): number {
  return typeof raw === 'object' && raw !== null && 't' in raw && typeof raw.t === 'number' ? raw.t : 0
}
