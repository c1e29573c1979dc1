import { expect, it } from 'vitest'
import type { JsonValue } from '../json.ts'
import { missedIn, type ToldTurn } from './missed.ts'

const product = (id: string, name: string, available: number | null, amount = 1_000, extra: object = {}) => ({
  productId: id,
  name,
  status: available === 0 ? 'sold_out' : 'available',
  variants: [
    {
      variantId: `${id}-v`,
      title: '',
      price: { kind: 'exact', money: { amount } },
      available,
      status: available === 0 ? 'sold_out' : 'available',
      unitSize: 1,
    },
  ],
  ...extra,
})

function call(tool: string, given: JsonValue, data: JsonValue, code: string | null = null) {
  return { tool, arguments: given, result: { ok: code === null, code, data } }
}

const search = (query: string, products: JsonValue[]) =>
  call('search_products', { query }, { answered: products.length > 0, products })

function missed(text: string, calls: ToldTurn['calls'], reply = '', mentioned: string[] = []) {
  const mentions = () => mentioned.map((productId) => ({ productId }))
  return missedIn({ calls, reply, customerTexts: [text], mentions })
}

it('tells what nothing was found for', () => {
  expect(missed('¿tenéis bicicletas eléctricas?', [search('bicicletas eléctricas', [])])).toEqual([
    expect.objectContaining({ kind: 'not_found', text: 'bicicletas eléctricas', quantity: 1, amount: null }),
  ])
})

it('tells what was put to the owner, and what the owner had said no to', () => {
  const ask = (state: string, answer: string | null) =>
    call('ask_owner', { kind: 'product', question: '¿tenéis arpas?' }, { state, answer })
  for (const asked of [
    ask('opened', null),
    ask('joined', null),
    ask('limited', null),
    ask('answered', 'No, nunca'),
  ])
    expect(missed('¿tenéis arpas?', [asked])).toMatchObject([{ kind: 'not_found', text: 'arpas' }])
  expect(missed('¿tenéis arpas?', [ask('answered', 'Sí, 250 €')])).toEqual([])
  const question = call(
    'ask_owner',
    { kind: 'question', question: '¿abrís en fiestas?' },
    { state: 'opened', answer: null },
  )
  expect(missed('¿abrís en fiestas?', [question])).toEqual([])
})

it('tells nothing where the same turn found it by other words, or the shop answered', () => {
  expect(
    missed('¿tenéis cafecito?', [search('cafecito', []), search('café', [product('c', 'Café', 3)])]),
  ).toHaveLength(1)
  expect(
    missed('¿tenéis tazas rojas?', [search('tazas rojas', []), search('tazas', [product('t', 'Taza', 3)])]),
  ).toEqual([])
  const entries = [{ question: '¿Hay parking?', answer: 'Sí, parking gratis' }]
  expect(
    missed('¿tenéis parking?', [
      search('parking', []),
      call('shop_information', { topic: 'faq' }, { entries }),
    ]),
  ).toEqual([])
})

it('tells nothing of gibberish, small talk and the world', () => {
  for (const text of [
    '¿tenéis asdkjh?',
    'jajaja qué bueno',
    '¿quién ganó el mundial?',
    '¿tienes novia?',
    'hola',
  ])
    expect(missed(text, [search(text, [])]), text).toEqual([])
})

it('tells how many were missing and what they would have brought', () => {
  const known = search('taza', [product('t', 'Taza', 3, 1_100)])
  const refused = call(
    'set_cart_line',
    { variantId: 't-v', quantity: 10 },
    { available: 3 },
    'cart.out_of_stock',
  )
  expect(missed('ponme 10 tazas', [known, refused])).toEqual([
    {
      kind: 'not_enough',
      key: 't-v',
      text: 'Taza',
      productId: 't',
      variantId: 't-v',
      quantity: 7,
      amount: 7_700,
    },
  ])
  const absurd = call(
    'set_cart_line',
    { variantId: 't-v', quantity: 1_000_000 },
    { available: 3 },
    'cart.out_of_stock',
  )
  expect(missed('ponme un millón', [known, absurd])).toMatchObject([{ quantity: 9_999, amount: null }])
  const gone = call(
    'set_cart_line',
    { variantId: 't-v', quantity: 2 },
    { reason: 'sold_out' },
    'cart.not_sellable',
  )
  expect(missed('ponme 2', [known, gone])).toMatchObject([
    { kind: 'out_of_stock', quantity: 2, amount: 2_200 },
  ])
  const other = call(
    'set_cart_line',
    { variantId: 't-v', quantity: 2 },
    { reason: 'price_ask' },
    'cart.not_sellable',
  )
  expect(missed('ponme 2', [known, other])).toEqual([])
})

it('reckons a price per kilo by the kilo', () => {
  const coffee = product('c', 'Café', 500, 2_000)
  const perKilo = { ...coffee, variants: coffee.variants.map((variant) => ({ ...variant, unitSize: 1_000 })) }
  const refused = call(
    'set_cart_line',
    { variantId: 'c-v', quantity: 2_000 },
    { available: 500 },
    'cart.out_of_stock',
  )
  expect(missed('2 kilos', [search('café', [perKilo]), refused])).toMatchObject([
    { quantity: 1_500, amount: 3_000 },
  ])
})

it('tells of what the reply says first to be sold out', () => {
  const found = search('lámpara arco', [
    product('l', 'Lámpara Arco', 0, 11_900),
    product('m', 'Lámpara Faro', 4),
  ])
  expect(missed('¿tenéis la lámpara arco?', [found], 'Lámpara Arco está agotada', ['l', 'm'])).toMatchObject([
    { kind: 'out_of_stock', key: 'l-v', text: 'Lámpara Arco', amount: 11_900 },
  ])
  expect(missed('¿tenéis lámparas?', [found], 'Lámpara Faro…', ['m', 'l'])).toEqual([])
  const toOrder = search('mesa', [product('o', 'Mesa', 0, 1, { madeToOrder: true })])
  expect(missed('¿tenéis mesas?', [toOrder], 'Mesa', ['o'])).toEqual([])
})
