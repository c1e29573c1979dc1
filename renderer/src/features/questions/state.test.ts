import { describe, expect, it } from 'vitest'
import { answererName, answerProblems, demandInput, emptyAnswer, keepOf } from './state.ts'

const money = { currency: 'EUR', locale: 'es-ES' }
const card = { question: '¿Tenéis piñatas?', kind: 'product' as const }

describe('an answer', () => {
  it('shows who gave it where they have a name', () => {
    expect(answererName({ answeredBy: 'Lola' })).toBe('Lola')
    expect(answererName({ answeredBy: 'person:01a1ff0c' })).toBeNull()
    expect(answererName({ answeredBy: null })).toBeNull()
  })

  it('begins with what was asked', () => {
    expect(emptyAnswer(card)).toMatchObject({ name: '¿Tenéis piñatas?', keep: 'nothing' })
    expect(emptyAnswer({ ...card, kind: 'question' }).name).toBe('')
  })

  it('needs a text, and a name where it becomes a product', () => {
    const form = { ...emptyAnswer(card), name: ' ', price: 'gratis' }
    expect(answerProblems(form, money)).toEqual({ answer: 'answer' })
    expect(answerProblems({ ...form, answer: 'Sí', keep: 'product' }, money)).toEqual({
      name: 'name',
      price: 'price',
    })
  })

  it('says what becomes of it', () => {
    const form = { ...emptyAnswer(card), answer: 'Sí, 25 €', price: '25' }
    expect(keepOf(form, money)).toEqual({ as: 'nothing' })
    expect(keepOf({ ...form, keep: 'knowledge', question: '' }, money)).toEqual({ as: 'knowledge' })
    expect(keepOf({ ...form, keep: 'product', name: 'Piñata' }, money)).toEqual({
      as: 'product',
      name: 'Piñata',
      price: 2500,
    })
    expect(keepOf({ ...form, keep: 'product', name: 'Piñata', price: '' }, money)).toMatchObject({
      price: null,
    })
  })
})

describe('missed sales', () => {
  const now = Date.parse('2026-03-12T23:30:00Z')

  it('counts the period in the shop’s days', () => {
    const filter = { period: 'week', from: '', to: '', kind: null } as const
    expect(demandInput(filter, now, 'Europe/Madrid')).toEqual({ from: '2026-03-07' })
    expect(demandInput({ ...filter, period: 'all', kind: 'not_found' }, now, 'Europe/Madrid')).toEqual({
      kind: 'not_found',
    })
    expect(demandInput({ ...filter, period: 'own', to: '2026-02-01' }, now, 'Europe/Madrid')).toEqual({
      to: '2026-02-01',
    })
  })
})
