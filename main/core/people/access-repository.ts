import type { Storage, Tx } from '../storage/storage.ts'
import type { PasswordHash } from './password-hash.ts'
import type { Tries } from './tries.ts'

/** Keys of failed tries that are kept; the oldest go first. */
const mostKeys = 2_000

export function findPassword(storage: Storage, personId: string): PasswordHash | null {
  const row = storage
    .prepare<[string], PasswordHash>(
      'SELECT cost_log2 AS costLog2, block_size AS blockSize, parallel, salt, hash FROM passwords WHERE person_id = ?',
    )
    .get(personId)
  return row ?? null
}

export function peopleWithPassword(storage: Storage): string[] {
  return storage
    .prepare<[], { id: string }>(
      'SELECT person_id AS id FROM passwords JOIN people ON people.id = person_id WHERE people.deleted_at IS NULL',
    )
    .all()
    .map(({ id }) => id)
}

export function writePassword(tx: Tx, personId: string, password: PasswordHash): void {
  tx.sql
    .prepare(
      `INSERT INTO passwords (person_id, cost_log2, block_size, parallel, salt, hash, set_at, set_by)
       VALUES (@personId, @costLog2, @blockSize, @parallel, @salt, @hash, @at, @by)
       ON CONFLICT (person_id) DO UPDATE SET cost_log2 = excluded.cost_log2, block_size = excluded.block_size,
         parallel = excluded.parallel, salt = excluded.salt, hash = excluded.hash,
         set_at = excluded.set_at, set_by = excluded.set_by`,
    )
    .run({ ...password, personId, at: tx.now, by: tx.actor })
}

/** True when there was one. */
export function deletePassword(tx: Tx, personId: string): boolean {
  return tx.sql.prepare('DELETE FROM passwords WHERE person_id = ?').run(personId).changes > 0
}

export function findTries(storage: Storage, key: string): Tries | null {
  const row = storage
    .prepare<[string], Tries>(
      'SELECT failures, last_at AS lastAt, blocked_until AS blockedUntil FROM sign_in_tries WHERE key = ?',
    )
    .get(key)
  return row ?? null
}

export function writeTries(tx: Tx, key: string, tries: Tries | null): void {
  if (tries === null) {
    tx.sql.prepare('DELETE FROM sign_in_tries WHERE key = ?').run(key)
    return
  }
  tx.sql
    .prepare(
      `INSERT INTO sign_in_tries (key, failures, last_at, blocked_until) VALUES (@key, @failures, @lastAt, @blockedUntil)
       ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, blocked_until = excluded.blocked_until`,
    )
    .run({ ...tries, key })
}

/** Forgets keys whose last failure was before that time, and the oldest of too many. */
export function deleteOldTries(tx: Tx, before: number): void {
  tx.sql.prepare('DELETE FROM sign_in_tries WHERE last_at < ?').run(before)
  tx.sql
    .prepare(
      'DELETE FROM sign_in_tries WHERE key IN (SELECT key FROM sign_in_tries ORDER BY last_at DESC, key LIMIT -1 OFFSET ?)',
    )
    .run(mostKeys)
}

/** A person's password was set or removed: that it was, and by whom, never what. */
export function noteAudit(tx: Tx, personId: string, password: 'set' | 'removed'): void {
  tx.sql
    .prepare(
      "INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, 'people', ?, 'update', ?)",
    )
    .run(tx.now, tx.actor, personId, JSON.stringify({ password }))
}
