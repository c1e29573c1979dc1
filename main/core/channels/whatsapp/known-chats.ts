import type { KnownChat } from '../channel.ts'
import type { ShopClient } from './client.ts'
import { within } from './failure.ts'
import { phoneDigits } from './mappers.ts'
import { listChats } from './page-chats.ts'

const LIMIT_MS = 15_000
/** Who writes for the first time while the code is being scanned is a customer too, ms. */
const TOLERANCE_MS = 10_000

/**
 * The chats with people that the account had when it was connected.
 * @param connectedAt ms since the epoch
 * @throws where the page does not say
 */
export async function readKnownChats(client: ShopClient, connectedAt: number): Promise<KnownChat[]> {
  const before = Math.floor((connectedAt - TOLERANCE_MS) / 1000)
  const chats = await within(LIMIT_MS, client.page.evaluate(listChats, before))
  return chats.map(({ chatId, name, phoneId }) => ({ chatId, name, phone: phoneDigits(phoneId) }))
}
