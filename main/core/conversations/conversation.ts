import type { AttachmentKind, ChannelKind } from '../channels/channel.ts'
import type { JsonValue } from '../json.ts'
import type { OutboxState } from '../outbox/service.ts'

export type ConversationMode = 'bot' | 'person' | 'paused'

export interface Conversation {
  id: string
  customerId: string
  customerName: string
  accountId: string
  channel: ChannelKind
  chatId: string
  mode: ConversationMode
  modeReason: string
  modeSince: string | null
  epoch: number
  language: string | null
  unread: number
  doneAt: string | null
  lastMessageSeq: number
  lastMessage: { author: MessageAuthor; text: string; at: string } | null
  updatedAt: string
}

export type MessageAuthor = 'customer' | 'agent' | 'person' | 'system'

export interface MessageAttachment {
  id: string
  kind: AttachmentKind
  state: 'pending' | 'stored' | 'failed'
  mediaHash: string | null
  mime: string | null
  name: string | null
  size: number | null
  error: string | null
}

export interface Message {
  seq: number
  id: string
  conversationId: string
  author: MessageAuthor
  kind: string
  text: string
  replyToId: string | null
  sentAt: string
  editedAt: string | null
  removedAt: string | null
  understanding: JsonValue
  /** What became of an own message: the worst state of its parts; null for what others wrote and for notes. */
  delivery: OutboxState | null
  /** The channel's code for why it is in that state. */
  deliveryReason: string | null
  hasTrace: boolean
  attachments: MessageAttachment[]
}

/** An effect of a turn that was stopped before its reply left: done, but the customer was not told. */
export interface UntoldEffect {
  turnId: string
  tool: string
  arguments: JsonValue
  at: string
}
