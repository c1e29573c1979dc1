import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type App, createApp } from '../../main/core/app.ts'
import type { MediaReader } from '../../main/core/media/reader.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import { FakeTelegram } from '../fakes/telegram/server.ts'
import { createTestHost } from '../fixtures/host.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n')
const ogg = Buffer.concat([
  Buffer.from('OggS\0\x02'),
  Buffer.alloc(22),
  Buffer.from('OpusHead'),
  Buffer.alloc(40),
])

let telegram: FakeTelegram
let data: string
let app: App
let shop: Shop
/** What the next voice note says, where somebody reads them; null for one that cannot be understood. */
let heard: string | null | undefined

const reader: MediaReader = {
  read: async (file) => {
    if (file.kind !== 'voice' || heard == null) return null
    expect(readFileSync(file.path).subarray(0, 4).toString()).toBe('OggS')
    return { text: heard }
  },
}

async function open(mediaReader?: MediaReader): Promise<void> {
  const config = { quietWindowMs: 20, longestWaitMs: 200 }
  app = await createApp(mediaReader === undefined ? config : { ...config, mediaReader }, createTestHost(data))
}

async function begin(mediaReader?: MediaReader): Promise<void> {
  await open(mediaReader)
  shop = await app.shops.create({ name: 'La Espiga', currency: 'EUR', locale: 'es-ES' })
  shop.storage.write('system', (tx) => {
    shop.catalog.create(tx, {
      name: 'Hogaza de centeno',
      category: 'Pan',
      variants: [{ sku: 'PAN-1', price: { kind: 'exact', amount: 425 } }],
    })
    shop.serving.set(tx, { disclosure: { enabled: false, es: '', en: '' } })
  })
  await shop.channels.addTelegram('system', { token: telegram.token, apiRoot: telegram.apiRoot })
}

beforeEach(async () => {
  telegram = await FakeTelegram.start()
  data = mkdtempSync(join(tmpdir(), 'telegram-media-'))
  heard = undefined
})

afterEach(async () => {
  await app.stop()
  await telegram.close()
  rmSync(data, { recursive: true, force: true })
})

function conversation() {
  const [only] = shop.conversations.list({ limit: 1 })
  if (only === undefined) throw new Error('nobody wrote')
  return only
}

const messages = () => shop.conversations.messages({ conversationId: conversation().id, limit: 50 })
const files = () => messages().flatMap(({ attachments }) => attachments)

async function replies(customer: { received(): string[] }, count: number): Promise<string> {
  await telegram.until(() => customer.received().length >= count, `${count} replies`)
  return customer.received().at(-1) ?? ''
}

/** Resolves when that is so; looked at after each event of the shop. */
async function happened(isSo: () => boolean): Promise<void> {
  if (isSo()) return
  await new Promise<void>((resolve) => {
    const stop = shop.bus.subscribe(() => {
      if (!isSo()) return
      stop()
      resolve()
    })
  })
}

/** Waits until all files are here, or will never be. */
async function fetched(): Promise<void> {
  await happened(() => files().every(({ state }) => state !== 'pending'))
}

describe('files from customers on Telegram', () => {
  beforeEach(() => begin())

  it('are thanked for and never claimed to have been seen', async () => {
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    ana.photo(png)
    expect(await replies(ana, 1)).toMatch(/foto.*no puedo verla.*\?/i)
    ana.document(pdf, 'factura.pdf', 'application/pdf')
    expect(await replies(ana, 2)).toMatch(/documento.*no puedo leerlo/i)
    ana.location(40.4, -3.7)
    expect(await replies(ana, 3)).toMatch(/calle/)
    await fetched()
    expect(files()).toMatchObject([
      { kind: 'photo', state: 'stored', mime: 'image/png' },
      { kind: 'document', state: 'stored', mime: 'application/pdf', name: 'factura.pdf' },
      { kind: 'location', state: 'stored', location: { latitude: 40.4, longitude: -3.7 } },
    ])
    expect(conversation().mode).toBe('bot')
  })

  it('are what their content is, and programs are refused', async () => {
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    ana.photo(pdf)
    ana.document(png, 'foto.dat', 'application/octet-stream')
    ana.document(Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]), 'factura.pdf', 'application/pdf')
    ana.document(Buffer.from('<html><script>x()</script></html>'), 'carta.pdf', 'application/pdf')
    // Counted as messages: what is unread is read again by an answer to the first of them.
    await happened(() => shop.conversations.list({ limit: 1 }).length === 1 && files().length === 4)
    await fetched()
    expect(files()).toMatchObject([
      { kind: 'document', state: 'stored', mime: 'application/pdf' },
      { kind: 'photo', state: 'stored', mime: 'image/png' },
      { kind: 'document', state: 'failed', error: 'media.type_refused' },
      { kind: 'document', state: 'failed', error: 'media.type_refused' },
    ])
    expect(
      messages()
        .filter(({ author }) => author === 'customer')
        .map(({ kind }) => kind),
    ).toEqual(['document', 'photo', 'document', 'document'])
  })

  it('do not end what was under way: the open question is put again', async () => {
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    ana.say('quiero una hogaza de centeno')
    const [question] = /¿[^?]*\?$/.exec(await replies(ana, 1)) ?? []
    ana.photo(png)
    const answer = await replies(ana, 2)
    expect(answer).toMatch(/foto.*no puedo verla/i)
    expect(question).toEqual(expect.any(String))
    expect(answer.endsWith(question ?? '')).toBe(true)
  })

  it('ask for words after a voice note, and bring a person after the next one', async () => {
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    ana.voice(ogg)
    expect(await replies(ana, 1)).toMatch(/no puedo escucharlo.*por favor/i)
    ana.say('¿cuánto cuesta la hogaza?')
    expect(await replies(ana, 2)).toMatch(/4,25/)
    ana.voice(ogg)
    expect(await replies(ana, 3)).toMatch(/no puedo escucharlo/i)
    ana.voice(ogg)
    expect(await replies(ana, 4)).toMatch(/persona/)
    expect(conversation()).toMatchObject({ mode: 'person', modeReason: 'voice_note' })
    await fetched()
    expect(files().map(({ kind, state }) => [kind, state])).toEqual(Array(3).fill(['voice', 'stored']))
  })

  it('go to a person where the owner wants it so', async () => {
    shop.storage.write('system', (tx) => shop.serving.set(tx, { voiceNotes: 'person' }))
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    ana.voice(ogg)
    expect(await replies(ana, 1)).toMatch(/persona/)
    expect(conversation()).toMatchObject({ mode: 'person', modeReason: 'voice_note' })
  })
})

describe('where somebody makes words of voice notes', () => {
  beforeEach(() => begin(reader))

  it('they are answered as if they had been written', async () => {
    heard = '¿cuánto cuesta la hogaza de centeno?'
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    ana.voice(ogg)
    expect(await replies(ana, 1)).toMatch(/4,25/)
    expect(files()).toMatchObject([{ kind: 'voice', understood: heard }])
  })

  it('and asked to be written where nothing was understood', async () => {
    heard = null
    const ana = telegram.customer({ id: 501, name: 'Ana' })
    ana.voice(ogg)
    expect(await replies(ana, 1)).toMatch(/no puedo escucharlo/i)
  })
})
