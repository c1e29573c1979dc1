import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { delivered, SellingShop } from '../../../tests/fixtures/selling.ts'
import type { OrderFilter } from './order.ts'

const day = 86_400_000
let clock: ManualClock
let shop: SellingShop
let ana: { customerId: string; conversationId: string }

/** 1001 Ana: bufanda · 1002 nobody, to Ana Pérez: té (processing, paid) · 1003 Ana: té, a day later */
beforeEach(() => {
  clock = new ManualClock(Date.parse('2026-03-02T22:30:00Z'))
  shop = new SellingShop({ clock })
  ana = shop.chat('Ruiz')
  const scarf = shop.product('Bufanda de lana', 2_500)
  const tea = shop.product('Té', 1_000)
  shop.place([{ variantId: scarf, quantity: 1 }], {}, ana)
  const second = shop.place([{ variantId: tea, quantity: 1 }], { delivery: delivered })
  shop.test.storage.write('system', (tx) => {
    shop.orders.setState(tx, second.id, { state: 'processing' })
    shop.orders.addPayment(tx, second.id, { amount: second.total })
  })
  clock.advance(day)
  shop.place([{ variantId: tea, quantity: 2 }], {}, ana)
})
afterEach(() => shop.close())

const numbers = (filter: OrderFilter) =>
  shop.orders.list(filter, { limit: 10 }).items.map((order) => order.number)

describe('the list of orders', () => {
  it('goes on where the last page ended, whatever comes meanwhile', () => {
    const first = shop.orders.list({}, { limit: 2 })
    expect([first.items.map((order) => order.number), first.more]).toEqual([['1003', '1002'], true])
    shop.place([{ variantId: shop.product('pan', 100), quantity: 1 }])
    const next = shop.orders.list({}, { limit: 2, before: first.items.at(-1)?.seq ?? 0 })
    expect([next.items.map((order) => order.number), next.more]).toEqual([['1001'], false])
  })

  it.each<[string, OrderFilter, string[]]>([
    ['a number', { text: '#1002' }, ['1002']],
    ['a customer’s name', { text: 'ruiz' }, ['1003', '1001']],
    ['a recipient without accents', { text: 'perez' }, ['1002']],
    ['a phone however it is typed', { text: '600-111 222' }, ['1002']],
    ['an article', { text: 'BUFANDA' }, ['1001']],
    ['a SKU', { text: 'bufanda de lana' }, ['1001']],
    ['words of which each must occur', { text: 'ruiz te' }, ['1003']],
    ['nothing like it', { text: 'zapato' }, []],
    ['signs that mean something to a database', { text: '%_*' }, []],
    ['states', { states: ['pending'] }, ['1003', '1001']],
    ['payment', { paymentStates: ['paid', 'part'] }, ['1002']],
    ['the first day to its end in the shop’s zone', { to: '2026-03-02' }, ['1002', '1001']],
    ['the next day', { from: '2026-03-03', to: '2026-03-03' }, ['1003']],
    ['everything', { from: '2026-03-02', unseen: true }, ['1003', '1002', '1001']],
  ])('finds by %s', (_, filter, expected) => {
    expect(numbers(filter)).toEqual(expected)
  })

  it('finds by customer and product', () => {
    expect(numbers({ customerId: ana.customerId })).toEqual(['1003', '1001'])
    const tea = shop.orders.byNumber('1002')?.lines[0]?.productId ?? ''
    expect(numbers({ productId: tea })).toEqual(['1003', '1002'])
    expect(shop.orders.ofCustomer(ana.customerId, 1).map((order) => order.number)).toEqual(['1003'])
    expect(shop.orders.newestOf(ana.conversationId)?.number).toBe('1003')
  })

  it('counts each state with every filter but the states', () => {
    expect(shop.orders.counts({ states: ['pending'], text: 'te' }).states).toMatchObject({
      pending: 1,
      processing: 1,
      shipped: 0,
    })
  })
})
