import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ContractClient } from '../../preload/contract/index.ts'
import { TestHost } from '../../tests/fixtures/headless.ts'

// A host is started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let test: TestHost
let cookie: string
let desk: ContractClient
const shop = 'tienda'
let scarf: string
let tea: string

beforeAll(async () => {
  test = await TestHost.start()
  cookie = await test.signIn()
  desk = (await test.desk(cookie)).client
  await desk.shops.create({ name: 'Tienda', currency: 'EUR', locale: 'es-ES' })
  await desk.session.update({ name: 'Rosa', language: 'es' })
  const variant = async (name: string, amount: number, onHand: number) => {
    const price = { kind: 'exact' as const, amount }
    const product = { name, variants: [{ sku: name, price, stock: { tracked: true, onHand } }] }
    return (await desk.catalog.create({ shop, product })).variants[0]?.id ?? ''
  }
  scarf = await variant('Bufanda', 2_500, 5)
  tea = await variant('Té', 1_000, 50)
})
afterAll(() => test.close())

async function upload(name: string, body: Buffer): Promise<string> {
  const headers = { Cookie: cookie, Origin: test.origin, 'X-File-Name': encodeURIComponent(name) }
  const answer = await test.ask('/upload', { method: 'POST', headers, body })
  return JSON.parse(answer.body).uploadId
}

const sell = (quantity: number, paid = true) =>
  desk.orders.counterSale({ shop, lines: [{ variantId: tea, quantity }], paid, paymentMethod: 'Efectivo' })
const refused = (code: string, data?: object) => ({ data: { code, ...(data === undefined ? {} : { data }) } })

/** 1 × 1 pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('orders at the desk', () => {
  it('shows what a sale comes to before it is made, then sells', async () => {
    const lines = [{ variantId: scarf, quantity: 6 }]
    expect(await desk.orders.preview({ shop, lines })).toMatchObject({
      total: 15_000,
      problems: [{ code: 'cart.out_of_stock', variantId: scarf, available: 5 }],
    })
    await expect(desk.orders.counterSale({ shop, lines })).rejects.toMatchObject(refused('cart.out_of_stock'))
    const sale = await sell(2)
    expect(sale).toMatchObject({ state: 'delivered', paymentState: 'paid', total: 2_000, next: ['returned'] })
    expect(sale.changes.map(({ kind, actorName }) => [kind, actorName])).toEqual([
      ['placed', 'Rosa'],
      ['state', 'Rosa'],
      ['payment', 'Rosa'],
    ])
    expect(await desk.orders.byNumber({ shop, number: `#${sale.number}` })).toEqual(sale)
    await expect(desk.orders.byNumber({ shop, number: '9' })).rejects.toMatchObject(refused('not_found'))
  })

  it('keeps a receipt with a payment, if it is a picture or a PDF', async () => {
    const sale = await sell(3, false)
    const pay = (receiptUploadId: string, amount = 1_000) =>
      desk.orders.addPayment({ shop, orderId: sale.id, amount, receiptUploadId, note: 'a cuenta' })
    await expect(pay(await upload('recibo.csv', Buffer.from('a;b')))).rejects.toMatchObject(
      refused('media.type_refused'),
    )
    await expect(pay('nobody')).rejects.toMatchObject(refused('upload.not_found'))
    const receipt = await upload('recibo.png', png)
    await expect(pay(receipt, 3_001)).rejects.toMatchObject(refused('order.overpaid', { max: 3_000 }))
    const paid = await pay(receipt)
    expect(paid).toMatchObject({ paymentState: 'part', paid: 1_000 })
    const hash = paid.payments[0]?.receiptHash ?? ''
    const media = await test.ask(`/media/${shop}/${hash}`, { headers: { Cookie: cookie } })
    expect([media.status, media.headers['content-type']]).toEqual([200, 'image/png'])
    // A picture of somebody's leaves nothing in a browser that an erasure cannot reach.
    expect(media.headers['cache-control']).toBe('no-store')
    // It was released with the payment that it belongs to.
    await expect(pay(receipt)).rejects.toMatchObject(refused('upload.not_found'))
    const paymentId = paid.payments[0]?.id ?? ''
    expect(await desk.orders.removePayment({ shop, orderId: sale.id, paymentId })).toMatchObject({
      paymentState: 'unpaid',
      payments: [],
    })
  })

  it('moves, notes, refunds and refuses what is not allowed', async () => {
    const sale = await sell(1)
    const { id: orderId, revision } = sale
    const back = await desk.orders.setState({ shop, orderId, state: 'returned', reason: 'rota' })
    expect(back.changes.at(-1)?.data).toEqual({ reason: 'rota', restock: true })
    const stale = desk.orders.setState({ shop, orderId, state: 'cancelled', expectedRevision: revision })
    await expect(stale).rejects.toMatchObject(refused('conflict'))
    await expect(desk.orders.setState({ shop, orderId, state: 'pending' })).rejects.toMatchObject(
      refused('order.transition', { from: 'returned', to: 'pending' }),
    )
    await expect(desk.orders.edit({ shop, orderId, note: 'x' })).rejects.toMatchObject(
      refused('order.closed'),
    )
    await expect(desk.orders.refund({ shop, orderId, amount: 1_001 })).rejects.toMatchObject(
      refused('order.refund_too_high', { max: 1_000 }),
    )
    expect(await desk.orders.refund({ shop, orderId, amount: 1_000 })).toMatchObject({
      paymentState: 'refunded',
    })
    expect((await desk.orders.addNote({ shop, orderId, text: 'pedir disculpas' })).changes.at(-1)?.kind).toBe(
      'note',
    )
    expect(await desk.orders.markSeen({ shop, orderId })).toEqual({ done: true })
  })

  it('lists, counts and searches', async () => {
    const { items, more } = await desk.orders.list({ shop, limit: 2 })
    expect([items.length, more]).toEqual([2, true])
    const next = await desk.orders.list({ shop, limit: 2, before: items.at(-1)?.seq })
    expect(next.items.map((order) => order.seq)).toEqual([1])
    expect(await desk.orders.counts({ shop })).toEqual({
      states: { pending: 0, processing: 0, shipped: 0, delivered: 2, cancelled: 0, returned: 1 },
      unseen: 0,
    })
    const found = await desk.orders.list({ shop, filter: { text: 'TÉ', states: ['returned'] } })
    expect(found.items).toHaveLength(1)
  })
})

describe('how the shop sells', () => {
  it('is changed piece by piece, and checked', async () => {
    const before = await desk.selling.settings({ shop })
    expect(before).toMatchObject({ taxes: { standard: 2_100 }, deliveryTax: 2_100, unpaidHours: null })
    const after = await desk.selling.setSettings({ shop, changes: { unpaidHours: 48, prepaid: ['bizum'] } })
    expect(after).toEqual({ ...before, unpaidHours: 48, prepaid: ['bizum'] })
    const slot = {
      id: 'a',
      label: 'A',
      days: ['mon' as const],
      from: '12:00',
      to: '10:00',
      capacity: null,
      cutoffMinutes: 0,
    }
    await expect(desk.selling.setSettings({ shop, changes: { slots: [slot] } })).rejects.toMatchObject(
      refused('input.invalid', { field: 'slots' }),
    )
  })

  it('keeps discount codes', async () => {
    const discount = { code: 'HOLA', kind: 'percent' as const, value: 1_000 }
    const made = await desk.selling.addDiscount({ shop, discount })
    expect(made).toMatchObject({ code: 'HOLA', active: true, uses: 0 })
    await expect(
      desk.selling.addDiscount({ shop, discount: { ...discount, code: 'hola' } }),
    ).rejects.toMatchObject(refused('discount.code_taken'))
    const discountId = made.id
    const changed = await desk.selling.changeDiscount({
      shop,
      discountId,
      discount: { ...discount, value: 500 },
    })
    expect(changed.value).toBe(500)
    await desk.selling.removeDiscount({ shop, discountId })
    expect(await desk.selling.discounts({ shop })).toEqual([])
  })
})
