import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../main/core/app.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { createTestHost } from '../fixtures/host.ts'

let telegram: FakeTelegram
let data: string
let app: App

beforeEach(async () => {
  telegram = await FakeTelegram.start()
  data = mkdtempSync(join(tmpdir(), 'telegram-shop-'))
  app = await open()
  const shop = await app.shops.create({ name: 'La Espiga', currency: 'EUR', locale: 'es-ES' })
  shop.storage.write('system', (tx) => {
    shop.catalog.create(tx, {
      name: 'Hogaza de centeno',
      category: 'Pan',
      variants: [{ sku: 'PAN-1', price: { kind: 'exact', amount: 425 } }],
    })
    shop.catalog.create(tx, {
      name: 'Miel de azahar',
      category: 'Miel',
      variants: [{ sku: 'MIE-1', price: { kind: 'exact', amount: 790 } }],
    })
  })
  await shop.channels.addTelegram('system', { token: telegram.token, apiRoot: telegram.apiRoot })
})

afterEach(async () => {
  await app.stop()
  await telegram.close()
  rmSync(data, { recursive: true, force: true })
})

function open(): Promise<App> {
  return createApp({ quietWindowMs: 20, longestWaitMs: 200 }, createTestHost(data))
}

/** Resolves when the shop has written down that a reply was not taken. */
async function untilRefused(): Promise<void> {
  const [slug = ''] = app.shops.folders()
  const { bus, storage } = app.shops.open(slug)
  const isRefused = () =>
    storage.prepare("SELECT 1 FROM outbox WHERE state = 'queued' AND error IS NOT NULL").get() !== undefined
  await new Promise<void>((resolve) => {
    const stop = bus.subscribe(() => {
      if (!isRefused()) return
      stop()
      resolve()
    })
    if (isRefused()) resolve()
  })
}

describe('a shop on Telegram', () => {
  it('answers with the catalog’s price, in the customer’s language', async () => {
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    const john = telegram.customer({ id: 502, name: 'John', language: 'en' })
    ana.say('¿cuánto cuesta la hogaza de centeno?')
    john.say('Hello, how much is the orange blossom honey (miel de azahar)?')
    await telegram.until(() => ana.received().length > 0 && john.received().length > 0, 'replies')
    expect(ana.received().join('\n')).toMatch(/4,25/)
    expect(john.received().join('\n')).toMatch(/7[.,]90/)
    await telegram.until(() => telegram.callsOf('sendChatAction').length > 0, 'a sign that it types')
  })

  it('answers each message once over restarts at which everything comes again', async () => {
    const people = Array.from({ length: 6 }, (_, index) =>
      telegram.customer({ id: 600 + index, name: `C${index}` }),
    )
    const answered = (count: number) => () => people.every((person) => person.received().length >= count)
    for (const person of people) person.say('¿cuánto cuesta la miel de azahar?')
    await telegram.until(answered(1), 'the first replies')
    const first = people.map((person) => person.received().length)
    for (let round = 0; round < 2; round += 1) {
      await app.stop()
      telegram.updates.forgetConfirmations()
      app = await open()
      await telegram.until(() => telegram.updates.unconfirmed.length === 0, 'confirmation')
    }
    expect(people.map((person) => person.received().length)).toEqual(first)
    for (const person of people) person.say('¿y la hogaza?')
    await telegram.until(
      () => people.every((person, i) => person.received().length > (first[i] ?? 0)),
      'replies',
    )
    for (const person of people) expect(person.received().slice(1).join('\n')).toMatch(/4,25/)
  })

  it('greets whoever presses start', async () => {
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    ana.say('/start')
    await telegram.until(() => ana.received().length > 0, 'a greeting')
    expect(ana.received()[0]).toMatch(/hola|buen/i)
  })

  it('sends what an outage held back, once', { timeout: 40_000 }, async () => {
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    await telegram.until(() => telegram.updates.someoneWaits, 'polling')
    // The question arrives, then Telegram is gone before the answer can leave.
    telegram.fault('sendMessage', { kind: 'status', code: 429, retryAfter: 4 })
    ana.say('¿cuánto cuesta la hogaza de centeno?')
    await untilRefused()
    await telegram.down()
    await telegram.up()
    await telegram.until(() => ana.received().length > 0, 'the reply', 30_000)
    expect(ana.received()).toHaveLength(1)
  })

  it('lists a send whose end it does not know, and does not repeat it', async () => {
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    telegram.fault('sendMessage', { kind: 'drop_after' })
    ana.say('¿cuánto cuesta la hogaza de centeno?')
    await telegram.until(() => telegram.sent.length === 1, 'the reply')
    const [shop] = app.shops.folders().map((slug) => app.shops.open(slug))
    ana.say('gracias')
    await telegram.until(() => telegram.sent.length > 1, 'what follows')
    expect(ana.received().filter((text) => text.includes('4,25'))).toHaveLength(1)
    expect(shop?.outbox.unknown()).toHaveLength(1)
  })
})
