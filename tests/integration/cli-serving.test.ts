import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it, vi } from 'vitest'
import { cli } from './cli-fixture.ts'

// Every command is a process of its own, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 240_000 })

const data = mkdtempSync(join(tmpdir(), 'cli-serving-'))
const run = (args: string[], input?: string) => cli([...args, '--data', data, '--json'], { input })
afterAll(() => rmSync(data, { recursive: true, force: true }))

it('pauses everything, and shows, sends and puts away drafts', async () => {
  await run(['shop', 'create', '--name', 'Tienda', '--currency', 'EUR', '--locale', 'es-ES'])
  expect((await run(['serving', 'status'])).lines).toEqual([
    { paused: false, since: null, by: null, drafts: 0, absences: [] },
  ])
  expect((await run(['serving', 'pause'])).lines).toMatchObject([
    { paused: true, absences: [{ reason: 'paused', endedAt: null }] },
  ])
  const silent = await run(['chat', '--as', 'Ana', '--say', 'hola'])
  expect(silent.lines).toMatchObject([{ reply: null, mode: 'bot' }])
  expect((await run(['serving', 'resume'])).lines).toMatchObject([
    { paused: false, absences: [{ reason: 'paused', messages: 1, conversations: 1 }] },
  ])
  const [ready, failed] = [draft('ready'), draft('failed')]
  expect((await run(['drafts', 'list'])).lines).toMatchObject([
    { id: ready, state: 'ready', text: 'Hola, dime.', customer: { name: 'Ana' }, asked: [{ text: 'hola' }] },
    { id: failed, state: 'failed' },
  ])
  expect((await run(['drafts', 'retry', ready])).lines).toMatchObject([{ error: { code: 'conflict' } }])
  expect((await run(['drafts', 'send', ready])).lines).toMatchObject([{ messageId: expect.any(String) }])
  expect(await run(['drafts', 'send', ready])).toMatchObject({ lines: [{ error: { code: 'conflict' } }] })
  expect((await run(['drafts', 'list'])).lines).toEqual([])
  expect((await run(['drafts', 'dismiss', ready])).lines).toMatchObject([{ error: { code: 'conflict' } }])
})

/** As the app leaves one while it runs. */
function draft(state: string): string {
  const sql = new Database(join(data, 'shops', 'tienda', 'shop.db'))
  const id = `00000000-0000-7000-8000-00000000000${state === 'ready' ? 1 : 2}`
  sql
    .prepare(
      `INSERT INTO reply_drafts (id, conversation_id, state, epoch, first_message_seq, last_message_seq, text, created_at, updated_at, created_by, updated_by)
       VALUES (?, (SELECT id FROM conversations), ?, 0, 1, (SELECT max(seq) FROM messages), 'Hola, dime.', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 'system', 'system')`,
    )
    .run(id, state)
  sql.close()
  return id
}
