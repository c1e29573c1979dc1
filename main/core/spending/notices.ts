import type { Storage, Tx } from '../storage/storage.ts'
import type { Period } from './caps.ts'

const key = 'models.noticed'

export type SpendingNotice = 'warned' | 'reached'

/** Which caps the owner was told of, so that each is told once a day or month, over restarts too. */
export class SpendingNotices {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Notes a notice; false when it was given in this period already. */
  first(tx: Tx, notice: SpendingNotice, period: Period, day: string): boolean {
    const noticed = this.#read()
    const current = period === 'day' ? day : day.slice(0, 7)
    // A day before the noted one is the same clock put back.
    if ((noticed[`${notice}.${period}`] ?? '') >= current) return false
    this.#save(tx, { ...noticed, [`${notice}.${period}`]: current })
    return true
  }

  /** Other caps are told of again. */
  clear(tx: Tx): void {
    this.#save(tx, {})
  }

  #read(): Record<string, string | undefined> {
    const value = this.#storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(key)
    // Written below only.
    return typeof value === 'string' ? (JSON.parse(value) as Record<string, string>) : {}
  }

  #save(tx: Tx, noticed: Record<string, string | undefined>): void {
    tx.sql
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(key, JSON.stringify(noticed), tx.now, tx.actor)
  }
}
