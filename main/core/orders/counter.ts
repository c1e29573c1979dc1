import { DomainError } from '../errors.ts'
import type { Tx } from '../storage/storage.ts'
import { draftOrder } from './draft.ts'
import { plainRequest } from './edits.ts'
import type { Order, OrderDraft } from './order.ts'
import { addPayment } from './payments.ts'
import { placeOrder, referenceOf } from './place.ts'
import { type OrderWork, requireOrder } from './work.ts'

export interface CounterLines {
  lines: readonly { variantId: string; quantity: number; unitPrice?: number }[]
  discountCode?: string
}

export interface CounterSale extends CounterLines {
  customerId?: string
  paymentMethod?: string
  /** Paid at once; yes unless said otherwise. */
  paid?: boolean
  note?: string
}

/** What a sale at the counter would come to. The shop's own word counts for prices; stock counts always. */
export function previewCounter(work: OrderWork, now: string, input: CounterLines): OrderDraft {
  const lines = input.lines.map((line) => ({ ...line }))
  const request = { ...plainRequest, lines, discountCode: input.discountCode ?? null }
  return draftOrder({ ...work, now: () => now }, request, 'shop')
}

/**
 * Sells at the counter: the goods leave at once.
 * @throws DomainError `cart.out_of_stock {available}`, `cart.not_sellable`, `discount.unknown`, `discount.not_valid`,
 * `input.invalid`, `not_found` for a customer who is unknown or was erased.
 */
export function sellAtCounter(tx: Tx, work: OrderWork, input: CounterSale): Order {
  const { paymentMethod = '', paid = true, note = '' } = input
  const customerId = input.customerId === undefined ? null : work.rows.livingCustomer(input.customerId)
  if (input.customerId !== undefined && customerId === null) {
    throw new DomainError('not_found', { entity: 'customers', id: input.customerId })
  }
  const draft = { ...previewCounter(work, tx.now, input), payment: { id: null, name: paymentMethod }, note }
  const meta = { customerId, conversationId: null, source: 'counter' as const, summaryId: null }
  const id = placeOrder(tx, work, draft, meta)
  const order = requireOrder(work.rows, id)
  for (const line of order.lines) {
    if (line.tracked) work.catalog.stock.consume(tx, referenceOf(line.id))
  }
  work.rows.update(tx, order, { state: 'delivered', seenAt: tx.now })
  work.rows.addChange(tx, id, 'state', { from: 'pending', to: 'delivered' })
  if (!paid || order.total === 0) return requireOrder(work.rows, id)
  return addPayment(tx, work, id, { amount: order.total, method: paymentMethod, tell: false })
}
