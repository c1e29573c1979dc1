import { z } from 'zod'
import { cartFacts, toolCart } from './cart-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({})

export function clearCart({ carts, catalog, shop }: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'clear_cart',
    description: 'Empties the whole cart. Only when the customer said so; if in doubt ask first.',
    input,
    effect: true,
    run(context, tx) {
      const cart = carts.clear(tx, context)
      const brief = shop()
      const { facts, cites } = cartFacts(cart, catalog, brief)
      return {
        data: { cart: toolCart(cart, brief) },
        facts: [...facts, { kind: 'action', action: 'cart_cleared' }],
        cites,
      }
    },
  }
}
