import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type FakeWhatsApp, type FakeWhatsAppOptions, startWhatsApp } from '../fakes/whatsapp/server.ts'
import { bread, WhatsAppShop } from './whatsapp-fixture.ts'

// Browsers are started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const ana = '5491199990001'

describe('accounts of WhatsApp', () => {
  const opened: WhatsAppShop[] = []
  const platforms: FakeWhatsApp[] = []

  afterEach(async () => {
    for (const shop of opened.splice(0)) await shop.close()
    for (const platform of platforms.splice(0)) await platform.close()
  })

  async function platform(options: FakeWhatsAppOptions = {}): Promise<FakeWhatsApp> {
    const started = await startWhatsApp(options)
    platforms.push(started)
    return started
  }

  async function ready(whatsapp: FakeWhatsApp): Promise<WhatsAppShop> {
    const shop = await WhatsAppShop.ready(whatsapp)
    opened.push(shop)
    return shop
  }

  it('answer once where WhatsApp names its messages anew and gives nothing back for a send', async () => {
    const whatsapp = await platform({ idMode: '$1' })
    const on = await ready(whatsapp)
    whatsapp.customerSays(ana, bread.question)
    const [reply] = await on.sentTo(ana, 1)
    expect(reply?.text).toMatch(bread.price)
    whatsapp.customerSays(ana, '¿y la miel de azahar?', {
      media: { content: Buffer.from('%PDF-1.4\n%%EOF\n'), mime: 'application/pdf', filename: 'a.pdf' },
    })
    const [, second] = await on.sentTo(ana, 2)
    expect(second?.text).toMatch(/7,90/)
    await on.settled()
    await on.until(() => on.outbox().every((state) => state === 'sent'), 'the end of each send')
    expect(whatsapp.sentTo(ana)).toHaveLength(2)
    expect(on.conversation(ana)).toMatchObject({ mode: 'bot' })
    await on.until(() => stateOfFile(on) === 'stored', 'the file')
  })

  it('answer who writes for the first time at the very moment of the pairing', async () => {
    const family = '5491199990002'
    const whatsapp = await platform({ chats: [{ phone: family, history: [{ text: 'Hola' }] }] })
    const on = await WhatsAppShop.open(whatsapp)
    opened.push(on)
    await on.until(() => on.code !== null, 'a code')
    await whatsapp.scan()
    await whatsapp.next('synced')
    whatsapp.customerSays(family, bread.question)
    whatsapp.customerSays(ana, bread.question)
    const [reply] = await on.sentTo(ana, 1)
    expect(reply?.text).toMatch(bread.price)
    await on.until(() => on.conversation(family)?.mode === 'paused', 'the family')
    await on.settled()
    expect(whatsapp.sentTo(family)).toEqual([])
  })

  it('are one for each number: a second one is refused and hears nothing', async () => {
    const whatsapp = await platform()
    const on = await ready(whatsapp)
    const first = on.accountId
    const second = await on.addAccount()
    expect(second).not.toBe(first)
    await on.scan()
    await on.untilState((state) => state.state === 'refused', 'the refusal')
    expect(on.state).toMatchObject({ reason: 'duplicate' })
    whatsapp.customerSays(ana, bread.question)
    await on.sentTo(ana, 1)
    await on.settled()
    expect(whatsapp.sentTo(ana)).toHaveLength(1)
    expect(on.messages(ana)).toHaveLength(2)
    expect(on.shop.channels.get(first).state.state).toBe('ready')
    expect(on.shop.channels.get(second).externalId).toBeNull()
  })

  it('of two shops share no profile', async () => {
    const whatsapp = await platform()
    const one = await ready(whatsapp)
    const other = await platform({ account: { phone: '5491155551111', name: 'Otra tienda' } })
    const shop = await one.app.shops.create({ name: 'Otra', currency: 'EUR', locale: 'es-ES' })
    const added = await shop.channels.addWhatsApp('system', { riskAccepted: true, browser: other.chrome })
    const isReady = Promise.withResolvers<void>()
    shop.channels.follow(({ account }) => {
      if (account?.state.state === 'ready') isReady.resolve()
    })
    await other.scan()
    await isReady.promise
    expect(shop.channels.get(added.id).externalId).toBe('5491155551111')
    expect(one.state).toMatchObject({ state: 'ready', externalId: '5491155550000' })
    expect(readdirSync(join(shop.dir, 'whatsapp'))).toEqual([added.id])
    expect(readdirSync(join(one.shop.dir, 'whatsapp'))).toEqual([one.accountId])
    other.customerSays(ana, '¿abrís hoy?')
    await other.until(() => other.sentTo(ana).length > 0, 'an answer')
    expect(one.conversation(ana)).toBeUndefined()
  })

  it('are refused without acceptance of the risk, and wait for a browser where there is none', async () => {
    const whatsapp = await platform()
    const on = await ready(whatsapp)
    const { channels } = on.shop
    await expect(channels.addWhatsApp('system', { riskAccepted: false })).rejects.toThrow(
      'channel.risk_not_accepted',
    )
    await expect(channels.addWhatsApp('system', { riskAccepted: true, browser: 'chrome' })).rejects.toThrow(
      'input.invalid',
    )
    await expect(channels.setBrowser('system', on.accountId, '/nowhere/chrome')).rejects.toThrow(
      'browser.not_usable',
    )
    await expect(channels.useHere(on.accountId)).rejects.toThrow('channel.no_conflict')
    await expect(channels.refreshCode(on.accountId)).rejects.toThrow('channel.not_pairing')
    await channels.setEnabled('system', on.accountId, false)
    expect(on.state).toEqual({ state: 'stopped' })
    expect(whatsapp.runningBrowsers()).toEqual([])
    await channels.setEnabled('system', on.accountId, true)
    await on.untilReady()
  })
})

function stateOfFile(on: WhatsAppShop): unknown {
  return on.shop.storage.prepare('SELECT state FROM attachments').pluck().get()
}
