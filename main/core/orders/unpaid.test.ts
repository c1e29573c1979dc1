import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { testLog } from '../../../tests/fixtures/host.ts'
import { SellingShop } from '../../../tests/fixtures/selling.ts'
import type { Order } from './order.ts'
import type { UnpaidOrders } from './unpaid.ts'

const hour = 3_600_000
let clock: ManualClock
let shop: SellingShop
let watch: UnpaidOrders
let tea: string
let ana: { customerId: string; conversationId: string }

beforeEach(() => {
  clock = new ManualClock()
  shop = new SellingShop({ clock })
  tea = shop.product('té', 1_000, 5)
  ana = shop.chat('Ana', { language: 'es', formOfAddress: 'tu' })
  shop.test.storage.write('system', (tx) =>
    shop.settings.set(tx, { prepaid: ['bizum'], unpaidHours: 24, warnHours: 4 }),
  )
  watch = newWatch()
})
afterEach(() => {
  watch.stop()
  shop.close()
})

let paused = false

function newWatch(): UnpaidOrders {
  const made = shop.orders.unpaid({ outbox: shop.outbox, clock, log: testLog(), paused: () => paused })
  made.start()
  return made
}

const place = () => shop.place([{ variantId: tea, quantity: 2 }], {}, ana)
const state = (order: Order) => shop.orders.get(order.id).state
const warnings = (order: Order) =>
  shop.orders.get(order.id).changes.filter((change) => change.kind === 'warned').length

/** The channel takes what waits for the customer. */
function deliver(): void {
  for (;;) {
    const row = shop.outbox.claim(ana.conversationId)
    if (row === null) return
    shop.outbox.markSent(row.id, row.id, clock.now())
  }
}

/** The computer sleeps: the wall clock goes on, the monotonic one does not. */
function suspend(ms: number): void {
  clock.jump(ms)
}

describe('an order that nobody pays', () => {
  it('is left alone while the owner has paused everything', () => {
    const order = place()
    paused = true
    clock.advance(48 * hour)
    paused = false
    expect([warnings(order), state(order)]).toEqual([0, 'pending'])
    clock.advance(hour)
    expect(warnings(order)).toBe(1)
  })

  it('is warned of in time, then lets its stock go and says so', () => {
    const order = place()
    expect(order.reservedUntil).toBe('2026-03-03T10:00:00.000Z')
    clock.advance(19.9 * hour)
    expect(warnings(order)).toBe(0)
    clock.advance(0.2 * hour)
    expect(warnings(order)).toBe(1)
    expect(shop.told(ana.conversationId)).toEqual([
      'Todavía no hemos recibido el pago de tu pedido 1001 (20,00 €). Te lo guardamos hasta hoy a las 11:00; si no llega antes, lo cancelaremos. Si ya has pagado, dínoslo por aquí.',
    ])
    deliver()
    clock.advance(3.8 * hour)
    expect([state(order), shop.stock(tea).available]).toEqual(['pending', 3])
    clock.advance(0.3 * hour)
    expect([state(order), shop.stock(tea).available, warnings(order)]).toEqual(['cancelled', 5, 1])
    expect(shop.told(ana.conversationId)[1]).toContain(
      'Tu pedido 1001 queda cancelado porque no nos ha llegado',
    )
    expect(shop.orders.get(order.id).changes.at(-1)).toMatchObject({
      actor: 'system',
      toState: 'cancelled',
      data: { reason: 'unpaid' },
    })
  })

  it('stays when it is paid, in part too, and when the shop has begun with it', () => {
    const orders = [place(), place()]
    shop.test.storage.write('system', (tx) => {
      shop.orders.addPayment(tx, orders[0]?.id ?? '', { amount: 100, tell: false })
      shop.orders.setState(tx, orders[1]?.id ?? '', { state: 'processing', tell: false })
    })
    clock.advance(60 * hour)
    expect(orders.map((order) => [state(order), warnings(order)])).toEqual([
      ['pending', 0],
      ['processing', 0],
    ])
  })

  it('stays when another method is not prepaid, or the shop never lets go by itself', () => {
    const cash = shop.place(
      [{ variantId: tea, quantity: 1 }],
      { payment: { id: 'cash', name: 'Efectivo' } },
      ana,
    )
    expect(cash.reservedUntil).toBeNull()
    const order = place()
    shop.test.storage.write('system', (tx) => shop.settings.set(tx, { unpaidHours: null }))
    clock.advance(60 * hour)
    expect([state(cash), state(order), warnings(order)]).toEqual(['pending', 'pending', 0])
  })

  it('has the whole time of a reminder after a night asleep, and an hour awake after the next', () => {
    const order = place()
    suspend(30 * hour)
    clock.advance(2 * 60_000)
    expect([state(order), warnings(order)]).toEqual(['pending', 1])
    deliver()
    clock.advance(2 * hour)
    expect(state(order)).toBe('pending')
    // It slept over the end of the time: not at once, but after an hour awake.
    suspend(10 * hour)
    clock.advance(59 * 60_000)
    expect(state(order)).toBe('pending')
    clock.advance(5 * 60_000)
    expect(state(order)).toBe('cancelled')
    expect(warnings(order)).toBe(1)
  })

  it('is not let go because a clock was set', () => {
    const order = place()
    clock.advance(21 * hour)
    expect(warnings(order)).toBe(1)
    deliver()
    clock.jump(48 * hour)
    clock.advance(30 * 60_000)
    expect(state(order)).toBe('pending')
    clock.jump(-48 * hour)
    clock.advance(90 * 60_000)
    expect(state(order)).toBe('pending')
  })

  it('is not let go right after a start, and warned of once over crashes', () => {
    const order = place()
    clock.advance(21 * hour)
    deliver()
    watch.stop()
    suspend(20 * hour)
    watch = newWatch()
    clock.advance(50 * 60_000)
    watch.stop()
    watch = newWatch()
    clock.advance(50 * 60_000)
    expect([state(order), warnings(order)]).toEqual(['pending', 1])
    clock.advance(11 * 60_000)
    expect([state(order), warnings(order)]).toEqual(['cancelled', 1])
  })

  it('waits while the warning has not left', () => {
    const order = place()
    clock.advance(48 * hour)
    expect([state(order), warnings(order)]).toEqual(['pending', 1])
    deliver()
    clock.advance(59 * 60_000)
    expect(state(order)).toBe('pending')
    clock.advance(3 * 60_000)
    expect(state(order)).toBe('cancelled')
  })

  it('does not hold up the others when its row cannot be changed', () => {
    const stuck = place()
    const other = place()
    shop.test.storage.sql.exec(
      `CREATE TRIGGER stuck BEFORE UPDATE ON orders WHEN new.id = '${stuck.id}' BEGIN SELECT raise(ABORT, 'stuck'); END`,
    )
    clock.advance(21 * hour)
    deliver()
    clock.advance(8 * hour)
    expect([state(stuck), warnings(stuck)]).toEqual(['pending', 0])
    expect([state(other), warnings(other)]).toEqual(['cancelled', 1])
  })

  it('is warned of anew when a payment turns out to be a mistake', () => {
    const order = place()
    const paid = shop.test.storage.write('system', (tx) =>
      shop.orders.addPayment(tx, order.id, { amount: 2_000, tell: false }),
    )
    clock.advance(40 * hour)
    shop.test.storage.write('system', (tx) =>
      shop.orders.removePayment(tx, order.id, paid.payments[0]?.id ?? ''),
    )
    clock.advance(2 * 60_000)
    deliver()
    expect([state(order), warnings(order)]).toEqual(['pending', 1])
    clock.advance(3.5 * hour)
    expect(state(order)).toBe('pending')
    clock.advance(hour)
    expect(state(order)).toBe('cancelled')
  })
})
