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
  | { kind: 'action'; action: ActionKind; productId?: string; quantity?: number }

export type ActionKind =
  | 'cart_added'
  | 'cart_changed'
  | 'cart_removed'
  | 'cart_cleared'
  | 'handed_over'
  | 'photo_sent'
  | 'order_placed'
  | 'owner_asked'

/** A row whose revision is read again when the reply commits. */
export interface Citation {
  table: 'products' | 'variants' | 'knowledge' | 'carts' | 'shop'
  id: string
  revision: number
}
