import { newId } from '../ids.ts'
import { insertRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { ShopDocument } from './document.ts'
import { documents } from './tables.ts'
import type { DocumentKind } from './template.ts'

export interface NewDocument {
  kind: DocumentKind
  orderId: string | null
  quoteId: string | null
  customerId: string | null
  locale: string
  name: string
  mediaHash: string
  ofRevision: number
}

const select = `SELECT id, kind, name, media_hash AS mediaHash, order_id AS orderId, quote_id AS quoteId, created_at AS at
  FROM documents WHERE deleted_at IS NULL`

/** Rows of papers that were made. */
export class DocumentRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  get(id: string): ShopDocument | null {
    return this.#storage.prepare<[string], ShopDocument>(`${select} AND id = ?`).get(id) ?? null
  }

  /** The newest paper of that revision, made since the template was last changed. */
  current(
    wanted: Omit<NewDocument, 'name' | 'mediaHash' | 'customerId'>,
    since: string,
  ): ShopDocument | null {
    const row = this.#storage
      .prepare<[string, string, number, string, string, string], ShopDocument>(
        `${select} AND kind = ? AND locale = ? AND of_revision = ? AND created_at >= ?
           AND coalesce(order_id, '') = ? AND coalesce(quote_id, '') = ? ORDER BY seq DESC LIMIT 1`,
      )
      .get(wanted.kind, wanted.locale, wanted.ofRevision, since, wanted.orderId ?? '', wanted.quoteId ?? '')
    return row ?? null
  }

  insert(tx: Tx, document: NewDocument): string {
    const { last } = this.#storage
      .prepare<[], { last: number }>('SELECT coalesce(max(seq), 0) AS last FROM documents')
      .get() ?? { last: 0 }
    const id = newId()
    insertRow(tx, documents, { id, seq: last + 1, ...document })
    return id
  }
}
