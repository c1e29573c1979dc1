import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editablePercent, parsePercent } from './percent.ts'

describe('percentages', () => {
  it.each([
    ['21', 2100],
    ['5,5 %', 550],
    ['10.05', 1005],
    ['100', 10_000],
    ['101', null],
    ['', null],
    ['-1', null],
    ['1,234', null],
  ])('reads %s', (text, points) => {
    expect(parsePercent(text)).toBe(points)
  })

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.constantFrom('es-ES', 'en-GB'),
        (points, locale) => {
          expect(parsePercent(editablePercent(points, locale))).toBe(points)
        },
      ),
    )
  })
})
