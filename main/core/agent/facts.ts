import type { Money } from '../money/money.ts'

/**
 * What a tool returned in this turn, in the form in which the money gate can hold a reply against it.
 * A figure or name may leave only when a fact of this turn carries it, bound to the same product and role.
 */
export type Fact =
  | {
      kind: 'product'
      productId: string
      /** Names under which a reply may speak of it: name, aliases, variant titles. */
      names: string[]
      status: 'available' | 'sold_out' | 'discontinued'
      /** Free text of the shop about it (description, attributes): figures in it may be repeated for this product. */
      text: string
      /** Its variants with what tells them apart, so that two variants' figures cannot be exchanged. */
      variants?: { variantId: string; title: string }[]
    }
  | {
      kind: 'price'
      productId: string
      variantId: string | null
      role: 'unit' | 'from' | 'compare_at' | 'lowest' | 'highest' | 'quoted'
      money: Money
    }
  | { kind: 'no_price'; productId: string; variantId: string | null }
  | { kind: 'stock'; productId: string; variantId: string; available: number | null }
  | { kind: 'lead_time'; productId: string; days: number }
  | { kind: 'cart_line'; variantId: string; productId: string; quantity: number; unit: Money; total: Money }
  | { kind: 'cart_total'; money: Money; lines: number; pieces: number }
  /** Cart and delivery fee together. */
  | { kind: 'delivered_total'; money: Money }
  | { kind: 'limit'; money: Money; bound: 'max' | 'min'; source: 'query' }
  | { kind: 'count'; of: 'results' | 'categories'; value: number }
  /** Text of the shop (knowledge, profile): amounts, percentages, hours, phones in it may be repeated. */
  | { kind: 'shop_text'; topic: string; text: string }
  /** When the shop is open on each day from the first to the last local date: no ranges mean closed. */
  | { kind: 'opening'; from: string; to: string; ranges: [string, string][] }
  | { kind: 'fee'; name: string; money: Money }
  | { kind: 'percent'; name: string; value: number }
  /** A figure of a whole checkout or order; `of` is its id. */
  | { kind: 'sum'; subject: 'checkout' | 'order'; of: string; role: SumRole; money: Money }
  /** A line of an order as it was sold, whatever the catalog says today. */
  | {
      kind: 'order_line'
      orderId: string
      productId: string
      variantId: string
      quantity: number
      unit: Money
      total: Money
    }
  /** An order of this customer and where it is. */
  | {
      kind: 'order'
      orderId: string
      number: string
      state: OrderStateFact
      paymentState: 'unpaid' | 'part' | 'paid' | 'refunded'
    }
  /** What the customer told of themselves (name, address, phone, note): it may be repeated and carries no figure. */
  | { kind: 'customer_text'; text: string; of?: 'address' | 'name' | 'phone' }
  | { kind: 'action'; action: ActionKind; productId?: string; quantity?: number }

export type SumRole = 'subtotal' | 'discount' | 'delivery' | 'tax' | 'total' | 'paid' | 'due'

export type OrderStateFact = 'pending' | 'processing' | 'shipped' | 'delivered' | 'cancelled' | 'returned'

export type ActionKind =
  | 'cart_added'
  | 'cart_changed'
  | 'cart_removed'
  | 'cart_cleared'
  | 'handed_over'
  | 'photo_sent'
  | 'order_summarized'
  | 'order_placed'
  | 'order_cancelled'
  | 'delivery_set'
  | 'contact_set'
  | 'payment_set'
  | 'discount_applied'
  | 'discount_removed'
  | 'preference_saved'
  | 'owner_asked'
  | 'quote_made'
  | 'document_sent'
  | 'document_sent'

/** A row whose revision is read again when the reply commits. */
export interface Citation {
  table: 'products' | 'variants' | 'knowledge' | 'carts' | 'shop' | 'checkouts' | 'orders'
  id: string
  revision: number
}
