import { z } from 'zod'
import type { Fact } from '../facts.ts'
import { cartFacts, toolCart, toolCartLine } from './cart-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import { requireSeen } from './seen.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({ variantId: z.string(), quantity: z.int().min(1).max(1_000_000) })

export function setCartLine({ carts, catalog, shop }: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'set_cart_line',
    description: 'Puts a variant into the cart with this quantity in all (not added to what is there).',
    input,
    effect: true,
    run(context, tx, { variantId, quantity }) {
      requireSeen(context, [variantId])
      const { cart, previousQuantity } = carts.setLine(tx, context, variantId, quantity)
      const brief = shop()
      const line = cart.lines.find((item) => item.variantId === variantId)
      const { facts, cites } = cartFacts(cart, catalog, brief)
      const action = previousQuantity === 0 ? 'cart_added' : 'cart_changed'
      const done: Fact[] = line ? [{ kind: 'action', action, productId: line.productId, quantity }] : []
      return {
        data: {
          cart: toolCart(cart, brief),
          line: line ? toolCartLine(line, brief) : null,
          previousQuantity,
        },
        facts: [...facts, ...done],
        cites,
      }
    },
  }
}
