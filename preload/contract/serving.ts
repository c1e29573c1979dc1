import { z } from 'zod'
import { done, idSchema, inShop, instantSchema, ownerShopCall, shopCall } from './base.ts'

/** How the shop serves people on all its channels. */
export const servingSettingsSchema = z.object({
  /** What the first reply says of itself; an empty text is the usual one. */
  disclosure: z.object({ enabled: z.boolean(), es: z.string().max(400), en: z.string().max(400) }),
  /** Minutes without a message after which a conversation that a person took goes back; null: never by itself. */
  handBackMinutes: z.int().min(5).max(10_080).nullable(),
  /** Messages older than this when the assistant gets to them become drafts for review. Minutes. */
  answerWithinMinutes: z.int().min(5).max(10_080),
  /** How the owner is called when a customer wants a person. */
  callOwner: z.object({ notification: z.boolean(), sound: z.boolean(), messenger: z.boolean() }),
  /** What becomes of a voice note while nothing here understands speech. */
  voiceNotes: z.enum(['ask_to_write', 'person']),
})
export type ServingSettings = z.output<typeof servingSettingsSchema>

export const absenceSchema = z.object({
  id: idSchema,
  reason: z.enum(['off', 'asleep', 'disconnected', 'paused']),
  channelAccountId: idSchema.nullable(),
  startedAt: instantSchema,
  endedAt: instantSchema.nullable(),
  /** Customers' messages that came in it, conversations they are of, how many the assistant answered, and drafts that wait. */
  messages: z.int(),
  conversations: z.int(),
  answered: z.int(),
  drafts: z.int(),
})
export type Absence = z.output<typeof absenceSchema>

export const replyDraftSchema = z.object({
  id: idSchema,
  conversationId: idSchema,
  customer: z.object({ id: idSchema, name: z.string() }),
  state: z.enum(['waiting', 'ready', 'sent', 'dismissed', 'overtaken', 'failed']),
  /** What the customer wrote, oldest first. */
  asked: z.array(z.object({ text: z.string(), at: instantSchema })),
  text: z.string(),
  engine: z.string().nullable(),
  error: z.string().nullable(),
  createdAt: instantSchema,
})
export type ReplyDraft = z.output<typeof replyDraftSchema>

export const quickReplySchema = z.object({ id: idSchema, title: z.string(), text: z.string() })
export type QuickReply = z.output<typeof quickReplySchema>

const one = inShop.extend({ draftId: idSchema })

export const serving = {
  settings: shopCall.input(inShop).output(servingSettingsSchema),
  /** Changes what is given. */
  set: ownerShopCall
    .input(inShop.extend({ settings: servingSettingsSchema.partial() }))
    .output(servingSettingsSchema),
  /** Whether the assistant is paused in all conversations, and since when. */
  state: shopCall
    .input(inShop)
    .output(z.object({ paused: z.boolean(), since: instantSchema.nullable(), by: z.string().nullable() })),
  /** The assistant says nothing any more, anywhere: drafts in the making are dropped, replies not yet sent are held. */
  pause: shopCall.input(inShop).output(done),
  /** Recent messages are answered, old ones become drafts. */
  resume: shopCall.input(inShop).output(done),
  /** Absences that nobody has put away, newest first. */
  absences: shopCall.input(inShop).output(z.array(absenceSchema)),
  seen: shopCall.input(inShop.extend({ absenceId: idSchema })).output(done),
}

export const drafts = {
  /** Those that wait for a look, oldest first. */
  list: shopCall.input(inShop).output(z.array(replyDraftSchema)),
  get: shopCall.input(one).output(replyDraftSchema),
  /** Sends the text, as a person's. Throws `draft.overtaken` when somebody wrote meanwhile. */
  send: shopCall
    .input(one.extend({ text: z.string().trim().min(1).max(20_000) }))
    .output(z.object({ messageId: idSchema })),
  dismiss: shopCall.input(one).output(done),
  /** Has one written again that failed. Throws `conflict`. */
  retry: shopCall.input(one).output(done),
}

export const quickReplies = {
  list: shopCall.input(inShop).output(z.array(quickReplySchema)),
  /** A new one without `id`. `{nombre}`, `{name}`, `{tienda}` and `{shop}` are filled in where it is used. */
  save: shopCall
    .input(
      inShop.extend({
        id: idSchema.optional(),
        title: z.string().trim().min(1).max(60),
        text: z.string().trim().min(1).max(4_000),
      }),
    )
    .output(quickReplySchema),
  remove: shopCall.input(inShop.extend({ id: idSchema })).output(done),
  /** Brings one back that was removed. */
  restore: shopCall.input(inShop.extend({ id: idSchema })).output(quickReplySchema),
  order: shopCall.input(inShop.extend({ ids: z.array(idSchema).max(500) })).output(done),
}
