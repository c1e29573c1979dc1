import { afterEach, beforeEach, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay } from '../../../tests/fixtures/message-way.ts'
import { openChats } from './open-chats.ts'

const day = 86_400_000
let way: MessageWay
let clock: ManualClock
beforeEach(() => {
  clock = new ManualClock()
  way = new MessageWay({ clock })
})
afterEach(() => way.close())

const open = (since: number) => openChats(way.test.storage, way.accountId, since)

it('are those with something new, and first those with a send of which nobody knows what became', () => {
  const { conversationId } = way.receive('hola', { chatId: 'unknown' })
  way.conversations.send('person:1', conversationId, 'Ahora mismo')
  way.outbox.claim(conversationId)
  way.outbox.recover()
  way.receive('hola', { chatId: 'quiet' })
  const erased = way.receive('hola', { chatId: 'erased' })
  clock.advance(2 * day)
  const since = clock.now()
  const sentAt = clock.now() - 5_000
  way.receive('¿hay pan?', { chatId: 'new', sentAt })
  way.test.storage.sql
    .prepare(
      "UPDATE conversations SET deleted_at = 'x', last_message_seq = last_message_seq + 100 WHERE id = ?",
    )
    .run(erased.conversationId)
  expect(open(since)).toEqual([
    { chatId: 'unknown', after: since - 2 * day },
    { chatId: 'new', after: sentAt },
  ])
  clock.advance(10 * day)
  expect(open(clock.now())).toEqual([])
})

it('are the hundred newest of many', () => {
  for (let index = 0; index < 120; index++) way.receive('hola', { chatId: `chat${index}` })
  const found = open(0).map(({ chatId }) => chatId)
  expect(found).toHaveLength(100)
  expect([found[0], found.at(-1)]).toEqual(['chat119', 'chat20'])
})

it('are found without looking at every conversation', () => {
  const sources: string[] = []
  const { storage } = way.test
  const prepare = storage.prepare.bind(storage)
  // The overloads of the original are kept; only its text is noted.
  storage.prepare = ((source: string) => {
    sources.push(source)
    return prepare(source)
  }) as typeof storage.prepare
  open(0)
  const plan = sources
    .map((source) => storage.sql.prepare(`EXPLAIN QUERY PLAN ${source}`).all({ account: '', since: '' }))
    .map((steps) => JSON.stringify(steps))
  expect(plan).toHaveLength(2)
  expect(plan[0]).toContain('outbox_unknown_sends')
  expect(plan[1]).toContain('conversations_recent')
  expect(plan[1]).not.toContain('TEMP B-TREE')
})
