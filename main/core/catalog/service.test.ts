import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import { isDomainError } from '../errors.ts'
import type { ShopEvent } from '../events.ts'
import type { ProductInput } from './product.ts'
import { CatalogService } from './service.ts'

let shop: TestStorage
let catalog: CatalogService
let events: ShopEvent[]

beforeEach(() => {
  shop = createTestStorage()
  catalog = new CatalogService(shop.storage, () => shop.brief)
  events = []
  shop.bus.subscribe((event) => events.push(event))
})
afterEach(() => shop.close())

const shirt: ProductInput = {
  name: ' Camiseta  de lino ',
  description: '<p>Fresca.</p><ul><li>100 % lino</li></ul><script>alert(1)</script>',
  category: 'Ropa > Camisetas',
  optionNames: ['Talla'],
  aliases: ['playera', 'Playera', 'remera'],
  images: [{ url: 'https://example.com/a.jpg' }],
  variants: [
    {
      sku: 'CL-S',
      options: ['S'],
      price: { kind: 'exact', amount: 1990 },
      stock: { tracked: true, onHand: 3 },
    },
    { sku: 'CL-M', options: ['M'], price: { kind: 'exact', amount: 1990 } },
  ],
}

const create = (input: ProductInput = shirt) =>
  shop.storage.write('person:ana', (tx) => catalog.create(tx, input))

const code = (work: () => unknown): string | null => {
  try {
    work()
    return null
  } catch (error) {
    if (isDomainError(error)) return error.code
    throw error
  }
}

test('a product comes back as it was entered, cleaned', () => {
  const product = create()
  expect(product).toMatchObject({
    name: 'Camiseta de lino',
    description: 'Fresca.\n\n- 100 % lino',
    aliases: ['playera', 'remera'],
    revision: 1,
    seq: 1,
  })
  expect(product.variants.map((variant) => [variant.sku, variant.title, variant.stock.available])).toEqual([
    ['CL-S', 'S', 3],
    ['CL-M', 'M', null],
  ])
  expect(catalog.variantBySku('cl-s')?.variant.id).toBe(product.variants[0]?.id)
  expect(catalog.categories()).toEqual([{ name: 'Ropa > Camisetas', products: 1 }])
  expect(events.map((event) => event.type)).toEqual(['product.changed'])
})

test('each change raises the revision and marks the product for the index', () => {
  const product = create()
  const [first] = product.variants
  const changed = shop.storage.write('person:ana', (tx) =>
    catalog.update(
      tx,
      product.id,
      { variants: [{ id: first?.id, price: { kind: 'from', amount: 2500 } }] },
      { expectedRevision: 1 },
    ),
  )
  expect(changed.revision).toBe(2)
  expect(changed.variants.map((variant) => variant.revision)).toEqual([2, 1])
  expect(changed.variants[0]?.manualFields).toContain('price')
  expect(shop.storage.sql.prepare('SELECT * FROM search_outbox').all()).toEqual([
    { kind: 'product', entity_id: product.id, revision: 2 },
  ])
  const same = shop.storage.write('person:ana', (tx) =>
    catalog.update(tx, product.id, { name: 'Camiseta de lino' }),
  )
  expect(same.revision).toBe(2)
})

test('a stale edit is a conflict and writes nothing', () => {
  const product = create()
  const edit = () =>
    shop.storage.write('person:ana', (tx) =>
      catalog.update(tx, product.id, { name: 'Otra' }, { expectedRevision: 7 }),
    )
  expect(code(edit)).toBe('conflict')
  expect(catalog.product(product.id)?.name).toBe('Camiseta de lino')
})

test('a SKU belongs to one live variant, also after putting away and bringing back', () => {
  const product = create()
  expect(code(() => create({ name: 'Otra', variants: [{ sku: 'cl-s', price: { kind: 'ask' } }] }))).toBe(
    'catalog.duplicate_sku',
  )
  shop.storage.write('person:ana', (tx) => catalog.remove(tx, product.id))
  expect(catalog.product(product.id)).toBeNull()
  expect(catalog.count()).toBe(0)
  const other = create({ name: 'Otra', variants: [{ sku: 'cl-s', price: { kind: 'ask' } }] })
  expect(code(() => shop.storage.write('person:ana', (tx) => catalog.restore(tx, product.id)))).toBe(
    'catalog.duplicate_sku',
  )
  shop.storage.write('person:ana', (tx) => catalog.remove(tx, other.id))
  shop.storage.write('person:ana', (tx) => catalog.restore(tx, product.id))
  expect(catalog.product(product.id)?.variants).toHaveLength(2)
})

test('stock changes are movements in the ledger', () => {
  const product = create()
  const id = product.variants[0]?.id ?? ''
  shop.storage.write('person:ana', (tx) => catalog.setStock(tx, id, 10, 'count'))
  shop.storage.write('person:ana', (tx) => catalog.setStock(tx, id, 10, 'count'))
  expect(
    shop.storage.sql.prepare('SELECT delta, on_hand_after, reason FROM stock_movements ORDER BY seq').all(),
  ).toEqual([
    { delta: 3, on_hand_after: 3, reason: 'initial' },
    { delta: 7, on_hand_after: 10, reason: 'count' },
  ])
  expect(catalog.product(product.id)?.revision).toBe(2)
})

test('what cannot be sold cannot be entered', () => {
  const bad: [Partial<ProductInput>, string][] = [
    [{ name: '  ' }, 'input.invalid'],
    [{ variants: [] }, 'input.invalid'],
    [{ variants: [{ price: { kind: 'exact', amount: 0 } }] }, 'catalog.invalid_price'],
    [{ variants: [{ price: { kind: 'exact', amount: 12.5 } }] }, 'catalog.invalid_price'],
    [{ variants: [{ price: { kind: 'ask' }, minQuantity: 5, maxQuantity: 2 }] }, 'input.invalid'],
  ]
  for (const [change, expected] of bad) expect(code(() => create({ ...shirt, ...change }))).toBe(expected)
  expect(catalog.list({ limit: 10, offset: 0 }).total).toBe(0)
})

test('the list finds words without accents or case, in names, aliases and SKUs', () => {
  create({ name: 'Camión de bomberos', variants: [{ sku: 'JUG-[1]', price: { kind: 'ask' } }] })
  create()
  const find = (text: string) =>
    catalog.list({ text, limit: 10, offset: 0 }).items.map((product) => product.name)
  expect(find('CAMION')).toEqual(['Camión de bomberos'])
  expect(find('remera lino')).toEqual(['Camiseta de lino'])
  expect(find('jug-[1]')).toEqual(['Camión de bomberos'])
  expect(find('nada')).toEqual([])
  expect(catalog.list({ category: 'Ropa', limit: 10, offset: 0 }).total).toBe(1)
})
