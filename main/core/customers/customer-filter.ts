import { searchTerms } from './keys.ts'

/** What a list of customers is narrowed to. */
export interface CustomerCriteria {
  /** Name, phone, e-mail, national id. */
  text?: string
  active?: boolean
  withOrders?: boolean
}

/** Criteria as SQL on `customers c`: conditions to be joined by AND, and their values in order. */
export function customerCondition({ text = '', active, withOrders }: CustomerCriteria): {
  sql: string[]
  values: (string | number)[]
} {
  const sql = ['c.deleted_at IS NULL', 'c.merged_into IS NULL', 'c.erased_at IS NULL']
  const values: (string | number)[] = []
  const { words, compact } = searchTerms(text)
  // Signs alone are nobody's name.
  if (compact === '' && text.trim() !== '') sql.push('0')
  if (compact !== '') {
    const each = words.map(() => 'instr(c.search_text, ?) > 0').join(' AND ')
    sql.push(`((${each}) OR instr(replace(c.search_text, ' ', ''), ?) > 0)`)
    values.push(...words, compact)
  }
  if (active !== undefined) {
    sql.push('c.active = ?')
    values.push(active ? 1 : 0)
  }
  if (withOrders !== undefined) {
    const has = `EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.deleted_at IS NULL AND o.state <> 'cancelled')`
    sql.push(withOrders ? has : `NOT ${has}`)
  }
  return { sql, values }
}
