import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApp } from '../../main/core/app.ts'
import { call, calls, rules, says } from '../fakes/model-server/script.ts'
import { FakeModelServer } from '../fakes/model-server/server.ts'
import { writeScriptedModel } from '../fixtures/gguf/scripted-model.ts'
import { createTestHost } from '../fixtures/host.ts'
import { type CliOptions, cli, type Ran, startCli } from './cli-fixture.ts'

// Every command is a process of its own, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const data = mkdtempSync(join(tmpdir(), 'cli-engines-'))
const model = join(data, 'tiny.gguf')
let server: FakeModelServer

function run(args: string[], options: CliOptions = {}): Promise<Ran> {
  return cli([...args, '--data', data, '--json'], options)
}

const remote = (...more: string[]) => [
  'engine',
  'add',
  'remote',
  '--provider',
  'openrouter',
  '--base-url',
  server.baseUrl,
  ...more,
]

beforeAll(async () => {
  server = await FakeModelServer.start({
    flavour: 'openrouter',
    script: rules([
      { user: /hogaza/, answer: says('La hogaza cuesta 4,25 €.') },
      { after: null, answer: calls(call('shop_status')) },
      { after: 'shop_status', answer: says('Sí, está abierta.') },
    ]),
  })
  writeScriptedModel(model, { replies: [{ on: null, say: 'Sí.' }], contextTokens: 16_384 })
  const app = await createApp({ serve: false }, createTestHost(data))
  const shop = await app.shops.create({ name: 'La Espiga', currency: 'EUR', locale: 'es-ES' })
  shop.storage.write('system', (tx) => {
    shop.catalog.create(tx, { name: 'Hogaza', variants: [{ price: { kind: 'exact', amount: 425 } }] })
  })
  await shop.search.caughtUp()
  await app.stop()
})
afterAll(async () => {
  await server.close()
  rmSync(data, { recursive: true, force: true })
})

describe('engines and caps on the command line', () => {
  it('are added, ordered, tried and taken away', async () => {
    const id = server.models[0]?.id ?? ''
    // The key from the environment, from stdin, and a wrong one.
    const wrong = await run(remote('--model', id, '--key', 'sk-wrong'))
    expect([wrong.code, wrong.lines.at(-1)]).toEqual([
      7,
      { error: { code: 'engine.refused_key', data: expect.anything() } },
    ])
    const unknown = await run(remote('--model', 'nobody/knows-it', '--key', '-'), {
      input: `${server.key}\n`,
    })
    expect(unknown.code).toBe(3)
    const added = await run(remote('--model', id, '--name', 'Nube'), {
      env: { MOSTRADOR_ENGINE_KEY: server.key },
    })
    expect(added.code).toBe(0)
    expect(added.lines[0]).toMatchObject({ kind: 'remote', name: 'Nube', model: id, position: 0 })
    const local = await run(['engine', 'add', 'local', '--model', model])
    expect(local.lines[0]).toMatchObject({ kind: 'local', model: 'tiny.gguf', file: model, position: 0 })
    expect((await run(['engine', 'add', 'local', '--model', join(data, 'none.gguf')])).code).toBe(3)

    const ordered = await run(['engine', 'order', 'remote,local,builtin'])
    expect(ordered.lines.map(({ kind, position }) => [kind, position])).toEqual([
      ['remote', 0],
      ['local', 1],
      ['builtin', 2],
    ])
    expect((await run(['engine', 'order', 'remote,nobody'])).code).toBe(3)
    const test = await run(['engine', 'test', 'remote'])
    expect([test.code, test.lines[0]]).toEqual([
      0,
      expect.objectContaining({ ok: true, tools: true, text: 'Sí, está abierta.' }),
    ])

    const chat = await run(['chat', '--say', '¿cuánto cuesta la hogaza?'])
    expect(chat.lines[0]).toMatchObject({ reply: 'La hogaza cuesta 4,25 €.' })

    expect((await run(['engine', 'remove', 'local'])).lines).toEqual([{ removed: local.lines[0]?.id }])
    const listed = await run(['engine', 'list'])
    expect(listed.lines.map(({ kind }) => kind)).toEqual(['remote', 'builtin'])
    for (const ran of [wrong, unknown, added, test, chat, listed])
      expect(ran.stdout + ran.stderr).not.toContain(server.key)
  })

  it('hold spending', async () => {
    const set = await run(['cap', 'set', '--day', '2.50', '--month', '40', '--rate', '0,95'])
    expect([set.code, set.lines[0]]).toEqual([
      0,
      expect.objectContaining({ caps: { day: 250, month: 4_000 }, usdRate: 950_000, rateSource: 'owner' }),
    ])
    const taken = await run(['cap', 'set', '--month', 'none', '--rate', 'none'])
    expect(taken.lines[0]).toMatchObject({ caps: { day: 250, month: null }, rateSource: 'table' })
    expect((await run(['cap', 'set', '--day', 'mucho'])).code).toBe(2)
    expect((await run(['cap', 'set'])).code).toBe(2)
    const text = await cli(['cap', 'show', '--data', data], { env: { LANG: 'es_ES.UTF-8' } })
    expect(text.stdout).toMatch(/Hoy: 0\.\d+ de 2\.50 \(EUR\)/)
  })

  it('work on a host that runs', async () => {
    const host = startCli(['serve', '--no-open', '--port', '0', '--data', data, '--json', '--no-open'])
    await host.next()
    try {
      const listed = await run(['engine', 'list'])
      expect(listed.lines.map(({ kind }) => kind)).toEqual(['remote', 'builtin'])
      expect((await run(['engine', 'order', 'builtin'])).lines.map(({ position }) => position)).toEqual([
        0,
        null,
      ])
      const chat = await run(['chat', '--say', '¿cuánto cuesta la hogaza?'])
      expect(String(chat.lines[0]?.reply)).toContain('4,25')
      expect((await run(['cap', 'show'])).lines[0]).toMatchObject({ caps: { day: 250 } })
    } finally {
      host.child.kill('SIGTERM')
      await host.ended
    }
  })
})
