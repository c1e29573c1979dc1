import type { ShopBrief } from '../engines/engine.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { checkSettings, defaultSettings, type SellingSettings } from './settings.ts'

const key = 'selling'

/** How the shop sells: taxes, prepaid methods, delivery windows. Only what was changed is stored. */
export class SellingSettingsStore {
  readonly #storage: Storage
  readonly #shop: () => ShopBrief
  #cached: { text: string; country: string; settings: SellingSettings } | null = null

  constructor(storage: Storage, shop: () => ShopBrief) {
    this.#storage = storage
    this.#shop = shop
  }

  /** Do not change the object. */
  get(): SellingSettings {
    const text = this.#stored()
    const { country } = this.#shop()
    if (this.#cached?.text !== text || this.#cached.country !== country) {
      // The row is written by `set` only, from checked settings.
      const stored = JSON.parse(text) as Partial<SellingSettings>
      this.#cached = { text, country, settings: { ...defaultSettings({ country }), ...stored } }
    }
    return this.#cached.settings
  }

  /** Changes what is given. @throws DomainError `input.invalid {field}`. */
  set(tx: Tx, changes: Partial<SellingSettings>): SellingSettings {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    // Entries of Partial<SellingSettings> without the undefined ones.
    const stored = { ...JSON.parse(this.#stored()), ...given } as Partial<SellingSettings>
    checkSettings({ ...defaultSettings(this.#shop()), ...stored })
    tx.sql
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(key, JSON.stringify(stored), tx.now, tx.actor)
    tx.sql
      .prepare(
        "INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, 'settings', ?, 'update', ?)",
      )
      .run(tx.now, tx.actor, key, JSON.stringify(given))
    tx.emit('selling.changed', {})
    return this.get()
  }

  #stored(): string {
    const value = this.#storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(key)
    return typeof value === 'string' ? value : '{}'
  }
}
