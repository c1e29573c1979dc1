import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { insertRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { MergeReason } from './customer.ts'
import { fieldsOf, isCertain, type Key, type Moved, missingFields, restoredFields } from './merge-fields.ts'
import { type CustomerReference, customerReferences } from './references.ts'
import type { CustomerRepository, CustomerRow } from './repository.ts'
import { customerMerges, customers } from './tables.ts'

/** A key that more records share tells nobody apart: a placeholder, or the shop's own phone. */
const mostTwins = 20

export interface MergeRow {
  id: string
  keptId: string
  mergedId: string
  reason: MergeReason
  state: 'suggested' | 'done' | 'undone' | 'dismissed'
  moved: string
  at: string
}

const columns = `id, kept_id AS keptId, merged_id AS mergedId, reason, state, moved, updated_at AS at`

/** Two records that are one person become one, and can be told apart again. */
export class Merges {
  readonly #storage: Storage
  readonly #rows: CustomerRepository
  #references: CustomerReference[] | null = null

  constructor(storage: Storage, rows: CustomerRepository) {
    this.#storage = storage
    this.#rows = rows
  }

  /**
   * Looks for records that share a key with this one. What is certain is merged at once: an equal national id, or an
   * equal phone that the channel vouches for, and never two different names. The rest is suggested to the owner. Returns
   * the id of the record that lives on.
   */
  lookForTwins(tx: Tx, id: string): string {
    let living = id
    for (const { row, reason } of this.#twins(this.#rows.require(id))) {
      const own = this.#rows.require(living)
      if (row.id === own.id) continue
      const known = this.#between(own.id, row.id)
      if (known !== null && known.state !== 'suggested') continue
      const [kept, merged] = own.id < row.id ? [own, row] : [row, own]
      if (isCertain(kept, merged, reason)) {
        this.merge(tx, kept.id, merged.id, reason)
        living = kept.id
      } else if (known === null) {
        insertRow(tx, customerMerges, {
          id: newId(),
          keptId: kept.id,
          mergedId: merged.id,
          reason,
          state: 'suggested',
          moved: '{}',
        })
        tx.emit('customer.changed', { customerId: kept.id })
      }
    }
    return living
  }

  /** Suggestions whose two records are still two, the newest first. */
  suggestions(): MergeRow[] {
    const seen = new Set<string>()
    return this.#storage
      .prepare<[], MergeRow>(
        `SELECT ${columns} FROM customer_merges WHERE state = 'suggested' AND deleted_at IS NULL ORDER BY id DESC LIMIT 500`,
      )
      .all()
      .map((row) => ({
        ...row,
        keptId: this.#rows.livingId(row.keptId),
        mergedId: this.#rows.livingId(row.mergedId),
      }))
      .filter((row) => {
        const pair = [row.keptId, row.mergedId].sort().join(' ')
        const alive = [row.keptId, row.mergedId].every((id) => this.#rows.find(id)?.erasedAt === null)
        if (row.keptId === row.mergedId || seen.has(pair) || !alive) return false
        seen.add(pair)
        return true
      })
  }

  /** Merges that made a record what it is and can be undone, the newest first. */
  doneOf(id: string): MergeRow[] {
    const line = this.#rows.line(id)
    return this.#storage
      .prepare<string[], MergeRow>(
        `SELECT ${columns} FROM customer_merges WHERE state = 'done' AND deleted_at IS NULL
           AND kept_id IN (${line.map(() => '?').join(', ')}) ORDER BY updated_at DESC, id DESC`,
      )
      .all(...line)
  }

  /**
   * `otherId` goes into `keptId`: everything that is theirs changes hands, and what the kept record lacks is filled in.
   * @throws DomainError `customer.same`, `customer.erased`, `not_found`
   */
  merge(tx: Tx, keptId: string, otherId: string, reason: MergeReason): void {
    const kept = this.#rows.require(this.#rows.livingId(keptId))
    const other = this.#rows.require(this.#rows.livingId(otherId))
    if (kept.id === other.id) throw new DomainError('customer.same', { id: kept.id })
    if (kept.erasedAt !== null || other.erasedAt !== null) throw new DomainError('customer.erased')
    const moved: Moved = { rows: this.#hand(other.id, kept.id), filled: missingFields(kept, other) }
    const known = this.#between(kept.id, other.id)
    const record = {
      keptId: kept.id,
      mergedId: other.id,
      state: 'done' as const,
      moved: JSON.stringify(moved),
    }
    if (known?.state === 'suggested') updateRow(tx, customerMerges, known.id, record)
    else insertRow(tx, customerMerges, { id: newId(), reason, ...record })
    updateRow(tx, customers, other.id, { mergedInto: kept.id })
    this.#rows.update(tx, kept, fieldsOf(moved, 'after'))
    this.#tell(tx, moved, [kept.id, other.id])
  }

  /**
   * Splits a merged record off again, with exactly the rows that it brought and only where they still are, and with
   * what came about in its conversations meanwhile: who ordered there is who writes there. Everything else that came later
   * stays with the record that was kept. Returns the kept record's id.
   * @throws DomainError `not_found`, `customer.erased`
   */
  undo(tx: Tx, mergeId: string): string {
    const row = this.#find(mergeId)
    if (row?.state !== 'done') throw new DomainError('not_found', { entity: 'customer_merges', id: mergeId })
    const kept = this.#rows.require(row.keptId)
    const holder = this.#rows.livingId(kept.id)
    if (kept.erasedAt !== null) throw new DomainError('customer.erased')
    // Written above from this type.
    const moved = JSON.parse(row.moved) as Moved
    const holders = [...new Set([kept.id, holder])]
    this.#handBack(moved, row.mergedId, holders)
    this.#handOver(moved, row, holders)
    updateRow(tx, customers, row.mergedId, { mergedInto: null })
    updateRow(tx, customerMerges, mergeId, { state: 'undone' })
    this.#rows.update(tx, kept, restoredFields(kept, moved))
    this.#rows.refreshSearchText(row.mergedId)
    if (holder !== kept.id) this.#rows.refreshSearchText(holder)
    this.#tell(tx, moved, [holder, row.mergedId])
    return holder
  }

  /** The owner says that the two are not one person; they are not suggested again. @throws DomainError `not_found` */
  dismiss(tx: Tx, id: string): void {
    const row = this.#find(id)
    if (row?.state !== 'suggested') throw new DomainError('not_found', { entity: 'customer_merges', id })
    updateRow(tx, customerMerges, id, { state: 'dismissed' })
    tx.emit('customer.changed', { customerId: row.keptId })
  }

  #twins(row: CustomerRow): { row: CustomerRow; reason: MergeReason }[] {
    const keys: [column: string, key: string | null, reason: MergeReason][] = [
      ['national_id_key', row.nationalIdKey, 'national_id'],
      ['phone_key', row.phoneKey, 'phone'],
      ['email_key', row.emailKey, 'email'],
    ]
    const seen = new Set([this.#rows.livingId(row.id)])
    return keys.flatMap(([column, key, reason]) => {
      if (key === null) return []
      const ids = this.#storage
        .prepare<[string, string], string>(
          `SELECT id FROM customers WHERE ${column} = ? AND id <> ? AND deleted_at IS NULL AND erased_at IS NULL
           ORDER BY id LIMIT ${mostTwins + 1}`,
        )
        .pluck()
        .all(key, row.id) as string[]
      if (ids.length > mostTwins) return []
      return ids.flatMap((id) => {
        const living = this.#rows.find(this.#rows.livingId(id))
        if (living === null || seen.has(living.id)) return []
        seen.add(living.id)
        // The phone is told by the record that has it, not by the one it was merged into.
        const { phoneSource } = this.#rows.require(id)
        return [{ row: { ...living, phoneSource }, reason }]
      })
    })
  }

  /** The newest that is known between two records, whichever of them was to be kept. */
  #between(left: string, right: string): MergeRow | null {
    return (
      this.#storage
        .prepare<[string, string, string, string], MergeRow>(
          `SELECT ${columns} FROM customer_merges WHERE deleted_at IS NULL AND state <> 'done'
             AND ((kept_id = ? AND merged_id = ?) OR (kept_id = ? AND merged_id = ?)) ORDER BY id DESC LIMIT 1`,
        )
        .get(left, right, right, left) ?? null
    )
  }

  #find(id: string): MergeRow | null {
    return (
      this.#storage
        .prepare<[string], MergeRow>(
          `SELECT ${columns} FROM customer_merges WHERE id = ? AND deleted_at IS NULL`,
        )
        .get(id) ?? null
    )
  }

  #hand(from: string, to: string): Record<string, Key[][]> {
    this.#references ??= customerReferences(this.#storage.sql)
    const rows: Record<string, Key[][]> = {}
    for (const { table, column, key } of this.#references) {
      const moved = this.#storage
        .prepare<[string, string], Key[]>(
          `UPDATE ${table} SET ${column} = ? WHERE ${column} = ? RETURNING ${key.join(', ')}`,
        )
        .raw()
        .all(to, from) as Key[][]
      if (moved.length > 0) rows[`${table}.${column}`] = moved
    }
    return rows
  }

  #handBack(moved: Moved, to: string, from: readonly string[]): void {
    this.#references ??= customerReferences(this.#storage.sql)
    for (const { table, column, key } of this.#references) {
      const back = this.#storage.prepare(
        `UPDATE ${table} SET ${column} = ? WHERE ${key.map((one) => `${one} = ?`).join(' AND ')}
           AND ${column} IN (${from.map(() => '?').join(', ')})`,
      )
      for (const values of moved.rows[`${table}.${column}`] ?? []) back.run(to, ...values, ...from)
    }
  }

  /**
   * What came about since the merge in the conversations that go back: orders, quotes and carts, the addresses they went
   * to and what was learnt there. Nobody else is to see it.
   */
  #handOver(moved: Moved, { mergedId, at }: MergeRow, from: readonly string[]): void {
    const ids = JSON.stringify((moved.rows['conversations.customer_id'] ?? []).map(([id]) => id))
    const since = { mergedId, at, ids, from: JSON.stringify(from) }
    const theirs = `SELECT id FROM conversations WHERE customer_id = @mergedId AND id IN (SELECT value FROM json_each(@ids))`
    const give = (table: string, column: string, condition: string) =>
      this.#storage
        .prepare(
          `UPDATE ${table} SET ${column} = @mergedId
           WHERE ${column} IN (SELECT value FROM json_each(@from)) AND created_at > @at AND ${condition}`,
        )
        .run(since)
    for (const { table, column, conversation } of this.#references ?? [])
      if (conversation !== null) give(table, column, `${conversation} IN (${theirs})`)
    give(
      'customer_preferences',
      'customer_id',
      `source_message_id IN (SELECT id FROM messages WHERE conversation_id IN (${theirs}))`,
    )
    const sentTo = (whose: string) =>
      `EXISTS (SELECT 1 FROM orders o WHERE ${whose} AND o.address = customer_addresses.address)`
    give(
      'customer_addresses',
      'customer_id',
      `${sentTo(`o.conversation_id IN (${theirs})`)}
         AND NOT ${sentTo('o.customer_id IN (SELECT value FROM json_each(@from))')}`,
    )
  }

  #tell(tx: Tx, moved: Moved, ids: readonly string[]): void {
    for (const customerId of ids) tx.emit('customer.changed', { customerId })
    for (const [conversationId] of moved.rows['conversations.customer_id'] ?? [])
      tx.emit('conversation.changed', { conversationId: String(conversationId) })
  }
}
