import { z } from 'zod'
import { DomainError } from '../../errors.ts'
import type { ToolDependencies } from './dependencies.ts'
import { orderFacts, toolOrder } from './order-data.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({
  number: z.string().max(40).nullish().describe('the order’s number; all when left out'),
})

const ordersShown = 5

export function orderStatus(deps: ToolDependencies): ReadTool<typeof input> {
  const { orders, customers } = deps
  return {
    name: 'order_status',
    description:
      'Shows this customer’s orders, the newest first, or the one of a number: state, lines, payment, delivery. Nobody else’s.',
    input,
    effect: false,
    async run(context, { number }) {
      const own = customers.livingId(context.customerId)
      const asked = number?.trim() ?? ''
      const found = asked === '' ? orders.ofCustomer(own, ordersShown) : [orders.byNumber(asked)]
      const shown = found.filter((order) => order !== null && order.customer?.id === own)
      // Somebody else's order and one that does not exist look the same.
      if (asked !== '' && shown.length === 0)
        throw new DomainError('not_found', { entity: 'orders', number: asked })
      const results = shown.filter((order) => order !== null).map((order) => orderFacts(order, deps))
      return {
        data: { orders: shown.filter((order) => order !== null).map((order) => toolOrder(order, deps)) },
        facts: [
          ...results.flatMap(({ facts }) => facts),
          { kind: 'count', of: 'results', value: shown.length },
        ],
        cites: results.flatMap(({ cites }) => cites),
      }
    },
  }
}
