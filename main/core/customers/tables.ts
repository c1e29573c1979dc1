import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'

export const customers = sqliteTable('customers', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  nationalId: text('national_id'),
  phone: text('phone'),
  phoneSource: text('phone_source', { enum: ['channel', 'person', 'customer'] }),
  email: text('email'),
  language: text('language'),
  formOfAddress: text('form_of_address', { enum: ['tu', 'usted', 'vos'] }),
  notes: text('notes').notNull(),
  active: integer('active').notNull(),
  mergedInto: text('merged_into'),
  phoneKey: text('phone_key'),
  emailKey: text('email_key'),
  nationalIdKey: text('national_id_key'),
  searchText: text('search_text').notNull(),
  erasedAt: text('erased_at'),
  revision: integer('revision').notNull(),
  ...auditColumns,
})

export const customerIdentities = sqliteTable('customer_identities', {
  id: text('id').primaryKey(),
  customerId: text('customer_id').notNull(),
  channelAccountId: text('channel_account_id').notNull(),
  externalId: text('external_id').notNull(),
  displayName: text('display_name').notNull(),
  username: text('username'),
  ...auditColumns,
})

export const customerAddresses = sqliteTable('customer_addresses', {
  id: text('id').primaryKey(),
  customerId: text('customer_id').notNull(),
  recipient: text('recipient').notNull(),
  address: text('address').notNull(),
  place: text('place').notNull(),
  zoneId: text('zone_id'),
  phone: text('phone'),
  lastUsedAt: text('last_used_at'),
  ...auditColumns,
})

export const customerPreferences = sqliteTable('customer_preferences', {
  id: text('id').primaryKey(),
  customerId: text('customer_id').notNull(),
  topic: text('topic', { enum: ['size', 'allergy', 'delivery', 'taste', 'other'] }).notNull(),
  text: text('text').notNull(),
  sourceMessageId: text('source_message_id'),
  ...auditColumns,
})

export const customerMerges = sqliteTable('customer_merges', {
  id: text('id').primaryKey(),
  keptId: text('kept_id').notNull(),
  mergedId: text('merged_id').notNull(),
  reason: text('reason', { enum: ['phone', 'email', 'national_id', 'manual'] }).notNull(),
  state: text('state', { enum: ['suggested', 'done', 'undone', 'dismissed'] }).notNull(),
  moved: text('moved').notNull(),
  ...auditColumns,
})
