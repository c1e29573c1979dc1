import { describe, expect, it } from 'vitest'
import * as contract from '../../preload/contract/currency.ts'
import * as core from '../core/money/money.ts'

describe('the digits of currencies', () => {
  it('are the same in the core and for whoever shows an amount', () => {
    for (const currency of Intl.supportedValuesOf('currency')) {
      expect(contract.currencyDigits(currency), currency).toBe(core.currencyDigits(currency))
      expect(contract.usesCents(currency), currency).toBe(core.usesCents(currency))
    }
  })

  it('are those of ISO 4217, whatever the runtime says', () => {
    const digits = ['EUR', 'COP', 'CLP', 'JPY', 'HUF', 'KWD'].map(core.currencyDigits)
    expect(digits).toEqual([2, 2, 0, 0, 2, 3])
  })
})
