import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { insertRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { Sender } from './customer.ts'
import { nameKey, phoneKey } from './keys.ts'
import type { Merges } from './merges.ts'
import type { CustomerRepository, CustomerRow, PhoneSource } from './repository.ts'
import { customerIdentities } from './tables.ts'

/** Who writes, and what they tell of themselves: names, phones, e-mails. */
export class Acquaintance {
  readonly #storage: Storage
  readonly #rows: CustomerRepository
  readonly #merges: Merges
  readonly #country: () => string

  constructor(storage: Storage, rows: CustomerRepository, merges: Merges, country: () => string) {
    this.#storage = storage
    this.#rows = rows
    this.#merges = merges
    this.#country = country
  }

  /** The customer behind a channel's sender; makes one at the first message and follows a changed display name. */
  resolve(tx: Tx, accountId: string, sender: Sender): string {
    const known = this.#storage
      .prepare<
        [string, string],
        { id: string; customerId: string; displayName: string; username: string | null }
      >(
        `SELECT id, customer_id AS customerId, display_name AS displayName, username FROM customer_identities
         WHERE channel_account_id = ? AND external_id = ? AND deleted_at IS NULL`,
      )
      .get(accountId, sender.externalId)
    if (known === undefined) return this.#meet(tx, accountId, sender)
    const username = sender.username ?? null
    if (known.displayName !== sender.name || known.username !== username) {
      this.#storage
        .prepare(
          'UPDATE customer_identities SET display_name = ?, username = ?, updated_at = ?, updated_by = ? WHERE id = ?',
        )
        .run(sender.name, username, tx.now, tx.actor, known.id)
      this.#rows.refreshSearchText(known.customerId)
    }
    if (sender.phone === undefined) return known.customerId
    const noted = this.#notePhone(tx, known.customerId, sender.phone, 'channel')
    return noted ? this.#rows.livingId(known.customerId) : known.customerId
  }

  /**
   * The customer told how they are called. It is taken when the record has no better name: none, a channel's nickname,
   * or a part of this one. An order's recipient is somebody else's business. Returns whether it was taken.
   */
  setName(tx: Tx, customerId: string, told: string): boolean {
    const row = this.#living(customerId)
    const name = told.trim().replace(/\s+/g, ' ').slice(0, 200)
    if (name === '' || name === row.name) return false
    const before = nameKey(row.name)
    const after = nameKey(name)
    const longer = ` ${after} `.includes(` ${before} `)
    const shorter = ` ${before} `.includes(` ${after} `)
    if (before !== '' && !longer && (shorter || !this.#isNickname(row))) return false
    this.#rows.update(tx, row, { name })
    this.#changed(tx, row.id)
    return true
  }

  /** The customer told a phone. A phone that the channel or a person of the shop gave stays. Returns whether it was taken. */
  setPhone(tx: Tx, customerId: string, told: string): boolean {
    return this.#notePhone(tx, this.#rows.livingId(customerId), told, 'customer')
  }

  /** The customer told an e-mail; one that is there stays. Returns whether it was taken. */
  setEmail(tx: Tx, customerId: string, told: string): boolean {
    const row = this.#living(customerId)
    const email = told.trim().slice(0, 200)
    if (email === '' || row.email !== null) return false
    this.#rows.update(tx, row, { email })
    this.#changed(tx, row.id)
    this.#merges.lookForTwins(tx, row.id)
    return true
  }

  #meet(tx: Tx, accountId: string, sender: Sender): string {
    const customerId = newId()
    const own: Tx = { ...tx, actor: `customer:${customerId}` }
    const phone = sender.phone?.trim() ?? ''
    this.#rows.create(own, customerId, {
      name: sender.name,
      ...(phone === '' ? {} : { phone, phoneSource: 'channel' }),
    })
    insertRow(own, customerIdentities, {
      id: newId(),
      customerId,
      channelAccountId: accountId,
      externalId: sender.externalId,
      displayName: sender.name,
      username: sender.username ?? null,
    })
    this.#rows.refreshSearchText(customerId)
    this.#changed(tx, customerId)
    return phone === '' ? customerId : this.#merges.lookForTwins(tx, customerId)
  }

  #notePhone(tx: Tx, id: string, given: string, source: PhoneSource): boolean {
    const row = this.#rows.require(id)
    const phone = given.trim().slice(0, 40)
    const key = phoneKey(phone, this.#country())
    if (key === null || row.erasedAt !== null) return false
    const better = row.phone === null || (row.phoneSource === 'customer' && source === 'channel')
    const vouched = row.phoneKey === key && row.phoneSource !== 'channel' && source === 'channel'
    const corrected = row.phoneSource === 'customer' && source === 'customer' && row.phoneKey !== key
    if (!better && !vouched && !corrected) return false
    this.#rows.update(tx, row, { phone, phoneSource: source })
    this.#changed(tx, id)
    this.#merges.lookForTwins(tx, id)
    return true
  }

  /** @throws DomainError `not_found`, `customer.erased` */
  #living(customerId: string): CustomerRow {
    const row = this.#rows.require(this.#rows.livingId(customerId))
    if (row.erasedAt !== null) throw new DomainError('customer.erased', { id: row.id })
    return row
  }

  #isNickname(row: CustomerRow): boolean {
    return (
      this.#storage
        .prepare(
          'SELECT 1 FROM customer_identities WHERE customer_id = ? AND display_name = ? AND deleted_at IS NULL LIMIT 1',
        )
        .get(row.id, row.name) !== undefined
    )
  }

  #changed(tx: Tx, customerId: string): void {
    tx.emit('customer.changed', { customerId })
  }
}
