import type { Storage } from '../storage/storage.ts'
import type { OrderBrief, OrderFilter } from './order.ts'
import { orderCondition } from './order-filter.ts'
import { type BriefRow, briefColumns, fromOrders } from './repository.ts'
import { type OrderState, orderStates } from './states.ts'

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
    const { sql, values } = orderCondition(filter, this.#timeZone())
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
    const { sql, values } = orderCondition(rest, this.#timeZone())
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
}

function toBrief(row: BriefRow): OrderBrief {
  const { customerId, customerName, ...rest } = row
  return { ...rest, customer: customerId === null ? null : { id: customerId, name: customerName ?? '' } }
}
