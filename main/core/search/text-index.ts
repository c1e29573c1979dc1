import { createHash } from 'node:crypto'
import type { Storage, Tx } from '../storage/storage.ts'
import type { SourceDocument } from './document.ts'
import { fold } from './text.ts'

/**
 * Text search inside SQLite (FTS5, trigrams). It is written in the same transaction that clears the outbox and
 * serves while the index is missing, failing or has no binary for this platform.
 */
export class TextIndex {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Replaces the rows of these documents; `seq` of a product is its row. */
  put(tx: Tx, rows: readonly { seq: number; document: SourceDocument }[]): void {
    const remove = tx.sql.prepare('DELETE FROM search_text WHERE rowid = ?')
    const insert = tx.sql.prepare(
      "INSERT INTO search_text (rowid, entity_id, kind, body) VALUES (?, ?, 'product', ?)",
    )
    for (const { seq, document } of rows) {
      remove.run(seq)
      insert.run(seq, document.id, bodyOf(document))
    }
  }

  remove(tx: Tx, seqs: readonly number[]): void {
    const remove = tx.sql.prepare('DELETE FROM search_text WHERE rowid = ?')
    for (const seq of seqs) remove.run(seq)
  }

  putKnowledge(tx: Tx, ids: readonly string[], documents: readonly SourceDocument[]): void {
    const remove = tx.sql.prepare('DELETE FROM search_text WHERE rowid = ?')
    for (const id of ids) remove.run(knowledgeRow(id))
    const insert = tx.sql.prepare(
      "INSERT INTO search_text (rowid, entity_id, kind, body) VALUES (?, ?, 'knowledge', ?)",
    )
    for (const document of documents) insert.run(knowledgeRow(document.id), document.id, bodyOf(document))
  }

  clear(tx: Tx): void {
    tx.sql.exec('DELETE FROM search_text')
  }

  /** Ids of the best documents for any of these words, best first. Words under three letters find nothing. */
  find(kind: 'product' | 'knowledge', terms: readonly string[], limit: number): string[] {
    const phrases = [...new Set(terms)].filter((term) => term.length >= 3).slice(0, 60)
    if (phrases.length === 0) return []
    const match = phrases.map((term) => `"${term.replaceAll('"', '""')}"`).join(' OR ')
    return this.#storage
      .prepare<[string, string, number], { id: string }>(
        'SELECT entity_id AS id FROM search_text WHERE search_text MATCH ? AND kind = ? ORDER BY rank LIMIT ?',
      )
      .all(match, kind, limit)
      .map((row) => row.id)
  }
}

function bodyOf(document: SourceDocument): string {
  return fold(
    [
      document.name,
      ...document.aliases,
      ...document.side,
      ...document.skus,
      document.description.slice(0, 1_200),
    ].join(' \n '),
  )
}

/** Products take positive rows (their seq); an entry takes a negative one made from its id. */
function knowledgeRow(id: string): number {
  return -1 - createHash('sha256').update(id).digest().readUIntBE(0, 6)
}
