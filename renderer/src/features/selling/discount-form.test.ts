import { describe, expect, it } from 'vitest'
import type { Discount } from '../../../../preload/contract/index.ts'
import { emptyDiscount, formOf, inputOf, inputOfDiscount, problemsOf } from './discount-form.ts'

const money = { currency: 'EUR', locale: 'es-ES' }
const discount: Discount = {
  id: 'd1',
  code: 'VERANO',
  kind: 'percent',
  value: 1050,
  minSubtotal: 2000,
  startsOn: '2026-06-01',
  endsOn: null,
  maxUses: 100,
  uses: 3,
  active: true,
}

describe('discounts', () => {
  it('come back as they were', () => {
    expect(formOf(discount, money).value).toBe('10,5')
    expect(inputOf(formOf(discount, money), money)).toEqual(inputOfDiscount(discount))
    const amount: Discount = { ...discount, kind: 'amount', value: 500, minSubtotal: null, maxUses: null }
    expect(inputOf(formOf(amount, money), money)).toEqual(inputOfDiscount(amount))
  })

  it('say what cannot be saved', () => {
    expect(problemsOf(emptyDiscount, money)).toEqual({ code: 'code', value: 'value' })
    expect(
      problemsOf(
        {
          ...emptyDiscount,
          code: 'AB',
          kind: 'percent',
          value: '120',
          minSubtotal: 'x',
          startsOn: '2026-02-02',
          endsOn: '2026-02-01',
          maxUses: '0',
        },
        money,
      ),
    ).toEqual({ value: 'value', minSubtotal: 'amount', endsOn: 'dates', maxUses: 'uses' })
    expect(problemsOf({ ...emptyDiscount, code: 'AB', kind: 'amount', value: '0' }, money)).toEqual({
      value: 'value',
    })
  })
})
