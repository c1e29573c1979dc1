import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, createApp } from '../../main/core/app.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import { refused } from '../fakes/model-server/faults.ts'
import { call, calls } from '../fakes/model-server/script.ts'
import { FakeModelServer } from '../fakes/model-server/server.ts'
import { createTestHost } from '../fixtures/host.ts'
import { openFixtureShop } from './fixture-shop.ts'
import { ShiftedClock } from './owner.ts'
import { play, transcript } from './play.ts'
import { parseScript } from './script.ts'

/**
 * Every fourth conversation once more, with a model in front of the built-in engine that fails in each turn: before its
 * first word, or after it has looked something up. Customers notice nothing.
 */
const wanted = new RegExp(process.env.CONVERSATIONS ?? '')
const scripts = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.txt') && wanted.test(file))
  .map((file) => ({
    name: file.replace('.txt', ''),
    script: parseScript(readFileSync(join(import.meta.dirname, file), 'utf8')),
  }))
  .filter(({ script }) => script.turns.every((turn) => turn.before.length === 0))
  .filter((_script, index) => index % 4 === 0)

const folder = mkdtempSync(join(tmpdir(), 'failing-engine-'))
const clock = new ShiftedClock()
const shops = new Map<string, Shop>()
let server: FakeModelServer
let app: App

beforeAll(async () => {
  const tooLong = refused(400, 'deepseek', "This model's maximum context length is 4096 tokens.", {
    code: 'context_length_exceeded',
  })
  let steps = 0
  server = await FakeModelServer.start({
    script: (request) => {
      steps += 1
      // Such a failure makes nobody rest: the model is asked again in the next turn.
      server.fault('chat', tooLong, 2)
      return steps % 2 === 0 ? { text: 'x', fault: tooLong } : calls(call('view_cart'))(request)
    },
  })
  app = await createApp(
    { closed: true, quietWindowMs: 60_000, longestWaitMs: 120_000 },
    { ...createTestHost(folder), clock },
  )
  for (const file of new Set(scripts.map(({ script }) => script.shop))) {
    const shop = await openFixtureShop(app, file)
    const { key, baseUrl } = server
    await shop.engines.addRemote('system', { provider: 'deepseek', baseUrl, key, model: 'deepseek-flash' })
    shops.set(file, shop)
  }
}, 120_000)

afterAll(async () => {
  await app.stop()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each(scripts)('$name', async ({ name, script }) => {
  const shop = shops.get(script.shop)
  if (shop === undefined) throw new Error(`no shop ${script.shop}`)
  const restart = () => Promise.reject(new Error('no script of these restarts'))
  const played = await play({ shop, clock, restart }, script, name)
  // What was looked up for the model is looked up besides.
  const failures = played
    .flatMap((turn) => turn.failures)
    .filter((failure) => !/^tool \w+ not called$/.test(failure))
  expect(failures, `${script.about}\n${transcript(played)}`).toEqual([])
})

test('the model was asked all along', () => {
  expect(server.chats.length).toBeGreaterThan(scripts.length)
})
