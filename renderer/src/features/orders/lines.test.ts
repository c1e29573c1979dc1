import { describe, expect, it } from 'vitest'
import type { Order, OrderLine, Variant } from '../../../../preload/contract/index.ts'
import {
  changeLine,
  changesOf,
  formOf,
  lineInputs,
  newLine,
  plainSubtotal,
  previewLines,
  problemsOf,
  withLine,
} from './lines.ts'

const money = { currency: 'EUR', locale: 'es-ES' }

function variant(more: Partial<Variant> = {}): Variant {
  return {
    id: 'v1',
    productId: 'p1',
    position: 0,
    sku: 'SKU',
    title: 'M',
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
    manualFields: [],
    revision: 1,
    ...more,
  }
}

const line: OrderLine = {
  id: 'l1',
  productId: 'p1',
  variantId: 'v1',
  quoteId: null,
  sku: null,
  name: 'Taza',
  title: '',
  quantity: 2,
  unit: 'piece',
  unitSize: 1,
  unitPrice: 1000,
  total: 2000,
  discount: 0,
  taxRate: 2100,
  tax: 347,
  note: '',
}

function order(more: Partial<Order> = {}): Order {
  return {
    id: 'o1',
    seq: 1,
    number: '1001',
    source: 'chat',
    customer: { id: 'c1', name: 'Ana' },
    conversationId: 'k1',
    state: 'pending',
    paymentState: 'unpaid',
    currency: 'EUR',
    total: 2350,
    paid: 0,
    refunded: 0,
    pieces: 2,
    deliveryMethod: 'delivery',
    paymentName: 'Bizum',
    slotLabel: '',
    slotDate: null,
    placedAt: '2026-03-10T10:00:00Z',
    seenAt: null,
    revision: 3,
    pricesIncludeTax: true,
    zoneName: 'Centro',
    place: '28013',
    address: 'Calle Mayor 3',
    recipient: 'Ana',
    phone: '600111222',
    paymentId: 'bizum',
    discountCode: null,
    note: '',
    subtotal: 2000,
    discount: 0,
    deliveryFee: 350,
    tax: 408,
    taxes: [],
    reservedUntil: null,
    lines: [line, { ...line, id: 'l2', variantId: 'v2' }],
    payments: [],
    changes: [],
    documents: [],
    next: ['processing', 'cancelled'],
    ...more,
  }
}

describe('lines of a sale', () => {
  it('sells an article once more when it is chosen again', () => {
    const one = newLine({ name: 'Taza' }, variant(), money)
    expect(one).toMatchObject({ name: 'Taza · M', quantity: '1', price: '12,90' })
    const lines = withLine(withLine([], one, 'es-ES'), one, 'es-ES')
    expect(lines).toHaveLength(1)
    expect(lineInputs(lines, money)).toEqual([{ variantId: 'v1', quantity: 2 }])
  })

  it('names a price only where it is not the catalog’s', () => {
    const lines = changeLine([newLine({ name: 'Taza' }, variant(), money)], 'v1', { price: '10' })
    expect(lineInputs(lines, money)).toEqual([{ variantId: 'v1', quantity: 1, unitPrice: 1000 }])
  })

  it('cannot sell without a quantity or a price', () => {
    const asked = newLine({ name: 'Taza' }, variant({ price: { kind: 'ask' } }), money)
    expect(lineInputs([asked], money)).toBeNull()
    expect(lineInputs([{ ...asked, price: '5', quantity: '0' }], money)).toBeNull()
  })

  it('sells what is measured by its price’s unit', () => {
    const cheese = newLine({ name: 'Queso' }, variant({ unit: 'g', unitSize: 1000, title: '' }), money)
    expect(cheese.quantity).toBe('1')
    expect(lineInputs([{ ...cheese, quantity: '0,25' }], money)).toEqual([{ variantId: 'v1', quantity: 250 }])
  })
})

describe('an edited order', () => {
  it('sends nothing that was not touched', () => {
    const form = formOf(order(), null, money)
    expect(changesOf(form, form, order(), money)).toEqual({})
    expect(problemsOf(form, order(), money)).toEqual({})
  })

  it('sends quantities, additions and delivery', () => {
    const before = formOf(order(), null, money)
    const form = {
      ...before,
      quantities: { l1: '0', l2: '5' },
      added: [newLine({ name: 'Plato' }, variant({ id: 'v3' }), money)],
      deliveryFee: '0',
      address: ' Calle Menor 1 ',
      slotId: 's1',
      slotDate: '2026-03-12',
    }
    expect(changesOf(form, before, order(), money)).toEqual({
      lines: [
        { lineId: 'l1', quantity: 0 },
        { lineId: 'l2', quantity: 5 },
      ],
      add: [{ variantId: 'v3', quantity: 1 }],
      deliveryFee: 0,
      address: 'Calle Menor 1',
      slotId: 's1',
      slotDate: '2026-03-12',
    })
    expect(previewLines(form, order(), money)).toEqual([
      { variantId: 'v2', quantity: 5, unitPrice: 1000 },
      { variantId: 'v3', quantity: 1 },
    ])
    expect(plainSubtotal(form, order().lines, money)).toBe(5000 + 1290)
  })

  it('says what cannot be saved', () => {
    const before = formOf(order(), null, money)
    expect(
      problemsOf(
        { ...before, quantities: { l1: 'x', l2: '1' }, deliveryFee: '?', slotId: 's' },
        order(),
        money,
      ),
    ).toEqual({ l1: 'quantity', deliveryFee: 'fee', slotDate: 'slotDate' })
    expect(problemsOf({ ...before, quantities: { l1: '0', l2: '0' } }, order(), money)).toEqual({
      lines: 'empty',
    })
  })

  it('cannot be previewed when an article has left the catalog', () => {
    const gone = order({ lines: [{ ...line, variantId: null }] })
    expect(previewLines(formOf(gone, null, money), gone, money)).toBeNull()
  })
})
