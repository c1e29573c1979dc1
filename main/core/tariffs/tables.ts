import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'
import type { Answers, QuoteLine, TariffDefinition } from './tariff.ts'

export const tariffs = sqliteTable('tariffs', {
  id: text('id').primaryKey(),
  productId: text('product_id').notNull(),
  definition: text('definition', { mode: 'json' }).$type<TariffDefinition>().notNull(),
  revision: integer('revision').notNull(),
  ...auditColumns,
})

export const quotes = sqliteTable('quotes', {
  id: text('id').primaryKey(),
  seq: integer('seq').notNull(),
  number: text('number').notNull(),
  customerId: text('customer_id'),
  conversationId: text('conversation_id'),
  productId: text('product_id').notNull(),
  variantId: text('variant_id').notNull(),
  tariffId: text('tariff_id').notNull(),
  tariffRevision: integer('tariff_revision').notNull(),
  answers: text('answers', { mode: 'json' }).$type<Answers>().notNull(),
  lines: text('lines', { mode: 'json' }).$type<QuoteLine[]>().notNull(),
  total: integer('total').notNull(),
  priceKind: text('price_kind', { enum: ['exact', 'from'] }).notNull(),
  validUntil: text('valid_until'),
  ...auditColumns,
})
