import { z } from 'zod'
import { checkoutOutcome } from './checkout-outcome.ts'
import type { ToolDependencies } from './dependencies.ts'
import { requireSeen } from './seen.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({
  method: z.enum(['delivery', 'pickup']).nullish(),
  place: z.string().max(200).nullish().describe('town, quarter or postcode'),
  address: z.string().max(500).nullish().describe('street, number, floor'),
  savedAddressId: z.string().nullish().describe('from options.savedAddresses of view_checkout'),
  slotId: z.string().max(40).nullish().describe('from options.slots'),
  slotDate: z.string().max(10).nullish().describe('YYYY-MM-DD'),
})

export function setDelivery(deps: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'set_delivery',
    description:
      'Notes how and where the order goes, in the customer’s words: delivery or pickup, place, address, a saved address, a delivery window. What is left out stays as it was. Gives the checkout with what is still missing.',
    input,
    effect: true,
    run(context, tx, given) {
      if (given.savedAddressId) requireSeen(context, [given.savedAddressId])
      const view = deps.checkout.setDelivery(tx, context, given)
      return checkoutOutcome(deps, context, view, ['delivery_set'])
    },
  }
}
