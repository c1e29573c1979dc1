import type { AttachmentKind, ChannelKind } from '../channels/channel.ts'
import type { JsonValue } from '../json.ts'
import type { OutboxState } from '../outbox/service.ts'

export type ConversationMode = 'bot' | 'person' | 'paused'

export interface Conversation {
  id: string
  customerId: string
  customerName: string
  /** As the channel or a person told it; null where nobody did. */
  customerPhone: string | null
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
  lastMessage: { author: MessageAuthor; kind: string; text: string; at: string } | null
  /** A person of `app.db`. */
  assignedTo: string | null
  /** When a person of the shop last acted in it: took it, wrote, was given it. */
  personAt: string | null
  optedOutAt: string | null
  /** The owner's word on whether the assistant answers this contact. */
  answer: ContactAnswer
  /** A reply that waits for a look. */
  draftId: string | null
  /** When it goes back to the assistant by itself; null when it does not. */
  handBackAt: string | null
  updatedAt: string
}

export type ContactAnswer = 'default' | 'always' | 'never'

/** `waiting`: a person is needed or has it, and it is not done. `mine`: assigned to the person who asks. */
export type ConversationSelection = 'unread' | 'waiting' | 'done' | 'mine'

/** A file that goes with an own message; it is in the media store already. */
export interface OwnFile {
  hash: string
  mime: string
  name: string
  /** Bytes. */
  size: number
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
  /** Degrees; for locations. */
  location: { latitude: number; longitude: number; name: string | null } | null
  /** What a reader made of it, such as a transcript. */
  understood: string | null
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
  /** Which person of the shop wrote it; null for others, and for what was written on the phone. */
  personId: string | null
  attachments: MessageAttachment[]
}

/** An effect of a turn that was stopped before its reply left: done, but the customer was not told. */
export interface UntoldEffect {
  turnId: string
  tool: string
  arguments: JsonValue
  at: string
}
