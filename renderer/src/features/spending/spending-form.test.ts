import { describe, expect, it } from 'vitest'
import type { Spending } from '../../../../preload/contract/index.ts'
import { formOf, inputOf, problemsOf, shareOf } from './spending-form.ts'

const spending: Spending = {
  currency: 'EUR',
  caps: { day: 250, month: null },
  warnAt: 80,
  spent: { day: 0, month: 0 },
  warning: false,
  capped: false,
  usdRate: 920_000,
  rateSource: 'owner',
}
const shop = { shop: 's', currency: 'EUR', locale: 'es-ES', rateSource: 'owner' }

describe('spending', () => {
  it('reads back what it wrote', () => {
    const form = formOf(spending, 'es-ES')
    expect(form).toEqual({ day: '2,50', month: '', warnAt: '80', rate: '0,92' })
    expect(problemsOf(form, 'EUR', 'es-ES')).toEqual({})
    expect(inputOf(form, shop)).toEqual({ shop: 's', day: 250, month: null, warnAt: 80, usdRate: 920_000 })
  })

  it('leaves the rate to the table, and says none where the shop counts in dollars', () => {
    const form = formOf({ ...spending, rateSource: 'table' }, 'es-ES')
    expect(form.rate).toBe('')
    expect(inputOf(form, { ...shop, rateSource: 'table' }).usdRate).toBeNull()
    expect('usdRate' in inputOf(form, { ...shop, rateSource: 'same' })).toBe(false)
  })

  it('refuses what is no figure', () => {
    const problems = (changes: object) =>
      problemsOf({ ...formOf(spending, 'es-ES'), ...changes }, 'EUR', 'es-ES')
    expect(problems({ day: 'mucho' })).toEqual({ day: 'amount' })
    expect(problems({ day: '30', month: '20' })).toEqual({ month: 'order' })
    expect(problems({ warnAt: '5' })).toEqual({ warnAt: 'percent' })
    expect(problems({ warnAt: '101' })).toEqual({ warnAt: 'percent' })
    expect(problems({ rate: '0' })).toEqual({ rate: 'rate' })
  })

  it('reckons shares in the currency’s own minor units', () => {
    expect(shareOf(1_250_000, 250, 'EUR')).toBe(50)
    expect(shareOf(500_000_000, 1000, 'CLP')).toBe(50)
    expect(shareOf(1, 0, 'EUR')).toBe(100)
  })
})
