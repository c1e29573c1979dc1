import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { badGateway, refusals } from '../../../tests/fakes/model-server/faults.ts'
import { call, calls, rules, says } from '../../../tests/fakes/model-server/script.ts'
import { FakeModelServer } from '../../../tests/fakes/model-server/server.ts'
import { createTestHost } from '../../../tests/fixtures/host.ts'
import { type App, createApp } from '../app.ts'
import { isDomainError } from '../errors.ts'
import type { Shop } from '../shops/shop.ts'

let server: FakeModelServer
let data: string
let app: App
let shop: Shop

beforeEach(async () => {
  server = await FakeModelServer.start({ flavour: 'openrouter' })
  data = mkdtempSync(join(tmpdir(), 'engines-'))
  app = await createApp({}, createTestHost(data))
  shop = await app.shops.create({ name: 'La Espiga', currency: 'EUR', locale: 'es-ES' })
})

afterEach(async () => {
  await app.stop()
  await server.close()
  rmSync(data, { recursive: true, force: true })
})

const model = () => server.models[0]?.id ?? ''

function add(more: { key?: string; model?: string; baseUrl?: string; name?: string } = {}) {
  return shop.engines.addRemote('person:eva', {
    provider: 'openrouter',
    baseUrl: server.baseUrl,
    key: server.key,
    model: model(),
    ...more,
  })
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (isDomainError(error)) return error.code
    throw error
  }
  return 'none'
}

const order = () => shop.engines.list().map(({ id, position }) => [id, position])

describe('a shop without engines of its own', () => {
  it('has the built-in one, which is always well', () => {
    expect(shop.engines.list()).toMatchObject([
      { id: 'builtin', kind: 'builtin', position: 0, health: { state: 'ready' }, prices: { source: 'free' } },
    ])
    expect(shop.engines.chain.lead()).toBeNull()
  })

  it('starts no process and asks nobody', () => {
    expect(app.modelHost.status().state).toBe('stopped')
    expect(server.requests).toHaveLength(0)
  })
})

describe('a remote engine', () => {
  it('is added after its service took key and model, and is asked first', async () => {
    const engine = await add()
    expect(engine).toMatchObject({
      kind: 'remote',
      model: model(),
      provider: 'openrouter',
      position: 0,
      health: { state: 'ready', error: null },
      prices: { source: 'service' },
    })
    expect(engine.contextTokens).toBeGreaterThan(1_000)
    expect(order()).toEqual([
      [engine.id, 0],
      ['builtin', 1],
    ])
    expect(server.chats).toHaveLength(0)
  })

  it.each([
    ['engine.refused_key', () => add({ key: 'sk-wrong' })],
    ['engine.model_unknown', () => add({ model: 'nobody/knows-it' })],
    ['engine.unreachable', () => add({ baseUrl: 'http://127.0.0.1:9/v1' })],
    ['engine.address_insecure', () => add({ baseUrl: 'http://example.org/v1' })],
  ])('is not kept when %s', async (code, attempt) => {
    expect(await codeOf(attempt())).toBe(code)
    expect(shop.engines.list()).toHaveLength(1)
    expect(shop.storage.sql.prepare('SELECT count(*) FROM secrets').pluck().get()).toBe(0)
  })

  it('costs what its new model costs, whatever the owner said of the one before', async () => {
    const prices = { input: 1, cached: 1, output: 1 }
    const { id } = await add()
    expect(await shop.engines.change('person:eva', id, { prices })).toMatchObject({
      prices: { ...prices, source: 'owner' },
    })
    expect(await shop.engines.change('person:eva', id, { key: server.key })).toMatchObject({
      prices: { source: 'owner' },
    })
    const other = server.models.find((one) => one.id !== model())?.id ?? ''
    const changed = await shop.engines.change('person:eva', id, { model: other })
    expect(changed).toMatchObject({ model: other, prices: { source: 'service' } })
  })

  it('is added once', async () => {
    await add()
    expect(await codeOf(add())).toBe('engine.already_added')
  })

  it('keeps its key sealed: it is in no file and comes back from no call', async () => {
    const { id } = await add()
    shop.storage.sql.pragma('wal_checkpoint(TRUNCATE)')
    const files = readdirSync(shop.dir).filter((name) => name.startsWith('shop.db'))
    for (const file of files) expect(readFileSync(join(shop.dir, file)).includes(server.key)).toBe(false)
    expect(JSON.stringify(shop.engines.list())).not.toContain(server.key)
    await shop.engines.test(id)
    expect(
      JSON.stringify(shop.spending.requests({ limit: 9 }).map(({ id: each }) => shop.spending.request(each))),
    ).not.toContain(server.key)
  })

  it('is changed: a new key and model are tried first, own prices can be taken back', async () => {
    const { id, prices } = await add()
    expect(await codeOf(shop.engines.change('system', id, { key: 'sk-wrong' }))).toBe('engine.refused_key')
    const own = { input: 1, cached: 1, output: 2 }
    const changed = await shop.engines.change('system', id, { name: 'Mi modelo', prices: own })
    expect(changed).toMatchObject({ name: 'Mi modelo', prices: { ...own, source: 'owner' } })
    const other = server.models[1]?.id ?? ''
    expect(await shop.engines.change('system', id, { model: other })).toMatchObject({
      model: other,
      prices: { source: 'service' },
    })
    await shop.engines.change('system', id, { prices: own })
    const back = await shop.engines.change('system', id, { model: model(), prices: null })
    expect(back.prices).toEqual(prices)
    expect(await shop.engines.change('system', id, { enabled: false })).toMatchObject({
      position: null,
      health: { state: 'off' },
    })
    expect(shop.engines.chain.lead()).toBeNull()
  })

  it('goes with its key, and what it cost stays', async () => {
    const { id } = await add()
    await shop.engines.test(id)
    const spent = shop.spending.spending().spent.day
    shop.engines.remove('system', id)
    expect(shop.engines.list().map((engine) => engine.id)).toEqual(['builtin'])
    expect(shop.storage.sql.prepare('SELECT count(*) FROM secrets').pluck().get()).toBe(0)
    expect(shop.spending.spending().spent.day).toBe(spent)
    expect(await codeOf(shop.engines.change('system', id, { name: 'x' }))).toBe('engine.not_found')
    // The same one may come again.
    expect((await add()).position).toBe(0)
  })

  it('shows the models of its service with the stored key, at its own address only', async () => {
    const { id } = await add()
    const other = await FakeModelServer.start({ flavour: 'custom' })
    const models = await shop.engines.remoteModels({
      provider: 'custom',
      baseUrl: other.baseUrl,
      engineId: id,
    })
    expect(models.map((each) => each.id)).toEqual(server.models.map((each) => each.id))
    expect(other.requests).toHaveLength(0)
    await other.close()
  })

  it('survives a restart', async () => {
    const { id } = await add()
    await app.stop()
    app = await createApp({}, createTestHost(data))
    shop = app.shops.open(app.shops.folders()[0] ?? '')
    expect(order()).toEqual([
      [id, 0],
      ['builtin', 1],
    ])
    expect(await shop.engines.test(id)).toMatchObject({ error: null })
  })
})

describe('the order', () => {
  it('is changed by ids and kinds, and tells who is not asked', async () => {
    const first = await add()
    const second = await add({ model: server.models[1]?.id ?? '' })
    expect(order()).toEqual([
      [second.id, 0],
      [first.id, 1],
      ['builtin', 2],
    ])
    shop.engines.order('system', [first.id, 'builtin'])
    expect(order()).toEqual([
      [first.id, 0],
      ['builtin', 1],
      [second.id, null],
    ])
    shop.engines.order('system', ['remote'])
    expect(order().map(([id]) => id)).toEqual([first.id, second.id, 'builtin'])
    expect(() => shop.engines.order('system', ['gone'])).toThrow('engine.not_found')
    shop.engines.order('system', [])
    expect(shop.engines.chain.lead()).toBeNull()
  })
})

describe('a test', () => {
  it('asks something small, has it call a tool, and tells what that cost', async () => {
    server.script = rules([
      { after: null, answer: calls(call('shop_status')) },
      { after: 'shop_status', answer: says('Sí, ahora mismo está abierta.') },
    ])
    const { id } = await add()
    const test = await shop.engines.test(id)
    expect(test).toMatchObject({ ok: true, tools: true, text: 'Sí, ahora mismo está abierta.', error: null })
    expect(test.costMicros).toBeGreaterThan(0)
    expect(shop.engines.get(id).today).toMatchObject({ requests: 2, failed: 0, costMicros: test.costMicros })
    expect(shop.spending.requests({ limit: 5 }).map(({ purpose }) => purpose)).toEqual(['test', 'test'])
  })

  it('says that a model calls no tools', async () => {
    server.script = () => says('Sí.')
    const { id } = await add()
    expect(await shop.engines.test(id)).toMatchObject({ ok: true, tools: false, text: 'Sí.' })
  })

  it('tells why it fails, and ends the rest when it works again', async () => {
    const { id } = await add()
    server.fault('chat', refusals.credit('openrouter'))
    expect(await shop.engines.test(id)).toMatchObject({ ok: false, error: 'out_of_credit' })
    expect(shop.engines.get(id).health).toMatchObject({ state: 'resting', error: 'out_of_credit' })
    expect(shop.engines.chain.lead()).toBeNull()
    server.fault('chat', badGateway())
    expect(await shop.engines.test(id)).toMatchObject({ ok: false, error: 'service_failed' })
    expect(await shop.engines.test(id)).toMatchObject({ ok: true })
    expect(shop.engines.get(id).health).toMatchObject({ state: 'ready', error: null, retryAt: null })
    expect(shop.engines.chain.lead()?.id).toBe(id)
  })

  it('of the built-in engine needs nobody', async () => {
    expect(await shop.engines.test('builtin')).toMatchObject({ ok: true, costMicros: 0, error: null })
  })

  it('stops at the cap', async () => {
    const { id } = await add()
    shop.spending.setSpending('system', { day: 0 })
    expect(shop.engines.get(id).health.state).toBe('capped')
    expect(await shop.engines.test(id)).toMatchObject({ ok: false, error: 'capped' })
    expect(server.chats).toHaveLength(0)
  })
})
