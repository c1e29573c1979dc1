import { newId } from '../ids.ts'
import { insertRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { KnowledgeEntry, KnowledgeSource, Topic } from './entry.ts'
import { knowledge } from './tables.ts'

const columns =
  'id, position, topic, locale, question, answer, source, revision, created_at AS createdAt, updated_at AS updatedAt'

export interface EntryText {
  topic: Topic
  locale: string
  question: string
  answer: string
}

/** Rows of the shop's knowledge and the profile column; each change queues the search index. */
export class KnowledgeRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  all(): KnowledgeEntry[] {
    return this.#storage
      .prepare<[], KnowledgeEntry>(
        `SELECT ${columns} FROM knowledge WHERE deleted_at IS NULL ORDER BY position, created_at, id`,
      )
      .all()
  }

  byTopic(topic: Topic): KnowledgeEntry[] {
    return this.#storage
      .prepare<[string], KnowledgeEntry>(
        `SELECT ${columns} FROM knowledge WHERE deleted_at IS NULL AND topic = ? ORDER BY position, created_at, id`,
      )
      .all(topic)
  }

  entry(id: string): KnowledgeEntry | null {
    const row = this.#storage
      .prepare<[string], KnowledgeEntry>(
        `SELECT ${columns} FROM knowledge WHERE id = ? AND deleted_at IS NULL`,
      )
      .get(id)
    return row ?? null
  }

  lastPosition(): number {
    const row = this.#storage
      .prepare<[], { position: number }>(
        'SELECT COALESCE(MAX(position), 0) AS position FROM knowledge WHERE deleted_at IS NULL',
      )
      .get()
    return row?.position ?? 0
  }

  insert(tx: Tx, entry: EntryText & { position: number; source: KnowledgeSource }): string {
    const id = newId()
    insertRow(tx, knowledge, { id, revision: 1, ...entry })
    this.#queue(id, 1)
    return id
  }

  update(tx: Tx, entry: KnowledgeEntry, changes: Partial<EntryText> & { position?: number }): void {
    const revision = entry.revision + 1
    updateRow(tx, knowledge, entry.id, { ...changes, revision })
    this.#queue(entry.id, revision)
  }

  remove(tx: Tx, entry: KnowledgeEntry): void {
    updateRow(tx, knowledge, entry.id, { revision: entry.revision + 1 })
    softDeleteRow(tx, knowledge, entry.id)
    this.#queue(entry.id, entry.revision + 1)
  }

  /** The profile as stored, and the shop row's id and revision. */
  profile(): { id: string; profile: string; revision: number } {
    const row = this.#storage
      .prepare<[], { id: string; profile: string; revision: number }>(
        'SELECT id, profile, revision FROM shop LIMIT 1',
      )
      .get()
    return row ?? { id: '', profile: '{}', revision: 0 }
  }

  saveProfile(tx: Tx, profile: string): void {
    this.#storage
      .prepare<[string, string, string]>(
        'UPDATE shop SET profile = ?, revision = revision + 1, updated_at = ?, updated_by = ?',
      )
      .run(profile, tx.now, tx.actor)
    this.#storage
      .prepare<[string, string, string]>(
        "INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, 'shop', (SELECT id FROM shop LIMIT 1), 'update', json_object('profile', json(?)))",
      )
      .run(tx.now, tx.actor, profile)
  }

  #queue(id: string, revision: number): void {
    this.#storage
      .prepare<[string, number]>(
        "INSERT INTO search_outbox (kind, entity_id, revision) VALUES ('knowledge', ?, ?) ON CONFLICT (kind, entity_id) DO UPDATE SET revision = excluded.revision",
      )
      .run(id, revision)
  }
}
