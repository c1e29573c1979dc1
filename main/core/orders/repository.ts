import { DomainError } from '../errors.ts'
import { isOff } from '../mutants.ts'
import type { TaxShare } from '../selling/pricing.ts'
import { insertRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type {
  ChangeData,
  Order,
  OrderBrief,
  OrderChange,
  OrderChangeKind,
  OrderDocument,
  OrderLine,
  OrderPayment,
} from './order.ts'
import { nextStates, type OrderState } from './states.ts'
import { orderLines, orderPayments, orders } from './tables.ts'

export interface BriefRow extends Omit<OrderBrief, 'customer'> {
  customerId: string | null
  customerName: string | null
}

interface OrderRow
  extends BriefRow,
    Omit<
      Order,
      | keyof OrderBrief
      | 'pricesIncludeTax'
      | 'taxes'
      | 'lines'
      | 'payments'
      | 'changes'
      | 'documents'
      | 'next'
    > {
  pricesIncludeTax: number
  taxes: string
}

/** Columns of an order in a list. What is measured counts as one piece. */
export const briefColumns = `o.id, o.seq, o.number, o.source, o.customer_id AS customerId, cu.name AS customerName,
  o.conversation_id AS conversationId, o.state, o.payment_state AS paymentState, o.currency, o.total, o.paid, o.refunded,
  (SELECT coalesce(sum(iif(l.unit = 'piece', l.quantity, 1)), 0) FROM order_lines l
     WHERE l.order_id = o.id AND l.deleted_at IS NULL) AS pieces,
  o.delivery_method AS deliveryMethod, o.payment_name AS paymentName, o.slot_label AS slotLabel, o.slot_date AS slotDate,
  o.placed_at AS placedAt, o.seen_at AS seenAt, o.revision`

export const fromOrders = 'FROM orders o LEFT JOIN customers cu ON cu.id = o.customer_id'

const allColumns = `${briefColumns}, o.summary_id AS summaryId, o.prices_include_tax AS pricesIncludeTax, o.zone_id AS zoneId,
  o.zone_name AS zoneName, o.place, o.address, o.recipient, o.phone, o.slot_id AS slotId, o.payment_id AS paymentId,
  o.discount_code AS discountCode, o.note, o.subtotal, o.discount, o.delivery_fee AS deliveryFee, o.tax, o.taxes,
  o.reserved_until AS reservedUntil, o.payment_warned_at AS paymentWarnedAt`

type OrderValues = Omit<typeof orders.$inferInsert, keyof AuditColumns>
type LineValues = Omit<typeof orderLines.$inferInsert, keyof AuditColumns>
type PaymentValues = Omit<typeof orderPayments.$inferInsert, keyof AuditColumns>
interface AuditColumns {
  createdAt: string
  updatedAt: string
  deletedAt: string
  createdBy: string
  updatedBy: string
}

/** Rows of orders, their lines, payments and history. */
export class OrderRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  order(id: string): Order | null {
    const row = this.#storage
      .prepare<[string], OrderRow>(
        `SELECT ${allColumns} ${fromOrders} WHERE o.id = ? AND o.deleted_at IS NULL`,
      )
      .get(id)
    if (row === undefined) return null
    const { pricesIncludeTax, taxes, customerId, customerName, ...rest } = row
    return {
      ...rest,
      customer: customerId === null ? null : { id: customerId, name: customerName ?? '' },
      pricesIncludeTax: pricesIncludeTax === 1,
      // Written by this feature only, from a Pricing.
      taxes: JSON.parse(taxes) as TaxShare[],
      lines: this.lines(id),
      payments: this.#payments(id),
      changes: this.#changes(id),
      documents: this.#documents(id),
      next: nextStates(row.state, row.deliveryMethod),
    }
  }

  idByNumber(number: string): string | null {
    return this.#id('SELECT id FROM orders WHERE number = ? AND deleted_at IS NULL', number)
  }

  bySeq(seq: number): { id: string; number: string } | null {
    const row = this.#storage
      .prepare<[number], { id: string; number: string }>(
        'SELECT id, number FROM orders WHERE seq = ? AND deleted_at IS NULL',
      )
      .get(seq)
    return row ?? null
  }

  newestOf(conversationId: string): string | null {
    return this.#id(
      'SELECT id FROM orders WHERE conversation_id = ? AND deleted_at IS NULL ORDER BY seq DESC LIMIT 1',
      conversationId,
    )
  }

  ofCustomer(customerId: string, limit: number): string[] {
    return this.#storage
      .prepare<[string, number], { id: string }>(
        'SELECT id FROM orders WHERE customer_id = ? AND deleted_at IS NULL ORDER BY seq DESC LIMIT ?',
      )
      .all(customerId, limit)
      .map((row) => row.id)
  }

  /** The record that a customer's id stands for now: itself, or what it was merged into. Null for one who is gone. */
  livingCustomer(id: string): string | null {
    return this.#id(
      `WITH RECURSIVE line (id) AS (SELECT ? UNION SELECT c.merged_into FROM customers c JOIN line l ON l.id = c.id)
       SELECT id FROM customers WHERE id IN (SELECT id FROM line)
         AND merged_into IS NULL AND erased_at IS NULL AND deleted_at IS NULL`,
      id,
    )
  }

  nextSeq(): number {
    const row = this.#storage
      .prepare<[], { next: number }>('SELECT coalesce(max(seq), 0) + 1 AS next FROM orders')
      .get()
    return row?.next ?? 1
  }

  /** Orders of a delivery window on a date that still stand. */
  inSlot(slotId: string, date: string): number {
    const row = this.#storage
      .prepare<[string, string], { count: number }>(
        "SELECT count(*) AS count FROM orders WHERE slot_id = ? AND slot_date = ? AND state NOT IN ('cancelled', 'returned') AND deleted_at IS NULL",
      )
      .get(slotId, date)
    return row?.count ?? 0
  }

  insert(tx: Tx, values: OrderValues): void {
    insertRow(tx, orders, values)
  }

  /** Changes an order's columns and raises its revision. */
  update(tx: Tx, order: { id: string; revision: number }, changes: Partial<OrderValues>): void {
    updateRow(tx, orders, order.id, { ...changes, revision: order.revision + 1 })
  }

  /**
   * Moves an order on, if it is still in the state that was expected.
   * @throws DomainError `order.transition {from, to}`: somebody else was faster.
   */
  move(tx: Tx, order: { id: string; revision: number }, expected: OrderState, state: OrderState): void {
    const sql = isOff('order.expected_state')
      ? 'UPDATE orders SET state = ? WHERE id = ? AND ? IS NOT NULL'
      : 'UPDATE orders SET state = ? WHERE id = ? AND state = ?'
    const { changes } = this.#storage.prepare<[string, string, string]>(sql).run(state, order.id, expected)
    if (changes === 0) throw new DomainError('order.transition', { from: this.#state(order.id), to: state })
    this.update(tx, order, { state })
  }

  insertLine(tx: Tx, values: LineValues): void {
    insertRow(tx, orderLines, values)
  }

  updateLine(tx: Tx, id: string, changes: Partial<LineValues>): void {
    updateRow(tx, orderLines, id, changes)
  }

  removeLine(tx: Tx, id: string): void {
    softDeleteRow(tx, orderLines, id)
  }

  lastPosition(orderId: string): number {
    const row = this.#storage
      .prepare<[string], { position: number }>(
        'SELECT coalesce(max(position), -1) AS position FROM order_lines WHERE order_id = ?',
      )
      .get(orderId)
    return row?.position ?? -1
  }

  insertPayment(tx: Tx, values: PaymentValues): void {
    insertRow(tx, orderPayments, values)
  }

  /** Whether a provider's payment was noted already, be it taken back by now. */
  hasPayment(externalId: string): boolean {
    return this.#id('SELECT id FROM order_payments WHERE external_id = ?', externalId) !== null
  }

  removePayment(tx: Tx, id: string): void {
    softDeleteRow(tx, orderPayments, id)
  }

  addChange(
    tx: Tx,
    orderId: string,
    kind: OrderChangeKind,
    values: { from?: string | null; to?: string | null; data?: ChangeData } = {},
  ): void {
    this.#storage
      .prepare(
        'INSERT INTO order_changes (order_id, at, actor, kind, from_state, to_state, data) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        orderId,
        tx.now,
        tx.actor,
        kind,
        values.from ?? null,
        values.to ?? null,
        JSON.stringify(values.data ?? {}),
      )
  }

  markSeen(tx: Tx, id: string): boolean {
    const { changes } = this.#storage
      .prepare(
        'UPDATE orders SET seen_at = ?, updated_at = ?, updated_by = ? WHERE id = ? AND seen_at IS NULL',
      )
      .run(tx.now, tx.now, tx.actor, id)
    return changes > 0
  }

  lines(orderId: string): OrderLine[] {
    return this.#storage
      .prepare<[string], Omit<OrderLine, 'tracked'> & { tracked: number }>(
        `SELECT id, product_id AS productId, variant_id AS variantId, quote_id AS quoteId, sku, name, title, quantity, unit,
           unit_size AS unitSize, unit_price AS unitPrice, total, discount, tax_class AS taxClass, tax_rate AS taxRate, tax,
           tracked, note
         FROM order_lines WHERE order_id = ? AND deleted_at IS NULL ORDER BY position, id`,
      )
      .all(orderId)
      .map((row) => ({ ...row, tracked: row.tracked === 1 }))
  }

  #payments(orderId: string): OrderPayment[] {
    return this.#storage
      .prepare<[string], OrderPayment>(
        `SELECT id, kind, amount, method, note, receipt_hash AS receiptHash, created_at AS at
         FROM order_payments WHERE order_id = ? AND deleted_at IS NULL ORDER BY created_at, id`,
      )
      .all(orderId)
  }

  #changes(orderId: string): OrderChange[] {
    return (
      this.#storage
        .prepare<[string], Omit<OrderChange, 'data'> & { data: string }>(
          `SELECT seq, at, actor, kind, from_state AS fromState, to_state AS toState, data
         FROM order_changes WHERE order_id = ? ORDER BY seq`,
        )
        .all(orderId)
        // Written by addChange only.
        .map((row) => ({ ...row, data: JSON.parse(row.data) as ChangeData }))
    )
  }

  #documents(orderId: string): OrderDocument[] {
    return this.#storage
      .prepare<[string], OrderDocument>(
        `SELECT id, kind, name, media_hash AS mediaHash, created_at AS at
         FROM documents WHERE order_id = ? AND deleted_at IS NULL ORDER BY seq`,
      )
      .all(orderId)
  }

  #state(id: string): string | null {
    const row = this.#storage
      .prepare<[string], { state: string }>('SELECT state FROM orders WHERE id = ?')
      .get(id)
    return row?.state ?? null
  }

  #id(sql: string, value: string): string | null {
    return this.#storage.prepare<[string], { id: string }>(sql).get(value)?.id ?? null
  }
}
