import { DomainError } from '../errors.ts'
import { insertRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { CustomerInput } from './customer.ts'
import { emailKey, nationalIdKey, phoneKey, searchTextOf } from './keys.ts'
import { customers } from './tables.ts'

export type PhoneSource = 'channel' | 'person' | 'customer'

/** A customer's row as the feature works with it. */
export interface CustomerRow {
  id: string
  name: string
  phone: string | null
  phoneSource: PhoneSource | null
  phoneKey: string | null
  email: string | null
  emailKey: string | null
  nationalId: string | null
  nationalIdKey: string | null
  language: 'es' | 'en' | null
  formOfAddress: 'tu' | 'usted' | 'vos' | null
  notes: string
  active: number
  mergedInto: string | null
  erasedAt: string | null
  revision: number
  createdAt: string
}

export type CustomerFields = Partial<Omit<CustomerInput, 'active'>> & {
  active?: number
  phoneSource?: PhoneSource | null
}

const columns = `id, name, phone, phone_source AS phoneSource, phone_key AS phoneKey, email, email_key AS emailKey,
  national_id AS nationalId, national_id_key AS nationalIdKey, language, form_of_address AS formOfAddress, notes, active,
  merged_into AS mergedInto, erased_at AS erasedAt, revision, created_at AS createdAt`

/** Rows of customers; keys and search text are made here, at every write. */
export class CustomerRepository {
  readonly #storage: Storage
  readonly #country: () => string

  constructor(storage: Storage, country: () => string) {
    this.#storage = storage
    this.#country = country
  }

  find(id: string): CustomerRow | null {
    return (
      this.#storage
        .prepare<[string], CustomerRow>(
          `SELECT ${columns} FROM customers WHERE id = ? AND deleted_at IS NULL`,
        )
        .get(id) ?? null
    )
  }

  /** The record that an id stands for now: what it was merged into, or itself. */
  livingId(id: string): string {
    return (this.#storage
      .prepare<[string], string>(
        `WITH RECURSIVE line (id, next) AS (
           SELECT id, merged_into FROM customers WHERE id = ?
           UNION SELECT c.id, c.merged_into FROM customers c JOIN line ON c.id = line.next)
         SELECT id FROM line WHERE next IS NULL LIMIT 1`,
      )
      .pluck()
      .get(id) ?? id) as string
  }

  /** Every record that was merged into this one, however far back, with this one first. */
  line(id: string): string[] {
    return this.#storage
      .prepare<[string], string>(
        `WITH RECURSIVE line (id) AS (
           SELECT ? UNION SELECT c.id FROM customers c JOIN line ON c.merged_into = line.id)
         SELECT id FROM line`,
      )
      .pluck()
      .all(id) as string[]
  }

  create(tx: Tx, id: string, fields: CustomerFields): void {
    insertRow(tx, customers, {
      id,
      name: '',
      notes: '',
      active: 1,
      revision: 1,
      searchText: '',
      ...fields,
      ...this.#keys(fields),
    })
    this.refreshSearchText(id)
  }

  /** Writes changed fields, raises the revision and brings keys and search text along. */
  update(tx: Tx, row: { id: string; revision: number }, fields: CustomerFields): void {
    updateRow(tx, customers, row.id, { ...fields, ...this.#keys(fields), revision: row.revision + 1 })
    this.refreshSearchText(row.id)
  }

  /** Computes again what a customer is found by: their own data, their channels' names, and the records merged into them. */
  refreshSearchText(id: string): void {
    const country = this.#country()
    const records = this.line(id).flatMap((one) => this.find(one) ?? [])
    const marks = records.map(() => '?').join(', ')
    const identities = this.#storage
      .prepare<string[], { name: string; username: string | null }>(
        `SELECT display_name AS name, username FROM customer_identities WHERE customer_id IN (${marks || "''"}) AND deleted_at IS NULL ORDER BY id`,
      )
      .all(...records.map((record) => record.id))
    const text = searchTextOf(
      {
        names: [
          ...records.map((record) => record.name),
          ...identities.flatMap((identity) => [identity.name, identity.username ?? '']),
        ],
        phones: present(records.map((record) => record.phone)),
        emails: present(records.map((record) => record.email)),
        nationalIds: present(records.map((record) => record.nationalId)),
      },
      country,
    )
    this.#storage.prepare('UPDATE customers SET search_text = ? WHERE id = ?').run(text, id)
  }

  /** Fills keys and search text of rows that a version before wrote without them. Returns how many were filled. */
  backfill(limit: number): number {
    const rows = this.#storage
      .prepare<[number], CustomerRow>(
        `SELECT ${columns} FROM customers c WHERE search_text = '' AND erased_at IS NULL
           AND (name <> '' OR phone IS NOT NULL OR email IS NOT NULL OR national_id IS NOT NULL
             OR EXISTS (SELECT 1 FROM customer_identities i WHERE i.customer_id = c.id AND i.display_name <> ''))
         LIMIT ?`,
      )
      .all(limit)
    for (const row of rows) {
      const keys = this.#keys({ phone: row.phone, email: row.email, nationalId: row.nationalId })
      this.#storage
        .prepare('UPDATE customers SET phone_key = ?, email_key = ?, national_id_key = ? WHERE id = ?')
        .run(keys.phoneKey ?? null, keys.emailKey ?? null, keys.nationalIdKey ?? null, row.id)
      this.refreshSearchText(row.id)
      if (this.#storage.prepare('SELECT search_text FROM customers WHERE id = ?').pluck().get(row.id) === '')
        // A name of signs alone: marked, so that it is not looked at again.
        this.#storage.prepare("UPDATE customers SET search_text = '|' WHERE id = ?").run(row.id)
    }
    return rows.length
  }

  /** @throws DomainError `not_found` */
  require(id: string): CustomerRow {
    const row = this.find(id)
    if (row === null) throw new DomainError('not_found', { entity: 'customers', id })
    return row
  }

  #keys(fields: CustomerFields) {
    return {
      ...(fields.phone === undefined ? {} : { phoneKey: phoneKey(fields.phone, this.#country()) }),
      ...(fields.email === undefined ? {} : { emailKey: emailKey(fields.email) }),
      ...(fields.nationalId === undefined ? {} : { nationalIdKey: nationalIdKey(fields.nationalId) }),
    }
  }
}

function present(values: readonly (string | null)[]): string[] {
  return values.filter((value) => value !== null)
}
