import { afterEach, describe, expect, it } from 'vitest'
import { findBrowser } from '../chrome.ts'
import { LibraryUnderTest } from '../library.ts'
import { type FakeWhatsApp, startWhatsApp } from '../server.ts'

const ana = '5491144440001@c.us'
let whatsapp: FakeWhatsApp
let library: LibraryUnderTest

async function begin(): Promise<void> {
  whatsapp = await startWhatsApp({ chats: [{ phone: ana, name: 'Ana' }] })
  library = new LibraryUnderTest(whatsapp)
  await library.link()
}

function acks(): unknown[] {
  return library.all('message_ack').map((one) => one.values[1])
}

function states(): unknown[] {
  return library.all('change_state').map((one) => one.values[0])
}

describe.runIf(findBrowser())('trouble', { timeout: 180_000 }, () => {
  afterEach(async () => {
    await library.remove()
    await whatsapp.close()
  }, 60_000)

  it('keeps what is sent without a connection, and sends it once', async () => {
    await begin()
    whatsapp.goOffline()
    await library.until(() => states().includes('OPENING'), 'the lost connection')
    let settled = false
    const sending = library.client.sendMessage(ana, 'Uno', { waitUntilMsgSent: true, sendSeen: false })
    void sending.finally(() => {
      settled = true
    })
    const queued = await library.client.sendMessage(ana, 'Dos', { sendSeen: false })
    expect(queued.ack).toBe(0)
    expect([settled, whatsapp.sent.length]).toEqual([false, 0])

    whatsapp.customerSays(ana, '¿Hola?')
    whatsapp.goOnline()
    expect((await sending).ack).toBe(1)
    await library.until(() => acks().length === 2, 'both acks')
    expect(acks()).toEqual([1, 1])
    expect(whatsapp.sentTo(ana).map((message) => message.text)).toEqual(['Uno', 'Dos'])
    expect((await library.message()).body).toBe('¿Hola?')
    expect(states()).toEqual(['OPENING', 'CONNECTED'])
    expect(whatsapp.log.of('repeated')).toEqual([])
  })

  it('sends what was waiting when the browser was closed', async () => {
    await begin()
    whatsapp.goOffline()
    await library.until(() => states().includes('OPENING'), 'the lost connection')
    await library.client.sendMessage(ana, 'Después', { sendSeen: false })
    await library.stop()
    whatsapp.goOnline()
    await library.start()
    await whatsapp.next('sent')
    await library.nth('ready', 2)
    expect(whatsapp.sentTo(ana).map((message) => message.text)).toEqual(['Después'])
  })

  it('asks again when the confirmation was lost, and nobody gets the message twice', async () => {
    await begin()
    whatsapp.cutAfterNextSend()
    const sent = await library.client.sendMessage(ana, 'Una vez', { waitUntilMsgSent: true, sendSeen: false })
    expect(sent.ack).toBe(1)
    expect(whatsapp.sent).toHaveLength(1)
    expect(whatsapp.log.of('repeated').map((entry) => entry.id)).toEqual([sent.id._serialized])
  })

  it('is ready again after a reload', async () => {
    await begin()
    whatsapp.reload()
    await library.nth('ready', 2)
    whatsapp.customerSays(ana, 'Hola otra vez')
    expect((await library.message()).body).toBe('Hola otra vez')
  })

  it('hangs for a while', async () => {
    await begin()
    const started = Date.now()
    whatsapp.hang(800)
    whatsapp.customerSays(ana, 'Hola')
    await library.message()
    expect(Date.now() - started).toBeGreaterThanOrEqual(790)
  })

  it('loses its page', async () => {
    await begin()
    const { pupPage } = library.client
    if (pupPage === undefined) throw new Error('no page')
    const crashed = new Promise((resolve) => pupPage.once('error', resolve))
    whatsapp.crashPage()
    expect(String(await crashed)).toContain('crashed')
  })

  it('loses its browser', async () => {
    await begin()
    const { pupBrowser } = library.client
    if (pupBrowser === undefined) throw new Error('no browser')
    const gone = new Promise((resolve) => pupBrowser.once('disconnected', resolve))
    expect(whatsapp.runningBrowsers()).toHaveLength(1)
    whatsapp.killBrowser()
    await gone
    expect(library.all('disconnected')).toEqual([])
  })

  it('knows when it was asked for something that it does not have', async () => {
    await begin()
    await expect(library.client.pupPage?.evaluate('require("WAWebNoSuchThing")')).rejects.toThrow(
      'WAWebNoSuchThing',
    )
    await whatsapp.next('unknown_module')
    expect(whatsapp.unknownModules()).toEqual(['WAWebNoSuchThing'])
  })
})
