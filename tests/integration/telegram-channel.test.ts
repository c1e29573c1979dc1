import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DomainError } from '../../main/core/errors.ts'
import type { Customer } from '../fakes/telegram/chats.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { ManualClock } from '../fixtures/clock.ts'
import { createTestStorage, type TestStorage } from '../fixtures/shop.ts'
import { openTelegramShop, RecordingLog, type TelegramShop } from './telegram-fixture.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let telegram: FakeTelegram
let test: TestStorage
let clock: ManualClock
let log: RecordingLog
let shop: TelegramShop
let ana: Customer

beforeEach(async () => {
  telegram = await FakeTelegram.start()
  clock = new ManualClock()
  log = new RecordingLog()
  test = createTestStorage({ clock })
  shop = openTelegramShop(test.dir, { ...test, clock, log })
  ana = telegram.customer({ id: 501, name: 'Ana' })
})

afterEach(async () => {
  await shop.channels.stop()
  await telegram.close()
  test.close()
})

const add = () => shop.channels.addTelegram('person:1', { token: telegram.token, apiRoot: telegram.apiRoot })

/** Resolves when `condition` holds; looked at again after each event. */
async function until(condition: () => boolean, what: string): Promise<void> {
  if (condition()) return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new Error(`${what} did not come about`)), 15_000)
  const unsubscribe = test.bus.subscribe(() => {
    if (condition()) resolve()
  })
  await promise.finally(() => {
    clearTimeout(timer)
    unsubscribe()
  })
}

interface MessageRow {
  text: string
  kind: string
  edited_at: string | null
}
const messages = () =>
  test.storage.sql.prepare<[], MessageRow>('SELECT text, kind, edited_at FROM messages ORDER BY seq').all()
const attachments = () =>
  test.storage.sql
    .prepare<
      [],
      { kind: string; state: string; media_hash: string | null; mime: string; error: string | null }
    >('SELECT kind, state, media_hash, mime, error FROM attachments ORDER BY created_at, position')
    .all()

async function connected(): Promise<void> {
  await shop.channels.start()
  const { id } = await add()
  await until(() => shop.channels.get(id).state.state === 'ready', 'ready')
}

describe('channel accounts', () => {
  it('adds a bot after asking who it is, and keeps its token sealed', async () => {
    const view = await add()
    expect(view).toMatchObject({ kind: 'telegram', name: 'tienda_bot', externalId: String(telegram.botId) })
    expect(view).toMatchObject({ enabled: true, apiRoot: telegram.apiRoot, state: { state: 'stopped' } })
    const secret = telegram.token.split(':')[1] ?? ''
    expect(test.storage.sql.serialize().includes(secret)).toBe(false)
    expect(JSON.stringify(shop.channels.list())).not.toContain(secret)
  })

  it('refuses what is no token without asking anybody, a wrong token, and the same bot twice', async () => {
    const { apiRoot } = telegram
    for (const token of ['', 'hola', '123', 'https://t.me/bot', '12:ab cd']) {
      await expect(shop.channels.addTelegram('system', { token, apiRoot })).rejects.toMatchObject({
        code: 'channel.token_refused',
        data: { reason: 'shape' },
      })
    }
    expect(telegram.calls).toEqual([])
    await expect(
      shop.channels.addTelegram('system', { token: '7000000001:AAWrong', apiRoot }),
    ).rejects.toMatchObject({ code: 'channel.token_refused', data: { reason: 'telegram' } })
    await add()
    await expect(add()).rejects.toMatchObject({ code: 'channel.already_added', data: { name: 'tienda_bot' } })
    expect(shop.channels.list()).toHaveLength(1)
  })

  it('says when Telegram cannot be reached, without the token', async () => {
    await telegram.down()
    const error = await add().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'channel.unreachable', data: { detail: 'network.ECONNREFUSED' } })
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('AAFake')
    await expect(
      shop.channels.addTelegram('system', { token: '1:abc', apiRoot: 'ftp://x' }),
    ).rejects.toMatchObject({
      code: 'input.invalid',
    })
  })

  it('removes a bot with its secret, and brings it back with its conversations', async () => {
    await connected()
    const [{ id } = { id: '' }] = shop.channels.list()
    ana.say('hola')
    await until(() => messages().length === 1, 'the message')
    await shop.channels.remove('person:1', id)
    expect(shop.channels.list()).toEqual([])
    expect(test.storage.sql.prepare('SELECT count(*) FROM secrets').pluck().get()).toBe(0)
    expect(telegram.updates.someoneWaits).toBe(false)
    expect((await add()).id).toBe(id)
    ana.say('¿sigues ahí?')
    await until(() => messages().length === 2, 'the next message')
    expect(test.storage.sql.prepare('SELECT count(*) FROM conversations').pluck().get()).toBe(1)
  })

  it('switches a bot off and on', async () => {
    await connected()
    const [{ id } = { id: '' }] = shop.channels.list()
    expect(await shop.channels.setEnabled('person:1', id, false)).toMatchObject({
      enabled: false,
      state: { state: 'stopped' },
    })
    expect(shop.channels.adapter(id)).toBeNull()
    ana.say('hola')
    await shop.channels.setEnabled('person:1', id, true)
    await until(() => messages().length === 1, 'the message')
    await expect(shop.channels.setEnabled('person:1', 'nobody', true)).rejects.toMatchObject({
      code: 'channel.not_found',
    })
  })

  it('takes a new token for a bot whose token was refused', async () => {
    await connected()
    const [{ id } = { id: '' }] = shop.channels.list()
    telegram.fault('getUpdates', { kind: 'status', code: 401 })
    ana.say('hola')
    await until(() => shop.channels.get(id).state.state === 'refused', 'the refusal')
    expect((await add()).id).toBe(id)
    await until(() => shop.channels.get(id).state.state === 'ready', 'ready again')
    expect(test.storage.sql.prepare('SELECT count(*) FROM secrets').pluck().get()).toBe(1)
  })

  it('says which account cannot be opened and starts the others', async () => {
    await add()
    test.storage.sql.prepare("UPDATE secrets SET sealed = x'00'").run()
    await shop.channels.start()
    expect(shop.channels.list()[0]?.state).toEqual({
      state: 'refused',
      reason: 'token',
      detail: 'host.secrets_locked',
    })
  })

  it('makes the test chat once', () => {
    const id = shop.channels.testChatAccount()
    expect(shop.channels.testChatAccount()).toBe(id)
    expect(shop.channels.list()).toMatchObject([{ id, kind: 'testchat', enabled: true }])
  })
})

describe('messages from Telegram in a shop', () => {
  it('keeps messages, replies and edits with what they said before', async () => {
    await connected()
    const first = ana.say('quiero 2')
    ana.say('de pan', { replyTo: first })
    ana.edit(first, 'quiero 3')
    await until(() => messages().some((row) => row.edited_at !== null), 'the edit')
    expect(messages().map((row) => row.text)).toEqual(['quiero 3', 'de pan'])
    expect(test.storage.sql.prepare('SELECT text_before FROM message_edits').pluck().all()).toEqual([
      'quiero 2',
    ])
    expect(
      test.storage.sql
        .prepare('SELECT b.text FROM messages a JOIN messages b ON b.id = a.reply_to_id')
        .pluck()
        .all(),
    ).toEqual(['quiero 3'])
  })

  it('stores photos with captions, documents and places', async () => {
    await connected()
    ana.photo(png, '¿tienen este?')
    ana.document(Buffer.from('lista: pan, leche'), 'lista.txt', 'application/pdf')
    ana.location(40.4, -3.7)
    const done = () => attachments().length === 3 && attachments().every((row) => row.state !== 'pending')
    await until(done, 'the files')
    expect(messages().map(({ text, kind }) => [text, kind])).toEqual([
      ['¿tienen este?', 'photo'],
      ['', 'document'],
      ['', 'location'],
    ])
    expect(attachments().map(({ kind, state, mime }) => [kind, state, mime])).toEqual([
      ['photo', 'stored', 'image/png'],
      ['document', 'stored', 'text/plain'],
      ['location', 'stored', null],
    ])
    const { stream } = await shop.media.read(attachments()[0]?.media_hash ?? '')
    expect(Buffer.concat(await stream.toArray())).toEqual(png)
  })

  it('refuses a program that calls itself a photo', async () => {
    await connected()
    ana.document(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]), 'foto.jpg', 'image/jpeg')
    await until(() => attachments()[0]?.state === 'failed', 'the refusal')
    expect(attachments()[0]).toMatchObject({ error: 'media.type_refused', media_hash: null })
  })

  it('fetches again what it could not fetch, and gives up on what is gone', async () => {
    await connected()
    telegram.fault('file', { kind: 'status', code: 502 })
    telegram.fault('file', { kind: 'drop_after' })
    ana.photo(png)
    for (const failed of [1, 2]) {
      await log.nth('attachment.failed', failed)
      // Right after that the next try is planned.
      await new Promise((resolve) => setImmediate(resolve))
      clock.advance(10_000)
    }
    await until(() => attachments()[0]?.state === 'stored', 'the photo')
    expect(telegram.downloads).toHaveLength(3)
    telegram.fault('getFile', { kind: 'status', code: 400, description: 'Bad Request: file is too big' })
    ana.document(Buffer.from('abc'), 'a.txt', 'text/plain')
    await until(() => attachments()[1]?.state === 'failed', 'giving up')
    expect(attachments()[1]).toMatchObject({ error: 'media.too_large' })
  })

  it('takes up at the next start what was still to be fetched', async () => {
    await connected()
    telegram.fault('file', { kind: 'drop_before' }, 10)
    ana.photo(png)
    await log.nth('attachment.failed', 1)
    await shop.channels.stop()
    telegram.clearFaults()
    expect(attachments()[0]?.state).toBe('pending')
    await shop.channels.start()
    await until(() => attachments()[0]?.state === 'stored', 'the photo')
  })

  // Four processes are started here.
  it('takes a message that comes again after kill -9 for what it is', { timeout: 120_000 }, async () => {
    await add()
    ana.say('una barra')
    ana.say('y una torta')
    for (let round = 0; round < 3; round += 1) {
      const child = startChild(test.dir, 'hold')
      await once(child, 'message')
      child.kill('SIGKILL')
      await once(child, 'close')
      expect(telegram.updates.confirmed).toBe(0)
    }
    const child = startChild(test.dir, '')
    const heard: unknown[] = []
    child.on('message', (message) => heard.push(message))
    await telegram.until(() => telegram.updates.unconfirmed.length === 0, 'confirmation', 60_000)
    child.kill('SIGKILL')
    // Not at its exit: what it said last may still be on its way then.
    await once(child, 'close')
    expect(heard).toMatchObject([
      { text: 'una barra', status: 'repeat' },
      { text: 'y una torta', status: 'new' },
    ])
    expect(messages().map((row) => row.text)).toEqual(['una barra', 'y una torta'])
    expect(test.storage.sql.prepare('SELECT count(*) FROM turns').pluck().get()).toBe(1)
  })

  it('loses nothing while the disk is full', async () => {
    await shop.channels.start()
    await shop.channels.stop()
    let full = true
    shop = openTelegramShop(test.dir, {
      ...test,
      clock,
      log,
      wrap: (inbox) => ({
        receive: (accountId, message) => {
          if (full) throw new DomainError('storage.full', { code: 'SQLITE_FULL' })
          return inbox.receive(accountId, message)
        },
        edit: (accountId, edit) => inbox.edit(accountId, edit),
        remove: (accountId, removal) => inbox.remove(accountId, removal),
      }),
    })
    await connected()
    const [{ id } = { id: '' }] = shop.channels.list()
    ana.say('hola')
    await until(() => shop.channels.get(id).state.state === 'waiting', 'the trouble')
    expect(shop.channels.get(id).state).toMatchObject({ reason: 'storage', detail: 'storage.full' })
    full = false
    clock.advance(10_000)
    await until(() => messages().length === 1, 'the message')
  })
})

function startChild(dir: string, mode: string): ChildProcess {
  return fork(fileURLToPath(new URL('./telegram-child.ts', import.meta.url)), [dir, mode], { silent: true })
}
