import { DomainError } from '../errors.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { defaultServingSettings, type ServingSettings, settingsSchema } from './settings.ts'

const key = 'serving'

/** The shop's settings of serving. Only what was changed is stored. */
export class ServingSettingsStore {
  readonly #storage: Storage
  #cached: { text: string; settings: ServingSettings } | null = null

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Do not change the object. */
  get(): ServingSettings {
    const text = this.#stored()
    if (this.#cached?.text !== text) {
      // The row is written by `set` only, from checked settings.
      const stored = JSON.parse(text) as Partial<ServingSettings>
      this.#cached = { text, settings: { ...defaultServingSettings, ...stored } }
    }
    return this.#cached.settings
  }

  /** Changes what is given. @throws DomainError `input.invalid {field}` */
  set(tx: Tx, changes: Partial<ServingSettings>): ServingSettings {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const parsed = settingsSchema.safeParse({ ...this.get(), ...given })
    if (!parsed.success)
      throw new DomainError('input.invalid', { field: parsed.error.issues[0]?.path.join('.') ?? '' })
    tx.sql
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(key, JSON.stringify(parsed.data), tx.now, tx.actor)
    tx.sql
      .prepare(
        "INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, 'settings', ?, 'update', ?)",
      )
      .run(tx.now, tx.actor, key, JSON.stringify(given))
    tx.emit('serving.changed', { paused: this.#paused() })
    return this.get()
  }

  /** Whether everything is paused: what listens to changes of serving is told of it each time. */
  #paused(): boolean {
    return this.#storage.prepare("SELECT 1 FROM settings WHERE key = 'serving.paused'").get() !== undefined
  }

  #stored(): string {
    const value = this.#storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(key)
    return typeof value === 'string' ? value : '{}'
  }
}
