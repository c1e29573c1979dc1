import { afterEach, describe, expect, it } from 'vitest'
import { findBrowser } from '../chrome.ts'
import { LibraryUnderTest } from '../library.ts'
import { type FakeWhatsApp, type FakeWhatsAppOptions, startWhatsApp } from '../server.ts'

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

describe.runIf(findBrowser())('linking', { timeout: 180_000 }, () => {
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

  it('shows each new QR code, and refuses an old one', async () => {
    await begin()
    await library.start()
    const [old] = await library.nth('qr')
    whatsapp.refreshQr()
    const [fresh] = await library.nth('qr', 2)
    expect(fresh).not.toBe(old)
    await expect(whatsapp.scan(String(old))).rejects.toThrow('not valid any more')
    await whatsapp.scan(String(fresh))
    await library.nth('ready')
  })

  it('shows no new code after a while, until the page is told to', async () => {
    await begin()
    await library.start()
    await library.nth('qr')
    whatsapp.idleQr()
    await library.client.pupPage?.waitForFunction(
      'require("WAWebSocketModel").Socket.state === "UNPAIRED_IDLE"',
    )
    expect(whatsapp.currentQr()).toBeNull()
    await library.client.pupPage?.evaluate('require("WAWebCmd").Cmd.refreshQR()')
    const [fresh] = await library.nth('qr', 2)
    expect(fresh).toBe(whatsapp.currentQr())
    expect(whatsapp.log.of('qr').map((entry) => entry.why)).toEqual(['start', 'idle', 'asked'])
  })

  it('asks for a QR code again without the profile', async () => {
    await begin()
    await library.link()
    await library.remove()
    await library.start()
    await library.nth('qr', 2)
    expect(library.all('ready')).toHaveLength(1)
  })

  it('ends the session from the phone', async () => {
    await begin()
    await library.link()
    whatsapp.logoutFromPhone()
    expect(await library.nth('disconnected')).toEqual(['LOGOUT'])
    await library.nth('qr', 2)
    expect(whatsapp.sessions).toEqual([])
  })

  it('hears of the end of the session when the connection is back', async () => {
    await begin()
    await library.link()
    whatsapp.goOffline()
    await library.nth('change_state')
    whatsapp.logoutFromPhone()
    whatsapp.goOnline()
    expect(await library.nth('disconnected')).toEqual(['LOGOUT'])
  })

  it('asks for a QR code when the session was ended while the browser was closed', async () => {
    await begin()
    await library.link()
    await library.stop()
    whatsapp.logoutFromPhone()
    await library.start()
    await library.nth('qr', 2)
  })

  it('ends the session from the page', async () => {
    await begin()
    await library.link()
    await library.client.logout()
    expect((await whatsapp.next('logout')).by).toBe('page')
    expect(whatsapp.sessions).toEqual([])
  })

  it('stops when WhatsApp Web is opened elsewhere', async () => {
    await begin()
    await library.link()
    whatsapp.conflict()
    expect(await library.nth('disconnected')).toEqual(['CONFLICT'])
    expect(library.all('change_state').map((one) => one.values[0])).toEqual(['CONFLICT'])
  })

  it('takes over when it is told so, and hears what came meanwhile', async () => {
    await begin()
    await library.link({ takeoverOnConflict: true, takeoverTimeoutMs: 200 })
    whatsapp.conflict()
    whatsapp.customerSays(ana, 'Mientras tanto')
    await whatsapp.next('takeover')
    expect((await library.message()).body).toBe('Mientras tanto')
    await library.nth('change_state', 2)
    expect(library.all('change_state').map((one) => one.values[0])).toEqual(['CONFLICT', 'CONNECTED'])
    expect(library.all('disconnected')).toEqual([])
  })

  it('restores silently: neither authenticated nor ready, until somebody helps', async () => {
    await begin()
    await library.link()
    await library.stop()
    whatsapp.silentSync()
    const before = library.said.length
    await library.start()
    expect(await library.client.getState()).toBe('CONNECTED')
    expect(library.said.slice(before)).toEqual([])
    await library.client.pupPage?.evaluate('onAppStateHasSyncedEvent()')
    await library.nth('ready', 2)
  })

  it('is ready only when the account has synced', async () => {
    await begin({ syncMs: 700 })
    await library.link()
    const [linked, synced] = [await whatsapp.next('linked'), await whatsapp.next('synced')]
    expect(synced.at.getTime() - linked.at.getTime()).toBeGreaterThanOrEqual(690)
  })

  it('repeats authenticated and ready', async () => {
    await begin()
    await library.link()
    whatsapp.resync()
    await library.nth('ready', 2)
    expect(library.all('authenticated')).toHaveLength(2)
  })

  it('repeats the QR code for frames and addresses that change', async () => {
    await begin()
    await library.start()
    await library.nth('qr')
    whatsapp.iframe()
    const [again] = await library.nth('qr', 2)
    expect(again).toBe(whatsapp.currentQr())
    whatsapp.pushState()
    await library.until(() => library.all('qr').length >= 3, 'a third QR code')
  })
})
