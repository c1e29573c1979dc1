import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { insertRow, restoreRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { quickReplies } from './tables.ts'

/** A text that people of the shop send often. `{nombre}`, `{name}`, `{tienda}` and `{shop}` are filled in where it is used. */
export interface QuickReply {
  id: string
  title: string
  text: string
}

const columns = 'id, title, text'

/** The shop's quick replies, in the order that the owner gave them. */
export class QuickReplyService {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  list(): QuickReply[] {
    return this.#storage
      .prepare<[], QuickReply>(
        `SELECT ${columns} FROM quick_replies WHERE deleted_at IS NULL ORDER BY position, created_at, id`,
      )
      .all()
  }

  /**
   * Changes one, or makes one at the end where no id is given.
   * @throws DomainError `quick_reply.title_taken`, `not_found`
   */
  save(tx: Tx, input: { id?: string; title: string; text: string }): QuickReply {
    const id = input.id ?? newId()
    const title = input.title.trim()
    this.#requireFree(title, id)
    if (input.id === undefined) {
      insertRow(tx, quickReplies, { id, title, text: input.text.trim(), position: this.#end() })
    } else updateRow(tx, quickReplies, id, { title, text: input.text.trim() })
    tx.emit('quick_reply.changed', {})
    return this.#get(id)
  }

  /** @throws DomainError `not_found` */
  remove(tx: Tx, id: string): void {
    this.#get(id)
    softDeleteRow(tx, quickReplies, id)
    tx.emit('quick_reply.changed', {})
  }

  /** Brings one back that was removed. @throws DomainError `quick_reply.title_taken`, `not_found` */
  restore(tx: Tx, id: string): QuickReply {
    const removed = this.#storage
      .prepare<[string], QuickReply>(
        `SELECT ${columns} FROM quick_replies WHERE id = ? AND deleted_at IS NOT NULL`,
      )
      .get(id)
    if (removed === undefined) throw new DomainError('not_found', { entity: 'quick_replies', id })
    this.#requireFree(removed.title, id)
    restoreRow(tx, quickReplies, id)
    tx.emit('quick_reply.changed', {})
    return this.#get(id)
  }

  /** Puts them in this order; those that are not named come after. */
  order(tx: Tx, ids: readonly string[]): void {
    const rest = this.list().filter(({ id }) => !ids.includes(id))
    const known = ids.filter((id) => this.list().some((reply) => reply.id === id))
    const all = [...new Set(known), ...rest.map(({ id }) => id)]
    all.forEach((id, position) => {
      updateRow(tx, quickReplies, id, { position })
    })
    tx.emit('quick_reply.changed', {})
  }

  #get(id: string): QuickReply {
    const reply = this.#storage
      .prepare<[string], QuickReply>(
        `SELECT ${columns} FROM quick_replies WHERE id = ? AND deleted_at IS NULL`,
      )
      .get(id)
    if (reply === undefined) throw new DomainError('not_found', { entity: 'quick_replies', id })
    return reply
  }

  #requireFree(title: string, id: string): void {
    const taken = this.list().some(
      (reply) => reply.id !== id && reply.title.toLowerCase() === title.toLowerCase(),
    )
    if (taken) throw new DomainError('quick_reply.title_taken', { title })
  }

  #end(): number {
    return Number(
      this.#storage.prepare('SELECT coalesce(max(position) + 1, 0) FROM quick_replies').pluck().get(),
    )
  }
}
