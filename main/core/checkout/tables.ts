import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'

export const checkouts = sqliteTable('checkouts', {
  id: text('id').primaryKey(),
  cartId: text('cart_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  customerId: text('customer_id').notNull(),
  state: text('state', { enum: ['open', 'placed', 'dropped'] }).notNull(),
  deliveryMethod: text('delivery_method', { enum: ['delivery', 'pickup'] }),
  zoneId: text('zone_id'),
  place: text('place').notNull(),
  address: text('address').notNull(),
  recipient: text('recipient').notNull(),
  phone: text('phone').notNull(),
  slotId: text('slot_id'),
  slotDate: text('slot_date'),
  paymentId: text('payment_id'),
  discountCode: text('discount_code'),
  note: text('note').notNull(),
  revision: integer('revision').notNull(),
  ...auditColumns,
})
