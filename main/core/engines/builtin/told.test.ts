import { expect, it } from 'vitest'
import { testBrief } from '../../../../tests/fixtures/shop.ts'
import type { JsonValue } from '../../json.ts'
import type { EngineEvent, EngineRequest, FinishedCall } from '../engine.ts'
import { carriedDialogue } from './carry-over.ts'
import { createBuiltinEngine } from './engine.ts'

const engine = createBuiltinEngine()
const money = (amount: number, text: string) => ({ amount, currency: 'EUR', text })
const hat = {
  productId: 'p1',
  name: 'Gorro de lana',
  status: 'available',
  variants: [
    {
      variantId: 'v1',
      title: '',
      options: [],
      price: { kind: 'exact', money: money(1990, '19,90 €') },
      status: 'available',
    },
  ],
}
const line = (quantity: number) => ({
  variantId: 'v1',
  productId: 'p1',
  name: hat.name,
  title: '',
  quantity,
  total: money(1990 * quantity, `${quantity}×19,90 €`),
})
const cart = (quantity: number) => ({
  lines: quantity === 0 ? [] : [line(quantity)],
  total: money(1990 * quantity, `${quantity}×19,90 €`),
  pieces: quantity,
})

function done(name: string, given: Record<string, JsonValue>, data: JsonValue): FinishedCall {
  return { name, arguments: given, result: { ok: true, data } }
}

const added = (quantity: number) =>
  done(
    'set_cart_line',
    { variantId: 'v1', quantity },
    { cart: cart(quantity), line: line(quantity), previousQuantity: 0 },
  )

/** A turn that a model began with these calls. */
function request(text: string, calls: FinishedCall[], state: JsonValue = {}): EngineRequest {
  return {
    turnId: 't',
    step: 1,
    shop: testBrief,
    customer: {
      name: 'Ana',
      language: null,
      formOfAddress: null,
      returning: false,
      preferences: [],
      lastOrders: [],
    },
    state,
    history: [],
    input: [{ id: 'm', text, at: '2026-03-02T10:00:00Z', attachments: [] }],
    steps: [{ text: '', state: {}, by: 'remote', calls }],
    tools: [{ name: 'search_products', description: '', parameters: {} }],
    prompt: null,
    now: '2026-03-02T10:00:00Z',
    signal: new AbortController().signal,
  }
}

async function answer(given: EngineRequest): Promise<{ text: string; calls: string[]; state: JsonValue }> {
  const calls: string[] = []
  let text = ''
  let state: JsonValue = null
  for await (const event of engine.step(given) as AsyncIterable<EngineEvent>) {
    if (event.type === 'text') text += event.delta
    if (event.type === 'call') calls.push(event.call.name)
    if (event.type === 'end') state = event.state
  }
  return { text, calls, state }
}

/** What this text means to the engine is something else than was done: it only tells. */
const vague = 'venga, lo de siempre'

it('what was put in the cart is told with its amount, and asked for no second time', async () => {
  const { text, calls } = await answer(request(vague, [added(2)]))
  expect(calls).toEqual([])
  expect(text).toContain('2 × Gorro de lana: 2×19,90 €')
})

it('of several changes only the last counts', async () => {
  const { text } = await answer(request(vague, [added(2), added(3)]))
  expect(text).toContain('3 × Gorro de lana')
  expect(text).not.toContain('2 × Gorro')
})

it('what was taken out and emptied is told', async () => {
  const removed = done(
    'remove_cart_line',
    { variantId: 'v1' },
    { cart: cart(0), removed: { variantId: 'v1', name: hat.name, title: '' } },
  )
  expect((await answer(request(vague, [removed]))).text).toContain('Gorro de lana')
  const cleared = done('clear_cart', {}, { cart: cart(0) })
  expect((await answer(request(vague, [cleared]))).text).toMatch(/vac/)
})

it('a question put to the owner and a person called are told', async () => {
  const asked = done(
    'ask_owner',
    { kind: 'question', question: 'x' },
    { state: 'opened', answer: null, products: [] },
  )
  expect((await answer(request(vague, [asked]))).text).toMatch(/consult|pregunt/i)
  const person = done('hand_over', { reason: 'complaint', summary: '' }, { done: true })
  expect((await answer(request(vague, [person]))).text).not.toBe('')
})

it('what failed is no effect: the engine does it itself', async () => {
  const failed: FinishedCall = {
    name: 'set_cart_line',
    arguments: { variantId: 'v9', quantity: 1 },
    result: { ok: false, code: 'tool.id_not_seen', data: null },
  }
  expect((await answer(request('ponme un gorro de lana', [failed]))).calls).toEqual(['search_products'])
})

it('what a model read is read anew', async () => {
  const read = done('view_cart', {}, { cart: cart(0) })
  expect((await answer(request('¿qué llevo en el carrito?', [read, added(1)]))).calls).toContain('view_cart')
})

it('what another engine left to be done is done after what it did', async () => {
  const search = done('search_products', { query: 'gorro' }, { answered: true, products: [hat] })
  const { calls } = await answer(request('añade dos gorros de lana y una bufanda', [search, added(2)]))
  // First it reads what it needs; no effect while one of the model is not told yet.
  expect(calls.every((name) => name === 'search_products' || name === 'view_cart')).toBe(true)
})

it('what was noted in another order is known as it stands in the end', async () => {
  const checkout = (missing: string[]): JsonValue => ({
    missing,
    lines: [line(1)],
    changes: [],
    delivery: { method: 'pickup', zone: null, place: '', address: '', slot: null },
    contact: { name: '', phone: '' },
    subtotal: money(1990, '19,90 €'),
    tax: { included: true, amount: money(0, '0,00 €') },
    options: {
      methods: ['pickup'],
      payments: [{ id: 'bizum', name: 'Bizum' }],
      slots: [],
      savedAddresses: [],
    },
  })
  const state = { checkout: { asked: ['name'] }, filled: true, turns: 2 }
  const { calls } = await answer(
    request(
      'soy Ana Pérez, pago con bizum',
      [
        done('set_payment_method', { payment: 'bizum' }, { checkout: checkout(['name']) }),
        done('set_contact', { name: 'Ana Pérez' }, { checkout: checkout([]) }),
      ],
      state,
    ),
  )
  expect(calls).toEqual(['summarize_order'])
})

it('the next turn knows what was shown, offered and put in', () => {
  const found = done('search_products', { query: 'gorro' }, { answered: true, products: [hat] })
  const manner = { language: 'es', formOfAddress: 'tu' } as const
  const steps = (calls: FinishedCall[]) => ({ state: {}, steps: [{ text: '', state: {}, calls }] })
  const offered = carriedDialogue(
    steps([found]),
    manner,
    'El Gorro de lana cuesta 19,90 €. ¿Te lo añado al carrito?',
  )
  expect(offered).toMatchObject({
    shown: [{ id: 'p1', name: hat.name }],
    focus: { productId: 'p1', variantId: 'v1' },
    pending: { kind: 'confirm_add', variantId: 'v1', quantity: 1 },
    turns: 1,
  })
  expect(carriedDialogue(steps([found]), manner, 'Cuesta 19,90 €.').pending).toBeNull()
  expect(carriedDialogue(steps([found, added(1)]), manner, 'Hecho. ¿Algo más?')).toMatchObject({
    justAdded: { variantId: 'v1', quantity: 1 },
    touched: 'v1',
    filled: true,
    pending: { kind: 'anything_else' },
  })
})

it('a yes to what a model offered puts it in the cart', async () => {
  const found = done('search_products', { query: 'gorro' }, { answered: true, products: [hat] })
  const state = carriedDialogue(
    { state: {}, steps: [{ text: '', state: {}, calls: [found] }] },
    { language: 'es', formOfAddress: 'tu' },
    'El Gorro de lana cuesta 19,90 €. ¿Te lo pongo en el carrito?',
  )
  const given = request('sí', [], { ...state })
  const { calls } = await answer({ ...given, steps: [] })
  expect(
    calls.some((name) => name === 'get_products' || name === 'set_cart_line' || name === 'view_cart'),
  ).toBe(true)
})

it('speaks as the owner wants', async () => {
  const personality = {
    assistantName: 'Lola',
    tone: 'warm',
    formOfAddress: 'usted',
    emoji: 'none',
    length: 'short',
    language: 'es',
    rules: [],
  } as const
  const given = { ...request('hello there', []), steps: [], personality: { ...personality, rules: [] } }
  expect((await answer(given)).text).toBe('¡Hola! Soy Lola, de Tienda de prueba. ¿En qué le ayudo?')
})
