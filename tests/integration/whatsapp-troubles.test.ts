import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { LOOK_MS } from '../../main/core/channels/whatsapp/decisions.ts'
import { type FakeWhatsApp, startWhatsApp } from '../fakes/whatsapp/server.ts'
import { bread, WhatsAppShop } from './whatsapp-fixture.ts'

// Browsers are started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 150_000, hookTimeout: 120_000 })

describe('WhatsApp in trouble', () => {
  let whatsapp: FakeWhatsApp
  let on: WhatsAppShop
  let people = 5491166660000

  beforeAll(async () => {
    whatsapp = await startWhatsApp()
    on = await WhatsAppShop.ready(whatsapp)
    // The session is on the disk once the browser was closed properly.
    await on.stop()
    await on.start()
    await on.untilReady()
  })
  // What one of them left in trouble is not the next one's.
  beforeEach(async () => {
    whatsapp.goOnline()
    await on.getReady()
  })
  afterAll(async () => {
    await on.close()
    await whatsapp.close()
    expect(whatsapp.runningBrowsers()).toEqual([])
  })

  const somebody = () => String(people++)

  /** Somebody asks and gets the price, once. */
  async function answers(chat = somebody()): Promise<void> {
    whatsapp.customerSays(chat, bread.question)
    await answered(chat)
  }

  async function answered(chat: string): Promise<void> {
    const [reply] = await on.sentTo(chat, 1)
    expect(reply?.text).toMatch(bread.price)
    await on.settled()
    expect(whatsapp.sentTo(chat)).toHaveLength(1)
  }

  /** Something breaks what was ready; it comes back by itself. */
  async function survives(breakIt: () => void, reason: RegExp): Promise<void> {
    on.states.length = 0
    breakIt()
    // Not the first pause that is said: the line may have been lost a moment before.
    const ended = () =>
      on.states.some((state) => state.state === 'waiting' && reason.test(state.detail ?? ''))
    await on.until(ended, `an end by ${reason}`)
    on.clock.skip(60_000)
    await on.untilReady()
  }

  it('comes back when the browser is killed, and answers what came meanwhile', async () => {
    const chat = somebody()
    await survives(() => {
      whatsapp.killBrowser()
      whatsapp.customerSays(chat, bread.question)
    }, /browser_died/)
    await answered(chat)
  })

  it('comes back when the page’s process dies', async () => {
    await survives(() => whatsapp.crashPage(), /page_died/)
    await answers()
  })

  it('comes back when its own process is killed', async () => {
    await survives(() => process.kill(on.processId, 'SIGKILL'), /process_died/)
    await answers()
  })

  it('finds out after its death that a reply had left, and writes it no second time', async () => {
    const chat = somebody()
    whatsapp.cutAfterNextSend()
    whatsapp.customerSays(chat, bread.question)
    await on.sentTo(chat, 1)
    await survives(() => process.kill(on.processId, 'SIGKILL'), /process_died/)
    await on.until(() => on.outbox().every((state) => state === 'sent'), 'the end of each send')
    await answers()
    expect(whatsapp.sentTo(chat)).toHaveLength(1)
    expect(on.conversation(chat)).toMatchObject({ mode: 'bot' })
    expect(on.messages(chat).map(({ author }) => author)).toEqual(['customer', 'agent'])
  })

  it('ends a process that says nothing, while the shop goes on with others', async () => {
    const before = on.processId
    process.kill(before, 'SIGSTOP')
    const test = await on.shop.chat.ask('owner', bread.question)
    expect(test.reply).toMatch(bread.price)
    on.states.length = 0
    for (let looks = 0; looks < 6; looks++) on.clock.skip(LOOK_MS)
    const ended = () =>
      on.states.find((state) => state.state === 'waiting' && state.detail === 'process_hung')
    await on.until(() => ended() !== undefined, 'the end')
    expect(ended()).toMatchObject({ reason: 'restarting' })
    on.clock.skip(60_000)
    await on.untilReady()
    expect(on.processId).not.toBe(before)
    expect(whatsapp.runningBrowsers()).toHaveLength(1)
    await answers()
  })

  it('comes back when the page hangs', async () => {
    await survives(() => whatsapp.hang(), /page_hung/)
    await answers()
  })

  it('says that the line is gone, and sends one message when it is back', async () => {
    const chat = somebody()
    await answers(chat)
    whatsapp.goOffline()
    await on.untilState((state) => state.state === 'waiting' && state.reason === 'unreachable', 'offline')
    whatsapp.customerSays(chat, '¿y la miel de azahar?')
    whatsapp.goOnline()
    await on.untilReady()
    const [, reply] = await on.sentTo(chat, 2)
    expect(reply?.text).toMatch(/7,90/)
    await on.settled()
    expect(whatsapp.sentTo(chat)).toHaveLength(2)
  })

  it('stops where it is opened elsewhere, and takes it back when told to', async () => {
    on.notices.length = 0
    whatsapp.conflict()
    await on.untilState((state) => state.state === 'refused', 'conflict')
    expect(on.state).toMatchObject({ reason: 'conflict' })
    expect(on.notices).toMatchObject([{ kind: 'channel', data: { reason: 'conflict' } }])
    await on.shop.channels.useHere(on.accountId)
    await on.untilReady()
    await answers()
  })

  it('pairs anew after a logout, once, with nothing left of the old session', async () => {
    on.states.length = 0
    on.notices.length = 0
    whatsapp.logoutFromPhone()
    await on.until(() => on.code !== null, 'a code')
    expect(on.state).toMatchObject({ state: 'pairing', reason: 'logged_out' })
    expect(on.notices).toMatchObject([{ kind: 'channel', data: { reason: 'logged_out' } }])
    // The page that was logged out may show one too while its browser is closed: nobody ever sees that.
    const shown = on.states.flatMap((state) =>
      state.state === 'pairing' && state.qr !== null ? [state.qr] : [],
    )
    expect([...new Set(shown)]).toEqual([whatsapp.currentQr()])
    expect(whatsapp.sessions).toEqual([])
    await on.pair()
    await answers()
  })

  it('leaves nothing of an account that is removed', async () => {
    const { folder } = on
    expect(readdirSync(folder).length).toBeGreaterThan(1)
    await on.shop.channels.remove('system', on.accountId)
    expect(existsSync(folder)).toBe(false)
    expect(whatsapp.sessions).toEqual([])
    expect(whatsapp.log.of('logout').at(-1)).toMatchObject({ by: 'page' })
  })
})
