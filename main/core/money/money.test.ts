import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney, toMinorUnits } from './money.ts'
import { parseAmount, parseMajorAmount } from './parse-amount.ts'

describe('formatMoney', () => {
  it.each([
    [1290, 'EUR', 'es-ES', '12,90 €'],
    [129_900, 'EUR', 'es-ES', '1.299,00 €'],
    [129_900, 'GBP', 'en-GB', '£1,299.00'],
    [1_290_000, 'COP', 'es-CO', '$ 12.900'],
    [12_900, 'CLP', 'es-CL', '$12.900'],
    [1_290_000, 'ARS', 'es-AR', '$ 12.900'],
    [1_290_050, 'ARS', 'es-AR', '$ 12.900,50'],
    [0, 'EUR', 'es-ES', '0,00 €'],
  ])('%i %s in %s is %s', (amount, currency, locale, text) => {
    expect(formatMoney({ amount, currency }, locale)).toBe(text)
  })
})

describe('parseAmount', () => {
  it.each([
    ['12,90', 'EUR', 1290],
    ['12.90', 'EUR', 1290],
    ['1.299,00', 'EUR', 129_900],
    ['1,299.00', 'GBP', 129_900],
    ['12.900', 'COP', 1_290_000],
    ['12.900', 'EUR', 1_290_000],
    ['1 299', 'EUR', 129_900],
    ["1'299.50", 'CHF', 129_950],
    ['1.234.567', 'COP', 123_456_700],
    ['0.5', 'EUR', 50],
    ['1.2.3', 'EUR', null],
    ['abc', 'EUR', null],
  ])('%s in %s is %s', (text, currency, amount) => {
    expect(parseAmount(text, currency)).toBe(amount)
  })

  it('reads back what formatMoney wrote', () => {
    const pairs = [
      ['EUR', 'es-ES'],
      ['GBP', 'en-GB'],
      ['COP', 'es-CO'],
      ['ARS', 'es-AR'],
      ['MXN', 'es-MX'],
      ['CLP', 'es-CL'],
      ['USD', 'en-US'],
      ['PEN', 'es-PE'],
    ] as const
    fc.assert(
      fc.property(
        fc.constantFrom(...pairs),
        fc.integer({ min: 0, max: 1_000_000_000 }),
        ([currency, locale], amount) => {
          expect(parseMajorAmount(formatMoney({ amount, currency }, locale), currency)).toBe(amount)
        },
      ),
    )
  })

  it('takes what people put into forms', () => {
    expect(parseMajorAmount(3.95, 'EUR')).toBe(395)
    expect(parseMajorAmount('gratis', 'EUR')).toBe(0)
    expect(parseMajorAmount('barato', 'EUR')).toBeNull()
    expect(parseMajorAmount(-1, 'EUR')).toBeNull()
    expect(toMinorUnits(12.9, 'EUR')).toBe(1290)
  })
})
