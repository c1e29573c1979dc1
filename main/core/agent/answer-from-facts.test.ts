import fc from 'fast-check'
import { expect, it } from 'vitest'
import { answerFromFacts } from './answer-from-facts.ts'
import type { Fact } from './facts.ts'
import { checkReply } from './gate.ts'
import { productLine, scenes } from './gate-drafts.fixture.ts'
import { orderScenes } from './gate-drafts-orders.fixture.ts'

const shop = scenes[0]?.shop ?? {
  name: 'X',
  currency: 'EUR',
  locale: 'es-ES',
  country: 'ES',
  timeZone: 'Europe/Madrid',
  pricesIncludeTax: true,
}
const amount = fc.integer({ min: 0, max: 10_000_000 })
const money = amount.map((value) => ({ amount: value, currency: shop.currency }))
const name = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    'Té verde',
    'Vela 50 %',
    'Tarjeta 25 €',
    'Pack 2x1',
    'Taza',
    'Agotado',
    'Set de dos',
    'Gratis',
  ),
)
const variant = fc.record({
  title: fc.option(fc.constantFrom('S', 'M', 'Roja', '38', '250 g'), { nil: undefined }),
  price: fc.option(amount, { nil: undefined }),
  from: fc.boolean(),
  stock: fc.option(fc.nat(50), { nil: null }),
})
const product = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    name,
    status: fc.constantFrom('available' as const, 'sold_out' as const),
    variants: fc.array(variant, { minLength: 1, maxLength: 4 }),
  })
  .map((line) => productLine(shop, line))
const single: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    kind: fc.constant('sum' as const),
    subject: fc.constantFrom('checkout' as const, 'order' as const),
    of: fc.constantFrom('o1', 'o2'),
    role: fc.constantFrom('subtotal' as const, 'discount' as const, 'delivery' as const, 'total' as const),
    money,
  }),
  fc.record({
    kind: fc.constant('order' as const),
    orderId: fc.constantFrom('o1', 'o2'),
    number: fc.constantFrom('1004', 'A-77', 'x'),
    state: fc.constantFrom('pending' as const, 'shipped' as const, 'cancelled' as const),
    paymentState: fc.constantFrom('unpaid' as const, 'paid' as const),
  }),
  fc.record({
    kind: fc.constant('order_line' as const),
    orderId: fc.constantFrom('o1', 'o2'),
    variantId: fc.constantFrom('a-0', 'b-0'),
    productId: fc.constantFrom('a', 'b'),
    quantity: fc.integer({ min: 1, max: 9 }),
    unit: money,
    total: money,
  }),
  fc.record({
    kind: fc.constant('customer_text' as const),
    of: fc.constantFrom('address' as const, 'name' as const, 'phone' as const),
    text: fc.oneof(fc.string(), fc.constantFrom('Total: 1 €', 'Calle Mayor 3', 'gratis', '600 111 222')),
  }),
  fc.record({
    kind: fc.constant('action' as const),
    action: fc.constantFrom('order_summarized' as const, 'order_placed' as const, 'order_cancelled' as const),
  }),
  fc.record({ kind: fc.constant('cart_total' as const), money, lines: fc.nat(4), pieces: fc.nat(9) }),
  fc.record({
    kind: fc.constant('cart_line' as const),
    variantId: fc.constantFrom('a-0', 'b-0'),
    productId: fc.constantFrom('a', 'b'),
    quantity: fc.integer({ min: 1, max: 9 }),
    unit: money,
    total: money,
  }),
  fc.record({
    kind: fc.constant('shop_text' as const),
    topic: fc.constantFrom('hours', 'delivery', 'returns'),
    text: fc.oneof(
      fc.string(),
      fc.constantFrom(
        '¿Horario?\nDe 9:00 a 14:00.',
        '¿Envíos?\nEnvío 4,95 €, gratis desde 50 €. No enviamos a Canarias.',
      ),
    ),
  }),
  fc.record({ kind: fc.constant('fee' as const), name: fc.constantFrom('delivery:Centro', 'pickup'), money }),
  fc.record({
    kind: fc.constant('action' as const),
    action: fc.constantFrom(
      'cart_added' as const,
      'cart_removed' as const,
      'cart_cleared' as const,
      'handed_over' as const,
      'photo_sent' as const,
    ),
  }),
)
const facts = fc
  .tuple(fc.array(product, { maxLength: 4 }), fc.array(single, { maxLength: 6 }))
  .map(([products, others]) => [...products.flat(), ...others])

it('always passes the gate', () => {
  const language = fc.constantFrom('es' as const, 'en' as const)
  const form = fc.constantFrom('tu' as const, 'usted' as const, 'vos' as const, null)
  fc.assert(
    fc.property(facts, language, form, (given, spoken, formOfAddress) => {
      const text = answerFromFacts({ facts: given, language: spoken, formOfAddress, shop })
      expect(text.trim()).not.toBe('')
      const verdict = checkReply({
        text,
        language: spoken,
        facts: given,
        customerTexts: [],
        shop,
        mentions: () => [],
      })
      expect(verdict.findings).toEqual([])
    }),
    { numRuns: 400 },
  )
})

it('says what the tools found, in the customer’s language', () => {
  const given = productLine(shop, { id: 'tea', name: 'Té verde', variants: [{ price: 1290, stock: 7 }] })
  expect(answerFromFacts({ facts: given, language: 'es', formOfAddress: 'tu', shop })).toBe(
    '• Té verde: 12,90 € · disponible',
  )
  expect(answerFromFacts({ facts: given, language: 'en', formOfAddress: null, shop })).toBe(
    '• Té verde: 12,90 € · available',
  )
})

it('gives the whole answer for every written scene', () => {
  for (const scene of scenes) {
    const text = answerFromFacts({ ...scene, formOfAddress: 'usted' })
    expect(text, scene.name).toMatch(/\d/)
  }
})

it('tells a summary and an order in full', () => {
  const say = (name: string, more: Fact[] = []) => {
    const scene = orderScenes.find((one) => one.name === name)
    if (scene === undefined) throw new Error(name)
    const { facts, language, shop: brief } = scene
    return answerFromFacts({ facts: [...facts, ...more], language, formOfAddress: 'tu', shop: brief })
  }
  expect(say('Spanish checkout', [{ kind: 'action', action: 'order_summarized' }])).toBe(
    [
      '• 2 × Gorro de lana: 39,80 €',
      'Subtotal: 39,80 €',
      'Descuento: -3,98 €',
      'Envío: 3,50 €',
      'Total: 39,32 €',
      'Entrega: Calle Mayor 3, 2º B, 28013 Madrid',
      'A nombre de: Ana Pérez (600 111 222)',
      'Pago: Bizum',
      '¿Confirmas el pedido?',
    ].join('\n'),
  )
  expect(say('Spanish order placed')).toContain('Pedido 1004: recibido.\n• 2 × Gorro de lana: 39,80 €')
  expect(say('Spanish order placed')).toContain('Total: 43,30 €')
  expect(say('English order shipped')).toContain('Order M1010: shipped.')
  expect(say('Spanish orders')).toMatch(/Pedido 1009: enviado[\s\S]*Pedido 1004: entregado/)
})
