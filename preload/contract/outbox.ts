import { z } from 'zod'
import { done, idSchema, inShop, instantSchema, shopCall } from './base.ts'

/** Something that may or may not have reached the customer. */
export const unknownSendSchema = z.object({
  id: idSchema,
  conversationId: idSchema,
  messageId: idSchema,
  /** Text or caption of that part. */
  text: z.string(),
  at: instantSchema,
})
export type UnknownSend = z.output<typeof unknownSendSchema>

export const outbox = {
  unknown: shopCall.input(inShop).output(z.array(unknownSendSchema)),
  /** The owner looked: it arrived, or it is to be sent again. */
  resolve: shopCall
    .input(inShop.extend({ outboxId: idSchema, verdict: z.enum(['arrived', 'send_again']) }))
    .output(done),
}
