import { z } from 'zod'
import type { ProductSearch } from '../../search/service.ts'
import type { Citation, Fact } from '../facts.ts'
import type { ToolDependencies } from './dependencies.ts'
import { productCites, productFacts, toolProduct } from './product-data.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({
  query: z
    .string()
    .max(500)
    .describe(
      'what is wanted, in the catalog’s language; a budget may stand in it ("taza por menos de 20 €")',
    ),
  alternatives: z
    .array(z.string().max(200))
    .max(3)
    .nullish()
    .describe('up to 3 other names for the same thing, in the catalog’s language'),
  minPrice: z.int().min(0).nullish().describe('integer minor units; rather put a budget into the query'),
  maxPrice: z.int().min(0).nullish().describe('integer minor units; rather put a budget into the query'),
  inStockOnly: z.boolean().nullish().describe('only what can be bought now'),
  category: z.string().nullish().describe('a name from list_categories'),
  limit: z.int().min(1).max(10).nullish().describe('5 when left out'),
})

/** Of reciprocal rank fusion: small, as lists are short. */
const rankConstant = 10

export function searchProducts({ search, catalog, shop, tariffs }: ToolDependencies): ReadTool<typeof input> {
  return {
    name: 'search_products',
    description:
      'Searches the shop’s catalog by meaning and words. Gives products with ids, variants, prices and stock; `answered: false` means that these are only near misses. Needed before any other tool that takes a productId or variantId.',
    input,
    effect: false,
    async run(_context, { query, alternatives, minPrice, maxPrice, inStockOnly, category, limit }) {
      const options = {
        limit: limit ?? 5,
        ...(minPrice == null ? {} : { minPrice }),
        ...(maxPrice == null ? {} : { maxPrice }),
        ...(inStockOnly ? { inStockOnly } : {}),
        ...(category ? { category } : {}),
      }
      const others = [...new Set(alternatives ?? [])].filter((other) => other.trim() !== '')
      const found = merged(
        await Promise.all([query, ...others].map((words) => search.products(words, options))),
        options.limit,
      )
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

/** Several searches for one wish: what stands high in one of them, or in many, comes first. The first tells how it was read. */
function merged(results: readonly ProductSearch[], limit: number): ProductSearch {
  const [first, ...others] = results
  if (first === undefined) throw new Error('nothing was searched')
  if (others.length === 0) return first
  // Near misses of one name say nothing where another found something.
  const answered = results.some((result) => result.answered)
  const heeded = results.filter((result) => result.answered || !answered)
  const scores = new Map<string, { hit: ProductSearch['hits'][number]; score: number }>()
  for (const result of heeded) {
    for (const [rank, hit] of result.hits.entries()) {
      const known = scores.get(hit.productId)
      const score = 1 / (rankConstant + rank)
      if (known === undefined) scores.set(hit.productId, { hit, score })
      else known.score += score
    }
  }
  const hits = [...scores.values()].sort((a, b) => b.score - a.score).map(({ hit }) => hit)
  return { ...first, answered, hits: hits.slice(0, limit) }
}
