import { z } from 'zod'
import type { Citation, Fact } from '../facts.ts'
import type { ToolDependencies } from './dependencies.ts'
import { productCites, productFacts, toolProduct } from './product-data.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({
  query: z.string().max(500),
  minPrice: z.int().min(0).nullish().describe('integer minor units'),
  maxPrice: z.int().min(0).nullish().describe('integer minor units'),
  inStockOnly: z.boolean().nullish(),
  category: z.string().nullish(),
  limit: z.int().min(1).max(10).nullish(),
})

export function searchProducts({ search, catalog, shop, tariffs }: ToolDependencies): ReadTool<typeof input> {
  return {
    name: 'search_products',
    description: 'Searches the shop’s catalog. Gives products with their variants, prices and stock.',
    input,
    effect: false,
    async run(_context, { query, minPrice, maxPrice, inStockOnly, category, limit }) {
      const found = await search.products(query, {
        limit: limit ?? 5,
        ...(minPrice == null ? {} : { minPrice }),
        ...(maxPrice == null ? {} : { maxPrice }),
        ...(inStockOnly ? { inStockOnly } : {}),
        ...(category ? { category } : {}),
      })
      const brief = shop()
      const best = new Map(found.hits.map((hit) => [hit.productId, hit.variantId]))
      const products = catalog
        .products(found.hits.map((hit) => hit.productId))
        .filter((item) => catalog.isForSale(item))
      const facts: Fact[] = products.flatMap((product) => productFacts(product, brief))
      facts.push({ kind: 'count', of: 'results', value: products.length })
      const bounds = {
        min: minPrice ?? found.interpretation.minPrice,
        max: maxPrice ?? found.interpretation.maxPrice,
      }
      for (const bound of ['min', 'max'] as const) {
        const amount = bounds[bound]
        if (amount !== null)
          facts.push({ kind: 'limit', money: { amount, currency: brief.currency }, bound, source: 'query' })
      }
      const cites: Citation[] = products.flatMap(productCites)
      return {
        data: {
          answered: found.answered,
          products: products.map((product) => ({
            ...toolProduct(product, brief, tariffs.of(product.id) !== null),
            bestVariantId: best.get(product.id) ?? null,
          })),
          interpretation: {
            text: found.interpretation.text,
            minPrice: found.interpretation.minPrice,
            maxPrice: found.interpretation.maxPrice,
            corrections: found.interpretation.corrections.map(({ from, to }) => ({ from, to })),
            sku: found.interpretation.sku,
          },
        },
        facts,
        cites,
      }
    },
  }
}
