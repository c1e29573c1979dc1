import { z } from 'zod'
import { idSchema, instantSchema, positiveAmountSchema } from './base.ts'

export const productStatusSchema = z.enum(['available', 'sold_out', 'discontinued', 'hidden', 'draft'])
export const variantStatusSchema = z.enum(['available', 'sold_out', 'discontinued'])

/** `from`: the amount is the lowest. `ask`: no price, the shop answers. */
export const priceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exact'), amount: positiveAmountSchema }),
  z.object({ kind: z.literal('from'), amount: positiveAmountSchema }),
  z.object({ kind: z.literal('ask') }),
])
export type Price = z.output<typeof priceSchema>

export const variantSchema = z.object({
  id: idSchema,
  productId: idSchema,
  position: z.int(),
  sku: z.string().nullable(),
  title: z.string(),
  options: z.array(z.string()),
  price: priceSchema,
  compareAt: positiveAmountSchema.nullable(),
  cost: positiveAmountSchema.nullable(),
  unit: z.string(),
  unitSize: z.int(),
  minQuantity: z.int(),
  maxQuantity: z.int().nullable(),
  /** `available` is null when stock is not tracked. */
  stock: z.object({
    tracked: z.boolean(),
    onHand: z.int(),
    reserved: z.int(),
    available: z.int().nullable(),
  }),
  status: variantStatusSchema,
  barcode: z.string().nullable(),
  manualFields: z.array(z.string()),
  revision: z.int(),
})
export type Variant = z.output<typeof variantSchema>

export const productImageSchema = z.object({
  id: idSchema,
  url: z.string().nullable(),
  /** Served at `/media/<shop>/<hash>`. */
  mediaHash: z.string().nullable(),
  alt: z.string(),
  variantId: idSchema.nullable(),
})

export const productSchema = z.object({
  id: idSchema,
  seq: z.int(),
  kind: z.enum(['good', 'service']),
  name: z.string(),
  description: z.string(),
  category: z.string(),
  brand: z.string(),
  tags: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
  status: productStatusSchema,
  taxClass: z.string(),
  madeToOrder: z.boolean(),
  leadTimeDays: z.int().nullable(),
  optionNames: z.array(z.string()),
  url: z.string(),
  aliases: z.array(z.string()),
  images: z.array(productImageSchema),
  variants: z.array(variantSchema),
  /** Fields that a person edited: an import does not overwrite them silently. */
  manualFields: z.array(z.string()),
  revision: z.int(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
})
export type Product = z.output<typeof productSchema>

const text = (longest: number) => z.string().trim().max(longest)

export const variantInputSchema = z.object({
  sku: text(120).nullable().optional(),
  title: text(300).optional(),
  options: z.array(text(200)).max(10).optional(),
  price: priceSchema,
  compareAt: positiveAmountSchema.nullable().optional(),
  cost: positiveAmountSchema.nullable().optional(),
  unit: text(40).optional(),
  unitSize: z.int().min(1).optional(),
  minQuantity: z.int().min(1).optional(),
  maxQuantity: z.int().min(1).nullable().optional(),
  stock: z.object({ tracked: z.boolean(), onHand: z.int() }).optional(),
  status: variantStatusSchema.optional(),
  barcode: text(120).nullable().optional(),
})
export type VariantInput = z.output<typeof variantInputSchema>

/** With an `id` it changes that variant; without one it adds a variant, and then `price` is needed. */
export const variantChangesSchema = variantInputSchema.partial().extend({ id: idSchema.optional() })

export const imageInputSchema = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .optional(),
  mediaHash: z
    .string()
    .regex(/^[a-f0-9]{64}$/)
    .nullable()
    .optional(),
  alt: text(500).optional(),
  variantId: idSchema.nullable().optional(),
})

export const productInputSchema = z.object({
  kind: z.enum(['good', 'service']).optional(),
  name: text(500).min(1),
  description: text(50_000).optional(),
  category: text(300).optional(),
  brand: text(200).optional(),
  tags: z.array(text(100)).max(100).optional(),
  attributes: z.record(z.string().max(200), z.string().max(2000)).optional(),
  status: productStatusSchema.optional(),
  taxClass: text(60).optional(),
  madeToOrder: z.boolean().optional(),
  leadTimeDays: z.int().min(0).nullable().optional(),
  optionNames: z.array(text(100)).max(10).optional(),
  url: text(2000).optional(),
  aliases: z.array(text(200)).max(100).optional(),
  images: z.array(imageInputSchema).max(50).optional(),
  variants: z.array(variantInputSchema).min(1).max(500),
})
export type ProductInput = z.output<typeof productInputSchema>

export const productChangesSchema = productInputSchema.partial().extend({
  variants: z.array(variantChangesSchema).min(1).max(500).optional(),
  /** Variants to put away; one must remain. */
  removeVariants: z.array(idSchema).max(500).optional(),
})
export type ProductChanges = z.output<typeof productChangesSchema>
