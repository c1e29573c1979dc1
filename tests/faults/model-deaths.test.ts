import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../main/core/app.ts'
import type { ProbePoint } from '../../main/core/host.ts'
import { noFirstByte } from '../fakes/model-server/faults.ts'
import { call, calls, rules, type ScriptRequest, says } from '../fakes/model-server/script.ts'
import { FakeModelServer } from '../fakes/model-server/server.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { createTestHost } from '../fixtures/host.ts'
import { finish, killedIn, openReadOnly } from './serving.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 })

let data: string
let telegram: FakeTelegram
let model: FakeModelServer

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'model-deaths-'))
  telegram = await FakeTelegram.start()
  model = await FakeModelServer.start({
    script: rules(
      [
        { after: 'set_cart_line', answer: says('Añadidos: 2 × Café molido. Total: 9,00 €.') },
        {
          user: /café/,
          answer: calls(
            call('set_cart_line', {
              variantId: (request: ScriptRequest) => request.found('variantId'),
              quantity: 2,
            }),
          ),
        },
      ],
      says('Hola.'),
    ),
  })
  const app = await createApp({ serve: false }, createTestHost(data))
  const shop = await app.shops.create({ name: 'Tormenta', currency: 'EUR', locale: 'es-ES' })
  shop.storage.write('system', (tx) => {
    shop.catalog.create(tx, {
      name: 'Café molido',
      variants: [{ sku: 'CAF-1', price: { kind: 'exact', amount: 450 } }],
    })
  })
  await shop.channels.addTelegram('system', { token: telegram.token, apiRoot: telegram.apiRoot })
  const { key, baseUrl } = model
  await shop.engines.addRemote('system', { provider: 'deepseek', baseUrl, key, model: 'deepseek-flash' })
  await app.stop()
})

afterEach(async () => {
  await telegram.close()
  await model.close()
  rmSync(data, { recursive: true, force: true })
})

/** The first value of a query on the shop. */
function value(source: string): unknown {
  const sql = openReadOnly(data)
  try {
    return sql.prepare(source).pluck().get()
  } finally {
    sql.close()
  }
}

function expectOneAnswer(received: readonly string[]): void {
  expect(received.filter((text) => text.includes('9,00'))).toHaveLength(1)
  expect(received).toHaveLength(1)
  expect(value('SELECT sum(quantity) FROM cart_lines WHERE deleted_at IS NULL')).toBe(2)
  expect(value("SELECT count(*) FROM tool_calls WHERE tool = 'set_cart_line'")).toBe(1)
}

describe('the app killed while a model serves', () => {
  it.each<ProbePoint>(['answer.journaled', 'call.before_commit', 'call.committed', 'outbox.handed_over'])(
    'in %s, answers once and does nothing twice',
    async (window) => {
      const ana = telegram.customer({ id: 501, name: 'Ana' })
      ana.say('ponme dos de café molido')
      expect(await killedIn(data, telegram, window, 1, {})).toBe(true)
      await finish(data, telegram, {})
      expectOneAnswer(ana.received())
      // What was journaled is not asked again.
      expect(model.chats.length).toBeLessThanOrEqual(3)
    },
  )

  it('in mid request, answers once, and the request stays counted', async () => {
    model.fault('chat', noFirstByte)
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    ana.say('ponme dos de café molido')
    const child = fork(join(import.meta.dirname, 'serve-and-die.ts'), [data, 'none', '1'], {
      env: { ...process.env, NODE_ENV: 'test' },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [],
    })
    await model.until(() => model.chats.some(({ outcome }) => outcome === 'held'), 'a request', 60_000)
    child.kill('SIGKILL')
    await once(child, 'exit')
    await finish(data, telegram, {})
    expectOneAnswer(ana.received())
    expect(
      value("SELECT count(*) FROM engine_requests WHERE state = 'reserved' AND reserved_micros > 0"),
    ).toBe(1)
  })
})
