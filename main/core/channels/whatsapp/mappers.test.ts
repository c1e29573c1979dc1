import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withMutant } from '../../mutants.ts'
import { type LibraryMessage, readLibraryMessage } from './library-message.ts'
import { isWanted, phoneDigits, toInbound } from './mappers.ts'
import { inboundSchema } from './protocol.ts'

const me = { name: 'La Tienda', phoneId: '5491155550000@c.us', lid: '900000000000001@lid' }
const chat = '5491144440001@c.us'
const group = '120363000000000001@g.us'

function read(raw: Record<string, unknown>): LibraryMessage {
  const id = { fromMe: false, remote: chat, id: 'ABC', _serialized: `false_${chat}_ABC` }
  const message = readLibraryMessage({
    id,
    type: 'chat',
    t: 1_700_000_000,
    from: chat,
    to: me.phoneId,
    ...raw,
  })
  if (message === null) throw new Error('not read')
  return message
}

const map = (raw: Record<string, unknown>) => toInbound(read(raw), { me, sender: null, missed: false })

describe('ids', () => {
  it('are whole under any of their names', () => {
    const id = { fromMe: false, remote: { _serialized: group }, id: 'ABC', participant: chat }
    const whole = `false_${group}_ABC_${chat}`
    expect(map({ id: { ...id, _serialized: whole } }).externalId).toBe(whole)
    expect(map({ id: { ...id, $1: whole } }).externalId).toBe(whole)
    expect(map({ id }).externalId).toBe(whole)
  })

  it('of an answered message are put together as the site does', () => {
    expect(map({ quotedStanzaID: 'Q', quotedParticipant: chat }).replyToExternalId).toBe(`false_${chat}_Q`)
    expect(map({ quotedStanzaID: 'Q', quotedParticipant: me.lid }).replyToExternalId).toBe(`true_${chat}_Q`)
  })

  it('of a LID never become a phone', async () => {
    expect(phoneDigits('5491144440001@c.us')).toBe('5491144440001')
    expect(phoneDigits('5491144440001:12@s.whatsapp.net')).toBe('5491144440001')
    const ofLid = () => phoneDigits('100000000000001@lid')
    expect(ofLid()).toBeNull()
    expect(await withMutant('whatsapp.lid_is_no_phone', ofLid)).toBe('100000000000001')
    const remote = '100000000000001@lid'
    const from = map({ id: { fromMe: false, remote, id: 'A' } }).from
    expect(from).toEqual({ externalId: remote, name: 'WhatsApp', isBot: false })
  })
})

describe('words', () => {
  it('are a caption where there is a file, never the picture in the body', () => {
    const picture = { type: 'image', body: '/9j/4AAQ', caption: 'mirá', mimetype: 'image/jpeg' }
    expect(map(picture)).toMatchObject({ text: 'mirá', attachments: [{ kind: 'photo' }] })
    expect(map({ type: 'image', body: '/9j/4AAQ' }).text).toBe('')
    expect(map({ type: 'location', body: '/9j/', lat: 1, lng: 2 })).toMatchObject({
      text: '',
      attachments: [{ kind: 'location', reference: { latitude: 1, longitude: 2 } }],
    })
  })

  it('of cards and unknown kinds are not lost silently', () => {
    expect(map({ type: 'vcard', body: 'BEGIN:VCARD', vcardFormattedName: 'Beto' })).toMatchObject({
      text: '',
      attachments: [{ kind: 'other', mime: 'text/vcard', name: 'Beto' }],
    })
    expect(map({ type: 'something_new' }).attachments).toMatchObject([{ kind: 'other' }])
    expect(map({ type: 'poll_creation', pollName: '¿Cuál?' })).toMatchObject({
      text: '¿Cuál?',
      attachments: [],
    })
  })

  it('that are nobody’s are not told', () => {
    for (const type of ['e2e_notification', 'revoked', 'ciphertext', 'protocol', 'call_log', 'reaction']) {
      expect(isWanted(read({ type }), true)).toBe(false)
    }
    const of = (remote: string) => read({ id: { fromMe: false, remote, id: 'A' } })
    expect(isWanted(of('status@broadcast'), true)).toBe(false)
    expect(isWanted(of('120363000000000009@newsletter'), true)).toBe(false)
    expect(isWanted(of(group), false)).toBe(false)
    expect(isWanted(of(group), true)).toBe(true)
    expect(isWanted(of(chat), false)).toBe(true)
  })
})

describe('groups', () => {
  const id = { fromMe: false, remote: group, id: 'A', participant: chat }

  it('speak to the account by mention or answer, under either of its names', () => {
    const addressed = (raw: Record<string, unknown>) => map({ id, author: chat, ...raw }).addressed
    expect(addressed({})).toBe(false)
    expect(addressed({ mentionedJidList: [me.phoneId] })).toBe(true)
    expect(addressed({ mentionedJidList: [{ _serialized: me.lid }] })).toBe(true)
    expect(addressed({ quotedStanzaID: 'Q', quotedParticipant: me.phoneId })).toBe(true)
    expect(addressed({ mentionedJidList: [chat], quotedStanzaID: 'Q', quotedParticipant: chat })).toBe(false)
  })
})

describe('what the page says', () => {
  it('is read or left out, and what is read follows the protocol', () => {
    const value = fc.oneof(fc.jsonValue(), fc.string(), fc.constant(undefined))
    const field = fc.constantFrom(
      ...[
        'body',
        'caption',
        'notifyName',
        'size',
        'lat',
        'lng',
        'loc',
        'filename',
        'mimetype',
        'type',
        't',
        'from',
      ],
      ...['to', 'author', 'quotedStanzaID', 'quotedParticipant', 'mentionedJidList', 'protocolMessageKey'],
    )
    fc.assert(
      fc.property(fc.dictionary(field, value), (strange) => {
        const id = { fromMe: false, remote: chat, id: 'ABC' }
        const message = readLibraryMessage({ id, type: 'chat', t: 1, ...strange })
        if (message === null) return
        const told = toInbound(message, { me, sender: null, missed: true })
        expect(inboundSchema.safeParse(told).success).toBe(true)
      }),
    )
    expect(readLibraryMessage(null)).toBeNull()
    expect(readLibraryMessage({ id: 'x' })).toBeNull()
  })
})
