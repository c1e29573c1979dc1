import type { Message } from '../../preload/contract/index.ts'
import type { CommandContext } from './command.ts'
import { withShop } from './connection.ts'
import { conversationIn } from './conversation-list.ts'
import { sayOfConversations } from './conversation-texts.ts'

/** A person has it from now on. */
export async function take(
  context: CommandContext,
  _options: Record<string, unknown>,
  [reference = '']: string[],
): Promise<undefined> {
  const taken = await withShop(context, async ({ client, shop }) =>
    client.conversations.take({ shop, conversationId: await conversationIn(client, shop, reference) }),
  )
  const { language } = context.output
  context.output.result(taken, sayOfConversations('taken', language, { name: taken.customer.name }))
}

/** Writes as the owner; that takes the conversation over. Where no app serves the shop it leaves when one does. */
export async function sendText(
  context: CommandContext,
  _options: Record<string, unknown>,
  [reference = '', text = '']: string[],
): Promise<undefined> {
  const sent = await withShop(context, async ({ client, shop, served }) => {
    const conversationId = await conversationIn(client, shop, reference)
    const { messageId } = await client.conversations.send({ shop, conversationId, text })
    const { customer } = await client.conversations.get({ shop, conversationId })
    const { items } = await client.conversations.messages({ shop, conversationId, limit: 10 })
    const delivery = items.find(({ id }) => id === messageId)?.delivery ?? 'queued'
    return { messageId, conversationId, delivery, served, name: customer.name }
  })
  const { name, ...result } = sent
  const key = sent.delivery === 'queued' && !sent.served ? 'waitsForApp' : deliveryTexts[sent.delivery]
  context.output.result(result, sayOfConversations(key, context.output.language, { name }))
}

const deliveryTexts = {
  queued: 'waits',
  sending: 'leaving',
  sent: 'sent',
  unknown: 'unknown',
  failed: 'failed',
  cancelled: 'failed',
} as const satisfies Record<NonNullable<Message['delivery']>, string>

/** Back to the assistant. */
export async function handBack(
  context: CommandContext,
  _options: Record<string, unknown>,
  [reference = '']: string[],
): Promise<undefined> {
  const given = await withShop(context, async ({ client, shop, served }) => {
    const conversationId = await conversationIn(client, shop, reference)
    return { served, conversation: await client.conversations.handBack({ shop, conversationId }) }
  })
  const { customer } = given.conversation
  const key = given.served ? 'handedBack' : 'handedBackForLater'
  context.output.result(
    given.conversation,
    sayOfConversations(key, context.output.language, { name: customer.name }),
  )
}
