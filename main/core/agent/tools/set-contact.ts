import { z } from 'zod'
import { checkoutOutcome } from './checkout-outcome.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({
  name: z.string().max(200).nullish(),
  phone: z.string().max(40).nullish(),
  note: z.string().max(1_000).nullish().describe('a wish for this order, in the customer’s words'),
})

export function setContact(deps: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'set_contact',
    description:
      'Notes who the order is for: name, phone, and a note for the shop, as the customer told them. What is left out stays as it was. Gives the checkout with what is still missing.',
    input,
    effect: true,
    run(context, tx, given) {
      const view = deps.checkout.setContact(tx, context, given)
      return checkoutOutcome(deps, context, view, ['contact_set'])
    },
  }
}
