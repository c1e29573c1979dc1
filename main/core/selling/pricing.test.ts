import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PricingInput, priceOrder, shareOut } from './pricing.ts'

const taxes = { standard: 2100, reduced: 1000, super_reduced: 400, exempt: 0 }

const line = fc.record({
  quantity: fc.integer({ min: 1, max: 5_000 }),
  unitSize: fc.constantFrom(1, 1, 1, 100, 1_000),
  unitPrice: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 900_000_000 })),
  taxClass: fc.constantFrom('standard', 'reduced', 'super_reduced', 'exempt', 'unheard_of'),
})
const input: fc.Arbitrary<PricingInput> = fc.record({
  lines: fc.array(line, { maxLength: 12 }),
  deliveryFee: fc.integer({ min: 0, max: 50_000 }),
  discount: fc.option(
    fc.oneof(
      fc.record({ kind: fc.constant('percent' as const), value: fc.integer({ min: 1, max: 10_000 }) }),
      fc.record({ kind: fc.constant('amount' as const), value: fc.integer({ min: 1, max: 10_000_000 }) }),
    ),
  ),
  taxes: fc.constantFrom<Record<string, number>>(
    taxes,
    {},
    { standard: 1600 },
    { standard: 825, reduced: 1 },
  ),
  deliveryTax: fc.constantFrom(0, 1000, 2100),
  pricesIncludeTax: fc.boolean(),
})
const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + figure, 0)

describe('priceOrder', () => {
  it('adds up: lines to the subtotal, their discounts to the discount, everything to the total', () => {
    fc.assert(
      fc.property(input, (order) => {
        const priced = priceOrder(order)
        const { lines, subtotal, discount, deliveryFee, tax, total } = priced
        expect(sum(lines.map((each) => each.total))).toBe(subtotal)
        expect(sum(lines.map((each) => each.discount))).toBe(discount)
        expect(sum(priced.taxes.map((each) => each.tax))).toBe(tax)
        expect(sum(priced.taxes.map((each) => each.base + each.tax))).toBe(total)
        expect(total).toBe(subtotal - discount + deliveryFee + (order.pricesIncludeTax ? 0 : tax))
        expect(discount).toBeLessThanOrEqual(subtotal)
        const figures = [subtotal, discount, deliveryFee, tax, total]
        for (const each of lines) {
          figures.push(each.total, each.discount, each.tax)
          expect(each.discount).toBeLessThanOrEqual(each.total)
        }
        for (const figure of figures) {
          expect(Number.isSafeInteger(figure)).toBe(true)
          expect(figure).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('taxes each rate within half a unit of the exact share, whatever way prices are written', () => {
    fc.assert(
      fc.property(input, (order) => {
        for (const { rate, base, tax } of priceOrder(order).taxes) {
          const exact = order.pricesIncludeTax
            ? ((base + tax) * rate) / (10_000 + rate)
            : (base * rate) / 10_000
          expect(Math.abs(tax - exact)).toBeLessThanOrEqual(0.5 + exact * 1e-9)
        }
      }),
    )
  })

  it('gives the same sums in whatever order the lines come', () => {
    fc.assert(
      fc.property(input, fc.nat(), (order, seed) => {
        const shuffled = order.lines
          .map((each, index) => ({ each, key: ((index + 1) * (seed + 7_919)) % 104_729 }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each)
        const { lines: _, ...first } = priceOrder(order)
        const { lines: __, ...second } = priceOrder({ ...order, lines: shuffled })
        expect(second).toEqual(first)
      }),
    )
  })

  it('shares nothing out beyond what there is', () => {
    const parts = fc.array(
      fc.record({ weight: fc.integer({ min: 0, max: 10_000 }), tie: fc.integer({ min: 0, max: 2 }) }),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(parts, fc.double({ min: 0, max: 1, noNaN: true }), (weights, part) => {
        const all = sum(weights.map((each) => each.weight))
        const amount = Math.floor(all * part)
        const shares = shareOut(amount, weights)
        expect(sum(shares)).toBe(all === 0 ? 0 : amount)
        expect(shares.every((share, index) => share <= (weights[index]?.weight ?? 0))).toBe(true)
      }),
    )
  })

  it('takes taxes out of prices that include them and puts them on those that do not', () => {
    const order: PricingInput = {
      lines: [
        { quantity: 2, unitSize: 1, unitPrice: 1_210, taxClass: 'standard' },
        { quantity: 250, unitSize: 1_000, unitPrice: 1_100, taxClass: 'reduced' },
      ],
      deliveryFee: 395,
      discount: { kind: 'percent', value: 1_000 },
      taxes,
      deliveryTax: 2_100,
      pricesIncludeTax: true,
    }
    expect(priceOrder(order)).toEqual({
      lines: [
        { total: 2_420, discount: 242, taxRate: 2_100, tax: 378 },
        { total: 275, discount: 28, taxRate: 1_000, tax: 22 },
      ],
      subtotal: 2_695,
      discount: 270,
      deliveryFee: 395,
      taxes: [
        { rate: 1_000, base: 225, tax: 22 },
        { rate: 2_100, base: 2_126, tax: 447 },
      ],
      tax: 469,
      total: 2_820,
    })
    const added = priceOrder({ ...order, pricesIncludeTax: false })
    expect(added.tax).toBe(25 + 540)
    expect(added.total).toBe(2_820 + 565)
  })

  it('knows currencies without decimals and with three', () => {
    const one = { quantity: 3, unitSize: 1, taxClass: 'standard' }
    const common = { deliveryFee: 0, discount: null, deliveryTax: 0, pricesIncludeTax: true }
    const yen = priceOrder({ ...common, lines: [{ ...one, unitPrice: 333 }], taxes: { standard: 1_000 } })
    expect([yen.total, yen.tax]).toEqual([999, 91])
    const pesos = priceOrder({
      ...common,
      lines: [{ ...one, unitPrice: 12_900 }],
      taxes: { standard: 1_900 },
    })
    expect([pesos.total, pesos.tax]).toEqual([38_700, 6_179])
    const dinars = priceOrder({ ...common, lines: [{ ...one, unitPrice: 1_250 }], taxes: {} })
    expect([dinars.total, dinars.tax]).toEqual([3_750, 0])
  })

  it('refuses what is no amount', () => {
    const order = { lines: [], deliveryFee: 0, discount: null, taxes, deliveryTax: 0, pricesIncludeTax: true }
    expect(() => priceOrder({ ...order, deliveryFee: -1 })).toThrow(RangeError)
    expect(() => priceOrder({ ...order, deliveryFee: 0.5 })).toThrow(RangeError)
    expect(priceOrder(order).total).toBe(0)
  })
})
