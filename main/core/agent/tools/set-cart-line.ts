import { z } from 'zod'
import { DomainError } from '../../errors.ts'
import type { Fact } from '../facts.ts'
import { cartFacts, toolCart, toolCartLine } from './cart-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import { requireSeen } from './seen.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({
  variantId: z.string().describe('of a variant in a result, never a productId'),
  quantity: z.int().min(1).max(1_000_000).describe('how many there shall be in all'),
  quoteId: z.string().nullish().describe('a quote of this service: the line has its total'),
})

export function setCartLine({ carts, catalog, shop }: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'set_cart_line',
    description:
      'Puts a variant into the cart, or changes its quantity: `quantity` is what the line has afterwards, not what is added. Only when the customer wants it. Before: search_products, and ask which variant if several fit.',
    input,
    effect: true,
    run(context, tx, { variantId, quantity, quoteId }) {
      requireSeen(context, [variantId, ...(quoteId ? [quoteId] : [])])
      const { cart, previousQuantity } = quoteId
        ? carts.setQuote(tx, context, quoteId)
        : carts.setLine(tx, context, variantId, quantity)
      const brief = shop()
      const line = cart.lines.find((item) => item.variantId === variantId)
      if (quoteId && line?.quoteId !== quoteId)
        throw new DomainError('tool.invalid_arguments', { tool: 'set_cart_line', path: 'quoteId' })
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
