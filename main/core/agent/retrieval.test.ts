import { expect, it } from 'vitest'
import { retrievalCalls } from './retrieval.ts'

const tools = new Set([
  'search_products',
  'get_products',
  'list_categories',
  'shop_information',
  'view_cart',
  'view_checkout',
  'order_status',
])
const named = (text: string, state = {}) =>
  retrievalCalls([text], state, tools).map(({ name, arguments: given }) => {
    const topic =
      given !== null && typeof given === 'object' && 'topic' in given ? ` ${String(given.topic)}` : ''
    return `${name}${topic}`
  })

it.each([
  ['hola', []],
  ['gracias, hasta luego', []],
  ['👍', []],
  ['quiero hablar con una persona', []],
  ['¿cuánto cuesta la miel de azahar?', ['search_products']],
  ['do you have blue mugs?', ['search_products']],
  ['¿a qué hora abrís?', ['shop_information hours']],
  ['¿cuánto cuesta el envío a Madrid?', ['shop_information delivery']],
  ['¿puedo pagar con tarjeta?', ['shop_information payment']],
  ['¿qué llevo en el carrito?', ['view_cart']],
  ['¿qué vendéis?', ['list_categories']],
  ['¿dónde está mi pedido?', ['order_status']],
  ['quiero hacer el pedido', ['view_checkout']],
])('"%s" looks up %j', (text, calls) => {
  expect(named(text)).toEqual(calls)
})

it('"it" is what was shown last', () => {
  const state = { shown: [{ id: 'a' }, { id: 'b' }], focus: { productId: 'b' } }
  expect(retrievalCalls(['¿y cuánto cuesta?'], state, tools)).toEqual([
    { name: 'get_products', arguments: { productIds: ['b', 'a'] } },
  ])
})

it('who wants more of something has a cart that counts', () => {
  expect(named('ponme dos tazas más', { filled: true })).toEqual(['search_products', 'view_cart'])
  expect(named('ponme dos tazas')).toEqual(['search_products'])
})

it('a yes to a summary looks nothing up', () => {
  const state = { checkout: { asked: [], summaryId: 's' } }
  expect(named('sí, confírmalo', state)).toEqual([])
})

it('who is asked for an address tells one, and looks for nothing', () => {
  const state = { checkout: { asked: ['place', 'address'], summaryId: null } }
  expect(named('calle Mayor 3, 28013 Madrid', state)).toEqual(['view_checkout'])
})

it('asks for no tool that is not there, for nothing twice, and for few things', () => {
  expect(retrievalCalls(['¿cuánto cuesta la miel?'], {}, new Set())).toEqual([])
  const many = Array.from({ length: 9 }, (_, at) => `¿cuánto cuesta la taza número ${at}?`)
  expect(retrievalCalls(many, {}, tools).length).toBeLessThanOrEqual(4)
  expect(retrievalCalls(['¿a qué hora abrís?', '¿a qué hora abrís?'], {}, tools)).toHaveLength(1)
})
