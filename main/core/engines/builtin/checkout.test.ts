import { expect, test } from 'vitest'
import type { JsonValue } from '../../json.ts'
import type { EngineRequest, FinishedCall, FinishedStep, ToolCallRequest } from '../engine.ts'
import { createBuiltinEngine } from './engine.ts'

/** The dialogue of the checkout on results made by hand: what the engine calls, and what it says of what came back. */

const engine = createBuiltinEngine()
const money = (amount: number) => ({
  amount,
  currency: 'EUR',
  text: `${(amount / 100).toFixed(2).replace('.', ',')} €`,
})
const payments = [
  { id: 'card', name: 'Tarjeta' },
  { id: 'bizum', name: 'Bizum' },
]

interface Given {
  missing?: string[]
  method?: 'delivery' | 'pickup' | null
  changes?: JsonValue[]
  lines?: JsonValue[]
}

function checkout({ missing = [], method = 'delivery', changes = [], lines }: Given = {}): JsonValue {
  const line = { variantId: 'v1', productId: 'p1', name: 'Gorro', title: '', quantity: 2, total: money(3980) }
  return {
    missing,
    lines: lines ?? [line],
    changes,
    delivery: {
      method,
      zone: method === 'delivery' ? { id: 'mad', name: 'Madrid', eta: '1-2 días' } : null,
      place: 'Madrid',
      address: 'Calle Mayor 3',
      slot: null,
    },
    contact: { name: 'Ana Pérez', phone: '600111222' },
    payment: { id: 'bizum', name: 'Bizum', details: '' },
    discount: null,
    subtotal: money(3980),
    deliveryFee: money(350),
    freeFrom: null,
    tax: { included: true, amount: money(0) },
    total: money(4330),
    minOrder: null,
    options: { methods: ['delivery', 'pickup'], payments, slots: [], savedAddresses: [] },
    note: '',
    closedNotice: null,
  }
}

type Results = Record<string, (call: ToolCallRequest, time: number) => FinishedCall['result']>
const ok = (data: JsonValue): FinishedCall['result'] => ({ ok: true, data })
const no = (code: string, data: JsonValue = {}): FinishedCall['result'] => ({ ok: false, code, data })

function request(text: string, steps: FinishedStep[], state: JsonValue): EngineRequest {
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
      name: 'x',
      language: 'es',
      formOfAddress: null,
      returning: false,
      preferences: [],
      lastOrders: [],
    },
    state,
    history: [],
    input: [{ id: 'm', text, at: '2026-03-02T10:00:00Z', attachments: [] }],
    steps,
    prompt: null,
    tools: [{ name: 'view_checkout', description: '', parameters: {} }],
    now: '2026-03-02T10:00:00Z',
    signal: new AbortController().signal,
  }
}

/** One turn with results made by hand: its calls, reply and state. */
async function turn(text: string, results: Results, state: JsonValue, before: FinishedStep[] = []) {
  const steps = [...before]
  const calls: ToolCallRequest[] = []
  for (let round = 0; round < 12; round++) {
    const asked: ToolCallRequest[] = []
    let reply = ''
    let end: JsonValue = {}
    for await (const event of engine.step(request(text, steps, state))) {
      if (event.type === 'call') asked.push(event.call)
      if (event.type === 'text') reply += event.delta
      if (event.type === 'end') end = event.state
    }
    if (asked.length === 0) return { calls, names: calls.map(({ name }) => name), reply, state: end, steps }
    const finished = asked.map((call) => {
      const time = calls.filter(({ name }) => name === call.name).length
      calls.push(call)
      return { ...call, result: results[call.name]?.(call, time) ?? no('tool.unknown') }
    })
    steps.push({ text: '', state: end, calls: finished })
  }
  throw new Error('the turn does not end')
}

const filled = { touched: 'v1', justAdded: { variantId: 'v1', productId: 'p1', quantity: 2 } }
const waiting = { ...filled, checkout: { asked: [], summaryId: 's1', payments } }
const summary: Results = {
  view_checkout: () => ok({ checkout: checkout() }),
  set_delivery: () => ok({ checkout: checkout() }),
  set_contact: () => ok({ checkout: checkout() }),
  set_payment_method: () => ok({ checkout: checkout() }),
  summarize_order: () => ok({ summaryId: 's2', checkout: checkout() }),
}
const order = {
  orderId: 'o1',
  number: 'P-7',
  state: 'pending',
  paymentState: 'unpaid',
  lines: [],
  total: money(4330),
  delivery: { method: 'pickup' },
  payment: { id: 'bizum', name: 'Bizum', details: '' },
  canCancel: true,
}

test('everything told at once goes to the tools in one step, and the whole order is put to the customer', async () => {
  const { calls, reply, state } = await turn(
    'quiero pagar, a domicilio a calle Mayor 3, 28013 Madrid, me llamo Ana Pérez, 600 111 222, con bizum',
    summary,
    filled,
  )
  expect(calls).toEqual([
    {
      name: 'set_delivery',
      arguments: { method: 'delivery', place: '28013 Madrid', address: 'calle Mayor 3' },
    },
    { name: 'set_contact', arguments: { name: 'Ana Pérez', phone: '600 111 222' } },
    { name: 'set_payment_method', arguments: { payment: 'bizum' } },
    { name: 'summarize_order', arguments: {} },
  ])
  for (const told of ['2 × Gorro: 39,80 €', '3,50 €', '43,30 €', 'Calle Mayor 3', 'Ana Pérez', 'Bizum'])
    expect(reply).toContain(told)
  expect(reply.trim().endsWith('?')).toBe(true)
  expect(state).toMatchObject({ checkout: { summaryId: 's2' } })
})

test('what is missing is asked one or two things at a time', async () => {
  const ask = async (missing: string[]) =>
    (await turn('quiero pagar', { view_checkout: () => ok({ checkout: checkout({ missing }) }) }, filled))
      .reply
  expect(await ask(['delivery_method', 'name', 'payment'])).toMatch(/domicilio/)
  expect(await ask(['place', 'address', 'name'])).toMatch(/calle, número y población/)
  expect(await ask(['name', 'phone', 'payment'])).toMatch(/nombre.*teléfono/)
  expect(await ask(['payment'])).toMatch(/• Tarjeta\n• Bizum/)
})

test('only an unqualified yes to the summary places the order', async () => {
  const placed = { ...summary, place_order: () => ok({ order }) }
  const yes = await turn('sí, por favor', placed, waiting)
  expect(yes.calls).toEqual([{ name: 'place_order', arguments: { summaryId: 's1' } }])
  expect(yes.reply).toContain('P-7')
  for (const text of ['sí, pero dos', 'sí, con tarjeta', '¿sí?', 'sí y lo recojo yo', 'vale, ¿y el envío?'])
    expect((await turn(text, placed, waiting)).names, text).not.toContain('place_order')
  expect((await turn('sí', placed, filled)).names).not.toContain('place_order')
})

test('a refused yes is put to the customer again and claims nothing', async () => {
  const { names, reply } = await turn(
    'sí',
    { ...summary, place_order: () => no('checkout.not_confirmed', { reason: 'not_sent' }) },
    waiting,
  )
  expect(names).toEqual(['place_order', 'set_contact', 'summarize_order'])
  expect(reply).toContain('43,30 €')
  expect(reply).not.toMatch(/registrado|gracias/i)
})

test('a line that sold out leaves the order, and what is left is asked again', async () => {
  const changes = [{ kind: 'sold_out', variantId: 'v2', productId: 'p2', name: 'Taza', available: 0 }]
  const { calls, reply } = await turn(
    'sí',
    {
      ...summary,
      set_contact: (_call, time) => ok({ checkout: checkout(time === 0 ? { changes } : {}) }),
      place_order: () => no('cart.out_of_stock', { available: 0 }),
      remove_cart_line: () => ok({ cart: { lines: [], total: money(0), pieces: 0 } }),
    },
    waiting,
  )
  expect(calls).toContainEqual({ name: 'remove_cart_line', arguments: { variantId: 'v2' } })
  expect(reply).toMatch(/Taza se acaba de agotar/)
  expect(reply).toContain('43,30 €')
})

test('what sold out is told also when everything is read again before the reply leaves', async () => {
  const changes = [{ kind: 'sold_out', variantId: 'v1', productId: 'p1', name: 'Gorro', available: 0 }]
  const before = checkout({ lines: [], changes })
  const after = checkout({ lines: [], missing: ['cart'] })
  const results: Results = {
    ...summary,
    view_checkout: () => ok({ checkout: before }),
    set_contact: (_call, time) => ok({ checkout: time === 0 ? before : after }),
    place_order: () => no('cart.out_of_stock', { available: 0 }),
    remove_cart_line: () => ok({ cart: { lines: [], total: money(0), pieces: 0 } }),
  }
  const first = await turn('sí', results, waiting)
  expect(first.reply).toMatch(/Gorro se acaba de agotar/)
  const readAgain = first.steps.map((step) => ({
    ...step,
    calls: step.calls.map((call) =>
      call.name === 'view_checkout' ? { ...call, result: ok({ checkout: after }) } : call,
    ),
  }))
  expect((await turn('sí', results, waiting, readAgain)).reply).toBe(first.reply)
})

test('a changed price is said and asked again', async () => {
  const changes = [{ kind: 'price', variantId: 'v1', productId: 'p1', name: 'Gorro', after: money(2190) }]
  const { names, reply } = await turn(
    'sí',
    {
      ...summary,
      set_contact: () => ok({ checkout: checkout({ changes }) }),
      place_order: () => no('checkout.changed', { fields: 'price' }),
    },
    waiting,
  )
  expect(names).toContain('summarize_order')
  expect(reply).toMatch(/ahora Gorro cuesta 21,90 €/)
})

test('an unknown way to pay and a place that is not served are said, with what there is', async () => {
  const asked = { ...filled, checkout: { asked: ['payment'], payments } }
  const pay = await turn(
    'con bitcoin',
    { ...summary, set_payment_method: () => no('checkout.payment_unknown', { options: 'Tarjeta\nBizum' }) },
    asked,
  )
  expect(pay.reply).toMatch(/Esa forma de pago no la tenemos.*\n• Tarjeta\n• Bizum/)
  expect(pay.names).not.toContain('summarize_order')
  const where = await turn(
    'a Toledo',
    {
      ...summary,
      set_delivery: () => no('checkout.not_served', { place: 'Toledo', method: 'delivery', known: false }),
      shop_information: () =>
        ok({ answered: true, entries: [], delivery: { zones: [{ name: 'Madrid' }], notServed: '' } }),
    },
    { ...filled, checkout: { asked: ['place', 'address'], payments } },
  )
  expect(where.reply).toMatch(/Toledo/)
  expect(where.reply).toMatch(/Madrid/)
  expect(where.reply).toMatch(/recoger/)
})

test('what is not understood is asked again in other words, then a person is offered', async () => {
  const view = {
    ...summary,
    view_checkout: () => ok({ checkout: checkout({ missing: ['delivery_method'] }) }),
  }
  const first = await turn('quiero pagar', view, filled)
  const second = await turn('sí', view, first.state)
  expect(second.reply).not.toBe(first.reply)
  expect(second.reply).toMatch(/domicilio/)
  const third = await turn('sí', view, second.state)
  expect(third.reply).toMatch(/persona/)
})

test('an order is cancelled only after a yes, and never when it is on its way', async () => {
  const status: Results = {
    order_status: () => ok({ orders: [order] }),
    view_cart: () => ok({ cart: { lines: [], total: money(0), pieces: 0 } }),
  }
  const first = await turn('quiero cancelar mi pedido', status, {})
  expect(first.names).not.toContain('cancel_order')
  expect(first.reply).toMatch(/P-7.*\?/s)
  const done = await turn(
    'sí',
    { ...status, cancel_order: () => ok({ order: { ...order, state: 'cancelled' } }) },
    first.state,
  )
  expect(done.calls).toEqual([{ name: 'cancel_order', arguments: { orderId: 'o1' } }])
  const shipped = { ...order, state: 'shipped', canCancel: false }
  const late = await turn(
    'quiero cancelar mi pedido',
    { ...status, order_status: () => ok({ orders: [shipped] }), hand_over: () => ok({ done: true }) },
    {},
  )
  expect(late.names).toContain('hand_over')
  expect(late.names).not.toContain('cancel_order')
})

test('a turn ends when every tool of the checkout fails, and claims nothing', async () => {
  for (const text of [
    'quiero pagar',
    'sí',
    'a domicilio, calle Mayor 3, Madrid',
    'código VERANO10',
    'cambia la dirección',
  ]) {
    const { reply } = await turn(text, {}, waiting)
    expect(reply, text).not.toBe('')
    expect(reply, text).not.toMatch(/registrado|cancelado|confirmado/i)
  }
})
