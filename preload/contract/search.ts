import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import {
  amountSchema,
  currencySchema,
  done,
  idSchema,
  inShop,
  ownerShopCall,
  positiveAmountSchema,
  shopCall,
} from './base.ts'
import { priceSchema } from './product.ts'

/** One result a product, with its best variant. */
export const searchResultSchema = z.object({
  productId: idSchema,
  variantId: idSchema,
  sku: z.string().nullable(),
  name: z.string(),
  title: z.string(),
  category: z.string(),
  price: priceSchema,
  currency: currencySchema,
  /** null: stock is not tracked. */
  available: z.int().nullable(),
  status: z.string(),
  score: z.number(),
})
export type SearchResult = z.output<typeof searchResultSchema>

export const productSearchSchema = z.object({
  query: z.string(),
  results: z.array(searchResultSchema),
  /** false: nothing in the catalog fits. */
  answered: z.boolean(),
  interpretation: z.object({
    text: z.string(),
    minPrice: amountSchema.nullable(),
    maxPrice: amountSchema.nullable(),
    corrections: z.array(z.object({ from: z.string(), to: z.string() })),
    sku: z.string().nullable(),
  }),
})
export type ProductSearch = z.output<typeof productSearchSchema>

const synonymSchema = z.array(z.string().trim().min(1).max(80)).min(2).max(30)

export const embeddingStateSchema = z.object({
  /** Null: search works without a model. */
  file: z.string().nullable(),
  name: z.string().nullable(),
  /** `building`: the index is being rebuilt with it, search works meanwhile as before. */
  state: z.enum(['off', 'building', 'ready', 'failed']),
  done: z.int(),
  total: z.int(),
  error: z.string().nullable(),
})
export type EmbeddingState = z.output<typeof embeddingStateSchema>

export const search = {
  products: shopCall
    .input(
      inShop.extend({
        query: z.string().max(1000),
        limit: z.int().min(1).max(100).default(10),
        minPrice: positiveAmountSchema.optional(),
        maxPrice: positiveAmountSchema.optional(),
        inStockOnly: z.boolean().optional(),
        category: z.string().max(300).optional(),
      }),
    )
    .output(productSearchSchema),
  state: shopCall
    .input(inShop)
    .output(z.object({ state: z.enum(['ready', 'building', 'missing', 'stopped']), pending: z.int() })),
  /** Builds the index anew beside the old one and swaps. Ending the iterator early gives it up. */
  rebuild: shopCall
    .input(inShop)
    .output(
      eventIterator(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('progress'), done: z.int(), total: z.int() }),
          z.object({ type: z.literal('ready'), products: z.int() }),
        ]),
      ),
    ),
  /** Groups of words that mean the same in this shop. */
  synonyms: shopCall.input(inShop).output(z.array(z.array(z.string()))),
  setSynonyms: shopCall.input(inShop.extend({ groups: z.array(synonymSchema).max(2000) })).output(done),
  embedding: shopCall.input(inShop).output(embeddingStateSchema),
  /** A GGUF file, or null for search without a model again. The index is rebuilt in the background. Throws `model.*`, `model.no_embedding`. */
  useEmbedding: ownerShopCall
    .input(inShop.extend({ file: z.string().min(1).max(4096).nullable() }))
    .output(embeddingStateSchema),
}
