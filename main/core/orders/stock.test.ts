import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SellingShop } from '../../../tests/fixtures/selling.ts'
import { isDomainError } from '../errors.ts'
import type { OrderState } from './states.ts'

/** What may happen to one article's stock, in any order. */
const event = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('place' as const), quantity: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      order: fc.nat(20),
      state: fc.constantFrom<OrderState>('processing', 'shipped', 'delivered', 'cancelled', 'returned'),
      restock: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('edit' as const),
      order: fc.nat(20),
      quantity: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('set' as const), onHand: fc.integer({ min: 0, max: 12 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('import' as const), onHand: fc.integer({ min: 0, max: 12 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('counter' as const), quantity: fc.integer({ min: 1, max: 3 }) }),
  },
)

describe('stock under orders', () => {
  it('adds up whatever happens: nothing is sold twice, and the ledger tells what is on the shelf', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stock-'))
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40 }), async (events) => {
        const shop = new SellingShop()
        try {
          const variantId = shop.product('te', 1_000, 6)
          const write = (work: (tx: Parameters<Parameters<typeof shop.test.storage.write>[1]>[0]) => void) =>
            allowed(() => shop.test.storage.write('import:test', work))
          const orders: string[] = []
          /** Whether the shop itself has said that there is less than it holds. */
          let counted = false
          for (const each of events) {
            const id = 'order' in each ? orders[each.order % Math.max(1, orders.length)] : undefined
            if (each.kind === 'place') {
              allowed(() => orders.push(shop.place([{ variantId, quantity: each.quantity }], {}).id))
            } else if (each.kind === 'move' && id !== undefined) {
              const { state, restock } = each
              write((tx) => shop.orders.setState(tx, id, { state, restock }))
            } else if (each.kind === 'edit' && id !== undefined) {
              const lineId = shop.orders.get(id).lines[0]?.id ?? ''
              write((tx) => shop.orders.edit(tx, id, { lines: [{ lineId, quantity: each.quantity }] }))
            } else if (each.kind === 'set') {
              write((tx) => shop.catalog.setStock(tx, variantId, each.onHand, 'count'))
            } else if (each.kind === 'import') {
              const path = join(folder, 'te.csv')
              writeFileSync(path, `sku;nombre;precio;existencias\nTE;te;10,00;${each.onHand}\n`)
              await shop.catalog.importCsv(
                { path, fileName: 'te.csv' },
                { dryRun: false, actor: 'person:owner', overwriteManual: true },
              )
            } else if (each.kind === 'counter') {
              const lines = [{ variantId, quantity: each.quantity }]
              write((tx) => shop.orders.counterSale(tx, { lines }))
            }
            const { onHand, reserved } = shop.stock(variantId)
            if (each.kind === 'set' || each.kind === 'import') counted = onHand < reserved
            if (onHand >= reserved) counted = false
            expect(counted || onHand - reserved >= 0).toBe(true)
            expect(onHand).toBeGreaterThanOrEqual(0)
            expect(
              shop.value(
                'SELECT coalesce(sum(delta), 0) FROM stock_movements WHERE variant_id = ?',
                variantId,
              ),
            ).toBe(onHand)
            expect(
              shop.value(
                'SELECT on_hand_after FROM stock_movements WHERE variant_id = ? ORDER BY seq DESC LIMIT 1',
                variantId,
              ),
            ).toBe(onHand)
            expect(
              shop.value(
                `SELECT coalesce(sum(l.quantity), 0) FROM order_lines l JOIN orders o ON o.id = l.order_id
                 WHERE l.deleted_at IS NULL AND o.state IN ('pending', 'processing')`,
              ),
            ).toBe(reserved)
          }
        } finally {
          shop.close()
        }
      }),
      { numRuns: 25 },
    )
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  it('sells ten of the last ten to two hundred, while an import and the desk change the catalog', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'race-'))
    const shop = new SellingShop()
    try {
      const variantId = shop.product('te', 1_000, 10)
      const path = join(folder, 'te.csv')
      const others = Array.from({ length: 300 }, (_, index) => `X${index};cosa ${index};1,00;5`)
      const rows = [...others.slice(0, 150), 'TE;te;10,00;10', ...others.slice(150)]
      writeFileSync(path, `sku;nombre;precio;existencias\n${rows.join('\n')}\n`)
      const sold: string[] = []
      const refused: unknown[] = []
      const customers = Array.from({ length: 200 }, (_, index) => async () => {
        const request = shop.request([{ variantId, quantity: 1 }])
        const early = shop.orders.draft(request)
        await new Promise<void>((resolve) => setImmediate(resolve))
        if (index % 20 === 0) {
          shop.test.storage.write('person:owner', (tx) => shop.catalog.setStock(tx, variantId, 10, 'count'))
        }
        try {
          const meta = { customerId: null, conversationId: null, source: 'chat' as const, summaryId: null }
          sold.push(shop.test.storage.write('agent', (tx) => shop.orders.place(tx, early, meta)).id)
        } catch (error) {
          if (!isDomainError(error, 'cart.out_of_stock')) throw error
          refused.push(error.data.available)
        }
      })
      const importing = shop.catalog.importCsv(
        { path, fileName: 'te.csv' },
        { dryRun: false, actor: 'person:owner', overwriteManual: true },
      )
      await Promise.all(customers.map((buy) => buy()))
      await importing
      expect(sold).toHaveLength(10)
      expect(refused).toHaveLength(190)
      expect(new Set(refused)).toEqual(new Set([0]))
      expect(shop.stock(variantId)).toEqual({ onHand: 10, reserved: 10, available: 0 })
    } finally {
      shop.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }, 60_000)
})

function allowed(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!isDomainError(error)) throw error
  }
}
