import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Reader, Storage, Tx } from '../storage/storage.ts'
import type { Person } from './person.ts'
import { people } from './tables.ts'

const personColumns = { id: people.id, name: people.name, role: people.role, language: people.language }

export interface SessionRow {
  id: string
  personId: string
  createdAt: string
  usedAt: string
  expiresAt: string
  browser: string
}

const sessionColumns =
  'id, person_id AS personId, created_at AS createdAt, coalesce(used_at, created_at) AS usedAt, expires_at AS expiresAt, browser'

export function findPerson(reader: Reader, id: string): Person | null {
  const where = and(eq(people.id, id), isNull(people.deletedAt))
  return reader.orm.select(personColumns).from(people).where(where).get() ?? null
}

export function allPeople(reader: Reader): Person[] {
  const query = reader.orm.select(personColumns).from(people).where(isNull(people.deletedAt))
  return query.orderBy(asc(people.role), asc(people.name), asc(people.id)).all()
}

export function firstOwner(reader: Reader): Person | null {
  const where = and(eq(people.role, 'owner'), isNull(people.deletedAt))
  const query = reader.orm.select(personColumns).from(people).where(where).orderBy(asc(people.id)).limit(1)
  return query.get() ?? null
}

export function insertSession(tx: Tx, session: SessionRow & { tokenHash: string }): void {
  tx.sql
    .prepare(
      'INSERT INTO sessions (id, person_id, token_hash, created_at, used_at, expires_at, browser) VALUES (@id, @personId, @tokenHash, @createdAt, @usedAt, @expiresAt, @browser)',
    )
    .run(session)
}

/** A session that has not ended; whether it has expired is the caller's to tell. */
export function findSession(storage: Storage, tokenHash: string): SessionRow | null {
  const row = storage
    .prepare<[string], SessionRow>(
      `SELECT ${sessionColumns} FROM sessions WHERE token_hash = ? AND ended_at IS NULL`,
    )
    .get(tokenHash)
  return row ?? null
}

export function findSessionById(storage: Storage, id: string): SessionRow | null {
  const row = storage
    .prepare<[string], SessionRow>(`SELECT ${sessionColumns} FROM sessions WHERE id = ? AND ended_at IS NULL`)
    .get(id)
  return row ?? null
}

/** Those that have neither ended nor expired, the one used last first. */
export function liveSessions(storage: Storage, now: string): SessionRow[] {
  return storage
    .prepare<[string], SessionRow>(
      `SELECT ${sessionColumns} FROM sessions WHERE ended_at IS NULL AND expires_at > ? ORDER BY used_at DESC, id`,
    )
    .all(now)
}

export function noteUse(tx: Tx, id: string, usedAt: string, expiresAt: string): void {
  tx.sql
    .prepare('UPDATE sessions SET used_at = ?, expires_at = ? WHERE id = ? AND ended_at IS NULL')
    .run(usedAt, expiresAt, id)
}

export function endSession(tx: Tx, id: string): void {
  tx.sql.prepare('UPDATE sessions SET ended_at = ? WHERE id = ? AND ended_at IS NULL').run(tx.now, id)
}

/** Sessions are keys, not business data: those long over are removed. */
export function deleteOldSessions(tx: Tx, before: string): void {
  tx.sql.prepare('DELETE FROM sessions WHERE expires_at < ? OR ended_at < ?').run(before, before)
}

export function readSetting(storage: Storage, key: string): string | null {
  const row = storage
    .prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?')
    .get(key)
  return row?.value ?? null
}

export function writeSetting(tx: Tx, key: string, value: string): void {
  tx.sql
    .prepare(
      'INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by',
    )
    .run(key, value, tx.now, tx.actor)
}
