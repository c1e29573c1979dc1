import { z } from 'zod'
import { preferenceTopics } from '../../customers/customer.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({ topic: z.enum(preferenceTopics), text: z.string().trim().min(1).max(300) })

/** What it returns is no fact: a figure in a customer's words is not one of the shop's. */
export function rememberPreference({ customers }: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'remember_preference',
    description:
      'Remembers for later what this customer says of themselves (size, allergy, where they like deliveries, tastes), in their own words. Not for what they order now.',
    input,
    effect: true,
    run(context, tx, { topic, text }) {
      const { turnId, customerId } = context
      const { added } = customers.rememberHeard(tx, customerId, { topic, text, turnId })
      return { data: { added, topic, text }, facts: [], cites: [] }
    },
  }
}
