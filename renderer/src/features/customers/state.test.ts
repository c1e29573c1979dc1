import { describe, expect, it } from 'vitest'
import type { Customer } from '../../../../preload/contract/index.ts'
import { changesOf, emptyCustomer, formOf, isTyped, listInput, newMerge, problemsOf } from './state.ts'

const ana: Customer = {
  id: 'c1',
  name: 'Ana Pérez',
  phone: '+34600111222',
  email: null,
  nationalId: null,
  active: true,
  channels: ['telegram'],
  orders: 1,
  spent: 2350,
  lastOrderAt: null,
  lastMessageAt: null,
  createdAt: '2026-03-10T10:00:00Z',
  language: 'es',
  formOfAddress: null,
  notes: '',
  revision: 2,
  erasedAt: null,
  identities: [],
  conversations: [],
  addresses: [],
  preferences: [],
  recentOrders: [],
  merges: [
    { id: 'm1', name: 'Ana P.', reason: 'phone', at: '2026-03-10T10:00:00Z' },
    { id: 'm2', name: 'A. Pérez', reason: 'manual', at: '2026-03-11T10:00:00Z' },
  ],
}

describe('customers', () => {
  it('asks only for what was narrowed', () => {
    expect(listInput(' ', 'all')).toEqual({})
    expect(listInput('ana', 'inactive')).toEqual({ text: 'ana', active: false })
    expect(listInput('', 'with_orders')).toEqual({ withOrders: true })
  })

  it('sends only what was changed', () => {
    expect(changesOf(formOf(ana), ana)).toEqual({})
    expect(changesOf({ ...formOf(ana), phone: ' ', notes: 'Paga tarde', language: '' }, ana)).toEqual({
      phone: null,
      notes: 'Paga tarde',
      language: null,
    })
  })

  it('wants something to find a new record by', () => {
    expect(problemsOf(emptyCustomer, true)).toEqual({ name: 'nothing' })
    expect(problemsOf(emptyCustomer, false)).toEqual({})
    expect(problemsOf({ ...emptyCustomer, name: 'Ana', email: 'ana', phone: '12' }, true)).toEqual({
      email: 'email',
      phone: 'phone',
    })
  })

  it('takes the typed name whatever its case and blanks', () => {
    expect(isTyped(' ana  pérez ', 'Ana Pérez')).toBe(true)
    expect(isTyped('Ana', 'Ana Pérez')).toBe(false)
  })

  it('finds the merge to undo', () => {
    expect(newMerge(ana)).toBe('m2')
    expect(newMerge(ana, ['m2'])).toBe('m1')
    expect(newMerge(ana, ['m1', 'm2'])).toBeNull()
  })
})
