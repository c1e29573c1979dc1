import { describe, expect, it } from 'vitest'
import type { Product, Variant } from '../../../../preload/contract/index.ts'
import { changesOf, emptyVariant, formOf, inputOf, priceSummary, problemsOf, stockSummary } from './state.ts'

const money = { currency: 'EUR', locale: 'es-ES' }

function variant(id: string, more: Partial<Variant> = {}): Variant {
  return {
    id,
    manualFields: [],
    productId: 'p',
    position: 0,
    sku: `SKU-${id}`,
    title: '',
    options: [],
    price: { kind: 'exact', amount: 1290 },
    compareAt: null,
    cost: null,
    unit: 'piece',
    unitSize: 1,
    minQuantity: 1,
    maxQuantity: null,
    stock: { tracked: true, onHand: 5, reserved: 1, available: 4 },
    status: 'available',
    barcode: null,
    revision: 1,
    ...more,
  }
}

function product(variants: Variant[]): Product {
  return {
    id: 'p',
    seq: 1,
    kind: 'good',
    name: 'Taza',
    description: '',
    category: 'Cocina',
    brand: '',
    tags: [],
    attributes: {},
    status: 'available',
    taxClass: 'standard',
    madeToOrder: false,
    leadTimeDays: null,
    optionNames: [],
    url: '',
    aliases: ['tazón'],
    images: [],
    variants,
    manualFields: [],
    revision: 3,
    createdAt: '',
    updatedAt: '',
  }
}

describe('product form', () => {
  it('changes nothing when nothing was edited', () => {
    const original = product([variant('a')])
    expect(changesOf(formOf(original, money), original, money)).toEqual({})
  })

  it('sends only what was edited', () => {
    const original = product([variant('a'), variant('b')])
    const form = formOf(original, money)
    const [first, second] = form.variants
    if (first === undefined || second === undefined) throw new Error('two variants')
    const edited = { ...form, status: 'sold_out' as const, variants: [{ ...first, price: '13,5' }, second] }
    expect(changesOf(edited, original, money)).toEqual({
      status: 'sold_out',
      variants: [{ id: 'a', price: { kind: 'exact', amount: 1350 } }],
    })
  })

  it('removes a variant that was taken off', () => {
    const original = product([variant('a'), variant('b')])
    const form = formOf(original, money)
    expect(changesOf({ ...form, variants: form.variants.slice(0, 1) }, original, money)).toEqual({
      removeVariants: ['b'],
    })
  })

  it('names what cannot be saved', () => {
    const form = { ...formOf(product([variant('a')]), money), name: ' ' }
    const bad = {
      ...form,
      leadTimeDays: 'pronto',
      variants: [{ ...emptyVariant(), price: 'gratis', compareAt: 'x', tracked: true, onHand: '1,5' }],
    }
    expect(problemsOf(bad, money)).toEqual({
      name: 'name',
      leadTimeDays: 'leadTime',
      'variants.0.price': 'price',
      'variants.0.compareAt': 'price',
      'variants.0.onHand': 'onHand',
    })
    expect(
      problemsOf({ ...form, name: 'Taza', variants: [{ ...emptyVariant(), priceKind: 'ask' }] }, money),
    ).toEqual({})
  })

  it('makes a product of a new form', () => {
    const form = { ...formOf(product([]), money), variants: [{ ...emptyVariant(), price: '4', sku: ' T1 ' }] }
    expect(inputOf(form, money).variants).toEqual([
      {
        title: '',
        sku: 'T1',
        price: { kind: 'exact', amount: 400 },
        compareAt: null,
        stock: { tracked: false, onHand: 0 },
      },
    ])
  })
})

describe('list row', () => {
  it('shows one price, the lowest, or none', () => {
    expect(priceSummary({ variants: [variant('a')] }, money)).toMatchObject({ kind: 'exact' })
    expect(
      priceSummary(
        { variants: [variant('a'), variant('b', { price: { kind: 'exact', amount: 900 } })] },
        money,
      ),
    ).toMatchObject({ kind: 'from', text: expect.stringContaining('9,00') })
    expect(priceSummary({ variants: [variant('a', { price: { kind: 'ask' } })] }, money)).toEqual({
      kind: 'ask',
    })
  })

  it('adds up tracked stock', () => {
    const untracked = { tracked: false, onHand: 0, reserved: 0, available: null }
    expect(stockSummary({ variants: [variant('a'), variant('b')] })).toBe(8)
    expect(stockSummary({ variants: [variant('a', { stock: untracked })] })).toBeNull()
  })
})
