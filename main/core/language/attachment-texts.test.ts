import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachmentText, withAttachments } from './attachment-texts.ts'

describe('what came along with a message, in words', () => {
  it.each([
    ['es', { kind: 'photo' }, '[foto]'],
    ['es', { kind: 'voice' }, '[nota de voz]'],
    ['es', { kind: 'location' }, '[ubicación]'],
    ['es', { kind: 'document', name: 'factura.pdf' }, '[documento: factura.pdf]'],
    ['en', { kind: 'document', name: 'invoice.pdf' }, '[document: invoice.pdf]'],
    ['en', { kind: 'voice', understood: 'two loaves, please' }, '[voice note: two loaves, please]'],
    ['en', { kind: 'hologram' }, '[file]'],
  ] as const)('in %s', (language, attachment, text) => {
    expect(attachmentText(language, attachment)).toBe(text)
  })

  it('stands before the message’s words; a sticker’s emoji says enough', () => {
    expect(withAttachments('es', '¿tenéis este?', [{ kind: 'photo' }])).toBe('[foto]\n¿tenéis este?')
    expect(withAttachments('es', '👍', [{ kind: 'sticker' }])).toBe('👍')
    expect(withAttachments('es', '', [{ kind: 'sticker' }])).toBe('[sticker]')
  })

  it('is one line in one pair of brackets, whatever a file is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.boolean(), (name, isRead) => {
        const given = isRead ? { kind: 'photo', understood: name } : { kind: 'document', name }
        const text = attachmentText('es', given)
        expect(text.startsWith('[') && text.endsWith(']')).toBe(true)
        expect(text.slice(1, -1)).not.toMatch(/[[\]\p{Cc}\p{Zl}\p{Zp}]/u)
        if (!isRead) expect(text.length).toBeLessThanOrEqual(100)
      }),
    )
  })
})
