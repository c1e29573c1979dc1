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
        'SELECT id, variant_id AS variantId, quantity, quoted_price AS quotedPrice FROM cart_lines WHERE cart_id = ? AND deleted_at IS NULL ORDER BY position, id',
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

  addLine(tx: Tx, cartId: string, variantId: string, quantity: number, quotedPrice: number): void {
    const last = this.#storage
      .prepare<[string], { position: number }>(
        'SELECT COALESCE(MAX(position), 0) AS position FROM cart_lines WHERE cart_id = ?',
      )
      .get(cartId)
    insertRow(tx, cartLines, {
      id: newId(),
      cartId,
      variantId,
      quantity,
      quotedPrice,
      note: '',
      position: (last?.position ?? 0) + 1,
    })
  }

  changeLine(tx: Tx, lineId: string, quantity: number, quotedPrice: number): void {
    updateRow(tx, cartLines, lineId, { quantity, quotedPrice })
  }

  removeLine(tx: Tx, lineId: string): void {
    softDeleteRow(tx, cartLines, lineId)
  }
}
