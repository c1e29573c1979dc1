import { z } from 'zod'
import { DomainError } from '../../errors.ts'
import type { ToolDependencies } from './dependencies.ts'
import { productCites, productFacts } from './product-data.ts'
import { requireSeen } from './seen.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({ productId: z.string().describe('from a result with photo: true') })

export function sendProductPhoto({ catalog, shop }: ToolDependencies): ReadTool<typeof input> {
  return {
    name: 'send_product_photo',
    description:
      'Sends the product’s photo with the reply, when the customer asks to see it. Says whether there is one.',
    input,
    effect: false,
    async run(context, { productId }) {
      requireSeen(context, [productId])
      const product = catalog.product(productId)
      if (product === null || !catalog.isForSale(product))
        throw new DomainError('not_found', { entity: 'product', id: productId })
      const facts = productFacts(product, shop())
      const cites = productCites(product)
      const image = product.images[0]
      if (image === undefined) return { data: { sent: false, name: product.name }, facts, cites }
      return {
        data: { sent: true, name: product.name },
        facts: [...facts, { kind: 'action', action: 'photo_sent', productId }],
        cites,
        attachments: [{ type: 'photo', mediaHash: image.mediaHash, url: image.url, caption: product.name }],
      }
    },
  }
}
