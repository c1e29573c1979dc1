import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'

export const carts = sqliteTable('carts', {
  id: text('id').primaryKey(),
  customerId: text('customer_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  state: text('state', { enum: ['open', 'ordered', 'abandoned'] }).notNull(),
  revision: integer('revision').notNull(),
  ...auditColumns,
})

export const cartLines = sqliteTable('cart_lines', {
  id: text('id').primaryKey(),
  cartId: text('cart_id').notNull(),
  variantId: text('variant_id').notNull(),
  quantity: integer('quantity').notNull(),
  quotedPrice: integer('quoted_price'),
  quoteId: text('quote_id'),
  note: text('note').notNull(),
  position: integer('position').notNull(),
  ...auditColumns,
})

export const discounts = sqliteTable('discounts', {
  id: text('id').primaryKey(),
  code: text('code').notNull(),
  kind: text('kind', { enum: ['percent', 'amount'] }).notNull(),
  value: integer('value').notNull(),
  minSubtotal: integer('min_subtotal'),
  startsOn: text('starts_on'),
  endsOn: text('ends_on'),
  maxUses: integer('max_uses'),
  active: integer('active', { mode: 'boolean' }).notNull(),
  ...auditColumns,
})
