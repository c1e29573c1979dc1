import { z } from 'zod'
import type { Conversation, ConversationDetail, Message } from '../../preload/contract/index.ts'
import type {
  Conversation as CoreConversation,
  Message as CoreMessage,
} from '../core/conversations/conversation.ts'
import type { Shop } from '../core/shops/shop.ts'
import type { ApiContext } from './context.ts'

const languageSchema = z.enum(['es', 'en']).nullable().catch(null)
const understandingSchema = z
  .object({ class: z.string(), score: z.number(), language: z.string() })
  .nullable()
  .catch(null)
const kindSchema = z
  .enum(['text', 'photo', 'document', 'voice', 'video', 'location', 'sticker', 'note', 'other'])
  .catch('other')

/** Conversations as the desk shows them, each with the name of its channel. */
export function listView(
  context: ApiContext,
  shop: Shop,
  found: readonly CoreConversation[],
): Conversation[] {
  if (found.length === 0) return []
  const names = new Map(shop.channels.list().map(({ id, name }) => [id, name]))
  return found.map((conversation) => ({
    id: conversation.id,
    customer: {
      id: conversation.customerId,
      name: conversation.customerName,
      phone: conversation.customerPhone,
    },
    channel: {
      accountId: conversation.accountId,
      kind: conversation.channel,
      name: names.get(conversation.accountId) ?? '',
      chatId: conversation.chatId,
    },
    mode: conversation.mode,
    modeReason: conversation.modeReason,
    modeSince: conversation.modeSince,
    language: languageSchema.parse(conversation.language),
    unread: conversation.unread,
    doneAt: conversation.doneAt,
    lastMessageSeq: conversation.lastMessageSeq,
    lastMessage: conversation.lastMessage,
    assignedTo: presentPerson(context, conversation.assignedTo),
    answer: conversation.answer,
    optedOutAt: conversation.optedOutAt,
    handBackAt: conversation.handBackAt,
    draftId: conversation.draftId,
  }))
}

/** @throws DomainError `not_found`. */
export function detailView(context: ApiContext, shop: Shop, id: string): ConversationDetail {
  const found = shop.conversations.get(id)
  const [view] = listView(context, shop, [found])
  if (view === undefined) throw new Error('a conversation has one view')
  return { ...view, untold: found.untold }
}

export function messageView(message: CoreMessage): Message {
  return {
    ...message,
    kind: kindSchema.parse(message.kind),
    understanding: understandingSchema.parse(message.understanding),
  }
}

/** Nobody has what was given to somebody who has left. */
function presentPerson(context: ApiContext, id: string | null): string | null {
  return id === null ? null : (context.serving.people.person(id)?.id ?? null)
}
