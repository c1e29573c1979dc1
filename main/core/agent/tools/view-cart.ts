import { z } from 'zod'
import { cartFacts, toolCart } from './cart-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({})

export function viewCart({ carts, catalog, shop }: ToolDependencies): ReadTool<typeof input> {
  return {
    name: 'view_cart',
    description: 'Shows the customer’s cart with its lines and total.',
    input,
    effect: false,
    async run(context) {
      const cart = carts.view(context.conversationId)
      const brief = shop()
      return { data: { cart: toolCart(cart, brief) }, ...cartFacts(cart, catalog, brief) }
    },
  }
}
