import { text } from 'drizzle-orm/sqlite-core'

/** Columns of every business row: when and by whom it was made, changed and put away. */
export const auditColumns = {
  createdAt: text('created_at').notNull(),
  updatedAt: text('updated_at').notNull(),
  deletedAt: text('deleted_at'),
  createdBy: text('created_by').notNull(),
  updatedBy: text('updated_by').notNull(),
}
