import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswers } from './answers.ts'
import { checkDefinition } from './checks.ts'
import { computeQuote } from './quote.ts'
import type { Answers, TariffDefinition, TariffElement } from './tariff.ts'

const label = (text: string) => ({ es: text, en: text })
const element = (given: Partial<TariffElement> & Pick<TariffElement, 'key' | 'kind' | 'amount'>) => ({
  label: label(given.key),
  per: null,
  included: 0,
  step: 1,
  when: [],
  ...given,
})

/** Sofa cleaning: a base, so much a seat above two, stains, a floor without lift, ten per cent for two sofas, a least. */
const cleaning: TariffDefinition = {
  inputs: [
    {
      type: 'number',
      key: 'seats',
      label: label('Plazas'),
      question: label('¿Cuántas plazas?'),
      unit: 'plazas',
      min: 1,
      max: 12,
      required: true,
    },
    {
      type: 'choice',
      key: 'fabric',
      label: label('Tela'),
      question: label('¿Qué tela?'),
      options: [
        { value: 'cotton', label: { es: 'Algodón', en: 'Cotton' }, words: ['tela'] },
        { value: 'leather', label: { es: 'Piel', en: 'Leather' }, words: ['cuero'] },
      ],
      required: true,
    },
    {
      type: 'yes_no',
      key: 'home',
      label: label('A domicilio'),
      question: label('¿A domicilio?'),
      required: true,
    },
    {
      type: 'number',
      key: 'km',
      label: label('Distancia'),
      question: label('¿A cuántos km?'),
      unit: 'km',
      min: 0,
      max: 100,
      required: false,
    },
  ],
  elements: [
    element({ key: 'base', kind: 'base', amount: 3000 }),
    element({ key: 'per_seat', kind: 'per_unit', amount: 850, per: 'seats', included: 2 }),
    element({
      key: 'leather',
      kind: 'option',
      amount: 1500,
      when: [{ key: 'fabric', is: 'equals', value: 'leather' }],
    }),
    element({
      key: 'travel',
      kind: 'per_unit',
      amount: 45,
      per: 'km',
      included: 10,
      step: 0.5,
      when: [{ key: 'home', is: 'equals', value: true }],
    }),
    element({
      key: 'big',
      kind: 'percent',
      amount: -1000,
      when: [{ key: 'seats', is: 'at_least', value: 6 }],
    }),
    element({ key: 'least', kind: 'minimum', amount: 4000 }),
  ],
  priceKind: 'exact',
  requirements: [],
  validDays: 15,
  note: label(''),
}

describe('a price built from elements', () => {
  it.each<[string, Answers, number]>([
    ['is lifted to the least', { seats: 2, fabric: 'cotton', home: false }, 4000],
    ['counts what is above what the base includes', { seats: 4, fabric: 'cotton', home: false }, 4700],
    ['adds an option', { seats: 4, fabric: 'leather', home: false }, 6200],
    [
      'rounds up to whole steps',
      { seats: 2, fabric: 'cotton', home: true, km: 32.2 },
      3000 + Math.round(45 * 22.5),
    ],
    ['takes a share of what came before', { seats: 6, fabric: 'cotton', home: false }, 6400 - 640],
  ])('%s', (_, answers, total) => {
    expect(computeQuote(cleaning, answers).total).toBe(total)
  })

  it('asks only for what may still count', () => {
    const missing = (answers: Answers) => computeQuote(cleaning, answers).missing.map(({ key }) => key)
    expect(missing({})).toEqual(['seats', 'fabric', 'home'])
    expect(missing({ seats: 3, fabric: 'cotton', home: true })).toEqual(['km'])
    expect(missing({ seats: 3, fabric: 'cotton', home: false })).toEqual([])
  })

  it('says line by line what it is made of', () => {
    const { lines } = computeQuote(cleaning, { seats: 5, fabric: 'leather', home: true, km: 12 })
    expect(lines.map((line) => [line.label.es, line.quantity, line.unitAmount, line.amount])).toEqual([
      ['base', null, null, 3000],
      ['per_seat', 3, 850, 2550],
      ['leather', null, null, 1500],
      ['travel', 2, 45, 90],
    ])
  })

  const amounts = fc.integer({ min: 0, max: 5_000_000 })
  const elements = fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constantFrom('base' as const, 'option' as const, 'minimum' as const),
        amount: amounts,
      }),
      fc.record({ kind: fc.constant('percent' as const), amount: fc.integer({ min: -10_000, max: 10_000 }) }),
      fc.record({
        kind: fc.constant('per_unit' as const),
        amount: amounts,
        per: fc.constant('seats'),
        included: fc.integer({ min: 0, max: 5 }),
        step: fc.constantFrom(1, 0.5, 0.25, 0.001, 10),
      }),
    ),
    { minLength: 1, maxLength: 12 },
  )

  it('is the sum of its lines, in whole minor units, never below nothing', () => {
    fc.assert(
      fc.property(elements, fc.double({ min: 1, max: 12, noNaN: true }), (given, seats) => {
        const definition = {
          ...cleaning,
          elements: given.map((one, index) => element({ ...one, key: `e${index}` })),
        }
        checkDefinition(definition)
        const { lines, total } = computeQuote(definition, { seats, fabric: 'cotton', home: false })
        const sum = lines.reduce((all, line) => all + line.amount, 0)
        expect(total).toBe(Math.max(0, sum))
        for (const line of lines) expect(Number.isSafeInteger(line.amount)).toBe(true)
        for (const line of lines)
          if (line.quantity !== null && line.unitAmount !== null)
            expect(Math.abs(line.quantity * line.unitAmount - line.amount)).toBeLessThanOrEqual(0.5001)
      }),
    )
  })

  it('costs no less when there is more of it', () => {
    const growing = { ...cleaning, elements: cleaning.elements.filter(({ kind }) => kind !== 'percent') }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11 }), fc.boolean(), (seats, home) => {
        const cost = (count: number) =>
          computeQuote(growing, { seats: count, fabric: 'cotton', home, km: 20 }).total ?? 0
        expect(cost(seats + 1)).toBeGreaterThanOrEqual(cost(seats))
      }),
    )
  })
})

describe('answers', () => {
  it('are read as people write them', () => {
    const { answers, refused } = readAnswers(cleaning, {
      seats: '3',
      fabric: 'Cuero',
      home: 'sí',
      km: '12,5',
    })
    expect(answers).toEqual({ seats: 3, fabric: 'leather', home: true, km: 12.5 })
    expect(refused).toEqual([])
  })

  it('in thousands are thousands, not three decimals', () => {
    const definition = {
      ...cleaning,
      inputs: cleaning.inputs.map((input) => (input.type === 'number' ? { ...input, max: null } : input)),
    }
    const km = (text: string) => readAnswers(definition, { km: text }).answers.km
    expect(['1.500', '1,500', '12.000.000', '0,125', '1500', '2.25'].map(km)).toEqual([
      1_500,
      1_500,
      undefined,
      0.125,
      1_500,
      2.25,
    ])
  })

  it('that do not fit are refused with the reason', () => {
    const { answers, refused } = readAnswers(cleaning, {
      seats: 40,
      fabric: 'lana',
      home: 'quizá',
      km: 'lejos',
      x: 1,
    })
    expect(answers).toEqual({})
    expect(refused).toEqual([
      { key: 'seats', issue: 'too_high' },
      { key: 'fabric', issue: 'no_such_option' },
      { key: 'home', issue: 'not_yes_or_no' },
      { key: 'km', issue: 'not_a_number' },
      { key: 'x', issue: 'unknown' },
    ])
  })
})

describe('a definition', () => {
  it.each<[string, Partial<TariffDefinition>, string]>([
    ['with an element twice', { elements: [...cleaning.elements, ...cleaning.elements] }, 'elements.6.key'],
    [
      'that multiplies with a choice',
      { elements: [element({ key: 'a', kind: 'per_unit', amount: 1, per: 'fabric' })] },
      'elements.0.per',
    ],
    [
      'with a condition on nothing',
      {
        elements: [
          element({
            key: 'a',
            kind: 'base',
            amount: 1,
            when: [{ key: 'colour', is: 'equals', value: 'red' }],
          }),
        ],
      },
      'elements.0.when.0.key',
    ],
    [
      'with an option that is not there',
      {
        elements: [
          element({
            key: 'a',
            kind: 'base',
            amount: 1,
            when: [{ key: 'fabric', is: 'equals', value: 'silk' }],
          }),
        ],
      },
      'elements.0.when.0.value',
    ],
  ])('%s is refused', (_, changes, path) => {
    expect(() => checkDefinition({ ...cleaning, ...changes })).toThrow(
      expect.objectContaining({ code: 'tariff.invalid', data: expect.objectContaining({ path }) }),
    )
  })
})
