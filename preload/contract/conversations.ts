import { z } from 'zod'
import { done, idSchema, inShop, instantSchema, jsonSchema, languageSchema, shopCall } from './base.ts'

export const modeSchema = z.enum(['bot', 'person', 'paused'])
export type ConversationMode = z.output<typeof modeSchema>
export const channelKindSchema = z.enum(['testchat', 'telegram', 'whatsapp'])
export const authorSchema = z.enum(['customer', 'agent', 'person', 'system'])

export const attachmentSchema = z.object({
  id: idSchema,
  kind: z.enum(['photo', 'document', 'voice', 'video', 'location', 'sticker', 'other']),
  state: z.enum(['pending', 'stored', 'failed']),
  /** Served at `/media/<shop>/<hash>` once stored. */
  mediaHash: z.string().nullable(),
  mime: z.string().nullable(),
  name: z.string().nullable(),
  size: z.int().nullable(),
  error: z.string().nullable(),
  /** Degrees; for locations. */
  location: z.object({ latitude: z.number(), longitude: z.number(), name: z.string().nullable() }).nullable(),
  /** What a reader made of it, such as a transcript. */
  understood: z.string().nullable(),
})

export const messageSchema = z.object({
  id: idSchema,
  /** Order in the conversation; time is for showing only. */
  seq: z.int(),
  conversationId: idSchema,
  author: authorSchema,
  kind: z.enum(['text', 'photo', 'document', 'voice', 'video', 'location', 'sticker', 'note', 'other']),
  text: z.string(),
  replyToId: idSchema.nullable(),
  sentAt: instantSchema,
  editedAt: instantSchema.nullable(),
  removedAt: instantSchema.nullable(),
  attachments: z.array(attachmentSchema),
  /** How far an own message got; null for the customer's and for notes. `unknown`: it may or may not have arrived. */
  delivery: z.enum(['queued', 'sending', 'sent', 'failed', 'unknown', 'cancelled']).nullable(),
  /** Why, as the channel's own code; `queued_there`: the messenger's client has it and sends it once it is online. */
  deliveryReason: z.string().nullable(),
  /** What the message was understood as, for the customer's messages. */
  understanding: z.object({ class: z.string(), score: z.number(), language: z.string() }).nullable(),
  hasTrace: z.boolean(),
  /** Which person of the shop wrote it; null for others, and for what was written on the phone. */
  personId: idSchema.nullable(),
})
export type Message = z.output<typeof messageSchema>

export const conversationSchema = z.object({
  id: idSchema,
  /** `phone`: as it was told, by the channel or a person. */
  customer: z.object({ id: idSchema, name: z.string(), phone: z.string().nullable() }),
  /** `chatId`: the platform's own id of the chat. */
  channel: z.object({ accountId: idSchema, kind: channelKindSchema, name: z.string(), chatId: z.string() }),
  mode: modeSchema,
  /** Why the mode is what it is: `asked`, `complaint`, `loop`, `failed`… */
  modeReason: z.string(),
  /** Since when the mode is what it is; null where it never changed. */
  modeSince: instantSchema.nullable(),
  language: languageSchema.nullable(),
  unread: z.int(),
  doneAt: instantSchema.nullable(),
  lastMessageSeq: z.int(),
  /** `kind` is the message's: a photo or a voice note may have no text. */
  lastMessage: z
    .object({ author: authorSchema, kind: z.string(), text: z.string(), at: instantSchema })
    .nullable(),
  assignedTo: idSchema.nullable(),
  /** Whether the assistant answers this contact: the owner's word, `default` where nothing was said. */
  answer: z.enum(['default', 'always', 'never']),
  optedOutAt: instantSchema.nullable(),
  /** When it goes back to the assistant by itself; null when it does not. */
  handBackAt: instantSchema.nullable(),
  /** A reply that waits for a look. */
  draftId: idSchema.nullable(),
})
export type Conversation = z.output<typeof conversationSchema>

export const conversationDetailSchema = conversationSchema.extend({
  /** Effects of turns that were stopped before their reply left: done, but the customer was not told. */
  untold: z.array(z.object({ turnId: idSchema, tool: z.string(), arguments: jsonSchema, at: instantSchema })),
})
export type ConversationDetail = z.output<typeof conversationDetailSchema>

const one = inShop.extend({ conversationId: idSchema })
const text = z.string().trim().min(1).max(20_000)

export const conversations = {
  /** Newest first. `before` is the `lastMessageSeq` of the last one already shown. */
  list: shopCall
    .input(
      inShop.extend({
        mode: modeSchema.optional(),
        /** `waiting`: a person is needed or has it, and it is not done. */
        only: z.enum(['unread', 'waiting', 'done', 'mine']).optional(),
        text: z.string().max(200).optional(),
        limit: z.int().min(1).max(100).default(50),
        before: z.int().optional(),
      }),
    )
    .output(z.object({ items: z.array(conversationSchema), more: z.boolean() })),
  get: shopCall.input(one).output(conversationDetailSchema),
  /** Oldest first within the page; `before` is the `seq` of the oldest one already shown. */
  messages: shopCall
    .input(one.extend({ before: z.int().optional(), limit: z.int().min(1).max(200).default(50) }))
    .output(z.object({ items: z.array(messageSchema), more: z.boolean() })),
  /** A person takes over: what the bot had queued is cancelled. */
  take: shopCall.input(one).output(conversationDetailSchema),
  handBack: shopCall.input(one).output(conversationDetailSchema),
  pause: shopCall.input(one).output(conversationDetailSchema),
  /** Sends as a person; takes the conversation over when the bot had it. */
  send: shopCall
    .input(
      one.extend({
        text: z.string().trim().max(20_000),
        /** A picture or PDF that was uploaded; the text is its caption then and may be empty. */
        uploadId: idSchema.optional(),
      }),
    )
    .output(z.object({ messageId: idSchema })),
  /** To a person of the shop, or to nobody. */
  assign: shopCall.input(one.extend({ personId: idSchema.nullable() })).output(conversationDetailSchema),
  /**
   * What the assistant would say now, for a person to edit and send. Nothing is done or sent. `gate.ok` is false when
   * its words were replaced by plain facts. Throws `engine.*`, `cancelled`.
   */
  suggest: shopCall
    .input(one)
    .output(z.object({ text: z.string(), engine: z.string(), gate: z.object({ ok: z.boolean() }) })),
  /** Never or always answer this contact, or as the account's rules say. */
  setAnswer: shopCall
    .input(one.extend({ answer: z.enum(['default', 'always', 'never']) }))
    .output(conversationDetailSchema),
  /** A note that only the desk shows. */
  note: shopCall.input(one.extend({ text })).output(z.object({ messageId: idSchema })),
  markRead: shopCall.input(one).output(done),
  markDone: shopCall.input(one.extend({ done: z.boolean().default(true) })).output(done),
}
