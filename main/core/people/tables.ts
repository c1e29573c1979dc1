import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'

export const people = sqliteTable('people', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  role: text('role', { enum: ['owner', 'staff'] }).notNull(),
  language: text('language', { enum: ['es', 'en'] }),
  ...auditColumns,
})
