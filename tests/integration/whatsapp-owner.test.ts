import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FakeWhatsApp, startWhatsApp } from '../fakes/whatsapp/server.ts'
import { bread, WhatsAppShop } from './whatsapp-fixture.ts'

// Browsers are started here, and machines are slow when they are busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const mother = '5491177770000'

describe('the owner’s phone and the assistant', () => {
  let whatsapp: FakeWhatsApp
  let on: WhatsAppShop
  let people = 5491177770001

  beforeAll(async () => {
    whatsapp = await startWhatsApp({
      chats: [{ phone: mother, savedAs: 'Mamá', history: [{ text: '¿Venís el domingo?' }] }],
    })
    on = await WhatsAppShop.ready(whatsapp)
  })
  beforeEach(() => on.getReady())
  afterAll(async () => {
    await on.close()
    await whatsapp.close()
  })

  const somebody = () => String(people++)

  async function answered(chat: string): Promise<void> {
    whatsapp.customerSays(chat, bread.question)
    await on.sentTo(chat, 1)
    await on.settled()
  }

  /** Waits until so many of the customer's messages are kept: chats are heard in any order. */
  async function heard(chat: string, count: number): Promise<void> {
    const kept = () => on.messages(chat).filter(({ author }) => author === 'customer').length
    await on.until(() => kept() >= count, `${count} messages`)
  }

  /** Somebody else writes and is answered: by then an answer to what is kept already would have left. */
  async function later(): Promise<void> {
    await answered(somebody())
  }

  it('does not answer who was there before', async () => {
    whatsapp.customerSays(mother, bread.question)
    await heard(mother, 1)
    await later()
    expect(whatsapp.sentTo(mother)).toEqual([])
    expect(on.conversation(mother)).toMatchObject({ mode: 'paused', reason: 'known_before' })
  })

  it('is silent once the owner has written from the phone', async () => {
    const chat = somebody()
    await answered(chat)
    expect(on.conversation(chat)).toMatchObject({ mode: 'bot' })
    whatsapp.ownerWritesOnPhone(chat, 'Hola, soy Lola. Te lo guardo hasta mañana.')
    await on.until(() => on.conversation(chat)?.mode === 'person', 'the owner')
    expect(on.conversation(chat)?.reason).toBe('wrote_outside')
    whatsapp.customerSays(chat, '¿y la miel de azahar?')
    await heard(chat, 2)
    await later()
    expect(whatsapp.sentTo(chat)).toHaveLength(1)
    expect(on.messages(chat).map(({ author }) => author)).toEqual(['customer', 'agent', 'person', 'customer'])
  })

  it('is not taken for the owner by its own messages', async () => {
    const chat = somebody()
    await answered(chat)
    whatsapp.customerSays(chat, 'quiero dos, y dime todo lo que vendéis')
    await on.sentTo(chat, 2)
    await on.settled()
    await later()
    expect(on.conversation(chat)?.mode).toBe('bot')
    expect(on.messages(chat).some(({ author }) => author === 'person')).toBe(false)
  })

  it('is not taken for the owner by a send whose end it never heard', async () => {
    const chat = somebody()
    whatsapp.cutAfterNextSend()
    whatsapp.customerSays(chat, bread.question)
    await on.sentTo(chat, 1)
    await on.until(() => on.messages(chat).some(({ author }) => author === 'agent'), 'the reply')
    await on.untilReady()
    await on.until(() => on.outbox().every((state) => state === 'sent'), 'the end of each send')
    await later()
    expect(whatsapp.sentTo(chat)).toHaveLength(1)
    expect(on.conversation(chat)?.mode).toBe('bot')
  })

  it('answers in a chat that the owner began only when the owner says so', async () => {
    const chat = somebody()
    whatsapp.ownerWritesOnPhone(chat, 'Hola, soy Lola de La Espiga')
    whatsapp.customerSays(chat, bread.question)
    await heard(chat, 1)
    await later()
    expect(whatsapp.sentTo(chat)).toEqual([])
    expect(on.conversation(chat)?.mode).not.toBe('bot')
  })

  it('sends what a person writes in the desk, and stays silent itself', async () => {
    const chat = somebody()
    await answered(chat)
    const conversationId = on.conversation(chat)?.id ?? ''
    on.shop.conversations.take('person:lola', conversationId)
    on.shop.conversations.send('person:lola', conversationId, 'Soy Lola, dime.')
    const [, mine] = await on.sentTo(chat, 2)
    expect(mine?.text).toBe('Soy Lola, dime.')
    whatsapp.customerSays(chat, '¿y la miel de azahar?')
    await heard(chat, 2)
    await later()
    expect(whatsapp.sentTo(chat)).toHaveLength(2)
    expect(on.messages(chat).filter(({ author }) => author === 'person')).toHaveLength(1)
  })
})
