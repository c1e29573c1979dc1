import { describe, expect, it } from 'vitest'
import { argumentLines, durationText, findingKind, knownTool, resultLines } from './state.ts'

describe('trace', () => {
  it('knows tools and findings, and survives others', () => {
    expect(knownTool('search_products')).toBe('search_products')
    expect(knownTool('brand_new')).toBeNull()
    expect(findingKind('phone')).toBe('other')
  })

  it('writes durations', () => {
    expect(durationText(8.4, 'en')).toBe('8 ms')
    expect(durationText(1234, 'en')).toBe('1.2 sec')
  })

  it('shows arguments that a person can read', () => {
    expect(
      argumentLines({
        query: 'taza',
        maxPrice: 3000,
        productIds: ['a'],
        nested: { a: 1 },
        category: '',
        limit: null,
      }),
    ).toEqual([
      { name: 'query', value: 'taza' },
      { name: 'maxPrice', value: 3000 },
    ])
    expect(argumentLines('odd')).toEqual([])
  })

  it('reads products, carts and texts out of results', () => {
    const money = (text: string) => ({ amount: 1, currency: 'EUR', text })
    expect(
      resultLines({
        products: [{ name: 'Taza', variants: [{ price: { kind: 'exact', money: money('8,00 €') } }] }],
      }),
    ).toEqual(['Taza — 8,00 €'])
    expect(
      resultLines({
        cart: { lines: [{ name: 'Taza', quantity: 2, total: money('16,00 €') }], total: money('16,00 €') },
      }),
    ).toEqual(['2 × Taza — 16,00 €', '= 16,00 €'])
    expect(resultLines({ entries: [{ answer: 'Abrimos a las 9.' }] })).toEqual(['Abrimos a las 9.'])
    expect(resultLines(null)).toEqual([])
  })
})
