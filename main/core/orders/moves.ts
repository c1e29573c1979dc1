import { DomainError } from '../errors.ts'
import type { Tx } from '../storage/storage.ts'
import type { Order } from './order.ts'
import { referenceOf } from './place.ts'
import { holdsStock, nextStates, type OrderState } from './states.ts'
import { type OrderWork, orderAt, requireOrder } from './work.ts'

export interface StateChange {
  state: OrderState
  /** Whether the goods go back on the shelf. Counts for cancelled and returned only; yes unless said otherwise. */
  restock?: boolean
  /** Told to the customer with it. */
  reason?: string
  /** The state in which the order was when this was decided; its state of this moment when absent. */
  expected?: OrderState
  expectedRevision?: number
  tell?: boolean
}

/**
 * Moves an order on: stock, history and the customer follow in the same unit of work.
 * @throws DomainError `order.transition {from, to}`, `conflict`, `not_found`.
 */
export function changeState(tx: Tx, work: OrderWork, id: string, change: StateChange): Order {
  const order = orderAt(work.rows, id, change.expectedRevision)
  const { state, restock = true, reason = '', expected = order.state, tell = true } = change
  if (!nextStates(expected, order.deliveryMethod).includes(state)) {
    throw new DomainError('order.transition', { from: order.state, to: state })
  }
  work.rows.move(tx, order, expected, state)
  moveStock(tx, work, order, state, restock)
  const back = state === 'cancelled' || state === 'returned'
  work.rows.addChange(tx, id, 'state', {
    from: order.state,
    to: state,
    data: { ...(reason === '' ? {} : { reason }), ...(back ? { restock } : {}) },
  })
  tx.emit('order.changed', { orderId: id })
  if (tell) work.notices.state(tx, order, state, reason)
  return requireOrder(work.rows, id)
}

function moveStock(tx: Tx, work: OrderWork, order: Order, state: OrderState, restock: boolean): void {
  const { stock } = work.catalog
  for (const line of order.lines) {
    if (!line.tracked || line.variantId === null) continue
    const reference = referenceOf(line.id)
    if (state === 'cancelled') {
      if (restock) stock.release(tx, reference)
      else stock.consume(tx, reference, 'edit')
    } else if (state === 'returned') {
      if (restock) stock.bringBack(tx, reference, line.variantId, line.quantity)
    } else if (!holdsStock(state)) stock.consume(tx, reference)
  }
}

/**
 * A customer cancels an order of their own that the shop has not begun with.
 * @throws DomainError `not_found` for somebody else's, `order.closed {state}`.
 */
export function cancelOwn(tx: Tx, work: OrderWork, id: string, customerId: string, reason: string): Order {
  const order = requireOrder(work.rows, id)
  if (order.customer?.id !== customerId) throw new DomainError('not_found', { entity: 'orders', id })
  if (order.state !== 'pending') {
    throw new DomainError('order.closed', { state: order.state, number: order.number })
  }
  return changeState(tx, work, id, { state: 'cancelled', expected: 'pending', reason, tell: false })
}
