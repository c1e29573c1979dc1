import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'

export const quickReplies = sqliteTable('quick_replies', {
  id: text('id').primaryKey(),
  position: integer('position').notNull().default(0),
  title: text('title').notNull(),
  text: text('text').notNull(),
  ...auditColumns,
})
