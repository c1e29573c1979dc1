import { z } from 'zod'
import { checkoutFacts, toolCheckout } from './checkout-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({})

export function viewCheckout(deps: ToolDependencies): ReadTool<typeof input> {
  return {
    name: 'view_checkout',
    description:
      'Shows how the customer’s order stands before it is placed: lines, delivery, contact, payment, figures, what is still missing and what changed since the customer was last told.',
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
