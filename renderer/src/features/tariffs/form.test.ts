import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TariffDefinition, tariffDefinitionSchema } from '../../../../preload/contract/tariffs.ts'
import { definitionOf, keyFor } from './definition.ts'
import { editableFigure, parseFigure } from './figures.ts'
import { conditionOn, emptyElement, emptyInput, formOf, type TariffForm, untranslated } from './form.ts'
import { fieldOf, problemsOf } from './problems.ts'
import { startingForm, startKinds } from './starts.ts'

const money = { currency: 'EUR', locale: 'es-ES' }
const label = (text: string) => ({ es: text, en: '' })

const cleaning: TariffDefinition = {
  inputs: [
    {
      type: 'number',
      key: 'seats',
      label: label('Plazas'),
      question: label('¿Cuántas?'),
      unit: 'plazas',
      min: 1,
      max: null,
      required: true,
    },
    {
      type: 'choice',
      key: 'fabric',
      label: label('Tela'),
      question: label('¿Qué tela?'),
      options: [
        { value: 'cotton', label: { es: 'Algodón', en: 'Cotton' }, words: ['tela'] },
        { value: 'leather', label: { es: 'Piel', en: 'Leather' }, words: [] },
      ],
      required: false,
    },
    {
      type: 'yes_no',
      key: 'home',
      label: label('Domicilio'),
      question: label('¿A domicilio?'),
      required: true,
    },
  ],
  elements: [
    {
      key: 'base',
      label: label('Base'),
      kind: 'base',
      amount: 3000,
      per: null,
      included: 0,
      step: 1,
      when: [],
    },
    {
      key: 'seat',
      label: label('Plaza'),
      kind: 'per_unit',
      amount: 850,
      per: 'seats',
      included: 2,
      step: 0.5,
      when: [
        { key: 'home', is: 'equals', value: false },
        { key: 'fabric', is: 'not_equals', value: 'leather' },
        { key: 'seats', is: 'more_than', value: 2.5 },
      ],
    },
    {
      key: 'big',
      label: label('Grande'),
      kind: 'percent',
      amount: -1050,
      per: null,
      included: 0,
      step: 1,
      when: [],
    },
  ],
  priceKind: 'from',
  requirements: [label('Fotos')],
  validDays: 20,
  note: label(''),
}

const filled = (form: TariffForm): TariffForm => ({
  ...form,
  inputs: form.inputs.map((input) => ({ ...input, label: label('Nombre'), question: label('¿Cuánto?') })),
  elements: form.elements.map((element) => ({ ...element, label: label('Nombre'), amount: '10' })),
})

describe('a tariff on the screen', () => {
  it('comes back as it was', () => {
    const form = formOf(cleaning, money)
    expect(form.elements[2]).toMatchObject({ sign: 'subtract', amount: '10,5' })
    expect(problemsOf(form, money)).toEqual({})
    expect(definitionOf(form, money)).toEqual(cleaning)
  })

  it('keeps its references while names change and makes keys only for what is new', () => {
    const form = formOf(cleaning, money)
    const fresh = { ...emptyInput('number'), label: label('Plazas'), question: label('¿Y fuera?') }
    const definition = definitionOf(
      {
        ...form,
        inputs: [fresh, ...form.inputs.map((input) => ({ ...input, label: label('Otra cosa') }))],
        elements: [
          ...form.elements,
          { ...emptyElement('per_unit'), label: label('Fuera'), amount: '2', per: fresh.id },
        ],
      },
      money,
    )
    expect(definition.inputs.map(({ key }) => key)).toEqual(['plazas', 'seats', 'fabric', 'home'])
    expect(definition.elements.map(({ per }) => per)).toEqual([null, 'seats', null, 'plazas'])
    expect(tariffDefinitionSchema.parse(definition)).toEqual(definition)
  })

  it.each(startKinds)('starts from "%s" with nothing missing but amounts and names', (kind) => {
    const form = startingForm(kind)
    const problems = problemsOf(form, money)
    expect(Object.keys(problems).filter((path) => !/\.(?:amount|label\.e[sn])$/.test(path))).toEqual([])
    // A figure that nobody chose must not be quoted.
    expect(Object.keys(problems).filter((path) => path.endsWith('.amount'))).toHaveLength(
      form.elements.length,
    )
    expect(untranslated(form, 'en')).toBe(0)
    const definition = definitionOf({ ...form, elements: filled(form).elements, inputs: form.inputs }, money)
    expect(tariffDefinitionSchema.parse(definition)).toEqual(definition)
  })

  it('guesses a condition that can be kept', () => {
    const form = formOf(cleaning, money)
    const [, fabric, home] = form.inputs
    expect(conditionOn(fabric)).toMatchObject({ is: 'equals', value: 'cotton' })
    expect(conditionOn(home)).toMatchObject({ is: 'equals', value: 'yes' })
  })

  it('counts what is not translated', () => {
    expect(untranslated(formOf(cleaning, money), 'en')).toBe(3 + 3 + 3 + 1)
    expect(untranslated(formOf(cleaning, money), 'es')).toBe(0)
  })
})

describe('what cannot be saved', () => {
  it('is named field by field, in the order of the screen', () => {
    const form = formOf(cleaning, money)
    const [seats, fabric, home] = form.inputs
    const [base, seat, big] = form.elements
    if (seats === undefined || fabric === undefined || home === undefined) throw new Error('three questions')
    if (base === undefined || seat === undefined || big === undefined) throw new Error('three elements')
    const twice = { ...fabric, options: fabric.options.map((one) => ({ ...one, label: label('Piél') })) }
    const problems = problemsOf(
      {
        ...form,
        inputs: [{ ...seats, question: label(' '), min: '3', max: '2' }, twice],
        elements: [
          { ...base, amount: 'gratis' },
          { ...seat, per: 'home', step: '0', included: '-1' },
          { ...big, amount: '5000' },
        ],
        validDays: '0',
        requirements: [{ id: 'r', label: label('') }],
      },
      money,
    )
    expect(problems).toEqual({
      'inputs.0.question.es': 'question',
      'inputs.0.question.en': 'question',
      'inputs.0.max': 'min_max',
      'inputs.1.options.1.label.es': 'option_twice',
      'elements.0.amount': 'amount',
      'elements.1.per': 'per',
      'elements.1.included': 'figure',
      'elements.1.step': 'step',
      // The question about the home is gone: nothing is counted silently because of that.
      'elements.1.when.0.input': 'input',
      'elements.2.amount': 'percent',
      validDays: 'days',
      'requirements.0.label.es': 'label',
      'requirements.0.label.en': 'label',
    })
    expect(Object.keys(problems)[0]).toBe('inputs.0.question.es')
  })

  it('is found where the app refuses it', () => {
    expect(fieldOf('inputs.2.question')).toBe('inputs.2.question')
    expect(fieldOf('elements.1.key')).toBe('elements.1.label')
    expect(fieldOf('elements.1.when.3.key')).toBe('elements.1.when.3.input')
    expect(fieldOf('elements.0.when.0.value')).toBe('elements.0.when.0.value')
    expect(fieldOf('priceKind')).toBeNull()
  })

  it('never gets past the contract when the form has no problem', () => {
    const text = fc.constantFrom('', 'Metros', '¿?', '1', 'ñandú', '   ')
    fc.assert(
      fc.property(
        fc.array(fc.record({ es: text, en: text }), { maxLength: 6 }),
        fc.array(fc.constantFrom('', '0', '12,5', '-3', '1.234', 'x'), { minLength: 1, maxLength: 6 }),
        (labels, amounts) => {
          const form: TariffForm = {
            ...startingForm('blank'),
            inputs: labels.map((each) => ({ ...emptyInput('number'), label: each, question: each })),
            elements: amounts.map((amount, index) => ({
              ...emptyElement('base'),
              label: labels[index] ?? label('x'),
              amount,
            })),
          }
          if (Object.keys(problemsOf(form, money)).length > 0) return
          const definition = definitionOf(form, money)
          expect(tariffDefinitionSchema.parse(definition)).toEqual(definition)
          const keys = definition.inputs.map(({ key }) => key)
          expect(new Set(keys).size).toBe(keys.length)
        },
      ),
    )
  })
})

describe('keys', () => {
  it.each([
    ['Metros cuadrados', 'metros_cuadrados'],
    ['¿Año?', 'ano'],
    ['2 manos', 'manos'],
    ['日本', 'question'],
  ])('%s → %s', (name, key) => {
    expect(keyFor(name, 'question', new Set())).toBe(key)
  })

  it('are never given twice', () => {
    expect(keyFor('Tela', 'question', new Set(['tela', 'tela_2']))).toBe('tela_3')
  })
})

describe('figures', () => {
  it('are read in both ways of writing', () => {
    expect(parseFigure('2,5')).toBe(2.5)
    expect(parseFigure('2.5')).toBe(2.5)
    expect(parseFigure('-2')).toBeNull()
    expect(editableFigure(1234.5, 'es-ES')).toBe('1234,5')
    expect(editableFigure(null, 'es-ES')).toBe('')
  })
})
