import type { SearchResult } from '../../preload/contract/index.ts'
import { actorOf } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'
import { runWithProgress } from './progress.ts'

const os = implementer.search

export const search = {
  products: os.products.handler(async ({ context, input }) => {
    const shop = shopOf(context, input)
    const { shop: _, query, ...options } = input
    const found = await shop.search.products(query, options)
    const { currency } = shop.brief()
    const products = new Map(
      shop.catalog.products(found.hits.map((hit) => hit.productId)).map((p) => [p.id, p]),
    )
    const results = found.hits.flatMap((hit): SearchResult[] => {
      const product = products.get(hit.productId)
      const variant = product?.variants.find(({ id }) => id === hit.variantId)
      if (product === undefined || variant === undefined) return []
      return [
        {
          productId: product.id,
          variantId: variant.id,
          sku: variant.sku,
          name: product.name,
          title: variant.title,
          category: product.category,
          price: variant.price,
          currency,
          available: variant.stock.available,
          status: product.status === 'available' ? variant.status : product.status,
          score: hit.score,
        },
      ]
    })
    return { query, results, answered: found.answered, interpretation: found.interpretation }
  }),
  state: os.state.handler(({ context, input }) => shopOf(context, input).search.state()),
  rebuild: os.rebuild.handler(async function* ({ context, input, signal }) {
    const shop = shopOf(context, input)
    yield* runWithProgress<{ done: number; total: number }, 'progress'>(
      'progress',
      (onProgress) => shop.search.rebuild({ signal, onProgress }),
      signal,
    )
    yield { type: 'ready' as const, products: shop.catalog.count() }
  }),
  synonyms: os.synonyms.handler(({ context, input }) =>
    shopOf(context, input)
      .search.synonyms()
      .map(({ terms }) => terms),
  ),
  setSynonyms: os.setSynonyms.handler(({ context, input }) => {
    const { storage, search } = shopOf(context, input)
    storage.write(actorOf(context), (tx) => search.setSynonyms(tx, input.groups))
    return isDone
  }),
  embedding: os.embedding.handler(({ context, input }) => shopOf(context, input).search.embedding()),
  useEmbedding: os.useEmbedding.handler(({ context, input }) => {
    return shopOf(context, input).search.setEmbedding(actorOf(context), input.file)
  }),
}
