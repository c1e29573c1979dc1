import { newId } from '../ids.ts'
import { insertRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { CartOwner } from './cart.ts'
import { cartLines, carts } from './tables.ts'

export interface CartRow {
  id: string
  revision: number
}

export interface LineRow {
  id: string
  variantId: string
  quantity: number
  quotedPrice: number | null
  quoteId: string | null
}

/** What a cart needs to know of a quote. Amounts in minor units. */
export interface QuoteRow {
  id: string
  variantId: string
  customerId: string | null
  conversationId: string | null
  total: number
  priceKind: 'exact' | 'from'
  /** UTC ISO 8601; null: without end. */
  validUntil: string | null
}

/** Rows of carts and their lines. */
export class CartRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  open(conversationId: string): CartRow | null {
    const row = this.#storage
      .prepare<[string], CartRow>(
        "SELECT id, revision FROM carts WHERE conversation_id = ? AND state = 'open' AND deleted_at IS NULL",
      )
      .get(conversationId)
    return row ?? null
  }

  lines(cartId: string): LineRow[] {
    return this.#storage
      .prepare<[string], LineRow>(
        'SELECT id, variant_id AS variantId, quantity, quoted_price AS quotedPrice, quote_id AS quoteId FROM cart_lines WHERE cart_id = ? AND deleted_at IS NULL ORDER BY position, id',
      )
      .all(cartId)
  }

  create(tx: Tx, owner: CartOwner): CartRow {
    const id = newId()
    insertRow(tx, carts, {
      id,
      customerId: owner.customerId,
      conversationId: owner.conversationId,
      state: 'open',
      revision: 1,
    })
    return { id, revision: 1 }
  }

  raiseRevision(tx: Tx, cart: CartRow): void {
    updateRow(tx, carts, cart.id, { revision: cart.revision + 1 })
  }

  quote(id: string): QuoteRow | null {
    const row = this.#storage
      .prepare<[string], QuoteRow>(
        `SELECT id, variant_id AS variantId, customer_id AS customerId, conversation_id AS conversationId, total,
           price_kind AS priceKind, valid_until AS validUntil FROM quotes WHERE id = ? AND deleted_at IS NULL`,
      )
      .get(id)
    return row ?? null
  }

  /** The cart became an order; a new one begins with the next line. */
  close(tx: Tx, cart: CartRow): void {
    updateRow(tx, carts, cart.id, { state: 'ordered', revision: cart.revision + 1 })
  }

  addLine(
    tx: Tx,
    cartId: string,
    line: { variantId: string; quantity: number; quotedPrice: number; quoteId: string | null },
  ): void {
    const last = this.#storage
      .prepare<[string], { position: number }>(
        'SELECT COALESCE(MAX(position), 0) AS position FROM cart_lines WHERE cart_id = ?',
      )
      .get(cartId)
    insertRow(tx, cartLines, {
      id: newId(),
      cartId,
      ...line,
      note: '',
      position: (last?.position ?? 0) + 1,
    })
  }

  changeLine(
    tx: Tx,
    lineId: string,
    line: { quantity: number; quotedPrice: number; quoteId: string | null },
  ): void {
    updateRow(tx, cartLines, lineId, line)
  }

  removeLine(tx: Tx, lineId: string): void {
    softDeleteRow(tx, cartLines, lineId)
  }
}
