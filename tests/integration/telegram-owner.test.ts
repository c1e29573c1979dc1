import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type App, createApp } from '../../main/core/app.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import type { Customer } from '../fakes/telegram/chats.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { createTestHost } from '../fixtures/host.ts'

let telegram: FakeTelegram
let data: string
let app: App | null
let accountId: string

beforeEach(async () => {
  telegram = await FakeTelegram.start()
  data = mkdtempSync(join(tmpdir(), 'telegram-owner-'))
  app = await open()
  const shop = await app.shops.create({ name: 'La Espiga', currency: 'EUR', locale: 'es-ES' })
  shop.storage.write('system', (tx) => {
    shop.catalog.create(tx, {
      name: 'Hogaza de centeno',
      category: 'Pan',
      variants: [{ sku: 'PAN-1', price: { kind: 'exact', amount: 425 } }],
    })
  })
  accountId = (
    await shop.channels.addTelegram('system', { token: telegram.token, apiRoot: telegram.apiRoot })
  ).id
})

afterEach(async () => {
  await app?.stop()
  await telegram.close()
  rmSync(data, { recursive: true, force: true })
})

function open(): Promise<App> {
  return createApp({ quietWindowMs: 20, longestWaitMs: 200 }, createTestHost(data))
}

function theShop(): Shop {
  const [slug = ''] = app?.shops.folders() ?? []
  if (app === null) throw new Error('no app is open')
  return app.shops.open(slug)
}

function newCode(): string {
  const shop = theShop()
  return shop.storage.write('person:owner', (tx) => shop.ownerChats.pair(tx, accountId, 'owner')).code
}

async function pairedOwner(id = 900): Promise<Customer> {
  const owner = telegram.customer({ id, name: 'Marta' })
  const before = owner.received().length
  owner.say(newCode())
  await telegram.until(() => owner.received().length > before, 'the greeting of the owner’s chat')
  return owner
}

const has = (person: Customer, text: string | RegExp) => () =>
  person.received().some((line) => (typeof text === 'string' ? line.includes(text) : text.test(line)))
const times = (person: Customer, text: string) =>
  person.received().filter((line) => line.includes(text)).length
/** Resolves when every customer’s message is answered and nothing is on its way to a customer any more. */
async function settled(): Promise<void> {
  const { bus, storage } = theShop()
  const isSettled = () =>
    storage
      .prepare<[], number>(
        `SELECT (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))
           + (SELECT count(*) FROM turns WHERE state IN ('pending', 'running'))`,
      )
      .pluck()
      .get() === 0
  if (isSettled()) return
  await new Promise<void>((resolve) => {
    const stop = bus.subscribe(() => {
      if (!isSettled()) return
      stop()
      resolve()
    })
  })
}

/** Messages of a chat that entered the inbox. */
const kept = (chatId: number) =>
  Number(
    theShop()
      .storage.prepare<[string], number>(
        "SELECT count(*) FROM messages WHERE chat_id = ? AND author = 'customer'",
      )
      .pluck()
      .get(String(chatId)),
  )

it('puts a customer’s wish to the owner, whose reply reaches the customer and may be kept', async () => {
  const owner = await pairedOwner()
  const ana = telegram.customer({ id: 501, name: 'Ana' })
  const john = telegram.customer({ id: 502, name: 'John', language: 'en' })
  ana.say('hola, ¿tenéis croissants de mantequilla?')
  await telegram.until(has(ana, /lo consulto/i), 'the promise')
  await telegram.until(has(owner, 'croissants'), 'the card')
  const card = telegram.sent.find((message) => message.chatId === owner.chatId && message.text.includes('#1'))
  owner.say('sí, a 1,80 €', { replyTo: card?.messageId ?? 0 })
  await telegram.until(has(ana, /croissants de mantequilla[\s\S]*sí, a 1,80 €/), 'the answer')
  await telegram.until(has(owner, '¿Añado «Croissants de mantequilla» al catálogo por 1,80 €?'), 'the offer')
  owner.say('sí')
  await telegram.until(has(owner, 'Añadido al catálogo'), 'what was kept')
  john.say('¿cuánto cuestan los croissants de mantequilla?')
  await telegram.until(has(john, '1,80'), 'the price')
  expect(times(owner, 'croissants de mantequilla?»')).toBe(1)
  expect(kept(owner.chatId)).toBe(0)
})

it('lets nobody else answer, neither with the same words nor with a code that was used', async () => {
  const owner = telegram.customer({ id: 900, name: 'Marta' })
  const eva = telegram.customer({ id: 666, name: 'Eva' })
  owner.say('hola')
  await telegram.until(() => owner.received().length > 0, 'the greeting')
  const code = newCode()
  for (const wrong of ['K7QF-9X2M', 'A2B3-C4D5', 'Z9Y8-X7W6', 'M2N3-P4Q5', 'R6S7-T8V9']) eva.say(wrong)
  await telegram.until(() => kept(666) === 5, 'the guesses')
  owner.say(code)
  await telegram.until(() => kept(900) === 2, 'the dead code')
  expect(theShop().ownerChats.list()).toEqual([])
  const next = newCode()
  owner.say(next)
  await telegram.until(has(owner, '/cards'), 'the pairing')
  eva.raw({
    text: next,
    forward_origin: { type: 'user', date: 1, sender_user: { id: 900, is_bot: false, first_name: 'Marta' } },
  })
  const ana = telegram.customer({ id: 501, name: 'Ana' })
  ana.say('¿tenéis empanadas?')
  await telegram.until(has(owner, 'empanadas'), 'the card')
  eva.say('#1 sí, gratis')
  await telegram.until(() => kept(666) === 7, 'the stranger’s messages')
  expect(theShop().ownerChats.list()).toHaveLength(1)
  expect(theShop().cards.bySeq(1)?.state).toBe('open')
  owner.say('/stop')
  await telegram.until(has(owner, 'Desconectado'), 'the farewell')
  owner.say('#1 sí')
  await telegram.until(() => kept(900) === 3, 'a customer’s message')
  expect(theShop().cards.bySeq(1)?.state).toBe('open')
})

it('changes nothing when everything comes again after a restart', { timeout: 40_000 }, async () => {
  const owner = await pairedOwner()
  const ana = telegram.customer({ id: 501, name: 'Ana' })
  ana.say('¿tenéis empanadas?')
  await telegram.until(has(owner, 'empanadas'), 'the card')
  owner.say('sí, de atún')
  await telegram.until(has(ana, 'de atún'), 'the answer')
  await telegram.until(has(owner, '¿Guardo'), 'the offer')
  await settled()
  const before = [owner.received().length, ana.received().length]
  for (let round = 0; round < 2; round += 1) {
    await app?.stop()
    telegram.updates.forgetConfirmations()
    app = await open()
    await telegram.until(() => telegram.updates.unconfirmed.length === 0, 'confirmation')
    await settled()
  }
  expect([owner.received().length, ana.received().length]).toEqual(before)
  expect(theShop().ownerChats.list()).toHaveLength(1)
})

it('puts a card to the owner once though the process is killed right after', {
  timeout: 60_000,
}, async () => {
  const owner = await pairedOwner()
  const ana = telegram.customer({ id: 501, name: 'Ana' })
  await app?.stop()
  app = null
  const child = fork(join(import.meta.dirname, 'telegram-owner-child.ts'), [data], { stdio: 'inherit' })
  ana.say('¿tenéis empanadas?')
  await telegram.until(has(owner, 'empanadas'), 'the card', 30_000)
  child.kill('SIGKILL')
  await once(child, 'exit')
  app = await open()
  ana.say('gracias')
  await telegram.until(() => telegram.updates.unconfirmed.length === 0, 'confirmation')
  // Whatever is said to the owner next comes after a repeat would have come.
  owner.say('/cards')
  await telegram.until(has(owner, 'Esperan respuesta'), 'the list')
  expect(times(owner, 'Responde a este mensaje')).toBe(1)
  // Which message it was is not known, so plain words are taken for the only question that waits.
  owner.say('sí, de atún')
  await telegram.until(has(ana, 'de atún'), 'the answer')
})
