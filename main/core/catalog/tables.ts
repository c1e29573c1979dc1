import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'
import type { Price, ProductKind, ProductStatus, StockReason, VariantStatus } from './product.ts'

/** Drizzle's view of the catalog's tables; the numbered migrations define them. */

export const products = sqliteTable('products', {
  id: text('id').primaryKey(),
  seq: integer('seq').notNull(),
  kind: text('kind').$type<ProductKind>().notNull().default('good'),
  name: text('name').notNull(),
  description: text('description').notNull().default(''),
  category: text('category').notNull().default(''),
  brand: text('brand').notNull().default(''),
  tags: text('tags', { mode: 'json' }).$type<string[]>().notNull().default([]),
  attributes: text('attributes', { mode: 'json' }).$type<Record<string, string>>().notNull().default({}),
  status: text('status').$type<ProductStatus>().notNull().default('available'),
  taxClass: text('tax_class').notNull().default('standard'),
  madeToOrder: integer('made_to_order', { mode: 'boolean' }).notNull().default(false),
  leadTimeDays: integer('lead_time_days'),
  optionNames: text('option_names', { mode: 'json' }).$type<string[]>().notNull().default([]),
  url: text('url').notNull().default(''),
  source: text('source').notNull().default('manual'),
  externalId: text('external_id'),
  manualFields: text('manual_fields', { mode: 'json' }).$type<string[]>().notNull().default([]),
  revision: integer('revision').notNull().default(1),
  ...auditColumns,
})

export const variants = sqliteTable('variants', {
  id: text('id').primaryKey(),
  productId: text('product_id').notNull(),
  position: integer('position').notNull().default(0),
  sku: text('sku'),
  title: text('title').notNull().default(''),
  options: text('options', { mode: 'json' }).$type<string[]>().notNull().default([]),
  priceKind: text('price_kind').$type<Price['kind']>().notNull().default('exact'),
  price: integer('price'),
  compareAtPrice: integer('compare_at_price'),
  cost: integer('cost'),
  unit: text('unit').notNull().default('piece'),
  unitSize: integer('unit_size').notNull().default(1),
  minQuantity: integer('min_quantity').notNull().default(1),
  maxQuantity: integer('max_quantity'),
  tracked: integer('tracked', { mode: 'boolean' }).notNull().default(false),
  onHand: integer('on_hand').notNull().default(0),
  barcode: text('barcode'),
  status: text('status').$type<VariantStatus>().notNull().default('available'),
  manualFields: text('manual_fields', { mode: 'json' }).$type<string[]>().notNull().default([]),
  revision: integer('revision').notNull().default(1),
  ...auditColumns,
})

export const productAliases = sqliteTable('product_aliases', {
  id: text('id').primaryKey(),
  productId: text('product_id').notNull(),
  alias: text('alias').notNull(),
  ...auditColumns,
})

export const productImages = sqliteTable('product_images', {
  id: text('id').primaryKey(),
  productId: text('product_id').notNull(),
  variantId: text('variant_id'),
  position: integer('position').notNull().default(0),
  url: text('url'),
  mediaHash: text('media_hash'),
  alt: text('alt').notNull().default(''),
  ...auditColumns,
})

export const stockMovements = sqliteTable('stock_movements', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  variantId: text('variant_id').notNull(),
  delta: integer('delta').notNull(),
  onHandAfter: integer('on_hand_after').notNull(),
  reason: text('reason').$type<StockReason>().notNull(),
  reference: text('reference'),
  at: text('at').notNull(),
  actor: text('actor').notNull(),
})

export const reservations = sqliteTable('reservations', {
  id: text('id').primaryKey(),
  variantId: text('variant_id').notNull(),
  quantity: integer('quantity').notNull(),
  reference: text('reference').notNull(),
  state: text('state').$type<'active' | 'consumed' | 'released'>().notNull(),
  expiresAt: text('expires_at'),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
  createdBy: text('created_by').notNull(),
  updatedBy: text('updated_by').notNull(),
})

export const imports = sqliteTable('imports', {
  id: text('id').primaryKey(),
  fileName: text('file_name').notNull(),
  format: text('format').notNull(),
  state: text('state').$type<'running' | 'done' | 'cancelled' | 'failed'>().notNull(),
  report: text('report').notNull().default('{}'),
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
  createdBy: text('created_by').notNull(),
  updatedBy: text('updated_by').notNull(),
})
