import { DomainError } from '../errors.ts'
import type { Storage, Tx } from '../storage/storage.ts'

export interface WrappedKey {
  key: Uint8Array
  method: string
}

const formerKey = 'secrets.former_keys'
const mostFormer = 5

/** The sealed blobs and the shop's wrapped key. */
export class SecretsRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  wrappedKey(): WrappedKey | null {
    const row = this.#storage
      .prepare<[], { wrapped_key: Uint8Array | null; wrapped_key_method: string | null }>(
        'SELECT wrapped_key, wrapped_key_method FROM shop',
      )
      .get()
    if (row === undefined) throw new DomainError('shop.damaged', { reason: 'no shop row' })
    if (row.wrapped_key === null) return null
    return { key: row.wrapped_key, method: row.wrapped_key_method ?? '' }
  }

  /** Only where there is none: a key that is in use is never overwritten. */
  setWrappedKey(tx: Tx, key: Uint8Array, method: string): void {
    const { changes } = tx.sql
      .prepare('UPDATE shop SET wrapped_key = ?, wrapped_key_method = ? WHERE wrapped_key IS NULL')
      .run(Buffer.from(key), method)
    if (changes === 0) throw new DomainError('conflict', { entity: 'shop', field: 'wrapped_key' })
  }

  /** Puts another wrapping in place of exactly this one; false when it is not there any more. */
  replaceWrappedKey(tx: Tx, old: WrappedKey, next: WrappedKey): boolean {
    const { changes } = tx.sql
      .prepare(
        'UPDATE shop SET wrapped_key = ?, wrapped_key_method = ? WHERE wrapped_key = ? AND wrapped_key_method = ?',
      )
      .run(Buffer.from(next.key), next.method, Buffer.from(old.key), old.method)
    return changes === 1
  }

  /** Keys that could not be opened when another one took their place, newest first. */
  formerKeys(): WrappedKey[] {
    const value = this.#storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(formerKey)
    if (typeof value !== 'string') return []
    // Written below from this very type.
    return (JSON.parse(value) as { key: string; method: string }[]).map(({ key, method }) => ({
      key: Buffer.from(key, 'base64'),
      method,
    }))
  }

  keepFormerKey(tx: Tx, old: WrappedKey): void {
    const all = [old, ...this.formerKeys()].slice(0, mostFormer)
    const value = JSON.stringify(
      all.map(({ key, method }) => ({ key: Buffer.from(key).toString('base64'), method })),
    )
    tx.sql
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(formerKey, value, tx.now, tx.actor)
  }

  find(id: string): Uint8Array | null {
    const row = this.#storage
      .prepare<[string], { sealed: Uint8Array }>('SELECT sealed FROM secrets WHERE id = ?')
      .get(id)
    return row?.sealed ?? null
  }

  insert(tx: Tx, id: string, sealed: Uint8Array): void {
    tx.sql
      .prepare('INSERT INTO secrets (id, sealed, created_at, updated_at) VALUES (?, ?, ?, ?)')
      .run(id, Buffer.from(sealed), tx.now, tx.now)
  }

  update(tx: Tx, id: string, sealed: Uint8Array): void {
    const { changes } = tx.sql
      .prepare('UPDATE secrets SET sealed = ?, updated_at = ? WHERE id = ?')
      .run(Buffer.from(sealed), tx.now, id)
    if (changes === 0) throw new DomainError('not_found', { entity: 'secrets', id })
  }

  remove(tx: Tx, id: string): void {
    tx.sql.prepare('DELETE FROM secrets WHERE id = ?').run(id)
  }
}
