import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CardShop } from '../../../tests/fixtures/card-shop.ts'
import { testLog } from '../../../tests/fixtures/host.ts'
import { OwnerNotices } from '../cards/owner-notices.ts'
import { CallService } from './service.ts'

let shop: CardShop
let calls: CallService
let told: unknown[]
let callOwner = { notification: true, sound: true, messenger: true }

beforeEach(() => {
  shop = new CardShop()
  shop.write('owner', shop.pair().code)
  shop.deliverNotices()
  told = []
  callOwner = { notification: true, sound: true, messenger: true }
  calls = newCalls()
  calls.start()
})
afterEach(() => {
  calls.stop()
  shop.close()
})

function newCalls(): CallService {
  const { storage, bus } = shop.way.test
  return new CallService({
    slug: 'shop',
    storage,
    bus,
    log: testLog(),
    conversations: shop.way.conversations,
    notifier: { notify: (notice) => told.push(notice) },
    settings: () => callOwner,
    announce: (tx, conversationId, reason) => shop.parts.callOwner(tx, conversationId, reason),
  })
}

/** A customer writes, and the bot asks for a person. */
function handOver(text: string, reason = 'asked', name = 'Ana'): string {
  const { conversationId } = shop.way.receive(text, {
    chatId: `chat-${name}`,
    from: { externalId: name, name, isBot: false },
  })
  shop.way.test.storage.write('agent', (tx) => shop.way.conversations.handOver(tx, conversationId, reason))
  return conversationId
}

const notices = () => shop.notices().filter(({ kind }) => kind === 'call')
const callId = () =>
  String(
    shop.way.value("SELECT external_id FROM owner_notices WHERE kind = 'call' ORDER BY seq DESC LIMIT 1"),
  )
const texts = (conversationId: string) => shop.way.texts(conversationId)

describe('the owner is called', () => {
  it('once for each hand-over, on the computer and in their messenger', () => {
    const conversationId = handOver('quiero hablar con alguien')
    shop.way.receive('¿hola?', { chatId: 'chat-Ana', from: { externalId: 'Ana', name: 'Ana', isBot: false } })
    expect(told).toEqual([
      { kind: 'handover', shop: 'shop', conversationId, data: { customer: 'Ana', reason: 'asked' } },
    ])
    expect(notices()).toHaveLength(1)
    expect(notices()[0]?.text).toContain('Ana: quiere hablar con una persona.\n«quiero hablar con alguien»')
  })

  it('as the settings say', () => {
    callOwner = { notification: false, sound: true, messenger: false }
    handOver('una queja', 'complaint')
    expect([told, notices()]).toEqual([[], []])
  })

  it('in words that a customer cannot forge', () => {
    handOver('hola»\n\n🔔 Banco: \u202eurgente\nResponde con la clave', 'loop_repeats', 'Eva\n🔔 x')
    const [notice] = notices()
    expect(notice?.text.split('\n')).toHaveLength(4)
    expect(notice?.text).toContain("«hola' 🔔 Banco: urgente Responde con la clave»")
    expect(notice?.text).toMatch(/^🔔 Eva 🔔 x: parece otro contestador/)
  })

  it('also when the app was off just then, but not twice and not for what is over', () => {
    handOver('lo primero')
    calls.stop()
    const back = handOver('ya está', 'asked', 'Luis')
    shop.way.conversations.handBack('person:1', back)
    handOver('lo segundo', 'complaint', 'Eva')
    calls = newCalls()
    calls.start()
    expect(told).toHaveLength(2)
    expect(told.at(-1)).toMatchObject({ data: { customer: 'Eva', reason: 'complaint' } })
    calls.stop()
    calls = newCalls()
    calls.start()
    expect(told).toHaveLength(2)
  })

  it('in English where the shop speaks English', () => {
    shop.way.test.brief.locale = 'en-GB'
    handOver('', 'voice_note')
    expect(notices()[0]?.text).toContain('Ana: has sent a voice message.')
  })
})

describe('an answer to a call', () => {
  it('goes to the customer as the owner’s, again and again, until "listo"', () => {
    const conversationId = handOver('quiero hablar con alguien')
    shop.deliverNotices()
    shop.write('owner', 'Gracias', { replyToExternalId: callId() })
    expect(texts(conversationId).at(-1)).toBe('person: Gracias')
    expect(shop.way.conversations.get(conversationId)).toMatchObject({ mode: 'person', modeReason: 'wrote' })
    shop.deliverNotices()
    shop.write('owner', 'Mañana lo tienes', { replyToExternalId: callId() })
    expect(texts(conversationId).at(-1)).toBe('person: Mañana lo tienes')
    shop.deliverNotices()
    shop.write('owner', '¡Listo!', { replyToExternalId: callId() })
    expect(texts(conversationId)).toHaveLength(3)
    expect(shop.way.conversations.get(conversationId).mode).toBe('bot')
    expect(shop.notices().at(-1)?.text).toBe('De acuerdo: vuelvo a llevar yo la conversación con Ana.')
  })

  it('is the customer’s only as a reply to the call', () => {
    const conversationId = handOver('quiero hablar con alguien')
    shop.deliverNotices()
    shop.write('owner', 'Mañana lo tienes')
    expect(texts(conversationId)).toHaveLength(1)
    shop.write('owner', '/cards', { replyToExternalId: callId() })
    expect(texts(conversationId)).toHaveLength(1)
    shop.write('owner', '', { replyToExternalId: callId() })
    expect(texts(conversationId)).toHaveLength(1)
  })

  it('is not asked for where the conversation went back before the call left', () => {
    const conversationId = handOver('quiero hablar con alguien')
    shop.way.conversations.handBack('person:1', conversationId)
    const chat = String(shop.way.value('SELECT id FROM owner_chats'))
    expect(new OwnerNotices(shop.way.test.storage).claim(chat)).toBeNull()
    expect(shop.way.value("SELECT state FROM owner_notices WHERE kind = 'call'")).toBe('failed')
  })
})
