import { afterEach, beforeEach, expect, it } from 'vitest'
import { CardShop } from '../../../../tests/fixtures/card-shop.ts'
import { TariffService } from '../../tariffs/service.ts'
import { askOwner } from './ask-owner.ts'
import type { ToolOutcome } from './tool.ts'

let shop: CardShop
let turn = 0
beforeEach(() => {
  shop = new CardShop()
})
afterEach(() => shop.close())

function ask(as: string, question: string, kind: 'product' | 'question' = 'product'): ToolOutcome {
  const { cards, catalog, way } = shop
  const { storage, brief } = way.test
  const tool = askOwner({ cards, catalog, tariffs: new TariffService(storage, catalog), shop: () => brief })
  const conversationId = shop.conversation(as)
  const context = {
    conversationId,
    customerId: way.conversations.get(conversationId).customerId,
    turnId: `turn-${turn++}`,
    locale: 'es-ES',
    language: 'es' as const,
    seen: new Set<string>(),
    signal: AbortSignal.timeout(10_000),
  }
  return storage.write('agent', (tx) => tool.run(context, tx, tool.input.parse({ kind, question })))
}

it('says that the owner was asked, and nothing else', () => {
  const outcome = ask('Ana', '¿tenéis pianos a 5 €?')
  expect(outcome.data).toMatchObject({ state: 'opened', answer: null, alreadyWaiting: false })
  expect(outcome.facts).toEqual([{ kind: 'action', action: 'owner_asked' }])
  expect(outcome.cites).toEqual([])
})

it('gives the owner’s answer as the shop’s own text', () => {
  const card = shop.card('Ana', '¿tenéis pianos a 5 €?')
  shop.answer(card.id, 'Sí, 250 €')
  const { data, facts } = ask('Luis', '¿tenéis pianos a 5 €?')
  expect(data).toMatchObject({ state: 'answered', answer: 'Sí, 250 €' })
  expect(facts).toContainEqual({ kind: 'shop_text', topic: 'card', text: '¿tenéis pianos a 5 €?\nSí, 250 €' })
})

it('gives the product where the answer was kept and has changed since', () => {
  const card = shop.card('Ana', '¿tenéis pianos?')
  const { productId } = shop.answer(card.id, 'Sí, 250 €', { as: 'product', name: 'Piano', price: 25_000 })
  shop.way.test.storage.write('person:ana', (tx) =>
    shop.catalog.update(tx, productId ?? '', { description: 'De cola' }),
  )
  const { data, facts, cites } = ask('Luis', '¿tenéis pianos?')
  expect(data).toMatchObject({ state: 'answered', answer: null, products: [{ productId, name: 'Piano' }] })
  expect(facts.some((fact) => fact.kind === 'price' && fact.productId === productId)).toBe(true)
  expect(cites).toContainEqual(expect.objectContaining({ table: 'products', id: productId }))
})

it('claims nothing when nothing was asked', () => {
  for (const thing of ['sillas', 'mesas', 'camas', 'armarios', 'espejos']) ask('Ana', `¿tenéis ${thing}?`)
  const { data, facts } = ask('Ana', '¿tenéis alfombras?')
  expect(data).toMatchObject({ state: 'limited' })
  expect(facts).toEqual([])
})
