import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'

export const documents = sqliteTable('documents', {
  id: text('id').primaryKey(),
  seq: integer('seq').notNull(),
  kind: text('kind', { enum: ['quote', 'receipt', 'packing_slip'] }).notNull(),
  orderId: text('order_id'),
  quoteId: text('quote_id'),
  customerId: text('customer_id'),
  locale: text('locale').notNull(),
  name: text('name').notNull(),
  mediaHash: text('media_hash').notNull(),
  ofRevision: integer('of_revision').notNull(),
  ...auditColumns,
})
