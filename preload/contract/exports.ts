import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { idSchema, inShop, ownerShopCall } from './base.ts'
import { orderFilterSchema } from './orders.ts'
import { productStatusSchema } from './product.ts'

export const exportKindSchema = z.enum(['customers', 'products', 'orders', 'order_lines'])

export const exportRequestSchema = z.object({
  what: exportKindSchema,
  format: z.enum(['csv', 'xlsx']),
  /** CSV only. */
  bom: z.boolean().default(true),
  delimiter: z.enum([',', ';', '\t']).default(','),
  /** Orders and their lines by all of it; customers and products by what means something for them. */
  filter: orderFilterSchema.default({}),
  /** Customers by the first two, products by the others. */
  only: z
    .object({
      active: z.boolean().optional(),
      withOrders: z.boolean().optional(),
      status: productStatusSchema.optional(),
      category: z.string().max(300).optional(),
    })
    .optional(),
  language: z.enum(['es', 'en']).default('es'),
})
export type ExportRequest = z.output<typeof exportRequestSchema>

export const exportEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), runId: idSchema, rows: z.int() }),
  z.object({ kind: z.literal('progress'), rows: z.int(), total: z.int() }),
  /** `downloadId`: `GET /export/<shop>/<downloadId>` once, within 10 minutes; null when it was written to `path`. */
  z.object({
    kind: z.literal('done'),
    rows: z.int(),
    bytes: z.int(),
    fileName: z.string(),
    downloadId: idSchema.nullable(),
    path: z.string().nullable(),
  }),
])
export type ExportEvent = z.output<typeof exportEventSchema>

export const exports = {
  /** Only the door may name a `path`. Throws `export.busy`, `export.path {path}`, `cancelled`. */
  start: ownerShopCall
    .input(inShop.extend({ request: exportRequestSchema, path: z.string().min(1).max(4096).optional() }))
    .output(eventIterator(exportEventSchema)),
  cancel: ownerShopCall
    .input(inShop.extend({ runId: idSchema }))
    .output(z.object({ cancelled: z.boolean() })),
}
