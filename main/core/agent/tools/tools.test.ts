import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../../tests/fixtures/shop.ts'
import { toolServices } from '../../../../tests/fixtures/tool-services.ts'
import type { Product } from '../../catalog/product.ts'
import { isDomainError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import type { JsonValue } from '../../json.ts'
import type { SearchService } from '../../search/service.ts'
import { answerFromFacts } from '../answer-from-facts.ts'
import { checkReply } from '../gate.ts'
import { createTools } from './registry.ts'
import type { Tool, ToolContext, ToolOutcome } from './tool.ts'

let test: TestStorage
let search: SearchService
let tools: Map<string, Tool>
let tea: Product
let mug: Product
let context: ToolContext & { seen: Set<string> }

beforeEach(async () => {
  test = createTestStorage()
  const { storage } = test
  const services = toolServices(test)
  const { catalog, knowledge } = services
  search = services.search
  context = {
    conversationId: newId(),
    customerId: newId(),
    turnId: newId(),
    locale: 'es-ES',
    language: 'es',
    seen: new Set(),
    signal: new AbortController().signal,
  }
  const made = storage.write('system', (tx) => {
    const stamp = [tx.now, tx.now, 'system', 'system']
    const account = newId()
    tx.sql
      .prepare(
        'INSERT INTO channel_accounts (id, kind, name, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(account, 'testchat', 'test', ...stamp)
    tx.sql
      .prepare(
        'INSERT INTO customers (id, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, ?)',
      )
      .run(context.customerId, ...stamp)
    tx.sql
      .prepare(
        'INSERT INTO conversations (id, customer_id, channel_account_id, chat_id, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(context.conversationId, context.customerId, account, 'c', ...stamp)
    knowledge.setProfile(tx, {
      phone: '910 555 123',
      hours: { mon: [['09:00', '14:00']] },
      delivery: {
        zones: [{ name: 'Centro', areas: ['Chamberí'], fee: '3,95', freeFrom: 50, eta: '24 h' }],
        notServed: 'No enviamos a Canarias',
      },
      deposit: { over: 200, percent: 30 },
      faq: [{ q: '¿Envolvéis para regalo?', a: 'Sí, sin coste.' }],
    })
    return [
      catalog.create(tx, {
        name: 'Té verde sencha',
        category: 'Tés',
        images: [{ url: 'https://example.com/te.jpg' }],
        variants: [
          {
            sku: 'TE-1',
            price: { kind: 'exact', amount: 1290 },
            compareAt: 1500,
            stock: { tracked: true, onHand: 7 },
          },
        ],
      }),
      catalog.create(tx, {
        name: 'Taza esmaltada',
        category: 'Tazas',
        optionNames: ['Color'],
        variants: [
          { options: ['Roja'], price: { kind: 'exact', amount: 1500 } },
          { options: ['Azul'], price: { kind: 'from', amount: 1700 } },
        ],
      }),
    ]
  })
  const [first, second] = made
  if (first === undefined || second === undefined) throw new Error('not made')
  tea = first
  mug = second
  await search.start()
  await search.caughtUp()
  tools = new Map(createTools(services).map((tool) => [tool.name, tool]))
})

afterEach(async () => {
  await search.stop()
  test.close()
})

async function call(name: string, args: JsonValue): Promise<ToolOutcome> {
  const tool = tools.get(name)
  if (tool === undefined) throw new Error(name)
  const input = tool.input.parse(args)
  const outcome = tool.effect
    ? test.storage.write('agent', (tx) => tool.run(context, tx, input))
    : await tool.run(context, input)
  // What an engine gets is plain JSON: nothing in it may be lost on the way to the journal.
  expect(JSON.parse(JSON.stringify(outcome.data))).toEqual(outcome.data)
  for (const id of JSON.stringify(outcome.data).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [])
    context.seen.add(id)
  const text = answerFromFacts({
    facts: outcome.facts,
    language: 'es',
    formOfAddress: 'tu',
    shop: test.brief,
  })
  const verdict = checkReply({
    text,
    language: 'es',
    facts: outcome.facts,
    customerTexts: [],
    shop: test.brief,
    mentions: () => [],
  })
  expect(verdict.findings).toEqual([])
  return outcome
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'done',
    (error: unknown) => (isDomainError(error) ? error.code : String(error)),
  )
}

function firstProduct(data: JsonValue): unknown {
  // The shape that the test goes on to check.
  const { products } = JSON.parse(JSON.stringify(data)) as { products: unknown[] }
  return products[0]
}

const teaVariant = () => tea.variants[0]?.id ?? ''

it('search, with prices, former prices and stock', async () => {
  const { data, facts, cites } = await call('search_products', { query: 'té verde' })
  // Near misses may follow the best hit.
  expect(data).toMatchObject({ answered: true })
  expect(firstProduct(data)).toMatchObject({
    productId: tea.id,
    name: 'Té verde sencha',
    hasImage: true,
    priceRange: { lowest: { amount: 1290 } },
    variants: [
      {
        sku: 'TE-1',
        available: 7,
        price: { kind: 'exact', money: { amount: 1290, currency: 'EUR', text: '12,90 €' } },
        compareAt: { amount: 1500 },
      },
    ],
  })
  expect(facts).toContainEqual({
    kind: 'price',
    productId: tea.id,
    variantId: teaVariant(),
    role: 'unit',
    money: { amount: 1290, currency: 'EUR' },
  })
  expect(cites).toContainEqual({ table: 'products', id: tea.id, revision: tea.revision })
})

it('search under other names, what fits best first', async () => {
  const { data } = await call('search_products', {
    query: 'infusión japonesa',
    alternatives: ['té sencha', 'té verde'],
  })
  expect(data).toMatchObject({ answered: true })
  expect(firstProduct(data)).toMatchObject({ productId: tea.id })
  const both = await call('search_products', { query: 'té', alternatives: ['taza'], limit: 1 })
  expect(both.data).toMatchObject({ products: { length: 1 } })
})

it('take no id that no result gave', async () => {
  expect(await codeOf(call('get_products', { productIds: [tea.id] }))).toBe('tool.id_not_seen')
  expect(await codeOf(call('set_cart_line', { variantId: teaVariant(), quantity: 1 }))).toBe(
    'tool.id_not_seen',
  )
  expect(await codeOf(call('remove_cart_line', { variantId: teaVariant() }))).toBe('tool.id_not_seen')
  expect(await codeOf(call('send_product_photo', { productId: tea.id }))).toBe('tool.id_not_seen')
})

it('fill, change, show and empty the cart', async () => {
  await call('search_products', { query: 'té' })
  const added = await call('set_cart_line', { variantId: teaVariant(), quantity: 2 })
  expect(added.data).toMatchObject({
    previousQuantity: 0,
    line: { quantity: 2, total: { amount: 2580, text: '25,80 €' } },
    cart: { total: { amount: 2580 }, pieces: 2 },
  })
  expect(added.facts).toContainEqual({ kind: 'action', action: 'cart_added', productId: tea.id, quantity: 2 })
  const changed = await call('set_cart_line', { variantId: teaVariant(), quantity: 3 })
  expect(changed.facts).toContainEqual({
    kind: 'action',
    action: 'cart_changed',
    productId: tea.id,
    quantity: 3,
  })
  expect((await call('view_cart', {})).data).toMatchObject({ cart: { lines: [{ quantity: 3 }] } })
  expect(await codeOf(call('set_cart_line', { variantId: teaVariant(), quantity: 99 }))).toBe(
    'cart.out_of_stock',
  )
  expect((await call('remove_cart_line', { variantId: teaVariant() })).data).toMatchObject({
    removed: { quantity: 3 },
    cart: { lines: [] },
  })
  expect((await call('clear_cart', {})).facts).toContainEqual({ kind: 'action', action: 'cart_cleared' })
})

it('tell what the shop says of itself', async () => {
  const delivery = await call('shop_information', { topic: 'delivery', query: '¿enviáis a chamberi?' })
  expect(delivery.data).toMatchObject({
    answered: true,
    delivery: { served: true, zone: { name: 'Centro', fee: { amount: 395, text: '3,95 €' } } },
  })
  expect(delivery.facts).toContainEqual({
    kind: 'fee',
    name: 'delivery:Centro',
    money: { amount: 395, currency: 'EUR' },
  })
  expect((await call('shop_information', { topic: 'delivery', query: 'Canarias' })).data).toMatchObject({
    delivery: { served: false },
  })
  expect((await call('shop_information', { topic: 'hours' })).data).toMatchObject({
    hours: { known: true, week: { mon: [['09:00', '14:00']] } },
  })
  expect((await call('shop_information', { topic: 'deposit' })).facts).toContainEqual({
    kind: 'percent',
    name: 'deposit',
    value: 30,
  })
  expect((await call('shop_information', { topic: 'returns' })).data).toMatchObject({
    answered: false,
    entries: [],
  })
  expect(
    (await call('shop_information', { topic: 'faq', query: 'envolvéis para regalo' })).data,
  ).toMatchObject({ answered: true })
  expect((await call('list_categories', {})).data).toMatchObject({ totalProducts: 2 })
})

it('send a photo and hand over', async () => {
  await call('search_products', { query: 'té verde' })
  const photo = await call('send_product_photo', { productId: tea.id })
  expect(photo).toMatchObject({
    data: { sent: true },
    attachments: [{ type: 'photo', url: 'https://example.com/te.jpg' }],
  })
  await call('search_products', { query: 'taza esmaltada' })
  expect(await call('send_product_photo', { productId: mug.id })).toMatchObject({ data: { sent: false } })
  expect(await call('hand_over', { reason: 'asked', summary: 'Quiere hablar' })).toMatchObject({
    handOver: { reason: 'asked' },
  })
})

it('describe a product whose variants differ', async () => {
  await call('search_products', { query: 'taza' })
  const { data, facts } = await call('get_products', { productIds: [mug.id] })
  expect(data).toMatchObject({
    products: [
      {
        optionNames: ['Color'],
        variants: [
          { title: 'Roja', price: { kind: 'exact' } },
          { title: 'Azul', price: { kind: 'from', money: { amount: 1700 } } },
        ],
      },
    ],
  })
  const check = (text: string) =>
    checkReply({ text, language: 'es', facts, customerTexts: [], shop: test.brief, mentions: () => [] }).ok
  expect(check('La Taza esmaltada Roja cuesta 15,00 € y la Azul desde 17,00 €.')).toBe(true)
  expect(check('La Taza esmaltada Azul cuesta 17,00 €.')).toBe(false)
  expect(check('La Taza esmaltada Roja cuesta 17,00 €.')).toBe(false)
})
