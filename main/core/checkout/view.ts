import type { CustomerService } from '../customers/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import type { ShopProfile } from '../knowledge/profile.ts'
import type { KnowledgeService } from '../knowledge/service.ts'
import type { OrderDraft, OrderProblem } from '../orders/order.ts'
import type { OrderService } from '../orders/service.ts'
import type { Cart } from '../selling/cart.ts'
import type { CartService } from '../selling/service.ts'
import type { SellingSettingsStore } from '../selling/settings-service.ts'
import type { Storage } from '../storage/storage.ts'
import { changesOf } from './changes.ts'
import {
  type CartOwner,
  type CheckoutMethod,
  type CheckoutSlot,
  type CheckoutView,
  type MissingPart,
  missingOrder,
} from './checkout.ts'
import { paymentsOf } from './payments.ts'
import { zoneById, zoneKey } from './place.ts'
import type { CheckoutFields, CheckoutRepository } from './repository.ts'
import { openSlots } from './slots.ts'

export const noFields: CheckoutFields = {
  deliveryMethod: null,
  zoneId: null,
  place: '',
  address: '',
  recipient: '',
  phone: '',
  slotId: null,
  slotDate: null,
  paymentId: null,
  discountCode: null,
  note: '',
}

export interface ViewDependencies {
  storage: Storage
  carts: CartService
  orders: OrderService
  settings: SellingSettingsStore
  knowledge: KnowledgeService
  customers: CustomerService
  shop: () => ShopBrief
}

/** Windows that are looked through when a customer names one. */
const slotsKnown = 200

/** Puts together how a checkout stands, from what was said and what catalog, profile and settings say now. */
export class ViewReader {
  readonly #deps: ViewDependencies
  readonly #rows: CheckoutRepository

  constructor(deps: ViewDependencies, rows: CheckoutRepository) {
    this.#deps = deps
    this.#rows = rows
  }

  view(owner: CartOwner, options: { withSummary: boolean } = { withSummary: true }): CheckoutView {
    const cart = this.#deps.carts.view(owner.conversationId)
    const row = cart.id === null ? null : this.#rows.open(cart.id)
    const fields = row ?? noFields
    const profile = this.#deps.knowledge.profile()
    const { draft, method, zone, fee, slot, contact, payment } = this.#parts(owner, cart, fields, profile)
    const summary = row === null || !options.withSummary ? null : this.#rows.newestSummary(row.id)
    const slots = this.slots(method)
    const known = method === 'pickup' || (method === 'delivery' && zone !== null)
    const { currency } = this.#deps.shop()
    const freeFrom = method === 'delivery' ? (zone?.freeFrom ?? null) : null
    return {
      id: row?.id ?? null,
      revision: row?.revision ?? 0,
      cart: { id: cart.id, revision: cart.revision, pieces: cart.pieces },
      missing: this.#missing(profile, { cart, method, zone, fields, slot, slots, contact, payment }),
      lines: draft.lines,
      changes: changesOf(cart, summary?.snapshot ?? null),
      problems: [...draft.problems, ...droppedProblems(cart)],
      delivery: {
        method,
        zone:
          method !== 'delivery' || zone === null
            ? null
            : { id: zoneKey(zone), name: zone.name, eta: zone.eta },
        place: method === 'pickup' ? '' : fields.place,
        address: method === 'pickup' ? '' : fields.address,
        slot,
      },
      contact,
      payment,
      discount: draft.discountCode === null ? null : { code: draft.discountCode, amount: draft.discount },
      currency,
      subtotal: draft.subtotal,
      deliveryFee: known ? fee : null,
      freeFrom,
      tax: { included: draft.pricesIncludeTax, amount: draft.tax },
      taxes: draft.taxes.map(({ rate, tax }) => ({ rate, tax })),
      total: known ? draft.total : null,
      minOrder: method === 'pickup' ? null : (profile.delivery?.minOrder ?? null),
      options: {
        methods: methodsOf(profile.delivery).choices,
        payments: paymentsOf(profile).map(({ id, name }) => ({ id, name })),
        slots,
        savedAddresses: this.#deps.customers
          .addresses(owner.customerId)
          .slice(0, 5)
          .map(({ id, address, place, recipient }) => ({ id, address, place, recipient })),
      },
      note: fields.note,
    }
  }

  /** The order that would be placed now. */
  draft(owner: CartOwner): OrderDraft {
    const cart = this.#deps.carts.view(owner.conversationId)
    const row = cart.id === null ? null : this.#rows.open(cart.id)
    return this.#parts(owner, cart, row ?? noFields, this.#deps.knowledge.profile()).draft
  }

  /** Windows that can be chosen for a method; all that are known when it is null. */
  slots(method: CheckoutMethod | null): CheckoutSlot[] {
    const now = new Date(Date.parse(this.#deps.storage.now()))
    return openSlots({
      slots: this.#deps.settings.get().slots,
      now,
      timeZone: this.#deps.shop().timeZone,
      hours: this.#deps.knowledge.hours(now),
      taken: (slotId, date) => this.#deps.orders.inSlot(slotId, date),
      ...(method === null ? { limit: slotsKnown } : {}),
    })
  }

  #parts(owner: CartOwner, cart: Cart, fields: CheckoutFields, profile: ShopProfile) {
    const { implied } = methodsOf(profile.delivery)
    const method = implied ?? fields.deliveryMethod
    const zone = method === 'delivery' ? zoneById(profile.delivery, fields.zoneId) : null
    const fee = feeOf(profile, method, zone, cart.total.amount)
    const chosen = this.slots(null).find(({ id, date }) => id === fields.slotId && date === fields.slotDate)
    const contact = this.#contact(owner, fields)
    const payments = paymentsOf(profile)
    const payment =
      payments.length === 1
        ? (payments[0] ?? null)
        : (payments.find(({ id }) => id === fields.paymentId) ?? null)
    const draft = this.#deps.orders.draft({
      lines: cart.lines.map((line) => ({
        variantId: line.variantId,
        quantity: line.quantity,
        ...(line.quoteId === null ? {} : { unitPrice: line.unit.amount, quoteId: line.quoteId }),
      })),
      delivery: {
        method: method ?? 'none',
        zoneId: zone === null ? null : zoneKey(zone),
        zoneName: zone?.name ?? '',
        fee: fee ?? 0,
        place: method === 'delivery' ? fields.place : '',
        address: method === 'delivery' ? fields.address : '',
        recipient: contact.name,
        phone: contact.phone,
        slotId: chosen?.id ?? null,
        slotLabel: chosen?.label ?? '',
        slotDate: chosen?.date ?? null,
      },
      payment: { id: payment?.id ?? null, name: payment?.name ?? '' },
      discountCode: fields.discountCode,
      note: fields.note,
    })
    return { draft, method, zone, fee, slot: chosen ?? null, contact, payment }
  }

  /** What was said now, then what is on record. A channel's nickname is no name for a parcel. */
  #contact({ customerId }: CartOwner, fields: CheckoutFields): { name: string; phone: string } {
    const customer = this.#deps.customers.get(customerId)
    const recorded = customer !== null && looksLikeFullName(customer.name) ? customer.name : ''
    const needsOrder = fields.recipient === '' && recorded === ''
    const before = needsOrder ? (this.#deps.orders.ofCustomer(customerId, 1)[0] ?? null) : null
    return {
      name: fields.recipient || recorded || (before?.recipient ?? ''),
      phone: fields.phone || customer?.phone || (before?.phone ?? ''),
    }
  }

  #missing(
    profile: ShopProfile,
    said: {
      cart: Cart
      method: CheckoutMethod | null
      zone: object | null
      fields: CheckoutFields
      slot: CheckoutSlot | null
      slots: readonly CheckoutSlot[]
      contact: { name: string; phone: string }
      payment: object | null
    },
  ): MissingPart[] {
    const { ask } = this.#deps.settings.get()
    const delivered = said.method === 'delivery'
    const missing: Record<MissingPart, boolean> = {
      cart: said.cart.lines.length === 0,
      delivery_method: said.method === null,
      place: delivered && said.zone === null,
      address: delivered && said.fields.address === '',
      slot: said.slots.length > 0 && said.slot === null && said.method !== null,
      name: ask.name && said.contact.name === '',
      phone: ask.phone && delivered && said.contact.phone === '',
      payment: ask.payment && paymentsOf(profile).length > 1 && said.payment === null,
    }
    return missingOrder.filter((part) => missing[part])
  }
}

/** How a shop hands goods over. Where there is no choice it is implied; a shop that says nothing of it has them fetched. */
export function methodsOf(delivery: ShopProfile['delivery']): {
  /** What the customer may choose between; none where nothing is asked. */
  choices: CheckoutMethod[]
  /** What is possible at all. */
  offered: CheckoutMethod[]
  implied: CheckoutMethod | null
} {
  const delivers = (delivery?.zones.length ?? 0) > 0
  const pickup = delivery?.pickup != null
  if (delivers && pickup)
    return { choices: ['delivery', 'pickup'], offered: ['delivery', 'pickup'], implied: null }
  const only = delivers ? 'delivery' : 'pickup'
  return { choices: [], offered: [only], implied: only }
}

/** Fee in minor units; null where the shop has not said one. Delivery is free from the zone's sum on. */
function feeOf(
  profile: ShopProfile,
  method: CheckoutMethod | null,
  zone: { fee: number | null; freeFrom: number | null } | null,
  subtotal: number,
): number | null {
  if (method === 'pickup') return profile.delivery?.pickup?.fee ?? 0
  if (zone === null) return null
  if (zone.freeFrom !== null && subtotal >= zone.freeFrom) return 0
  return zone.fee
}

function droppedProblems(cart: Cart): OrderProblem[] {
  return cart.dropped.map(({ variantId, productId, name, reason }) =>
    reason === 'sold_out'
      ? {
          code: 'cart.out_of_stock',
          variantId,
          name,
          available: 0,
          data: { variantId, productId, name, available: 0 },
        }
      : {
          code: reason === 'quote_expired' ? 'quote.expired' : 'cart.not_sellable',
          variantId,
          name,
          available: null,
          data: { variantId, productId, name, reason },
        },
  )
}

/** "Ana Pérez" rather than "ana_99" or "✨Ana✨". */
function looksLikeFullName(name: string): boolean {
  return /^\p{L}[\p{L}\p{M}.'’-]*(?: \p{L}[\p{L}\p{M}.'’-]*)+$/u.test(name.trim())
}
