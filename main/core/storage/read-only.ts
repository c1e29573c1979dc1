import Database from 'better-sqlite3'
import type { Sql } from './storage.ts'

/** Opens a shop's database for reports: a second connection that cannot write, for a thread of its own. */
export function openReadOnly(file: string): Sql {
  const sql = new Database(file, { readonly: true, fileMustExist: true, timeout: 5000 })
  sql.pragma('trusted_schema = OFF')
  sql.pragma('query_only = ON')
  return sql
}
