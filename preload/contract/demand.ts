import { z } from 'zod'
import { amountSchema, done, idSchema, inShop, instantSchema, shopCall } from './base.ts'
import { dateSchema } from './selling.ts'

/** What customers asked for and the shop could not offer, the same wishes as one. */
export const missedDemandSchema = z.object({
  kind: z.enum(['not_found', 'out_of_stock', 'not_enough']),
  key: z.string(),
  text: z.string(),
  product: z.object({ id: idSchema, name: z.string() }).nullable(),
  variantId: idSchema.nullable(),
  times: z.int(),
  customers: z.int(),
  quantity: z.int(),
  /** What it would have brought, where known. */
  amount: amountSchema.nullable(),
  lastAt: instantSchema,
  lastConversationId: idSchema,
})
export type MissedDemand = z.output<typeof missedDemandSchema>

export const demand = {
  /** Most wanted first. Dates are local and inclusive. */
  missed: shopCall
    .input(
      inShop.extend({
        from: dateSchema.optional(),
        to: dateSchema.optional(),
        kind: z.enum(['not_found', 'out_of_stock', 'not_enough']).optional(),
        limit: z.int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ items: z.array(missedDemandSchema), amount: amountSchema, times: z.int() })),
  /** Takes a wish out of the list until somebody asks again. */
  dismiss: shopCall
    .input(inShop.extend({ kind: z.enum(['not_found', 'out_of_stock', 'not_enough']), key: z.string() }))
    .output(done),
}
