import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'
import type { ChannelConfig } from './account.ts'
import type { ChannelKind } from './channel.ts'

export const channelAccounts = sqliteTable('channel_accounts', {
  id: text('id').primaryKey(),
  kind: text('kind').$type<ChannelKind>().notNull(),
  name: text('name').notNull(),
  externalId: text('external_id'),
  config: text('config', { mode: 'json' }).$type<ChannelConfig>().notNull().default({}),
  secretId: text('secret_id'),
  enabled: integer('enabled', { mode: 'boolean' }).notNull().default(true),
  ...auditColumns,
})
