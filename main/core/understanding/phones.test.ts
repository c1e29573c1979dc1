import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withoutPhones } from './phones.ts'
import { understand } from './service.ts'

test.each([
  'me llamo Joan, tlf 655 44 33 22, pago por bizum',
  'mi número es 600 111 222',
  'call me on +44 7700 900123 please',
  'mi cel 55 1234 5678 y quiero tazas',
  'es el 600111222',
  'tel. 12345678',
  '(55) 1234-5678',
])('a phone is no amount: %s', (text) => {
  expect(withoutPhones(text)).not.toMatch(/\d/)
  for (const request of understand(text).requests) expect(request.quantity).toBeNull()
})

test.each([
  'quiero 600 tazas',
  'el código 8412345678905',
  '2 3 4',
  'ponme 2 tazas y 3 platos',
  '1.299.000',
  'talla 42-44',
  '12 000 pesos',
  'el 2026-12-24',
  'el 24.12.2026',
])('what is no phone stays: %s', (text) => {
  expect(withoutPhones(text)).toBe(text)
})

test('everything else keeps its place', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const text = `${before} 600 111 222 ${after}`
      expect(withoutPhones(text)).toHaveLength(text.length)
    }),
  )
})
