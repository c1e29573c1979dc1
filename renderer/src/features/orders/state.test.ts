import { describe, expect, it } from 'vitest'
import type { OrderChange, OrderState } from '../../../../preload/contract/index.ts'
import {
  actorKind,
  changeFacts,
  countOf,
  dueOf,
  filterOf,
  filterWithoutState,
  isFiltered,
  newPayment,
  noFilter,
  overpaid,
  refundable,
  stepsOf,
} from './state.ts'

describe('list of orders', () => {
  it('asks only for what was narrowed', () => {
    expect(filterOf(noFilter)).toEqual({})
    expect(isFiltered({ ...noFilter, text: '  ' })).toBe(false)
    expect(filterOf({ text: ' ana ', tab: 'shipped', payment: 'part', from: '2026-01-01', to: '' })).toEqual({
      text: 'ana',
      states: ['shipped'],
      paymentStates: ['part'],
      from: '2026-01-01',
    })
    expect(filterOf({ ...noFilter, tab: 'unseen' })).toEqual({ unseen: true })
    expect(filterWithoutState({ ...noFilter, tab: 'shipped', text: 'x' })).toEqual({ text: 'x' })
  })

  it('counts each tab', () => {
    const counts = { states: { pending: 2, delivered: 3 }, unseen: 1 }
    expect(countOf('all', counts)).toBe(5)
    expect(countOf('unseen', counts)).toBe(1)
    expect(countOf('shipped', counts)).toBe(0)
    expect(countOf('all', undefined)).toBeNull()
  })
})

describe('an order', () => {
  it('puts the usual next step first and what undoes last', () => {
    expect(stepsOf(['processing', 'cancelled'])).toEqual({ main: 'processing', others: ['cancelled'] })
    expect(stepsOf(['cancelled', 'shipped', 'delivered'])).toEqual({
      main: 'shipped',
      others: ['delivered', 'cancelled'],
    })
    expect(stepsOf(['returned'])).toEqual({ main: null, others: ['returned'] })
    expect(stepsOf([])).toEqual({ main: null, others: [] })
  })

  it('knows what is still to pay and to give back', () => {
    const order = {
      total: 1000,
      paid: 400,
      refunded: 100,
      state: 'processing' satisfies OrderState as OrderState,
    }
    expect(dueOf(order)).toBe(600)
    expect(refundable(order)).toBe(300)
    expect(dueOf({ ...order, state: 'cancelled' })).toBe(0)
    expect(dueOf({ ...order, paid: 1200 })).toBe(0)
    expect(overpaid(order)).toBe(0)
    expect(overpaid({ ...order, paid: 1200 })).toBe(100)
    expect(overpaid({ ...order, state: 'cancelled' })).toBe(300)
  })

  it('finds the payment that was added', () => {
    const payment = (id: string) => ({
      id,
      kind: 'payment' as const,
      amount: 1,
      method: '',
      note: '',
      receiptHash: null,
      at: '',
    })
    expect(newPayment({ payments: [payment('a'), payment('b')] }, { payments: [payment('a')] })).toBe('b')
    expect(newPayment({ payments: [payment('a')] }, { payments: [payment('a')] })).toBeNull()
  })

  it('reads who did something and what', () => {
    expect(actorKind('customer:0190')).toBe('customer')
    expect(actorKind('something:else')).toBe('system')
    const change: OrderChange = {
      seq: 1,
      at: '',
      actor: 'system',
      actorName: null,
      kind: 'payment',
      fromState: null,
      toState: null,
      data: { amount: 500, method: 'Bizum', note: ' ', removed: true },
    }
    expect(changeFacts(change)).toEqual({
      amount: 500,
      before: null,
      after: null,
      words: ['Bizum'],
      removed: true,
    })
    expect(changeFacts({ ...change, data: { amount: -500 } })).toMatchObject({ amount: 500, removed: true })
    expect(changeFacts({ ...change, data: { amount: 500 } }).removed).toBe(false)
  })
})
