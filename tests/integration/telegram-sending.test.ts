import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboundPayload, SendOutcome } from '../../main/core/channels/channel.ts'
import type { Customer } from '../fakes/telegram/chats.ts'
import type { Fault } from '../fakes/telegram/faults.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { type Connection, connect } from './telegram-fixture.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let telegram: FakeTelegram
let shop: Connection
let ana: Customer

beforeEach(async () => {
  telegram = await FakeTelegram.start()
  shop = connect(telegram)
  ana = telegram.customer({ id: 501, name: 'Ana' })
  await shop.adapter.start(shop.sink)
  await shop.sink.untilState('ready')
})

afterEach(async () => {
  await shop.close()
  await telegram.close()
})

function send(
  payload: OutboundPayload,
  chatId = '501',
  signal = AbortSignal.timeout(10_000),
): Promise<SendOutcome> {
  return shop.adapter.send(chatId, payload, signal)
}

const text = (words: string): OutboundPayload => ({ type: 'text', text: words })

async function keep(content: Buffer): Promise<string> {
  async function* stream(): AsyncGenerator<Uint8Array> {
    yield content
  }
  return (await shop.media.put(stream())).hash
}

describe('sending to Telegram', () => {
  it('sends text as it is, with the message it replies to', async () => {
    const question = ana.say('¿precio?')
    const words = '*12,90 €* <b>la_caja</b> [1](x) 🥖'
    const outcome = await send({ type: 'text', text: words, replyToExternalId: String(question) })
    const sent = telegram.sent[0]
    expect(sent).toMatchObject({ chatId: 501, text: words, replyTo: question })
    expect(outcome).toMatchObject({ state: 'sent', externalId: String(sent?.messageId) })
    expect(telegram.callsOf('sendMessage')[0]?.payload).not.toHaveProperty('parse_mode')
    expect(outcome.state === 'sent' && outcome.sentAt).toBeGreaterThan(Date.now() - 60_000)
  })

  it('sends photos by address and from the shop’s files, and documents', async () => {
    const mediaHash = await keep(png)
    const photo = { type: 'photo' as const, caption: 'Hogaza' }
    await send({ ...photo, mediaHash: null, url: 'https://example.com/pan.jpg' })
    await send({ ...photo, mediaHash, url: null })
    await send({ type: 'document', mediaHash, name: 'carta de precios.png', mime: 'image/png', caption: '' })
    expect(telegram.sent).toMatchObject([
      { method: 'sendPhoto', text: 'Hogaza', url: 'https://example.com/pan.jpg', file: null },
      { method: 'sendPhoto', text: 'Hogaza', url: null, file: { content: png } },
      { method: 'sendDocument', text: '', file: { name: 'carta de precios.png', content: png } },
    ])
    expect(await send({ ...photo, mediaHash: 'a'.repeat(64), url: null })).toMatchObject({ state: 'failed' })
  })

  it('shows that it types, and does not mind when it cannot', async () => {
    await shop.adapter.typing('501')
    expect(telegram.callsOf('sendChatAction')[0]?.payload).toMatchObject({ chat_id: 501, action: 'typing' })
    telegram.fault('sendChatAction', { kind: 'drop_before' })
    await shop.adapter.typing('501')
    await shop.adapter.typing('999')
  })

  it.each<[string, Fault, SendOutcome['state'], number]>([
    ['blocked by the customer', { kind: 'status', code: 403 }, 'failed', 0],
    ['refused', { kind: 'status', code: 400, description: 'Bad Request: chat not found' }, 'failed', 0],
    ['limited for long', { kind: 'status', code: 429, retryAfter: 17 }, 'later', 0],
    ['a refused token', { kind: 'status', code: 401 }, 'later', 0],
    ['a failing server', { kind: 'status', code: 500 }, 'unknown', 0],
    ['a page in the way', { kind: 'page' }, 'unknown', 0],
    ['a connection lost before', { kind: 'drop_before' }, 'unknown', 0],
    ['a connection lost after', { kind: 'drop_after' }, 'unknown', 1],
  ])('tells apart: %s', async (_, fault, state, reached) => {
    telegram.fault('sendMessage', fault)
    const outcome = await send(text('hola'))
    expect(outcome.state).toBe(state)
    if (outcome.state === 'later' && fault.kind === 'status' && fault.retryAfter) {
      expect(outcome.afterMs).toBe(17_000)
    }
    // Once and no more: nothing here repeats a message whose fate is unknown.
    expect(telegram.callsOf('sendMessage')).toHaveLength(1)
    expect(telegram.sent).toHaveLength(reached)
  })

  it('sits out a short limit itself', async () => {
    telegram.fault('sendMessage', { kind: 'status', code: 429, retryAfter: 1 })
    expect(await send(text('hola'))).toMatchObject({ state: 'sent' })
    expect(ana.received()).toEqual(['hola'])
  })

  it('gives up a short limit when it is told to stop: nothing was sent', async () => {
    telegram.fault('sendMessage', { kind: 'status', code: 429, retryAfter: 3 })
    const abort = new AbortController()
    const sending = send(text('hola'), '501', abort.signal)
    await telegram.until(() => telegram.callsOf('sendMessage').length === 1, 'the refusal')
    setImmediate(() => abort.abort())
    expect((await sending).state).not.toBe('sent')
    expect(telegram.sent).toEqual([])
  })

  it('knows that nothing was sent where no connection came about', async () => {
    await telegram.down()
    expect(await send(text('hola'))).toMatchObject({ state: 'later', reason: 'network.ECONNREFUSED' })
    await telegram.up()
    expect(await send(text('hola'))).toMatchObject({ state: 'sent' })
  })

  it('does not know what became of a send that took too long', async () => {
    telegram.fault('sendMessage', { kind: 'hang' })
    const tooLong = new AbortController()
    const sending = send(text('hola'), '501', tooLong.signal)
    await telegram.until(() => telegram.callsOf('sendMessage').length === 1, 'the send')
    tooLong.abort()
    expect(await sending).toMatchObject({ state: 'unknown' })
  })

  it('passes on Telegram’s refusals of long texts and blocked chats', async () => {
    expect(await send(text('x'.repeat(4096)))).toMatchObject({ state: 'sent' })
    expect(await send(text('x'.repeat(4097)))).toEqual({
      state: 'failed',
      reason: 'telegram.400 Bad Request: message is too long',
    })
    ana.block()
    expect(await send(text('hola'))).toMatchObject({ state: 'failed' })
    expect(await send(text('hola'), '999')).toMatchObject({ state: 'failed' })
  })

  it('sends nothing while it is stopped', async () => {
    await shop.adapter.stop()
    expect(await send(text('hola'))).toMatchObject({ state: 'later' })
    expect(telegram.callsOf('sendMessage')).toEqual([])
  })
})
