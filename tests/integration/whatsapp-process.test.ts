import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type FakeWhatsApp, startWhatsApp } from '../fakes/whatsapp/server.ts'
import { onePixelPng, smallPdf } from '../fixtures/whatsapp-files.ts'
import { LifeUnderTest, ProfileFolder } from '../fixtures/whatsapp-life.ts'

// Browsers are started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const ana = '5491144440001'
const anaChat = '5491144440001@c.us'
const mother = '5491144440009'
const withPhone = '100000000000001@lid'
const withoutPhone = '100000000000002@lid'
const group = '120363000000000001@g.us'
const me = '5491155550000@c.us'

let whatsapp: FakeWhatsApp
let folder: ProfileFolder
let life: LifeUnderTest | undefined
let files: string

/** Starts the next life of the paired account. */
function start(options: ConstructorParameters<typeof LifeUnderTest>[2] = {}): LifeUnderTest {
  life = new LifeUnderTest(whatsapp, folder, { since: Date.now() - 60 * 60_000, ...options })
  return life
}

async function startReady(options: Parameters<typeof start>[0] = {}): Promise<LifeUnderTest> {
  const started = start(options)
  await started.nth('ready')
  return started
}

async function stop(): Promise<void> {
  const last = life
  life = undefined
  await last?.stop()
}

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'whatsapp-files-'))
  whatsapp = await startWhatsApp({
    chats: [
      { phone: mother, name: 'Mamá', savedAs: 'Mamá' },
      { lid: '100000000000009@lid', phone: '5491144440010', name: 'Tía' },
      { group, name: 'Familia', participants: [mother] },
    ],
  })
  whatsapp.history(mother, '¿Venís a comer?', { at: new Date(Date.now() - 30 * 24 * 60 * 60_000) })
  folder = new ProfileFolder()
})

afterAll(async () => {
  await stop()
  await whatsapp.close()
  folder.remove()
  rmSync(files, { recursive: true, force: true })
})

describe('a first life', () => {
  afterAll(stop)

  it('shows a code, and a new one when it changes, waits too long or is asked for', async () => {
    const first = start({ since: null, tellChats: true })
    const shown = () => first.all('code').map(({ qr }) => qr)
    /** The code that can be scanned is said, and it is another one than before. */
    const fresh = async (why: string, before?: string | null) => {
      const isFresh = () => shown().at(-1) !== before && shown().at(-1) === whatsapp.currentQr()
      await first.until(isFresh, `the code ${why}`)
      return shown().at(-1)
    }
    const atFirst = await fresh('at first')
    whatsapp.refreshQr()
    const changed = await fresh('that has changed', atFirst)
    whatsapp.idleQr()
    // A look at the page may ask for one more besides whoever noticed at once.
    const after = await fresh('after the one that waited too long', changed)
    first.order({ type: 'refresh_code' })
    await fresh('that was asked for', after)
    expect(new Set(shown()).size).toBe(shown().length)
  })

  it('tells who was there before anybody is heard', async () => {
    const first = life as LifeUnderTest
    first.storing = false
    await whatsapp.scan()
    expect(await first.nth('ready')).toMatchObject({ name: 'La Tienda', phone: '5491155550000' })
    whatsapp.customerSays(ana, 'Hola', { name: 'Ana' })
    const { id, chats } = await first.nth('chats')
    expect(chats).toEqual([
      { chatId: `${mother}@c.us`, name: 'Mamá', phone: mother },
      { chatId: '100000000000009@lid', name: 'Tía', phone: '5491144440010' },
    ])
    // Told again until it is stored, and nobody's message before that.
    await first.nth('chats', 2)
    expect(first.messages()).toEqual([])
    first.storing = true
    first.order({ type: 'stored', id })
    const hello = await first.message('Hola')
    expect(hello).toMatchObject({
      chatId: anaChat,
      chatKind: 'private',
      from: { externalId: anaChat, name: 'Ana', phone: ana },
      own: false,
    })
    expect(hello).not.toHaveProperty('chatIsOlder')
    expect(first.all('paired')).toHaveLength(1)
  })

  it('knows a chat that is older than the connection', async () => {
    whatsapp.customerSays(mother, '¿Y?')
    expect(await (life as LifeUnderTest).message('¿Y?')).toMatchObject({
      chatIsOlder: true,
      chatName: 'Mamá',
    })
  })

  it('sends an answer, hears of its own message and that the platform has it', async () => {
    const first = life as LifeUnderTest
    const hello = await first.message('Hola')
    const payload = { type: 'text', text: '¡Buenas!', replyToExternalId: hello.externalId } as const
    const outcome = await first.send(anaChat, payload)
    expect(outcome).toMatchObject({ state: 'sent', externalId: whatsapp.sentTo(ana)[0]?.id })
    expect(whatsapp.sentTo(ana)).toMatchObject([
      { text: '¡Buenas!', quotedId: hello.externalId.split('_')[2] },
    ])
    const own = await first.message('¡Buenas!')
    expect(own).toMatchObject({ own: true, externalId: whatsapp.sentTo(ana)[0]?.id })
    await first.until(
      () => first.all('delivered').some(({ receipt }) => receipt.externalId === own.externalId),
      'the delivery',
    )
  })

  it('closes the browser when it is told to stop', async () => {
    const first = life as LifeUnderTest
    await stop()
    expect(await first.ended()).toMatchObject({ reason: 'stopped' })
    expect(whatsapp.runningBrowsers()).toEqual([])
    expect(whatsapp.sessions).toHaveLength(1)
  })
})

describe('a later life', () => {
  afterEach(stop)

  it('needs no code, and tells in order what came meanwhile, own messages among it', async () => {
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
    whatsapp.customerSays(ana, 'uno', { at: minutesAgo(5) })
    whatsapp.ownerWritesOnPhone(mother, 'dos', { at: minutesAgo(4) })
    whatsapp.customerSays(ana, 'tres', { at: minutesAgo(3) })
    whatsapp.customerSays('5491144440077', 'cuatro', { at: minutesAgo(2), name: 'Nueva' })
    whatsapp.customerSays(group, 'de un grupo', { author: mother })
    const next = await startReady()
    for (const text of ['uno', 'dos', 'tres', 'cuatro']) await next.message(text)
    const words = ['uno', 'dos', 'tres', 'cuatro', 'de un grupo']
    const missed = next.messages().filter(({ text }) => words.includes(text))
    expect(missed.filter(({ chatId }) => chatId === anaChat).map(({ text }) => text)).toEqual(['uno', 'tres'])
    expect(missed.map(({ text, own, missed: late }) => [text, own, late]).toSorted()).toEqual([
      ['cuatro', false, true],
      ['dos', true, true],
      ['tres', false, true],
      ['uno', false, true],
    ])
    expect(next.all('code')).toEqual([])
    const ids = next.messages().map(({ externalId }) => externalId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('reads chats that it is asked to read, as far back as is asked', async () => {
    whatsapp.ownerReadsOnPhone(ana)
    const third = whatsapp.messagesOf(ana).find(({ body }) => body === 'tres')?.t ?? 0
    const next = await startReady({ since: Date.now() + 60_000 })
    next.order({ type: 'catch_up', chats: [{ chatId: anaChat, after: third * 1000 - 60_000 }] })
    expect(await next.message('tres')).toMatchObject({ missed: true })
    expect(next.messages().some(({ text }) => text === 'uno')).toBe(false)
  })

  it('gets ready where the account was synced before anybody listened', async () => {
    whatsapp.silentSync()
    try {
      const next = await startReady()
      whatsapp.customerSays(ana, 'en silencio')
      await next.message('en silencio')
    } finally {
      whatsapp.silentSync(false)
    }
  })
})

describe('a life without a connection', () => {
  afterEach(async () => {
    whatsapp.goOnline()
    await stop()
  })

  it('says so and gets ready when there is one', async () => {
    whatsapp.goOffline()
    const next = start()
    await next.nth('offline')
    const outcome = await next.send(anaChat, { type: 'text', text: 'todavía no' })
    expect(outcome).toMatchObject({ state: 'later' })
    whatsapp.goOnline()
    await next.isNow('ready')
    expect(next.all('ended')).toEqual([])
    expect(whatsapp.sentTo(ana).some(({ text }) => text === 'todavía no')).toBe(false)
  })
})

describe('messages', () => {
  let open: LifeUnderTest
  beforeAll(async () => {
    open = await startReady({ memoryLimit: 1 })
  })
  afterAll(stop)

  it('is told once however often the page says it, and whatever else happens in the page', async () => {
    const id = whatsapp.customerSays(ana, 'una vez')
    await open.message('una vez')
    const ready = open.all('ready').length
    whatsapp.repeatMessage(id)
    whatsapp.iframe()
    whatsapp.pushState()
    whatsapp.resync()
    whatsapp.customerSays(ana, 'y otra')
    await open.message('y otra')
    await open.nth('ready', ready + 1)
    expect(open.messages().filter(({ externalId }) => externalId === id)).toHaveLength(1)
    expect(open.messages().filter(({ text }) => text === 'y otra')).toHaveLength(1)
    expect(open.all('code')).toEqual([])
  })

  it('comes back after the page was loaded anew', async () => {
    await open.reload(whatsapp)
    whatsapp.customerSays(ana, 'después de recargar')
    await open.message('después de recargar')
    expect(await open.send(anaChat, { type: 'text', text: 'acá sigo' })).toMatchObject({ state: 'sent' })
    expect(whatsapp.sentTo(ana).filter(({ text }) => text === 'acá sigo')).toHaveLength(1)
  })

  it('comes from a LID with the phone where it is known, and never with one made of the LID', async () => {
    whatsapp.addChat({ lid: withPhone, phone: '5491144440002', name: 'Beto' })
    whatsapp.addChat({ lid: withoutPhone, name: 'Caro' })
    whatsapp.customerSays(withPhone, 'soy Beto')
    whatsapp.customerSays(withoutPhone, 'soy Caro')
    expect(await open.message('soy Beto')).toMatchObject({
      chatId: withPhone,
      from: { externalId: withPhone, name: 'Beto', phone: '5491144440002' },
    })
    const caro = await open.message('soy Caro')
    expect(caro).toMatchObject({ chatId: withoutPhone, from: { externalId: withoutPhone, name: 'Caro' } })
    expect(caro.from).not.toHaveProperty('phone')
    expect(await open.send(withoutPhone, { type: 'text', text: 'hola Caro' })).toMatchObject({
      state: 'sent',
    })
    expect(whatsapp.sentTo(withoutPhone)).toHaveLength(1)
  })

  it('hears groups only where that is wanted, and whether it was spoken to', async () => {
    whatsapp.customerSays(group, 'no oír', { author: mother })
    whatsapp.customerSays(ana, 'después del grupo')
    await open.message('después del grupo')
    open.order({ type: 'rules', groups: true })
    await open.hasTakenOrders()
    whatsapp.customerSays(group, 'entre nosotros', { author: mother, name: 'Mamá' })
    expect(await open.message('entre nosotros')).toMatchObject({
      chatKind: 'group',
      chatId: group,
      chatName: 'Familia',
      from: { externalId: `${mother}@c.us`, name: 'Mamá', phone: mother },
      addressed: false,
    })
    whatsapp.customerSays(group, '@tienda ¿abren?', { author: mother, raw: { mentionedJidList: [me] } })
    expect(await open.message('@tienda ¿abren?')).toMatchObject({ addressed: true })
    const outcome = await open.send(group, { type: 'text', text: 'Sí, abrimos' })
    if (outcome.state !== 'sent') throw new Error(outcome.state)
    whatsapp.customerSays(group, 'gracias', { author: mother, quoted: outcome.externalId })
    expect(await open.message('gracias')).toMatchObject({
      addressed: true,
      replyToExternalId: outcome.externalId,
    })
    open.order({ type: 'rules', groups: false })
    expect(open.messages().some(({ text }) => text === 'no oír')).toBe(false)
  })

  it('leaves out the status list, channels and what is nobody’s words', async () => {
    whatsapp.customerSays('status@broadcast', 'mi estado', { author: ana })
    whatsapp.customerSays('120363000000000009@newsletter', 'novedades', { name: 'Canal' })
    for (const type of ['e2e_notification', 'call_log', 'protocol', 'gp2']) {
      whatsapp.customerSays(ana, `aviso ${type}`, { raw: { type } })
    }
    whatsapp.customerSays(ana, 'esto sí')
    await open.message('esto sí')
    const unwanted = /estado|novedades|aviso/
    expect(open.messages().filter(({ text }) => unwanted.test(text))).toEqual([])
  })

  it('reads late what could not be read at first, once', async () => {
    const id = whatsapp.customerSays(ana, '', { raw: { type: 'ciphertext', body: undefined } })
    whatsapp.platform.change(id, { type: 'chat', body: 'ahora sí se lee' })
    expect(await open.message('ahora sí se lee')).toMatchObject({ externalId: id })
    expect(open.all('edit')).toEqual([])
  })

  it('tells what the owner writes on the phone', async () => {
    const id = whatsapp.ownerWritesOnPhone(ana, 'Te atiendo yo')
    expect(await open.message('Te atiendo yo')).toMatchObject({
      own: true,
      chatId: anaChat,
      externalId: id,
      from: { externalId: me, name: 'La Tienda' },
    })
  })

  it('tells edits and removals', async () => {
    const id = whatsapp.customerSays(ana, 'quiero 2')
    await open.message('quiero 2')
    whatsapp.customerEdits(id, 'quiero 3')
    const { edit } = await open.nth('edit')
    expect(edit).toMatchObject({ chatId: anaChat, externalId: id, text: 'quiero 3' })
    whatsapp.customerDeletes(id)
    const { removal } = await open.nth('removal')
    expect(removal).toMatchObject({ chatId: anaChat, externalId: id })
  })

  it('hands over text as it is', async () => {
    const text = `<img src=x onerror=alert(1)>\u202E\u0000 $\{process.exit()} 🇦🇷`
    whatsapp.customerSays(ana, text, { name: '"; DROP TABLE' })
    expect(await open.message(text)).toMatchObject({ from: { name: '"; DROP TABLE' } })
    expect(await open.send(anaChat, { type: 'text', text })).toMatchObject({ state: 'sent' })
    expect(whatsapp.sentTo(ana).at(-1)?.text).toBe(text)
  })

  it('shows typing and marks as read', async () => {
    open.order({ type: 'typing', chatId: anaChat, on: true })
    expect(await whatsapp.next('typing')).toMatchObject({ chat: anaChat, state: 'composing' })
    open.order({ type: 'typing', chatId: anaChat, on: false })
    expect(await whatsapp.next('typing', 1)).toMatchObject({ state: 'paused' })
    open.order({ type: 'seen', chatId: anaChat })
    expect(await whatsapp.next('seen')).toMatchObject({ chat: anaChat })
  })

  it('fetches pictures, voice notes and documents, and reads places', async () => {
    const sound = Buffer.from('OggS and the rest')
    whatsapp.customerSays(ana, 'mirá', { media: { content: onePixelPng, mime: 'image/png' } })
    whatsapp.customerSays(ana, '', { media: { content: sound, mime: 'audio/ogg; codecs=opus', kind: 'ptt' } })
    whatsapp.customerSays(ana, '', {
      media: { content: smallPdf, mime: 'application/pdf', filename: 'lista.pdf' },
    })
    whatsapp.customerSays(ana, '', { location: { latitude: -34.6, longitude: -58.4, name: 'Plaza' } })
    whatsapp.customerSays(ana, 'eso es todo')
    await open.message('eso es todo')
    const files = open.messages().flatMap(({ attachments }) => attachments)
    expect(files).toMatchObject([
      { kind: 'photo', mime: 'image/png', size: onePixelPng.length },
      { kind: 'voice', mime: 'audio/ogg; codecs=opus' },
      { kind: 'document', mime: 'application/pdf', name: 'lista.pdf' },
      { kind: 'location', reference: { latitude: -34.6, longitude: -58.4, name: 'Plaza' } },
    ])
    expect((await open.message('mirá')).attachments).toHaveLength(1)
    for (const [index, bytes] of [onePixelPng, sound, smallPdf].entries()) {
      const fetched = await open.fetch(files[index]?.reference ?? {})
      if (fetched.type !== 'fetched') throw new Error(fetched.reason)
      expect(readFileSync(fetched.path).equals(bytes)).toBe(true)
      expect(statSync(fetched.path).mode & 0o077).toBe(0)
    }
  })

  it('says why a file is not to be had', async () => {
    const gone = { content: Buffer.from('weg'), mime: 'image/png', gone: true }
    whatsapp.customerSays(ana, 'vencida', { media: gone })
    const big = { content: Buffer.from('x'), mime: 'application/pdf' }
    whatsapp.customerSays(ana, 'grande', { media: big, raw: { size: 21 * 1024 * 1024 } })
    const reference = async (text: string) => (await open.message(text)).attachments[0]?.reference ?? {}
    expect(await open.fetch(await reference('vencida'))).toMatchObject({ reason: 'gone' })
    const downloads = whatsapp.log.of('downloaded').length
    expect(await open.fetch(await reference('grande'))).toMatchObject({ reason: 'too_large' })
    expect(whatsapp.log.of('downloaded')).toHaveLength(downloads)
    const unknown = { chatId: anaChat, messageId: `false_${anaChat}_NOTHING` }
    expect(await open.fetch(unknown)).toMatchObject({ reason: 'gone' })
  })

  it('says again what was not stored', async () => {
    open.storing = false
    whatsapp.customerSays('5491144440078', 'guardame')
    const asked = () => open.all('message').filter(({ message }) => message.text === 'guardame')
    await open.message('guardame')
    const [{ id } = { id: 0 }] = asked()
    open.order({ type: 'not_stored', id })
    await open.until(() => asked().length > 1, 'it again')
    expect(asked()[1]?.id).toBe(id)
    open.order({ type: 'stored', id })
    open.storing = true
  })

  it('tells how large the browser is', async () => {
    // Weighed while it still starts, it is smaller.
    const isWhole = ({ memory, processes }: { memory: number; processes: number }) =>
      memory > 50 * 1024 * 1024 && processes > 2
    await open.until(() => open.all('beat').some(isWhole), 'the size of a browser')
    expect(open.all('beat').find(isWhole)?.heavy).toBe(true)
  })

  it('sends a picture and a document', async () => {
    const picture = join(files, 'a.png')
    const document = join(files, 'b.bin')
    writeFileSync(picture, onePixelPng)
    writeFileSync(document, smallPdf)
    const before = whatsapp.sentTo(ana).length
    const photo = {
      type: 'file',
      path: picture,
      mime: 'image/png',
      name: null,
      caption: 'El azul',
      asDocument: false,
    } as const
    const list = {
      type: 'file',
      path: document,
      mime: 'application/pdf',
      name: 'lista.pdf',
      caption: '',
      asDocument: true,
    } as const
    expect(await open.send(anaChat, photo)).toMatchObject({ state: 'sent' })
    expect(await open.send(anaChat, list)).toMatchObject({ state: 'sent' })
    expect(await open.send(anaChat, { ...list, name: null })).toMatchObject({ state: 'sent' })
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
    expect(whatsapp.sentTo(ana).slice(before)).toMatchObject([
      { type: 'image', text: 'El azul', media: { sha256: hash(onePixelPng), mime: 'image/png' } },
      { type: 'document', media: { sha256: hash(smallPdf), mime: 'application/pdf', filename: 'lista.pdf' } },
      { type: 'document', media: { filename: 'application.pdf' } },
    ])
    const missing = { ...list, path: join(files, 'nothing') }
    expect(await open.send(anaChat, missing)).toMatchObject({ state: 'failed', reason: 'file_missing' })
  })
})

describe('what becomes of a send', () => {
  let open: LifeUnderTest
  beforeAll(async () => {
    open = await startReady()
  })
  afterEach(() => {
    whatsapp.goOnline()
    whatsapp.sendReturnsNothing(false)
  })
  afterAll(stop)

  it('has failed when the platform refuses it or there is nobody', async () => {
    for (const how of ['error', 'throws'] as const) {
      whatsapp.blockSend(ana, how)
      expect(await open.send(anaChat, { type: 'text', text: how })).toMatchObject({ state: 'failed' })
    }
    whatsapp.unblockSend(ana)
    whatsapp.unregister('5491100000000')
    const nobody = await open.send('5491100000000@c.us', { type: 'text', text: '¿hay alguien?' })
    expect(nobody).toMatchObject({ state: 'failed', reason: 'no_chat' })
    expect(await open.send('nonsense', { type: 'text', text: 'x' })).toMatchObject({ state: 'failed' })
  })

  it('is tried again later when it is known that there is no connection', async () => {
    const before = whatsapp.sent.length
    whatsapp.goOffline()
    await open.isNow('offline')
    const outcome = await open.send(anaChat, { type: 'text', text: 'sin red' })
    expect(outcome).toMatchObject({ state: 'later', reason: 'offline' })
    whatsapp.goOnline()
    await open.isNow('ready')
    expect(whatsapp.sent).toHaveLength(before)
    expect(await open.send(anaChat, { type: 'text', text: 'con red' })).toMatchObject({ state: 'sent' })
  })

  it('waits in the page when the connection breaks under it, and reaches the platform once', async () => {
    whatsapp.cutAfterNextSend()
    const cut = whatsapp.next('sent', whatsapp.log.of('sent').length).then(() => whatsapp.goOffline())
    const sending = open.send(anaChat, { type: 'text', text: 'en camino' })
    // What waits behind it in the same chat can still be called back.
    const behind = open.send(anaChat, { type: 'text', text: 'mejor no' })
    open.order({ type: 'abort', id: open.lastOrder })
    const outcome = await sending
    expect(await behind).toMatchObject({ state: 'later', reason: 'aborted' })
    await cut
    expect(outcome).toMatchObject({ state: 'queued', externalId: whatsapp.sentTo(ana).at(-1)?.id })
    const { externalId } = outcome as { externalId: string }
    whatsapp.goOnline()
    await open.isNow('ready')
    await open.until(
      () => open.all('delivered').some(({ receipt }) => receipt.externalId === externalId),
      'the delivery',
    )
    const sent = whatsapp.sentTo(ana).filter(({ text }) => ['en camino', 'mejor no'].includes(text))
    expect(sent.map(({ text }) => text)).toEqual(['en camino'])
  })

  it('hears what came while the connection was away, as late', async () => {
    whatsapp.goOffline()
    await open.isNow('offline')
    whatsapp.customerSays(ana, 'mientras tanto', { at: new Date(Date.now() - 10 * 60_000) })
    whatsapp.goOnline()
    expect(await open.message('mientras tanto')).toMatchObject({ missed: true })
  })
})

describe('the end of a life', () => {
  afterEach(stop)

  it('comes when the browser is killed', async () => {
    const last = await startReady()
    whatsapp.killBrowser()
    expect(await last.ended()).toMatchObject({ reason: 'browser_died' })
  })

  it('comes when the page crashes', async () => {
    const last = await startReady()
    whatsapp.crashPage()
    expect(await last.ended()).toMatchObject({ reason: 'page_died' })
    expect(whatsapp.runningBrowsers()).toEqual([])
  })

  it('comes when the page hangs', async () => {
    const last = await startReady()
    whatsapp.hang()
    expect(await last.ended()).toMatchObject({ reason: 'page_hung' })
    expect(whatsapp.runningBrowsers()).toEqual([])
  })

  it('comes when it was opened elsewhere, unless it is to be used here', async () => {
    const last = await startReady()
    whatsapp.conflict()
    expect(await last.ended()).toMatchObject({ reason: 'conflict' })
    const next = start()
    next.order({ type: 'use_here' })
    await next.nth('ready')
    whatsapp.conflict()
    await whatsapp.next('takeover', whatsapp.log.of('takeover').length)
    whatsapp.customerSays(ana, 'de vuelta acá')
    await next.message('de vuelta acá')
    expect(next.all('ended')).toEqual([])
  })

  it('leaves no browser behind when its parent is killed', async () => {
    const last = await startReady()
    const [pid = 0] = whatsapp.runningBrowsers()
    expect(pid).toBe((await last.nth('browser')).pid)
    last.disconnect()
    await last.gone()
    expect(whatsapp.runningBrowsers()).toEqual([])
  })

  it('leaves no browser behind when it is killed itself', async () => {
    const last = await startReady()
    last.kill()
    await last.gone()
    await vi.waitFor(() => expect(whatsapp.runningBrowsers()).toEqual([]), 15_000)
  })

  it('comes with a logout on the phone, when the browser has gone; the profile is not touched', async () => {
    const last = await startReady()
    whatsapp.logoutFromPhone()
    expect(await last.ended()).toMatchObject({ reason: 'logged_out' })
    expect(whatsapp.runningBrowsers()).toEqual([])
    expect(statSync(join(folder.path, 'profile')).isDirectory()).toBe(true)
  })
})
