import { afterEach, describe, expect, it } from 'vitest'
import { LibraryUnderTest } from './library.ts'
import { type FakeWhatsApp, type FakeWhatsAppOptions, startWhatsApp } from './server.ts'

const ana = '5491144440001@c.us'
let whatsapp: FakeWhatsApp
let library: LibraryUnderTest

async function begin(options: FakeWhatsAppOptions = {}): Promise<void> {
  whatsapp = await startWhatsApp(options)
  library = new LibraryUnderTest(whatsapp)
}

afterEach(async () => {
  await library.remove()
  await whatsapp.close()
}, 60_000)

describe('the library with the stand-in', { timeout: 180_000 }, () => {
  it('links, hears, answers and comes back with its session', async () => {
    await begin({ chats: [{ phone: ana, name: 'Ana' }] })
    await library.start()
    const [qr] = await library.nth('qr')
    expect(qr).toBe(whatsapp.currentQr())
    await whatsapp.scan(String(qr))
    await library.nth('ready')
    expect(library.client.info.wid._serialized).toBe('5491155550000@c.us')

    const id = whatsapp.customerSays(ana, 'Hola, ¿tienen <b>yerba</b>? 🧉')
    const heard = await library.message()
    expect(heard.body).toBe('Hola, ¿tienen <b>yerba</b>? 🧉')
    expect(heard.from).toBe(ana)
    expect(heard.id._serialized).toBe(id)

    const sent = await library.client.sendMessage(ana, 'Sí, de 500 g.', {
      waitUntilMsgSent: true,
      sendSeen: false,
    })
    expect(sent.id._serialized).toBe(whatsapp.sent[0]?.id)
    expect(whatsapp.sentTo(ana).map((message) => message.text)).toEqual(['Sí, de 500 g.'])

    whatsapp.ownerWritesOnPhone(ana, 'Te la guardo')
    await library.until(() => library.all('message_create').length === 3, 'the own message')
    const own = await library.message('message_create', 3)
    expect([own.fromMe, own.body, own.to]).toEqual([true, 'Te la guardo', ana])
    expect(library.all('message')).toHaveLength(1)

    await library.stop()
    whatsapp.customerSays(ana, '¿Siguen ahí?')
    const before = library.said.length
    await library.start()
    await library.nth('ready', 2)
    expect(library.said.slice(before).map((one) => one.event)).toEqual(['authenticated', 'ready'])
    const chat = await library.client.getChatById(ana)
    expect(chat.unreadCount).toBe(1)
    const messages = await chat.fetchMessages({ limit: 10 })
    expect(messages.map((message) => message.body).at(-1)).toBe('¿Siguen ahí?')
    expect(messages).toHaveLength(4)
    expect(whatsapp.unknownModules()).toEqual([])
    expect(whatsapp.log.of('page_error')).toEqual([])
  })
})
