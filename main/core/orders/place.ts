import type { CatalogService } from '../catalog/service.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { SellingSettingsStore } from '../selling/settings-service.ts'
import type { Tx } from '../storage/storage.ts'
import type { DraftLine, OrderDraft, OrderSource } from './order.ts'
import type { OrderRepository } from './repository.ts'
import { searchTextOf } from './search-text.ts'
import { paymentStateOf } from './states.ts'

export interface PlacementMeta {
  customerId: string | null
  conversationId: string | null
  source: OrderSource
  /** The summary that the customer confirmed; one order at most for each. */
  summaryId: string | null
}

/** Under which reference the stock of an order's line is held. */
export function referenceOf(lineId: string): string {
  return `order_line:${lineId}`
}

const firstNumber = 1_000

/**
 * Writes an order and holds its stock, in the caller's unit of work: either all lines are held, or nothing is written.
 * Returns the order's id.
 * @throws DomainError the draft's first problem, `cart.out_of_stock`, `checkout.slot`, `input.invalid`.
 */
export function placeOrder(
  tx: Tx,
  deps: { rows: OrderRepository; catalog: CatalogService; settings: SellingSettingsStore },
  draft: OrderDraft,
  meta: PlacementMeta,
): string {
  // What is in stock is read again when it is held.
  const problem = draft.problems.find(({ code }) => code !== 'cart.out_of_stock')
  if (problem !== undefined) throw new DomainError(problem.code, problem.data)
  if (draft.lines.length === 0) throw new DomainError('input.invalid', { field: 'lines' })
  checkSlot(deps, draft.delivery)
  const id = newId()
  const settings = deps.settings.get()
  const numberOf = (seq: number) => `${settings.orderPrefix}${firstNumber + seq}`
  let seq = deps.rows.nextSeq()
  // "1" before 1001 and no prefix before 11001 are the same number.
  while (deps.rows.idByNumber(numberOf(seq)) !== null) seq += 1
  const number = numberOf(seq)
  const { delivery, payment } = draft
  const prepaid = payment.id !== null && settings.prepaid.includes(payment.id) && draft.total > 0
  deps.rows.insert(tx, {
    id,
    seq,
    number,
    ...meta,
    state: 'pending',
    paymentState: paymentStateOf(draft.total, 0, 0),
    currency: draft.currency,
    pricesIncludeTax: draft.pricesIncludeTax,
    deliveryMethod: delivery.method,
    zoneId: delivery.zoneId,
    zoneName: delivery.zoneName,
    place: delivery.place,
    address: delivery.address,
    recipient: delivery.recipient,
    phone: delivery.phone,
    slotId: delivery.slotId,
    slotLabel: delivery.slotLabel,
    slotDate: delivery.slotDate,
    paymentId: payment.id,
    paymentName: payment.name,
    discountCode: draft.discountCode,
    note: draft.note,
    subtotal: draft.subtotal,
    discount: draft.discount,
    deliveryFee: draft.deliveryFee,
    tax: draft.tax,
    total: draft.total,
    taxes: draft.taxes,
    searchText: searchTextOf({
      number,
      recipient: delivery.recipient,
      phone: delivery.phone,
      lines: draft.lines,
    }),
    reservedUntil: prepaid && settings.unpaidHours !== null ? hoursAfter(tx.now, settings.unpaidHours) : null,
    placedAt: tx.now,
    revision: 1,
  })
  for (const [position, line] of draft.lines.entries()) addLine(tx, deps, id, line, position)
  deps.rows.addChange(tx, id, 'placed', { to: 'pending', data: { total: draft.total, source: meta.source } })
  tx.emit('order.placed', { orderId: id })
  return id
}

/** Writes a line and holds its stock. @throws DomainError `cart.out_of_stock {available}`. */
export function addLine(
  tx: Tx,
  deps: { rows: OrderRepository; catalog: CatalogService },
  orderId: string,
  line: DraftLine,
  position: number,
): void {
  const { available: _, ...values } = line
  const id = newId()
  deps.rows.insertLine(tx, { id, orderId, position, ...values })
  if (line.tracked) deps.catalog.stock.hold(tx, referenceOf(id), line.variantId, line.quantity)
}

export function hoursAfter(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * 3_600_000).toISOString()
}

/** @throws DomainError `checkout.slot {reason: 'full'}` when a delivery window has no room left on its date. */
export function checkSlot(
  deps: { rows: OrderRepository; settings: SellingSettingsStore },
  { slotId, slotDate }: { slotId: string | null; slotDate: string | null },
): void {
  if (slotId === null || slotDate === null) return
  const slot = deps.settings.get().slots.find((candidate) => candidate.id === slotId)
  if (slot === undefined || slot.capacity === null) return
  if (deps.rows.inSlot(slotId, slotDate) >= slot.capacity) {
    throw new DomainError('checkout.slot', { slotId, date: slotDate, reason: 'full' })
  }
}
