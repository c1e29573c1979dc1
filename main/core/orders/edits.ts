import { DomainError } from '../errors.ts'
import { type PricingInput, priceOrder, discountOf as takenOff } from '../selling/pricing.ts'
import { checkDate } from '../selling/settings.ts'
import type { Tx } from '../storage/storage.ts'
import { draftOrder } from './draft.ts'
import type { ChangeData, DraftLine, Order, OrderLine, OrderRequest } from './order.ts'
import { addLine, checkSlot, referenceOf } from './place.ts'
import { searchTextOf } from './search-text.ts'
import { isEditable, paymentStateOf } from './states.ts'
import { type OrderWork, orderAt, requireOrder } from './work.ts'

export interface OrderEdit {
  /** A quantity of 0 takes a line out. */
  lines?: readonly { lineId: string; quantity: number }[]
  add?: readonly { variantId: string; quantity: number; unitPrice?: number }[]
  deliveryFee?: number
  address?: string
  place?: string
  recipient?: string
  phone?: string
  slotId?: string | null
  slotDate?: string | null
  note?: string
  expectedRevision?: number
  tell?: boolean
}

/**
 * Changes an order that has not left yet. Lines, delivery and discount keep the terms they were sold at, what is added
 * has today's; the discount is taken off the new sum, stock follows.
 * @throws DomainError `order.closed {state}`, `cart.out_of_stock {available}`, `cart.not_sellable`, `input.invalid`,
 * `checkout.slot`, `conflict`, `not_found`.
 */
export function editOrder(tx: Tx, work: OrderWork, id: string, edit: OrderEdit): Order {
  const before = orderAt(work.rows, id, edit.expectedRevision)
  if (!isEditable(before.state)) {
    throw new DomainError('order.closed', { state: before.state, number: before.number })
  }
  const said = changeLines(tx, work, before, edit.lines ?? [])
  said.push(...addLines(tx, work, before, edit.add ?? []))
  const lines = work.rows.lines(id)
  // An order without anything in it is a cancelled one, and says so.
  if (lines.length === 0) throw new DomainError('input.invalid', { field: 'lines' })
  const delivery = deliveryOf(work, before, edit)
  const sums = reprice(tx, work, before, lines, edit.deliveryFee ?? before.deliveryFee)
  const { number } = before
  work.rows.update(tx, before, {
    ...sums,
    ...delivery,
    paymentState: paymentStateOf(sums.total, before.paid, before.refunded),
    searchText: searchTextOf({ number, recipient: delivery.recipient, phone: delivery.phone, lines }),
  })
  const data: ChangeData = { total: sums.total, before: before.total }
  if (said.length > 0) data.lines = said.join(', ')
  const fields: string[] = deliveryFields.filter((field) => delivery[field] !== before[field])
  if (edit.deliveryFee !== undefined && edit.deliveryFee !== before.deliveryFee) fields.push('deliveryFee')
  if (fields.length > 0) data.fields = fields.join(', ')
  if (said.length === 0 && fields.length === 0) return before
  work.rows.addChange(tx, id, 'edit', { data })
  tx.emit('order.changed', { orderId: id })
  const after = requireOrder(work.rows, id)
  if ((edit.tell ?? true) && (said.length > 0 || sums.total !== before.total)) work.notices.edit(tx, after)
  return after
}

const deliveryFields = ['address', 'place', 'recipient', 'phone', 'note', 'slotId', 'slotDate'] as const

function changeLines(
  tx: Tx,
  work: OrderWork,
  order: Order,
  wanted: NonNullable<OrderEdit['lines']>,
): string[] {
  // What becomes less comes first: its stock may be what another line needs.
  const changes = wanted
    .map(({ lineId, quantity }) => {
      const line = order.lines.find((candidate) => candidate.id === lineId)
      if (line === undefined) throw new DomainError('not_found', { entity: 'order_lines', id: lineId })
      if (!Number.isSafeInteger(quantity) || quantity < 0) {
        throw new DomainError('input.invalid', { field: 'quantity' })
      }
      return { line, quantity }
    })
    .filter(({ line, quantity }) => line.quantity !== quantity)
    .sort((a, b) => a.quantity - a.line.quantity - (b.quantity - b.line.quantity))
  return changes.map(({ line, quantity }) => {
    if (line.tracked && line.variantId !== null) {
      work.catalog.stock.hold(tx, referenceOf(line.id), line.variantId, quantity)
    }
    if (quantity === 0) work.rows.removeLine(tx, line.id)
    else work.rows.updateLine(tx, line.id, { quantity })
    return `${nameOf(line)} ${line.quantity} → ${quantity}`
  })
}

function addLines(tx: Tx, work: OrderWork, order: Order, wanted: NonNullable<OrderEdit['add']>): string[] {
  if (wanted.length === 0) return []
  const draft = draftOrder(
    { ...work, now: () => tx.now },
    { ...plainRequest, lines: wanted.map((line) => ({ ...line })) },
    'shop',
  )
  const problem = draft.problems.find(({ code }) => code !== 'cart.out_of_stock')
  if (problem !== undefined) throw new DomainError(problem.code, problem.data)
  let position = work.rows.lastPosition(order.id)
  return draft.lines.map((line) => {
    position += 1
    addLine(tx, work, order.id, line, position)
    return `${nameOf(line)} 0 → ${line.quantity}`
  })
}

/** Computes the sums anew and writes each line's figures. */
function reprice(tx: Tx, work: OrderWork, order: Order, lines: readonly OrderLine[], fee: number) {
  const input: PricingInput = {
    // Each line is its own tax class, with the rate at which it was sold.
    lines: lines.map((line) => ({ ...line, taxClass: line.id })),
    taxes: Object.fromEntries(lines.map((line) => [line.id, line.taxRate])),
    deliveryFee: fee,
    deliveryTax: deliveryRateOf(order) ?? work.settings.get().deliveryTax,
    discount: null,
    pricesIncludeTax: order.pricesIncludeTax,
  }
  try {
    const { subtotal } = priceOrder(input)
    const priced = priceOrder({ ...input, discount: discountOf(work, order, subtotal) })
    const { lines: figures, ...sums } = priced
    for (const [index, line] of lines.entries()) {
      const { total, discount, tax } = figures[index] ?? line
      if (total !== line.total || discount !== line.discount || tax !== line.tax) {
        work.rows.updateLine(tx, line.id, { total, discount, tax })
      }
    }
    return sums
  } catch (error) {
    if (error instanceof RangeError) throw new DomainError('input.invalid', { field: 'quantity' })
    throw error
  }
}

/**
 * The terms by which the code took off what it did; a code may have been changed, taken away or made again since. Where
 * none of them did, a percentage stays the same share and an amount the same amount.
 */
function discountOf(work: OrderWork, order: Order, subtotal: number): PricingInput['discount'] {
  if (order.discount === 0 || order.discountCode === null) return null
  const known = work.discounts.termsOf(order.discountCode)
  const sold = known.find((terms) => takenOff(terms, order.subtotal) === order.discount)
  if (sold !== undefined) return sold
  if (known[0]?.kind !== 'percent') return { kind: 'amount', value: order.discount }
  const share =
    (BigInt(order.discount) * BigInt(subtotal) * 2n + BigInt(order.subtotal)) / (2n * BigInt(order.subtotal))
  return { kind: 'amount', value: Number(share) }
}

/** At which rate an order's delivery was taxed: the one whose share is more than its lines by the fee. Null without a fee. */
function deliveryRateOf({ deliveryFee, taxes, lines, pricesIncludeTax }: Order): number | null {
  if (deliveryFee === 0) return null
  const taxed = taxes.find(({ rate, base, tax }) => {
    const same = lines.filter((line) => line.taxRate === rate)
    const sold = same.reduce((sum, line) => sum + line.total - line.discount, 0)
    return base + (pricesIncludeTax ? tax : 0) - sold === deliveryFee
  })
  return taxed?.rate ?? null
}

function deliveryOf(work: OrderWork, before: Order, edit: OrderEdit) {
  checkDate(edit.slotDate, 'slotDate')
  const slotId = edit.slotId === undefined ? before.slotId : edit.slotId
  const slotDate = edit.slotDate === undefined ? before.slotDate : edit.slotDate
  const moved = slotId !== before.slotId || slotDate !== before.slotDate
  const slot = work.settings.get().slots.find((candidate) => candidate.id === slotId)
  if (slotId !== before.slotId && slotId !== null && slot === undefined) {
    throw new DomainError('checkout.slot', { slotId, reason: 'unknown' })
  }
  if (moved) checkSlot(work, { slotId, slotDate })
  return {
    address: edit.address ?? before.address,
    place: edit.place ?? before.place,
    recipient: edit.recipient ?? before.recipient,
    phone: edit.phone ?? before.phone,
    note: edit.note ?? before.note,
    slotId,
    slotDate: slotId === null ? null : slotDate,
    slotLabel: slotId === before.slotId ? before.slotLabel : (slot?.label ?? ''),
  }
}

function nameOf(line: OrderLine | DraftLine): string {
  return line.title === '' ? line.name : `${line.name} (${line.title})`
}

/** A request for lines alone. */
export const plainRequest: OrderRequest = {
  lines: [],
  delivery: {
    method: 'none',
    zoneId: null,
    zoneName: '',
    fee: 0,
    place: '',
    address: '',
    recipient: '',
    phone: '',
    slotId: null,
    slotLabel: '',
    slotDate: null,
  },
  payment: { id: null, name: '' },
  discountCode: null,
  note: '',
}
