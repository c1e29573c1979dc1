import type { ErrorCode, ErrorData } from '../errors.ts'
import type { TaxShare } from '../selling/pricing.ts'
import type { DeliveryMethod, OrderState, PaymentState } from './states.ts'

/** Orders: the shapes that every feature shares. Amounts are integer minor units of the shop's currency. */

export type { DeliveryMethod, OrderState, PaymentState } from './states.ts'

export type OrderSource = 'chat' | 'counter' | 'desk' | 'api'

/** What somebody wants to order. */
export interface OrderRequest {
  lines: {
    variantId: string
    /** In the unit's smallest step. */
    quantity: number
    /** Another price than the catalog's, for `unitSize` steps: a quote's, or the shop's own word. */
    unitPrice?: number
    quoteId?: string | null
    note?: string
  }[]
  delivery: OrderDelivery
  payment: { id: string | null; name: string }
  discountCode: string | null
  note: string
}

export interface OrderDelivery {
  method: DeliveryMethod
  zoneId: string | null
  zoneName: string
  fee: number
  /** Town, quarter or postcode by which the zone was found. */
  place: string
  /** Street, number, floor. */
  address: string
  recipient: string
  phone: string
  slotId: string | null
  slotLabel: string
  /** Local date `YYYY-MM-DD`. */
  slotDate: string | null
}

/** A line with the catalog's figures of this moment. */
export interface DraftLine {
  variantId: string
  productId: string
  quoteId: string | null
  sku: string | null
  name: string
  title: string
  quantity: number
  unit: string
  unitSize: number
  unitPrice: number
  total: number
  /** This line's share of the order's discount. */
  discount: number
  taxClass: string
  /** Basis points. */
  taxRate: number
  tax: number
  /** Whether stock is held for it. */
  tracked: boolean
  /** What can be sold now; null when there is no limit. */
  available: number | null
  note: string
}

/** Why an order could not be placed as it is: the error that placing it would throw. */
export interface OrderProblem {
  code: ErrorCode
  variantId: string | null
  name: string
  available: number | null
  data: ErrorData
}

/** An order computed from the catalog of this moment; nothing is written. What cannot be sold is in `problems` alone. */
export interface OrderDraft extends Omit<OrderRequest, 'lines'> {
  lines: DraftLine[]
  currency: string
  pricesIncludeTax: boolean
  subtotal: number
  discount: number
  deliveryFee: number
  taxes: TaxShare[]
  tax: number
  total: number
  problems: OrderProblem[]
}

export interface OrderLine {
  id: string
  productId: string | null
  variantId: string | null
  quoteId: string | null
  sku: string | null
  name: string
  title: string
  quantity: number
  unit: string
  unitSize: number
  unitPrice: number
  total: number
  discount: number
  taxClass: string
  taxRate: number
  tax: number
  tracked: boolean
  note: string
}

/** An order as a list shows it. */
export interface OrderBrief {
  id: string
  seq: number
  number: string
  source: OrderSource
  customer: { id: string; name: string } | null
  conversationId: string | null
  state: OrderState
  paymentState: PaymentState
  currency: string
  total: number
  paid: number
  refunded: number
  /** Of all lines; what is measured counts as one. */
  pieces: number
  deliveryMethod: DeliveryMethod
  paymentName: string
  slotLabel: string
  slotDate: string | null
  placedAt: string
  seenAt: string | null
  revision: number
}

export type OrderChangeKind =
  | 'placed'
  | 'state'
  | 'payment'
  | 'refund'
  | 'edit'
  | 'note'
  | 'document'
  | 'warned'

export type ChangeData = Record<string, string | number | boolean | null>

/** Who did what to an order, in order of `seq`. */
export interface OrderChange {
  seq: number
  at: string
  actor: string
  kind: OrderChangeKind
  fromState: string | null
  toState: string | null
  data: ChangeData
}

export interface OrderPayment {
  id: string
  kind: 'payment' | 'refund'
  amount: number
  method: string
  note: string
  /** sha256 of a file in the shop's media folder. */
  receiptHash: string | null
  at: string
}

export interface OrderDocument {
  id: string
  kind: 'quote' | 'receipt' | 'packing_slip'
  name: string
  mediaHash: string
  at: string
}

export interface Order extends OrderBrief {
  summaryId: string | null
  pricesIncludeTax: boolean
  zoneId: string | null
  zoneName: string
  place: string
  address: string
  recipient: string
  phone: string
  slotId: string | null
  paymentId: string | null
  discountCode: string | null
  note: string
  subtotal: number
  discount: number
  deliveryFee: number
  tax: number
  taxes: TaxShare[]
  /** When it lets its stock go unless it is paid; null: never by itself, or not any more. */
  reservedUntil: string | null
  paymentWarnedAt: string | null
  lines: OrderLine[]
  payments: OrderPayment[]
  changes: OrderChange[]
  documents: OrderDocument[]
  /** States that it can be put in now. */
  next: OrderState[]
}

/** Which orders: every field narrows. Dates are local `YYYY-MM-DD` and inclusive. */
export interface OrderFilter {
  /** Number, customer's name, phone, or an article's name or SKU. */
  text?: string
  states?: readonly OrderState[]
  paymentStates?: readonly PaymentState[]
  customerId?: string
  productId?: string
  from?: string
  to?: string
  unseen?: boolean
}
