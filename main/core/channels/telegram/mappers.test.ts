import { readFileSync } from 'node:fs'
import type { Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { type InboundEvent, toInbound } from './mappers.ts'

/** Updates in the shapes that Telegram sent, with invented people. */
const recorded: Record<string, Update> = JSON.parse(
  readFileSync(new URL('./recorded/updates.json', import.meta.url), 'utf8'),
)

function map(name: string): InboundEvent | null {
  const update = recorded[name]
  if (update === undefined) throw new Error(`no recorded update ${name}`)
  return toInbound(update)
}

function message(name: string) {
  const event = map(name)
  if (event?.type !== 'message') throw new Error(`${name} is no message`)
  return event.message
}

describe('toInbound', () => {
  it('maps a text with its sender', () => {
    expect(message('text')).toEqual({
      chatId: '90210',
      chatKind: 'private',
      externalId: '41',
      from: { externalId: '90210', name: 'Ana Ruiz', username: 'anaruiz', isBot: false, languageCode: 'es' },
      sentAt: Date.parse('2026-03-02T10:00:00Z'),
      text: '¿hacen envíos?',
      attachments: [],
      own: false,
    })
  })

  it('takes the start button for a greeting in the customer’s language', () => {
    expect(message('start').text).toBe('Hello')
    const { message: start } = recorded.start ?? {}
    if (start?.from === undefined) throw new Error('no recorded start')
    // A recorded update with another text: the shape is the same.
    const pressed = (text: string, language_code?: string) =>
      toInbound({
        update_id: 1,
        message: { ...start, text, from: { ...start.from, language_code } },
      } as Update)
    expect(pressed('/start')).toMatchObject({ message: { text: 'Hola' } })
    expect(pressed('/start', 'es-AR')).toMatchObject({ message: { text: 'Hola' } })
    expect(pressed('/start', 'de')).toMatchObject({ message: { text: 'Hello' } })
    expect(pressed('/start con dos panes')).toMatchObject({ message: { text: '/start con dos panes' } })
  })

  it('knows whether a group speaks to the bot', () => {
    const bot = { id: '77', username: 'tienda_bot' }
    const chat = { id: -100, type: 'group', title: 'Vecinos' }
    const said = (values: object) => {
      const { message: text } = recorded.text ?? {}
      // A recorded message in another chat: the shape is the same.
      const event = toInbound({ update_id: 1, message: { ...text, chat, ...values } } as Update, bot)
      return event?.type === 'message' ? event.message.addressed : undefined
    }
    expect(said({ text: 'hola a todos' })).toBe(false)
    expect(said({ text: '@Tienda_Bot hola', entities: [{ type: 'mention', offset: 0, length: 11 }] })).toBe(
      true,
    )
    expect(said({ text: '@otro_bot hola', entities: [{ type: 'mention', offset: 0, length: 9 }] })).toBe(
      false,
    )
    expect(
      said({ text: '/precio@tienda_bot', entities: [{ type: 'bot_command', offset: 0, length: 18 }] }),
    ).toBe(true)
    expect(said({ text: '¿y té?', reply_to_message: { chat, message_id: 1, from: { id: 77 } } })).toBe(true)
    expect(said({ text: '¿y té?', reply_to_message: { chat, message_id: 1, from: { id: 78 } } })).toBe(false)
    expect(message('text').addressed).toBeUndefined()
  })

  it('keeps what a message replies to', () => {
    expect(message('reply')).toMatchObject({ text: 'el segundo', replyToExternalId: '42' })
  })

  it('takes the largest size of a photo, with its caption', () => {
    expect(message('photo')).toMatchObject({ text: '¿tienen este?' })
    expect(message('photo').attachments).toEqual([
      {
        kind: 'photo',
        mime: 'image/jpeg',
        size: 80511,
        reference: { fileId: 'AgACLarge', fileUniqueId: 'AQADl' },
      },
    ])
  })

  it.each([
    ['document', { kind: 'document', mime: 'application/pdf', name: 'pedido.pdf', size: 30122 }, ''],
    ['voice', { kind: 'voice', mime: 'audio/ogg', size: 29011 }, ''],
    ['sticker', { kind: 'sticker', mime: 'application/gzip' }, '👍'],
    ['animation', { kind: 'video', mime: 'video/mp4', name: 'hi.mp4' }, ''],
    ['location', { kind: 'location', reference: { latitude: 40.416775, longitude: -3.70379 } }, ''],
    ['venue', { kind: 'location' }, 'Mi casa\nCalle Mayor 1'],
  ])('maps a %s', (name, attachment, text) => {
    expect(message(name).attachments).toHaveLength(1)
    expect(message(name)).toMatchObject({ text, attachments: [attachment] })
  })

  it('takes the phone from a contact that is the sender’s own', () => {
    expect(message('contact')).toMatchObject({
      text: 'Ana Ruiz +34600111222',
      from: { phone: '+34600111222' },
    })
  })

  it('maps an edit of text or caption, and no edit of a place', () => {
    expect(map('edited')).toEqual({
      type: 'edit',
      edit: { chatId: '90210', externalId: '44', text: '¿tienen este en azul?', at: 1772445790000 },
    })
    expect(map('moved')).toBeNull()
  })

  it('tells groups, bots and anonymous senders; a topic is no reply', () => {
    expect(message('group')).toMatchObject({
      chatId: '-1001234567890',
      chatKind: 'group',
      chatName: 'Vecinos',
      from: { isBot: true },
    })
    expect(message('group')).not.toHaveProperty('replyToExternalId')
    expect(message('anonymous').from).toMatchObject({
      externalId: '-1001234567890',
      name: 'Vecinos',
      isBot: false,
    })
  })

  it('takes nothing from what says nothing', () => {
    expect(map('joined')).toBeNull()
    expect(toInbound({ update_id: 1 })).toBeNull()
  })
})
