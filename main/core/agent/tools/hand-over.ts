import { z } from 'zod'
import type { EffectTool } from './tool.ts'

const input = z.object({
  reason: z.enum(['asked', 'complaint', 'not_understood', 'appointment', 'order', 'other']).default('other'),
  summary: z.string().max(1000).default('').describe('what it is about, one or two sentences for the shop'),
})

/** The turn's loop switches the conversation and tells the owner; this tool says that it shall. */
export function handOver(): EffectTool<typeof input> {
  return {
    name: 'hand_over',
    description:
      'Hands the conversation over to a person of the shop: when the customer wants one, complains, or needs what no tool can do. Ends your part.',
    input,
    effect: true,
    run(_context, _tx, { reason }) {
      return {
        data: { done: true },
        facts: [
          { kind: 'action', action: 'handed_over' },
          { kind: 'action', action: 'owner_asked' },
        ],
        cites: [],
        handOver: { reason },
      }
    },
  }
}
