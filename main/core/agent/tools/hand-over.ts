import { z } from 'zod'
import type { EffectTool } from './tool.ts'

const input = z.object({
  reason: z.enum(['asked', 'complaint', 'not_understood', 'appointment', 'order', 'other']),
  summary: z.string().max(1000),
})

/** The turn's loop switches the conversation and tells the owner; this tool says that it shall. */
export function handOver(): EffectTool<typeof input> {
  return {
    name: 'hand_over',
    description: 'Hands the conversation over to a person of the shop and tells them.',
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
