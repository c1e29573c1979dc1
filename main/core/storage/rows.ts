import { and, eq, getTableName, isNull } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { DomainError } from '../errors.ts'
import type { Tx } from './storage.ts'

/** A business table: an id and the audit columns. */
export type BusinessTable = SQLiteTable & {
  id: SQLiteColumn
  createdAt: SQLiteColumn
  updatedAt: SQLiteColumn
  deletedAt: SQLiteColumn
  createdBy: SQLiteColumn
  updatedBy: SQLiteColumn
}

type Stamped = 'createdAt' | 'updatedAt' | 'deletedAt' | 'createdBy' | 'updatedBy'
type NewRow<T extends BusinessTable> = Omit<T['$inferInsert'], Stamped>

/** Inserts a business row with its audit columns and notes it in the audit log. */
export function insertRow<T extends BusinessTable>(
  tx: Tx,
  table: T,
  values: NewRow<T> & { id: string },
): void {
  const row = { ...values, createdAt: tx.now, updatedAt: tx.now, createdBy: tx.actor, updatedBy: tx.actor }
  // Drizzle cannot see through a generic table that the stamped columns complete the row.
  tx.orm
    .insert(table)
    .values(row as T['$inferInsert'])
    .run()
  audit(tx, table, values.id, 'create', values)
}

/** Changes a live business row; `changes` holds only what changed. Throws `not_found` for a row that is not there. */
export function updateRow<T extends BusinessTable>(
  tx: Tx,
  table: T,
  id: string,
  changes: Partial<NewRow<T>>,
): void {
  const row = { ...changes, updatedAt: tx.now, updatedBy: tx.actor }
  const { changes: count } = tx.orm
    .update(table)
    .set(row as never)
    .where(and(eq(table.id, id), isNull(table.deletedAt)))
    .run()
  if (count === 0) throw new DomainError('not_found', { entity: getTableName(table), id })
  audit(tx, table, id, 'update', changes)
}

/** Puts a row away. Its data stays; unique keys no longer count it. */
export function softDeleteRow<T extends BusinessTable>(tx: Tx, table: T, id: string): void {
  mark(tx, table, id, tx.now)
  audit(tx, table, id, 'delete', {})
}

/** Brings a row back that was put away. */
export function restoreRow<T extends BusinessTable>(tx: Tx, table: T, id: string): void {
  mark(tx, table, id, null)
  audit(tx, table, id, 'restore', {})
}

function mark(tx: Tx, table: BusinessTable, id: string, deletedAt: string | null): void {
  const { changes } = tx.orm
    .update(table)
    .set({ deletedAt, updatedAt: tx.now, updatedBy: tx.actor } as never)
    .where(eq(table.id, id))
    .run()
  if (changes === 0) throw new DomainError('not_found', { entity: getTableName(table), id })
}

function audit(tx: Tx, table: SQLiteTable, id: string, action: string, changes: object): void {
  tx.sql
    .prepare(
      'INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(tx.now, tx.actor, getTableName(table), id, action, JSON.stringify(changes))
}
