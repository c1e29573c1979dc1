import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { idSchema, inShop, instantSchema, shopCall } from './base.ts'

const none = z.object({})
const conversation = z.object({ conversationId: idSchema })
const message = conversation.extend({ messageId: idSchema })
const stored = { seq: z.int(), at: instantSchema }
const passing = { seq: z.null(), at: instantSchema }

/** Something changed in the shop: ids only, whoever listens asks for the data. Ephemeral ones have `seq: null`. */
export const shopEventSchema = z.discriminatedUnion('type', [
  z.object({ ...stored, type: z.literal('conversation.changed'), payload: conversation }),
  z.object({ ...stored, type: z.literal('message.added'), payload: message }),
  z.object({ ...stored, type: z.literal('message.changed'), payload: message }),
  z.object({
    ...stored,
    type: z.literal('turn.scheduled'),
    payload: conversation.extend({ turnId: idSchema }),
  }),
  z.object({
    ...stored,
    type: z.literal('turn.changed'),
    payload: conversation.extend({ turnId: idSchema, state: z.string() }),
  }),
  z.object({ ...stored, type: z.literal('outbox.changed'), payload: message.extend({ state: z.string() }) }),
  z.object({
    ...stored,
    type: z.literal('cart.changed'),
    payload: conversation.extend({ cartId: idSchema }),
  }),
  z.object({
    ...stored,
    type: z.literal('handover.requested'),
    payload: conversation.extend({ reason: z.string() }),
  }),
  z.object({ ...stored, type: z.literal('order.placed'), payload: z.object({ orderId: idSchema }) }),
  z.object({ ...stored, type: z.literal('order.changed'), payload: z.object({ orderId: idSchema }) }),
  z.object({ ...stored, type: z.literal('customer.changed'), payload: z.object({ customerId: idSchema }) }),
  z.object({ ...stored, type: z.literal('card.opened'), payload: z.object({ cardId: idSchema }) }),
  z.object({ ...stored, type: z.literal('card.changed'), payload: z.object({ cardId: idSchema }) }),
  z.object({
    ...stored,
    type: z.literal('owner_chat.changed'),
    payload: z.object({ ownerChatId: idSchema }),
  }),
  z.object({ ...stored, type: z.literal('demand.changed'), payload: none }),
  z.object({ ...stored, type: z.literal('selling.changed'), payload: none }),
  z.object({ ...stored, type: z.literal('tariff.changed'), payload: z.object({ productId: idSchema }) }),
  z.object({ ...stored, type: z.literal('product.changed'), payload: z.object({ productId: idSchema }) }),
  z.object({ ...stored, type: z.literal('catalog.imported'), payload: z.object({ importId: idSchema }) }),
  z.object({
    ...stored,
    type: z.literal('knowledge.changed'),
    payload: z.object({ knowledgeId: idSchema.nullable() }),
  }),
  z.object({ ...stored, type: z.literal('profile.changed'), payload: none }),
  z.object({
    ...stored,
    type: z.literal('channel.changed'),
    payload: z.object({ channelAccountId: idSchema, state: z.string() }),
  }),
  z.object({
    ...stored,
    type: z.literal('conversation.returned'),
    payload: conversation,
  }),
  z.object({
    ...stored,
    type: z.literal('draft.changed'),
    payload: conversation.extend({ draftId: idSchema }),
  }),
  z.object({ ...stored, type: z.literal('serving.changed'), payload: z.object({ paused: z.boolean() }) }),
  z.object({ ...stored, type: z.literal('absence.changed'), payload: z.object({ absenceId: idSchema }) }),
  z.object({ ...stored, type: z.literal('quick_reply.changed'), payload: none }),
  z.object({
    ...passing,
    type: z.literal('channel.live'),
    payload: z.object({ channelAccountId: idSchema }),
  }),
  z.object({
    ...stored,
    type: z.literal('engine.changed'),
    payload: z.object({ engineId: idSchema.nullable() }),
  }),
  z.object({ ...stored, type: z.literal('personality.changed'), payload: none }),
  z.object({
    ...passing,
    type: z.literal('engine.health'),
    payload: z.object({ engineId: idSchema, state: z.string() }),
  }),
  z.object({
    ...passing,
    type: z.literal('spending.changed'),
    payload: z.object({ day: z.string(), warning: z.boolean(), capped: z.boolean() }),
  }),
  z.object({
    ...passing,
    type: z.literal('exam.progress'),
    payload: z.object({ runId: idSchema, done: z.int(), total: z.int(), finished: z.boolean() }),
  }),
  z.object({
    ...passing,
    type: z.literal('import.progress'),
    payload: z.object({
      importId: idSchema,
      rows: z.int(),
      bytes: z.int(),
      totalBytes: z.int(),
      done: z.boolean(),
    }),
  }),
  z.object({
    ...passing,
    type: z.literal('export.progress'),
    payload: z.object({ runId: idSchema, rows: z.int(), total: z.int(), done: z.boolean() }),
  }),
  z.object({
    ...passing,
    type: z.literal('search.progress'),
    payload: z.object({ state: z.string(), done: z.int(), total: z.int() }),
  }),
  z.object({
    ...passing,
    type: z.literal('typing.changed'),
    payload: conversation.extend({ who: z.enum(['agent', 'customer']), typing: z.boolean() }),
  }),
])
export type ShopEvent = z.output<typeof shopEventSchema>

/**
 * First `ready` with the sequence the stream starts from. When the caller's `afterSeq` is too far behind (or from another
 * database), `gap` is true and nothing is replayed: ask for everything again. Otherwise what was missed follows, in order.
 */
export const eventStreamItemSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), seq: z.int(), gap: z.boolean() }),
  z.object({ kind: z.literal('event'), event: shopEventSchema }),
])
export type EventStreamItem = z.output<typeof eventStreamItemSchema>

export const events = {
  /** Runs until the caller ends it. Without `afterSeq` it starts now. */
  stream: shopCall
    .input(inShop.extend({ afterSeq: z.int().min(0).optional() }))
    .output(eventIterator(eventStreamItemSchema)),
}
