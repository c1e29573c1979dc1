import { z } from 'zod'
import type { ToolDependencies } from './dependencies.ts'
import { orderFacts, toolOrder } from './order-data.ts'
import { requireSeen } from './seen.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({
  orderId: z.string().describe('from order_status'),
  reason: z.string().max(500).nullish(),
})

export function cancelOrder(deps: ToolDependencies): EffectTool<typeof input> {
  const { orders, customers } = deps
  return {
    name: 'cancel_order',
    description:
      'Cancels an order of this customer that the shop has not begun to prepare. Before: order_status, and a clear wish of the customer to cancel that order.',
    input,
    effect: true,
    run(context, tx, { orderId, reason }) {
      requireSeen(context, [orderId])
      const own = customers.livingId(context.customerId)
      const order = orders.cancelByCustomer(tx, orderId, own, reason ?? '')
      const { facts, cites } = orderFacts(order, deps)
      return {
        data: { order: toolOrder(order, deps) },
        facts: [...facts, { kind: 'action', action: 'order_cancelled' }],
        cites,
      }
    },
  }
}
