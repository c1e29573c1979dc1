import { createHash } from 'node:crypto'
import type { CheckoutView, SummarySnapshot } from './checkout.ts'

/** Takes down what a summary tells; null while something is missing. */
export function snapshotOf(view: CheckoutView, pricesIncludeTax: boolean): SummarySnapshot | null {
  const { delivery, contact, total } = view
  if (delivery.method === null || total === null) return null
  return {
    lines: view.lines.map((line) => ({
      variantId: line.variantId,
      productId: line.productId,
      quoteId: line.quoteId,
      name: line.name,
      title: line.title,
      quantity: line.quantity,
      unitSize: line.unitSize,
      unitPrice: line.unitPrice,
      total: line.total,
    })),
    currency: view.currency,
    pricesIncludeTax,
    subtotal: view.subtotal,
    discount: view.discount,
    deliveryFee: view.deliveryFee,
    tax: view.tax.amount,
    total,
    method: delivery.method,
    zoneId: delivery.zone?.id ?? null,
    place: delivery.place,
    address: delivery.address,
    slot: delivery.slot === null ? null : { id: delivery.slot.id, date: delivery.slot.date },
    name: contact.name,
    phone: contact.phone,
    paymentId: view.payment?.id ?? null,
    note: view.note,
  }
}

/** One figure for everything that a customer agrees to. The order of lines and the wording of names do not count. */
export function hashOf(snapshot: SummarySnapshot): string {
  const { lines, discount, slot, ...rest } = snapshot
  const agreed = {
    lines: lines
      .map((line) => [line.variantId, line.quoteId, line.quantity, line.unitSize, line.unitPrice, line.total])
      .sort((a, b) => (String(a) < String(b) ? -1 : 1)),
    discount: discount === null ? null : [discount.code.toUpperCase(), discount.amount],
    slot: slot === null ? null : [slot.id, slot.date],
    rest: Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)),
  }
  return createHash('sha256').update(JSON.stringify(agreed)).digest('hex')
}

/** Names of what differs between two summaries: `lines price discount delivery_fee tax total delivery slot contact payment note`. */
export function differences(before: SummarySnapshot, after: SummarySnapshot): string[] {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  const amounts = (snapshot: SummarySnapshot) =>
    snapshot.lines
      .map((line) => [line.variantId, line.quantity])
      .sort((a, b) => (String(a) < String(b) ? -1 : 1))
  const prices = (snapshot: SummarySnapshot) =>
    snapshot.lines
      .map((line) => [line.variantId, line.unitPrice])
      .sort((a, b) => (String(a) < String(b) ? -1 : 1))
  const where = (one: SummarySnapshot) => [one.method, one.zoneId, one.place, one.address]
  const fields: [string, boolean][] = [
    ['lines', same(amounts(before), amounts(after))],
    ['price', same(prices(before), prices(after))],
    ['discount', same(before.discount, after.discount)],
    ['delivery_fee', before.deliveryFee === after.deliveryFee],
    ['tax', before.tax === after.tax],
    ['total', before.total === after.total],
    ['delivery', same(where(before), where(after))],
    ['slot', same(before.slot, after.slot)],
    ['contact', before.name === after.name && before.phone === after.phone],
    ['payment', before.paymentId === after.paymentId],
    ['note', before.note === after.note],
  ]
  return fields.filter(([, unchanged]) => !unchanged).map(([name]) => name)
}
