import { basename } from 'node:path'
import { z } from 'zod'
import type { Storage, Tx } from '../storage/storage.ts'
import type { MeaningState } from './meaning.ts'

const key = 'embedding'
const stored = z.object({ file: z.string() }).nullable()

/** The model that embeds, as a person sees it. */
export interface EmbeddingView extends MeaningState {
  /** Absolute path; null: search works by words alone. */
  file: string | null
  name: string | null
}

/** The shop's choice of a model for search. */
export class EmbeddingSetting {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Absolute path of the model; null for none. */
  file(): string | null {
    // Plucked as everywhere else: statements are shared by their text.
    const value = this.#storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(key)
    return typeof value === 'string' ? (stored.parse(JSON.parse(value))?.file ?? null) : null
  }

  named(): { file: string | null; name: string | null } {
    const file = this.file()
    return { file, name: file === null ? null : basename(file).replace(/\.gguf$/i, '') }
  }

  set(tx: Tx, file: string | null): void {
    const value = JSON.stringify(file === null ? null : { file })
    tx.sql
      .prepare(
        `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(key, value, tx.now, tx.actor)
    tx.sql
      .prepare(
        "INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, 'settings', ?, 'update', ?)",
      )
      .run(tx.now, tx.actor, key, value)
  }
}
