import { z } from 'zod'
import type { Storage, Tx } from '../storage/storage.ts'

const key = 'models'

const settingsSchema = z.object({
  /** Ids of engines in the order in which they are asked; `builtin` is the last one. */
  order: z.array(z.string()),
  caps: z.object({
    /** Minor units; null for no cap. */
    day: z.int().min(0).nullable(),
    month: z.int().min(0).nullable(),
    /** Per cent. */
    warnAt: z.int().min(10).max(100),
  }),
  /** Millionths of the shop's unit for one US dollar; null for the shipped figure. */
  usdRate: z.int().positive().nullable(),
  /** Whether names, phones and the like are kept on this computer. */
  redact: z.boolean(),
  /** How long what was sent is kept word for word. */
  keepRequestsDays: z.int().min(0),
})

/** Which engines are asked, and what may be spent and sent for it. */
export type ModelSettings = z.output<typeof settingsSchema>

const defaults: ModelSettings = {
  order: [],
  caps: { day: null, month: null, warnAt: 80 },
  usdRate: null,
  redact: true,
  keepRequestsDays: 30,
}

export class ModelSettingsStore {
  readonly #storage: Storage
  #cached: { text: string; settings: ModelSettings } | null = null

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Do not change the object. */
  get(): ModelSettings {
    const text = this.#stored()
    if (this.#cached?.text !== text) {
      const settings = settingsSchema.parse({ ...defaults, ...JSON.parse(text) })
      this.#cached = { text, settings }
    }
    return this.#cached.settings
  }

  /** Changes what is given; emits `engine.changed`. */
  set(tx: Tx, changes: Partial<ModelSettings>): ModelSettings {
    const settings = settingsSchema.parse({ ...this.get(), ...changes })
    tx.sql
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(key, JSON.stringify(settings), tx.now, tx.actor)
    tx.sql
      .prepare(
        "INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, 'settings', ?, 'update', ?)",
      )
      .run(tx.now, tx.actor, key, JSON.stringify(changes))
    tx.emit('engine.changed', { engineId: null })
    return settings
  }

  #stored(): string {
    const value = this.#storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(key)
    return typeof value === 'string' ? value : '{}'
  }
}
