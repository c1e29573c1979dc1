import type { Storage } from '../storage/storage.ts'
import type { CustomerService } from './service.ts'

type Rows = Record<string, unknown>[]

/** What is kept of a person besides their record, each with the ids of all their records as parameter `ids`. */
const parts = {
  identities: `SELECT a.kind AS channel, a.name AS account, i.external_id AS externalId, i.display_name AS displayName, i.username, i.created_at AS since
    FROM customer_identities i JOIN channel_accounts a ON a.id = i.channel_account_id
    WHERE i.customer_id IN (SELECT value FROM json_each(@ids)) AND i.deleted_at IS NULL ORDER BY i.id`,
  addresses: `SELECT recipient, address, place, phone, last_used_at AS lastUsedAt, created_at AS createdAt FROM customer_addresses
    WHERE customer_id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL ORDER BY id`,
  preferences: `SELECT topic, text, created_at AS createdAt FROM customer_preferences
    WHERE customer_id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL ORDER BY id`,
  orders: `SELECT id, number, source, state, payment_state AS paymentState, currency, delivery_method AS deliveryMethod, zone_name AS zone,
      place, address, recipient, phone, slot_label AS slot, slot_date AS slotDate, payment_name AS payment, discount_code AS discountCode,
      note, subtotal, discount, delivery_fee AS deliveryFee, tax, total, paid, refunded, placed_at AS placedAt
    FROM orders WHERE customer_id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL ORDER BY seq`,
  quotes: `SELECT number, answers, lines, total, price_kind AS priceKind, valid_until AS validUntil, created_at AS createdAt FROM quotes
    WHERE customer_id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL ORDER BY seq`,
  carts: `SELECT id, state, created_at AS createdAt, updated_at AS updatedAt FROM carts
    WHERE customer_id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL ORDER BY id`,
  checkouts: `SELECT state, delivery_method AS deliveryMethod, place, address, recipient, phone, note, updated_at AS updatedAt FROM checkouts
    WHERE customer_id IN (SELECT value FROM json_each(@ids)) AND deleted_at IS NULL ORDER BY id`,
  cards: `SELECT c.kind, c.question, c.state, c.answer, w.asked_at AS askedAt FROM card_waiters w JOIN cards c ON c.id = w.card_id
    WHERE w.customer_id IN (SELECT value FROM json_each(@ids)) ORDER BY c.seq`,
  askedFor: `SELECT at, kind, text, quantity FROM missed_demand WHERE customer_id IN (SELECT value FROM json_each(@ids)) ORDER BY seq`,
  documents: `SELECT d.kind, d.name, d.created_at AS createdAt FROM documents d LEFT JOIN orders o ON o.id = d.order_id
    WHERE coalesce(d.customer_id, o.customer_id) IN (SELECT value FROM json_each(@ids)) AND d.deleted_at IS NULL ORDER BY d.seq`,
  conversations: `SELECT v.id, a.kind AS channel, a.name AS account, v.chat_id AS chat, v.language, v.form_of_address AS formOfAddress, v.created_at AS createdAt
    FROM conversations v JOIN channel_accounts a ON a.id = v.channel_account_id
    WHERE v.customer_id IN (SELECT value FROM json_each(@ids)) AND v.deleted_at IS NULL ORDER BY v.id`,
} as const

/** What belongs to one row of a part, with its id as parameter. */
const children = {
  orderLines: `SELECT sku, name, title, quantity, unit, unit_size AS unitSize, unit_price AS unitPrice, total, discount, tax_rate AS taxRate, tax, note
    FROM order_lines WHERE order_id = ? AND deleted_at IS NULL ORDER BY position`,
  orderPayments: `SELECT kind, amount, method, note, created_at AS at FROM order_payments WHERE order_id = ? AND deleted_at IS NULL ORDER BY id`,
  cartLines: `SELECT p.name, t.title, t.sku, l.quantity, l.note FROM cart_lines l JOIN variants t ON t.id = l.variant_id JOIN products p ON p.id = t.product_id
    WHERE l.cart_id = ? AND l.deleted_at IS NULL ORDER BY l.position`,
  // The shop's own notes about somebody are about them, too.
  messages: `SELECT m.seq, m.id, m.author, m.kind, m.text, m.sent_at AS sentAt, m.edited_at AS editedAt, m.removed_at AS removedAt FROM messages m
    WHERE m.conversation_id = ? ORDER BY m.seq`,
  edits: 'SELECT at, text_before AS textBefore FROM message_edits WHERE message_id = ? ORDER BY seq',
  attachments:
    'SELECT kind, name, mime, size, media_hash AS file FROM attachments WHERE message_id = ? ORDER BY position',
} as const

/** Everything that is kept of a person, as one JSON text for them to read. @throws DomainError `not_found` */
export function personalDataOf(
  storage: Storage,
  customers: CustomerService,
  customerId: string,
): { name: string; json: string } {
  const detail = customers.detail(customerId)
  const ids = JSON.stringify(customers.recordsOf(customerId))
  const rows = (part: keyof typeof parts): Rows =>
    storage.prepare<{ ids: string }, Rows[number]>(parts[part]).all({ ids })
  const under = (part: keyof typeof children, id: unknown): Rows =>
    storage.prepare<[string], Rows[number]>(children[part]).all(String(id))
  const data = {
    exportedAt: storage.now(),
    profile: {
      name: detail.name,
      phone: detail.phone,
      email: detail.email,
      nationalId: detail.nationalId,
      language: detail.language,
      formOfAddress: detail.formOfAddress,
      notes: detail.notes,
      active: detail.active,
      createdAt: detail.createdAt,
    },
    mergedRecords: customers
      .recordsOf(customerId)
      .slice(1)
      .flatMap((id) => customers.record(id) ?? []),
    identities: rows('identities'),
    addresses: rows('addresses'),
    preferences: rows('preferences'),
    orders: rows('orders').map(({ id, ...order }) => ({
      ...order,
      lines: under('orderLines', id),
      payments: under('orderPayments', id),
    })),
    carts: rows('carts').map(({ id, ...cart }) => ({ ...cart, lines: under('cartLines', id) })),
    checkouts: rows('checkouts'),
    quotes: rows('quotes').map((quote) => ({
      ...quote,
      answers: parsed(quote.answers),
      lines: parsed(quote.lines),
    })),
    questions: rows('cards'),
    askedFor: rows('askedFor'),
    documents: rows('documents'),
    conversations: rows('conversations').map(({ id, ...conversation }) => ({
      ...conversation,
      messages: under('messages', id).map(({ seq: _, id: messageId, ...message }) => ({
        ...message,
        edits: under('edits', messageId),
        attachments: under('attachments', messageId),
      })),
    })),
  }
  return { name: fileName(detail.name), json: `${JSON.stringify(data, null, 2)}\n` }
}

function parsed(json: unknown): unknown {
  return typeof json === 'string' ? JSON.parse(json) : json
}

/** A file's name from a person's, without what a file system refuses. */
function fileName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} _-]+/gu, '')
    .trim()
    .replace(/\s+/g, '-')
  return `${plain === '' ? 'customer' : plain.slice(0, 80)}.json`
}
