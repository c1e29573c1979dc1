import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { cli, type RunningCli, startCli } from './cli-fixture.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

const base = mkdtempSync(join(tmpdir(), 'cli-rules-'))
const data = join(base, 'data')
const run = (args: string[]) => cli([...args, '--data', data, '--json'])
let telegram: FakeTelegram
let channel: string
let serving: RunningCli | null = null

beforeAll(async () => {
  telegram = await FakeTelegram.start()
  await run(['shop', 'create', '--name', 'Tienda', '--currency', 'eur', '--locale', 'es-ES'])
  const added = await run([
    'channel',
    'add',
    'telegram',
    '--token',
    telegram.token,
    '--api-root',
    telegram.apiRoot,
  ])
  channel = String(added.lines[0]?.id)
})
afterAll(async () => {
  serving?.child.kill('SIGTERM')
  await serving?.ended
  await telegram.close()
  rmSync(base, { recursive: true, force: true })
})

describe('the rules of a channel on the command line', () => {
  it('are shown and changed', async () => {
    const usual = await run(['channel', 'rules', channel])
    expect(usual.lines).toMatchObject([
      { channel, rules: { scope: 'all', quietHours: null }, risk: { level: 'low' } },
    ])
    const given = ['--scope', 'test', '--test-contact', '501', '--test-contact', '@eva', '--daily', '20']
    const changed = await run(['channel', 'rules', channel, ...given, '--quiet', '22:00-08:00'])
    const rules = { scope: 'test', testContacts: ['501', '@eva'], dailyReplies: 20 }
    expect(changed.lines).toMatchObject([{ rules: { ...rules, quietHours: { from: '22:00', to: '08:00' } } }])
    const back = await run([
      'channel',
      'rules',
      channel,
      '--scope',
      'all',
      '--quiet',
      'off',
      '--clear-test-contacts',
    ])
    expect(back.lines).toMatchObject([{ rules: { scope: 'all', testContacts: [], quietHours: null } }])
    const text = await cli(['channel', 'rules', channel, '--data', data], { env: { LANG: 'es_ES.UTF-8' } })
    expect(text.stdout).toContain('como mucho 20 mensajes al día')
  })

  it.each([
    [['rules', 'CHANNEL', '--scope', 'nobody'], 'input.invalid', 2],
    [['rules', 'CHANNEL', '--quiet', '22-8'], 'input.invalid', 2],
    [['rules', 'CHANNEL', '--quiet', '22:00-25:00'], 'input.invalid', 2],
    [['rules', 'nowhere', '--scope', 'all'], 'channel.not_found', 3],
    [['answer', 'CHANNEL', 'mamá', 'never'], 'input.invalid', 2],
    [['answer', 'CHANNEL', '501', 'perhaps'], 'input.invalid', 2],
  ])('refuse %j', async (args, code, exit) => {
    const refused = await run(['channel', ...args.map((arg) => (arg === 'CHANNEL' ? channel : arg))])
    expect(refused).toMatchObject({ code: exit, lines: [{ error: { code } }] })
  })

  it('keep one chat silent until the owner says otherwise', async () => {
    const never = await run(['channel', 'answer', channel, '501', 'never'])
    expect(never.lines).toMatchObject([{ chatId: '501', answer: 'never', conversationId: null }])
    serving = startCli(['serve', '--no-open', '--port', '0', '--data', data, '--json'])
    await serving.next()
    telegram.customer({ id: 501, name: 'Ana' }).say('hola')
    telegram.customer({ id: 502, name: 'Luis' }).say('hola')
    await telegram.until(() => telegram.sent.length === 1, 'the reply')
    expect(telegram.sent[0]?.text).toContain('asistente automático de Tienda')
    const chats = await run(['channel', 'chats', channel])
    expect(chats.lines).toMatchObject([
      { chatId: '501', name: 'Ana', answer: 'never', conversationId: expect.any(String) },
      { chatId: '502', name: 'Luis', answer: 'default' },
    ])
    expect((await run(['channel', 'chats', channel, '--only', 'never'])).lines).toHaveLength(1)
    await run(['channel', 'answer', channel, '501', 'default'])
    await telegram.until(() => telegram.sent.length === 2, 'the other reply')
    telegram.customer({ id: 502, name: 'Luis' }).say('STOP')
    await telegram.until(() => telegram.sent.length === 3, 'the confirmation')
    expect(telegram.sent[2]?.text).toContain('ALTA')
    expect((await run(['channel', 'chats', channel, '--only', 'opted_out'])).lines).toMatchObject([
      { chatId: '502' },
    ])
  })
})
