import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base, fold, stem, words } from './text.ts'
import { vectorOf } from './vectors.ts'

test('folds accents and case', () => {
  expect(fold('LÁMPARA Ñandú Größe')).toBe('lampara nandu grosse')
})

test('joins a number with its unit and inches', () => {
  expect(words('64 GB, 1,5 litros y 17"')).toEqual(['64gb', '1.5l', 'y', '17in'])
  expect(words('150 x 190 cm')).toEqual(['150x190', 'cm'])
})

test('tells the drink from the pronoun', () => {
  expect(words('té y te verde, ¿te queda?')).toEqual(['tea', 'y', 'tea', 'verde', 'te', 'queda'])
})

test.each([
  ['balones', 'balon'],
  ['lápices', 'lápiz'],
  ['knives', 'knife'],
  ['scarves', 'scarf'],
  ['batteries', 'battery'],
  ['dresses', 'dress'],
  ['sartenes', 'sartén'],
])('%s and %s have one base', (plural, singular) => {
  expect(base(fold(plural))).toBe(base(fold(singular)))
})

test('the base keeps gender, the stem does not', () => {
  expect(base('bolsa')).not.toBe(base('bolso'))
  expect(stem('rojas')).toBe(stem('rojo'))
})

test('vectors have length 1, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const vector = vectorOf(text, 512)
      if (vector === null) return
      expect(Math.hypot(...vector)).toBeCloseTo(1, 4)
    }),
  )
})
