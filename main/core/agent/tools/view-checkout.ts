import { z } from 'zod'
import { checkoutFacts, toolCheckout } from './checkout-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({})

export function viewCheckout(deps: ToolDependencies): ReadTool<typeof input> {
  return {
    name: 'view_checkout',
    description:
      'Shows the order before it is placed: lines, delivery, contact, payment, total, `missing` (what is still to be asked, in that order), `options` to choose from, `changes` since the customer was last told. Call it when the customer wants to order or asks for the total.',
    input,
    effect: false,
    async run(context) {
      const view = deps.checkout.view(context)
      return {
        data: { checkout: toolCheckout(view, deps, context.language) },
        ...checkoutFacts(view, deps, context.language),
      }
    },
  }
}
