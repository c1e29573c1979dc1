import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type FakeWhatsApp, startWhatsApp } from '../fakes/whatsapp/server.ts'
import { bread, WhatsAppShop } from './whatsapp-fixture.ts'

// Browsers are started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const ana = '5491144440001'

describe('a shop on WhatsApp', () => {
  let whatsapp: FakeWhatsApp
  let on: WhatsAppShop

  beforeAll(async () => {
    whatsapp = await startWhatsApp({ chats: [{ phone: ana, name: 'Ana' }] })
    on = await WhatsAppShop.open(whatsapp)
  })
  afterAll(async () => {
    await on.close()
    await whatsapp.close()
  })

  it('shows a code, and is ready when a phone has scanned it', async () => {
    await on.pair()
    expect(on.shop.channels.get(on.accountId)).toMatchObject({
      name: 'La Tienda',
      externalId: '5491155550000',
      state: { state: 'ready' },
    })
    expect(existsSync(on.folder)).toBe(true)
  })

  it('answers with the catalog’s price', async () => {
    const newcomer = '5491144440002'
    whatsapp.customerSays(newcomer, bread.question, { name: 'Bea' })
    const [reply] = await on.sentTo(newcomer, 1)
    expect(reply?.text).toMatch(bread.price)
    await on.settled()
    expect(on.conversation(newcomer)?.mode).toBe('bot')
  })
})
