import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import WhatsAppWeb from 'whatsapp-web.js'
import { findBrowser } from '../chrome.ts'
import { LibraryUnderTest } from '../library.ts'
import { type FakeWhatsApp, startWhatsApp } from '../server.ts'

const ana = '5491144440001@c.us'
let whatsapp: FakeWhatsApp
let library: LibraryUnderTest

/** What the unmodified library does on sites that name a key's text `$1`. */
describe.runIf(findBrowser())('keys without _serialized', { timeout: 180_000 }, () => {
  beforeEach(async () => {
    whatsapp = await startWhatsApp({ idMode: '$1', chats: [{ phone: ana, name: 'Ana' }] })
    library = new LibraryUnderTest(whatsapp)
    await library.link()
  }, 120_000)

  afterEach(async () => {
    await library.remove()
    await whatsapp.close()
  }, 60_000)

  it('sends, but the library does not know what', async () => {
    const sent = await library.client.sendMessage(ana, 'Hola', { waitUntilMsgSent: true })
    expect(sent).toBeUndefined()
    expect(whatsapp.sentTo(ana).map((message) => message.text)).toEqual(['Hola'])
    const created = await library.message('message_create')
    expect(created.id).toMatchObject({ $1: whatsapp.sent[0]?.id })
    expect(created.id._serialized).toBeUndefined()
  })

  it('hears, but can neither download nor find the chat', async () => {
    const content = Buffer.from('voice')
    const id = whatsapp.customerSays(ana, '', { media: { content, mime: 'audio/ogg', kind: 'ptt' } })
    const heard = await library.message()
    expect(heard.id).toMatchObject({ $1: id, remote: ana, fromMe: false })
    await expect(heard.downloadMedia()).rejects.toThrow()
    await expect(heard.getChat()).rejects.toThrow()
  })

  it('works with a key that a page script has mended', async () => {
    await library.client.pupPage?.evaluate(`
      Object.defineProperty(require('WAWebMsgKey').prototype, '_serialized', { get() { return this.toString() } })
    `)
    const sent = await library.client.sendMessage(ana, 'Hola', { waitUntilMsgSent: true })
    expect(sent.id).toMatchObject({ $1: whatsapp.sent[0]?.id })
    const content = Buffer.from('voice')
    const id = whatsapp.customerSays(ana, '', { media: { content, mime: 'audio/ogg', kind: 'ptt' } })
    const heard = await library.message()
    heard.id._serialized = id
    const media = await heard.downloadMedia()
    expect(media).toBeInstanceOf(WhatsAppWeb.MessageMedia)
    expect(media.data).toBe(content.toString('base64'))
    expect((await heard.getChat()).id._serialized).toBe(ana)
  })
})
