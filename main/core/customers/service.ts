import { newId } from '../ids.ts'
import { insertRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { Addresses } from './addresses.ts'
import type { Customer, CustomerAddress, CustomerPreference, NewAddress, Sender } from './customer.ts'
import { nameKey, phoneKey } from './keys.ts'
import { Preferences } from './preferences.ts'
import { CustomerRepository, type CustomerRow, type PhoneSource } from './repository.ts'
import { customerIdentities } from './tables.ts'

/**
 * The shop's customers: one record for each person, whatever channels they write on. Whoever gives an id of a record
 * that was merged gets the record it was merged into.
 */
export class CustomerService {
  readonly #storage: Storage
  readonly #rows: CustomerRepository
  readonly #addresses: Addresses
  readonly #preferences: Preferences

  constructor(storage: Storage) {
    this.#storage = storage
    this.#rows = new CustomerRepository(storage, () => this.#country())
    this.#addresses = new Addresses(storage)
    this.#preferences = new Preferences(storage)
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
    if (sender.phone !== undefined) this.#notePhone(tx, known.customerId, sender.phone, 'channel')
    return known.customerId
  }

  /** The living record that an id stands for; null when there is none. */
  get(id: string): Customer | null {
    const row = this.#rows.find(this.livingId(id))
    return row === null ? null : toCustomer(row)
  }

  /** The record that an id stands for now: what it was merged into, or itself. */
  livingId(id: string): string {
    return this.#rows.livingId(id)
  }

  /**
   * The customer told how they are called. It is taken when the record has no better name: none, a channel's nickname,
   * or a part of this one. An order's recipient is somebody else's business. Returns whether it was taken.
   */
  setName(tx: Tx, customerId: string, told: string): boolean {
    const row = this.#rows.require(this.livingId(customerId))
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
    return this.#notePhone(tx, this.livingId(customerId), told, 'customer')
  }

  /** The customer told an e-mail; one that is there stays. Returns whether it was taken. */
  setEmail(tx: Tx, customerId: string, told: string): boolean {
    const row = this.#rows.require(this.livingId(customerId))
    const email = told.trim().slice(0, 200)
    if (email === '' || row.email !== null) return false
    this.#rows.update(tx, row, { email })
    this.#changed(tx, row.id)
    return true
  }

  /** The last used first. */
  addresses(customerId: string): CustomerAddress[] {
    return this.#addresses.of(this.livingId(customerId))
  }

  /** Keeps the address of an order that was placed, or notes that a known one was used again. Returns its id. */
  saveAddress(tx: Tx, customerId: string, address: NewAddress): string {
    return this.#addresses.save(tx, this.livingId(customerId), address, true)
  }

  /** The newest last. */
  preferences(customerId: string): CustomerPreference[] {
    return this.#preferences.of(this.livingId(customerId))
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
    return customerId
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
    return true
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

  #country(): string {
    return (this.#storage.prepare<[], string>('SELECT country FROM shop').pluck().get() ?? '') as string
  }
}

function toCustomer(row: CustomerRow): Customer {
  return {
    id: row.id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    nationalId: row.nationalId,
    notes: row.notes,
    active: row.active === 1,
    language: row.language,
    formOfAddress: row.formOfAddress,
    revision: row.revision,
    erasedAt: row.erasedAt,
    createdAt: row.createdAt,
  }
}
