import { newId } from '../ids.ts'
import { insertRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { CartOwner, CheckoutMethod, Summary, SummarySnapshot } from './checkout.ts'
import { checkouts } from './tables.ts'

/** What the customer has said so far. */
export interface CheckoutFields {
  deliveryMethod: CheckoutMethod | null
  zoneId: string | null
  place: string
  address: string
  recipient: string
  phone: string
  slotId: string | null
  slotDate: string | null
  paymentId: string | null
  discountCode: string | null
  note: string
}

export interface CheckoutRow extends CheckoutFields {
  id: string
  cartId: string
  revision: number
}

interface SummaryRow extends Omit<Summary, 'snapshot'> {
  snapshot: string
}

/** Rows of checkouts and of the summaries that were put to customers. */
export class CheckoutRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  open(cartId: string): CheckoutRow | null {
    const row = this.#storage
      .prepare<[string], CheckoutRow>(
        `SELECT id, cart_id AS cartId, delivery_method AS deliveryMethod, zone_id AS zoneId, place, address, recipient, phone,
           slot_id AS slotId, slot_date AS slotDate, payment_id AS paymentId, discount_code AS discountCode, note, revision
         FROM checkouts WHERE cart_id = ? AND state = 'open' AND deleted_at IS NULL`,
      )
      .get(cartId)
    return row ?? null
  }

  create(tx: Tx, owner: CartOwner, cartId: string, fields: CheckoutFields): void {
    insertRow(tx, checkouts, { id: newId(), cartId, ...owner, state: 'open', ...fields, revision: 1 })
  }

  change(tx: Tx, row: CheckoutRow, fields: Partial<CheckoutFields>): void {
    updateRow(tx, checkouts, row.id, { ...fields, revision: row.revision + 1 })
  }

  markPlaced(tx: Tx, row: CheckoutRow): void {
    updateRow(tx, checkouts, row.id, { state: 'placed', revision: row.revision + 1 })
  }

  newestSummary(checkoutId: string): Summary | null {
    const row = this.#storage
      .prepare<[string], SummaryRow>(
        `SELECT id, seq, checkout_id AS checkoutId, conversation_id AS conversationId, turn_id AS turnId, hash, snapshot
         FROM order_summaries WHERE checkout_id = ? ORDER BY seq DESC LIMIT 1`,
      )
      .get(checkoutId)
    if (row === undefined) return null
    // Written below from this very type.
    return { ...row, snapshot: JSON.parse(row.snapshot) as SummarySnapshot }
  }

  addSummary(
    tx: Tx,
    summary: {
      checkoutId: string
      conversationId: string
      turnId: string
      hash: string
      snapshot: SummarySnapshot
    },
  ): void {
    this.#storage
      .prepare(
        `INSERT INTO order_summaries (id, checkout_id, conversation_id, turn_id, hash, snapshot, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        newId(),
        summary.checkoutId,
        summary.conversationId,
        summary.turnId,
        summary.hash,
        JSON.stringify(summary.snapshot),
        tx.now,
      )
  }
}
