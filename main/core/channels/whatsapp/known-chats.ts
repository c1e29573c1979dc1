import type { KnownChat } from '../channel.ts'
import type { ShopClient } from './client.ts'
import { within } from './failure.ts'
import { phoneDigits } from './mappers.ts'
import { listChats } from './page-chats.ts'

const LIMIT_MS = 15_000

/** The chats with people that the account has now. @throws where the page does not say */
export async function readKnownChats(client: ShopClient): Promise<KnownChat[]> {
  const chats = await within(LIMIT_MS, client.page.evaluate(listChats))
  return chats.map(({ chatId, name, phoneId }) => ({ chatId, name, phone: phoneDigits(phoneId) }))
}
