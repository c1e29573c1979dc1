import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestHost, testLog } from '../../tests/fixtures/host.ts'
import { quietModelHost } from '../../tests/fixtures/quiet-model-host.ts'
import { type App, createApp } from '../core/app.ts'
import { defaultPersonality } from '../core/personality/service.ts'
import type { ApiContext, Caller } from './context.ts'
import { router } from './router.ts'
import type { ServingHost } from './serving.ts'

let data: string
let app: App
let shop: string

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'api-personality-'))
  const modelHost = quietModelHost({ state: 'idle' })
  app = await createApp({ quietWindowMs: 0, longestWaitMs: 0, modelHost }, createTestHost(data))
  const made = await app.shops.create({ name: 'La Espiga', currency: 'EUR', locale: 'es-ES' })
  shop = made.slug
})

afterEach(async () => {
  await app.stop()
  rmSync(data, { recursive: true, force: true })
})

function client() {
  const caller: Caller = {
    via: 'desk',
    sessionId: 's',
    person: { id: 'p', name: '', role: 'owner', language: null },
  }
  // No call of this feature asks its host for anything.
  const serving = {} as ServingHost
  const context: ApiContext = { app, serving, log: testLog(), caller: () => caller }
  return createRouterClient(router, { context })
}

const lola = { ...defaultPersonality(), assistantName: 'Lola', formOfAddress: 'usted' } as const

test('a personality is kept for the shop, and customers hear it', async () => {
  expect(await client().personality.get({ shop })).toEqual(defaultPersonality())
  await client().personality.set({ shop, personality: { ...lola, rules: [] } })
  expect(await client().personality.get({ shop })).toMatchObject({ assistantName: 'Lola' })
  const { reply } = await client().chat.ask({ shop, as: 'Ana', text: 'hola' })
  expect(reply).toBe('¡Hola! Soy Lola, de La Espiga. ¿En qué le ayudo?')
})

test('a preview tells what would be said, and keeps nothing', async () => {
  const shown = await client().personality.preview({
    shop,
    personality: { ...lola, rules: [] },
    message: 'hola',
  })
  expect(shown).toMatchObject({ engine: 'builtin', gate: { ok: true }, promptVersion: null })
  expect(shown.text).toContain('Lola')
  expect(shown.steps).toHaveLength(1)
  expect(await client().personality.get({ shop })).toEqual(defaultPersonality())
  expect((await client().conversations.list({ shop, limit: 10 })).items).toEqual([])
})

test('a preview with an engine that is not there says so', async () => {
  const asked = client().personality.preview({
    shop,
    personality: { ...lola, rules: [] },
    message: 'hola',
    engineId: 'nobody',
  })
  const error: unknown = await asked.then(
    () => null,
    (failure: unknown) => failure,
  )
  expect(Reflect.get(Object(Reflect.get(Object(error), 'data')), 'code')).toBe('engine.not_found')
})
