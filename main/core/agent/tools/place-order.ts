import { z } from 'zod'
import type { ToolDependencies } from './dependencies.ts'
import { orderFacts, toolOrder } from './order-data.ts'
import { requireSeen } from './seen.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({ summaryId: z.string() })

export function placeOrder(deps: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'place_order',
    description:
      'Places the order of a summary that the customer has answered with an unqualified yes. Refused when the yes is none, or when anything changed since.',
    input,
    effect: true,
    run(context, tx, { summaryId }) {
      requireSeen(context, [summaryId])
      const { order, closed } = deps.checkout.place(tx, context, context.turnId, summaryId)
      const { facts, cites } = orderFacts(order, deps)
      // What was read of cart and checkout before this is over.
      cites.push({ table: 'checkouts', ...closed.checkout })
      if (closed.cart !== null) cites.push({ table: 'carts', ...closed.cart })
      return {
        data: { order: toolOrder(order, deps) },
        facts: [...facts, { kind: 'action', action: 'order_placed' }],
        cites,
      }
    },
  }
}
