/** How orders move. Pure: what is allowed, and what payments make of an order. */

export const orderStates = ['pending', 'processing', 'shipped', 'delivered', 'cancelled', 'returned'] as const
export type OrderState = (typeof orderStates)[number]

export const paymentStates = ['unpaid', 'part', 'paid', 'refunded'] as const
export type PaymentState = (typeof paymentStates)[number]

export type DeliveryMethod = 'delivery' | 'pickup' | 'none'

/** States that an order can be put in now. What is fetched or sold at the counter is never shipped. */
export function nextStates(state: OrderState, method: DeliveryMethod): OrderState[] {
  switch (state) {
    case 'pending':
      return ['processing', 'cancelled']
    case 'processing':
      return method === 'delivery' ? ['shipped', 'cancelled'] : ['delivered', 'cancelled']
    case 'shipped':
      return ['delivered', 'returned']
    case 'delivered':
      return ['returned']
    case 'cancelled':
    case 'returned':
      return []
  }
}

/** Whether the goods are still in the shop, held for this order. */
export function holdsStock(state: OrderState): boolean {
  return state === 'pending' || state === 'processing'
}

/** Whether lines, delivery and recipient may still be changed. */
export function isEditable(state: OrderState): boolean {
  return holdsStock(state)
}

/** Amounts in minor units: the order's total, the sum of its payments and of its refunds. */
export function paymentStateOf(total: number, paid: number, refunded: number): PaymentState {
  const kept = paid - refunded
  if (refunded > 0 && kept <= 0) return 'refunded'
  if (kept >= total) return 'paid'
  return kept > 0 ? 'part' : 'unpaid'
}
