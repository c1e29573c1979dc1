import { z } from 'zod'
import { fold } from '../../../understanding/normalise.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, speak } from '../turn.ts'

const ordersData = z.object({ orders: z.array(z.object({ orderId: z.string() })) })
const sentData = z.object({ sent: z.boolean() })

const asks =
  /\b(?:pdf|por escrito|in writing|mand\w+|envi\w+|pas(?:a|ame|as|eme|ar)\w*|quiero|necesito|quisiera|dame|deme|tienes|puedes|podrias|send|email|want|need|can i (?:have|get)|could i (?:have|get)|give me)\b/

/** "¿Me mandas el presupuesto en PDF?" "I need the receipt." Null when no paper is asked for, or there is none yet. */
export function* paper(turn: Turn, request: CustomerRequest): Asking<Part[] | null> {
  const text = fold(request.text)
  if (!asks.test(text)) return null
  const { lastQuote } = turn.dialogue
  const quote = /\b(?:presupuesto|cotizacion|quote|estimate)\b/.test(text)
  if (lastQuote !== null && (quote || /\bpdf\b/.test(text))) return yield* send(turn, 'quote', lastQuote)
  if (!/\b(?:recibo|ticket|comprobante|receipt)\b/.test(text)) return null
  const [result] = yield [{ name: 'order_status', arguments: {} }]
  const [order] = read(ordersData, result)?.orders ?? []
  return order === undefined ? null : yield* send(turn, 'receipt', order.orderId)
}

function* send(turn: Turn, kind: 'quote' | 'receipt', id: string): Asking<Part[]> {
  const [result] = yield [{ name: 'send_document', arguments: { kind, id } }]
  const sent = read(sentData, result)?.sent === true
  return [answer(speak(turn, sent ? (kind === 'quote' ? 'quote_sent' : 'receipt_sent') : 'tool_failed'))]
}
