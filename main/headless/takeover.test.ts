import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ContractClient } from '../../preload/contract/index.ts'
import { TestHost } from '../../tests/fixtures/headless.ts'

// A host is started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let test: TestHost
let cookie: string
let desk: ContractClient
let conversationId: string
const shop = 'tienda'
const refused = (code: string) => ({ data: { code } })
const one = () => ({ shop, conversationId })

beforeAll(async () => {
  test = await TestHost.start()
  cookie = await test.signIn()
  desk = (await test.desk(cookie)).client
  await desk.shops.create({ name: 'Tienda', currency: 'EUR', locale: 'es-ES' })
  const price = { kind: 'exact' as const, amount: 790 }
  const stock = { tracked: true, onHand: 5 }
  await desk.catalog.create({
    shop,
    product: { name: 'Miel de azahar', variants: [{ sku: 'MIE', price, stock }] },
  })
  conversationId = (await desk.chat.ask({ shop, as: 'Ana', text: 'hola' })).conversationId
})
afterAll(() => test.close())

async function upload(name: string, body: Buffer): Promise<string> {
  const headers = { Cookie: cookie, Origin: test.origin, 'X-File-Name': encodeURIComponent(name) }
  const answer = await test.ask('/upload', { method: 'POST', headers, body })
  return JSON.parse(answer.body).uploadId
}

/** 1 × 1 pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const newest = async () => (await desk.conversations.messages({ ...one(), limit: 1 })).items[0]

describe('a person takes over at the desk', () => {
  it('sends a picture with its words, and nothing that is neither picture nor PDF', async () => {
    const uploadId = await upload('miel.png', png)
    await desk.conversations.send({ ...one(), text: 'Mire', uploadId })
    const me = await desk.session.me()
    expect(await newest()).toMatchObject({
      author: 'person',
      kind: 'photo',
      text: 'Mire',
      personId: me.person?.id,
      attachments: [
        { kind: 'photo', state: 'stored', mime: 'image/png', name: 'miel.png', size: png.length },
      ],
    })
    const hash = (await newest())?.attachments[0]?.mediaHash
    const served = await test.ask(`/media/${shop}/${hash}`, { headers: { Cookie: cookie } })
    expect(served.status).toBe(200)
    await expect(desk.conversations.send({ ...one(), text: '', uploadId })).rejects.toMatchObject(
      refused('upload.not_found'),
    )
    const page = await upload('foto.png', Buffer.from('<html><script>alert(1)</script>'))
    await expect(desk.conversations.send({ ...one(), text: '', uploadId: page })).rejects.toMatchObject(
      refused('media.type_refused'),
    )
    await expect(desk.conversations.send({ ...one(), text: ' ' })).rejects.toMatchObject(
      refused('conversation.empty_message'),
    )
  })

  it('says since when and until when, and whose it is', async () => {
    const held = await desk.conversations.get(one())
    expect(held).toMatchObject({ mode: 'person', modeReason: 'wrote', unread: 0, assignedTo: null })
    expect(Date.parse(held.handBackAt ?? '') - Date.now()).toBeGreaterThan(700 * 60_000)
    const eva = await desk.session.addPerson({ name: 'Eva' })
    expect((await desk.session.people()).map(({ name, role }) => [name, role])).toEqual([
      ['', 'owner'],
      ['Eva', 'staff'],
    ])
    expect(await desk.conversations.assign({ ...one(), personId: eva.id })).toMatchObject({
      assignedTo: eva.id,
    })
    expect((await desk.conversations.list({ shop, only: 'mine' })).items).toEqual([])
    await desk.session.removePerson({ id: eva.id })
    expect((await desk.conversations.get(one())).assignedTo).toBeNull()
    await expect(desk.conversations.assign({ ...one(), personId: eva.id })).rejects.toMatchObject(
      refused('person.not_found'),
    )
    const owner = (await desk.session.me()).person?.id ?? ''
    await expect(desk.session.removePerson({ id: owner })).rejects.toMatchObject(refused('conflict'))
    await desk.conversations.assign({ ...one(), personId: owner })
    expect((await desk.conversations.list({ shop, only: 'mine' })).items).toHaveLength(1)
  })

  it('asks what the assistant would say, and nothing is written by that', async () => {
    await desk.conversations.take(one())
    await expect(desk.conversations.suggest(one())).rejects.toMatchObject(
      refused('conversation.nothing_to_answer'),
    )
    await desk.chat.say({ ...one(), text: '¿cuánto cuesta la miel de azahar?' })
    const before = await newest()
    const suggested = await desk.conversations.suggest(one())
    expect(suggested).toMatchObject({ gate: { ok: true }, engine: expect.any(String) })
    expect(suggested.text).toContain('7,90 €')
    expect(await newest()).toEqual(before)
    expect(await desk.conversations.get(one())).toMatchObject({ mode: 'person', unread: 1 })
  })

  it('chooses from all by what is to be done', async () => {
    const ids = async (only: 'unread' | 'waiting' | 'done') =>
      (await desk.conversations.list({ shop, only })).items.map(({ id }) => id)
    expect([await ids('unread'), await ids('waiting'), await ids('done')]).toEqual([
      [conversationId],
      [conversationId],
      [],
    ])
    await desk.conversations.markRead(one())
    await desk.conversations.markDone({ ...one(), done: true })
    expect([await ids('unread'), await ids('waiting'), await ids('done')]).toEqual([[], [], [conversationId]])
    await desk.conversations.markDone({ ...one(), done: false })
  })

  it('knows the texts that are sent often, and has no rules for the test chat', async () => {
    // Nobody is kept from trying the assistant.
    await expect(desk.conversations.setAnswer({ ...one(), answer: 'never' })).rejects.toMatchObject(
      refused('channel.not_found'),
    )
    const saved = await desk.quickReplies.save({
      shop,
      title: 'Horario',
      text: 'Hola {nombre}, abrimos a las 9.',
    })
    expect(await desk.quickReplies.list({ shop })).toEqual([saved])
    await desk.quickReplies.remove({ shop, id: saved.id })
    expect(await desk.quickReplies.restore({ shop, id: saved.id })).toEqual(saved)
  })
})
