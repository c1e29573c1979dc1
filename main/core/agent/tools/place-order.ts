import { z } from 'zod'
import type { ToolDependencies } from './dependencies.ts'
import { orderFacts, toolOrder } from './order-data.ts'
import { requireSeen } from './seen.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({ summaryId: z.string().describe('from summarize_order, or from <context>') })

export function placeOrder(deps: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'place_order',
    description:
      'Places the order of a summary that was sent in an earlier message and that the customer’s newest message answers with a plain yes. Never in the turn that summarizes. Refused when the yes is none, or when anything changed since: then summarize again.',
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
