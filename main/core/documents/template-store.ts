import type { ShopBrief } from '../engines/engine.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { type DocumentTemplate, defaultTemplate } from './template.ts'

const key = 'documents'

/** The shop's template of papers, in its settings; what was never changed is the default. */
export class TemplateStore {
  readonly #storage: Storage
  readonly #shop: () => ShopBrief

  constructor(storage: Storage, shop: () => ShopBrief) {
    this.#storage = storage
    this.#shop = shop
  }

  get(): { template: DocumentTemplate; changedAt: string } {
    const row = this.#storage
      .prepare<[string], { value: string; updated_at: string }>(
        'SELECT value, updated_at FROM settings WHERE key = ?',
      )
      .get(key)
    const standard = defaultTemplate(this.#shop())
    if (row === undefined) return { template: standard, changedAt: '' }
    // Written by `set` only, from this very type.
    const stored = JSON.parse(row.value) as Partial<DocumentTemplate>
    return { template: { ...standard, ...stored }, changedAt: row.updated_at }
  }

  set(tx: Tx, changes: Partial<DocumentTemplate>): DocumentTemplate {
    const template = { ...this.get().template, ...changes }
    this.#storage
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(key, JSON.stringify(template), tx.now, tx.actor)
    tx.sql
      .prepare(
        "INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, 'settings', ?, 'update', ?)",
      )
      .run(tx.now, tx.actor, key, JSON.stringify(changes))
    tx.emit('selling.changed', {})
    return template
  }
}
