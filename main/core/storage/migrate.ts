import { DomainError } from '../errors.ts'
import type { Sql } from './storage.ts'

export interface Migration {
  /** 1, 2, 3 … without gaps. */
  version: number
  name: string
  sql: string
}

/**
 * Brings a database to the newest version, each migration in a transaction of its own that also writes the version.
 * Foreign keys are off outside that transaction (inside one the pragma does nothing, and rebuilding a table would
 * then delete its child rows) and are checked before it commits.
 * @throws DomainError `shop.newer_version` when the file was written by a newer Mostrador; nothing is touched.
 */
export function migrate(sql: Sql, migrations: readonly Migration[]): void {
  const current = schemaVersion(sql)
  const newest = migrations.at(-1)?.version ?? 0
  if (current > newest) throw new DomainError('shop.newer_version', { found: current, supported: newest })
  for (const migration of migrations) {
    if (migration.version > current) apply(sql, migration)
  }
}

/** The version of the schema that a database has; 0 for an empty file. */
export function schemaVersion(sql: Sql): number {
  return Number(sql.pragma('user_version', { simple: true }))
}

function apply(sql: Sql, migration: Migration): void {
  sql.pragma('foreign_keys = OFF')
  try {
    sql.exec('BEGIN IMMEDIATE')
    try {
      // Another process may have migrated between our look and the lock.
      if (schemaVersion(sql) < migration.version) {
        sql.exec(migration.sql)
        const broken = sql.pragma('foreign_key_check')
        if (Array.isArray(broken) && broken.length > 0) {
          throw new Error(
            `migration ${migration.version} (${migration.name}) leaves ${broken.length} broken references`,
          )
        }
        sql.pragma(`user_version = ${migration.version}`)
      }
      sql.exec('COMMIT')
    } catch (error) {
      if (sql.inTransaction) sql.exec('ROLLBACK')
      throw error
    }
  } finally {
    sql.pragma('foreign_keys = ON')
  }
}
