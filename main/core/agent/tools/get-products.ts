import { z } from 'zod'
import type { ToolDependencies } from './dependencies.ts'
import { productCites, productFacts, toolProduct } from './product-data.ts'
import { requireSeen } from './seen.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({ productIds: z.array(z.string()).min(1).max(5).describe('ids from earlier results') })

export function getProducts({ catalog, shop, tariffs }: ToolDependencies): ReadTool<typeof input> {
  return {
    name: 'get_products',
    description:
      'Reads products that were found before once more, with present prices and stock: for "that one" or "the second one" when their data is in no result of this turn.',
    input,
    effect: false,
    async run(context, { productIds }) {
      requireSeen(context, productIds)
      const brief = shop()
      const products = catalog.products(productIds).filter((product) => catalog.isForSale(product))
      return {
        data: {
          products: products.map((product) => toolProduct(product, brief, tariffs.of(product.id) !== null)),
        },
        facts: products.flatMap((product) => productFacts(product, brief)),
        cites: products.flatMap(productCites),
      }
    },
  }
}
