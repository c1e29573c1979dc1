import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SellingShop } from '../../../tests/fixtures/selling.ts'
import type { Notifier } from '../host.ts'
import { orderAlerts } from './alerts.ts'

let shop: SellingShop
let noticed: Parameters<Notifier['notify']>[0][]
beforeEach(() => {
  shop = new SellingShop()
  noticed = []
  const { brief, bus } = shop.test
  const notifier: Notifier = { notify: (notice) => noticed.push(notice) }
  bus.subscribe(orderAlerts({ slug: 'tienda', orders: shop.orders, shop: () => brief, notifier }))
})
afterEach(() => shop.close())

describe('a new order', () => {
  it('is told to the host once it is written, and a sale of the shop itself is not', () => {
    const variantId = shop.product('té', 1_000, 2)
    const ana = shop.chat('Ana')
    shop.place([{ variantId, quantity: 1 }], {}, ana)
    expect(() => shop.place([{ variantId, quantity: 5 }], {}, ana)).toThrow('cart.out_of_stock')
    shop.test.storage.write('person:owner', (tx) =>
      shop.orders.counterSale(tx, { lines: [{ variantId, quantity: 1 }] }),
    )
    expect(noticed).toEqual([
      {
        kind: 'order',
        shop: 'tienda',
        conversationId: ana.conversationId,
        data: { number: '1001', total: '10,00 €' },
      },
    ])
  })

  it('is unseen until somebody looks at it', () => {
    const order = shop.place([{ variantId: shop.product('té', 1_000), quantity: 1 }])
    expect(shop.orders.counts({}).unseen).toBe(1)
    shop.test.storage.write('person:owner', (tx) => shop.orders.markSeen(tx, order.id))
    expect(shop.orders.counts({}).unseen).toBe(0)
    expect(shop.orders.list({ unseen: true }, { limit: 5 }).items).toEqual([])
    expect(shop.orders.get(order.id).revision).toBe(order.revision)
  })
})
