import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editableAmount, formatMoney, parseAmount } from './money.ts'

describe('parseAmount', () => {
  it.each([
    ['12,90', 'EUR', 'es-ES', 1290],
    ['12.9', 'EUR', 'es-ES', 1290],
    ['1.234', 'EUR', 'es-ES', 123400],
    ['1.234,50 €', 'EUR', 'es-ES', 123450],
    ['1,234.50', 'USD', 'en-US', 123450],
    ['£ 4', 'GBP', 'en-GB', 400],
    ['12.900', 'CLP', 'es-CL', 12900],
    ['12,900', 'MXN', 'es-MX', 1290000],
    ['', 'EUR', 'es-ES', null],
    ['gratis', 'EUR', 'es-ES', null],
    ['1,2,3', 'EUR', 'es-ES', null],
    ['12,905', 'EUR', 'es-ES', null],
    ['-3', 'EUR', 'es-ES', null],
  ])('%s in %s, %s', (text, currency, locale, amount) => {
    expect(parseAmount(text, currency, locale)).toBe(amount)
  })

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.constantFrom(
          ['EUR', 'es-ES'] as const,
          ['GBP', 'en-GB'] as const,
          ['MXN', 'es-MX'] as const,
          ['CLP', 'es-CL'] as const,
          ['COP', 'es-CO'] as const,
        ),
        (amount, [currency, locale]) => {
          expect(parseAmount(editableAmount(amount, currency, locale), currency, locale)).toBe(amount)
          expect(parseAmount(formatMoney(amount, currency, locale), currency, locale)).toBe(amount)
        },
      ),
    )
  })
})
