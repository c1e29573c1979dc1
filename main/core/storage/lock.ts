import Database from 'better-sqlite3'
import { DomainError } from '../errors.ts'
import { sqliteCode, toStorageError } from './storage-errors.ts'

export interface Lock {
  release(): void
}

/**
 * Takes a lock as an open exclusive transaction on `file`: the operating system ends it with the process, however
 * that dies, and no stale PID file can lie.
 * @throws DomainError `shop.locked` when another process holds it, `shop.no_rights {path}`.
 */
export function takeLock(file: string): Lock {
  const sql = open(file)
  try {
    sql.pragma('journal_mode = DELETE')
    sql.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    sql.close()
    if (sqliteCode(error)?.startsWith('SQLITE_BUSY'))
      throw new DomainError('shop.locked', {}, { cause: error })
    throw openError(error, file)
  }
  return {
    release: () => {
      if (sql.inTransaction) sql.exec('ROLLBACK')
      sql.close()
    },
  }
}

function open(file: string): Database.Database {
  try {
    return new Database(file, { timeout: 0 })
  } catch (error) {
    throw openError(error, file)
  }
}

function openError(error: unknown, path: string): unknown {
  const code = sqliteCode(error) ?? ''
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY'))
    return new DomainError('shop.no_rights', { path }, { cause: error })
  return toStorageError(error)
}
