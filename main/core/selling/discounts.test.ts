import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { SellingShop } from '../../../tests/fixtures/selling.ts'
import { isDomainError } from '../errors.ts'
import { type Discount, type DiscountInput, refusalOf } from './discount.ts'
import { defaultSettings } from './settings.ts'

let clock: ManualClock
let shop: SellingShop
beforeEach(() => {
  clock = new ManualClock(Date.parse('2026-03-02T23:30:00Z'))
  shop = new SellingShop({ clock })
})
afterEach(() => shop.close())

const add = (input: DiscountInput) => shop.test.storage.write('system', (tx) => shop.discounts.add(tx, input))
const ten = { code: 'DIEZ', kind: 'percent', value: 1_000 } as const

function refusal(work: () => unknown): unknown[] {
  try {
    work()
  } catch (error) {
    if (isDomainError(error)) return [error.code, error.data]
    throw error
  }
  return ['none']
}

describe('discount codes', () => {
  it('hold on the shop’s own days, both ends included', () => {
    // 23:30 UTC on the 2nd is the 3rd in Madrid.
    const now = shop.test.storage.now()
    add({ ...ten, startsOn: '2026-03-03', endsOn: '2026-03-03' })
    expect(shop.discounts.valid('diez', 1, now).code).toBe('DIEZ')
    const day = (instant: string) => refusal(() => shop.discounts.valid('diez', 1, instant))
    expect(day('2026-03-02T22:59:00Z')).toEqual([
      'discount.not_valid',
      { code: 'DIEZ', reason: 'early', date: '2026-03-03' },
    ])
    expect(day('2026-03-03T23:00:00Z')).toEqual([
      'discount.not_valid',
      { code: 'DIEZ', reason: 'late', date: '2026-03-03' },
    ])
  })

  it('are refused while they are switched off, below their minimum, and when they are not there', () => {
    const made = add({ ...ten, minSubtotal: 5_000 })
    const now = shop.test.storage.now()
    expect(refusal(() => shop.discounts.valid('DIEZ', 4_999, now))).toEqual([
      'discount.not_valid',
      { code: 'DIEZ', reason: 'minimum', minimum: 5_000 },
    ])
    shop.test.storage.write('system', (tx) => shop.discounts.change(tx, made.id, { ...ten, active: false }))
    expect(refusal(() => shop.discounts.valid('DIEZ', 9_999, now))[1]).toMatchObject({ reason: 'inactive' })
    shop.test.storage.write('system', (tx) => shop.discounts.remove(tx, made.id))
    expect(refusal(() => shop.discounts.valid('DIEZ', 9_999, now))[0]).toBe('discount.unknown')
    expect(add(ten).id).not.toBe(made.id)
  })

  it('are the same in whatever case they are typed, accents and ñ too', () => {
    add({ ...ten, code: 'OTOÑO·ÁVILA' })
    const now = shop.test.storage.now()
    expect(shop.discounts.valid('otoño·ávila', 1_000, now).code).toBe('OTOÑO·ÁVILA')
    expect(refusal(() => add({ ...ten, code: 'Otoño·Ávila' }))[0]).toBe('discount.code_taken')
  })

  it('begin anew when the owner makes a code again', () => {
    const spring = add({ ...ten, maxUses: 1 })
    const tea = shop.product('te', 1_000)
    shop.place([{ variantId: tea, quantity: 1 }], { discountCode: 'DIEZ' })
    const use = () => refusal(() => shop.discounts.valid('DIEZ', 1_000, shop.test.storage.now()))
    expect(use()[1]).toMatchObject({ reason: 'used_up' })
    shop.test.storage.write('system', (tx) => shop.discounts.remove(tx, spring.id))
    clock.advance(1_000)
    expect(add({ ...ten, maxUses: 1 }).uses).toBe(0)
    expect(use()).toEqual(['none'])
  })

  it('are used again when an order is cancelled', () => {
    add({ ...ten, maxUses: 1 })
    const variantId = shop.product('té', 1_000)
    const lines = [{ variantId, quantity: 1 }]
    const order = shop.place(lines, { discountCode: 'DIEZ' })
    expect(refusal(() => shop.place(lines, { discountCode: 'DIEZ' }))[0]).toBe('discount.not_valid')
    shop.test.storage.write('system', (tx) => shop.orders.setState(tx, order.id, { state: 'cancelled' }))
    expect(shop.place(lines, { discountCode: 'DIEZ' }).discount).toBe(100)
  })

  it.each<[string, Partial<DiscountInput>]>([
    ['code', { code: ' ' }],
    ['value', { value: 0 }],
    ['value', { value: 10_001 }],
    ['startsOn', { startsOn: '2026-02-30' }],
    ['endsOn', { startsOn: '2026-03-02', endsOn: '2026-03-01' }],
  ])('are checked: %s', (field, wrong) => {
    expect(refusal(() => add({ ...ten, ...wrong }))).toEqual(['input.invalid', { field }])
  })

  it('are refused for one reason or hold, and never both', () => {
    const date = fc.option(fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-03'))
    const discount = fc.record<Discount>({
      id: fc.constant('d'),
      code: fc.constant('X'),
      kind: fc.constantFrom('percent', 'amount'),
      value: fc.integer({ min: 1, max: 10_000 }),
      minSubtotal: fc.option(fc.integer({ min: 0, max: 10 })),
      startsOn: date,
      endsOn: date,
      maxUses: fc.option(fc.integer({ min: 1, max: 3 })),
      uses: fc.integer({ min: 0, max: 3 }),
      active: fc.boolean(),
    })
    fc.assert(
      fc.property(discount, fc.integer({ min: 0, max: 10 }), (code, subtotal) => {
        const today = '2026-03-02'
        const holds =
          code.active &&
          (code.startsOn ?? today) <= today &&
          (code.endsOn ?? today) >= today &&
          (code.minSubtotal ?? 0) <= subtotal &&
          (code.maxUses ?? 9) > code.uses
        expect(refusalOf(code, subtotal, today) === null).toBe(holds)
      }),
    )
  })
})

describe('selling settings', () => {
  it('begin with the taxes of the country and keep only what was changed', () => {
    expect(defaultSettings({ country: 'MX' })).toMatchObject({
      taxes: { standard: 1_600 },
      deliveryTax: 1_600,
    })
    expect(defaultSettings({ country: 'US' }).taxes.standard).toBe(0)
    expect(defaultSettings({ country: 'XX' }).taxes.standard).toBe(0)
    shop.test.storage.write('system', (tx) => shop.settings.set(tx, { warnHours: 2 }))
    expect(shop.settings.get()).toEqual({ ...defaultSettings({ country: 'ES' }), warnHours: 2 })
    expect(shop.value("SELECT value FROM settings WHERE key = 'selling'")).toBe('{"warnHours":2}')
  })

  it.each([
    ['taxes', { taxes: { standard: 10_001 } }],
    ['orderPrefix', { orderPrefix: 'A B' }],
    ['unpaidHours', { unpaidHours: 0 }],
    ['warnHours', { warnHours: 0 }],
  ])('are checked: %s', (field, wrong) => {
    const set = () => shop.test.storage.write('system', (tx) => shop.settings.set(tx, wrong))
    expect(refusal(set)).toEqual(['input.invalid', { field }])
  })
})
