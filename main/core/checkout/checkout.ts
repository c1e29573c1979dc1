import type { DraftLine, OrderProblem } from '../orders/order.ts'
import type { CartOwner } from '../selling/cart.ts'

/** The way from a cart to an order: the shapes that tools and engines share. Amounts are integer minor units. */

export type CheckoutMethod = 'delivery' | 'pickup'

/** What is still to be asked, in the order in which to ask it. */
export const missingOrder = [
  'cart',
  'delivery_method',
  'place',
  'address',
  'slot',
  'name',
  'phone',
  'payment',
] as const
export type MissingPart = (typeof missingOrder)[number]

export type { CartOwner }

export interface CheckoutSlot {
  id: string
  label: string
  /** Local date `YYYY-MM-DD`. */
  date: string
}

/** How a line differs from what the customer was last told of it. */
export interface CheckoutChange {
  kind: 'price' | 'sold_out' | 'not_enough' | 'gone'
  variantId: string
  productId: string | null
  name: string
  /** For `unitSize` steps. */
  before: number | null
  after: number | null
  available: number | null
}

export interface CheckoutPayment {
  id: string
  name: string
  details: string
}

export interface SavedAddress {
  id: string
  address: string
  place: string
  recipient: string
}

/** A checkout as it stands: everything computed from the catalog, the shop's profile and its settings of this moment. */
export interface CheckoutView {
  /** Null: nothing was said about an order yet. */
  id: string | null
  revision: number
  cart: { id: string | null; revision: number; pieces: number }
  missing: MissingPart[]
  lines: DraftLine[]
  changes: CheckoutChange[]
  /** What stands in the way of an order of these lines. */
  problems: OrderProblem[]
  delivery: {
    method: CheckoutMethod | null
    zone: { id: string; name: string; eta: string } | null
    place: string
    address: string
    slot: CheckoutSlot | null
  }
  contact: { name: string; phone: string }
  payment: CheckoutPayment | null
  discount: { code: string; amount: number } | null
  currency: string
  subtotal: number
  /** Null: not known yet, or (with a zone) to be agreed with the shop. */
  deliveryFee: number | null
  /** Sum of the lines from which delivery costs nothing. */
  freeFrom: number | null
  tax: { included: boolean; amount: number }
  taxes: { rate: number; tax: number }[]
  /** Null: the delivery fee is not known yet. */
  total: number | null
  minOrder: number | null
  options: {
    methods: CheckoutMethod[]
    payments: { id: string; name: string }[]
    slots: CheckoutSlot[]
    savedAddresses: SavedAddress[]
  }
  note: string
}

/** What was put to the customer, as it was then. */
export interface SummarySnapshot {
  lines: {
    variantId: string
    productId: string
    quoteId: string | null
    name: string
    title: string
    quantity: number
    unitSize: number
    unitPrice: number
    total: number
  }[]
  currency: string
  pricesIncludeTax: boolean
  subtotal: number
  discount: { code: string; amount: number } | null
  deliveryFee: number | null
  tax: number
  total: number
  method: CheckoutMethod
  zoneId: string | null
  place: string
  address: string
  slot: { id: string; date: string } | null
  name: string
  phone: string
  paymentId: string | null
  note: string
}

export interface Summary {
  id: string
  seq: number
  checkoutId: string
  conversationId: string
  turnId: string
  hash: string
  snapshot: SummarySnapshot
}

/** Why an order is not placed although the engine asked for it. */
export type NotConfirmed = 'no_summary' | 'not_sent' | 'not_yes' | 'older_summary' | 'too_early'
