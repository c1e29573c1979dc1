import { addDays, instantOf } from '../language/calendar.ts'
import type { Storage } from '../storage/storage.ts'
import type { OrderBrief, OrderFilter } from './order.ts'
import { type BriefRow, briefColumns, fromOrders } from './repository.ts'
import { searchWords } from './search-text.ts'
import { type OrderState, orderStates } from './states.ts'

interface Condition {
  sql: string[]
  values: (string | number)[]
}

/**
 * Orders in lists: newest first by `seq`, page after page from the last one shown, so that a page costs the same
 * wherever it is.
 */
export class OrderList {
  readonly #storage: Storage
  readonly #timeZone: () => string

  constructor(storage: Storage, timeZone: () => string) {
    this.#storage = storage
    this.#timeZone = timeZone
  }

  page(
    filter: OrderFilter,
    page: { limit: number; before?: number },
  ): { items: OrderBrief[]; more: boolean } {
    const { sql, values } = this.#condition(filter)
    if (page.before !== undefined) {
      sql.push('o.seq < ?')
      values.push(page.before)
    }
    const rows = this.#storage.sql
      .prepare<unknown[], BriefRow>(
        `SELECT ${briefColumns} ${fromOrders} WHERE ${sql.join(' AND ')} ORDER BY o.seq DESC LIMIT ?`,
      )
      .all(...values, page.limit + 1)
    return { items: rows.slice(0, page.limit).map(toBrief), more: rows.length > page.limit }
  }

  /** How many are in each state, all filters but `states` applied, and how many of all orders nobody has looked at. */
  counts(filter: OrderFilter): { states: Record<OrderState, number>; unseen: number } {
    const { states: _, ...rest } = filter
    const { sql, values } = this.#condition(rest)
    const rows = this.#storage.sql
      .prepare<unknown[], { state: OrderState; count: number }>(
        `SELECT o.state, count(*) AS count FROM orders o WHERE ${sql.join(' AND ')} GROUP BY o.state`,
      )
      .all(...values)
    const counted = new Map(rows.map((row) => [row.state, row.count]))
    const unseen = this.#storage
      .prepare<[], { count: number }>(
        'SELECT count(*) AS count FROM orders WHERE seen_at IS NULL AND deleted_at IS NULL',
      )
      .get()
    return {
      // Built from all states.
      states: Object.fromEntries(orderStates.map((state) => [state, counted.get(state) ?? 0])) as Record<
        OrderState,
        number
      >,
      unseen: unseen?.count ?? 0,
    }
  }

  #condition(filter: OrderFilter): Condition {
    const condition: Condition = { sql: ['o.deleted_at IS NULL'], values: [] }
    const add = (sql: string, ...values: (string | number)[]) => {
      condition.sql.push(sql)
      condition.values.push(...values)
    }
    const among = (column: string, list: readonly string[] | undefined) => {
      if (list !== undefined && list.length > 0) {
        add(`${column} IN (${list.map(() => '?').join(', ')})`, ...list)
      }
    }
    among('o.state', filter.states)
    among('o.payment_state', filter.paymentStates)
    if (filter.customerId !== undefined) add('o.customer_id = ?', filter.customerId)
    if (filter.productId !== undefined) {
      add(
        'o.id IN (SELECT l.order_id FROM order_lines l WHERE l.product_id = ? AND l.deleted_at IS NULL)',
        filter.productId,
      )
    }
    if (filter.unseen === true) add('o.seen_at IS NULL')
    if (filter.unseen === false) add('o.seen_at IS NOT NULL')
    if (filter.from !== undefined) add('o.placed_at >= ?', this.#midnight(filter.from))
    if (filter.to !== undefined) add('o.placed_at < ?', this.#midnight(addDays(filter.to, 1)))
    for (const word of searchWords(filter.text ?? '')) {
      add(
        `(instr(o.search_text, ?) > 0
          OR o.customer_id IN (SELECT id FROM customers WHERE instr(search_text, ?) > 0))`,
        word,
        word,
      )
    }
    return condition
  }

  /** UTC ISO 8601 of the moment at which a local date begins. */
  #midnight(date: string): string {
    return new Date(instantOf(date, 0, this.#timeZone())).toISOString()
  }
}

function toBrief(row: BriefRow): OrderBrief {
  const { customerId, customerName, ...rest } = row
  return { ...rest, customer: customerId === null ? null : { id: customerId, name: customerName ?? '' } }
}
