import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { insertRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { fold } from '../understanding/normalise.ts'
import type { CustomerAddress, NewAddress } from './customer.ts'
import { customerAddresses } from './tables.ts'

/** More addresses than this are no help to anybody: the one that was used longest ago makes room. */
const mostAddresses = 20

/** Where a customer's orders go. */
export class Addresses {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** The last used first. */
  of(customerId: string): CustomerAddress[] {
    return this.#storage
      .prepare<[string], CustomerAddress>(
        `SELECT id, recipient, address, place, zone_id AS zoneId, phone, last_used_at AS lastUsedAt
         FROM customer_addresses WHERE customer_id = ? AND deleted_at IS NULL
         ORDER BY coalesce(last_used_at, created_at) DESC, id DESC`,
      )
      .all(customerId)
  }

  /** Keeps an address, or notes that a known one was used again. Returns its id. */
  save(tx: Tx, customerId: string, given: NewAddress, used: boolean): string {
    const address = given.address.trim()
    if (address === '') throw new DomainError('input.invalid', { field: 'address' })
    const known = this.of(customerId)
    const same = known.find((one) => keyOf(one) === keyOf({ address, place: given.place ?? '' }))
    const values = {
      ...(given.recipient === undefined ? {} : { recipient: given.recipient.trim() }),
      ...(given.zoneId === undefined ? {} : { zoneId: given.zoneId }),
      ...(given.phone === undefined ? {} : { phone: given.phone }),
      ...(used ? { lastUsedAt: tx.now } : {}),
    }
    if (same !== undefined) {
      updateRow(tx, customerAddresses, same.id, values)
      return same.id
    }
    const oldest = known.at(-1)
    if (oldest !== undefined && known.length >= mostAddresses) softDeleteRow(tx, customerAddresses, oldest.id)
    const id = newId()
    insertRow(tx, customerAddresses, {
      id,
      customerId,
      recipient: '',
      address,
      place: given.place?.trim() ?? '',
      ...values,
    })
    return id
  }

  /** @throws DomainError `not_found` when it is not this customer's */
  remove(tx: Tx, customerId: string, addressId: string): void {
    if (!this.of(customerId).some((one) => one.id === addressId))
      throw new DomainError('not_found', { entity: 'customer_addresses', id: addressId })
    softDeleteRow(tx, customerAddresses, addressId)
  }
}

function keyOf(address: { address: string; place: string }): string {
  return fold(`${address.address}|${address.place}`).replace(/[^\p{L}\p{N}|]/gu, '')
}
