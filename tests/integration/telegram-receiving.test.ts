import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../main/core/errors.ts'
import type { Customer } from '../fakes/telegram/chats.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { type Connection, connect } from './telegram-fixture.ts'

let telegram: FakeTelegram
let shop: Connection
let ana: Customer

beforeEach(async () => {
  telegram = await FakeTelegram.start()
  shop = connect(telegram)
  ana = telegram.customer({ id: 501, name: 'Ana', username: 'ana' })
})

afterEach(async () => {
  await shop.close()
  await telegram.close()
})

async function start(): Promise<void> {
  await shop.adapter.start(shop.sink)
  await shop.sink.untilState('ready')
  await telegram.until(() => telegram.updates.someoneWaits, 'a long poll')
}

describe('receiving from Telegram', () => {
  it('connects, asks for messages and edits only, and takes them in order', async () => {
    await start()
    expect(shop.sink.states.at(-1)).toEqual({
      state: 'ready',
      name: 'tienda_bot',
      externalId: String(telegram.botId),
    })
    expect(telegram.callsOf('getUpdates')[0]?.payload.allowed_updates).toEqual(['message', 'edited_message'])
    const first = ana.say('¿tienen pan?')
    ana.say('de centeno', { replyTo: first })
    ana.edit(first, '¿tienen pan integral?')
    await shop.sink.until(() => shop.sink.edits.length === 1, 'the edit')
    expect(shop.sink.texts()).toEqual(['¿tienen pan?', 'de centeno'])
    expect(shop.sink.messages[1]).toMatchObject({
      chatId: '501',
      chatKind: 'private',
      replyToExternalId: String(first),
      from: { externalId: '501', name: 'Ana', username: 'ana', isBot: false, languageCode: 'es' },
      own: false,
    })
    expect(shop.sink.edits[0]).toMatchObject({ externalId: String(first), text: '¿tienen pan integral?' })
  })

  it('confirms an update only after it was committed', async () => {
    await start()
    const { promise: committing, resolve: commit } = Promise.withResolvers<void>()
    shop.sink.onReceive = () => committing
    ana.say('hola')
    await telegram.until(() => !telegram.updates.someoneWaits, 'delivery')
    expect(telegram.updates.confirmed).toBe(0)
    commit()
    await telegram.until(() => telegram.updates.unconfirmed.length === 0, 'confirmation')
    expect(shop.sink.texts()).toEqual(['hola'])
  })

  it('keeps an update that cannot be committed, however long, and loses nothing', async () => {
    await start()
    let tries = 0
    shop.sink.onReceive = () => {
      tries += 1
      if (tries <= 6) throw new DomainError('storage.full', { code: 'SQLITE_FULL' })
    }
    ana.say('uno')
    ana.say('dos')
    for (let tried = 1; tried <= 6; tried += 1) {
      await shop.sink.until(
        () => tries === tried && shop.sink.path().at(-1) === 'waiting:storage',
        `try ${tried}`,
      )
      expect(telegram.updates.confirmed).toBe(0)
      // The watchdog looks at the clock meanwhile and must leave the session alone.
      shop.clock.advance(tried === 6 ? 300_000 : 10_000)
    }
    await shop.sink.until(() => shop.sink.messages.length === 2, 'both messages')
    expect(shop.sink.texts()).toEqual(['uno', 'dos'])
    expect(shop.sink.path().at(-1)).toBe('ready')
    expect(telegram.callsOf('getMe')).toHaveLength(1)
    expect(shop.log.has('telegram.watchdog')).toBe(false)
  })

  it('leaves an update unconfirmed when it is stopped before the commit', async () => {
    await start()
    let tries = 0
    shop.sink.onReceive = (message) => {
      if (message.text !== 'dos') return
      tries += 1
      throw new DomainError('storage.full')
    }
    ana.say('uno')
    await telegram.until(() => telegram.updates.unconfirmed.length === 0, 'confirmation of the first')
    ana.say('dos')
    ana.say('tres')
    await shop.sink.until(() => tries === 1, 'a failed commit')
    await shop.adapter.stop()
    expect(telegram.updates.unconfirmed.map((update) => update.message?.text)).toEqual(['dos', 'tres'])

    shop.sink.onReceive = () => {}
    await start()
    await shop.sink.until(() => shop.sink.messages.length === 3, 'the rest')
    expect(shop.sink.texts()).toEqual(['uno', 'dos', 'tres'])
  })

  it('confirms what it has taken when it is stopped', async () => {
    await start()
    ana.say('hola')
    await shop.sink.until(() => shop.sink.messages.length === 1, 'the message')
    await shop.adapter.stop()
    expect(telegram.updates.unconfirmed).toEqual([])
    expect(telegram.updates.someoneWaits).toBe(false)
  })

  it('lives through an outage and takes what came meanwhile', { timeout: 30_000 }, async () => {
    await start()
    await telegram.down()
    await shop.sink.untilState('waiting:unreachable')
    ana.say('¿hay alguien?')
    await telegram.up()
    await shop.sink.until(() => shop.sink.messages.length === 1, 'the message')
    expect(shop.sink.path()).toEqual(['connecting', 'ready', 'waiting:unreachable', 'ready'])
  })

  it('starts while Telegram cannot be reached, and connects when it can', async () => {
    await telegram.down()
    await shop.adapter.start(shop.sink)
    await shop.sink.untilState('waiting:unreachable')
    await telegram.up()
    shop.clock.advance(3_000)
    await shop.sink.untilState('ready')
    expect(shop.sink.path()).toEqual(['connecting', 'waiting:unreachable', 'ready'])
  })

  it('tries again at once when the computer has woken', async () => {
    await telegram.down()
    await shop.adapter.start(shop.sink)
    await shop.sink.untilState('waiting:unreachable')
    await telegram.up()
    // No time passes.
    shop.adapter.reconnect?.(1_000)
    await shop.sink.untilState('ready')
    ana.say('hola')
    await shop.sink.until(() => shop.sink.messages.length === 1, 'the message')
    // A connection that slept is not believed: another one takes its place. What it had not confirmed comes again.
    shop.adapter.reconnect?.(600_000)
    ana.say('¿hay pan?')
    await shop.sink.until(() => shop.sink.texts().includes('¿hay pan?'), 'the second message')
    expect([...new Set(shop.sink.messages.map(({ externalId }) => externalId))]).toHaveLength(2)
  })

  it.each([
    ['a failing server', { kind: 'status', code: 502 }],
    ['a broken connection', { kind: 'drop_before' }],
    ['a page in the way', { kind: 'page' }],
  ] as const)('waits for %s', { timeout: 20_000 }, async (_, fault) => {
    telegram.fault('getUpdates', fault)
    ana.say('hola')
    await shop.adapter.start(shop.sink)
    await shop.sink.untilState('waiting:unreachable')
    await shop.sink.until(() => shop.sink.messages.length === 1, 'the message')
    expect(shop.sink.path().at(-1)).toBe('ready')
  })

  it('stops for a refused token and says so', async () => {
    await start()
    telegram.fault('getUpdates', { kind: 'status', code: 401 })
    ana.say('hola')
    await shop.sink.untilState('refused:token')
    const calls = telegram.calls.length
    shop.clock.advance(3_600_000)
    expect(telegram.calls).toHaveLength(calls)
    expect(
      await shop.adapter.send('501', { type: 'text', text: 'x' }, AbortSignal.timeout(5_000)),
    ).toMatchObject({
      state: 'later',
    })
  })

  it('waits when another program polls the same bot, then tells the owner and keeps looking', async () => {
    await start()
    telegram.fault('getUpdates', { kind: 'status', code: 409 }, 2)
    ana.say('hola')
    await shop.sink.untilState('waiting:conflict')
    const before = telegram.callsOf('getUpdates').length
    shop.clock.advance(59_000)
    expect(telegram.callsOf('getUpdates')).toHaveLength(before)
    shop.clock.advance(31_000)
    await shop.sink.untilState('refused:conflict')
    shop.clock.advance(300_000)
    await shop.sink.untilState('ready')
    // It was not confirmed when the conflict came, so it came again: a repeat, which the inbox knows.
    await telegram.until(() => telegram.updates.unconfirmed.length === 0, 'confirmation')
    expect(new Set(shop.sink.messages.map((message) => message.externalId)).size).toBe(1)
  })

  it('restarts polling when a connection is dead without saying so', async () => {
    await start()
    telegram.fault('getUpdates', { kind: 'hang' })
    ana.say('uno')
    await shop.sink.until(() => shop.sink.messages.length === 1, 'the first message')
    const hanging = () => telegram.updates.confirmed === 0 && !telegram.updates.someoneWaits
    await telegram.until(() => hanging() && telegram.callsOf('getUpdates').length >= 3, 'the poll that hangs')
    ana.say('dos')
    shop.clock.advance(121_000)
    await shop.sink.until(() => shop.sink.texts().at(-1) === 'dos', 'the second message')
    expect(shop.log.has('telegram.watchdog')).toBe(true)
    expect([...new Set(shop.sink.texts())]).toEqual(['uno', 'dos'])
  })

  it('warns when it takes the place of a webhook', async () => {
    telegram.webhookUrl = 'https://example.com/hook-with-a-secret'
    await start()
    expect(telegram.webhookUrl).toBe('')
    expect(shop.log.has('telegram.webhook_removed')).toBe(true)
    expect(shop.log.lines.join()).not.toContain('hook-with-a-secret')
  })

  it('takes an update of a shape that nobody foresaw for nothing and goes on', async () => {
    await start()
    telegram.updates.push({ message: { message_id: 1, text: 'from nowhere' } })
    ana.say('hola')
    await shop.sink.until(() => shop.sink.messages.length === 1, 'the message behind it')
    expect(shop.log.has('telegram.update_not_understood')).toBe(true)
  })

  it('never writes the token or a text into a log or a state', { timeout: 20_000 }, async () => {
    const secret = telegram.token.split(':')[1] ?? ''
    telegram.fault('getUpdates', { kind: 'drop_before' })
    await start()
    shop.sink.onReceive = () => {
      shop.sink.onReceive = () => {}
      throw new Error(`disk trouble at ${telegram.token}`)
    }
    ana.say('mi clave es girasol')
    await shop.sink.untilState('waiting:storage')
    shop.clock.advance(1_000)
    await shop.sink.until(() => shop.sink.messages.length === 1, 'the message')
    telegram.fault('sendMessage', { kind: 'drop_before' })
    const sent = await shop.adapter.send('501', { type: 'text', text: 'girasol' }, AbortSignal.timeout(5_000))
    const said = [...shop.log.lines, JSON.stringify(shop.sink.states), JSON.stringify(sent)].join('\n')
    expect(shop.log.lines.length).toBeGreaterThan(1)
    expect(said).not.toContain(secret)
    expect(said).not.toContain('girasol')
  })
})
