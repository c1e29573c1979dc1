import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { auditColumns } from '../storage/columns.ts'
import type { RunState } from './exam.ts'

export const examRuns = sqliteTable('exam_runs', {
  seq: integer('seq').primaryKey({ autoIncrement: true }),
  id: text('id').notNull(),
  engineId: text('engine_id').notNull(),
  model: text('model'),
  promptVersion: text('prompt_version'),
  state: text('state').$type<RunState>().notNull(),
  report: text('report').notNull().default('{}'),
  startedAt: text('started_at').notNull(),
  endedAt: text('ended_at'),
  createdBy: text('created_by').notNull(),
})

export const examCases = sqliteTable('exam_cases', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  definition: text('definition').notNull(),
  ...auditColumns,
})
