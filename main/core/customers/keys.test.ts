import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emailKey, nationalIdKey, phoneKey, searchTerms, searchTextOf } from './keys.ts'

describe('a phone', () => {
  it.each([
    ['600 111 222', 'ES', '34600111222'],
    ['+34 600-11-12-22', 'MX', '34600111222'],
    ['0034600111222', 'ES', '34600111222'],
    ['34600111222', 'ES', '34600111222'],
    ['(55) 1234 5678', 'MX', '525512345678'],
    ['+52 1 55 1234 5678', 'ES', '525512345678'],
    ['11 15-2345-6789', 'AR', '5491123456789'],
    ['(415) 555-2671', 'US', '14155552671'],
    ['07700 900123', 'GB', '447700900123'],
    ['300 1234567', 'CO', '573001234567'],
  ])('%s in %s is %s', (typed, country, key) => expect(phoneKey(typed, country)).toBe(key))

  it('that no country knows keeps its digits; too few are none', () => {
    expect(phoneKey('123 456 7', 'ES')).toBe('1234567')
    expect(phoneKey('12 34', 'ES')).toBeNull()
    expect(phoneKey('hola', 'ES')).toBeNull()
    expect(phoneKey(null, 'ES')).toBeNull()
    expect(phoneKey('600111222', 'XX')).toBe('600111222')
  })

  it('never throws, and its key is the key of its key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        const key = phoneKey(typed, 'ES')
        expect(key === null || /^\d{6,}$/.test(key)).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 600_000_000, max: 799_999_999 }), (number) => {
        const key = phoneKey(String(number), 'ES')
        expect(phoneKey(`+${key}`, 'MX')).toBe(key)
      }),
    )
  })
})

it('e-mails and national ids compare without case, blanks and signs', () => {
  expect(emailKey('  Ana@Example.ORG ')).toBe('ana@example.org')
  expect(emailKey('ana')).toBeNull()
  expect(nationalIdKey('12.345.678-z')).toBe('12345678Z')
  expect(nationalIdKey('-')).toBeNull()
})

describe('what is looked for', () => {
  const text = searchTextOf(
    {
      names: ['María José Núñez', 'Pepi', 'pepi_n'],
      phones: ['600 111 222'],
      emails: ['Maria.Jose@example.org'],
      nationalIds: ['12.345.678-Z'],
    },
    'ES',
  )
  const finds = (typed: string) => {
    const { words, compact } = searchTerms(typed)
    return (
      compact !== '' &&
      (words.every((word) => text.includes(word)) || text.replaceAll(' ', '').includes(compact))
    )
  }

  it.each([
    'maria',
    'MARÍA NUNEZ',
    'mariajose',
    'núñez',
    '600111',
    '600 11 12',
    '+34 600 111 222',
    '0034600111222',
    '1112',
    'maria.jose@example.org',
    'example.org',
    '12345678z',
    '12.345.678-Z',
    'pepi_n',
  ])('%s is found', (typed) => expect(finds(typed)).toBe(true))

  it.each(['marta', '699', 'maria perez', '…'])('%s is not', (typed) => expect(finds(typed)).toBe(false))
})
