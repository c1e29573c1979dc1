import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type FakeWhatsApp, startWhatsApp } from '../fakes/whatsapp/server.ts'
import { onePixelPng } from '../fixtures/whatsapp-files.ts'
import { LifeUnderTest, ProfileFolder } from '../fixtures/whatsapp-life.ts'

// Browsers are started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const ana = '5491144440001'
const anaChat = `${ana}@c.us`
const group = '120363000000000001@g.us'
const mother = '5491144440009@c.us'

/** The site as it is reported to be since July 2026: a message's whole id is called `$1` and nothing else. */
let whatsapp: FakeWhatsApp
let folder: ProfileFolder
let files: string
let life: LifeUnderTest | undefined

beforeAll(async () => {
  whatsapp = await startWhatsApp({
    idMode: '$1',
    chats: [{ group, name: 'Familia', participants: [mother] }],
  })
  folder = new ProfileFolder()
  files = mkdtempSync(join(tmpdir(), 'whatsapp-files-'))
  life = new LifeUnderTest(whatsapp, folder, { groups: true })
  await life.pair(whatsapp)
})

afterAll(async () => {
  await life?.stop()
  await whatsapp.close()
  folder.remove()
  rmSync(files, { recursive: true, force: true })
})

it('receives with whole ids, also in groups', async () => {
  const id = whatsapp.customerSays(ana, 'Hola')
  const inGroup = whatsapp.customerSays(group, 'en el grupo', { author: mother })
  expect(await life?.message('Hola')).toMatchObject({ externalId: id, chatId: anaChat })
  expect(await life?.message('en el grupo')).toMatchObject({ externalId: inGroup })
})

it('sends once and says that it is sent', async () => {
  const quoted = (await life?.message('Hola'))?.externalId ?? ''
  const outcome = await life?.send(anaChat, { type: 'text', text: '¡Buenas!', replyToExternalId: quoted })
  expect(whatsapp.sentTo(ana)).toMatchObject([{ text: '¡Buenas!', quotedId: quoted.split('_')[2] }])
  expect(outcome).toMatchObject({ state: 'sent', externalId: whatsapp.sentTo(ana)[0]?.id })
  expect(await life?.message('¡Buenas!')).toMatchObject({
    own: true,
    externalId: whatsapp.sentTo(ana)[0]?.id,
  })
})

it('fetches and sends files', async () => {
  whatsapp.customerSays(ana, 'mirá', { media: { content: onePixelPng, mime: 'image/png' } })
  const picture = await life?.message('mirá')
  const fetched = await life?.fetch(picture?.attachments[0]?.reference ?? {})
  if (fetched?.type !== 'fetched') throw new Error(fetched?.reason)
  expect(readFileSync(fetched.path).equals(onePixelPng)).toBe(true)
  const path = join(files, 'a.png')
  writeFileSync(path, onePixelPng)
  const file = { type: 'file', path, mime: 'image/png', name: null, caption: '', asDocument: false } as const
  expect(await life?.send(anaChat, file)).toMatchObject({ state: 'sent' })
  expect(whatsapp.sentTo(ana).at(-1)?.media?.content.equals(onePixelPng)).toBe(true)
})

it('tells edits, removals and deliveries', async () => {
  const id = whatsapp.customerSays(ana, 'quiero 2')
  await life?.message('quiero 2')
  whatsapp.customerEdits(id, 'quiero 3')
  expect((await life?.nth('edit'))?.edit).toMatchObject({ externalId: id, text: 'quiero 3' })
  whatsapp.customerDeletes(id)
  expect((await life?.nth('removal'))?.removal).toMatchObject({ externalId: id })
  const sent = whatsapp.sentTo(ana).map((message) => message.id)
  expect(sent).toHaveLength(2)
  const delivered = () => life?.all('delivered').map(({ receipt }) => receipt.externalId) ?? []
  await life?.until(() => sent.every((id) => delivered().includes(id)), 'the deliveries')
})

it('knows what became of a send whose message the page does not find afterwards', async () => {
  whatsapp.sendReturnsNothing()
  await life?.reload(whatsapp)
  const outcome = await life?.send(anaChat, { type: 'text', text: 'una sola vez' })
  const sent = whatsapp.sentTo(ana).filter(({ text }) => text === 'una sola vez')
  expect(sent).toHaveLength(1)
  expect(outcome).toMatchObject({ state: 'sent', externalId: sent[0]?.id })
})

it('reads what was missed', async () => {
  await life?.stop()
  const id = whatsapp.customerSays(ana, 'mientras no estabas')
  life = new LifeUnderTest(whatsapp, folder, { since: Date.now() - 60_000 })
  expect(await life.message('mientras no estabas')).toMatchObject({ externalId: id, missed: true })
})

it('ends the session on the phone when it is told to, and then itself', async () => {
  life?.order({ type: 'unlink' })
  expect(await life?.ended()).toMatchObject({ reason: 'stopped' })
  expect(whatsapp.log.of('logout')).toMatchObject([{ by: 'page' }])
  expect(whatsapp.sessions).toEqual([])
  expect(whatsapp.runningBrowsers()).toEqual([])
})

it('ends at once when it is stopped while the browser starts', async () => {
  life = new LifeUnderTest(whatsapp, folder)
  await life.nth('step')
  life.order({ type: 'stop' })
  expect(await life.ended()).toMatchObject({ reason: 'stopped' })
  // One that has hardly begun ends by itself, a moment after its process.
  await vi.waitFor(() => expect(whatsapp.runningBrowsers()).toEqual([]), 15_000)
})

it('says so when there is no such browser', async () => {
  life = new LifeUnderTest(whatsapp, folder, { browser: { path: join(files, 'nothing'), userAgent: 'x' } })
  expect(await life.ended()).toMatchObject({ reason: 'failed' })
})
