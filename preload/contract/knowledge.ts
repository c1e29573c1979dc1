import { z } from 'zod'
import { done, idSchema, inShop, instantSchema, shopCall } from './base.ts'

export const knowledgeTopicSchema = z.enum([
  'hours',
  'address',
  'contact',
  'delivery',
  'pickup',
  'payment',
  'deposit',
  'returns',
  'discounts',
  'handoff',
  'faq',
  'note',
])

export const knowledgeEntrySchema = z.object({
  id: idSchema,
  position: z.int(),
  topic: knowledgeTopicSchema,
  locale: z.string(),
  question: z.string(),
  answer: z.string(),
  /** `profile` entries are written from the shop's profile and cannot be edited here. */
  source: z.string(),
  revision: z.int(),
  updatedAt: instantSchema,
})
export type KnowledgeEntry = z.output<typeof knowledgeEntrySchema>

const fields = z.object({
  topic: knowledgeTopicSchema,
  locale: z.string().max(35).optional(),
  question: z.string().trim().max(1000).optional(),
  answer: z.string().trim().min(1).max(10_000),
})

export const knowledge = {
  list: shopCall
    .input(inShop.extend({ topic: knowledgeTopicSchema.optional() }))
    .output(z.array(knowledgeEntrySchema)),
  add: shopCall.input(inShop.extend({ entry: fields })).output(knowledgeEntrySchema),
  update: shopCall
    .input(inShop.extend({ knowledgeId: idSchema, changes: fields.partial() }))
    .output(knowledgeEntrySchema),
  remove: shopCall.input(inShop.extend({ knowledgeId: idSchema })).output(done),
}
