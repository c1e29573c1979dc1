import { personalSets } from './personal-sets.ts'

/**
 * What erasing a person does to each table of the shop. Every table is named, and of those that hold something of a
 * person every text column too: a test compares this with the schema, so that a new table or column is not forgotten.
 */

export type TablePlan =
  /** Holds nothing of a person. */
  | { action: 'none'; why: string }
  /** The person's rows go. */
  | { action: 'delete'; where: string }
  /** The person's rows stay with `set`; the text columns in `keep` are no personal data. */
  | { action: 'overwrite'; where: string; set: Readonly<Record<string, string>>; keep: readonly string[] }

const own = (table: string): string => `id IN (%${table})`
const none = (why: string): TablePlan => ({ action: 'none', why })

/** Children before their parents, as far as rows are deleted. `@now` is the moment of the erasure. */
export const erasurePlan: Readonly<Record<string, TablePlan>> = {
  attachments: { action: 'delete', where: own('attachments') },
  message_edits: { action: 'delete', where: 'message_id IN (%messages)' },
  tool_calls: { action: 'delete', where: 'turn_id IN (%turns)' },
  turn_steps: { action: 'delete', where: 'turn_id IN (%turns)' },
  traces: { action: 'delete', where: 'turn_id IN (%turns) OR message_id IN (%messages)' },
  owner_notices: {
    action: 'overwrite',
    where: own('owner_notices'),
    set: { text: "''", state: "CASE state WHEN 'queued' THEN 'failed' ELSE state END" },
    keep: ['kind', 'external_id', 'not_before'],
  },
  reply_drafts: {
    action: 'overwrite',
    where: own('reply_drafts'),
    set: {
      text: "''",
      state: "CASE WHEN state IN ('waiting', 'ready', 'failed') THEN 'dismissed' ELSE state END",
      error: 'NULL',
    },
    keep: ['engine'],
  },
  chat_rules: {
    action: 'overwrite',
    where: own('chat_rules'),
    // The owner's "never" outlives the person's data no more than the chat's id does.
    set: {
      chat_id: "'erased:' || id",
      name: "''",
      phone: 'NULL',
      deleted_at: 'coalesce(deleted_at, @now)',
    },
    keep: ['answer'],
  },
  card_waiters: { action: 'delete', where: 'customer_id IN (%customers)' },
  cards: {
    action: 'overwrite',
    where: own('cards'),
    set: {
      key: "'erased:' || id",
      question: "''",
      answer: "''",
      state: "CASE state WHEN 'open' THEN 'dismissed' ELSE state END",
      deleted_at: '@now',
    },
    keep: ['kind', 'language', 'answered_at', 'answered_by', 'due_at', 'turn_id'],
  },
  missed_demand: {
    action: 'overwrite',
    where: 'customer_id IN (%customers) OR conversation_id IN (%conversations)',
    set: {
      text: "''",
      key: "CASE WHEN variant_id IS NULL THEN 'erased:' || seq ELSE key END",
      dismissed_at: '@now',
    },
    keep: ['at', 'kind', 'turn_id'],
  },
  closed_notices: none('which period of closing was told in a conversation'),
  outbox: {
    action: 'overwrite',
    where: own('outbox'),
    set: {
      payload: `'{"type":"text","text":""}'`,
      state: "CASE state WHEN 'queued' THEN 'cancelled' ELSE state END",
      error: 'NULL',
      external_id: 'NULL',
    },
    keep: ['turn_id', 'author', 'not_before'],
  },
  engine_requests: {
    action: 'overwrite',
    where: own('engine_requests'),
    set: { body: 'NULL' },
    // what it cost stays
    keep: ['model', 'purpose', 'turn_id', 'state', 'error', 'day', 'started_at', 'ended_at'],
  },
  conversation_summaries: { action: 'delete', where: 'conversation_id IN (%conversations)' },
  messages: {
    action: 'overwrite',
    where: own('messages'),
    set: {
      text: "''",
      chat_id: "'erased:' || conversation_id",
      external_id: 'NULL',
      understanding: 'NULL',
      removed_at: '@now',
    },
    keep: ['author', 'author_id', 'kind', 'sent_at', 'edited_at', 'turn_id'],
  },
  turns: {
    action: 'overwrite',
    where: own('turns'),
    set: { end_reason: "CASE WHEN end_reason IS NULL THEN NULL ELSE 'erased' END" },
    keep: ['state', 'due_at', 'started_at', 'ended_at'],
  },
  order_summaries: {
    action: 'overwrite',
    where: own('order_summaries'),
    set: { snapshot: "'{}'", hash: "''" },
    keep: ['turn_id'],
  },
  checkouts: {
    action: 'overwrite',
    where: own('checkouts'),
    set: {
      state: "CASE state WHEN 'open' THEN 'dropped' ELSE state END",
      place: "''",
      address: "''",
      recipient: "''",
      phone: "''",
      note: "''",
    },
    keep: ['delivery_method', 'zone_id', 'slot_id', 'slot_date', 'payment_id', 'discount_code'],
  },
  cart_lines: { action: 'overwrite', where: own('cart_lines'), set: { note: "''" }, keep: [] },
  carts: {
    action: 'overwrite',
    where: own('carts'),
    set: { state: "CASE state WHEN 'open' THEN 'abandoned' ELSE state END" },
    keep: [],
  },
  // Figures stay: the shop has to account for them.
  order_changes: {
    action: 'overwrite',
    where: 'order_id IN (%orders)',
    set: { data: "'{}'" },
    keep: ['at', 'actor', 'kind', 'from_state', 'to_state'],
  },
  order_payments: {
    action: 'overwrite',
    where: own('order_payments'),
    set: { note: "''", receipt_hash: 'NULL' },
    // the provider's number of the payment proves it
    keep: ['kind', 'method', 'external_id'],
  },
  order_lines: {
    action: 'overwrite',
    where: own('order_lines'),
    set: { note: "''" },
    keep: ['sku', 'name', 'title', 'unit', 'tax_class'],
  },
  orders: {
    action: 'overwrite',
    where: own('orders'),
    set: { place: "''", address: "''", recipient: "''", phone: "''", note: "''", search_text: 'number' },
    keep: [
      'number',
      'source',
      'state',
      'payment_state',
      'currency',
      'delivery_method',
      'zone_id',
      'zone_name',
      'slot_id',
      'slot_label',
      'slot_date',
      'payment_id',
      'payment_name',
      'discount_code',
      'taxes',
      'reserved_until',
      'payment_warned_at',
      'placed_at',
      'seen_at',
    ],
  },
  documents: {
    action: 'overwrite',
    where: own('documents'),
    set: { name: "''", media_hash: "''", deleted_at: 'coalesce(deleted_at, @now)' },
    keep: ['kind', 'locale'],
  },
  quotes: {
    action: 'overwrite',
    where: own('quotes'),
    set: { answers: "'{}'", lines: "'[]'" },
    keep: ['number', 'price_kind', 'valid_until'],
  },
  conversations: {
    action: 'overwrite',
    where: own('conversations'),
    set: {
      chat_id: "'erased:' || id",
      dialogue_state: "'{}'",
      loop_state: "'{}'",
      mode_reason: "'erased'",
      deleted_at: '@now',
    },
    keep: [
      'mode',
      'assigned_to',
      'language',
      'form_of_address',
      'done_at',
      'mode_since',
      'person_at',
      'disclosed_at',
      'opted_out_at',
    ],
  },
  customer_preferences: {
    action: 'overwrite',
    where: own('customer_preferences'),
    set: { topic: "'other'", text: "''", deleted_at: 'coalesce(deleted_at, @now)' },
    keep: [],
  },
  customer_addresses: {
    action: 'overwrite',
    where: own('customer_addresses'),
    set: {
      recipient: "''",
      address: "''",
      place: "''",
      phone: 'NULL',
      zone_id: 'NULL',
      deleted_at: 'coalesce(deleted_at, @now)',
    },
    keep: ['last_used_at'],
  },
  customer_identities: {
    action: 'overwrite',
    where: own('customer_identities'),
    set: {
      external_id: "'erased:' || id",
      display_name: "''",
      username: 'NULL',
      deleted_at: 'coalesce(deleted_at, @now)',
    },
    keep: [],
  },
  customer_merges: {
    action: 'overwrite',
    where: own('customer_merges'),
    set: { moved: "'{}'", state: "CASE state WHEN 'suggested' THEN 'dismissed' ELSE state END" },
    keep: ['reason'],
  },
  customers: {
    action: 'overwrite',
    where: own('customers'),
    set: {
      name: "''",
      national_id: 'NULL',
      phone: 'NULL',
      phone_source: 'NULL',
      email: 'NULL',
      notes: "''",
      phone_key: 'NULL',
      email_key: 'NULL',
      national_id_key: 'NULL',
      search_text: "''",
      language: 'NULL',
      form_of_address: 'NULL',
      active: '0',
      erased_at: '@now',
    },
    keep: [],
  },
  // Who changed what and when stays; what it was before and after does not.
  audit_log: {
    action: 'overwrite',
    where: [
      ...['customers', ...personalSets.map((set) => set.name)].map(
        (name) => `(entity = '${name}' AND entity_id IN (%${name}))`,
      ),
    ].join(' OR '),
    set: { changes: "'{}'" },
    keep: ['at', 'actor', 'entity', 'entity_id', 'action'],
  },
  absences: none('when the shop was not there'),
  channel_incidents: none('what happened to an account, by ids'),
  quick_replies: none("the shop's texts"),
  channel_accounts: none("the shop's own accounts"),
  discounts: none("the shop's codes"),
  engines: none("the owner's engines"),
  exam_cases: none("the owner's cases"),
  exam_runs: none('exams run on a copy of the catalog, without customers'),
  events: none('ids and states alone; a test of their types sees to it'),
  imports: none('files of the catalog'),
  knowledge: none('what the shop wrote of itself'),
  owner_chats: none("the owner's own chats"),
  owner_messages: none("the owner's own messages, by number"),
  owner_pairings: none("the owner's codes"),
  product_aliases: none('catalog'),
  product_images: none('catalog'),
  products: none('catalog'),
  reservations: none('stock held for an order, by its id'),
  search_outbox: none('ids of products and knowledge'),
  secrets: none("the shop's keys"),
  settings: none("the shop's settings"),
  shop: none('the shop itself'),
  stock_movements: none('stock, by ids of orders'),
  synonyms: none('catalog'),
  tariffs: none('catalog'),
  variants: none('catalog'),
}
