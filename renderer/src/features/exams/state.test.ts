import { describe, expect, it } from 'vitest'
import { cartOf, caseOf, emptyCase, problemsOf } from './case-form.ts'
import { comparisonOf, groupsOf, intervalText, reasonParts, shareText } from './state.ts'

describe('exams', () => {
  it('puts the classes of one catalog together', () => {
    expect(
      groupsOf([
        { class: 'price', cases: 10 },
        { class: 'catalog/price', cases: 3 },
        { class: 'catalog/stock', cases: 2 },
      ]),
    ).toEqual([
      { name: 'price', cases: 10 },
      { name: 'catalog', cases: 5 },
    ])
  })

  it('reads reasons with and without a turn', () => {
    expect(reasonParts('wrong_figure@2: 9,99 €')).toEqual({ code: 'wrong_figure', turn: 2, detail: '9,99 €' })
    expect(reasonParts('ordered')).toEqual({ code: 'ordered', turn: null, detail: '' })
    expect(reasonParts('Something else')).toEqual({ code: '', turn: null, detail: 'Something else' })
  })

  it('reads addresses of comparisons', () => {
    expect(comparisonOf('a..b')).toEqual(['a', 'b'])
    expect(comparisonOf('a')).toBeNull()
    expect(comparisonOf('a..')).toBeNull()
    expect(comparisonOf('a..b..c')).toBeNull()
  })

  it('writes shares', () => {
    expect(shareText(0.874, 'en')).toBe('87%')
    expect(intervalText(0.8, 0.931, 'en')).toBe('80–93%')
  })
})

describe('a case of the owner', () => {
  it('is made of plain lines', () => {
    const form = emptyCase()
    expect(problemsOf(form)).toEqual({ name: 'name', 'turns.0.customer': 'customer' })
    const turn = form.turns[0]
    if (turn === undefined) throw new Error('a case begins with a message')
    const filled = {
      ...form,
      name: ' Pan ',
      turns: [{ ...turn, customer: '¿hay pan?', says: 'sí | claro\n\n1,10', neverSays: 'agotado' }],
      ordered: 'no' as const,
      cart: '2 BARRA\n1 x TAZA AZUL',
    }
    expect(problemsOf(filled)).toEqual({})
    expect(caseOf(filled)).toEqual({
      name: 'Pan',
      class: 'owner',
      turns: [{ customer: '¿hay pan?', says: [['sí', 'claro'], ['1,10']], neverSays: ['agotado'] }],
      end: {
        cart: [
          { sku: 'BARRA', quantity: 2 },
          { sku: 'TAZA AZUL', quantity: 1 },
        ],
        ordered: false,
      },
    })
  })

  it('refuses a cart that cannot be read', () => {
    expect(cartOf('BARRA')).toBeNull()
    expect(cartOf('0 BARRA')).toBeNull()
    expect(cartOf('')).toEqual([])
  })
})
