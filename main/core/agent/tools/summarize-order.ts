import { z } from 'zod'
import { checkoutOutcome } from './checkout-outcome.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({})

export function summarizeOrder(deps: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'summarize_order',
    description:
      'Takes down the order as it is to be put to the customer, when `missing` is empty: say all of it in this reply (lines, delivery, payment, total) and ask for a yes. Needed before place_order, and again after each change. It does not place the order.',
    input,
    effect: true,
    run(context, tx) {
      const { summary, view } = deps.checkout.summarize(tx, context, context.turnId)
      return checkoutOutcome(deps, context, view, ['order_summarized'], { summaryId: summary.id })
    },
  }
}
