import { z } from 'zod'
import type { Fact } from '../facts.ts'
import { cartFacts, toolCart, toolCartLine } from './cart-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import { productFacts } from './product-data.ts'
import { requireSeen } from './seen.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({ variantId: z.string().describe('from view_cart') })

export function removeCartLine({ carts, catalog, shop }: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'remove_cart_line',
    description: 'Takes a whole line out of the cart. For fewer pieces use set_cart_line.',
    input,
    effect: true,
    run(context, tx, { variantId }) {
      requireSeen(context, [variantId])
      const { cart, removed } = carts.removeLine(tx, context, variantId)
      const brief = shop()
      const { facts, cites } = cartFacts(cart, catalog, brief)
      if (removed !== null) {
        const { productId, quantity } = removed
        const product = catalog.product(productId)
        const done: Fact[] = [{ kind: 'action', action: 'cart_removed', productId, quantity }]
        facts.push(...(product === null ? [] : productFacts(product, brief)), ...done)
      }
      return {
        data: { cart: toolCart(cart, brief), removed: removed && toolCartLine(removed, brief) },
        facts,
        cites,
      }
    },
  }
}
