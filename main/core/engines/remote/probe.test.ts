import { afterEach, expect, test } from 'vitest'
import * as faults from '../../../../tests/fakes/model-server/faults.ts'
import { FakeModelServer, type FakeModelServerOptions } from '../../../../tests/fakes/model-server/server.ts'
import type { Flavour } from '../../../../tests/fakes/model-server/wire.ts'
import { isDomainError } from '../../errors.ts'
import { listModels, probe } from './probe.ts'

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

function access(server: FakeModelServer, more: { key?: string; model?: string } = {}) {
  return {
    provider: server.flavour,
    baseUrl: server.baseUrl,
    key: server.key,
    model: server.models[0]?.id ?? '',
    ...more,
  }
}

/** Code and data of the error that a check ends with. */
async function refusalOf(check: Promise<unknown>): Promise<string> {
  try {
    await check
  } catch (error) {
    if (isDomainError(error)) return error.code
    throw error
  }
  return 'taken'
}

test('DeepSeek: key and balance are checked, prices come from the table', async () => {
  const server = await start({ flavour: 'deepseek', credit: 3.5 })
  const result = await probe(access(server))
  expect(result).toMatchObject({ model: 'deepseek-flash', contextTokens: 1_000_000, credit: 3.5 })
  expect(result.prices).toMatchObject({ input: 300_000, output: 1_200_000, source: 'table' })
  expect(result.models.map((model) => model.id)).toEqual(['deepseek-flash', 'deepseek-v4-pro'])
  expect(await refusalOf(probe(access(server, { model: 'gpt-9' })))).toBe('engine.model_unknown')
  server.credit = 0
  expect(await refusalOf(probe(access(server)))).toBe('engine.out_of_credit')
})

test.each(flavours)('%s: a key that no header can carry is refused as any other', async (flavour) => {
  const server = await start({ flavour })
  // As it is copied from a page that shows its ends only.
  const key = 'sk-12ab…9f'
  expect(await refusalOf(probe(access(server, { key })))).toBe('engine.refused_key')
  expect(await refusalOf(listModels(access(server, { key })))).toBe('engine.refused_key')
  expect(server.requests).toHaveLength(0)
})

test('OpenRouter: the list is for everybody, the key is not', async () => {
  const server = await start({ flavour: 'openrouter' })
  const result = await probe(access(server))
  expect(result).toMatchObject({ contextTokens: 1_048_576, credit: 10 })
  // "0.00000014" dollars a token.
  expect(result.prices).toEqual({ input: 140_000, cached: 28_000, output: 280_000, source: 'service' })
  const free = result.models.find((model) => model.id === 'qwen/qwen3-8b:free')
  expect(free?.prices).toEqual({ input: 0, cached: 0, output: 0, source: 'free' })
  expect(result.models.find((model) => model.id === 'old/no-tools')?.tools).toBe(false)
  expect(await refusalOf(probe(access(server, { key: 'sk-wrong' })))).toBe('engine.refused_key')
  expect(await refusalOf(listModels(access(server, { key: '' })))).toBe('engine.refused_key')
  // Without credit the free models are left.
  server.credit = 0
  expect(await refusalOf(probe(access(server)))).toBe('engine.out_of_credit')
  expect(await refusalOf(probe(access(server, { model: 'qwen/qwen3-8b:free' })))).toBe('taken')
})

test('any other service of this computer is free, with and without a key', async () => {
  const server = await start({ flavour: 'custom', key: '' })
  expect(await probe(access(server))).toMatchObject({
    contextTokens: 32_768,
    prices: { input: 0, output: 0, source: 'free' },
    credit: null,
  })
  expect(server.chats).toEqual([])
  const locked = await start({ flavour: 'custom', key: 'secret-key' })
  expect(await refusalOf(probe(access(locked)))).toBe('taken')
  expect(await refusalOf(probe(access(locked, { key: 'other' })))).toBe('engine.refused_key')
})

test('a service without a list, or with one for everybody, is asked for one word', async () => {
  const server = await start({ flavour: 'custom' })
  server.fault('models', faults.refused(404, 'custom', 'Not Found'))
  expect((await probe(access(server))).models).toEqual([])
  expect(server.chats).toHaveLength(1)
  expect(await refusalOf(probe(access(server, { model: 'alias:latest' })))).toBe('engine.model_unknown')
  const open = await start({ flavour: 'custom', openList: true })
  expect(await refusalOf(probe(access(open, { key: 'sk-wrong' })))).toBe('engine.refused_key')
  expect(await refusalOf(probe(access(open)))).toBe('taken')
})

test.each(flavours)('%s: a wrong key', async (flavour) => {
  const server = await start({ flavour })
  expect(await refusalOf(probe(access(server, { key: 'sk-wrong' })))).toBe('engine.refused_key')
})

test.each(flavours)('%s: what is no such service', async (flavour) => {
  const server = await start({ flavour })
  server.fault('*', faults.wrongType)
  expect(await refusalOf(probe(access(server)))).toBe('engine.not_compatible')
  server.fault('*', faults.redirect('http://127.0.0.1:9/'))
  expect(await refusalOf(probe(access(server)))).toBe('engine.not_compatible')
  const elsewhere = { ...access(server), baseUrl: `${server.baseUrl}/wrong/path` }
  expect(await refusalOf(probe(elsewhere))).toBe('engine.not_compatible')
})

test.each(flavours)('%s: a service that is down, or asks to wait', async (flavour) => {
  const server = await start({ flavour })
  server.fault('*', faults.refusals.inside(flavour))
  expect(await refusalOf(probe(access(server)))).toBe('engine.unreachable')
  server.fault('*', faults.refusals.rate(flavour))
  expect(await refusalOf(probe(access(server)))).toBe('engine.rate_limit')
  await server.down()
  expect(await refusalOf(probe(access(server)))).toBe('engine.unreachable')
})

test('whoever leaves is not kept waiting', async () => {
  const server = await start({ flavour: 'openrouter' })
  server.fault('key', faults.noFirstByte)
  const leave = new AbortController()
  const check = refusalOf(probe({ ...access(server), signal: leave.signal }))
  await server.until(() => server.requests[0]?.outcome === 'held', 'a request that waits')
  leave.abort()
  expect(await check).toBe('cancelled')
})
