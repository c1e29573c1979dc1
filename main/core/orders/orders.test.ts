import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { delivered, SellingShop } from '../../../tests/fixtures/selling.ts'
import { isDomainError } from '../errors.ts'
import { withMutant } from '../mutants.ts'
import type { Order } from './order.ts'
import type { OrderEdit, PaymentInput, StateChange } from './service.ts'

let shop: SellingShop
beforeEach(() => {
  shop = new SellingShop()
})
afterEach(() => shop.close())

const write = <T>(work: (tx: Parameters<Parameters<typeof shop.test.storage.write>[1]>[0]) => T): T =>
  shop.test.storage.write('person:owner', work)
const move = (order: Order, change: StateChange) => write((tx) => shop.orders.setState(tx, order.id, change))
const pay = (order: Order, payment: PaymentInput) =>
  write((tx) => shop.orders.addPayment(tx, order.id, payment))
const edit = (order: Order, change: OrderEdit) => write((tx) => shop.orders.edit(tx, order.id, change))

function refusal(work: () => unknown): unknown[] {
  try {
    work()
  } catch (error) {
    if (isDomainError(error)) return [error.code, error.data]
    throw error
  }
  return ['none']
}

describe('the way of an order', () => {
  it('takes the stock when the goods leave and brings it back with a return', () => {
    const scarf = shop.product('bufanda', 2_500, 5)
    const order = shop.place([{ variantId: scarf, quantity: 2 }], { delivery: delivered })
    move(order, { state: 'processing' })
    expect(shop.stock(scarf)).toEqual({ onHand: 5, reserved: 2, available: 3 })
    move(order, { state: 'shipped' })
    expect(shop.stock(scarf)).toEqual({ onHand: 3, reserved: 0, available: 3 })
    move(order, { state: 'delivered' })
    expect(shop.stock(scarf).onHand).toBe(3)
    const returned = move(order, { state: 'returned', reason: 'no le gusta' })
    expect(shop.stock(scarf)).toEqual({ onHand: 5, reserved: 0, available: 5 })
    expect(
      returned.changes.map(({ kind, fromState, toState, actor }) => [kind, fromState, toState, actor]),
    ).toEqual([
      ['placed', null, 'pending', 'system'],
      ['state', 'pending', 'processing', 'person:owner'],
      ['state', 'processing', 'shipped', 'person:owner'],
      ['state', 'shipped', 'delivered', 'person:owner'],
      ['state', 'delivered', 'returned', 'person:owner'],
    ])
    const movements = shop.test.storage.sql
      .prepare('SELECT reason, delta FROM stock_movements WHERE variant_id = ? ORDER BY seq')
      .raw()
      .all(scarf)
    expect(movements).toEqual([
      ['initial', 5],
      ['sale', -2],
      ['return', 2],
    ])
  })

  it('lets the stock go with a cancellation, or notes that it is lost', () => {
    const scarf = shop.product('bufanda', 2_500, 5)
    move(shop.place([{ variantId: scarf, quantity: 2 }]), { state: 'cancelled' })
    expect(shop.stock(scarf)).toEqual({ onHand: 5, reserved: 0, available: 5 })
    move(shop.place([{ variantId: scarf, quantity: 2 }]), { state: 'cancelled', restock: false })
    expect(shop.stock(scarf)).toEqual({ onHand: 3, reserved: 0, available: 3 })
  })

  it('refuses what the state does not allow, and a second hand that comes too late', async () => {
    const tea = shop.product('te', 1_000)
    const order = shop.place([{ variantId: tea, quantity: 1 }])
    expect(refusal(() => move(order, { state: 'delivered' }))).toEqual([
      'order.transition',
      { from: 'pending', to: 'delivered' },
    ])
    move(order, { state: 'processing' })
    expect(refusal(() => move(order, { state: 'cancelled', expectedRevision: 1 }))[0]).toBe('conflict')
    const late = () => move(order, { state: 'cancelled', expected: 'pending' })
    expect(refusal(late)).toEqual(['order.transition', { from: 'processing', to: 'cancelled' }])
    expect(shop.orders.get(order.id).state).toBe('processing')
    await withMutant('order.expected_state', () => {
      expect(refusal(late)).toEqual(['none'])
    })
  })

  it('lets customers cancel their own pending orders, and nobody else', () => {
    const tea = shop.product('te', 1_000, 3)
    const ana = shop.chat('Ana')
    const order = shop.place([{ variantId: tea, quantity: 1 }], {}, ana)
    const cancel = (customerId: string) =>
      write((tx) => shop.orders.cancelByCustomer(tx, order.id, customerId))
    expect(refusal(() => cancel(shop.customer('Eva')))[0]).toBe('not_found')
    expect(cancel(ana.customerId).state).toBe('cancelled')
    expect(shop.stock(tea).available).toBe(3)
    expect(shop.told(ana.conversationId)).toEqual([])
    const second = shop.place([{ variantId: tea, quantity: 1 }], {}, ana)
    move(second, { state: 'processing', tell: false })
    expect(refusal(() => write((tx) => shop.orders.cancelByCustomer(tx, second.id, ana.customerId)))).toEqual(
      ['order.closed', { state: 'processing', number: second.number }],
    )
  })
})

describe('money', () => {
  it('is counted by hand: part, whole, back, and never too much', () => {
    const tea = shop.product('te', 1_000)
    const order = shop.place([{ variantId: tea, quantity: 3 }])
    expect(pay(order, { amount: 1_000, method: 'Bizum' })).toMatchObject({
      paymentState: 'part',
      paid: 1_000,
    })
    expect(refusal(() => pay(order, { amount: 2_001 }))).toEqual(['order.overpaid', { max: 2_000 }])
    expect(pay(order, { amount: 2_000, receiptHash: 'abc' }).paymentState).toBe('paid')
    const back = (amount: number) => write((tx) => shop.orders.refund(tx, order.id, { amount }))
    expect(refusal(() => back(3_001))).toEqual(['order.refund_too_high', { max: 3_000 }])
    expect(back(500).paymentState).toBe('part')
    const all = back(2_500)
    expect(all.paymentState).toBe('refunded')
    expect(all.payments.map(({ kind, amount, receiptHash }) => [kind, amount, receiptHash])).toEqual([
      ['payment', 1_000, null],
      ['payment', 2_000, 'abc'],
      ['refund', 500, null],
      ['refund', 2_500, null],
    ])
    const remove = (index: number) =>
      write((tx) => shop.orders.removePayment(tx, order.id, all.payments[index]?.id ?? ''))
    expect(refusal(() => remove(0))).toEqual(['order.refund_too_high', { max: 2_000 }])
    expect(remove(3)).toMatchObject({ paymentState: 'part', refunded: 500 })
    expect(remove(0)).toMatchObject({ paymentState: 'part', paid: 2_000 })
    expect(shop.orders.get(order.id).changes.at(-1)?.data.amount).toBe(-1_000)
  })

  it('counts what a provider reports once, however often it says so', () => {
    const tea = shop.product('te', 1_000)
    const order = shop.place([{ variantId: tea, quantity: 3 }])
    const report = { amount: 1_000, externalId: 'pi_1' }
    pay(order, report)
    expect(pay(order, report)).toMatchObject({ paid: 1_000, paymentState: 'part' })
    const back = () => write((tx) => shop.orders.refund(tx, order.id, { amount: 400, externalId: 're_1' }))
    back()
    expect(back()).toMatchObject({ paid: 1_000, refunded: 400 })
  })

  it('takes no payment for an order that is off', () => {
    const tea = shop.product('te', 1_000)
    const order = shop.place([{ variantId: tea, quantity: 1 }])
    pay(order, { amount: 1_000 })
    move(order, { state: 'cancelled' })
    expect(refusal(() => pay(order, { amount: 1 }))[0]).toBe('order.closed')
    expect(write((tx) => shop.orders.refund(tx, order.id, { amount: 1_000 })).paymentState).toBe('refunded')
  })
})

describe('changing an order', () => {
  it('cancels a part: totals, discount, taxes and stock follow', () => {
    const scarf = shop.product('bufanda', 2_500, 5)
    const hat = shop.product('gorro', 1_500, 5)
    write((tx) => shop.discounts.add(tx, { code: 'DIEZ', kind: 'percent', value: 1_000 }))
    const lines = [
      { variantId: scarf, quantity: 3 },
      { variantId: hat, quantity: 1 },
    ]
    const order = shop.place(lines, { delivery: delivered, discountCode: 'diez' })
    expect(order).toMatchObject({ subtotal: 9_000, discount: 900, total: 8_495 })
    const [first, second] = order.lines
    const after = edit(order, {
      lines: [
        { lineId: first?.id ?? '', quantity: 1 },
        { lineId: second?.id ?? '', quantity: 0 },
      ],
      address: 'Calle Nueva 1',
    })
    expect(after).toMatchObject({ subtotal: 2_500, discount: 250, total: 2_645, address: 'Calle Nueva 1' })
    expect(after.lines.map((line) => [line.name, line.quantity, line.total, line.discount])).toEqual([
      ['bufanda', 1, 2_500, 250],
    ])
    expect(after.taxes.reduce((sum, share) => sum + share.base + share.tax, 0)).toBe(after.total)
    expect(after.changes.at(-1)?.data).toEqual({
      total: 2_645,
      before: 8_495,
      lines: 'bufanda 3 → 1, gorro 1 → 0',
      fields: 'address',
    })
    expect([shop.stock(scarf).reserved, shop.stock(hat).reserved]).toEqual([1, 0])
    const more = edit(after, { add: [{ variantId: hat, quantity: 2, unitPrice: 1_000 }], deliveryFee: 0 })
    expect(more).toMatchObject({ subtotal: 4_500, discount: 450, total: 4_050 })
    expect(shop.stock(hat).reserved).toBe(2)
  })

  it('keeps the terms it was sold at, whatever the shop asks today', () => {
    const tea = shop.product('te', 1_000)
    const code = write((tx) => shop.discounts.add(tx, { code: 'DIEZ', kind: 'percent', value: 1_000 }))
    const [first, second] = [1, 2].map(() =>
      shop.place([{ variantId: tea, quantity: 3 }], { delivery: delivered, discountCode: 'DIEZ' }),
    )
    if (first === undefined || second === undefined) throw new Error('two orders were placed')
    expect(first).toMatchObject({ discount: 300, total: 3_095 })
    write((tx) => shop.discounts.change(tx, code.id, { code: 'DIEZ', kind: 'percent', value: 5_000 }))
    write((tx) => shop.settings.set(tx, { deliveryTax: 0 }))
    const { discount, tax, taxes, total } = first
    expect(edit(first, { address: 'Calle Nueva 1' })).toMatchObject({ discount, tax, taxes, total })
    // One less of three: a third of the discount goes with it, and delivery is taxed as it was.
    const lineId = second.lines[0]?.id ?? ''
    const after = edit(second, { lines: [{ lineId, quantity: 2 }] })
    expect(after).toMatchObject({ subtotal: 2_000, discount: 200, total: 2_195 })
    expect(after.taxes.map(({ rate }) => rate)).toEqual([2_100])
    // What was taken off in full is not given twice.
    write((tx) => shop.discounts.remove(tx, code.id))
    expect(edit(after, { add: [{ variantId: tea, quantity: 1 }] })).toMatchObject({ discount: 300 })
  })

  it('takes no more than there is, and nothing then', () => {
    const scarf = shop.product('bufanda', 2_500, 3)
    const order = shop.place([{ variantId: scarf, quantity: 1 }])
    const lineId = order.lines[0]?.id ?? ''
    expect(refusal(() => edit(order, { lines: [{ lineId, quantity: 4 }] }))[0]).toBe('cart.out_of_stock')
    expect(refusal(() => edit(order, { add: [{ variantId: scarf, quantity: 3 }] }))[0]).toBe(
      'cart.out_of_stock',
    )
    expect(refusal(() => edit(order, { lines: [{ lineId, quantity: 0 }] }))).toEqual([
      'input.invalid',
      { field: 'lines' },
    ])
    expect(shop.orders.get(order.id)).toEqual(order)
    expect(edit(order, { lines: [{ lineId, quantity: 3 }] }).total).toBe(7_500)
  })

  it('lets less be held even where the shop has counted less than it holds', () => {
    const scarf = shop.product('bufanda', 2_500, 5)
    const order = shop.place([{ variantId: scarf, quantity: 5 }])
    write((tx) => shop.catalog.setStock(tx, scarf, 2, 'count'))
    const after = edit(order, { lines: [{ lineId: order.lines[0]?.id ?? '', quantity: 3 }] })
    expect(shop.stock(scarf)).toEqual({ onHand: 2, reserved: 3, available: 0 })
    move(after, { state: 'processing' })
    move(after, { state: 'delivered' })
    expect(shop.stock(scarf)).toEqual({ onHand: 0, reserved: 0, available: 0 })
  })

  it('moves a delivery to another window while that has room', () => {
    const tea = shop.product('te', 1_000)
    const window = { label: 'Tarde', days: ['mon' as const], from: '16:00', to: '20:00', cutoffMinutes: 0 }
    write((tx) => shop.settings.set(tx, { slots: [{ ...window, id: 'pm', capacity: 1 }] }))
    const [first, second] = [1, 2].map(() =>
      shop.place([{ variantId: tea, quantity: 1 }], { delivery: delivered }),
    )
    if (first === undefined || second === undefined) throw new Error('two orders were placed')
    const slot = { slotId: 'pm', slotDate: '2026-03-09' }
    expect(edit(first, slot)).toMatchObject({ ...slot, slotLabel: 'Tarde' })
    expect(refusal(() => edit(second, slot))).toEqual([
      'checkout.slot',
      { slotId: 'pm', date: '2026-03-09', reason: 'full' },
    ])
    expect(edit(second, { ...slot, slotDate: '2026-03-16' }).slotDate).toBe('2026-03-16')
    expect(refusal(() => edit(first, { slotId: 'am' }))[0]).toBe('checkout.slot')
    expect(edit(first, { slotId: null })).toMatchObject({ slotId: null, slotLabel: '', slotDate: null })
    expect(edit(second, slot).slotDate).toBe('2026-03-09')
  })

  it('keeps what is closed as it is', () => {
    const tea = shop.product('te', 1_000)
    const order = shop.place([{ variantId: tea, quantity: 1 }])
    move(order, { state: 'processing' })
    move(order, { state: 'delivered' })
    expect(refusal(() => edit(order, { note: 'x' }))[0]).toBe('order.closed')
    expect(write((tx) => shop.orders.addNote(tx, order.id, 'llamar')).changes.at(-1)?.data).toEqual({
      text: 'llamar',
    })
  })
})

describe('the counter', () => {
  it('sells to the living: what a record was merged into, and nobody who was erased', () => {
    const tea = shop.product('te', 1_000)
    const [ana, double, gone] = ['Ana', 'Ana P.', 'Eva'].map((name) => shop.customer(name))
    const { sql } = shop.test.storage
    sql.prepare('UPDATE customers SET merged_into = ? WHERE id = ?').run(ana, double)
    sql.prepare("UPDATE customers SET erased_at = 'x', name = '' WHERE id = ?").run(gone)
    const sell = (customerId = '') =>
      write((tx) => shop.orders.counterSale(tx, { lines: [{ variantId: tea, quantity: 1 }], customerId }))
    expect(sell(double).customer?.id).toBe(ana)
    expect(refusal(() => sell(gone))[0]).toBe('not_found')
  })

  it('sells at once: delivered, paid and off the shelf', () => {
    const scarf = shop.product('bufanda', 2_500, 2)
    const lines = [{ variantId: scarf, quantity: 2, unitPrice: 2_000 }]
    expect(shop.orders.preview({ lines })).toMatchObject({ total: 4_000, problems: [] })
    const sale = write((tx) => shop.orders.counterSale(tx, { lines, paymentMethod: 'Efectivo' }))
    expect(sale).toMatchObject({ state: 'delivered', paymentState: 'paid', total: 4_000, source: 'counter' })
    expect(sale.seenAt).not.toBeNull()
    expect(shop.stock(scarf)).toEqual({ onHand: 0, reserved: 0, available: 0 })
    expect(shop.orders.preview({ lines }).problems).toMatchObject([
      { code: 'cart.out_of_stock', available: 0 },
    ])
    expect(refusal(() => write((tx) => shop.orders.counterSale(tx, { lines })))[0]).toBe('cart.out_of_stock')
    expect(shop.value('SELECT count(*) FROM orders')).toBe(1)
  })
})
