import { z } from 'zod'
import { preferenceTopics } from '../../customers/customer.ts'
import type { ToolDependencies } from './dependencies.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({
  topic: z.enum(preferenceTopics).optional(),
  text: z.string().trim().max(300).optional(),
})

/** Forgets preferences only; the erasure of a person's data is the shop's to do. */
export function forget({ customers }: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'forget',
    description:
      'Forgets what this customer told of themselves, when they ask for it: one topic, what has these words in it, or everything.',
    input,
    effect: true,
    run(context, tx, about) {
      const forgotten = customers.forget(tx, context.customerId, about)
      return { data: { forgotten }, facts: [], cites: [] }
    },
  }
}
