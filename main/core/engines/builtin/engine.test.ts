import { expect, test } from 'vitest'
import type { JsonValue } from '../../json.ts'
import type { EngineEvent, EngineRequest, FinishedCall, FinishedStep, ToolCallRequest } from '../engine.ts'
import { createBuiltinEngine } from './engine.ts'

const engine = createBuiltinEngine()
const money = (amount: number, text: string) => ({ amount, currency: 'EUR', text })
const variant = {
  variantId: 'v1',
  sku: 'GOR',
  title: '',
  options: [],
  price: { kind: 'exact', money: money(1990, '19,90 €') },
  available: 12,
  status: 'available',
  unit: 'piece',
  unitSize: 1,
}
const hat = {
  productId: 'p1',
  name: 'Gorro de lana',
  category: 'Accesorios',
  brand: '',
  status: 'available',
  madeToOrder: false,
  leadTimeDays: null,
  description: '',
  attributes: {},
  optionNames: [],
  variants: [variant],
}

function request(texts: string[], steps: FinishedStep[] = [], state: JsonValue = {}): EngineRequest {
  return {
    turnId: 'turn-1',
    step: steps.length,
    shop: {
      name: 'Lana',
      currency: 'EUR',
      locale: 'es-ES',
      country: 'ES',
      timeZone: 'Europe/Madrid',
      pricesIncludeTax: true,
    },
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
    input: texts.map((text, index) => ({
      id: `m${index}`,
      text,
      at: '2026-03-02T10:00:00Z',
      attachments: [],
    })),
    steps,
    prompt: null,
    tools: [{ name: 'search_products', description: '', parameters: {} }],
    now: '2026-03-02T10:00:00Z',
    signal: new AbortController().signal,
  }
}

async function step(
  given: EngineRequest,
): Promise<{ calls: ToolCallRequest[]; text: string; end: Extract<EngineEvent, { type: 'end' }> }> {
  const calls: ToolCallRequest[] = []
  let text = ''
  let end: Extract<EngineEvent, { type: 'end' }> | null = null
  for await (const event of engine.step(given)) {
    if (event.type === 'call') calls.push(event.call)
    if (event.type === 'text') text += event.delta
    if (event.type === 'end') end = event
  }
  if (end === null) throw new Error('the step did not end')
  return { calls, text, end }
}

/** Runs a turn with canned results until its reply; `grow` adds a message after the first step. */
async function turn(
  texts: string[],
  results: Record<string, (call: ToolCallRequest) => FinishedCall['result']>,
  state: JsonValue = {},
  grow?: string,
) {
  const steps: FinishedStep[] = []
  const called: string[] = []
  let input = texts
  for (let round = 0; round < 10; round++) {
    const { calls, text, end } = await step(request(input, steps, state))
    if (calls.length === 0) return { text, called, state: end.state, language: end.language, steps }
    called.push(...calls.map((call) => call.name))
    steps.push({
      text: '',
      state: end.state,
      calls: calls.map((call) => ({
        ...call,
        result: results[call.name]?.(call) ?? { ok: false, code: 'tool.unknown', data: {} },
      })),
    })
    if (grow !== undefined && round === 0) input = [...texts, grow]
  }
  throw new Error('the turn does not end')
}

const cart = (quantity: number) => ({
  lines:
    quantity === 0
      ? []
      : [
          {
            variantId: 'v1',
            productId: 'p1',
            name: hat.name,
            title: '',
            quantity,
            total: money(1990 * quantity, `${quantity}×`),
          },
        ],
  total: money(1990 * quantity, `${quantity}×`),
  pieces: quantity,
})
const shop = {
  search_products: () => ({ ok: true as const, data: { answered: true, products: [hat] } }),
  get_products: () => ({ ok: true as const, data: { products: [hat] } }),
  view_cart: () => ({ ok: true as const, data: { cart: cart(3) } }),
  set_cart_line: (call: ToolCallRequest) => {
    const given = call.arguments
    const quantity =
      given !== null && typeof given === 'object' && !Array.isArray(given) ? Number(given?.quantity) : 0
    return {
      ok: true as const,
      data: { cart: cart(quantity), line: cart(quantity).lines[0] ?? null, previousQuantity: 3 },
    }
  },
}

test('adding sets the line to what was there and what is wanted', async () => {
  const { steps, text } = await turn(['ponme dos gorros de lana'], shop)
  const set = steps.flatMap((one) => one.calls).find((call) => call.name === 'set_cart_line')
  expect(set?.arguments).toEqual({ variantId: 'v1', quantity: 5 })
  expect(text).toContain('5 × Gorro de lana')
})

test('a message that comes while the turn runs is answered too, and nothing is done twice', async () => {
  const information = () => ({
    ok: true as const,
    data: { answered: true, entries: [{ topic: 'address', question: '', answer: 'Calle del Pez 14' }] },
  })
  const { called, text } = await turn(
    ['ponme dos gorros de lana'],
    { ...shop, shop_information: information },
    {},
    '¿y dónde estáis?',
  )
  expect(called.filter((name) => name === 'set_cart_line')).toHaveLength(1)
  expect(text).toContain('Gorro de lana')
  expect(text).toContain('Calle del Pez 14')
})

test('a replay whose cart was read again does not set the line again', async () => {
  const { steps } = await turn(['ponme dos gorros de lana'], shop)
  const refreshed = steps.map((one) => ({
    ...one,
    calls: one.calls.map((call) =>
      call.name === 'view_cart' ? { ...call, result: { ok: true as const, data: { cart: cart(5) } } } : call,
    ),
  }))
  const { calls, text } = await step(request(['ponme dos gorros de lana'], refreshed))
  expect(calls).toEqual([])
  expect(text).toContain('5 × Gorro de lana')
})

test('a failed change is not claimed, and says how many there are', async () => {
  const { text } = await turn(['ponme 20 gorros de lana'], {
    ...shop,
    set_cart_line: () => ({ ok: false as const, code: 'cart.out_of_stock', data: { available: 12 } }),
  })
  expect(text).toContain('12')
  expect(text).not.toMatch(/hecho|listo|puesto/i)
})

test('the same request gives the same answer', async () => {
  const first = await turn(['hola, ¿cuánto cuesta el gorro?'], shop)
  const second = await turn(['hola, ¿cuánto cuesta el gorro?'], shop)
  expect(second.text).toBe(first.text)
  expect(first.text).toContain('19,90 €')
})

test('a turn ends within its steps even when every tool fails', async () => {
  const { text, steps } = await turn(
    ['¿tenéis gorros? ¿cuánto cuestan? ponme tres y dime el total, ¿y qué horario tenéis?'],
    {},
  )
  expect(steps.length).toBeLessThanOrEqual(5)
  expect(text).not.toBe('')
})

test('a sticker and a photo without words get a kind answer', async () => {
  expect((await turn(['👍'], shop)).text).not.toBe('')
  const photo = request([''])
  const [message] = photo.input
  if (message !== undefined) message.attachments = [{ kind: 'photo' }]
  expect((await step(photo)).text).toMatch(/palabras/)
})
