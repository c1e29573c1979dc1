import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { StockReason } from './product.ts'

/**
 * What is held for somebody, and what leaves and comes back. A reservation belongs to a reference (`order_line:<id>`)
 * and is active until the goods leave (`consumed`) or are let go (`released`). What may be sold is what is on hand less
 * all active reservations; imports and edits set what is on hand and leave reservations alone. Every change of what is
 * on hand is a movement in the ledger.
 */

interface Level {
  productId: string
  name: string
  tracked: number
  onHand: number
  reserved: number
}

interface Reservation {
  id: string
  variantId: string
  quantity: number
}

/** Statements on stock for the catalog's service. Every change raises the product's revision. */
export class StockLedger {
  readonly #storage: Storage
  readonly #raise: (tx: Tx, productId: string) => void

  constructor(storage: Storage, raise: (tx: Tx, productId: string) => void) {
    this.#storage = storage
    this.#raise = raise
  }

  /**
   * Holds a quantity (smallest steps) for a reference, in place of what it held before; 0 lets it go.
   * @throws DomainError `not_found` for a variant that is gone, `cart.out_of_stock {available}`.
   */
  hold(tx: Tx, reference: string, variantId: string, quantity: number): void {
    const held = this.#active(reference)
    if (held !== null && held.variantId === variantId && held.quantity === quantity) return
    if (held !== null) this.#end(tx, held, 'released')
    if (quantity === 0) return
    const level = this.#level(variantId)
    if (level === null) throw new DomainError('not_found', { entity: 'variants', id: variantId })
    // The shop has stopped to count it: there is nothing to hold.
    if (level.tracked === 0) return
    const available = Math.max(0, level.onHand - level.reserved)
    // Holding less than before is always possible, even where the shop has counted less than it holds.
    const kept = held?.variantId === variantId ? held.quantity : 0
    if (quantity > Math.max(available, kept) && !isOff('stock.reserve')) {
      const { productId, name } = level
      throw new DomainError('cart.out_of_stock', { productId, variantId, name, available, quantity })
    }
    this.#storage
      .prepare(
        `INSERT INTO reservations (id, variant_id, quantity, reference, state, created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, 'active', ?, ?, ?, ?)`,
      )
      .run(newId(), variantId, quantity, reference, tx.now, tx.now, tx.actor, tx.actor)
    this.#raise(tx, level.productId)
  }

  /** Lets go what a reference holds; nothing when it holds nothing. */
  release(tx: Tx, reference: string): void {
    const held = this.#active(reference)
    if (held !== null) this.#end(tx, held, 'released')
  }

  /**
   * The goods that a reference holds leave the shop. What is on hand never falls below 0: where the shop had counted
   * less than it held, the ledger notes what was there. @param reason `edit` for goods that were not sold, but lost
   */
  consume(tx: Tx, reference: string, reason: 'sale' | 'edit' = 'sale'): void {
    const held = this.#active(reference)
    if (held === null) return
    this.#end(tx, held, 'consumed')
    this.#move(tx, held.variantId, -held.quantity, reason, reference)
  }

  /** Goods that had left under a reference come back to the shelf. @param quantity in smallest steps */
  bringBack(tx: Tx, reference: string, variantId: string, quantity: number): void {
    this.#move(tx, variantId, quantity, 'return', reference)
  }

  #active(reference: string): Reservation | null {
    const row = this.#storage
      .prepare<[string], Reservation>(
        "SELECT id, variant_id AS variantId, quantity FROM reservations WHERE reference = ? AND state = 'active'",
      )
      .get(reference)
    return row ?? null
  }

  #end(tx: Tx, held: Reservation, state: 'consumed' | 'released'): void {
    this.#storage
      .prepare('UPDATE reservations SET state = ?, updated_at = ?, updated_by = ? WHERE id = ?')
      .run(state, tx.now, tx.actor, held.id)
    const level = this.#level(held.variantId)
    if (level !== null) this.#raise(tx, level.productId)
  }

  #move(tx: Tx, variantId: string, wanted: number, reason: StockReason, reference: string): void {
    const level = this.#level(variantId)
    if (level === null) return
    const after = Math.max(Math.min(0, level.onHand), level.onHand + wanted)
    const delta = after - level.onHand
    if (delta === 0) return
    this.#storage
      .prepare(
        'UPDATE variants SET on_hand = ?, revision = revision + 1, updated_at = ?, updated_by = ? WHERE id = ?',
      )
      .run(after, tx.now, tx.actor, variantId)
    this.#storage
      .prepare(
        'INSERT INTO stock_movements (variant_id, delta, on_hand_after, reason, reference, at, actor) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(variantId, delta, after, reason, reference, tx.now, tx.actor)
    this.#raise(tx, level.productId)
  }

  /** Of a variant that may be put away by now: goods on their way do not vanish with its row. */
  #level(variantId: string): Level | null {
    const row = this.#storage
      .prepare<[string], Level>(
        `SELECT v.product_id AS productId, p.name, v.tracked, v.on_hand AS onHand,
           (SELECT coalesce(sum(quantity), 0) FROM reservations r WHERE r.variant_id = v.id AND r.state = 'active') AS reserved
         FROM variants v JOIN products p ON p.id = v.product_id WHERE v.id = ?`,
      )
      .get(variantId)
    return row ?? null
  }
}
