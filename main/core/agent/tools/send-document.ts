import { z } from 'zod'
import { DomainError } from '../../errors.ts'
import type { Fact } from '../facts.ts'
import type { ToolDependencies } from './dependencies.ts'
import { requireSeen } from './seen.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({
  kind: z.enum(['quote', 'receipt']),
  id: z.string().describe('quoteId or orderId from a result'),
})

/** Makes the paper of an own quote or order and sends it with the reply. Repeating it gives the same paper. */
export function sendDocument({
  documents,
  orders,
  tariffs,
  customers,
}: ToolDependencies): ReadTool<typeof input> {
  return {
    name: 'send_document',
    description:
      'Sends a PDF with the reply: the quote of a quoteId, or the receipt of an orderId. Only the customer’s own.',
    input,
    effect: false,
    async run(context, { kind, id }) {
      requireSeen(context, [id])
      const owner = kind === 'quote' ? tariffs.getQuote(id)?.customer : orders.get(id).customer
      if (owner == null || customers.livingId(owner.id) !== customers.livingId(context.customerId))
        throw new DomainError('not_found', { entity: kind, id })
      const document = await documents.make(
        'agent',
        { kind, language: context.language, ...(kind === 'quote' ? { quoteId: id } : { orderId: id }) },
        context.signal,
      )
      const done: Fact = { kind: 'action', action: 'document_sent' }
      return {
        data: { sent: true, kind, name: document.name },
        facts: [done],
        cites: [],
        attachments: [documents.payload(document)],
      }
    },
  }
}
