import { afterEach, beforeEach, expect, it } from 'vitest'
import { CheckoutWay, placeOrder as placing, tellOutcome } from '../../../../tests/fixtures/checkout-way.ts'
import { newId } from '../../ids.ts'
import type { JsonValue } from '../../json.ts'
import { answerFromFacts } from '../answer-from-facts.ts'
import { checkReply } from '../gate.ts'
import { createTools } from './registry.ts'
import type { ToolOutcome } from './tool.ts'

let shop: CheckoutWay
beforeEach(() => {
  shop = new CheckoutWay()
  shop.meet('Ana')
})
afterEach(() => shop.close())

async function call(name: string, args: JsonValue, seen: readonly string[] = []): Promise<ToolOutcome> {
  const tool = createTools(shop.services).find((one) => one.name === name)
  if (tool === undefined) throw new Error(name)
  const context = {
    ...shop.owner,
    turnId: newId(),
    locale: 'es-ES',
    language: 'es' as const,
    seen: new Set(seen),
    signal: new AbortController().signal,
  }
  const input = tool.input.parse(args)
  const outcome = tool.effect
    ? shop.way.test.storage.write('agent', (tx) => tool.run(context, tx, input))
    : await tool.run(context, input)
  // What an engine gets is plain JSON: nothing in it may be lost on the way to the journal.
  expect(JSON.parse(JSON.stringify(outcome.data))).toEqual(outcome.data)
  const told = { facts: outcome.facts, language: 'es' as const, shop: shop.way.test.brief }
  const text = answerFromFacts({ ...told, formOfAddress: 'tu' })
  expect(checkReply({ ...told, text, customerTexts: [], mentions: () => [] }).findings).toEqual([])
  return outcome
}

const money = (amount: number, text: string) => ({ amount, currency: 'EUR', text })

it('show an empty checkout and what the shop offers', async () => {
  expect((await call('view_checkout', {})).data).toEqual({
    checkout: {
      missing: ['cart', 'delivery_method', 'name', 'payment'],
      lines: [],
      changes: [],
      delivery: { method: null, zone: null, place: '', address: '', slot: null },
      contact: { name: '', phone: '' },
      payment: null,
      discount: null,
      subtotal: money(0, '0,00 €'),
      deliveryFee: null,
      freeFrom: null,
      tax: { included: true, amount: money(0, '0,00 €') },
      total: null,
      minOrder: money(1000, '10,00 €'),
      options: {
        methods: ['delivery', 'pickup'],
        payments: [
          { id: 'bizum', name: 'Bizum' },
          { id: 'card', name: 'Tarjeta' },
        ],
        slots: [],
        savedAddresses: [],
      },
      note: '',
      closedNotice: null,
    },
  })
})

it('take a cart to its summary', async () => {
  await call('set_cart_line', { variantId: shop.hat, quantity: 2 }, [shop.hat])
  const delivered = await call('set_delivery', {
    method: 'delivery',
    place: '28013 Madrid',
    address: 'Calle Mayor 3, 2º B',
  })
  expect(delivered.facts).toContainEqual({ kind: 'action', action: 'delivery_set' })
  await call('set_contact', { name: 'Ana Pérez', phone: '600 111 222', note: 'Llamar antes' })
  const paid = await call('set_payment_method', { payment: 'bizum' })
  expect(paid.data).toMatchObject({
    checkout: { missing: [], payment: { id: 'bizum', details: 'Al 611 222 333' } },
  })
  const { data, facts, cites } = await call('summarize_order', {})
  expect(data).toMatchObject({
    summaryId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    checkout: {
      missing: [],
      lines: [
        {
          variantId: shop.hat,
          sku: 'GOR',
          name: 'Gorro de lana',
          title: '',
          quantity: 2,
          unit: 'piece',
          unitSize: 1,
          unitPrice: money(1990, '19,90 €'),
          total: money(3980, '39,80 €'),
        },
      ],
      delivery: {
        method: 'delivery',
        zone: { id: 'madrid', name: 'Madrid capital', eta: '24-48 h' },
        place: '28013 Madrid',
        address: 'Calle Mayor 3, 2º B',
        slot: null,
      },
      contact: { name: 'Ana Pérez', phone: '600 111 222' },
      subtotal: money(3980, '39,80 €'),
      deliveryFee: money(350, '3,50 €'),
      freeFrom: money(5000, '50,00 €'),
      tax: { included: true, amount: money(751, '7,51 €') },
      total: money(4330, '43,30 €'),
      note: 'Llamar antes',
    },
  })
  expect(facts).toContainEqual({ kind: 'action', action: 'order_summarized' })
  const tables = cites.map(({ table }) => table)
  expect(tables).toEqual(expect.arrayContaining(['carts', 'checkouts', 'products', 'variants', 'shop']))
  const told = { facts, language: 'es' as const, shop: shop.way.test.brief }
  expect(answerFromFacts({ ...told, formOfAddress: 'usted' })).toBe(
    [
      '• 2 × Gorro de lana: 39,80 €',
      'Subtotal: 39,80 €',
      'Envío: 3,50 €',
      'Total: 43,30 €',
      'Entrega: Calle Mayor 3, 2º B, 28013 Madrid',
      'A nombre de: Ana Pérez (600 111 222)',
      'Pago: Bizum',
      '¿Confirma el pedido?',
    ].join('\n'),
  )
})

it('apply and take away a code, and repeat no refusal as done', async () => {
  await call('set_cart_line', { variantId: shop.hat, quantity: 2 }, [shop.hat])
  shop.way.test.storage.write('system', (tx) =>
    shop.services.discounts.add(tx, { code: 'LANA10', kind: 'percent', value: 1000 }),
  )
  const applied = await call('apply_discount', { code: 'lana10' })
  expect(applied.data).toMatchObject({
    checkout: { discount: { code: 'LANA10', amount: money(398, '3,98 €') } },
  })
  expect(applied.facts).toContainEqual({ kind: 'action', action: 'discount_applied' })
  const removed = await call('apply_discount', { code: null })
  expect(removed.data).toMatchObject({ checkout: { discount: null } })
  expect(removed.facts).toContainEqual({ kind: 'action', action: 'discount_removed' })
  await expect(call('apply_discount', { code: 'GRATIS' })).rejects.toMatchObject({ code: 'discount.unknown' })
})

it('show an order and cancel it once', async () => {
  await shop.summarised()
  await shop.turn('sí', placing(shop), tellOutcome)
  const [order] = shop.orders()
  const status = await call('order_status', {})
  expect(status.data).toEqual({
    orders: [
      {
        orderId: order?.id,
        number: order?.number,
        state: 'pending',
        paymentState: 'unpaid',
        placedAt: order?.placedAt,
        lines: [expect.objectContaining({ sku: 'GOR', quantity: 2, total: money(3980, '39,80 €') })],
        subtotal: money(3980, '39,80 €'),
        discount: null,
        deliveryFee: money(350, '3,50 €'),
        total: money(4330, '43,30 €'),
        paid: money(0, '0,00 €'),
        delivery: {
          method: 'delivery',
          zoneName: 'Madrid capital',
          address: 'Calle Mayor 3, 2º B',
          place: '28013 Madrid',
          slotLabel: '',
          slotDate: null,
          eta: '24-48 h',
        },
        payment: { id: 'bizum', name: 'Bizum', details: 'Al 611 222 333' },
        reservedUntil: null,
        canCancel: true,
      },
    ],
  })
  const id = order?.id ?? ''
  expect(status.cites).toEqual([{ table: 'orders', id, revision: order?.revision }])
  expect((await call('order_status', { number: `#${order?.number}` })).data).toEqual(status.data)
  const cancelled = await call('cancel_order', { orderId: id, reason: 'ya no lo quiero' }, [id])
  expect(cancelled.data).toMatchObject({ order: { state: 'cancelled', canCancel: false } })
  expect(cancelled.facts).toContainEqual({ kind: 'action', action: 'order_cancelled' })
  expect(shop.stock(shop.hat)).toEqual({ onHand: 5, available: 5 })
  await expect(call('cancel_order', { orderId: id }, [id])).rejects.toMatchObject({ code: 'order.closed' })
})
