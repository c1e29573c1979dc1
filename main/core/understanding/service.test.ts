import fc from 'fast-check'
import { expect, test } from 'vitest'
import { soundKey, tokenise, typoDistance } from './normalise.ts'
import { decimalOf } from './numbers.ts'
import { sameOption } from './options.ts'
import { understand } from './service.ts'

const intents = (text: string) => understand(text).requests.map((request) => request.intent)

test('several requests of one message are told apart', () => {
  expect(intents('hola teneis el gorro de lana? cuanto cuesta y aceptais bizum?')).toEqual([
    'search',
    'price',
    'payment',
  ])
  expect(intents('how much is the apron, do you ship to Leeds and can I pay with paypal?')).toEqual([
    'price',
    'delivery',
    'payment',
  ])
  expect(intents('ponme un cojín, dos farolillos y unos guantes')).toEqual(['add', 'add', 'add'])
})

test.each([
  ['ponme media docena de velas', 6],
  ['un par de tazas por favor', 2],
  ['dame dos docenas de huevos', 24],
  ['I will take a dozen candles', 12],
  ['quiero dos pares de calcetines', 2],
])('%s', (text, quantity) => {
  expect(understand(text).requests[0]?.quantity?.value).toBe(quantity)
})

test.each([
  ['algo por menos de 20 euros', { min: null, max: 20 }],
  ['anything under £15', { min: null, max: 15 }],
  ['entre 10 y 30 €', { min: 10, max: 30 }],
  ['que no pase de 50 mil', { min: null, max: 50_000 }],
])('%s', (text, budget) => {
  expect(understand(text).requests.find((request) => request.budget !== null)?.budget).toEqual(budget)
})

test.each([
  ['¿tenés mates?', 'es', 'vos'],
  ['disculpe, ¿me puede decir el precio?', 'es', 'usted'],
  ['oye, ¿tienes tazas?', 'es', 'tu'],
  ['do you have mugs?', 'en', null],
] as const)('%s is in %s', (text, language, form) => {
  expect(understand(text)).toMatchObject({ language, formOfAddress: form })
})

test('places, pointers and sizes are found', () => {
  expect(understand('la segunda').requests[0]?.ordinals).toEqual([2])
  expect(understand('quiero tres de esas').requests[0]).toMatchObject({
    deictic: 'this',
    quantity: { value: 3 },
  })
  expect(understand('la de 500 g').requests[0]?.options).toEqual(['500 g'])
  expect(sameOption('roja', 'rojo')).toBe(true)
  expect(sameOption('red', 'rojo')).toBe(true)
  expect(sameOption('grises', 'gris')).toBe(true)
  expect(sameOption('blanquitas', 'blanco')).toBe(true)
  expect(sameOption('azul', 'gris')).toBe(false)
})

test('amounts are read as people write them', () => {
  expect([decimalOf('12,90'), decimalOf('12.900'), decimalOf('1,299.00'), decimalOf('50')]).toEqual([
    12.9, 12900, 1299, 50,
  ])
})

test('misspelt words sound or look like themselves', () => {
  expect(soundKey('kiero')).toBe(soundKey('quiero'))
  expect(typoDistance('camizeta', 'camiseta', 1)).toBe(1)
  expect(typoDistance('perro', 'gato', 2)).toBe(Number.POSITIVE_INFINITY)
})

test('any text is understood without failing, and tokens keep their place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      for (const token of tokenise(text)) expect(text.slice(token.start, token.end)).toBe(token.raw)
      expect(() => understand(text)).not.toThrow()
    }),
    { numRuns: 200 },
  )
})
