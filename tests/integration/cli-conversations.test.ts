import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { EventBus } from '../../main/core/events.ts'
import { openStorage } from '../../main/core/storage/open.ts'
import { systemClock } from '../fixtures/clock.ts'
import { TestHost } from '../fixtures/headless.ts'
import { cli } from './cli-fixture.ts'

// Every command is a process of its own, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 300_000 })

const data = mkdtempSync(join(tmpdir(), 'cli-conversations-'))
const run = (...args: string[]) => cli([...args, '--data', data, '--json'])
afterAll(() => rmSync(data, { recursive: true, force: true }))

/** A customer who wrote to a bot of the shop that is not connected here. */
function customerOnTelegram(): void {
  const bus = new EventBus(() => undefined)
  const storage = openStorage(join(data, 'shops', 'tienda', 'shop.db'), { clock: systemClock, bus })
  storage.sql.exec(`
    INSERT INTO channel_accounts (id, kind, name, created_at, updated_at, created_by, updated_by)
      VALUES ('bot', 'telegram', 'bot', '', '', '', '');
    INSERT INTO customers (id, name, phone, created_at, updated_at, created_by, updated_by) VALUES ('luis', 'Luis', '+34600111222', '', '', '', '');
    INSERT INTO conversations (id, customer_id, channel_account_id, chat_id, last_message_seq, created_at, updated_at, created_by, updated_by)
      VALUES ('ffffffff-0000-7000-8000-000000000001', 'luis', 'bot', '9', 9999, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '', '');
    INSERT INTO messages (seq, id, conversation_id, channel_account_id, chat_id, author, text, sent_at, created_at, updated_at, created_by, updated_by)
      VALUES (9999, 'm-luis', 'ffffffff-0000-7000-8000-000000000001', 'bot', '9', 'customer', '¿abrís hoy?', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '', '');`)
  storage.sql.close()
}

it('lists, takes, writes, gives back and decides, without an app', async () => {
  await run('shop', 'create', '--name', 'Tienda', '--currency', 'EUR', '--locale', 'es-ES')
  await run('chat', '--as', 'Ana', '--say', 'hola')
  customerOnTelegram()
  const all = await run('conversation', 'list')
  expect(all).toMatchObject({
    code: 0,
    lines: [
      {
        customer: { name: 'Luis', phone: '+34600111222' },
        mode: 'bot',
        channel: { kind: 'telegram', chatId: '9' },
        handBackAt: null,
      },
      { customer: { name: 'Ana' }, mode: 'bot', answer: 'default', assignedTo: null, draftId: null },
    ],
  })
  const ana = String(all.lines[1]?.id)

  expect((await run('conversation', 'take', ana)).lines).toMatchObject([
    { mode: 'person', modeReason: 'taken' },
  ])
  expect((await run('conversation', 'list', '--mode', 'person')).lines).toMatchObject([{ id: ana }])
  expect((await run('conversation', 'list', '--only', 'waiting')).lines).toMatchObject([{ id: ana }])

  const sent = await run('conversation', 'send', 'ffff', 'Sí, hasta las ocho')
  expect(sent.lines).toMatchObject([{ delivery: 'queued', served: false }])
  const shown = await run('conversation', 'show', 'ffff')
  expect(shown.lines).toMatchObject([
    { mode: 'person', modeReason: 'wrote', unread: 0 },
    { author: 'customer', text: '¿abrís hoy?' },
    { author: 'person', text: 'Sí, hasta las ocho', delivery: 'queued', personId: expect.any(String) },
  ])
  const words = await cli(['conversation', 'send', 'ffff', 'Y mañana también', '--data', data], {
    env: { LANG: 'es_ES.UTF-8' },
  })
  expect(words.stdout).toContain('Guardado para Luis: Mostrador no está abierto ahora')

  expect((await run('conversation', 'hand-back', ana)).lines).toMatchObject([{ mode: 'bot', modeReason: '' }])
  expect((await run('conversation', 'never', 'ffff')).lines).toMatchObject([{ answer: 'never' }])
  expect((await run('conversation', 'done', 'ffff')).lines).toMatchObject([{ doneAt: expect.any(String) }])
  expect((await run('conversation', 'list', '--only', 'done')).lines).toHaveLength(1)

  const wrong = [
    await run('conversation', 'take', 'nobody'),
    await run('conversation', 'take', ''),
    await run('conversation', 'list', '--mode', 'robot'),
    await run('conversation', 'assign', 'ffff', 'Nadie'),
  ]
  expect(wrong.map(({ lines }) => lines.at(-1))).toMatchObject([
    { error: { code: 'not_found' } },
    { error: { code: 'not_found' } },
    { error: { code: 'input.invalid', data: { field: 'mode' } } },
    { error: { code: 'person.not_found' } },
  ])
})

it('works through the app that runs', async () => {
  const host = await TestHost.start()
  try {
    const through = (...args: string[]) => cli([...args, '--data', host.dataFolder, '--json'])
    await through('shop', 'create', '--name', 'Otra', '--currency', 'EUR', '--locale', 'en-GB')
    await through('chat', '--as', 'Ana', '--say', 'hello')
    const [ana] = (await through('conversation', 'list')).lines
    const id = String(ana?.id)
    const sent = await through('conversation', 'send', id, 'One moment')
    expect(sent.lines).toMatchObject([{ conversationId: id, served: true }])
    expect((await through('conversation', 'hand-back', id)).lines).toMatchObject([{ mode: 'bot' }])
  } finally {
    await host.close()
  }
})
