import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import {
  currencySchema,
  done,
  idSchema,
  inShop,
  instantSchema,
  jsonSchema,
  ownerShopCall,
  shopCall,
} from './base.ts'
import { productChangesSchema, productInputSchema, productSchema, productStatusSchema } from './product.ts'

/** `row` is numbered as a spreadsheet numbers it: the first record of the file is 1. */
export const importIssueSchema = z.object({
  row: z.int(),
  reason: z.string(),
  data: z.record(z.string(), jsonSchema),
})

/** Counts are products. */
export const importReportSchema = z.object({
  importId: idSchema.nullable(),
  dryRun: z.boolean(),
  imported: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  variants: z.int(),
  refused: z.array(importIssueSchema),
  warned: z.array(importIssueSchema),
  format: z.enum(['generic', 'shopify', 'woocommerce']),
  delimiter: z.string(),
  encoding: z.string(),
  decimal: z.enum([',', '.', 'none']),
  /** Header → field it was taken for; `attribute`, `option` and `ignored` included. */
  columns: z.record(z.string(), z.string()),
  cancelled: z.boolean(),
  /** Values that a person had set by hand and the import left alone. */
  kept: z.array(
    z.object({ row: z.int(), productId: idSchema, sku: z.string().nullable(), field: z.string() }),
  ),
})
export type ImportReport = z.output<typeof importReportSchema>

/** First `started`, then `progress` now and then, last `report`; a failure ends the iterator with a domain error. */
export const importEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started'), runId: idSchema }),
  z.object({ type: z.literal('progress'), rows: z.int(), bytes: z.int(), totalBytes: z.int() }),
  z.object({ type: z.literal('report'), report: importReportSchema }),
])
export type ImportEvent = z.output<typeof importEventSchema>

export const importRecordSchema = z.object({
  id: idSchema,
  fileName: z.string(),
  format: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  startedAt: instantSchema,
})

const page = { limit: z.int().min(1).max(200).default(50), offset: z.int().min(0).default(0) }

export const catalog = {
  /** Products in catalog order; `text` matches names, brands, categories and SKUs literally. */
  list: shopCall
    .input(
      inShop.extend({
        text: z.string().max(200).optional(),
        status: productStatusSchema.optional(),
        category: z.string().max(300).optional(),
        ...page,
      }),
    )
    .output(z.object({ items: z.array(productSchema), total: z.int() })),
  get: shopCall.input(inShop.extend({ productId: idSchema })).output(productSchema),
  /** In the order asked; what is not there is left out. */
  getMany: shopCall
    .input(inShop.extend({ productIds: z.array(idSchema).max(200) }))
    .output(z.array(productSchema)),
  create: shopCall.input(inShop.extend({ product: productInputSchema })).output(productSchema),
  /** Throws `conflict` when `expectedRevision` is no longer the product's. */
  update: shopCall
    .input(
      inShop.extend({
        productId: idSchema,
        changes: productChangesSchema,
        expectedRevision: z.int().optional(),
      }),
    )
    .output(productSchema),
  remove: shopCall.input(inShop.extend({ productId: idSchema })).output(done),
  restore: shopCall.input(inShop.extend({ productId: idSchema })).output(productSchema),
  setStock: shopCall
    .input(
      inShop.extend({
        variantId: idSchema,
        onHand: z.int(),
        reason: z.enum(['edit', 'count']).default('edit'),
      }),
    )
    .output(productSchema),
  categories: shopCall.input(inShop).output(z.array(z.object({ name: z.string(), products: z.int() }))),
  /**
   * Imports a CSV file: an upload (`POST /upload` answered `uploadId`), or a `path`, which only the door may name.
   * Ending the iterator early does not cancel; `importCancel` does.
   */
  importStart: ownerShopCall
    .input(
      inShop
        .extend({
          uploadId: idSchema.optional(),
          path: z.string().min(1).max(4096).optional(),
          dryRun: z.boolean().default(false),
          currency: currencySchema.optional(),
          /** Field of the product → header, where the guess was wrong. */
          mapping: z.record(z.string(), z.string()).optional(),
        })
        .refine((input) => (input.uploadId === undefined) !== (input.path === undefined), {
          message: 'either uploadId or path',
        }),
    )
    .output(eventIterator(importEventSchema)),
  importCancel: ownerShopCall
    .input(inShop.extend({ runId: idSchema }))
    .output(z.object({ cancelled: z.boolean() })),
  imports: shopCall.input(inShop).output(z.array(importRecordSchema)),
}
