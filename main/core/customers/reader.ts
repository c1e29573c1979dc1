import type { ChannelKind } from '../channels/channel.ts'
import { DomainError } from '../errors.ts'
import type { Storage } from '../storage/storage.ts'
import type { CustomerBrief, CustomerDetail, CustomerFilter, CustomerMemory } from './customer.ts'
import { customerCondition } from './customer-filter.ts'

type BriefRow = Omit<CustomerBrief, 'channels' | 'active'> & { channels: string; active: number }

/** Figures are read for the rows of one page only. */
const selectBrief = `SELECT c.id, c.name, c.phone, c.email, c.national_id AS nationalId, c.active, c.created_at AS createdAt,
    (SELECT json_group_array(DISTINCT a.kind) FROM customer_identities i JOIN channel_accounts a ON a.id = i.channel_account_id
      WHERE i.customer_id = c.id AND i.deleted_at IS NULL) AS channels,
    (SELECT count(*) FROM orders o WHERE o.customer_id = c.id AND o.deleted_at IS NULL AND o.state <> 'cancelled') AS orders,
    (SELECT coalesce(sum(o.total), 0) FROM orders o WHERE o.customer_id = c.id AND o.deleted_at IS NULL AND o.state <> 'cancelled') AS spent,
    (SELECT o.placed_at FROM orders o WHERE o.customer_id = c.id AND o.deleted_at IS NULL AND o.state <> 'cancelled' ORDER BY o.seq DESC LIMIT 1) AS lastOrderAt,
    (SELECT m.sent_at FROM conversations v JOIN messages m ON m.seq = v.last_message_seq
      WHERE v.customer_id = c.id AND v.deleted_at IS NULL ORDER BY v.last_message_seq DESC LIMIT 1) AS lastMessageAt
  FROM customers c`

/** What lists and pages show of customers. */
export class CustomerReader {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Newest activity first; who never wrote comes after, newest record first. */
  list(filter: CustomerFilter): { items: CustomerBrief[]; total: number } {
    const { sql, values } = customerCondition(filter)
    const where = sql.join(' AND ')
    const total = this.#storage
      .prepare<(string | number)[], number>(`SELECT count(*) FROM customers c WHERE ${where}`)
      .pluck()
      .get(...values) as number
    const ids = this.#storage
      .prepare<(string | number)[], string>(
        `SELECT c.id FROM customers c LEFT JOIN
           (SELECT customer_id, max(last_message_seq) AS seq FROM conversations WHERE deleted_at IS NULL GROUP BY customer_id) v
           ON v.customer_id = c.id
         WHERE ${where} ORDER BY coalesce(v.seq, 0) DESC, c.id DESC LIMIT ? OFFSET ?`,
      )
      .pluck()
      .all(...values, filter.limit, filter.offset) as string[]
    return { items: ids.flatMap((id) => this.brief(id) ?? []), total }
  }

  brief(id: string): CustomerBrief | null {
    const row = this.#storage.prepare<[string], BriefRow>(`${selectBrief} WHERE c.id = ?`).get(id)
    if (row === undefined) return null
    // Made by json_group_array over a column that its CHECK keeps to the channels' kinds.
    const channels = JSON.parse(row.channels) as ChannelKind[]
    return { ...row, channels, active: row.active === 1 }
  }

  identities(id: string): CustomerDetail['identities'] {
    return this.#storage
      .prepare<[string], CustomerDetail['identities'][number]>(
        `SELECT i.id, a.kind, a.name AS account, i.display_name AS displayName, i.username
         FROM customer_identities i JOIN channel_accounts a ON a.id = i.channel_account_id
         WHERE i.customer_id = ? AND i.deleted_at IS NULL ORDER BY i.id`,
      )
      .all(id)
  }

  conversations(id: string): CustomerDetail['conversations'] {
    return this.#storage
      .prepare<[string], CustomerDetail['conversations'][number]>(
        `SELECT v.id, a.kind, m.sent_at AS lastMessageAt FROM conversations v
         JOIN channel_accounts a ON a.id = v.channel_account_id LEFT JOIN messages m ON m.seq = v.last_message_seq
         WHERE v.customer_id = ? AND v.deleted_at IS NULL ORDER BY v.last_message_seq DESC`,
      )
      .all(id)
  }

  /** The last three orders with six lines each, newest first. */
  lastOrders(id: string): CustomerMemory['lastOrders'] {
    return this.#storage
      .prepare<[string], { id: string; number: string; state: string; placedAt: string }>(
        `SELECT id, number, state, placed_at AS placedAt FROM orders
         WHERE customer_id = ? AND deleted_at IS NULL ORDER BY seq DESC LIMIT 3`,
      )
      .all(id)
      .map(({ id: orderId, ...order }) => ({
        ...order,
        lines: this.#storage
          .prepare<[string], CustomerMemory['lastOrders'][number]['lines'][number]>(
            'SELECT name, title, quantity FROM order_lines WHERE order_id = ? AND deleted_at IS NULL ORDER BY position LIMIT 6',
          )
          .all(orderId),
      }))
  }

  /** @throws DomainError `not_found` */
  nameOf(id: string): string {
    const name = this.#storage
      .prepare<[string], string>('SELECT name FROM customers WHERE id = ?')
      .pluck()
      .get(id) as string | undefined
    if (name === undefined) throw new DomainError('not_found', { entity: 'customers', id })
    return name
  }
}
