import { z } from 'zod'
import {
  amountSchema,
  done,
  idSchema,
  inShop,
  instantSchema,
  languageSchema,
  ownerShopCall,
  positiveAmountSchema,
  shopCall,
} from './base.ts'

const label = z.object({ es: z.string().max(200), en: z.string().max(200) })
const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)

/** A fact that the price depends on; the agent asks for it. */
export const tariffInputSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('number'),
    key,
    label,
    question: label,
    /** Shown behind the figure: m², pages, km. */
    unit: z.string().max(20).default(''),
    min: z.number().nullable().default(null),
    max: z.number().nullable().default(null),
    required: z.boolean().default(true),
  }),
  z.object({
    type: z.literal('choice'),
    key,
    label,
    question: label,
    options: z
      .array(z.object({ value: key, label, words: z.array(z.string().max(60)).default([]) }))
      .min(1)
      .max(30),
    required: z.boolean().default(true),
  }),
  z.object({ type: z.literal('yes_no'), key, label, question: label, required: z.boolean().default(true) }),
])

export const conditionSchema = z.object({
  key,
  is: z.enum(['equals', 'not_equals', 'at_least', 'at_most', 'more_than', 'less_than']),
  value: z.union([z.string(), z.number(), z.boolean()]),
})

/** One element of the price; counted when all its conditions hold. Amounts in minor units. */
export const tariffElementSchema = z.object({
  key,
  label,
  kind: z.enum(['base', 'per_unit', 'option', 'percent', 'minimum']),
  /** Minor units; for `percent` basis points of what came before (may be negative). */
  amount: z.int(),
  /** For `per_unit`: the number it is multiplied with, above `included` and in steps of `step`. */
  per: key.nullable().default(null),
  included: z.number().min(0).default(0),
  step: z.number().positive().default(1),
  when: z.array(conditionSchema).max(10).default([]),
})

export const tariffDefinitionSchema = z.object({
  inputs: z.array(tariffInputSchema).max(20),
  elements: z.array(tariffElementSchema).min(1).max(50),
  /** `from`: the figure is the least; the shop confirms. */
  priceKind: z.enum(['exact', 'from']).default('exact'),
  /** What the customer has to bring or send: documents, photos, measurements. */
  requirements: z.array(label).max(20).default([]),
  /** Days that a quote holds. */
  validDays: z.int().min(1).max(365).default(15),
  note: label.default({ es: '', en: '' }),
})
export type TariffDefinition = z.output<typeof tariffDefinitionSchema>

export const answersSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

export const quoteLineSchema = z.object({
  label,
  /** Null where the line is no multiple. */
  quantity: z.number().nullable(),
  unit: z.string(),
  unitAmount: amountSchema.nullable(),
  amount: amountSchema,
})

export const quoteSchema = z.object({
  id: idSchema,
  seq: z.int(),
  number: z.string(),
  customer: z.object({ id: idSchema, name: z.string() }).nullable(),
  conversationId: idSchema.nullable(),
  product: z.object({ id: idSchema, name: z.string() }),
  answers: answersSchema,
  lines: z.array(quoteLineSchema),
  total: positiveAmountSchema,
  priceKind: z.enum(['exact', 'from']),
  validUntil: instantSchema.nullable(),
  at: instantSchema,
})
export type Quote = z.output<typeof quoteSchema>

export const tariffSchema = z.object({
  productId: idSchema,
  productName: z.string(),
  definition: tariffDefinitionSchema,
  revision: z.int(),
})
export type Tariff = z.output<typeof tariffSchema>

export const tariffs = {
  list: shopCall.input(inShop).output(z.array(tariffSchema)),
  get: shopCall.input(inShop.extend({ productId: idSchema })).output(tariffSchema.nullable()),
  /** Throws `tariff.invalid {path, issue}`. */
  set: ownerShopCall
    .input(
      inShop.extend({
        productId: idSchema,
        definition: tariffDefinitionSchema,
        expectedRevision: z.int().optional(),
      }),
    )
    .output(tariffSchema),
  remove: ownerShopCall.input(inShop.extend({ productId: idSchema })).output(done),
  /** Computes without keeping: what a definition that is being written comes to. */
  preview: shopCall
    .input(
      inShop.extend({
        definition: tariffDefinitionSchema,
        answers: answersSchema,
        language: languageSchema.default('es'),
      }),
    )
    .output(
      z.object({
        missing: z.array(key),
        lines: z.array(quoteLineSchema),
        total: positiveAmountSchema.nullable(),
        priceKind: z.enum(['exact', 'from']),
      }),
    ),
  quotes: shopCall
    .input(
      inShop.extend({
        customerId: idSchema.optional(),
        productId: idSchema.optional(),
        limit: z.int().min(1).max(200).default(50),
        before: z.int().optional(),
      }),
    )
    .output(z.object({ items: z.array(quoteSchema), more: z.boolean() })),
}
