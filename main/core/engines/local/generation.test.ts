import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ScriptedReply } from '../../../../tests/fixtures/gguf/scripted-model.ts'
import { asking, codeOf, generated, ModelBench, modelTools } from '../../../../tests/fixtures/model-host.ts'
import type { PromptMessage } from '../prompted/prompt.ts'

// A process of the real library starts in each: on a busy computer that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const replies: ScriptedReply[] = [
  { on: null, say: '¿En qué puedo ayudarte?' },
  { on: 'precio', say: 'La barra cuesta 1,20 € y la de pueblo cuesta 2,50 €.' },
  {
    on: 'añade',
    call: 'search_products',
    args: { query: 'pan' },
    next: {
      call: 'set_cart_line',
      args: { variantId: 'variant-1', quantity: 2 },
      next: { say: 'Añadidas 2 barras.' },
    },
  },
  {
    on: 'todo a la vez',
    calls: [
      { call: 'search_products', args: { query: 'pan', limit: 3 } },
      { call: 'search_products', args: { query: 'queso' } },
      { call: 'view_cart' },
    ],
    next: { say: 'Ya está.' },
  },
  { on: 'sin fin', call: 'search_products', args: { query: 'otra vez' }, again: true },
  { on: 'silencio', silence: true },
  { on: 'cháchara', endless: 'bla ble bli ' },
  { on: 'basura', bytes: [0xff, 0xfe, 0xc3, 0x28] },
  { on: '"agotado"', overrides: true, say: 'Está agotado.' },
]

let bench: ModelBench
let file: string
beforeAll(() => {
  bench = new ModelBench()
  file = bench.scripted(replies)
})
afterAll(() => bench.close())

const ask = (text: string, more = {}) => generated(bench.host, asking(file, text, more))
const withTools = (text: string, messages: PromptMessage[] = []) =>
  ask(text, {
    tools: modelTools,
    conversation: {
      version: 'test',
      head: 'You sell bread.',
      messages: [{ role: 'user', text }, ...messages],
    },
  })

test('says a text, streamed in pieces', async () => {
  const { text, deltas, calls, end } = await ask('¿Qué precio tiene?')
  expect(text).toBe('La barra cuesta 1,20 € y la de pueblo cuesta 2,50 €.')
  expect(deltas.length).toBeGreaterThan(5)
  expect(calls).toEqual([])
  expect(end).toMatchObject({ droppedMessages: 0, cut: false })
  expect(end.inputTokens).toBeGreaterThan(20)
  expect(end.outputTokens).toBeGreaterThan(5)
  await expect(ask('Hola')).resolves.toMatchObject({ text: '¿En qué puedo ayudarte?' })
})

test('calls tools, and goes on from their results', async () => {
  const first = await withTools('añade dos')
  expect(first.calls).toEqual([{ name: 'search_products', arguments: { query: 'pan' } }])
  const searched: PromptMessage[] = [
    {
      role: 'assistant',
      text: '',
      calls: [{ id: 'call00000', name: 'search_products', arguments: { query: 'pan' } }],
    },
    {
      role: 'tool',
      callId: 'call00000',
      name: 'search_products',
      result: '{"items":["precio de la barra"]}',
    },
  ]
  const second = await withTools('añade dos', searched)
  expect(second.calls).toEqual([
    { name: 'set_cart_line', arguments: { variantId: 'variant-1', quantity: 2 } },
  ])
  const added: PromptMessage[] = [
    ...searched,
    {
      role: 'assistant',
      text: '',
      calls: [{ id: 'call00100', name: 'set_cart_line', arguments: { variantId: 'variant-1', quantity: 2 } }],
    },
    { role: 'tool', callId: 'call00100', name: 'set_cart_line', result: '{"ok":true}' },
  ]
  await expect(withTools('añade dos', added)).resolves.toMatchObject({
    text: 'Añadidas 2 barras.',
    calls: [],
  })
})

test('a trigger in a result can go before what was planned', async () => {
  const { text } = await withTools('añade dos', [
    {
      role: 'assistant',
      text: '',
      calls: [{ id: 'a', name: 'search_products', arguments: { query: 'pan' } }],
    },
    { role: 'tool', callId: 'a', name: 'search_products', result: '{"stock":"agotado"}' },
  ])
  expect(text).toBe('Está agotado.')
})

test('calls several tools at once, with and without what is optional', async () => {
  const { calls } = await withTools('hazlo todo a la vez')
  expect(calls).toEqual([
    { name: 'search_products', arguments: { query: 'pan', limit: 3 } },
    { name: 'search_products', arguments: { query: 'queso' } },
    { name: 'view_cart', arguments: {} },
  ])
})

test('calls the same for ever if its script says so', async () => {
  const call = { name: 'search_products', arguments: { query: 'otra vez' } }
  const made = (nth: number): PromptMessage[] => [
    { role: 'assistant', text: '', calls: [{ id: `call${nth}`, ...call }] },
    { role: 'tool', callId: `call${nth}`, name: call.name, result: '[]' },
  ]
  for (const times of [0, 1, 3]) {
    const messages = Array.from({ length: times }, (_, nth) => made(nth)).flat()
    await expect(withTools('sin fin', messages)).resolves.toMatchObject({ calls: [call] })
  }
})

test('silence, garbage and talk without end are answers as well', async () => {
  await expect(ask('silencio')).resolves.toMatchObject({ text: '', calls: [], end: { cut: false } })
  const garbage = await ask('basura')
  expect(garbage.text).toContain('\ufffd')
  const endless = await ask('cháchara', { maxTokens: 30 })
  expect(endless.end).toMatchObject({ cut: true })
  expect(endless.end.outputTokens).toBeLessThanOrEqual(31)
  expect(endless.text).toMatch(/^(bla ble bli )+/)
})

test('the oldest messages are left out where the context is short', async () => {
  const old = (nth: number): PromptMessage => ({
    role: nth % 2 === 0 ? 'user' : 'assistant',
    text: `${nth} ${'palabras '.repeat(20)}`,
    calls: [],
    droppable: true,
  })
  const messages: PromptMessage[] = [
    ...Array.from({ length: 12 }, (_, nth) => old(nth)),
    { role: 'user', text: 'precio' },
  ]
  const conversation = { version: 'test', head: 'You sell bread.', messages }
  const { text, end } = await ask('', { conversation, contextTokens: 1024 })
  expect(text).toContain('1,20 €')
  expect(end.droppedMessages).toBeGreaterThan(4)
  expect(end.droppedMessages).toBeLessThan(12)
  expect(end.inputTokens).toBeLessThanOrEqual(1024 - 80)
  const long = { ...conversation, messages: [{ role: 'user' as const, text: 'x'.repeat(2_000) }] }
  await expect(codeOf(ask('', { conversation: long, contextTokens: 1024 }))).resolves.toBe('context_too_long')
})

test('a model that is not there is told as such', async () => {
  const request = asking(bench.path('nothing.gguf'), 'hola')
  await expect(codeOf(generated(bench.host, request))).resolves.toBe('model_missing')
  expect(bench.deaths).toEqual([])
})
