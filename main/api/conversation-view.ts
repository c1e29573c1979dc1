import { z } from 'zod'
import type { Conversation, ConversationDetail, Message } from '../../preload/contract/index.ts'
import type {
  Conversation as CoreConversation,
  Message as CoreMessage,
} from '../core/conversations/conversation.ts'
import type { Shop } from '../core/shops/shop.ts'

const languageSchema = z.enum(['es', 'en']).nullable().catch(null)
const understandingSchema = z
  .object({ class: z.string(), score: z.number(), language: z.string() })
  .nullable()
  .catch(null)
const kindSchema = z
  .enum(['text', 'photo', 'document', 'voice', 'video', 'location', 'sticker', 'note', 'other'])
  .catch('other')

/** Conversations as the desk shows them, each with the name of its channel. */
export function listView(shop: Shop, found: readonly CoreConversation[]): Conversation[] {
  if (found.length === 0) return []
  const names = new Map(shop.channels.list().map(({ id, name }) => [id, name]))
  return found.map((conversation) => ({
    id: conversation.id,
    customer: { id: conversation.customerId, name: conversation.customerName },
    channel: {
      accountId: conversation.accountId,
      kind: conversation.channel,
      name: names.get(conversation.accountId) ?? '',
    },
    mode: conversation.mode,
    modeReason: conversation.modeReason,
    modeSince: conversation.modeSince,
    language: languageSchema.parse(conversation.language),
    unread: conversation.unread,
    doneAt: conversation.doneAt,
    lastMessageSeq: conversation.lastMessageSeq,
    lastMessage: conversation.lastMessage === null ? null : { ...conversation.lastMessage, kind: 'text' },
    assignedTo: null,
    answer: 'default',
    optedOutAt: null,
    handBackAt: null,
    draftId: null,
  }))
}

/** @throws DomainError `not_found`. */
export function detailView(shop: Shop, id: string): ConversationDetail {
  const found = shop.conversations.get(id)
  const [view] = listView(shop, [found])
  if (view === undefined) throw new Error('a conversation has one view')
  return { ...view, untold: found.untold }
}

export function messageView(message: CoreMessage): Message {
  return {
    ...message,
    attachments: message.attachments.map((attachment) => ({
      ...attachment,
      location: null,
      understood: null,
    })),
    personId: null,
    kind: kindSchema.parse(message.kind),
    understanding: understandingSchema.parse(message.understanding),
  }
}
