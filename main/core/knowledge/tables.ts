import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'
import { topics } from './entry.ts'

export const knowledge = sqliteTable('knowledge', {
  id: text('id').primaryKey(),
  position: integer('position').notNull(),
  topic: text('topic', { enum: topics }).notNull(),
  locale: text('locale').notNull(),
  question: text('question').notNull(),
  answer: text('answer').notNull(),
  source: text('source', { enum: ['profile', 'manual', 'card'] }).notNull(),
  revision: integer('revision').notNull(),
  ...auditColumns,
})
