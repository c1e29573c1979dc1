import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Tx } from '../storage/storage.ts'
import type { Order } from './order.ts'
import { hoursAfter } from './place.ts'
import { paymentStateOf } from './states.ts'
import { type OrderWork, orderAt, requireOrder } from './work.ts'

export interface PaymentInput {
  /** Minor units. */
  amount: number
  method?: string
  note?: string
  /** sha256 of the receipt in the shop's media folder. */
  receiptHash?: string | null
  /** The provider's own id, where one reports the payment; it counts once. */
  externalId?: string | null
  expectedRevision?: number
  tell?: boolean
}

/**
 * Notes money that came in.
 * @throws DomainError `order.closed {state}` for cancelled and returned orders, `order.overpaid {max}`, `input.invalid`,
 * `conflict`, `not_found`.
 */
export function addPayment(tx: Tx, work: OrderWork, id: string, input: PaymentInput): Order {
  const order = orderAt(work.rows, id, input.expectedRevision)
  const { externalId = null } = input
  // Providers repeat their reports.
  if (externalId !== null && work.rows.hasPayment(externalId)) return order
  if (order.state === 'cancelled' || order.state === 'returned') {
    throw new DomainError('order.closed', { state: order.state, number: order.number })
  }
  checkAmount(input.amount)
  const max = Math.max(0, order.total - order.paid + order.refunded)
  if (input.amount > max) throw new DomainError('order.overpaid', { max })
  return note(tx, work, order, 'payment', input)
}

/**
 * Notes money that went back.
 * @throws DomainError `order.refund_too_high {max}`, `input.invalid`, `conflict`, `not_found`.
 */
export function refund(tx: Tx, work: OrderWork, id: string, input: PaymentInput): Order {
  const order = orderAt(work.rows, id, input.expectedRevision)
  const { externalId = null } = input
  if (externalId !== null && work.rows.hasPayment(externalId)) return order
  checkAmount(input.amount)
  const max = Math.max(0, order.paid - order.refunded)
  if (input.amount > max) throw new DomainError('order.refund_too_high', { max })
  return note(tx, work, order, 'refund', input)
}

/**
 * Takes back a payment or refund that was noted by mistake. The customer is not told.
 * @throws DomainError `order.refund_too_high {max}` when refunds rest on it, `order.overpaid {max}`, `conflict`, `not_found`.
 */
export function removePayment(
  tx: Tx,
  work: OrderWork,
  id: string,
  paymentId: string,
  expectedRevision?: number,
): Order {
  const order = orderAt(work.rows, id, expectedRevision)
  const payment = order.payments.find((candidate) => candidate.id === paymentId)
  if (payment === undefined) throw new DomainError('not_found', { entity: 'order_payments', id: paymentId })
  const paid = order.paid - (payment.kind === 'payment' ? payment.amount : 0)
  const refunded = order.refunded - (payment.kind === 'refund' ? payment.amount : 0)
  if (refunded > paid) throw new DomainError('order.refund_too_high', { max: paid })
  work.rows.removePayment(tx, paymentId)
  const sums = { paid, refunded, paymentState: paymentStateOf(order.total, paid, refunded) }
  // Whoever took the payment back has the time of a reminder before the order lets go of its stock.
  const again = sums.paymentState === 'unpaid' && order.reservedUntil !== null
  const earliest = hoursAfter(tx.now, work.settings.get().warnHours)
  work.rows.update(tx, order, {
    ...sums,
    ...(again ? { paymentWarnedAt: null, reservedUntil: later(order.reservedUntil, earliest) } : {}),
  })
  work.rows.addChange(tx, id, payment.kind, { data: { amount: -payment.amount, method: payment.method } })
  tx.emit('order.changed', { orderId: id })
  return requireOrder(work.rows, id)
}

function note(tx: Tx, work: OrderWork, order: Order, kind: 'payment' | 'refund', input: PaymentInput): Order {
  const { amount, method = '', note: text = '', receiptHash = null, externalId = null, tell = true } = input
  work.rows.insertPayment(tx, {
    id: newId(),
    orderId: order.id,
    kind,
    amount,
    method,
    note: text,
    receiptHash,
    externalId,
  })
  const paid = order.paid + (kind === 'payment' ? amount : 0)
  const refunded = order.refunded + (kind === 'refund' ? amount : 0)
  work.rows.update(tx, order, { paid, refunded, paymentState: paymentStateOf(order.total, paid, refunded) })
  work.rows.addChange(tx, order.id, kind, { data: { amount, method, ...(text === '' ? {} : { text }) } })
  tx.emit('order.changed', { orderId: order.id })
  const after = requireOrder(work.rows, order.id)
  if (tell && kind === 'payment') work.notices.payment(tx, after, amount)
  if (tell && kind === 'refund') work.notices.refund(tx, after, amount)
  return after
}

function checkAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount < 1) throw new DomainError('input.invalid', { field: 'amount' })
}

function later(first: string | null, second: string): string {
  return first !== null && first > second ? first : second
}
