import { newId } from '../ids.ts'
import type { Storage, Tx } from '../storage/storage.ts'

export interface Customer {
  id: string
  name: string
  phone: string | null
  email: string | null
  language: string | null
  formOfAddress: string | null
}

/** Who wrote, as the channel says. */
export interface Sender {
  externalId: string
  name: string
  username?: string
  phone?: string
}

export class CustomerService {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** The customer behind a channel's sender; makes one at the first message and follows a changed display name. */
  resolve(tx: Tx, accountId: string, sender: Sender): string {
    const known = this.#storage
      .prepare<
        [string, string],
        { id: string; customer_id: string; display_name: string; username: string | null }
      >(
        `SELECT id, customer_id, display_name, username FROM customer_identities
         WHERE channel_account_id = ? AND external_id = ? AND deleted_at IS NULL`,
      )
      .get(accountId, sender.externalId)
    if (known !== undefined) {
      const username = sender.username ?? null
      if (known.display_name !== sender.name || known.username !== username) {
        this.#storage
          .prepare(
            'UPDATE customer_identities SET display_name = ?, username = ?, updated_at = ?, updated_by = ? WHERE id = ?',
          )
          .run(sender.name, username, tx.now, tx.actor, known.id)
      }
      return known.customer_id
    }
    const customerId = newId()
    const actor = `customer:${customerId}`
    this.#storage
      .prepare(
        `INSERT INTO customers (id, name, phone, created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(customerId, sender.name, sender.phone ?? null, tx.now, tx.now, actor, actor)
    this.#storage
      .prepare(
        `INSERT INTO customer_identities
           (id, customer_id, channel_account_id, external_id, display_name, username, created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        newId(),
        customerId,
        accountId,
        sender.externalId,
        sender.name,
        sender.username ?? null,
        tx.now,
        tx.now,
        actor,
        actor,
      )
    return customerId
  }

  get(id: string): Customer | null {
    const row = this.#storage
      .prepare<[string], Customer>(
        'SELECT id, name, phone, email, language, form_of_address AS formOfAddress FROM customers WHERE id = ?',
      )
      .get(id)
    return row ?? null
  }
}
