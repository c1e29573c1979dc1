import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { MessageWay, says } from '../../../tests/fixtures/message-way.ts'
import { withMutant } from '../mutants.ts'

let way: MessageWay
let clock: ManualClock
beforeEach(() => {
  clock = new ManualClock()
  way = new MessageWay({ clock })
})
afterEach(() => way.close())

/** A reply that waits to be sent. */
async function reply(text: string, chatId = 'chat'): Promise<string> {
  const { conversationId } = way.receive('hola', {
    chatId,
    from: { externalId: chatId, name: chatId, isBot: false },
  })
  way.engine.answer = () => says(text)
  await way.runOpenTurn(conversationId)
  return conversationId
}

function states(): unknown[] {
  return way.test.storage.sql.prepare('SELECT state FROM outbox ORDER BY seq').pluck().all()
}

/** Runs a sender until so many rows have an outcome. */
async function send(
  outcomes: number,
  outcomeStates = ['sent', 'failed', 'unknown', 'cancelled'],
): Promise<void> {
  const sender = way.sender()
  let left = outcomes
  const done = way.event(
    'outbox.changed',
    ({ state }) => outcomeStates.includes(String(state)) && --left === 0,
  )
  sender.start()
  await done
  await sender.stop()
}

describe('the sender', () => {
  it('hands over in order and writes down what the platform said', async () => {
    await reply('uno')
    await reply('dos')
    await send(2)
    expect(way.channel.sent.map(({ payload }) => payload)).toEqual([
      { type: 'text', text: 'uno' },
      { type: 'text', text: 'dos' },
    ])
    expect(states()).toEqual(['sent', 'sent'])
    expect(way.value("SELECT count(*) FROM messages WHERE author = 'agent' AND external_id IS NULL")).toBe(0)
  })

  it('marks a chat as read before it answers, and leaves it unread for a notice that nobody asked for', async () => {
    const conversationId = await reply('uno')
    await send(1)
    expect(way.channel.read).toEqual([{ chatId: 'chat', sent: 0 }])
    way.test.storage.write('system', (tx) =>
      way.conversations.notify(tx, conversationId, 'Tu pedido ha salido'),
    )
    await send(1)
    expect(way.channel.sent).toHaveLength(2)
    expect(way.channel.read).toHaveLength(1)
  })

  it('notes with what is sent the newest message of that moment', async () => {
    await reply('uno')
    const before = way.value('SELECT max(seq) FROM messages')
    expect(way.value('SELECT sent_after_seq FROM outbox')).toBeNull()
    await send(1)
    expect(way.value('SELECT sent_after_seq FROM outbox')).toBe(before)
    way.receive('sí')
    expect(way.value('SELECT max(seq) FROM messages')).toBeGreaterThan(Number(before))
    expect(way.value('SELECT sent_after_seq FROM outbox')).toBe(before)
  })

  it('notes it too when the platform echoes what nobody knew to be sent, but not for a failure', async () => {
    const conversationId = await reply('uno')
    way.channel.outcome = () => ({ state: 'unknown', reason: 'timeout' })
    await send(1)
    expect(way.value('SELECT sent_after_seq FROM outbox')).toBeNull()
    way.receive('¿hola?')
    const newest = way.value('SELECT max(seq) FROM messages')
    const echo = { chatId: 'chat', externalId: 'echo', sentAt: 0, text: 'uno', attachments: [] }
    way.test.storage.write('system', (tx) => way.outbox.matchEcho(tx, way.accountId, conversationId, echo))
    expect(way.value('SELECT sent_after_seq FROM outbox')).toBe(newest)
  })

  it('splits a long reply into parts that the channel takes', async () => {
    const long = Array.from({ length: 900 }, (_, i) => `Línea del pedido ${'abcdefghij'[i % 10]}.`).join('\n')
    await reply(long)
    await send(Number(way.value('SELECT count(*) FROM outbox')))
    const texts = way.channel.sent.map(({ payload }) => (payload.type === 'text' ? payload.text : ''))
    expect(texts.length).toBeGreaterThan(3)
    for (const text of texts) expect(text.length).toBeLessThanOrEqual(4096)
    expect(texts.join('\n')).toBe(long)
  })

  it('never repeats a send whose outcome is unknown, and goes on with what follows', async () => {
    await reply('uno')
    await reply('dos')
    let first = true
    way.channel.outcome = () => {
      if (!first) return { state: 'sent', externalId: 'x', sentAt: 0 }
      first = false
      throw new Error('connection lost')
    }
    await send(2)
    expect(states()).toEqual(['unknown', 'sent'])
    expect(way.outbox.unknown()).toMatchObject([{ text: 'uno' }])
    await reply('tres')
    await send(1)
    expect(way.channel.sent.map(({ payload }) => (payload.type === 'text' ? payload.text : ''))).toEqual([
      'uno',
      'dos',
      'tres',
    ])
  })

  it('is noticed when what a dead process was sending is repeated', async () => {
    const conversationId = await reply('uno')
    way.outbox.claim(conversationId)
    await withMutant('outbox.unknown_not_repeated', () => send(1))
    expect(way.channel.sent).toHaveLength(1)
    expect(states()).toEqual(['sent'])
  })

  it('lists what a dead process was sending instead of repeating it; the owner decides', async () => {
    const conversationId = await reply('uno')
    way.outbox.claim(conversationId)
    await send(1)
    expect(way.channel.sent).toEqual([])
    const [unknown] = way.outbox.unknown()
    way.test.storage.write('person:1', (tx) => way.outbox.resolve(tx, unknown?.id ?? '', 'send_again'))
    await send(1)
    expect(way.channel.sent).toHaveLength(1)
    expect(() =>
      way.test.storage.write('person:1', (tx) => way.outbox.resolve(tx, unknown?.id ?? '', 'arrived')),
    ).toThrowError(expect.objectContaining({ code: 'conflict' }))
  })

  it('waits as long as the platform says', async () => {
    await reply('uno')
    let refusals = 0
    way.channel.outcome = () =>
      refusals++ === 0
        ? { state: 'later', afterMs: 30_000, reason: 'rate_limited' }
        : { state: 'sent', externalId: 'x', sentAt: 0 }
    const sender = way.sender()
    const queued = way.event('outbox.changed', ({ state }) => state === 'queued')
    sender.start()
    await queued
    await new Promise((resolve) => setImmediate(resolve))
    const sent = way.event('outbox.changed', ({ state }) => state === 'sent')
    clock.advance(29_000)
    expect(way.channel.sent).toHaveLength(1)
    clock.advance(2_000)
    await sent
    await sender.stop()
    expect(way.channel.sent).toHaveLength(2)
  })

  it('hands nothing to a channel that is not connected', async () => {
    way.channel.ready = false
    await reply('uno')
    const sender = way.sender()
    sender.start()
    await new Promise((resolve) => setImmediate(resolve))
    expect(way.channel.sent).toEqual([])
    way.channel.ready = true
    const sent = way.event('outbox.changed', ({ state }) => state === 'sent')
    way.test.storage.write('system', (tx) =>
      tx.emit('channel.changed', { channelAccountId: way.accountId, state: 'ready' }),
    )
    await sent
    await sender.stop()
  })

  it('cancels a reply whose epoch has passed', async () => {
    const conversationId = await reply('uno')
    way.test.storage.sql
      .prepare('UPDATE conversations SET epoch = epoch + 1 WHERE id = ?')
      .run(conversationId)
    await send(1)
    expect(states()).toEqual(['cancelled'])
    expect(way.channel.sent).toEqual([])
  })

  it('is noticed when a claim ignores the epoch', async () => {
    const conversationId = await reply('uno')
    way.test.storage.sql
      .prepare('UPDATE conversations SET epoch = epoch + 1 WHERE id = ?')
      .run(conversationId)
    await withMutant('epoch.claim', () => send(1))
    expect(way.channel.sent).toHaveLength(1)
  })

  it('says what the platform refused and goes on', async () => {
    await reply('uno', 'blocked')
    await reply('dos', 'other')
    way.channel.outcome = (chatId) =>
      chatId === 'blocked'
        ? { state: 'failed', reason: 'blocked' }
        : { state: 'sent', externalId: 'x', sentAt: 0 }
    await send(2)
    expect(new Set(states())).toEqual(new Set(['failed', 'sent']))
  })
})
