import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import type { ConversationFilter } from './repository.ts'

let way: MessageWay
const sources: string[] = []
const many = 100_000

beforeAll(() => {
  way = new MessageWay()
  const { storage } = way.test
  storage.write('system', (tx) => {
    tx.sql.exec(`
      INSERT INTO customers (id, name, created_at, updated_at, created_by, updated_by) VALUES ('ana', 'Ana', '', '', '', '');
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many})
      INSERT INTO conversations (id, customer_id, channel_account_id, chat_id, mode, mode_reason, unread, done_at, assigned_to,
        last_message_seq, created_at, updated_at, created_by, updated_by)
      SELECT 'c' || i, 'ana', 'account', 'chat' || i,
        CASE WHEN i % 1000 = 1 THEN 'person' WHEN i % 3 = 0 THEN 'paused' ELSE 'bot' END,
        CASE WHEN i % 6000 = 3 THEN 'loop_repeats' WHEN i % 3 = 0 THEN 'known_before' ELSE '' END,
        i % 2000 = 5, iif(i % 4 = 0, '2026-01-01', NULL), iif(i % 5000 = 7, 'eva', NULL), i, '', '', '', '' FROM n;
      INSERT INTO messages (seq, id, conversation_id, channel_account_id, chat_id, author, text, sent_at, created_at, updated_at, created_by, updated_by)
      SELECT last_message_seq, 'm' || last_message_seq, id, 'account', chat_id, 'customer', 'hola', '', '', '', '', '' FROM conversations;
      ANALYZE`)
  })
  const prepare = storage.prepare.bind(storage)
  storage.prepare = ((source: string) => {
    sources.push(source)
    return prepare(source)
    // The overloads of the original are kept; only its text is noted.
  }) as typeof storage.prepare
})
afterAll(() => way.close())

/** How SQLite finds what a selection asks for. */
function plan(filter: Omit<ConversationFilter, 'limit'>): string {
  way.conversations.list({ ...filter, limit: 50 })
  const values = { before: 10, limit: 50, mode: 'bot', person: 'eva', text: '' }
  return way.test.storage.sql
    .prepare(`EXPLAIN QUERY PLAN ${sources.findLast((source) => source.includes('@before')) ?? ''}`)
    .all(values)
    .map((row) => String((row as { detail: string }).detail))
    .join('\n')
}

describe(`a page of ${many} conversations`, () => {
  it.each([
    [{}, 'conversations_recent'],
    [{ mode: 'person' }, 'conversations_mode'],
    [{ only: 'unread' }, 'conversations_unread'],
    [{ only: 'waiting' }, 'conversations_waiting'],
    [{ only: 'done' }, 'conversations_done'],
    [{ only: 'mine', person: 'eva' }, 'conversations_assigned'],
  ] as const)('%j is read along %s', (filter, index) => {
    const found = plan(filter)
    expect(found).toContain(index)
    expect(found).not.toContain('TEMP B-TREE')
  })

  it('holds what it says', () => {
    const ids = (filter: Omit<ConversationFilter, 'limit'>) =>
      way.conversations.list({ ...filter, limit: 3 }).map(({ id }) => id)
    expect(ids({ only: 'mine', person: 'eva' })).toEqual(['c95007', 'c90007', 'c85007'])
    expect(ids({ only: 'unread', before: 4_000 })).toEqual(['c2005', 'c5'])
    expect(ids({ only: 'waiting', before: 6_004 })).toEqual(['c6003', 'c6001', 'c5001'])
    expect(ids({ only: 'done', mode: 'paused' })).toEqual(['c99996', 'c99984', 'c99972'])
    expect(ids({ only: 'mine', person: 'nobody' })).toEqual([])
  })
})
