import { describe, expect, it } from 'vitest'
import type { ExamReport } from '../../../../preload/contract/index.ts'
import { cartOf, caseOf, emptyCase, problemsOf } from './case-form.ts'
import { compareReports, comparisonOf, intervalText, shareText } from './state.ts'

function result(kind: string, name: string, passed: boolean): ExamReport['cases'][number] {
  return { name, class: kind, passed, reasons: [], turns: [] }
}

describe('exams', () => {
  it('holds two runs against each other by the cases that both have', () => {
    const before = {
      cases: [result('price', 'a', true), result('price', 'b', false), result('cart', 'c', true)],
    }
    const after = {
      cases: [result('price', 'a', false), result('price', 'b', true), result('stock', 'c', true)],
    }
    expect(compareReports(before, after)).toEqual({
      cases: 2,
      before: 0.5,
      after: 0.5,
      worse: ['a'],
      better: ['b'],
      classes: [{ class: 'price', cases: 2, before: 0.5, after: 0.5 }],
    })
    expect(compareReports({ cases: [] }, { cases: [] })).toMatchObject({ cases: 0, before: 0, after: 0 })
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
