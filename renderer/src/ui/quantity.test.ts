import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editableQuantity, lineTotal, parseQuantity, perUnit, quantityText, unitName } from './quantity.ts'

const piece = { unit: 'piece', unitSize: 1 }
const kilo = { unit: 'g', unitSize: 1000 }
const hundredGrams = { unit: 'g', unitSize: 100 }
const centimetre = { unit: 'mm', unitSize: 10 }

describe('quantities', () => {
  it('writes them in the unit of the price', () => {
    expect(quantityText(3, piece, 'es-ES')).toBe('3')
    expect(quantityText(1500, kilo, 'es-ES')).toBe('1,5 kg')
    expect(quantityText(250, hundredGrams, 'en-GB')).toBe('250 g')
    expect(quantityText(1250, centimetre, 'en-GB')).toBe('125 cm')
    expect(perUnit(kilo, 'es-ES')).toBe('/kg')
    expect(perUnit(hundredGrams, 'es-ES')).toBe('/100 g')
    expect(perUnit(piece, 'es-ES')).toBe('')
    expect(unitName(centimetre)).toBe('cm')
  })

  it.each([
    ['2', piece, 2],
    ['1,5', kilo, 1500],
    ['0.25', kilo, 250],
    ['1,5', piece, null],
    ['', piece, null],
    ['-1', piece, null],
    ['dos', piece, null],
    ['0', piece, 0],
  ])('reads %s', (text, measure, steps) => {
    expect(parseQuantity(text, measure)).toBe(steps)
  })

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999 }),
        fc.constantFrom(piece, kilo, hundredGrams, centimetre),
        fc.constantFrom('es-ES', 'en-GB', 'es-MX'),
        (quantity, measure, locale) => {
          expect(parseQuantity(editableQuantity(quantity, measure, locale), measure)).toBe(quantity)
        },
      ),
    )
  })

  it('rounds a line half up', () => {
    expect(lineTotal(999, 1500, 1000)).toBe(1499)
    expect(lineTotal(250, 3, 1)).toBe(750)
  })
})
