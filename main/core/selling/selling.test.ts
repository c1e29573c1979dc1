import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import type { Product, ProductInput } from '../catalog/product.ts'
import { CatalogService } from '../catalog/service.ts'
import { isDomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { CartService } from './service.ts'
import { cartTotal, countPieces, lineTotal } from './totals.ts'

describe('totals', () => {
  it('are exact integers for any price, quantity and unit size', () => {
    const figure = fc.integer({ min: 0, max: 2_000_000_000 })
    fc.assert(
      fc.property(
        figure,
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        (price, quantity, size) => {
          const total = lineTotal(price, quantity, size)
          const exact = (price / size) * quantity
          expect(Number.isSafeInteger(total)).toBe(true)
          expect(Math.abs(total - exact)).toBeLessThanOrEqual(0.5 + Math.abs(exact) * 1e-9)
          expect(lineTotal(price, quantity * size, size)).toBe(price * quantity)
        },
      ),
    )
  })

  it('round half up once a line and add up', () => {
    expect(lineTotal(999, 250, 1000)).toBe(250)
    expect(lineTotal(1, 1, 2)).toBe(1)
    expect(cartTotal([250, 12_900])).toBe(13_150)
    expect(
      countPieces([
        { quantity: 3, unitName: 'piece' },
        { quantity: 250, unitName: 'g' },
      ]),
    ).toBe(4)
    expect(() => lineTotal(1.5, 1, 1)).toThrow(RangeError)
    expect(() => lineTotal(1, -1, 1)).toThrow(RangeError)
  })
})

describe('carts', () => {
  let test: TestStorage
  let catalog: CatalogService
  let carts: CartService
  const owner = { conversationId: newId(), customerId: newId() }

  beforeEach(() => {
    test = createTestStorage()
    catalog = new CatalogService(test.storage, () => test.brief)
    carts = new CartService(test.storage, catalog, () => test.brief)
    test.storage.write('system', (tx) => {
      const stamp = [tx.now, tx.now, 'system', 'system']
      const account = newId()
      tx.sql
        .prepare(
          'INSERT INTO channel_accounts (id, kind, name, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?)',
        )
        .run(account, 'testchat', 'test', ...stamp)
      tx.sql
        .prepare(
          'INSERT INTO customers (id, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, ?)',
        )
        .run(owner.customerId, ...stamp)
      tx.sql
        .prepare(
          'INSERT INTO conversations (id, customer_id, channel_account_id, chat_id, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        )
        .run(owner.conversationId, owner.customerId, account, 'c', ...stamp)
    })
  })
  afterEach(() => test.close())

  function add(input: Partial<ProductInput> & Pick<ProductInput, 'variants'>): Product {
    return test.storage.write('system', (tx) => catalog.create(tx, { name: 'Taza', ...input }))
  }
  function variantId(product: Product): string {
    return product.variants[0]?.id ?? ''
  }
  function set(id: string, quantity: number) {
    return test.storage.write('agent', (tx) => carts.setLine(tx, owner, id, quantity))
  }
  function codeOf(work: () => unknown): { code: string; data: object } | null {
    try {
      work()
      return null
    } catch (error) {
      if (isDomainError(error)) return { code: error.code, data: error.data }
      throw error
    }
  }

  it('hold one line a variant with an absolute quantity, and the catalog’s price', () => {
    const mug = variantId(
      add({ variants: [{ price: { kind: 'exact', amount: 1250 }, stock: { tracked: true, onHand: 5 } }] }),
    )
    expect(set(mug, 2)).toMatchObject({ previousQuantity: 0, cart: { total: { amount: 2500 }, pieces: 2 } })
    const changed = set(mug, 5)
    expect(changed).toMatchObject({ previousQuantity: 2, cart: { total: { amount: 6250, currency: 'EUR' } } })
    expect(changed.cart.lines).toHaveLength(1)
    expect(changed.cart.revision).toBeGreaterThan(1)
    const same = set(mug, 5)
    expect(same.cart.revision).toBe(changed.cart.revision)
    const removed = test.storage.write('agent', (tx) => carts.removeLine(tx, owner, mug))
    expect(removed).toMatchObject({ removed: { quantity: 5 }, cart: { lines: [], total: { amount: 0 } } })
    expect(set(mug, 1).cart.lines).toHaveLength(1)
    expect(test.storage.write('agent', (tx) => carts.clear(tx, owner)).lines).toEqual([])
  })

  it('refuse what cannot be sold, with the reason', () => {
    const stocked = variantId(
      add({ variants: [{ price: { kind: 'exact', amount: 100 }, stock: { tracked: true, onHand: 3 } }] }),
    )
    expect(codeOf(() => set(stocked, 4))).toMatchObject({ code: 'cart.out_of_stock', data: { available: 3 } })
    const limited = variantId(
      add({ variants: [{ price: { kind: 'exact', amount: 100 }, minQuantity: 2, maxQuantity: 6 }] }),
    )
    expect(codeOf(() => set(limited, 1))).toMatchObject({ code: 'cart.quantity', data: { min: 2, max: 6 } })
    expect(codeOf(() => set(limited, 7))).toMatchObject({ code: 'cart.quantity' })
    const reasons: [Product, string][] = [
      [add({ variants: [{ price: { kind: 'ask' } }] }), 'price_ask'],
      [add({ variants: [{ price: { kind: 'from', amount: 400 } }] }), 'price_from'],
      [add({ status: 'sold_out', variants: [{ price: { kind: 'exact', amount: 1 } }] }), 'sold_out'],
      [add({ status: 'discontinued', variants: [{ price: { kind: 'exact', amount: 1 } }] }), 'discontinued'],
      [add({ status: 'hidden', variants: [{ price: { kind: 'exact', amount: 1 } }] }), 'not_for_sale'],
    ]
    for (const [product, reason] of reasons) {
      expect(codeOf(() => set(variantId(product), 1))).toMatchObject({
        code: 'cart.not_sellable',
        data: { reason },
      })
    }
    expect(codeOf(() => set(newId(), 1))).toMatchObject({ code: 'cart.not_sellable' })
    expect(carts.view(owner.conversationId)).toMatchObject({ id: null, lines: [] })
  })

  it('sell what is made to order beyond stock, and what is weighed by its unit', () => {
    const cake = variantId(
      add({
        madeToOrder: true,
        variants: [{ price: { kind: 'exact', amount: 2000 }, stock: { tracked: true, onHand: 0 } }],
      }),
    )
    expect(set(cake, 2).cart.total.amount).toBe(4000)
    const cheese = variantId(
      add({ variants: [{ price: { kind: 'exact', amount: 1990 }, unit: 'g', unitSize: 1000 }] }),
    )
    expect(set(cheese, 250).cart).toMatchObject({ total: { amount: 4498 }, pieces: 3 })
  })

  it('leave out of the total what stopped being sold', () => {
    const product = add({ variants: [{ price: { kind: 'exact', amount: 700 } }] })
    set(variantId(product), 3)
    test.storage.write('person:1', (tx) => catalog.update(tx, product.id, { status: 'sold_out' }))
    expect(carts.view(owner.conversationId)).toMatchObject({
      lines: [],
      total: { amount: 0 },
      dropped: [{ reason: 'sold_out' }],
    })
  })
})
