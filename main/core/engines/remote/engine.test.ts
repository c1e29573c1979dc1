import { afterEach, expect, test } from 'vitest'
import * as faults from '../../../../tests/fakes/model-server/faults.ts'
import * as script from '../../../../tests/fakes/model-server/script.ts'
import { FakeModelServer, type FakeModelServerOptions } from '../../../../tests/fakes/model-server/server.ts'
import type { Flavour } from '../../../../tests/fakes/model-server/wire.ts'
import { ManualClock } from '../../../../tests/fixtures/clock.ts'
import { engineRequest, errorOf, remoteEngine, stepOf } from '../../../../tests/fixtures/remote-engine.ts'
import { EngineError, type FinishedStep } from '../engine.ts'

const servers: FakeModelServer[] = []

async function start(options: FakeModelServerOptions = {}): Promise<FakeModelServer> {
  const server = await FakeModelServer.start(options)
  servers.push(server)
  return server
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const flavours: Flavour[] = ['deepseek', 'openrouter', 'custom']

const searched: FinishedStep = {
  text: '',
  state: {},
  calls: [
    {
      name: 'search_products',
      arguments: { query: 'guantes' },
      result: { ok: true, data: { products: [{ productId: 'p1', variantId: 'v1', name: 'Guantes' }] } },
    },
  ],
}

test.each(flavours)('%s: a text comes whole, with usage, cost and who served', async (flavour) => {
  const server = await start({
    flavour,
    script: () => script.says('Los guantes cuestan 12,00 €. ¿Los añado?'),
  })
  const { engine, ledger } = remoteEngine(server)
  const step = await stepOf(engine, engineRequest('¿Cuánto cuestan los guantes?'))
  expect(step.text).toBe('Los guantes cuestan 12,00 €. ¿Los añado?')
  expect(step.end).toMatchObject({ language: 'es' })
  const [chat] = server.chats
  expect(chat?.outcome).toBe('answered')
  const sent = JSON.stringify([chat?.body.tools, chat?.body.messages])
  const inputTokens = Math.ceil(sent.length / 4)
  expect(step.usage).toEqual({ type: 'usage', inputTokens, outputTokens: 10, cachedTokens: 0 })
  expect(step.served).toMatchObject({
    engine: 'engine-1',
    kind: 'remote',
    model: server.models[0]?.id,
    requestId: 'request-1',
    redactions: 0,
    skipped: [],
  })
  expect(step.served?.promptVersion).toMatch(/^salesperson@/)
  expect(ledger.begun).toHaveLength(1)
  expect(ledger.ended).toEqual([
    expect.objectContaining({
      id: 'request-1',
      error: null,
      sent: true,
      usage: { inputTokens, cachedTokens: 0, outputTokens: 10 },
    }),
  ])
  const [begun] = ledger.begun
  expect(begun).toMatchObject({ engineId: 'engine-1', purpose: 'turn', turnId: 'turn-1', step: 0 })
  expect(begun?.worst.inputTokens).toBeGreaterThanOrEqual(inputTokens)
  expect(begun?.worst.outputTokens).toBeGreaterThanOrEqual(10)
  // What the ledger keeps is what left, word for word.
  expect(JSON.stringify(begun?.body)).toBe(chat?.text)
})

test('the service’s own bill and what it had in its cache are taken over', async () => {
  const server = await start({ flavour: 'openrouter' })
  const { engine, ledger } = remoteEngine(server)
  await stepOf(engine, engineRequest('Hola'))
  const second = await stepOf(engine, engineRequest('Hola'))
  expect(second.usage?.cachedTokens).toBeGreaterThan(0)
  const [, ended] = ledger.ended
  expect(ended?.usage?.cachedTokens).toBe(second.usage?.cachedTokens)
  const { inputTokens = 0, outputTokens = 0, cachedTokens = 0 } = second.usage ?? {}
  const dollars = (inputTokens - cachedTokens) * 14e-8 + cachedTokens * 28e-9 + outputTokens * 28e-8
  expect(ended?.costUsdMicros).toBe(Math.ceil(Number((dollars * 1e6).toFixed(3))))
  expect(second.served?.costMicros).toBe(ended?.costUsdMicros)

  const deepseek = await start({ flavour: 'deepseek' })
  const other = remoteEngine(deepseek)
  await stepOf(other.engine, engineRequest('Hola'))
  expect((await stepOf(other.engine, engineRequest('Hola'))).usage?.cachedTokens).toBeGreaterThan(0)
})

test.each(flavours)('%s: calls side by side are told apart, and their results go back', async (flavour) => {
  const server = await start({
    flavour,
    script: script.rules([
      {
        after: null,
        answer: script.calls(
          script.call('search_products', { query: 'guantes' }),
          script.call('search_products', { query: 'gorro «azul»\n"ñ"' }),
        ),
      },
      {
        after: 'search_products',
        answer: script.calls(
          script.call('set_cart_line', {
            variantId: (r: script.ScriptRequest) => r.found('variantId'),
            quantity: 2,
          }),
        ),
      },
    ]),
  })
  const { engine } = remoteEngine(server)
  const first = await stepOf(engine, engineRequest('Guantes y un gorro azul'))
  expect(first.calls).toEqual([
    { name: 'search_products', arguments: { query: 'guantes' } },
    { name: 'search_products', arguments: { query: 'gorro «azul»\n"ñ"' } },
  ])
  const second = await stepOf(engine, engineRequest('Guantes y un gorro azul', { steps: [searched] }))
  expect(second.calls).toEqual([{ name: 'set_cart_line', arguments: { variantId: 'v1', quantity: 2 } }])
  expect(server.chats.map((chat) => chat.outcome)).toEqual(['answered', 'answered'])
})

test('arguments that are no JSON stay what they are, for the tool to refuse', async () => {
  const server = await start({ script: () => script.invalidArguments('set_cart_line') })
  const step = await stepOf(remoteEngine(server).engine, engineRequest('dos'))
  expect(step.calls).toEqual([
    { name: 'set_cart_line', arguments: { $invalid: '{"variantId": "abc", "quantity": tw' } },
  ])
})

test('no tools, no word of tools', async () => {
  const server = await start({ flavour: 'custom' })
  await stepOf(remoteEngine(server).engine, engineRequest('Hola', { withTools: false }))
  expect(Object.keys(server.chats[0]?.body ?? {})).not.toContain('parallel_tool_calls')
})

test.each([
  ['garbage', script.garbage()],
  ['silence', script.silence()],
])('%s is no answer', async (_name, answer) => {
  const server = await start({ script: () => answer })
  const { engine, ledger } = remoteEngine(server)
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('invalid_answer')
  // It was paid for all the same.
  expect(ledger.ended[0]?.usage?.inputTokens).toBeGreaterThan(0)
})

test('what DeepSeek’s model thought goes back with its calls, and to no other service', async () => {
  const server = await start({
    models: [{ id: 'deepseek-reasoner', thinks: true }],
    script: script.inTurn(
      {
        reasoning: 'They want gloves.',
        calls: [{ name: 'search_products', arguments: { query: 'guantes' } }],
      },
      script.says('Hay guantes.'),
    ),
  })
  const { engine } = remoteEngine(server)
  const first = await stepOf(engine, engineRequest('guantes'))
  const steps = [{ ...searched, state: first.end.state }]
  expect((await stepOf(engine, engineRequest('guantes', { steps }))).text).toBe('Hay guantes.')
  expect(server.chats[1]?.text).toContain('"reasoning_content":"They want gloves."')

  const other = await start({ flavour: 'custom' })
  await stepOf(remoteEngine(other, { id: 'engine-2' }).engine, engineRequest('guantes', { steps }))
  expect(other.chats[0]?.text).not.toContain('They want gloves')
})

test('in thinking mode DeepSeek gets thoughts with every call, empty for those that others made', async () => {
  const server = await start({ models: [{ id: 'deepseek-reasoner', thinks: true }] })
  await stepOf(remoteEngine(server).engine, engineRequest('guantes', { steps: [searched] }))
  expect(server.chats.map((chat) => chat.outcome)).toEqual(['answered'])
  expect(server.chats[0]?.text).toContain('"reasoning_content":""')
})

test.each([
  ['thoughts alone', { reasoning: 'I wonder and wonder', finish: 'length' } as const],
  ['thoughts in the text', script.says('<think>I wonder and wonder', { finish: 'length' })],
])('a model that spends its room on thoughts gets more of it: %s', async (_name, thinking) => {
  const server = await start({ flavour: 'custom', script: script.inTurn(thinking, script.says('Hay dos.')) })
  const { engine, ledger } = remoteEngine(server)
  expect((await stepOf(engine, engineRequest('Hola'))).text).toBe('Hay dos.')
  await stepOf(engine, engineRequest('Hola'))
  expect(server.chats.map((chat) => chat.body.max_tokens)).toEqual([500, 4_000, 4_000])
  // Both were written and are paid for.
  expect(ledger.ended.map(({ error }) => error)).toEqual([null, null, null])
})

test('a model of OpenRouter that cannot be told not to think', async () => {
  const server = await start({ flavour: 'openrouter' })
  server.fault(
    'chat',
    faults.refused(400, 'openrouter', 'Reasoning is mandatory for this endpoint and cannot be disabled.'),
  )
  await stepOf(remoteEngine(server).engine, engineRequest('Hola'))
  expect(server.chats.map(({ body }) => [body.reasoning, body.max_tokens])).toEqual([
    [{ enabled: false }, 500],
    [undefined, 4_000],
  ])
})

test('a caller who leaves closes the connection; nothing is retried or counted as a failure', async () => {
  const server = await start({
    script: () => script.says('Un texto bastante largo para partirlo', { fault: faults.stalled }),
  })
  const { engine, ledger, log } = remoteEngine(server)
  const caller = new AbortController()
  const step = stepOf(engine, engineRequest('Hola', { signal: caller.signal }))
  await server.until(() => server.chats[0]?.outcome === 'held', 'half of the answer')
  caller.abort(new Error('taken over'))
  await expect(step).rejects.toThrow('taken over')
  await server.until(() => server.chats[0]?.outcome === 'left', 'the end of the connection')
  expect(server.chats).toHaveLength(1)
  expect(ledger.ended).toEqual([expect.objectContaining({ usage: null, error: null, sent: true })])
  expect(log.lines).toEqual([])
})

test('nothing leaves when the ledger refuses', async () => {
  const server = await start()
  const { engine, ledger } = remoteEngine(server)
  ledger.refusal = new EngineError('capped')
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('capped')
  expect(server.requests).toEqual([])
  expect(ledger.ended).toEqual([])
})

test('time limits run on the host’s clock', async () => {
  const server = await start()
  const cases = [
    { fault: faults.noFirstByte, ms: 30_000 },
    { fault: faults.keepAliveOnly, ms: 30_000 },
    { fault: faults.stalled, ms: 30_000 },
  ]
  for (const { fault, ms } of cases) {
    const clock = new ManualClock()
    const { engine, ledger } = remoteEngine(server, { clock })
    const before = server.chats.length
    server.fault('chat', fault)
    const failed = errorOf(engine, engineRequest('Hola'))
    await server.until(() => server.chats[before]?.outcome === 'held', `a request held by ${fault.kind}`)
    clock.advance(ms)
    expect((await failed).code).toBe('timeout')
    await server.until(() => server.chats[before]?.outcome === 'left', 'the end of the connection')
    expect(ledger.ended).toEqual([expect.objectContaining({ error: 'timeout', usage: null, sent: true })])
  }
})
