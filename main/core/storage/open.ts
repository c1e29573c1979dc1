import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { DomainError, isDomainError } from '../errors.ts'
import type { EventBus } from '../events.ts'
import type { Clock } from '../host.ts'
import { isOff } from '../mutants.ts'
import { type Migration, migrate, schemaVersion } from './migrate.ts'
import { shopMigrations } from './migrations/shop.ts'
import { type Sql, Storage } from './storage.ts'
import { sqliteCode, toStorageError } from './storage-errors.ts'
import { syncWholly } from './sync-wholly.ts'
import { copyBeforeUpgrade } from './upgrade-copy.ts'

export interface OpenOptions {
  clock: Clock
  bus: EventBus
  migrations?: readonly Migration[]
}

/**
 * Opens (or creates) a shop's database, checks it, brings it to the newest version and sets it up for writing. An older
 * one is copied first (`backups/` beside it).
 * @throws DomainError `shop.damaged`, `shop.newer_version`, `shop.locked`, `shop.no_rights`, `storage.full`; the file stays
 * as it was.
 */
export function openStorage(file: string, options: OpenOptions): Storage {
  const migrations = options.migrations ?? shopMigrations
  checkRights(file)
  const version = existsSync(file) ? inspect(file, migrations) : 0
  const newest = migrations.at(-1)?.version ?? 0
  // An empty file holds nothing to go back to.
  if (version > 0 && version < newest && !isOff('upgrade.copy_first'))
    copyBeforeUpgrade(file, newest, new Date(options.clock.now()))
  let sql: Sql | undefined
  try {
    sql = new Database(file, { timeout: 5000 })
    configure(sql)
    migrate(sql, migrations)
    return new Storage(sql, options.clock, options.bus)
  } catch (error) {
    sql?.close()
    throw openError(error)
  }
}

/** Sets what every writer of a shop's database must have. better-sqlite3 reopens WAL files with NORMAL: FULL is set each time. */
export function configure(sql: Sql): void {
  sql.pragma('journal_mode = WAL')
  sql.pragma('synchronous = FULL')
  sql.pragma('foreign_keys = ON')
  sql.pragma('trusted_schema = OFF')
  sql.pragma('cache_size = -16000')
  // The log is carried over by a thread (`Checkpoints`); this is for where that cannot keep up.
  sql.pragma('wal_autocheckpoint = 4000')
  syncWholly(sql)
}

/** Looks at an existing file read-only, so that a damaged or newer one is not touched; answers its version. */
function inspect(file: string, migrations: readonly Migration[]): number {
  if (!statSync(file).isFile()) throw new DomainError('shop.damaged', { detail: 'not a file' })
  let sql: Sql | undefined
  try {
    sql = new Database(file, { readonly: true, timeout: 5000 })
    const version = schemaVersion(sql)
    const newest = migrations.at(-1)?.version ?? 0
    if (version > newest) throw new DomainError('shop.newer_version', { found: version, supported: newest })
    const check = sql.pragma('quick_check(1)', { simple: true })
    if (check !== 'ok') throw new DomainError('shop.damaged', { detail: String(check).slice(0, 200) })
    if (version === 0 && sql.prepare('SELECT count(*) AS n FROM sqlite_schema').pluck().get() !== 0) {
      throw new DomainError('shop.damaged', { detail: 'not a database of Mostrador' })
    }
    return version
  } catch (error) {
    throw openError(error)
  } finally {
    sql?.close()
  }
}

function checkRights(file: string): void {
  try {
    accessSync(dirname(file), constants.R_OK | constants.W_OK)
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK)
  } catch (error) {
    throw new DomainError('shop.no_rights', { path: file }, { cause: error })
  }
}

function openError(error: unknown): unknown {
  if (isDomainError(error)) return error
  if (sqliteCode(error)?.startsWith('SQLITE_CANTOPEN'))
    return new DomainError('shop.no_rights', {}, { cause: error })
  return toStorageError(error)
}
