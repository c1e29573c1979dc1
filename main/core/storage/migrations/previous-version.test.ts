import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../migrate.ts'
import type { Sql } from '../storage.ts'
import { shopMigrations } from './shop.ts'

/** What a row of the version before needs beyond its NOT NULL columns: references, and values that a CHECK asks for. Parents first. */
const rows: [table: string, values: Record<string, string | number>][] = [
  ['shop', { id: 's', currency: 'EUR' }],
  ['settings', { key: 'k', value: '1' }],
  ['secrets', { id: 'x' }],
  ['events', { payload: '{}' }],
  ['audit_log', { action: 'create', changes: '{}' }],
  ['products', { id: 'p', seq: 1, name: 'Taza' }],
  ['variants', { id: 'v', product_id: 'p', price: 1290, sku: 'T-1' }],
  ['product_aliases', { id: 'pa', product_id: 'p', alias: 'tazón' }],
  ['product_images', { id: 'pi', product_id: 'p', url: 'https://example.org/t.jpg' }],
  ['stock_movements', { variant_id: 'v', delta: 3, on_hand_after: 3, reason: 'import' }],
  ['reservations', { id: 'r', variant_id: 'v', quantity: 1, state: 'active' }],
  ['imports', { id: 'i', state: 'done' }],
  ['search_outbox', { kind: 'product', entity_id: 'p', revision: 1 }],
  ['synonyms', { id: 'sy', terms: '["a","b"]' }],
  ['knowledge', { id: 'kn', topic: 'hours', answer: 'De 9 a 14' }],
  ['customers', { id: 'c', name: 'Ana' }],
  ['channel_accounts', { id: 'ch', kind: 'telegram', secret_id: 'x', external_id: '1' }],
  ['customer_identities', { id: 'ci', customer_id: 'c', channel_account_id: 'ch', external_id: '11' }],
  ['conversations', { id: 'co', customer_id: 'c', channel_account_id: 'ch', chat_id: '11' }],
  [
    'messages',
    {
      id: 'm1',
      conversation_id: 'co',
      channel_account_id: 'ch',
      chat_id: '11',
      external_id: '1',
      author: 'customer',
    },
  ],
  [
    'messages',
    {
      id: 'm2',
      conversation_id: 'co',
      channel_account_id: 'ch',
      chat_id: '11',
      author: 'agent',
      reply_to_id: 'm1',
    },
  ],
  ['message_edits', { message_id: 'm1', text_before: 'hola' }],
  ['attachments', { id: 'a', message_id: 'm1', kind: 'photo', state: 'pending' }],
  ['turns', { id: 't', conversation_id: 'co', state: 'done' }],
  ['turn_steps', { turn_id: 't', step: 0, answer: '{}' }],
  ['tool_calls', { turn_id: 't', step: 0, call: 0, arguments: '{}', result: '{}' }],
  ['traces', { turn_id: 't', message_id: 'm2', trace: '{}' }],
  [
    'outbox',
    {
      id: 'o',
      conversation_id: 'co',
      channel_account_id: 'ch',
      message_id: 'm2',
      author: 'agent',
      payload: '{}',
      state: 'unknown',
    },
  ],
  ['carts', { id: 'ca', customer_id: 'c', conversation_id: 'co' }],
  ['cart_lines', { id: 'cl', cart_id: 'ca', variant_id: 'v', quantity: 2 }],
  ['customer_addresses', { id: 'cd', customer_id: 'c', address: 'Calle Mayor 5' }],
  ['customer_preferences', { id: 'cp', customer_id: 'c', topic: 'size', source_message_id: 'm1' }],
  ['customer_merges', { id: 'cm', kept_id: 'c', merged_id: 'c', reason: 'phone', state: 'suggested' }],
  ['tariffs', { id: 'ta', product_id: 'p', definition: '{}' }],
  [
    'quotes',
    {
      id: 'q',
      customer_id: 'c',
      conversation_id: 'co',
      product_id: 'p',
      variant_id: 'v',
      tariff_id: 'ta',
      answers: '{}',
      lines: '[]',
      price_kind: 'exact',
    },
  ],
  ['discounts', { id: 'd', code: 'HOLA', kind: 'percent', value: 1000 }],
  ['checkouts', { id: 'ck', cart_id: 'ca', conversation_id: 'co', customer_id: 'c' }],
  ['order_summaries', { id: 'os', checkout_id: 'ck', conversation_id: 'co', turn_id: 't', snapshot: '{}' }],
  [
    'orders',
    {
      id: 'or',
      customer_id: 'c',
      conversation_id: 'co',
      source: 'chat',
      summary_id: 'os',
      state: 'pending',
      payment_state: 'unpaid',
      currency: 'EUR',
      delivery_method: 'pickup',
      total: 2580,
    },
  ],
  ['order_lines', { id: 'ol', order_id: 'or', product_id: 'p', variant_id: 'v', quote_id: 'q', quantity: 2 }],
  ['order_changes', { order_id: 'or', kind: 'placed' }],
  ['order_payments', { id: 'op', order_id: 'or', kind: 'payment', amount: 2580 }],
  ['documents', { id: 'do', kind: 'receipt', order_id: 'or', customer_id: 'c' }],
  ['cards', { id: 'k', kind: 'question', state: 'open', product_id: 'p' }],
  ['card_waiters', { card_id: 'k', conversation_id: 'co', customer_id: 'c', told_message_id: 'm2' }],
  ['owner_chats', { id: 'oc', channel_account_id: 'ch', chat_id: '99', offer_card_id: 'k' }],
  ['owner_pairings', { id: 'op', channel_account_id: 'ch' }],
  ['owner_messages', { channel_account_id: 'ch', chat_id: '99', external_id: '1' }],
  ['owner_notices', { id: 'on', owner_chat_id: 'oc', card_id: 'k', kind: 'card', state: 'unknown' }],
  [
    'missed_demand',
    {
      kind: 'not_found',
      conversation_id: 'co',
      customer_id: 'c',
      turn_id: 't',
      product_id: 'p',
      variant_id: 'v',
    },
  ],
  ['closed_notices', { conversation_id: 'co', kind: 'away', period: 'none', message_id: 'm2' }],
  ['engines', { id: 'en', kind: 'remote', secret_id: 'x' }],
  [
    'engine_requests',
    { id: 'er', engine_id: 'en', purpose: 'turn', conversation_id: 'co', turn_id: 't', state: 'done' },
  ],
  ['conversation_summaries', { conversation_id: 'co' }],
  ['exam_runs', { id: 'ex', state: 'done', report: '{}' }],
  ['exam_cases', { id: 'ec', definition: '{}' }],
]

let sql: Sql
beforeEach(() => {
  sql = new Database(':memory:')
  migrate(sql, shopMigrations.slice(0, -1))
  sql.pragma('foreign_keys = ON')
  for (const [table, values] of rows) fill(table, values)
})
afterEach(() => sql.close())

/** Inserts a row; columns that must have a value and are not given get an empty one. */
function fill(table: string, values: Record<string, string | number>): void {
  const columns = sql.pragma(`table_info(${table})`) as {
    name: string
    type: string
    notnull: number
    dflt_value: unknown
    pk: number
  }[]
  const row: Record<string, string | number | Buffer> = { ...values }
  for (const { name, type, notnull, dflt_value, pk } of columns) {
    if (notnull === 0 || dflt_value !== null || name in row || (pk === 1 && type === 'INTEGER')) continue
    row[name] = type === 'INTEGER' ? 0 : type === 'BLOB' ? Buffer.alloc(1) : ''
  }
  const names = Object.keys(row)
  sql
    .prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
    .run(...Object.values(row))
}

function tables(): string[] {
  return sql
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all() as string[]
}

function contents(): Record<string, unknown[]> {
  return Object.fromEntries(
    tables().map((table) => [table, sql.prepare(`SELECT * FROM ${table} ORDER BY 1`).all()]),
  )
}

describe('a filled shop of the version before', () => {
  it('has a row in every table', () => {
    const empty = Object.entries(contents()).flatMap(([table, content]) =>
      content.length === 0 ? [table] : [],
    )
    expect(empty).toEqual([])
  })

  it('keeps every row and reference when it is brought to this version', () => {
    const before = contents()
    migrate(sql, shopMigrations)
    expect(sql.pragma('user_version', { simple: true })).toBe(shopMigrations.at(-1)?.version)
    expect(contents()).toMatchObject(before)
    const added = Object.entries(contents()).filter(([table]) => !(table in before))
    expect(added.flatMap(([, content]) => content)).toEqual([])
    expect(sql.pragma('foreign_key_check')).toEqual([])
    expect(sql.pragma('integrity_check', { simple: true })).toBe('ok')
  })

  it('has the same schema afterwards as a new shop', () => {
    migrate(sql, shopMigrations)
    const fresh = new Database(':memory:')
    migrate(fresh, shopMigrations)
    const schema = (database: Sql) =>
      database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all()
    expect(schema(sql)).toEqual(schema(fresh))
    fresh.close()
  })
})
