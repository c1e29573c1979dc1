import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { delivered, SellingShop } from '../../../tests/fixtures/selling.ts'
import { isDomainError } from '../errors.ts'
import { withMutant } from '../mutants.ts'

describe('placing an order', () => {
  let shop: SellingShop

  beforeEach(() => {
    shop = new SellingShop()
  })
  afterEach(() => shop.close())

  const codeOf = (work: () => unknown): string => {
    try {
      work()
    } catch (error) {
      if (isDomainError(error)) return error.code
      throw error
    }
    return 'none'
  }

  it('gives it no number that another prefix gave already', () => {
    const tea = shop.product('te', 1_000)
    const prefix = (orderPrefix: string) =>
      shop.test.storage.write('system', (tx) => shop.settings.set(tx, { orderPrefix }))
    prefix('1')
    expect(shop.place([{ variantId: tea, quantity: 1 }]).number).toBe('11001')
    // Ten thousand orders later.
    shop.test.storage.sql.prepare('UPDATE orders SET seq = 10000').run()
    prefix('')
    expect(shop.place([{ variantId: tea, quantity: 1 }])).toMatchObject({ number: '11002' })
  })

  it('writes what was sold, holds the stock and numbers in order', () => {
    const scarf = shop.product('bufanda', 2_500, 5)
    const tea = shop.product('te', 1_000)
    const first = shop.place(
      [
        { variantId: scarf, quantity: 2 },
        { variantId: tea, quantity: 1, note: 'molido' },
      ],
      { delivery: delivered },
    )
    expect(first).toMatchObject({
      number: '1001',
      state: 'pending',
      paymentState: 'unpaid',
      subtotal: 6_000,
      deliveryFee: 395,
      total: 6_395,
      tax: 1_110,
      pieces: 3,
      address: 'Calle Mayor 3, 2º B',
      next: ['processing', 'cancelled'],
    })
    expect(
      first.lines.map((line) => [line.name, line.quantity, line.total, line.tracked, line.note]),
    ).toEqual([
      ['bufanda', 2, 5_000, true, ''],
      ['te', 1, 1_000, false, 'molido'],
    ])
    expect(first.changes.map((change) => change.kind)).toEqual(['placed'])
    expect(shop.stock(scarf)).toEqual({ onHand: 5, reserved: 2, available: 3 })
    expect(shop.place([{ variantId: tea, quantity: 1 }]).number).toBe('1002')
    shop.test.storage.write('system', (tx) => shop.settings.set(tx, { orderPrefix: 'LA-' }))
    expect(shop.place([{ variantId: tea, quantity: 1 }]).number).toBe('LA-1003')
    expect(shop.orders.byNumber('#la-1003')?.number).toBe('LA-1003')
    expect(shop.orders.byNumber('1003')?.number).toBe('LA-1003')
    expect(shop.orders.byNumber('LB-1003')).toBeNull()
    expect(shop.orders.byNumber('1004')).toBeNull()
  })

  it('writes nothing when one line is not there any more', () => {
    const scarf = shop.product('bufanda', 2_500, 5)
    const hat = shop.product('gorro', 1_500, 1)
    const lines = [
      { variantId: scarf, quantity: 2 },
      { variantId: hat, quantity: 2 },
    ]
    const draft = shop.orders.draft(shop.request(lines))
    expect(draft.problems).toMatchObject([{ code: 'cart.out_of_stock', name: 'gorro', available: 1 }])
    expect(codeOf(() => shop.place(lines))).toBe('cart.out_of_stock')
    expect(shop.value('SELECT count(*) FROM orders')).toBe(0)
    expect(shop.stock(scarf).reserved).toBe(0)
  })

  it('counts two lines of one article together', () => {
    const scarf = shop.product('bufanda', 2_500, 3)
    const lines = [
      { variantId: scarf, quantity: 2 },
      { variantId: scarf, quantity: 2, note: 'con letras' },
    ]
    expect(codeOf(() => shop.place(lines))).toBe('cart.out_of_stock')
    expect(shop.stock(scarf).reserved).toBe(0)
  })

  it('sells the last one once, and the guard that sees to it can be missed', async () => {
    const scarf = shop.product('bufanda', 2_500, 1)
    const both = () => {
      const late = shop.orders.draft(shop.request([{ variantId: scarf, quantity: 1 }]))
      shop.place([{ variantId: scarf, quantity: 1 }])
      return shop.test.storage.write('system', (tx) =>
        shop.orders.place(tx, late, {
          customerId: null,
          conversationId: null,
          source: 'chat',
          summaryId: null,
        }),
      )
    }
    await withMutant('stock.reserve', () => {
      expect(codeOf(both)).toBe('none')
      expect(shop.stock(scarf)).toMatchObject({ onHand: 1, reserved: 2 })
    })
    const hat = shop.product('gorro', 2_500, 1)
    shop.place([{ variantId: hat, quantity: 1 }])
    expect(codeOf(() => shop.place([{ variantId: hat, quantity: 1 }]))).toBe('cart.out_of_stock')
    expect(shop.stock(hat)).toMatchObject({ onHand: 1, reserved: 1, available: 0 })
  })

  it('holds a customer to the catalog, and the shop to its stock alone', () => {
    const cake = shop.product('tarta', 3_000, 2, { status: 'hidden' })
    const lines = [{ variantId: cake, quantity: 1, unitPrice: 2_000 }]
    expect(shop.orders.draft(shop.request(lines)).problems[0]?.code).toBe('cart.not_sellable')
    const own = shop.orders.draft(shop.request(lines), 'shop')
    expect(own.problems).toEqual([])
    expect(own.total).toBe(2_000)
    const quoted = shop.product('boda', 1, null, {
      variants: [{ price: { kind: 'ask' } }],
    })
    const asked = shop.orders.draft(shop.request([{ variantId: quoted, quantity: 1, unitPrice: 90_000 }]))
    expect(asked.problems[0]?.code).toBe('cart.not_sellable')
    const sure = shop.orders.draft(
      shop.request([{ variantId: quoted, quantity: 1, unitPrice: 90_000, quoteId: 'q' }]),
    )
    expect(sure).toMatchObject({ problems: [], total: 90_000 })
  })

  it('takes a code that holds, and no other', () => {
    const scarf = shop.product('bufanda', 2_500)
    shop.test.storage.write('system', (tx) => {
      shop.discounts.add(tx, { code: 'Lana10', kind: 'percent', value: 1_000, maxUses: 1 })
      shop.discounts.add(tx, { code: 'MUCHO', kind: 'amount', value: 500, minSubtotal: 10_000 })
    })
    const lines = [{ variantId: scarf, quantity: 2 }]
    const order = shop.place(lines, { discountCode: 'lana 10' })
    expect(order).toMatchObject({ discountCode: 'Lana10', discount: 500, total: 4_500 })
    expect(shop.discounts.find('LANA10')?.uses).toBe(1)
    const problems = (code: string) =>
      shop.orders
        .draft(shop.request(lines, { discountCode: code }))
        .problems.map(({ code, data }) => [code, data.reason ?? null])
    expect(problems('lana10')).toEqual([['discount.not_valid', 'used_up']])
    expect(problems('mucho')).toEqual([['discount.not_valid', 'minimum']])
    expect(problems('nada')).toEqual([['discount.unknown', null]])
    expect(codeOf(() => shop.place(lines, { discountCode: 'nada' }))).toBe('discount.unknown')
  })

  it('takes no more orders for a delivery window than it holds', () => {
    const tea = shop.product('te', 1_000)
    shop.test.storage.write('system', (tx) =>
      shop.settings.set(tx, {
        slots: [
          {
            id: 'am',
            label: 'Mañana',
            days: ['mon'],
            from: '09:00',
            to: '12:00',
            capacity: 1,
            cutoffMinutes: 60,
          },
        ],
      }),
    )
    const delivery = { ...delivered, slotId: 'am', slotLabel: 'Mañana', slotDate: '2026-03-09' }
    shop.place([{ variantId: tea, quantity: 1 }], { delivery })
    expect(codeOf(() => shop.place([{ variantId: tea, quantity: 1 }], { delivery }))).toBe('checkout.slot')
    expect(shop.orders.inSlot('am', '2026-03-09')).toBe(1)
  })
})
