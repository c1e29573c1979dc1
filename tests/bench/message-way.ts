import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type App, createApp } from '../../main/core/app.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import { createTestHost } from '../fixtures/host.ts'
import { percentile, round } from './statistics.ts'

export interface MessageWayReport {
  products: number
  /** Commit of an inbound message to the hand-over of its reply, one conversation at a time, ms. */
  alone: { p50: number; p95: number }
  /** The same with 200 conversations that all write at once. */
  together: { conversations: number; p50: number; p95: number; perSecond: number }
  /** Replies a second at other numbers of conversations, and the share of the best that 200 reach. */
  throughput: { conversations: number; perSecond: number }[]
  shareOfBest: number
  /** The turn that answers everything a checkout asks with a summary, and the turn that places the order; alone, ms. */
  checkout: { orders: number; summary: { p50: number; p95: number }; placing: { p50: number; p95: number } }
  eventLoopDelayMs: { p50: number; p99: number; max: number }
}

const questions = [
  '¿Tienen café?',
  '¿Cuánto cuesta la miel?',
  'Hola',
  '¿A qué hora abren?',
  'Añade 2 cafés',
  '¿Qué hay en mi carrito?',
]

/** How long a customer's message takes through the whole way, on a real shop with FULL writes and no quiet window. */
export async function benchMessageWay(products: number): Promise<MessageWayReport> {
  const data = mkdtempSync(join(tmpdir(), 'mostrador-bench-'))
  const app = await createApp({ quietWindowMs: 0 }, createTestHost(data))
  try {
    const shop = await fillShop(app, products)
    await exchange(shop, 5, 4)
    const loop = monitorEventLoopDelay({ resolution: 1 })
    loop.enable()
    const alone = await exchange(shop, 1, 120)
    const throughput = []
    let together = { times: [] as number[], perSecond: 0 }
    for (const conversations of [10, 50, 200]) {
      const run = await exchange(shop, conversations, Math.max(2, Math.ceil(400 / conversations)))
      throughput.push({ conversations, perSecond: round(run.perSecond) })
      if (conversations === 200) together = run
    }
    const checkout = await checkouts(shop, 60)
    loop.disable()
    const best = Math.max(...throughput.map((entry) => entry.perSecond))
    return {
      products,
      alone: { p50: round(percentile(alone.times, 0.5)), p95: round(percentile(alone.times, 0.95)) },
      together: {
        conversations: 200,
        p50: round(percentile(together.times, 0.5)),
        p95: round(percentile(together.times, 0.95)),
        perSecond: round(together.perSecond),
      },
      throughput,
      shareOfBest: round(together.perSecond / best, 2),
      checkout,
      eventLoopDelayMs: {
        p50: round(loop.percentile(50) / 1e6),
        p99: round(loop.percentile(99) / 1e6),
        max: round(loop.max / 1e6),
      },
    }
  } finally {
    await app.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

async function fillShop(app: App, products: number): Promise<Shop> {
  const shop = await app.shops.create({ name: 'Banco', currency: 'EUR', locale: 'es-ES' })
  const names = [
    'Café molido',
    'Miel de azahar',
    'Pan de centeno',
    'Aceite de oliva',
    'Queso curado',
    'Vela de cera',
    'Taza de barro',
    'Té verde',
  ]
  for (let done = 0; done < products; done += 500) {
    shop.storage.write('system', (tx) => {
      for (let i = done; i < Math.min(products, done + 500); i++) {
        shop.catalog.create(tx, {
          name: i < names.length ? (names[i] ?? '') : `${names[i % names.length]} número ${i}`,
          category: names[i % names.length] ?? '',
          variants: [{ sku: `B-${i}`, price: { kind: 'exact', amount: 100 + ((i * 37) % 5000) } }],
        })
      }
    })
  }
  shop.storage.write('system', (tx) =>
    shop.knowledge.setProfile(tx, {
      hours: { mon: [['09:00', '20:00']] },
      delivery: {
        zones: [{ name: 'Madrid', areas: ['28001-28055'], fee: 3.5, freeFrom: 50, eta: '24 h' }],
        pickup: {},
      },
      payments: [
        { id: 'bizum', name: 'Bizum' },
        { id: 'card', name: 'Tarjeta' },
      ],
    }),
  )
  // One article whose name is not a hundred others' too: buying it needs no question.
  shop.storage.write('system', (tx) =>
    shop.catalog.create(tx, {
      name: 'Caja de mimbre',
      variants: [
        { sku: 'CAJA', price: { kind: 'exact', amount: 1_002 }, stock: { tracked: true, onHand: 10_000 } },
      ],
    }),
  )
  await shop.search.caughtUp()
  return shop
}

/** Every conversation asks `rounds` questions, each after its last answer; all conversations at once. */
async function exchange(
  shop: Shop,
  conversations: number,
  rounds: number,
): Promise<{ times: number[]; perSecond: number }> {
  const times: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: conversations }, async (_, customer) => {
      const conversationId = shop.chat.open(`c${conversations}-${customer}`)
      // Messages arrive one after the other, as channels hand them over; not two hundred in one tick.
      for (let wait = 0; wait <= customer; wait++) await new Promise((resolve) => setImmediate(resolve))
      for (let index = 0; index < rounds; index++) {
        const answered = replyHandedOver(shop, conversationId)
        shop.chat.say(conversationId, questions[(customer + index) % questions.length] ?? 'Hola')
        const committed = performance.now()
        times.push((await answered) - committed)
      }
    }),
  )
  return { times, perSecond: (conversations * rounds) / ((performance.now() - started) / 1000) }
}

/** Customers who buy one after the other: cart, checkout in one message, yes. */
async function checkouts(shop: Shop, customers: number): Promise<MessageWayReport['checkout']> {
  const summary: number[] = []
  const placing: number[] = []
  const timed = async (conversationId: string, text: string): Promise<number> => {
    const answered = replyHandedOver(shop, conversationId)
    shop.chat.say(conversationId, text)
    const committed = performance.now()
    return (await answered) - committed
  }
  for (let customer = 0; customer < customers; customer++) {
    const conversationId = shop.chat.open(`comprador-${customer}`)
    await timed(conversationId, 'Añade 2 cajas de mimbre')
    const details = 'a domicilio, calle Mayor 3, 2º B, 28013 Madrid, soy Ana Pérez, 600 111 222, con bizum'
    summary.push(await timed(conversationId, `Quiero pagar, ${details}`))
    placing.push(await timed(conversationId, 'sí'))
  }
  const orders = Number(shop.storage.sql.prepare('SELECT count(*) FROM orders').pluck().get())
  const figures = (times: number[]) => ({
    p50: round(percentile(times, 0.5)),
    p95: round(percentile(times, 0.95)),
  })
  return { orders, summary: figures(summary), placing: figures(placing) }
}

function replyHandedOver(shop: Shop, conversationId: string): Promise<number> {
  return new Promise((resolve) => {
    const stop = shop.bus.subscribe((event) => {
      if (event.type !== 'outbox.changed' || event.payload.conversationId !== conversationId) return
      if (event.payload.state !== 'sent') return
      stop()
      resolve(performance.now())
    })
  })
}
