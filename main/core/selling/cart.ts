import type { Money } from '../money/money.ts'

/** One variant in a cart. A variant has at most one line. */
export interface CartLine {
  variantId: string
  productId: string
  sku: string | null
  name: string
  /** The variant's own title; empty when the product has one variant. */
  title: string
  /** In the unit's smallest step. */
  quantity: number
  unitName: string
  unitSize: number
  /** Price of `unitSize` steps at this moment. */
  unit: Money
  total: Money
  /** What can be sold now; null when stock is not tracked. */
  available: number | null
  /** What `unitSize` steps cost when the customer was last told of this line, minor units; null when nobody noted it. */
  quotedPrice: number | null
  /** The quote that gives this line its price, when it is a service's. */
  quoteId: string | null
}

/** Why something cannot be (or stay) in a cart. */
export type NotSellable =
  | 'sold_out'
  | 'discontinued'
  | 'not_for_sale'
  | 'price_from'
  | 'price_ask'
  | 'quote_expired'

/** A cart as it stands: prices, names and stock are the catalog's of this moment. */
export interface Cart {
  id: string | null
  lines: CartLine[]
  /** Lines that can no longer be sold; they are in no total. */
  dropped: { variantId: string; productId: string | null; name: string; reason: NotSellable }[]
  total: Money
  /** Pieces; what is sold by weight, volume or length counts as one a line. */
  pieces: number
  currency: string
  revision: number
}

/** Whose cart: a conversation has one open cart. */
export interface CartOwner {
  conversationId: string
  customerId: string
}
