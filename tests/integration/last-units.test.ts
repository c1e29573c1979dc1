import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type App, createApp } from '../../main/core/app.ts'
import type { ChatReply } from '../../main/core/chat/service.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import { openFixtureShop } from '../conversations/fixture-shop.ts'
import { createTestHost } from '../fixtures/host.ts'

const customers = Array.from({ length: 200 }, (_, index) => `cliente-${index}`)
let folder: string
let app: App
let shop: Shop
let hat: string
/** Called when a call of a turn is on the disk. */
let afterCall: () => void = () => undefined

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'last-units-'))
  const probe = (point: string) => {
    if (point === 'call.committed') afterCall()
  }
  app = await createApp({ closed: true, quietWindowMs: 0 }, createTestHost(folder, { probe }))
  shop = await openFixtureShop(app, 'lana')
  const id = shop.storage.sql.prepare("SELECT id FROM variants WHERE sku = 'GOR-1'").pluck().get()
  hat = String(id)
}, 120_000)

afterEach(async () => {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
})

function setStock(onHand: number): void {
  shop.storage.write('person:owner', (tx) => shop.catalog.setStock(tx, hat, onHand, 'edit'))
}

/** A list of the supplier with thousands of other articles, and this one among them. */
function supplierList(): string {
  const path = join(folder, 'list.csv')
  const rows = Array.from({ length: 4_000 }, (_, at) =>
    at === 2_000 ? 'Gorro de lana,GOR-1,19.90,10' : `Artículo ${at},ART-${at},${(at % 90) + 1}.50,${at % 40}`,
  )
  writeFileSync(path, ['name,sku,price,stock', ...rows].join('\n'))
  return path
}

/** A cart with the hat, put to the customer in full. */
async function orderPut(as: string): Promise<void> {
  await shop.chat.ask(as, 'hola, quiero un gorro de lana')
  const { reply, cart } = await shop.chat.ask(
    as,
    'quiero pagar, lo recojo en la tienda, soy Ana Pérez, con tarjeta',
  )
  expect(cart.lines).toEqual([{ sku: 'GOR-1', quantity: 1, total: 1990 }])
  expect(reply).toContain('19,90')
}

it('are told to be gone, at whatever moment of the turn somebody else changes the article too', async () => {
  const told: string[] = []
  for (let moment = 1; moment <= 5; moment++) {
    setStock(1)
    await orderPut(`momento-${moment}`)
    setStock(0)
    let calls = 0
    afterCall = () => {
      calls += 1
      if (calls !== moment) return
      shop.storage.write('person:owner', (tx) =>
        tx.sql.prepare('UPDATE variants SET revision = revision + 1 WHERE id = ?').run(hat),
      )
    }
    const answer = await shop.chat.ask(`momento-${moment}`, 'sí')
    afterCall = () => undefined
    if (!toldKindly(answer)) told.push(`${moment}: ${answer.reply}`)
  }
  expect(told).toEqual([])
})

it('go to ten of two hundred who all hold a sent summary, while an import and a stock edit run', async () => {
  setStock(6)
  for (const as of customers) await orderPut(as)
  const count = (sql: string) => Number(shop.storage.sql.prepare(sql).pluck().get())
  expect(count('SELECT count(DISTINCT conversation_id) FROM order_summaries')).toBe(customers.length)
  expect(count("SELECT count(*) FROM outbox WHERE state <> 'sent'")).toBe(0)

  const edited = Promise.withResolvers<void>()
  let placed = 0
  let lowest = Number.POSITIVE_INFINITY
  const stop = shop.bus.subscribe((event) => {
    if (event.type !== 'order.placed') return
    placed += 1
    lowest = Math.min(lowest, shop.catalog.variant(hat)?.variant.stock.available ?? Number.NaN)
    // The owner counts four more on the shelf while everybody is buying.
    if (placed === 3) setImmediate(() => edited.resolve(setStock(10)))
  })
  const imported = shop.catalog.importCsv(
    { path: supplierList(), fileName: 'list.csv' },
    { dryRun: false, actor: 'person:owner' },
  )
  const replies = await Promise.all(customers.map((as) => shop.chat.ask(as, 'sí')))
  const [{ error }] = await Promise.all([
    imported.then(
      () => ({ error: null }),
      (error: unknown) => ({ error }),
    ),
    edited.promise,
  ])
  stop()

  expect(error).toBeNull()
  expect(count('SELECT count(*) FROM orders')).toBe(10)
  expect(count('SELECT count(DISTINCT conversation_id) FROM orders')).toBe(10)
  expect(count("SELECT count(*) FROM reservations WHERE state = 'active'")).toBe(10)
  expect(shop.catalog.variant(hat)?.variant.stock).toMatchObject({ onHand: 10, available: 0 })
  expect(lowest).toBeGreaterThanOrEqual(0)

  const lucky = replies.filter(({ order }) => order !== null)
  const others = replies.filter(({ order }) => order === null)
  expect(lucky).toHaveLength(10)
  for (const { reply, order } of lucky) expect(reply).toContain(order?.number)
  const unkind = others.filter((reply) => !toldKindly(reply)).map(({ reply }) => reply)
  expect(unkind).toEqual([])
}, 600_000)

/** Sorry, it is gone; no order, and the conversation goes on with the bot. */
function toldKindly({ reply, mode }: ChatReply): boolean {
  return /siento|perd[oó]n|disculp/i.test(reply ?? '') && /agot|queda/i.test(reply ?? '') && mode === 'bot'
}
