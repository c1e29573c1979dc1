import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../tests/fixtures/clock.ts'
import { createTestStorage, type TestStorage, testBrief } from '../../../tests/fixtures/shop.ts'
import type { ProductInput } from '../catalog/product.ts'
import { CatalogService } from '../catalog/service.ts'
import type { Log } from '../host.ts'
import { withMutant } from '../mutants.ts'
import { SearchService } from './service.ts'

const quiet: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => quiet }
const resources = resolve(import.meta.dirname, '../../../resources')

let shop: TestStorage
let catalog: CatalogService
let dir: string
let running: SearchService[]

beforeEach(() => {
  shop = createTestStorage()
  catalog = new CatalogService(shop.storage, () => testBrief)
  dir = mkdtempSync(join(tmpdir(), 'search-'))
  running = []
})

afterEach(async () => {
  for (const service of running) await service.stop()
  shop.close()
  rmSync(dir, { recursive: true, force: true })
})

function service(options: { withoutIndex?: boolean } = {}): SearchService {
  const made = new SearchService({
    storage: shop.storage,
    dir,
    catalog,
    shop: () => testBrief,
    log: quiet,
    clock: systemClock,
    bus: shop.bus,
    resources,
    ...(options.withoutIndex === true ? { loadIndex: async () => null } : {}),
  })
  running.push(made)
  return made
}

async function started(options: { withoutIndex?: boolean } = {}): Promise<SearchService> {
  const made = service(options)
  await made.start()
  await made.caughtUp()
  return made
}

function add(
  name: string,
  price: number | 'ask',
  more: Partial<ProductInput> = {},
  sku: string | null = null,
): string {
  return shop.storage.write('system', (tx) =>
    catalog.create(tx, {
      name,
      variants: [{ sku, price: price === 'ask' ? { kind: 'ask' } : { kind: 'exact', amount: price } }],
      ...more,
    }),
  ).id
}

function fill(): Record<string, string> {
  return {
    shirt: add('Camiseta básica de algodón negra', 1_290, { category: 'Ropa' }, 'CAM-1014-NE'),
    trail: add('Zapatillas de trail Kiru', 8_900, { category: 'Calzado' }, 'ZAP-200'),
    lamp: add('Lámpara de mesa', 3_500, { category: 'Hogar' }, 'LAM-1'),
    pan: add('Sartén antiadherente 28 cm', 2_450, { category: 'Cocina' }, 'SAR-28'),
    chair: add('Silla de oficina ergonómica', 14_900, { category: 'Muebles' }, 'SIL-9'),
    socks: add('Calcetines de lana', 700, { category: 'Ropa' }, 'CAL-7'),
    mate: add('Yerba mate 1 kg', 850, { category: 'Alimentos' }, 'YER-1'),
  }
}

async function first(search: SearchService, query: string): Promise<string | undefined> {
  const { hits, answered } = await search.products(query)
  return answered ? hits[0]?.productId : undefined
}

test('finds by name, slip, region, language, use and SKU fragment, and says when nothing fits', async () => {
  const ids = fill()
  const search = await started()
  expect(search.state()).toEqual({ state: 'ready', pending: 0 })
  const expected: [string, string | undefined][] = [
    ['lampara', ids.lamp],
    ['camisteas', ids.shirt],
    ['remera negra', ids.shirt],
    ['tienen playeras?', ids.shirt],
    ['frying pan', ids.pan],
    ['me duele la espalda', ids.chair],
    ['cam 1014', ids.shirt],
    ['am-101', ids.shirt],
    ['guitarra eléctrica', undefined],
    ['saxofón', undefined],
  ]
  for (const [query, id] of expected) expect([query, await first(search, query)]).toEqual([query, id])
})

test('reads a price from the words and never passes it', async () => {
  const ids = fill()
  add('Camiseta de seda', 'ask')
  const search = await started()
  const found = await search.products('camiseta por menos de 20 euros')
  expect(found.interpretation.maxPrice).toBe(2_000)
  expect(found.hits.map(({ productId }) => productId)).toContain(ids.shirt)
  for (const query of [
    'algo hasta 10 euros',
    'ropa entre 5 y 15 euros',
    'silla max 30',
    'menos de 1000 euros',
  ]) {
    const { hits, interpretation } = await search.products(query)
    for (const hit of hits) {
      const price = catalog.variant(hit.variantId)?.variant.price
      expect(price?.kind).not.toBe('ask')
      if (price !== undefined && price.kind !== 'ask')
        expect(price.amount).toBeLessThanOrEqual(interpretation.maxPrice ?? 0)
    }
  }
})

test('an index that lags shows neither an old price nor a removed product; its mutant does', async () => {
  const ids = fill()
  const search = await started()
  await search.stop()
  const lagging = service()
  await lagging.start()
  // Written in one go after the worker looked: it has had no chance to run.
  const shirt = catalog.product(ids.shirt ?? '')
  shop.storage.write('system', (tx) => {
    const variant = shirt?.variants[0]
    catalog.update(tx, ids.shirt ?? '', {
      variants: [{ id: variant?.id, sku: 'CAM-1014-NE', price: { kind: 'exact', amount: 9_900 } }],
    })
    catalog.remove(tx, ids.socks ?? '')
  })
  const cheap = lagging.products('camiseta por menos de 20 euros')
  const gone = lagging.products('calcetines')
  expect((await cheap).hits.map(({ productId }) => productId)).not.toContain(ids.shirt)
  expect((await gone).hits.map(({ productId }) => productId)).not.toContain(ids.socks)
  await lagging.stop()
  // Text search knows no prices: only the second reading keeps the limit.
  const text = await started({ withoutIndex: true })
  const found = async () =>
    (await text.products('zapatillas hasta 50 euros')).hits.map(({ productId }) => productId)
  expect(await found()).not.toContain(ids.trail)
  await withMutant('search.reread', async () => expect(await found()).toContain(ids.trail))
})

test('changes reach the index; hidden, draft and deleted products leave it', async () => {
  const ids = fill()
  const search = await started()
  shop.storage.write('system', (tx) => catalog.update(tx, ids.lamp ?? '', { name: 'Acordeón de estudio' }))
  shop.storage.write('system', (tx) => catalog.update(tx, ids.pan ?? '', { status: 'hidden' }))
  shop.storage.write('system', (tx) => catalog.remove(tx, ids.socks ?? ''))
  await search.caughtUp()
  expect(await first(search, 'acordeon')).toBe(ids.lamp)
  for (const query of ['sartén', 'SAR-28', 'calcetines', 'CAL-7']) {
    const found = (await search.products(query)).hits.map(({ productId }) => productId)
    expect(found).not.toContain(ids.pan)
    expect(found).not.toContain(ids.socks)
  }
  shop.storage.write('system', (tx) => catalog.restore(tx, ids.socks ?? ''))
  await search.caughtUp()
  expect(await first(search, 'calcetines')).toBe(ids.socks)
})

test('what was written while search was down is in the index after a start', async () => {
  fill()
  await (await started()).stop()
  const id = add('Telescopio refractor', 19_900)
  const again = await started()
  expect(await first(again, 'telescopio')).toBe(id)
})

test('a crash after the index took a batch and before the outbox was cleared repeats the batch', async () => {
  const ids = fill()
  const search = await started()
  await search.stop()
  // The state such a crash leaves: rows in the index, their outbox entries still there.
  shop.storage.write('system', (tx) => {
    for (const id of Object.values(ids)) {
      tx.sql.prepare("INSERT INTO search_outbox (kind, entity_id, revision) VALUES ('product', ?, 1)").run(id)
    }
  })
  const again = await started()
  expect(again.state()).toEqual({ state: 'ready', pending: 0 })
  const { hits } = await again.products('camiseta')
  expect(hits.filter(({ productId }) => productId === ids.shirt)).toHaveLength(1)
})

test('an index of another database, another analyzer or a torn one is rebuilt', async () => {
  const ids = fill()
  await (await started()).stop()
  const before = readdirSync(dir).find((name) => name.startsWith('index-'))
  shop.storage.write('system', (tx) => tx.sql.exec("UPDATE shop SET database_id = 'restored'"))
  const restored = await started()
  expect(await first(restored, 'lampara')).toBe(ids.lamp)
  await restored.stop()
  const after = readdirSync(dir).filter((name) => name.startsWith('index-'))
  expect(after).toHaveLength(1)
  expect(after[0]).not.toBe(before)
  writeFileSync(join(dir, after[0] ?? '', 'meta.json'), '{"torn')
  const healed = await started()
  expect(healed.state().state).toBe('ready')
  await healed.stop()
  rmSync(dir, { recursive: true, force: true })
  const fresh = await started()
  expect(await first(fresh, 'lampara')).toBe(ids.lamp)
})

test('an index behind a database that was changed without it is rebuilt', async () => {
  const ids = fill()
  await (await started()).stop()
  shop.storage.write('system', (tx) =>
    tx.sql.exec("UPDATE products SET name = 'Ukelele', revision = revision + 1 WHERE name LIKE 'Yerba%'"),
  )
  shop.storage.write('system', (tx) => tx.sql.exec('DELETE FROM search_outbox'))
  expect(await first(await started(), 'ukelele')).toBe(ids.mate)
})

test('a rebuild serves the old index until it swaps, can be cancelled, and leaves one folder', async () => {
  const ids = fill()
  const search = await started()
  const rebuilding = search.rebuild()
  expect(await first(search, 'lampara')).toBe(ids.lamp)
  await rebuilding
  expect(await first(search, 'lampara')).toBe(ids.lamp)
  await expect(search.rebuild({ signal: AbortSignal.abort() })).rejects.toThrow()
  expect(search.state().state).toBe('ready')
  expect(readdirSync(dir).filter((name) => name.startsWith('index-'))).toHaveLength(1)
})

test('without an index SQLite answers, and keeps up with changes', async () => {
  const ids = fill()
  const search = await started({ withoutIndex: true })
  expect(search.state()).toEqual({ state: 'missing', pending: 0 })
  for (const query of ['lampara', 'lamparas de mesa', 'LAM-1'])
    expect(await first(search, query)).toBe(ids.lamp)
  expect(await first(search, 'remera')).toBe(ids.shirt)
  expect(await first(search, 'guitarra')).toBeUndefined()
  shop.storage.write('system', (tx) => catalog.remove(tx, ids.lamp ?? ''))
  const id = add('Ukelele soprano', 5_000)
  await search.caughtUp()
  expect(await first(search, 'lampara')).toBeUndefined()
  expect(await first(search, 'ukelele')).toBe(id)
  expect(existsSync(join(dir, 'current.json'))).toBe(false)
})

test('an index folder that cannot be written leaves the shop searchable', async () => {
  const ids = fill()
  rmSync(dir, { recursive: true, force: true })
  writeFileSync(dir, 'a file where the folder should be')
  const search = await started()
  expect(search.state().state).toBe('missing')
  expect(await first(search, 'lampara')).toBe(ids.lamp)
  await search.stop()
  rmSync(dir)
  mkdirSync(dir)
})

test('the shop adds its own synonyms', async () => {
  const ids = fill()
  const search = await started()
  expect(await first(search, 'chirimbolo')).toBeUndefined()
  shop.storage.write('system', (tx) => search.setSynonyms(tx, [['chirimbolo', 'lámpara de mesa']]))
  expect(search.synonyms().map(({ terms }) => terms)).toEqual([['chirimbolo', 'lámpara de mesa']])
  expect(await first(search, 'un chirimbolo')).toBe(ids.lamp)
  expect(() => shop.storage.write('system', (tx) => search.setSynonyms(tx, [['solo']]))).toThrow(
    'input.invalid',
  )
})

test('chooses the variant that the query, the limit and the stock ask for', async () => {
  const id = add('Vestido de lino', 0, {
    optionNames: ['Talla', 'Color'],
    variants: [
      {
        sku: 'V-S',
        options: ['S', 'Azul'],
        price: { kind: 'exact', amount: 4_000 },
        stock: { tracked: true, onHand: 3 },
      },
      {
        sku: 'V-M',
        options: ['M', 'Rojo'],
        price: { kind: 'exact', amount: 5_000 },
        stock: { tracked: true, onHand: 0 },
      },
      {
        sku: 'V-L',
        options: ['L', 'Rojo'],
        price: { kind: 'exact', amount: 6_000 },
        stock: { tracked: true, onHand: 2 },
      },
    ],
  } as Partial<ProductInput>)
  const search = await started()
  const sku = async (query: string, options = {}) => {
    const hit = (await search.products(query, options)).hits.find(({ productId }) => productId === id)
    return hit === undefined ? null : catalog.variant(hit.variantId)?.variant.sku
  }
  expect(await sku('vestido azul')).toBe('V-S')
  expect(await sku('vestido talla L rojo')).toBe('V-L')
  expect(await sku('vestido', { minPrice: 4_500, maxPrice: 5_500 })).toBe('V-M')
  expect(await sku('vestido', { minPrice: 4_500, maxPrice: 5_500, inStockOnly: true })).toBeNull()
  expect(await sku('V-M')).toBe('V-M')
})

test('knowledge has an index of its own', async () => {
  fill()
  shop.storage.write('system', (tx) => {
    const insert = tx.sql.prepare(
      "INSERT INTO knowledge (id, topic, question, answer, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, '', '', 'system', 'system')",
    )
    insert.run(
      'k1',
      'returns',
      '¿Puedo devolver un producto?',
      'Tienes 30 días para devolverlo con el ticket.',
    )
    insert.run('k2', 'faq', '¿Envuelven para regalo?', 'Sí, sin coste.')
    for (const id of ['k1', 'k2'])
      tx.sql.prepare("INSERT INTO search_outbox VALUES ('knowledge', ?, 1)").run(id)
  })
  const search = await started()
  expect((await search.knowledge('devolver algo')).hits[0]?.knowledgeId).toBe('k1')
  expect((await search.knowledge('envuelven regalos')).hits[0]?.knowledgeId).toBe('k2')
  expect(
    (await search.knowledge('devolver algo', { topic: 'faq' })).hits.map((hit) => hit.knowledgeId),
  ).not.toContain('k1')
  shop.storage.write('system', (tx) => {
    tx.sql.exec("UPDATE knowledge SET deleted_at = 'now', revision = 2 WHERE id = 'k1'")
    tx.sql.exec("INSERT INTO search_outbox VALUES ('knowledge', 'k1', 2)")
  })
  expect((await search.knowledge('devolver algo')).hits.map((hit) => hit.knowledgeId)).not.toContain('k1')
})

test('no query breaks it', async () => {
  fill()
  const search = await started()
  const nasty = [
    '"',
    '""',
    "'",
    '"camiseta',
    'a AND OR NOT (',
    '* ^ ~ :',
    "'; DROP TABLE products; --",
    '👟🔥',
    '\u0000',
    '   ',
    '%',
    'x'.repeat(10_000),
    'camiseta '.repeat(2_000),
    '((((((',
    'name:camiseta',
    '\\',
    'ñ',
  ]
  for (const query of nasty) {
    const startedAt = performance.now()
    await search.products(query, { category: "Ropa' OR 1=1" })
    await search.products(query)
    await search.knowledge(query)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  }
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (query) => {
      await search.products(query)
    }),
    { numRuns: 40 },
  )
})
