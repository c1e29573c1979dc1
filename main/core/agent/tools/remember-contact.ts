import { z } from 'zod'
import type { ToolDependencies } from './dependencies.ts'
import type { EffectTool } from './tool.ts'

const input = z.object({
  email: z.email().max(200).optional(),
  phone: z.string().trim().max(40).optional(),
})

/** What the customer's record has already stays; two records with the same are suggested to the owner as one person. */
export function rememberContact({ customers }: ToolDependencies): EffectTool<typeof input> {
  return {
    name: 'remember_contact',
    description:
      'Notes the e-mail or phone that this customer tells as their own, outside an order; inside one use set_contact.',
    input,
    effect: true,
    run({ customerId, turnId }, tx, contact) {
      const noted = customers.contactHeard(tx, customerId, { ...contact, turnId })
      return { data: { noted }, facts: [], cites: [] }
    },
  }
}
