import { productCondition } from '../catalog/product-filter.ts'
import { customerCondition } from '../customers/customer-filter.ts'
import { addDays, startOfDay } from '../language/calendar.ts'
import type { OrderFilter } from '../orders/order.ts'
import { type OrderCondition, orderCondition } from '../orders/order-filter.ts'
import type { Sql } from '../storage/storage.ts'
import type { ExportOnly, ExportRequest } from './export.ts'

/**
 * The rows of exports, read straight from the tables on a connection that cannot write, one after the other: a report
 * of a whole shop must not pass through memory at once. Nothing else reads other features' tables.
 */

export interface OrderRow {
  number: string
  placedAt: string
  state: string
  paymentState: string
  source: string
  customerName: string | null
  customerPhone: string | null
  customerEmail: string | null
  deliveryMethod: string
  zoneName: string
  recipient: string
  address: string
  place: string
  phone: string
  slotDate: string | null
  slotLabel: string
  paymentName: string
  pieces: number
  subtotal: number
  discountCode: string | null
  discount: number
  deliveryFee: number
  tax: number
  total: number
  paid: number
  refunded: number
  currency: string
  note: string
}

export interface LineRow {
  number: string
  placedAt: string
  state: string
  paymentState: string
  customerName: string | null
  currency: string
  sku: string | null
  name: string
  title: string
  quantity: number
  unit: string
  unitPrice: number
  unitSize: number
  total: number
  discount: number
  taxRate: number
  tax: number
  note: string
}

export interface CustomerRow {
  name: string
  phone: string | null
  email: string | null
  nationalId: string | null
  active: number
  channels: string | null
  address: string | null
  place: string | null
  orders: number
  spent: number
  lastOrderAt: string | null
  createdAt: string
  notes: string
}

export interface ProductRow {
  sku: string | null
  name: string
  title: string
  category: string
  brand: string
  status: string
  priceKind: string
  price: number | null
  compareAt: number | null
  cost: number | null
  unit: string
  unitSize: number
  tracked: number
  onHand: number | null
  reserved: number
  available: number | null
  taxClass: string
  barcode: string | null
  currency: string
  description: string
}

interface Query {
  select: string
  count: string
  values: (string | number)[]
}

const orderColumns = `o.number, o.placed_at AS placedAt, o.state, o.payment_state AS paymentState, o.source, cu.name AS customerName,
  cu.phone AS customerPhone, cu.email AS customerEmail, o.delivery_method AS deliveryMethod, o.zone_name AS zoneName,
  o.recipient, o.address, o.place, o.phone, o.slot_date AS slotDate, o.slot_label AS slotLabel,
  o.payment_name AS paymentName,
  (SELECT coalesce(sum(iif(l.unit = 'piece', l.quantity, 1)), 0) FROM order_lines l
     WHERE l.order_id = o.id AND l.deleted_at IS NULL) AS pieces,
  o.subtotal, o.discount_code AS discountCode, o.discount, o.delivery_fee AS deliveryFee, o.tax, o.total, o.paid,
  o.refunded, o.currency, o.note`

const lineColumns = `o.number, o.placed_at AS placedAt, o.state, o.payment_state AS paymentState, cu.name AS customerName, o.currency,
  l.sku, l.name, l.title, l.quantity, l.unit, l.unit_price AS unitPrice, l.unit_size AS unitSize, l.total, l.discount,
  l.tax_rate AS taxRate, l.tax, l.note`

function ordersQuery({ sql, values }: OrderCondition): Query {
  const where = `WHERE ${sql.join(' AND ')}`
  return {
    select: `SELECT ${orderColumns} FROM orders o LEFT JOIN customers cu ON cu.id = o.customer_id ${where} ORDER BY o.seq`,
    count: `SELECT count(*) FROM orders o ${where}`,
    values,
  }
}

function linesQuery({ sql, values }: OrderCondition, productId: string | undefined): Query {
  const own = productId === undefined ? '' : ' AND l.product_id = ?'
  const from = `FROM orders o JOIN order_lines l ON l.order_id = o.id AND l.deleted_at IS NULL
    LEFT JOIN customers cu ON cu.id = o.customer_id WHERE ${sql.join(' AND ')}${own}`
  return {
    select: `SELECT ${lineColumns} ${from} ORDER BY o.seq, l.position, l.id`,
    count: `SELECT count(*) ${from}`,
    values: productId === undefined ? values : [...values, productId],
  }
}

function customersQuery(filter: OrderFilter, only: ExportOnly, timeZone: string): Query {
  const { sql, values } = customerCondition({ ...only, text: filter.text })
  const add = (condition: string, value: string) => {
    sql.push(condition)
    values.push(value)
  }
  if (filter.customerId !== undefined) add('c.id = ?', filter.customerId)
  if (filter.from !== undefined) add('c.created_at >= ?', startOfDay(filter.from, timeZone))
  if (filter.to !== undefined) add('c.created_at < ?', startOfDay(addDays(filter.to, 1), timeZone))
  const where = sql.join(' AND ')
  const from = `FROM customers c
    LEFT JOIN (SELECT customer_id, count(*) AS orders, sum(total) AS spent, max(placed_at) AS last FROM orders
      WHERE deleted_at IS NULL AND state <> 'cancelled' GROUP BY customer_id) o ON o.customer_id = c.id
    LEFT JOIN (SELECT i.customer_id, group_concat(DISTINCT a.kind) AS kinds FROM customer_identities i
      JOIN channel_accounts a ON a.id = i.channel_account_id WHERE i.deleted_at IS NULL GROUP BY i.customer_id) k ON k.customer_id = c.id
    LEFT JOIN (SELECT customer_id, address, place, max(coalesce(last_used_at, created_at)) FROM customer_addresses
      WHERE deleted_at IS NULL GROUP BY customer_id) d ON d.customer_id = c.id
    WHERE ${where}`
  return {
    select: `SELECT c.name, c.phone, c.email, c.national_id AS nationalId, c.active, k.kinds AS channels, d.address, d.place,
      coalesce(o.orders, 0) AS orders, coalesce(o.spent, 0) AS spent, o.last AS lastOrderAt, c.created_at AS createdAt, c.notes
      ${from} ORDER BY c.created_at, c.id`,
    count: `SELECT count(*) FROM customers c WHERE ${where}`,
    values,
  }
}

function productsQuery(filter: OrderFilter, only: ExportOnly): Query {
  const { sql, values } = productCondition({ ...only, text: filter.text })
  if (filter.productId !== undefined) {
    sql.push('p.id = ?')
    values.push(filter.productId)
  }
  const from = `FROM variants v JOIN products p ON p.id = v.product_id CROSS JOIN shop s
    LEFT JOIN (SELECT variant_id, sum(quantity) AS held FROM reservations WHERE state = 'active' GROUP BY variant_id) r
      ON r.variant_id = v.id WHERE v.deleted_at IS NULL AND ${sql.join(' AND ')}`
  return {
    select: `SELECT v.sku, p.name, v.title, p.category, p.brand, iif(p.status = 'available', v.status, p.status) AS status,
      v.price_kind AS priceKind, iif(v.price_kind = 'ask', NULL, v.price) AS price, v.compare_at_price AS compareAt, v.cost,
      v.unit, v.unit_size AS unitSize, v.tracked, iif(v.tracked, v.on_hand, NULL) AS onHand, coalesce(r.held, 0) AS reserved,
      iif(v.tracked, max(0, v.on_hand - coalesce(r.held, 0)), NULL) AS available, p.tax_class AS taxClass, v.barcode,
      s.currency, p.description ${from} ORDER BY p.seq, v.position, v.id`,
    count: `SELECT count(*) ${from}`,
    values,
  }
}

function queryOf(
  { what, filter, only = {} }: Pick<ExportRequest, 'what' | 'filter' | 'only'>,
  timeZone: string,
): Query {
  switch (what) {
    case 'orders':
      return ordersQuery(orderCondition(filter, timeZone))
    case 'order_lines':
      return linesQuery(orderCondition(filter, timeZone), filter.productId)
    case 'customers':
      return customersQuery(filter, only, timeZone)
    case 'products':
      return productsQuery(filter, only)
  }
}

/** How many rows there are, and the rows one after the other; both as of one moment inside a transaction. */
export function readReport(
  sql: Sql,
  request: Pick<ExportRequest, 'what' | 'filter' | 'only'>,
  timeZone: string,
): { count: number; rows: IterableIterator<unknown> } {
  const query = queryOf(request, timeZone)
  const count = sql
    .prepare<unknown[], number>(query.count)
    .pluck()
    .get(...query.values) as number
  return { count, rows: sql.prepare<unknown[], unknown>(query.select).iterate(...query.values) }
}
