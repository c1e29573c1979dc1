import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../main/core/app.ts'
import type { Notifier } from '../../main/core/host.ts'
import type { Order } from '../../main/core/orders/order.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import { ManualClock } from '../fixtures/clock.ts'
import { createTestHost } from '../fixtures/host.ts'
import { pickup } from '../fixtures/selling.ts'

const hour = 3_600_000
let data: string
let app: App
let shop: Shop
let clock: ManualClock
let noticed: Parameters<Notifier['notify']>[0][]

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'orders-shop-'))
  clock = new ManualClock()
  noticed = []
  await open()
  shop = await app.shops.create({ name: 'Té y té', currency: 'EUR', locale: 'es-ES' })
})
afterEach(async () => {
  await app.stop()
  rmSync(data, { recursive: true, force: true })
})

async function open(): Promise<void> {
  const notifier: Notifier = { notify: (notice) => noticed.push(notice) }
  app = await createApp({ quietWindowMs: 0 }, { ...createTestHost(data), clock, notifier })
}

function place(): Order {
  const conversationId = shop.chat.open('ana')
  const { customerId } = shop.conversations.get(conversationId)
  return shop.storage.write('system', (tx) => {
    shop.selling.set(tx, { prepaid: ['bizum'], unpaidHours: 24, warnHours: 4 })
    const product = { name: 'Té', variants: [{ price: { kind: 'exact' as const, amount: 1_000 } }] }
    const variantId = shop.catalog.create(tx, product).variants[0]?.id ?? ''
    const payment = { id: 'bizum', name: 'Bizum' }
    const lines = [{ variantId, quantity: 1 }]
    const draft = shop.orders.draft({ lines, delivery: pickup, payment, discountCode: null, note: '' })
    return shop.orders.place(tx, draft, { customerId, conversationId, source: 'chat', summaryId: null })
  })
}

/** Resolves when nothing waits to be sent to the customer any more. */
async function allSent(conversationId: string): Promise<void> {
  const left = () =>
    shop.storage.sql
      .prepare("SELECT count(*) FROM outbox WHERE conversation_id = ? AND state IN ('queued', 'sending')")
      .pluck()
      .get(conversationId)
  while (left() !== 0) {
    await new Promise<void>((resolve) => {
      const stop = shop.bus.subscribe((event) => {
        if (event.type !== 'outbox.changed') return
        stop()
        resolve()
      })
    })
  }
}

describe('a shop with orders', () => {
  it('tells the host of a new one, watches that it is paid, and goes on watching after a restart', async () => {
    const { id, number, conversationId } = place()
    expect(noticed).toEqual([
      { kind: 'order', shop: shop.slug, conversationId, data: { number, total: '10,00 €' } },
    ])
    clock.advance(21 * hour)
    await allSent(conversationId ?? '')
    expect(shop.orders.get(id).changes.map((change) => change.kind)).toEqual(['placed', 'warned'])
    await app.stop()
    clock.jump(48 * hour)
    await open()
    shop = app.shops.open(shop.slug)
    clock.advance(50 * 60_000)
    expect(shop.orders.get(id).state).toBe('pending')
    clock.advance(15 * 60_000)
    expect(shop.orders.get(id)).toMatchObject({
      state: 'cancelled',
      reservedUntil: '2026-03-03T10:00:00.000Z',
    })
    await allSent(conversationId ?? '')
    const told = shop.conversations.messages({ conversationId: conversationId ?? '', limit: 10 })
    expect(told.map(({ author, delivery }) => [author, delivery])).toEqual([
      ['system', 'sent'],
      ['system', 'sent'],
    ])
  })
})
