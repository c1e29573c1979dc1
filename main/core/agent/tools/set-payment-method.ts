import { z } from 'zod'
import { checkoutOutcome } from './checkout-outcome.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({
  payment: z.string().min(1).max(80).describe('id or name of one of the shop’s ways to pay'),
})

export function setPaymentMethod(deps: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'set_payment_method',
    description: 'Notes how the customer will pay: one of options.payments of view_checkout.',
    input,
    effect: true,
    run(context, tx, { payment }) {
      const view = deps.checkout.setPayment(tx, context, payment)
      return checkoutOutcome(deps, context, view, ['payment_set'])
    },
  }
}
