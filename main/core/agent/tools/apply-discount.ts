import { z } from 'zod'
import { checkoutOutcome } from './checkout-outcome.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({
  code: z
    .string()
    .max(40)
    .nullable()
    .describe('the code as the customer wrote it; null or empty takes it away'),
})

export function applyDiscount(deps: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'apply_discount',
    description:
      'Applies a discount code that the customer named, if the shop’s rules allow it. Only the owner makes codes: never invent or offer one.',
    input,
    effect: true,
    run(context, tx, { code }) {
      const view = deps.checkout.applyDiscount(tx, context, code === '' ? null : code)
      return checkoutOutcome(deps, context, view, [
        view.discount === null ? 'discount_removed' : 'discount_applied',
      ])
    },
  }
}
