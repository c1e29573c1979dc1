import { describe, expect, it } from 'vitest'
import type { Trace } from '../../../../preload/contract/index.ts'
import { argumentLines, findingKind, knownTool, markedParts, resultLines, totalsOf } from './state.ts'

describe('trace', () => {
  it('knows tools and findings, and survives others', () => {
    expect(knownTool('search_products')).toBe('search_products')
    expect(knownTool('brand_new')).toBeNull()
    expect(findingKind('phone')).toBe('other')
  })

  it('adds up what the steps took', () => {
    const step = (
      usage: Trace['steps'][number]['usage'],
      costMicros: number | null,
    ): Trace['steps'][number] => ({
      step: 0,
      engine: 'e',
      model: null,
      text: '',
      calls: [],
      usage,
      durationMs: 1,
      dropped: false,
      served: {
        engine: 'e',
        kind: 'remote',
        model: null,
        promptVersion: null,
        costMicros,
        firstTokenMs: null,
        requestId: null,
        redactions: 2,
        skipped: [],
      },
      notes: null,
    })
    expect(
      totalsOf([
        step({ inputTokens: 10, outputTokens: 2, cachedTokens: 4 }, 300),
        step({ inputTokens: 5, outputTokens: 1 }, null),
      ]),
    ).toEqual({ tokens: { input: 15, cached: 4, output: 3 }, costMicros: 300, redactions: 4 })
    expect(totalsOf([step({ inputTokens: null, outputTokens: null }, null)])).toMatchObject({
      tokens: null,
      costMicros: null,
    })
  })

  it('marks what a finding is about', () => {
    const finding = (text: string) => ({ kind: 'amount', text, reason: 'price' })
    const parts = markedParts('Cuesta 9 € y el otro 99 €.', [finding('9 €'), finding('99 €')])
    expect(parts.map((part) => part.text).join('')).toBe('Cuesta 9 € y el otro 99 €.')
    expect(parts.filter((part) => part.finding !== null).map((part) => part.text)).toEqual(['9 €', '99 €'])
    expect(markedParts('nada', [finding(''), finding('ausente')])).toEqual([{ text: 'nada', finding: null }])
    expect(markedParts('', [])).toEqual([])
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
