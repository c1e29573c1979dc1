import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { delivered, SellingShop } from '../../../tests/fixtures/selling.ts'
import type { Order } from './order.ts'
import type { OrderState } from './states.ts'

let shop: SellingShop
let tea: string
beforeEach(() => {
  shop = new SellingShop()
  tea = shop.product('té', 1_250, 50)
})
afterEach(() => shop.close())

const owner = 'person:owner'
const move = (order: Order, state: OrderState, reason = '', tell = true) =>
  shop.test.storage.write(owner, (tx) => shop.orders.setState(tx, order.id, { state, reason, tell }))
const place = (chat: { customerId: string; conversationId: string }) =>
  shop.place([{ variantId: tea, quantity: 2 }], { delivery: delivered }, chat)

describe('customers are told', () => {
  it('what becomes of their order, in their language and form of address', () => {
    const ana = shop.chat('Ana', { language: 'es', formOfAddress: 'usted' })
    const order = place(ana)
    move(order, 'processing')
    shop.test.storage.write(owner, (tx) => shop.orders.addPayment(tx, order.id, { amount: 1_000 }))
    shop.test.storage.write(owner, (tx) => shop.orders.addPayment(tx, order.id, { amount: 1_895 }))
    move(order, 'shipped')
    move(order, 'delivered')
    move(order, 'returned')
    shop.test.storage.write(owner, (tx) => shop.orders.refund(tx, order.id, { amount: 500 }))
    expect(shop.told(ana.conversationId)).toEqual([
      'Ya estamos preparando su pedido 1001.',
      'Hemos recibido 10,00 € por su pedido 1001. ¡Gracias!\nQuedan por pagar 18,95 €.',
      'Hemos recibido 18,95 € por su pedido 1001. ¡Gracias!\nQueda pagado por completo.',
      'Su pedido 1001 ya va de camino.',
      'Su pedido 1001 está entregado. ¡Gracias por su compra!',
      'Hemos recibido la devolución de su pedido 1001.',
      'Le hemos devuelto 5,00 € de su pedido 1001.',
    ])
    expect(shop.value("SELECT group_concat(DISTINCT author) FROM outbox WHERE state = 'queued'")).toBe(
      'system',
    )
  })

  it('in English, of a cancellation with its reason and of a change with all its lines', () => {
    const bob = shop.chat('Bob', { language: 'en' })
    const order = place(bob)
    shop.test.storage.write(owner, (tx) =>
      shop.orders.edit(tx, order.id, { lines: [{ lineId: order.lines[0]?.id ?? '', quantity: 1 }] }),
    )
    shop.test.storage.write(owner, (tx) => shop.orders.edit(tx, order.id, { note: 'door code 12' }))
    move(order, 'cancelled', 'we are closed this week')
    expect(shop.told(bob.conversationId)).toEqual([
      'We have changed your order 1001. This is how it stands:\n• 1 × té: 12,50 €\nDelivery: 3,95 €\nTotal: 16,45 €',
      'Your order 1001 has been cancelled.\nReason: we are closed this week',
    ])
  })

  it('in as many messages as a long order takes', () => {
    const ana = shop.chat('Ana', { language: 'es' })
    const lines = Array.from({ length: 90 }, (_, index) => ({
      variantId: shop.product(`Servilletas de papel de colores surtidos ${index}`, 100),
      quantity: 2,
    }))
    const order = shop.place(lines, {}, ana)
    const lineId = order.lines[0]?.id ?? ''
    shop.test.storage.write(owner, (tx) =>
      shop.orders.edit(tx, order.id, { lines: [{ lineId, quantity: 1 }] }),
    )
    const parts = shop.test.storage.sql
      .prepare("SELECT json_extract(payload, '$.text') FROM outbox ORDER BY seq")
      .pluck()
      .all()
      .map(String)
    // Telegram takes 4,096 characters a message and refuses more.
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(4_096)
    expect(parts.at(-1)).toContain('Total: 179,00')
  })

  it('nothing where the shop says so, or where nobody can be reached', () => {
    const ana = shop.chat('Ana', { language: 'es' })
    move(place(ana), 'processing', '', false)
    shop.test.storage.write(owner, (tx) => shop.settings.set(tx, { tellCustomers: false }))
    move(place(ana), 'processing')
    shop.test.storage.write(owner, (tx) => shop.settings.set(tx, { tellCustomers: true }))
    move(shop.place([{ variantId: tea, quantity: 1 }]), 'processing')
    const order = place(ana)
    shop.test.storage.write('system', (tx) => {
      tx.sql.prepare("UPDATE channel_accounts SET deleted_at = 'x'").run()
    })
    expect(move(order, 'processing').state).toBe('processing')
    expect(shop.told(ana.conversationId)).toEqual([])
    expect(shop.value('SELECT count(*) FROM outbox')).toBe(0)
  })

  it('whoever holds the conversation: a take-over cancels no notice and a notice changes no holder', () => {
    const ana = shop.chat('Ana', { language: 'es' })
    const order = place(ana)
    move(order, 'processing')
    shop.conversations.take(owner, ana.conversationId)
    expect(shop.conversations.get(ana.conversationId)).toMatchObject({ mode: 'person', modeReason: 'taken' })
    move(order, 'shipped')
    expect(shop.conversations.get(ana.conversationId)).toMatchObject({ mode: 'person', modeReason: 'taken' })
    shop.conversations.handBack(owner, ana.conversationId)
    expect(shop.outbox.claim(ana.conversationId)?.payload).toMatchObject({
      text: 'Ya estamos preparando tu pedido 1001.',
    })
  })
})
