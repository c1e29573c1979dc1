import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import WhatsAppWeb, { type Message } from 'whatsapp-web.js'
import { findBrowser } from '../chrome.ts'
import { LibraryUnderTest } from '../library.ts'
import { type FakeWhatsApp, type MessageOptions, startWhatsApp } from '../server.ts'

const ana = '5491144440001@c.us'
const withPhone = '111111111111111@lid'
const withoutPhone = '222222222222222@lid'
const group = '120363000000000001@g.us'
const channel = '120363000000000002@newsletter'
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const paper = Buffer.from('%PDF-1.4\n%%EOF\n')
const hostile = '<img src=x onerror=alert(1)> ‮مرحبا‬ 👩‍👩‍👧 {{7*7}} "\'\\'

let whatsapp: FakeWhatsApp
let library: LibraryUnderTest

/** The message that the library hears when a customer writes. */
async function hear(chat: string, text: string, options?: MessageOptions): Promise<Message> {
  const number = library.all('message').length + 1
  whatsapp.customerSays(chat, text, options)
  return library.message('message', number)
}

async function send(
  chat: string,
  content: string | WhatsAppWeb.MessageMedia | WhatsAppWeb.Location,
  options = {},
) {
  const all = { waitUntilMsgSent: true, sendSeen: false, ...options }
  const message = await library.client.sendMessage(chat, content, all)
  return { message, reached: whatsapp.sent.at(-1) }
}

describe.runIf(findBrowser())('messages', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    whatsapp = await startWhatsApp({
      chats: [
        { phone: ana, name: hostile },
        { lid: withPhone, phone: '5491144440002', name: 'Beto' },
        { lid: withoutPhone, name: 'Caro' },
        { group, name: 'Vecinos', participants: [ana] },
        { newsletter: channel, name: 'Noticias' },
      ],
    })
    library = new LibraryUnderTest(whatsapp)
    await library.link()
  }, 120_000)

  afterAll(async () => {
    expect(whatsapp.unknownModules()).toEqual([])
    expect(whatsapp.log.of('page_error')).toEqual([])
    await library.remove()
    await whatsapp.close()
  }, 60_000)

  beforeEach(() => {
    library.said.length = 0
  })

  it('brings hostile text and names unharmed', async () => {
    const heard = await hear(ana, hostile)
    expect(heard.body).toBe(hostile)
    const contact = await heard.getContact()
    expect([contact.pushname, contact.name, contact.number]).toEqual([hostile, undefined, '5491144440001'])
    expect((await send(ana, hostile)).reached?.text).toBe(hostile)
  })

  it('quotes both ways', async () => {
    const first = await hear(ana, 'Primero')
    const second = await hear(ana, 'Segundo', { quoted: first.id._serialized })
    expect(second.hasQuotedMsg).toBe(true)
    expect((await second.getQuotedMessage()).body).toBe('Primero')
    const { reached } = await send(ana, 'Respuesta', { quotedMessageId: first.id._serialized })
    expect(reached?.quotedId).toBe(first.id.id)
  })

  it('edits and deletes', async () => {
    const id = whatsapp.customerSays(ana, 'Dos')
    await library.message()
    whatsapp.customerEdits(id, 'Tres')
    const [edited, now, before] = await library.nth('message_edit')
    expect([now, before]).toEqual(['Tres', 'Dos'])
    expect(edited).toMatchObject({ body: 'Tres', id: { _serialized: id } })
    whatsapp.customerDeletes(id)
    const revoked = await library.message('message_revoke_everyone')
    expect([revoked.id._serialized, revoked.type, revoked.body]).toEqual([id, 'revoked', ''])
  })

  it.each([
    ['image', { content: picture, mime: 'image/png' }],
    ['ptt', { content: Buffer.from('OggS'), mime: 'audio/ogg; codecs=opus', kind: 'ptt', seconds: 4 }],
    ['video', { content: Buffer.from('mp4'), mime: 'video/mp4' }],
    ['document', { content: paper, mime: 'application/pdf', filename: 'lista.pdf' }],
    ['sticker', { content: Buffer.from('RIFF'), mime: 'image/webp', kind: 'sticker' }],
  ] as const)('brings a %s that can be downloaded', async (type, media) => {
    const heard = await hear(ana, type === 'image' ? '¿Tienen esto?' : '', { media })
    expect([heard.type, heard.hasMedia, heard.body]).toEqual([
      type,
      true,
      type === 'image' ? '¿Tienen esto?' : '',
    ])
    const downloaded = await heard.downloadMedia()
    expect(Buffer.from(downloaded.data, 'base64').equals(media.content)).toBe(true)
    expect(downloaded.mimetype).toBe(media.mime)
    expect(downloaded.filename ?? undefined).toBe('filename' in media ? media.filename : undefined)
  })

  it('brings media that are gone', async () => {
    const heard = await hear(ana, '', { media: { content: picture, mime: 'image/png', gone: true } })
    expect(await heard.downloadMedia()).toBeUndefined()
  })

  it('brings and takes a place', async () => {
    const location = { latitude: -34.6, longitude: -58.4, name: 'Casa', address: 'Calle 1' }
    const heard = await hear(ana, '', { location })
    expect(heard.location).toMatchObject({ latitude: -34.6, longitude: -58.4, name: 'Casa' })
    const { reached } = await send(ana, new WhatsAppWeb.Location(-34.5, -58.5, { name: 'Local' }))
    expect(reached?.location).toEqual({ latitude: -34.5, longitude: -58.5, description: 'Local' })
  })

  it.each([
    ['image/png', picture, 'foto.png', 'image', null],
    ['application/pdf', paper, 'presupuesto.pdf', 'document', 'presupuesto.pdf'],
  ])('takes %s', async (mime, content, filename, type, shownName) => {
    const media = new WhatsAppWeb.MessageMedia(mime, content.toString('base64'), filename)
    const { message, reached } = await send(ana, media, { caption: 'Aquí va' })
    expect(reached).toMatchObject({ type, text: 'Aquí va', media: { mime, filename: shownName } })
    expect(reached?.media?.content.equals(content)).toBe(true)
    expect([message.type, message.hasMedia, message.ack]).toEqual([type, true, 1])
  })

  it('knows people by LID, with and without a phone', async () => {
    const beto = await hear(withPhone, 'Soy Beto')
    const caro = await hear(withoutPhone, 'Soy Caro')
    expect([beto.from, caro.from]).toEqual([withPhone, withoutPhone])
    expect((await beto.getContact()).number).toBe('111111111111111')
    expect(await library.client.getContactLidAndPhone([withPhone, withoutPhone])).toEqual([
      { lid: withPhone, pn: '5491144440002@c.us' },
      { lid: withoutPhone },
    ])
    expect((await send(caro.from, 'Hola, Caro')).reached?.chat).toBe(withoutPhone)
  })

  it('brings groups, the status list and channels', async () => {
    const said = await hear(group, '¿Alguien vende pan?', { author: ana })
    expect([said.from, said.author]).toEqual([group, ana])
    const chat = await said.getChat()
    expect([chat.isGroup, chat.name]).toEqual([true, 'Vecinos'])
    expect((await send(group, 'Yo')).reached?.chat).toBe(group)
    const status = await hear('status@broadcast', 'Vacaciones', { author: ana })
    expect([status.isStatus, status.from, status.author]).toEqual([true, 'status@broadcast', ana])
    expect((await hear(channel, 'Noticia')).from).toBe(channel)
  })

  it('lists chats and people', async () => {
    const chats = await library.client.getChats()
    expect(chats.map((chat) => chat.id._serialized)).toEqual(expect.arrayContaining([ana, withPhone, group]))
    const people = await library.client.getContacts()
    expect(people.map((contact) => contact.pushname)).toEqual(
      expect.arrayContaining([hostile, 'Beto', 'Caro']),
    )
    expect((await library.client.getContactById(group)).isGroup).toBe(true)
  })

  it('brings a message that could not be read at first', async () => {
    const id = whatsapp.customerSays(ana, '', { raw: { type: 'ciphertext', body: undefined } })
    whatsapp.platform.change(id, { type: 'chat', body: 'Ahora sí' })
    const heard = await library.message()
    expect([heard.id._serialized, heard.body]).toEqual([id, 'Ahora sí'])
    expect(library.all('message')).toHaveLength(1)
  })

  it('repeats a message', async () => {
    const heard = await hear(ana, 'Una vez')
    whatsapp.repeatMessage(heard.id._serialized)
    const again = await library.message('message', 2)
    expect(again.id._serialized).toBe(heard.id._serialized)
  })

  it('tells how far a message has come', async () => {
    const { message } = await send(ana, 'Listo')
    whatsapp.customerConfirms(ana, 2)
    whatsapp.customerConfirms(ana, 3)
    const mine = () =>
      library.all('message_ack').filter(({ values: [about] }) => idOf(about) === message.id._serialized)
    await library.until(() => mine().length === 3, 'three acks')
    expect(mine().map((one) => one.values[1])).toEqual([1, 2, 3])
  })

  it('reads, types and reacts where it is told to', async () => {
    const heard = await hear(ana, 'Hola')
    const chat = await heard.getChat()
    expect(chat.unreadCount).toBeGreaterThan(0)
    await chat.sendStateTyping()
    await chat.clearState()
    await chat.sendSeen()
    await heard.react('👍')
    expect((await whatsapp.next('seen')).chat).toBe(ana)
    expect(whatsapp.log.of('typing').map((entry) => entry.state)).toEqual(['composing', 'paused'])
    expect((await whatsapp.next('reacted')).emoji).toBe('👍')
    expect(whatsapp.chat(ana)?.unread).toBe(0)
  })

  it('edits and deletes what it has sent', async () => {
    const { message } = await send(ana, 'Cuesta 10')
    await message.edit('Cuesta 12')
    await message.delete(true)
    const id = message.id._serialized
    expect(whatsapp.log.of('edited')).toMatchObject([{ id, text: 'Cuesta 12' }])
    expect(whatsapp.log.of('revoked')).toMatchObject([{ id }])
  })

  it('refuses to deliver', async () => {
    whatsapp.blockSend(ana)
    const { message } = await send(ana, 'No llega')
    expect(message.ack).toBe(-1)
    whatsapp.blockSend(ana, 'throws')
    await expect(send(ana, 'Tampoco')).rejects.toThrow('463')
    whatsapp.unblockSend(ana)
    expect(whatsapp.log.of('refused').map((entry) => entry.text)).toEqual(['No llega', 'Tampoco'])
    whatsapp.unregister('5491199990000')
    await expect(send('5491199990000@c.us', 'Hola')).rejects.toThrow('No LID for user')
    expect(await library.client.getNumberId('5491199990000')).toBeNull()
  })

  it('opens a chat with somebody who has never written', async () => {
    expect((await send('5491144440009@c.us', 'Buen día')).reached?.chat).toBe('5491144440009@c.us')
  })
})

describe.runIf(findBrowser())('a page that loses sight of its sends', { timeout: 180_000 }, () => {
  it('sends, but the library gets nothing', async () => {
    whatsapp = await startWhatsApp()
    whatsapp.sendReturnsNothing()
    library = new LibraryUnderTest(whatsapp)
    try {
      await library.link()
      const { message, reached } = await send(ana, 'Hola')
      expect([message, reached?.text]).toEqual([undefined, 'Hola'])
    } finally {
      await library.remove()
      await whatsapp.close()
    }
  })
})

function idOf(message: unknown): string {
  // Every event of a message brings one of the library's.
  return (message as Message).id._serialized
}
