import { addDays, startOfDay } from '../language/calendar.ts'
import type { OrderFilter } from './order.ts'
import { searchWords } from './search-text.ts'

/** A filter as SQL on `orders o`: conditions to be joined by AND, and their values in order. */
export interface OrderCondition {
  sql: string[]
  values: (string | number)[]
}

/** Dates are local days of the shop's zone, both inclusive. */
export function orderCondition(filter: OrderFilter, timeZone: string): OrderCondition {
  const condition: OrderCondition = { sql: ['o.deleted_at IS NULL'], values: [] }
  const add = (sql: string, ...values: (string | number)[]) => {
    condition.sql.push(sql)
    condition.values.push(...values)
  }
  const among = (column: string, list: readonly string[] | undefined) => {
    if (list !== undefined && list.length > 0)
      add(`${column} IN (${list.map(() => '?').join(', ')})`, ...list)
  }
  among('o.state', filter.states)
  among('o.payment_state', filter.paymentStates)
  if (filter.customerId !== undefined) add('o.customer_id = ?', filter.customerId)
  if (filter.productId !== undefined)
    add(
      'o.id IN (SELECT l.order_id FROM order_lines l WHERE l.product_id = ? AND l.deleted_at IS NULL)',
      filter.productId,
    )
  if (filter.unseen === true) add('o.seen_at IS NULL')
  if (filter.unseen === false) add('o.seen_at IS NOT NULL')
  if (filter.from !== undefined) add('o.placed_at >= ?', startOfDay(filter.from, timeZone))
  if (filter.to !== undefined) add('o.placed_at < ?', startOfDay(addDays(filter.to, 1), timeZone))
  for (const word of searchWords(filter.text ?? ''))
    add(
      `(instr(o.search_text, ?) > 0
          OR o.customer_id IN (SELECT id FROM customers WHERE instr(search_text, ?) > 0))`,
      word,
      word,
    )
  return condition
}
