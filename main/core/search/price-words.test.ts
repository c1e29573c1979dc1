import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPrice } from './price-words.ts'

const cases: [query: string, min: number | null, max: number | null, rest: string][] = [
  ['zapatos menos de 50 mil', null, 5_000_000, 'zapatos'],
  ['vino hasta 20 euros', null, 2_000, 'vino'],
  ['regalo entre 10 y 20', 1_000, 2_000, 'regalo'],
  ['toys under £20', null, 2_000, 'toys'],
  ['zapatos por 5k', null, 500_000, 'zapatos'],
  ['zapatos 20 lucas', null, 2_000_000, 'zapatos'],
  ['aspiradora max 30', null, 3_000, 'aspiradora'],
  ['bici por menos de 1.200,50 €', null, 120_050, 'bici'],
  ['rice cooker up to $1,299.99', null, 129_999, 'rice cooker'],
  ['tv entre 200 y 300 mil', 20_000_000, 30_000_000, 'tv'],
  ['abrigo de más de 120 euros', 12_000, null, 'abrigo'],
  ['veinte euros máximo', null, 2_000, ''],
  ['que no pase de cien mil pesos', null, 10_000_000, ''],
  ['between 5 and 9.50 dollars socks', 500, 950, 'socks'],
  ['un vino de 12 euros', null, 1_200, 'un vino'],
]

test.each(cases)('reads the limit of "%s"', (query, min, max, rest) => {
  expect(readPrice(query, 'EUR')).toEqual({ rest, minPrice: min, maxPrice: max })
})

test('reads amounts of a currency without decimals', () => {
  expect(readPrice('menos de 12.900 pesos', 'CLP').maxPrice).toBe(12_900)
})

test.each([
  'algo barato',
  'hasta 10 kg',
  'mochila de 30 a 40 litros',
  'niños de 3 a 6 años',
  'pantalla de más de 50 pulgadas',
  'mil gracias',
  'cama de 150x190',
  'less than 15 inches',
  'pack de 6',
  'talla 38',
  'iPhone 15',
])('finds no price in "%s"', (query) => {
  const { minPrice, maxPrice } = readPrice(query, 'EUR')
  expect([minPrice, maxPrice]).toEqual([null, null])
})

test('takes any text, in time that does not grow with it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 3_000, unit: 'grapheme' }), (text) => {
      const { minPrice, maxPrice } = readPrice(text, 'EUR')
      expect(minPrice === null || Number.isSafeInteger(minPrice)).toBe(true)
      expect(maxPrice === null || Number.isSafeInteger(maxPrice)).toBe(true)
    }),
    { numRuns: 60 },
  )
  const started = performance.now()
  readPrice('1 '.repeat(5_000), 'EUR')
  readPrice('entre '.repeat(2_000), 'EUR')
  expect(performance.now() - started).toBeLessThan(500)
})
