import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { systemClock } from '../../../../tests/fixtures/clock.ts'
import { testLog } from '../../../../tests/fixtures/host.ts'
import { codeOf, ModelBench } from '../../../../tests/fixtures/model-host.ts'
import { engineRequest, NotedLedger, prompts, stepOf } from '../../../../tests/fixtures/remote-engine.ts'
import type { FinishedStep } from '../engine.ts'
import { LocalEngine } from './engine.ts'

// A process of the real library starts in each: on a busy computer that takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let bench: ModelBench
let file: string
beforeAll(() => {
  bench = new ModelBench()
  file = bench.scripted([
    { on: null, say: '¿En qué puedo ayudarte?' },
    { on: 'guantes', call: 'search_products', args: { query: 'guantes' }, next: { say: 'Cuestan 12,00 €.' } },
    { on: 'charla', endless: 'Primero. Segundo. Y luego ' },
    { on: 'callado', silence: true },
    { on: '<draft_check', overrides: true, say: 'Perdona, cuestan 12,00 €.' },
  ])
})
afterAll(() => bench.close())

function engine(ledger = new NotedLedger(), path = file): LocalEngine {
  return new LocalEngine({
    id: 'engine-1',
    file: path,
    model: 'Scripted',
    contextTokens: 8192,
    shop: 'demo',
    host: bench.host,
    ledger,
    prompts,
    clock: systemClock,
    log: testLog(),
  })
}

const searched: FinishedStep = {
  text: '',
  state: {},
  calls: [
    {
      name: 'search_products',
      arguments: { query: 'guantes' },
      result: { ok: true, data: { products: [{ productId: 'p1', name: 'Guantes', price: '12,00 €' }] } },
    },
  ],
}

test('a step: calls, then from their results a text, with usage and who served', async () => {
  const ledger = new NotedLedger()
  const first = await stepOf(engine(ledger), engineRequest('¿Cuánto cuestan los guantes?'))
  expect(first.calls).toEqual([{ name: 'search_products', arguments: { query: 'guantes' } }])
  const second = await stepOf(
    engine(ledger),
    engineRequest('¿Cuánto cuestan los guantes?', { steps: [searched] }),
  )
  expect(second.text).toBe('Cuestan 12,00 €.')
  expect(second.end).toMatchObject({ language: 'es' })
  expect(second.served).toMatchObject({
    engine: 'engine-1',
    kind: 'local',
    model: 'Scripted',
    promptVersion: prompts.version,
    costMicros: 0,
    requestId: 'request-2',
  })
  expect(second.usage?.cachedTokens).toBeGreaterThan((first.usage?.inputTokens ?? 0) * 0.9)
  expect(ledger.begun[0]).toMatchObject({
    engineId: 'engine-1',
    body: null,
    redactions: 0,
    prices: { source: 'free' },
  })
  expect(ledger.ended).toHaveLength(2)
  expect(ledger.ended[1]).toMatchObject({ error: null, usage: { inputTokens: second.usage?.inputTokens } })
})

test('a refused draft is written again', async () => {
  const request = engineRequest('¿Cuánto cuestan los guantes?', { steps: [searched] })
  const refusal = {
    text: 'Cuestan 9 €.',
    findings: [{ kind: 'amount', text: '9 €', reason: 'not_in_facts' }],
  }
  if (request.prompt !== null) request.prompt.refusal = refusal
  await expect(stepOf(engine(), request)).resolves.toMatchObject({ text: 'Perdona, cuestan 12,00 €.' })
})

test('what is cut off ends with a whole sentence', async () => {
  const { text } = await stepOf(engine(), engineRequest('charla'))
  expect(text).toMatch(/^Primero\. Segundo\. Y luego /)
  expect(text).toMatch(/\.$/)
})

test('failures keep their code, and the ledger has them', async () => {
  const ledger = new NotedLedger()
  await expect(codeOf(stepOf(engine(ledger), engineRequest('callado')))).resolves.toBe('invalid_answer')
  const missing = engine(ledger, bench.path('nothing.gguf'))
  await expect(codeOf(stepOf(missing, engineRequest('hola')))).resolves.toBe('model_missing')
  expect(ledger.ended.map(({ error }) => error)).toEqual([null, 'model_missing'])
  const book = engineRequest('x'.repeat(2_000))
  const small = new LocalEngine({ ...optionsOf(ledger), contextTokens: 1024 })
  await expect(codeOf(stepOf(small, book))).resolves.toBe('context_too_long')
})

function optionsOf(ledger: NotedLedger) {
  return {
    id: 'engine-1',
    file,
    model: 'Scripted',
    shop: 'demo',
    host: bench.host,
    ledger,
    prompts,
    clock: systemClock,
    log: testLog(),
  }
}
