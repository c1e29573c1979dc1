import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import * as faults from '../../../../tests/fakes/model-server/faults.ts'
import * as script from '../../../../tests/fakes/model-server/script.ts'
import { FakeModelServer, type FakeModelServerOptions } from '../../../../tests/fakes/model-server/server.ts'
import type { Flavour } from '../../../../tests/fakes/model-server/wire.ts'
import { ManualClock } from '../../../../tests/fixtures/clock.ts'
import { engineRequest, errorOf, remoteEngine, stepOf } from '../../../../tests/fixtures/remote-engine.ts'
import { withMutant } from '../../mutants.ts'
import type { EngineErrorCode } from '../engine.ts'

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
const nothing = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 }

type Case = [
  string,
  (flavour: Flavour) => faults.Fault,
  EngineErrorCode,
  billed: 'nothing' | 'unknown' | 'told',
]

const cases: Case[] = [
  ['401', faults.refusals.key, 'refused_key', 'nothing'],
  ['402', faults.refusals.credit, 'out_of_credit', 'nothing'],
  ['429 without a time', faults.refusals.rate, 'rate_limit', 'nothing'],
  ['500', faults.refusals.inside, 'service_failed', 'nothing'],
  ['503', faults.refusals.overloaded, 'service_failed', 'nothing'],
  ['the page of a proxy', faults.badGateway, 'service_failed', 'nothing'],
  ['a break in mid text', () => faults.broken, 'service_failed', 'unknown'],
  ['an end in mid text', () => faults.cutOff, 'service_failed', 'unknown'],
  ['an error inside of the stream', () => faults.errorInStream(502), 'service_failed', 'unknown'],
  [
    'a limit inside of the stream',
    () => faults.errorInStream(429, 'Rate limited upstream'),
    'rate_limit',
    'unknown',
  ],
  ['a page in place of a stream', () => faults.wrongType, 'invalid_answer', 'unknown'],
  ['an empty body', () => faults.emptyBody, 'service_failed', 'unknown'],
  ['a stream that is no JSON', () => faults.notJson, 'invalid_answer', 'unknown'],
  ['a line without an end', () => faults.endlessLine, 'invalid_answer', 'unknown'],
  ['a text without an end', () => faults.endlessText, 'invalid_answer', 'unknown'],
]

for (const flavour of flavours)
  test.each(cases)(`${flavour}: %s`, async (_name, fault, code, billed) => {
    const server = await start({
      flavour,
      script: () => script.says('Un texto lo bastante largo para romperse'),
    })
    const { engine, ledger, log } = remoteEngine(server)
    server.fault('chat', fault(flavour))
    expect((await errorOf(engine, engineRequest('Hola'))).code).toBe(code)
    expect(server.chats).toHaveLength(1)
    expect(ledger.begun).toHaveLength(1)
    expect(ledger.ended).toHaveLength(1)
    expect(ledger.ended[0]).toMatchObject({ error: code, sent: true })
    expect(ledger.ended[0]?.usage).toEqual(billed === 'nothing' ? nothing : null)
    expect(log.lines).toHaveLength(1)
    // And the next one is as if nothing had been.
    expect((await stepOf(engine, engineRequest('Hola'))).text).toBe(
      'Un texto lo bastante largo para romperse',
    )
    await server.until(
      () => server.chats.every((chat) => chat.outcome !== 'open'),
      'the end of all connections',
    )
  })

test.each(flavours)('%s: half a call is no call', async (flavour) => {
  const server = await start({
    flavour,
    script: script.calls(
      script.call('set_cart_line', { variantId: 'a-rather-long-id-to-break', quantity: 2 }),
    ),
  })
  const { engine } = remoteEngine(server)
  for (const fault of [faults.broken, faults.cutOff]) {
    server.fault('chat', fault)
    expect((await errorOf(engine, engineRequest('dos'))).code).toBe('service_failed')
  }
})

test.each(flavours)('%s: a model that is not there', async (flavour) => {
  const server = await start({ flavour })
  const { engine } = remoteEngine(server, { model: 'no/such-model' })
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('model_missing')
})

test('a model without tools cannot serve', async () => {
  const server = await start({ flavour: 'openrouter' })
  const { engine } = remoteEngine(server, { model: 'old/no-tools' })
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('model_missing')
})

test.each(flavours)('%s: a conversation that the service finds too long', async (flavour) => {
  const server = await start({ flavour, models: [{ id: 'small', contextTokens: 300 }] })
  const { engine } = remoteEngine(server)
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('context_too_long')
})

test('history is left out where the context is small, and nothing leaves that cannot fit', async () => {
  const server = await start({ flavour: 'custom' })
  const history = Array.from({ length: 30 }, (_, index) => ({
    id: `m${index}`,
    author: index % 2 === 0 ? ('customer' as const) : ('agent' as const),
    text: `mensaje número ${index} ${'bla '.repeat(60)}`,
    at: '2026-03-02T09:00:00.000Z',
  }))
  const roomy = remoteEngine(server, { contextTokens: 4_500 })
  await stepOf(roomy.engine, engineRequest('¿Y eso?', { history }))
  const sent = server.chats[0]?.text ?? ''
  expect(['¿Y eso?', 'mensaje número 29 ', 'mensaje número 0 '].map((text) => sent.includes(text))).toEqual([
    true,
    true,
    false,
  ])
  const tight = remoteEngine(server, { contextTokens: 1_000 })
  expect((await errorOf(tight.engine, engineRequest('Hola'))).code).toBe('context_too_long')
  expect(server.chats).toHaveLength(1)
  expect(tight.ledger.begun).toEqual([])
})

test('a short wait that the service asks for is waited, once', async () => {
  const server = await start()
  const clock = new ManualClock()
  const { engine, ledger } = remoteEngine(server, { clock })
  server.fault('chat', faults.refusals.rate('deepseek', '3'))
  const step = stepOf(engine, engineRequest('Hola'))
  await server.until(() => server.chats[0]?.outcome === 'refused', 'the refusal')
  await clockWaits(clock, 3_000)
  expect((await step).text).toBe('¿En qué puedo ayudarte?')
  expect(server.chats).toHaveLength(2)
  expect(ledger.ended.map(({ id, error }) => [id, error])).toEqual([
    ['request-1', 'rate_limit'],
    ['request-2', null],
  ])
})

test('a long wait is told, not waited', async () => {
  const server = await start()
  const { engine } = remoteEngine(server)
  server.fault('chat', faults.refusals.rate('deepseek', '42'))
  const error = await errorOf(engine, engineRequest('Hola'))
  expect([error.code, error.retryAfterMs]).toEqual(['rate_limit', 42_000])
  expect(server.chats).toHaveLength(1)
})

test('a connection that is refused is tried once more, and never counts as sent', async () => {
  const server = await start()
  await server.down()
  const clock = new ManualClock()
  const { engine, ledger } = remoteEngine(server, { clock })
  const failed = errorOf(engine, engineRequest('Hola'))
  await clockWaits(clock, 250)
  expect((await failed).code).toBe('offline')
  expect(ledger.ended).toEqual([
    expect.objectContaining({ error: 'offline', sent: false, usage: nothing }),
    expect.objectContaining({ error: 'offline', sent: false, usage: nothing }),
  ])
})

test('back within the wait, the service answers', async () => {
  const server = await start()
  await server.down()
  const clock = new ManualClock()
  const { engine, ledger } = remoteEngine(server, { clock })
  const step = stepOf(engine, engineRequest('Hola'))
  await waitFor(() => ledger.ended.length === 1)
  await server.up()
  await clockWaits(clock, 250)
  expect((await step).text).toBe('¿En qué puedo ayudarte?')
})

// A computer without a network may ask for names for long before it gives up.
test('a host that nobody knows is no connection', { timeout: 120_000 }, async () => {
  const server = await start()
  const clock = new ManualClock()
  const { engine } = remoteEngine(server, { clock, provider: 'custom', baseUrl: 'https://nobody.invalid/v1' })
  const failed = errorOf(engine, engineRequest('Hola'))
  await clockWaits(clock, 250)
  expect((await failed).code).toBe('offline')
})

test('what speaks no TLS, or nothing at all, is no service', async () => {
  const server = await start()
  const tls = remoteEngine(server, { baseUrl: server.baseUrl.replace('http:', 'https:') })
  expect((await errorOf(tls.engine, engineRequest('Hola'))).code).toBe('service_failed')
  expect(tls.ledger.ended[0]).toMatchObject({ sent: false, usage: nothing })
  // Hangs up on everybody.
  const rude = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve))
  const address = rude.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { engine, ledger } = remoteEngine(server, {
    provider: 'custom',
    baseUrl: `http://127.0.0.1:${port}/v1`,
  })
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('service_failed')
  expect(ledger.ended[0]).toMatchObject({ sent: true, usage: null })
  rude.close()
})

test('a redirect is not followed: the key would travel along', async () => {
  const server = await start()
  const thief = await start({ flavour: 'custom', key: '' })
  server.fault('chat', faults.redirect(`${thief.baseUrl}/chat/completions`))
  const { engine } = remoteEngine(server)
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('service_failed')
  expect(thief.requests).toEqual([])
  // Without the guard the thief would hear of it.
  server.fault('chat', faults.redirect(`${thief.baseUrl}/chat/completions`))
  await withMutant('remote.redirect', () => stepOf(engine, engineRequest('Hola')).catch(() => undefined))
  expect(thief.requests).toHaveLength(1)
})

test('the key is in no error and no log, even where the service repeats it', async () => {
  const server = await start()
  const key = 'sk-very-secret-0123456789'
  const { engine, log, ledger } = remoteEngine(server, { key: () => Promise.resolve(key) })
  const error = await errorOf(engine, engineRequest('Hola'))
  expect(error.code).toBe('refused_key')
  // The service did repeat it.
  expect(server.chats[0]?.headers.authorization).toContain(key)
  const told = [deep(error), log.lines.join('\n'), JSON.stringify(ledger)].join('\n')
  expect(told).not.toContain('very-secret')
})

test('a key that no header can carry is refused here', async () => {
  const server = await start()
  const { engine } = remoteEngine(server, { key: () => Promise.resolve('sk-línea\nX-Evil: 1') })
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('refused_key')
  expect(server.requests).toEqual([])
})

test('nothing of this computer is told but the product’s name', async () => {
  const server = await start({ flavour: 'custom', key: '' })
  await stepOf(remoteEngine(server).engine, engineRequest('Hola'))
  const headers = server.chats[0]?.headers ?? {}
  expect(Object.keys(headers).filter((name) => /stainless|openai|authorization/.test(name))).toEqual([])
  expect(headers['user-agent']).toBe('Mostrador')
})

test('a service that answers a whole JSON in place of a stream is understood', async () => {
  const server = await start({
    flavour: 'custom',
    script: script.rules([
      { user: /pon/, answer: script.calls(script.call('set_cart_line', { variantId: 'v1', quantity: 1 })) },
    ]),
  })
  const { engine } = remoteEngine(server)
  server.fault('chat', faults.noStream, 2)
  const text = await stepOf(engine, engineRequest('Hola'))
  expect([text.text, text.usage?.outputTokens]).toEqual(['¿En qué puedo ayudarte?', 6])
  expect((await stepOf(engine, engineRequest('pon uno'))).calls).toEqual([
    { name: 'set_cart_line', arguments: { variantId: 'v1', quantity: 1 } },
  ])
})

test('a parameter that the service does not know is left out from then on', async () => {
  const server = await start({ flavour: 'custom' })
  const refuse = (param: string, message: string): void =>
    server.fault('chat', faults.refused(400, 'custom', message, { param, code: 'unsupported_parameter' }))
  refuse('max_tokens', "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
  refuse('temperature', "Unsupported value: 'temperature' does not support 0.3 with this model.")
  const { engine, ledger } = remoteEngine(server)
  await stepOf(engine, engineRequest('Hola'))
  await stepOf(engine, engineRequest('Hola'))
  const bodies = server.chats.map((chat) => Object.keys(chat.body))
  expect(bodies).toHaveLength(4)
  expect(bodies[0]).toContain('max_tokens')
  expect(bodies[1]).toContain('max_completion_tokens')
  expect(bodies[3]).not.toContain('temperature')
  expect(ledger.ended.map(({ usage }) => usage?.outputTokens)).toEqual([0, 0, 6, 6])
})

test('an answer cut off at the limit ends with its last whole sentence', async () => {
  const server = await start({
    script: script.inTurn(
      script.says('Tenemos dos. El azul cuesta 12,00 € y el ro', { finish: 'length' }),
      script.says('Una frase que no acaba nunca', { finish: 'length' }),
      script.says('Nada', { finish: 'content_filter' }),
      script.says('Nada', { finish: 'insufficient_system_resource' }),
    ),
  })
  const { engine } = remoteEngine(server)
  expect((await stepOf(engine, engineRequest('Hola'))).text).toBe('Tenemos dos.')
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('invalid_answer')
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('invalid_answer')
  expect((await errorOf(engine, engineRequest('Hola'))).code).toBe('service_failed')
})

/** Waits until somebody waits on the clock for exactly so long, then lets the time pass. */
async function clockWaits(clock: ManualClock, ms: number): Promise<void> {
  await waitFor(() => clock.waits.includes(ms))
  clock.advance(ms)
}

async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

/** Everything that an error carries. */
function deep(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? ''
  const own = Object.getOwnPropertyNames(error).map((name) => `${name}=${String(Reflect.get(error, name))}`)
  return [...own, error.cause === undefined ? '' : deep(error.cause)].join('\n')
}
