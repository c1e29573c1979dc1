import { z } from 'zod'
import {
  done,
  idSchema,
  inShop,
  instantSchema,
  ownerShopCall,
  positiveAmountSchema,
  shopCall,
} from './base.ts'

export const cardStateSchema = z.enum(['open', 'answered', 'dismissed', 'timed_out'])

/** Something a customer asked that neither catalog nor knowledge answers, for the owner. */
export const cardSchema = z.object({
  id: idSchema,
  seq: z.int(),
  kind: z.enum(['product', 'question']),
  question: z.string(),
  language: z.string(),
  state: cardStateSchema,
  answer: z.string(),
  answeredAt: instantSchema.nullable(),
  answeredBy: z.string().nullable(),
  dueAt: instantSchema,
  askedAt: instantSchema,
  waiting: z.array(
    z.object({
      conversationId: idSchema,
      customer: z.object({ id: idSchema, name: z.string() }),
      askedAt: instantSchema,
      told: z.boolean(),
    }),
  ),
  knowledgeId: idSchema.nullable(),
  productId: idSchema.nullable(),
  revision: z.int(),
})
export type Card = z.output<typeof cardSchema>

export const ownerChatSchema = z.object({
  id: idSchema,
  channelAccountId: idSchema,
  account: z.string(),
  name: z.string(),
  since: instantSchema,
})

export type OwnerChat = z.output<typeof ownerChatSchema>

export const cards = {
  list: shopCall
    .input(
      inShop.extend({
        state: cardStateSchema.optional(),
        text: z.string().max(200).optional(),
        limit: z.int().min(1).max(200).default(50),
        before: z.int().optional(),
      }),
    )
    .output(z.object({ items: z.array(cardSchema), more: z.boolean(), open: z.int() })),
  get: shopCall.input(inShop.extend({ cardId: idSchema })).output(cardSchema),
  /**
   * One answer for everybody who waits. `keep`: what becomes of it. Throws `card.closed` when it was answered already.
   */
  answer: shopCall
    .input(
      inShop.extend({
        cardId: idSchema,
        answer: z.string().trim().min(1).max(2_000),
        keep: z
          .discriminatedUnion('as', [
            z.object({ as: z.literal('nothing') }),
            z.object({ as: z.literal('knowledge'), question: z.string().max(500).optional() }),
            z.object({
              as: z.literal('product'),
              name: z.string().trim().min(1).max(200),
              price: positiveAmountSchema.nullable(),
            }),
          ])
          .default({ as: 'nothing' }),
      }),
    )
    .output(cardSchema),
  /** Adds an answer that was given to catalog or knowledge later. */
  keep: shopCall
    .input(
      inShop.extend({
        cardId: idSchema,
        as: z.enum(['knowledge', 'product']),
        name: z.string().trim().min(1).max(500),
        price: positiveAmountSchema.nullable().default(null),
      }),
    )
    .output(cardSchema),
  /** Closes it without an answer; who waits is told politely when `tell`. */
  dismiss: shopCall
    .input(inShop.extend({ cardId: idSchema, tell: z.boolean().default(true) }))
    .output(cardSchema),
  ownerChats: ownerShopCall.input(inShop).output(z.array(ownerChatSchema)),
  /** A code that makes the chat that sends it to the bot within 10 minutes the owner's. */
  pair: ownerShopCall
    .input(inShop.extend({ channelAccountId: idSchema }))
    .output(z.object({ code: z.string(), expiresAt: instantSchema, bot: z.string() })),
  unpair: ownerShopCall.input(inShop.extend({ ownerChatId: idSchema })).output(done),
}
