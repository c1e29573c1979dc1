import type { CustomerService } from '../customers/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { KnowledgeService } from '../knowledge/service.ts'
import { isOff } from '../mutants.ts'
import type { Order } from '../orders/order.ts'
import type { OrderService } from '../orders/service.ts'
import type { DiscountService } from '../selling/discount-service.ts'
import type { CartService } from '../selling/service.ts'
import type { SellingSettingsStore } from '../selling/settings-service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { CartOwner, CheckoutMethod, CheckoutView, Summary } from './checkout.ts'
import { ConfirmationReader } from './confirmation.ts'
import { findPayment, paymentsOf } from './payments.ts'
import { destinationOf, zoneKey } from './place.ts'
import { type CheckoutFields, CheckoutRepository, type CheckoutRow } from './repository.ts'
import { differences, hashOf, snapshotOf } from './summary.ts'
import { methodsOf, noFields, ViewReader } from './view.ts'

export interface CheckoutDependencies {
  storage: Storage
  carts: CartService
  orders: OrderService
  discounts: DiscountService
  settings: SellingSettingsStore
  knowledge: KnowledgeService
  customers: CustomerService
  shop: () => ShopBrief
}

export interface DeliveryInput {
  method?: CheckoutMethod | null
  place?: string | null
  address?: string | null
  savedAddressId?: string | null
  slotId?: string | null
  slotDate?: string | null
}

/**
 * What a customer says on the way from cart to order. It belongs to the conversation's open cart and waits as long as
 * that does. Nothing is ordered before a summary was sent and answered with an unqualified yes.
 */
export class CheckoutService {
  readonly #deps: CheckoutDependencies
  readonly #rows: CheckoutRepository
  readonly #reader: ViewReader
  readonly #confirmation: ConfirmationReader

  constructor(deps: CheckoutDependencies) {
    this.#deps = deps
    this.#rows = new CheckoutRepository(deps.storage)
    this.#reader = new ViewReader(deps, this.#rows)
    this.#confirmation = new ConfirmationReader(deps.storage)
  }

  /** The checkout as it stands now; nothing is written. */
  view(owner: CartOwner): CheckoutView {
    return this.#reader.view(owner)
  }

  /**
   * Notes how and where the order goes; what is not given stays as it was.
   * @throws DomainError `checkout.not_served {place, method, known}`, `checkout.slot {slotId, slotDate}`, `not_found`.
   */
  setDelivery(tx: Tx, owner: CartOwner, input: DeliveryInput): CheckoutView {
    const row = this.#ensure(tx, owner)
    const saved = this.#savedAddress(owner, input.savedAddressId ?? null)
    const said = {
      place: text(input.place, 200) || (saved?.place ?? ''),
      address: text(input.address, 500) || (saved?.address ?? ''),
    }
    const speaksOfPlace = said.place !== '' || said.address !== ''
    const method = input.method ?? (speaksOfPlace ? 'delivery' : row.deliveryMethod)
    const changes: Partial<CheckoutFields> = { deliveryMethod: method }
    const { delivery } = this.#deps.knowledge.profile()
    const { offered } = methodsOf(delivery)
    if (method !== null && !offered.includes(method))
      throw new DomainError('checkout.not_served', { place: said.place, method, known: true })
    if (method === 'delivery' && speaksOfPlace)
      Object.assign(
        changes,
        this.#destination(row, said),
        saved?.recipient ? { recipient: saved.recipient } : {},
      )
    if (saved?.phone) changes.phone = saved.phone
    if (input.slotId != null) Object.assign(changes, this.#slot(input.slotId, input.slotDate ?? null))
    this.#rows.change(tx, row, changes)
    return this.view(owner)
  }

  /** Notes who the order is for; an empty value takes away what was said. */
  setContact(
    tx: Tx,
    owner: CartOwner,
    input: { name?: string | null; phone?: string | null; note?: string | null },
  ): CheckoutView {
    const row = this.#ensure(tx, owner)
    this.#rows.change(tx, row, {
      ...(input.name == null ? {} : { recipient: text(input.name, 200) }),
      ...(input.phone == null ? {} : { phone: text(input.phone, 40) }),
      ...(input.note == null ? {} : { note: text(input.note, 1_000) }),
    })
    return this.view(owner)
  }

  /** @throws DomainError `checkout.payment_unknown {options}`: the names of the shop's ways, one a line. */
  setPayment(tx: Tx, owner: CartOwner, payment: string): CheckoutView {
    const row = this.#ensure(tx, owner)
    const options = paymentsOf(this.#deps.knowledge.profile())
    const found = findPayment(options, payment)
    if (found === null)
      throw new DomainError('checkout.payment_unknown', {
        options: options.map(({ name }) => name).join('\n'),
      })
    this.#rows.change(tx, row, { paymentId: found.id })
    return this.view(owner)
  }

  /** Takes a code of the owner's, or none. @throws DomainError `discount.unknown`, `discount.not_valid {reason, …}`. */
  applyDiscount(tx: Tx, owner: CartOwner, code: string | null): CheckoutView {
    const row = this.#ensure(tx, owner)
    const subtotal = this.#deps.carts.view(owner.conversationId).total.amount
    const discount =
      code === null || code.trim() === '' ? null : this.#deps.discounts.valid(code, subtotal, tx.now)
    this.#rows.change(tx, row, { discountCode: discount?.code ?? null })
    return this.view(owner)
  }

  /**
   * Takes down what is put to the customer in this turn's reply. The same words twice in a turn are one summary.
   * @throws DomainError `checkout.incomplete {missing}` (parts joined by a space), `checkout.below_minimum {minimum,
   * missing}`, and what stands in the way of a line: `cart.out_of_stock`, `cart.not_sellable`, `cart.quantity`, `discount.*`.
   */
  summarize(tx: Tx, owner: CartOwner, turnId: string): { summary: Summary; view: CheckoutView } {
    const row = this.#ensure(tx, owner)
    const view = this.#reader.view(owner, { withSummary: false })
    const snapshot = this.#orderable(view)
    const hash = hashOf(snapshot)
    const newest = this.#rows.newestSummary(row.id)
    if (newest === null || newest.hash !== hash || newest.turnId !== turnId) {
      const { conversationId } = owner
      this.#rows.addSummary(tx, { checkoutId: row.id, conversationId, turnId, hash, snapshot })
    }
    const summary = this.#rows.newestSummary(row.id)
    if (summary === null) throw new DomainError('not_found', { entity: 'order_summaries', id: row.id })
    return { summary, view: this.view(owner) }
  }

  /**
   * Places the order of a summary that the customer has confirmed: everything is computed again and must be what the
   * summary told.
   * @throws DomainError `checkout.not_confirmed {reason}`, `checkout.changed {fields}`, `cart.out_of_stock`, `checkout.slot`.
   */
  place(tx: Tx, owner: CartOwner, turnId: string, summaryId: string): { order: Order; closed: Closed } {
    const cart = this.#deps.carts.view(owner.conversationId)
    const row = cart.id === null ? null : this.#rows.open(cart.id)
    const summary = row === null ? null : this.#rows.newestSummary(row.id)
    if (row === null || summary === null)
      throw new DomainError('checkout.not_confirmed', { reason: 'no_summary' })
    if (summary.id !== summaryId) throw new DomainError('checkout.not_confirmed', { reason: 'older_summary' })
    const reason = this.#confirmation.refusal(summary, turnId, this.#deps.shop().locale)
    if (reason !== null) throw new DomainError('checkout.not_confirmed', { reason })
    this.#requireUnchanged(owner, summary)
    const draft = this.#reader.draft(owner)
    const { conversationId, customerId } = owner
    const order = this.#deps.orders.place(tx, draft, {
      customerId,
      conversationId,
      source: 'chat',
      summaryId: summary.id,
    })
    this.#rows.markPlaced(tx, row)
    const ordered = this.#deps.carts.close(tx, owner)
    this.#remember(tx, owner, row, order)
    return { order, closed: { checkout: { id: row.id, revision: row.revision + 1 }, cart: ordered } }
  }

  #requireUnchanged(owner: CartOwner, summary: Summary): void {
    const view = this.#reader.view(owner)
    const [problem] = view.problems
    if (problem !== undefined && !problem.code.startsWith('discount.'))
      throw new DomainError(problem.code, problem.data)
    const now = snapshotOf(view, this.#deps.shop().pricesIncludeTax)
    if (isOff('checkout.hash')) return
    if (now === null || hashOf(now) !== summary.hash) {
      const fields = now === null ? ['delivery'] : differences(summary.snapshot, now)
      throw new DomainError('checkout.changed', { fields: fields.join(' ') })
    }
  }

  /** What the customer told about themselves on the way is kept with their record. */
  #remember(tx: Tx, { customerId }: CartOwner, row: CheckoutRow, order: Order): void {
    const { customers } = this.#deps
    if (row.recipient !== '') customers.setName(tx, customerId, row.recipient)
    if (row.phone !== '') customers.setPhone(tx, customerId, row.phone)
    if (order.deliveryMethod !== 'delivery' || order.address === '') return
    customers.saveAddress(tx, customerId, {
      address: order.address,
      place: order.place,
      recipient: order.recipient,
      zoneId: order.zoneId,
      phone: order.phone === '' ? null : order.phone,
    })
  }

  #orderable(view: CheckoutView) {
    const [problem] = view.problems
    if (problem !== undefined) throw new DomainError(problem.code, problem.data)
    const snapshot = snapshotOf(view, this.#deps.shop().pricesIncludeTax)
    if (view.missing.length > 0 || snapshot === null)
      throw new DomainError('checkout.incomplete', { missing: view.missing.join(' ') })
    const { minOrder, subtotal } = view
    if (minOrder !== null && subtotal < minOrder)
      throw new DomainError('checkout.below_minimum', { minimum: minOrder, missing: minOrder - subtotal })
    return snapshot
  }

  #ensure(tx: Tx, owner: CartOwner): CheckoutRow {
    const cart = this.#deps.carts.ensure(tx, owner)
    if (this.#rows.open(cart.id) === null) this.#rows.create(tx, owner, cart.id, noFields)
    const row = this.#rows.open(cart.id)
    if (row === null) throw new DomainError('not_found', { entity: 'checkouts', id: cart.id })
    return row
  }

  #savedAddress({ customerId }: CartOwner, id: string | null) {
    if (id === null || id === '') return null
    const found = this.#deps.customers.addresses(customerId).find((address) => address.id === id)
    if (found === undefined) throw new DomainError('not_found', { entity: 'customer_addresses', id })
    return found
  }

  /** An address that names another place than before moves the order there; one that names none keeps the place. */
  #destination(row: CheckoutRow, said: { place: string; address: string }): Partial<CheckoutFields> {
    const match = (query: string) => this.#deps.knowledge.zone(query)
    const { served, zone, place } = destinationOf(match, said)
    if (served === false)
      throw new DomainError('checkout.not_served', { place, method: 'delivery', known: true })
    const address = said.address === '' ? {} : { address: said.address }
    if (zone !== null) return { ...address, zoneId: zoneKey(zone), place }
    if (said.place !== '')
      throw new DomainError('checkout.not_served', { place: said.place, method: 'delivery', known: false })
    return { ...address, zoneId: row.zoneId, place: row.place }
  }

  #slot(slotId: string, slotDate: string | null): Partial<CheckoutFields> {
    const slot = this.#reader
      .slots(null)
      .find(({ id, date }) => id === slotId && (slotDate === null || slotDate === '' || date === slotDate))
    if (slot === undefined) throw new DomainError('checkout.slot', { slotId, slotDate })
    return { slotId: slot.id, slotDate: slot.date }
  }
}

/** Rows that an order closed, with their new revisions. */
export interface Closed {
  checkout: { id: string; revision: number }
  cart: { id: string; revision: number } | null
}

function text(value: string | null | undefined, longest: number): string {
  return (value ?? '')
    .replace(/[^\S\n]+/g, ' ')
    .trim()
    .slice(0, longest)
}
