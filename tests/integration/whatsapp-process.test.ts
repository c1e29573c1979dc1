import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type FakeWhatsApp, startWhatsApp } from '../fakes/whatsapp/server.ts'
import { LifeUnderTest, ProfileFolder } from '../fixtures/whatsapp-life.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const ana = '5491144440001'

describe('a first life', () => {
  it('shows a code, gets ready, receives and answers', async () => {
    const whatsapp = await startWhatsApp({ chats: [{ phone: '5491144440009', name: 'Mamá' }] })
    const folder = new ProfileFolder()
    const life = new LifeUnderTest(whatsapp, folder, { tellChats: true })
    try {
      await life.pair(whatsapp)
      whatsapp.customerSays(ana, 'Hola', { name: 'Ana' })
      const hello = await life.message('Hola')
      const outcome = await life.send(hello.chatId, {
        type: 'text',
        text: 'Buenas',
        replyToExternalId: hello.externalId,
      })
      expect(outcome.state).toBe('sent')
    } finally {
      await life.stop()
      await whatsapp.close()
      folder.remove()
    }
  })
})
