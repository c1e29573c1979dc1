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
  note: text('note').notNull(),
  position: integer('position').notNull(),
  ...auditColumns,
})
