import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkReply } from './gate.ts'
import { type Scene, scenes } from './gate-drafts.fixture.ts'

const scene = scenes.find(({ name }) => name === 'Spanish prices') as Scene

function check(text: string, customerTexts: readonly string[] = scene.customer) {
  const { shop, language, facts } = scene
  return checkReply({ shop, language, facts, text, customerTexts, mentions: () => [] })
}

describe('figures in disguise', () => {
  const disguised = [
    ['wide digits', 'El té verde cuesta ９,９０ €.'],
    ['Arabic digits', 'El té verde cuesta ٩,٩٠ €.'],
    ['Devanagari digits', 'El té verde cuesta ९ €.'],
    ['mathematical digits', 'El té verde cuesta 𝟗,𝟗𝟎 €.'],
    ['zero-width characters', 'El té verde cuesta 9\u200b,\u200b90 €.'],
    ['a soft hyphen', 'El té verde cuesta 9\u00ad,90 €.'],
    ['marks of direction', 'El té verde cuesta \u202e9,90\u202c €.'],
    ['isolates', 'El té verde cuesta \u20669,90\u2069 €.'],
    ['a letter for a zero', 'El té verde cuesta 1O €.'],
    ['a Cyrillic letter for a zero', 'El té verde cuesta 1О €.'],
    ['a letter for a one', 'El té verde cuesta l0 €.'],
    ['the sign before', 'El té verde: €9,90'],
    ['the sign without a space', 'El té verde a 9,90€'],
    ['a diminutive', 'El té verde sale en 9 euritos.'],
    ['bold', 'El té verde cuesta *9*,*90* €.'],
    ['struck out', 'El té verde cuesta ~12,90~ 9,90 €.'],
    ['a table', '| Producto | Precio |\n|---|---|\n| Té verde sencha 100 g | 9,90 € |'],
    ['words', 'El té verde cuesta nueve con noventa.'],
    ['letters apart', 'El té verde cuesta d i e z euros.'],
    ['a break in the number', 'El té verde cuesta 1\n0 €.'],
    ['a break before the sign', 'El té verde cuesta 9,90\n€.'],
    ['German', 'Der grüne Tee kostet 9,90 €.'],
    ['French', 'Le thé vert coûte 9,90 €.'],
    ['Portuguese', 'O chá verde custa 9,90 €.'],
    ['Chinese', '绿茶的价格是 9,90 €。'],
    ['Russian', 'Зелёный чай стоит 9,90 €.'],
    ['a currency of another country', 'El té verde cuesta 12,90 US$.'],
    ['no currency', 'El té verde cuesta 9,90'],
    ['brackets', 'Té verde (9,90 €)'],
    ['an equation', 'Té verde = 9,90 €'],
  ] as const
  for (const [name, text] of disguised) {
    it(`refuses a false price with ${name}`, () => {
      expect(check(text).ok).toBe(false)
    })
  }

  it('lets the true one pass in the same clothes', () => {
    const texts = [
      'El té verde cuesta １２,９０ €.',
      'El té verde cuesta 12\u200b,90 €.',
      'El té verde: €12,90',
      'El té verde a 12,90€',
      'El té verde cuesta *12,90 €*.',
    ]
    expect(texts.filter((text) => !check(text).ok)).toEqual([])
  })
})

const parts = fc.constantFrom(
  'El té verde cuesta 12,90 €',
  'y',
  ', ',
  '.\n',
  ' 5 ',
  '€',
  '$',
  '1.299,50',
  'gratis',
  'quedan 3',
  'te lo aparto',
  '((((',
  '————',
  'a a a a a a',
  '9'.repeat(40),
  ',,,,....',
  '\u202e',
  '👍🏽',
  '١٢٣',
  'mil mil mil',
  'veinte y dos',
  '| | |',
  '@@',
  'http://',
  '3 × ',
  '14:30',
)
/** Texts as a model gone wrong may write them. */
const broken = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(parts, { maxLength: 60 }).map((items) => items.join(' ')),
)

describe('any text', () => {
  it('is judged without an exception, and the same each time', () => {
    fc.assert(
      fc.property(broken, fc.array(broken, { maxLength: 2 }), (text, customer) => {
        expect(check(text, customer)).toEqual(check(text, customer))
      }),
      { numRuns: 150 },
    )
  })

  it('costs findings in proportion to its length, however long it is', () => {
    const lie = 'El té verde cuesta 9,90 €.'
    const findings = (times: number) =>
      check(Array.from({ length: times }, () => lie).join('\n')).findings.length
    expect(findings(400)).toBe(10 * findings(40))
  })

  for (const [name, unit] of [
    ['spaces', ' '],
    ['digits', '7'],
    ['commas in a number', '1,'],
    ['words of a name', 'té '],
    ['joined clauses', 'té y '],
    ['brackets', '('],
    ['phone-like groups', '12 '],
    ['number words', 'mil '],
    ['single letters', 'a '],
    ['dashes', '- '],
    ['at signs', 'a@'],
    ['dots', 'a.'],
  ] as const) {
    it(`ends on ten thousand characters of ${name}`, () => {
      expect(check(unit.repeat(Math.ceil(10_000 / unit.length))).findings).toBeDefined()
    }, 20_000)
  }
})
