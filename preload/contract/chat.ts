import { z } from 'zod'
import { amountSchema, currencySchema, idSchema, inShop, languageSchema, shopCall } from './base.ts'
import { modeSchema } from './conversations.ts'
import { traceSchema } from './traces.ts'

/** A cart as the command line prints it; amounts in minor units. */
export const chatCartSchema = z.object({
  lines: z.array(z.object({ sku: z.string().nullable(), quantity: z.int(), total: amountSchema })),
  total: amountSchema,
  currency: currencySchema,
})

export const chatOrderSchema = z.object({
  number: z.string(),
  state: z.string(),
  lines: z.array(z.object({ sku: z.string().nullable(), quantity: z.int(), total: amountSchema })),
  subtotal: amountSchema,
  delivery: amountSchema,
  total: amountSchema,
})

export const chatAnswerSchema = z.object({
  conversationId: idSchema,
  /** All texts of the reply, one paragraph each; null when nobody answered (a person has the conversation). */
  reply: z.string().nullable(),
  language: languageSchema.nullable(),
  trace: traceSchema.nullable(),
  cart: chatCartSchema,
  order: chatOrderSchema.nullable(),
  mode: modeSchema,
})
export type ChatAnswer = z.output<typeof chatAnswerSchema>

const name = z.string().trim().min(1).max(80)
const text = z.string().trim().min(1).max(20_000)

export const chat = {
  /** Opens the test customer of that name and answers its conversation, the same one each time. */
  open: shopCall.input(inShop.extend({ as: name })).output(z.object({ conversationId: idSchema })),
  /** Says something as the customer; the answer arrives as events. */
  say: shopCall
    .input(inShop.extend({ conversationId: idSchema, text }))
    .output(z.object({ messageId: idSchema })),
  /** Says something and waits for the reply, without the quiet window. */
  ask: shopCall.input(inShop.extend({ as: name, text })).output(chatAnswerSchema),
}
