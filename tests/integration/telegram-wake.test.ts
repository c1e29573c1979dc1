import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type App, createApp } from '../../main/core/app.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { createTestHost } from '../fixtures/host.ts'

const hour = 3_600_000

let telegram: FakeTelegram
let data: string
let app: App
let shop: Shop

async function open(quietWindowMs = 20): Promise<void> {
  app = await createApp({ quietWindowMs, longestWaitMs: 10 * quietWindowMs }, createTestHost(data))
}

beforeEach(async () => {
  telegram = await FakeTelegram.start()
  data = mkdtempSync(join(tmpdir(), 'telegram-wake-'))
  await open()
  shop = await app.shops.create({ name: 'La Espiga', currency: 'EUR', locale: 'es-ES' })
  shop.storage.write('system', (tx) => {
    shop.catalog.create(tx, {
      name: 'Hogaza de centeno',
      category: 'Pan',
      variants: [{ sku: 'PAN-1', price: { kind: 'exact', amount: 425 } }],
    })
  })
  await shop.channels.addTelegram('system', { token: telegram.token, apiRoot: telegram.apiRoot })
})

afterEach(async () => {
  await app.stop()
  await telegram.close()
  rmSync(data, { recursive: true, force: true })
})

/** The app was closed, and the last sign of life is so old; what was said was said before. */
async function offFor(ms: number): Promise<void> {
  const { dir } = shop
  await app.stop()
  const sql = new Database(join(dir, 'shop.db'))
  const at = isoBefore(ms)
  sql.prepare("UPDATE settings SET value = ? WHERE key = 'serving.alive'").run(JSON.stringify({ at }))
  sql.prepare('UPDATE messages SET created_at = ?, sent_at = ?').run(...Array(2).fill(isoBefore(ms + hour)))
  sql.close()
}

const isoBefore = (ms: number) => new Date(Date.now() - ms).toISOString()
const secondsAgo = (ms: number) => Math.floor((Date.now() - ms) / 1000)

async function until(done: () => boolean): Promise<void> {
  if (done()) return
  await new Promise<void>((resolve) => {
    const stop = shop.bus.subscribe(() => {
      if (!done()) return
      stop()
      resolve()
    })
  })
}

it('answers what is recent after a night off, and keeps the rest written for a look', async () => {
  const ana = telegram.customer({ id: 501, name: 'Ana' })
  const eva = telegram.customer({ id: 502, name: 'Eva' })
  ana.say('hola')
  await telegram.until(() => ana.received().length === 1, 'a reply')
  const { slug } = shop
  await offFor(8 * hour)
  ana.raw({ text: '¿cuánto cuesta la hogaza de centeno?', date: secondsAgo(7 * hour) })
  eva.raw({ text: '¿tenéis hogaza de centeno?', date: secondsAgo(5 * hour) })
  eva.raw({ text: '¿y cuánto cuesta?', date: secondsAgo(60_000) })
  // What Eva wrote is one matter, however long the second message takes to be stored after the first.
  await open(1_000)
  shop = app.shops.open(slug)
  await telegram.until(() => eva.received().length > 0, 'the recent one’s answer')
  await until(() => shop.drafts.list()[0]?.state === 'ready')
  expect(ana.received()).toHaveLength(1)
  const [draft] = shop.drafts.list()
  expect(draft).toMatchObject({
    customer: { name: 'Ana' },
    asked: [{ text: '¿cuánto cuesta la hogaza de centeno?' }],
    text: expect.stringContaining('4,25'),
  })
  expect(eva.received().join('\n')).toContain('4,25')
  expect(shop.wake.absences()).toMatchObject([
    { reason: 'off', messages: 3, conversations: 2, answered: 1, drafts: 1 },
  ])
  shop.drafts.send('person:ana', draft?.id ?? '', 'Son 4,25 €. ¡Perdona la espera!')
  await telegram.until(() => ana.received().length === 2, 'what the owner sent')
  expect(ana.received().at(-1)).toBe('Son 4,25 €. ¡Perdona la espera!')
  expect(shop.wake.absences()).toMatchObject([{ drafts: 0 }])
  expect(shop.turns.open()).toEqual([])
})
