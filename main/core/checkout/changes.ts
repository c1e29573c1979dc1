import type { Cart } from '../selling/cart.ts'
import type { CheckoutChange, SummarySnapshot } from './checkout.ts'

/** What differs from what the customer was last told: by the newest summary, else when the line was put in the cart. */
export function changesOf(cart: Cart, told: SummarySnapshot | null): CheckoutChange[] {
  const changes: CheckoutChange[] = []
  const summarised = new Map(told?.lines.map((line) => [line.variantId, line]))
  for (const line of cart.lines) {
    const { variantId, productId, available } = line
    const name = line.title === '' ? line.name : `${line.name} ${line.title}`
    const before = summarised.get(variantId)?.unitPrice ?? line.quotedPrice
    const after = line.unit.amount
    const change = { variantId, productId, name, before, after, available }
    if (before !== null && before !== after) changes.push({ ...change, kind: 'price' })
    if (available !== null && line.quantity > available)
      changes.push({ ...change, kind: available === 0 ? 'sold_out' : 'not_enough' })
  }
  for (const { variantId, productId, name, reason } of cart.dropped) {
    changes.push({
      kind: reason === 'sold_out' ? 'sold_out' : 'gone',
      variantId,
      productId,
      name: name || (summarised.get(variantId)?.name ?? ''),
      before: summarised.get(variantId)?.unitPrice ?? null,
      after: null,
      available: reason === 'sold_out' ? 0 : null,
    })
  }
  return changes
}
