import { describe, expect, test } from 'vitest'
import { packsOf } from './measured-packs.ts'

const yerba = [{ options: ['500 g'] }, { options: ['1 kg'] }]
const coffee = [
  { options: ['250 g', 'En grano'] },
  { options: ['500 g', 'En grano'] },
  { options: ['500 g', 'Molido'] },
]

describe('an amount in a unit of measure', () => {
  test.each([
    [yerba, { value: 2, unit: 'kg' }, 'AR', 1, 2],
    [yerba, { value: 500, unit: 'g' }, 'AR', 1, 1],
    [yerba, { value: 1.5, unit: 'kg' }, 'AR', 1, 3],
    [coffee, { value: 1, unit: 'lb' }, 'CO', 2, 1],
    [coffee, { value: 750, unit: 'g' }, 'CO', 1, 3],
    [[{ options: ['1,5 L'] }], { value: 3, unit: 'l' }, 'ES', 1, 2],
  ])('is taken in the largest pack that divides it', (variants, measure, country, kinds, count) => {
    const packs = packsOf<{ options: string[] }>(variants, measure, country)
    expect(packs?.variants).toHaveLength(kinds)
    expect(packs?.count).toBe(count)
  })

  test('is left open where no pack divides it, or the unit is another', () => {
    expect(packsOf(yerba, { value: 700, unit: 'g' }, 'AR')).toBeNull()
    expect(packsOf(yerba, { value: 1, unit: 'l' }, 'AR')).toBeNull()
    expect(packsOf(coffee, { value: 1, unit: 'lb' }, 'US')).toBeNull()
    expect(packsOf([{ options: ['M'] }], { value: 1, unit: 'kg' }, 'AR')).toBeNull()
  })
})
