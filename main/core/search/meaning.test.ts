import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../tests/fixtures/clock.ts'
import { testLog } from '../../../tests/fixtures/host.ts'
import { createTestStorage, type TestStorage, testBrief } from '../../../tests/fixtures/shop.ts'
import { WatchedClock } from '../../../tests/fixtures/watched-clock.ts'
import { sourceOf, WordEmbedder } from '../../../tests/fixtures/word-embedder.ts'
import { CatalogService } from '../catalog/service.ts'
import { EngineError } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { Clock } from '../host.ts'
import { withMutant } from '../mutants.ts'
import type { Embedder, EmbedderSource } from './embedder.ts'
import { floorOf, readUnsold, strengthOf } from './meaning-floor.ts'
import { SearchService } from './service.ts'

const resources = resolve(import.meta.dirname, '../../../resources')
/** Words that neither the shipped vocabulary nor the catalog knows. */
const synonyms = [
  ['lampara', 'flumbo', 'glintz'],
  ['calcetines', 'pirulos'],
]

let shop: TestStorage
let catalog: CatalogService
let dir: string
let running: SearchService[]
const file = resolve('/models/words.gguf')

beforeEach(() => {
  shop = createTestStorage()
  catalog = new CatalogService(shop.storage, () => testBrief)
  dir = mkdtempSync(join(tmpdir(), 'meaning-'))
  running = []
})

afterEach(async () => {
  for (const service of running) await service.stop()
  shop.close()
  rmSync(dir, { recursive: true, force: true })
})

function add(name: string, amount: number, category: string): string {
  return shop.storage.write('system', (tx) =>
    catalog.create(tx, { name, category, variants: [{ price: { kind: 'exact', amount } }] }),
  ).id
}

function fill(): Record<'shirt' | 'lamp' | 'socks' | 'pan' | 'chair', string> {
  return {
    shirt: add('Camiseta de algodón negra', 1_290, 'Ropa'),
    lamp: add('Lámpara de mesa', 3_500, 'Hogar'),
    socks: add('Calcetines de lana', 700, 'Ropa'),
    pan: add('Sartén antiadherente', 2_450, 'Cocina'),
    chair: add('Silla de oficina', 14_900, 'Muebles'),
  }
}

function searchOver(embedders: EmbedderSource | Embedder | null, clock: Clock = systemClock): SearchService {
  const source =
    embedders === null ? {} : { embedders: 'open' in embedders ? embedders : sourceOf(embedders) }
  const made = new SearchService({
    storage: shop.storage,
    dir,
    catalog,
    shop: () => testBrief,
    log: testLog(),
    clock,
    bus: shop.bus,
    resources,
    ...source,
  })
  running.push(made)
  return made
}

async function started(
  embedders: EmbedderSource | Embedder | null,
  clock: Clock = systemClock,
): Promise<SearchService> {
  const made = searchOver(embedders, clock)
  await made.start()
  await made.caughtUp()
  await made.embedded()
  return made
}

async function using(embedder: Embedder, clock: Clock = systemClock): Promise<SearchService> {
  const search = await started(embedder, clock)
  await search.setEmbedding('system', file)
  await search.embedded()
  expect(search.embedding()).toMatchObject({ state: 'ready', error: null })
  return search
}

async function first(search: SearchService, query: string): Promise<string | undefined> {
  const { hits, answered } = await search.products(query)
  return answered ? hits[0]?.productId : undefined
}

test('finds what has no word in common, and still says when nothing fits', async () => {
  const ids = fill()
  const lexical = await started(null)
  for (const query of ['flumbo', 'un glintz', 'pirulos']) expect(await first(lexical, query)).toBeUndefined()
  await lexical.stop()
  const search = await using(new WordEmbedder({ synonyms }))
  expect(await first(search, 'flumbo')).toBe(ids.lamp)
  expect(await first(search, 'tienen un glintz?')).toBe(ids.lamp)
  expect(await first(search, 'pirulos')).toBe(ids.socks)
  for (const query of ['saxofón', 'guitarra eléctrica', 'un seguro de vida', 'zzzz'])
    expect(await first(search, query)).toBeUndefined()
  // What the words say goes first.
  expect(await first(search, 'camiseta negra')).toBe(ids.shirt)
})

test('keeps the limits that a query names', async () => {
  const ids = fill()
  const search = await using(new WordEmbedder({ synonyms }))
  expect(
    (await search.products('flumbo hasta 20 euros')).hits.map(({ productId }) => productId),
  ).not.toContain(ids.lamp)
  expect(await first(search, 'flumbo hasta 50 euros')).toBe(ids.lamp)
})

test('without the floor everything is an answer', async () => {
  fill()
  const search = await using(new WordEmbedder({ synonyms }))
  expect(await first(search, 'saxofón')).toBeUndefined()
  await withMutant('search.meaning_floor', async () => expect(await first(search, 'saxofón')).toBeDefined())
})

test('serves by words while vectors are made, and tells how far they are', async () => {
  const ids = fill()
  const gate = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const embedder = new WordEmbedder({
    synonyms,
    before: async (_texts, purpose) => {
      if (purpose === 'query') return
      asked.resolve()
      await gate.promise
    },
  })
  const search = await started(embedder)
  const told: string[] = []
  shop.bus.subscribe((event) => {
    if (event.type === 'search.progress') told.push(event.payload.state)
  })
  expect((await search.setEmbedding('system', file)).state).toBe('building')
  await asked.promise
  expect(search.embedding()).toMatchObject({ file, name: 'words', state: 'building', done: 0, total: 5 })
  expect(await first(search, 'lampara')).toBe(ids.lamp)
  expect(await first(search, 'flumbo')).toBeUndefined()
  expect(embedder.asked.query).toEqual([])
  gate.resolve()
  await search.embedded()
  expect(search.embedding()).toMatchObject({ state: 'ready', done: 5, total: 5 })
  expect(told).toContain('embedding_ready')
  expect(await first(search, 'flumbo')).toBe(ids.lamp)
})

test('waits 300 ms for the vector of a query, and knows it the next time', async () => {
  const ids = fill()
  const clock = new WatchedClock()
  const embedder = new WordEmbedder({ synonyms })
  const search = await using(embedder, clock)
  const slow = Promise.withResolvers<void>()
  embedder.before = () => slow.promise
  const waits = clock.asked(300)
  const late = search.products('flumbo')
  await waits
  clock.advance(300)
  expect((await late).answered).toBe(false)
  const before = embedder.asked.query.length
  slow.resolve()
  expect(await first(search, 'flumbo')).toBe(ids.lamp)
  expect(await first(search, 'Flumbo')).toBe(ids.lamp)
  expect(embedder.asked.query.length - before).toBe(1)
})

test('a model that fails leaves the words, says so, and is back by itself', async () => {
  const ids = fill()
  const embedder = new WordEmbedder({ synonyms })
  const search = await using(embedder)
  embedder.before = async () => {
    throw new EngineError('model_missing')
  }
  expect(await first(search, 'pirulos')).toBeUndefined()
  expect(await first(search, 'lampara')).toBe(ids.lamp)
  expect(search.embedding()).toMatchObject({ state: 'failed', error: 'model.not_found' })
  embedder.before = undefined
  expect(await first(search, 'pirulos')).toBe(ids.socks)
  expect(search.embedding()).toMatchObject({ state: 'ready', error: null })
})

test('a death while vectors are made loses none that were written', async () => {
  for (let number = 0; number < 150; number++) add(`Artículo número ${number}`, 1_000, 'Varios')
  const clock = new WatchedClock()
  let alive = 5
  const embedder = new WordEmbedder({
    before: async (_texts, purpose) => {
      if (purpose === 'document' && alive-- <= 0) throw new EngineError('crashed')
    },
  })
  const search = await started(embedder, clock)
  const rests = clock.asked(10_000)
  await search.setEmbedding('system', file)
  await rests
  expect(search.embedding()).toMatchObject({ state: 'building', done: 64, error: 'engine.crashed' })
  expect(embedder.asked.document).toHaveLength(80)
  alive = Number.POSITIVE_INFINITY
  clock.advance(10_000)
  await search.embedded()
  expect(search.embedding().state).toBe('ready')
  // Only the batch after the last written rows was made twice.
  expect(embedder.asked.document).toHaveLength(166)
})

test('goes on after a stop where it was', async () => {
  for (let number = 0; number < 150; number++) add(`Artículo número ${number}`, 1_000, 'Varios')
  const reached = Promise.withResolvers<void>()
  let requests = 0
  const before = new WordEmbedder({
    before: async (_texts, purpose, signal) => {
      if (purpose === 'query' || ++requests < 7) return
      reached.resolve()
      const { promise, reject } = Promise.withResolvers<void>()
      signal?.addEventListener('abort', () => reject(signal.reason))
      await promise
    },
  })
  const search = await started(before)
  await search.setEmbedding('system', file)
  await reached.promise
  await search.stop()
  const after = new WordEmbedder()
  const again = await started(after)
  expect(again.embedding()).toMatchObject({ file, state: 'ready' })
  expect(after.asked.document).toHaveLength(150 - 64)
  await again.stop()
  // A start with everything in place asks for nothing.
  const third = new WordEmbedder()
  expect((await started(third)).embedding().state).toBe('ready')
  expect(third.asked.document).toEqual([])
})

test('embeds only what has changed, and forgets what is gone', async () => {
  const ids = fill()
  const embedder = new WordEmbedder({ synonyms })
  const search = await using(embedder)
  const before = embedder.asked.document.length
  const settled = async () => {
    await search.caughtUp()
    await search.embedded()
  }
  shop.storage.write('system', (tx) => {
    const variant = catalog.product(ids.pan)?.variants[0]
    catalog.update(tx, ids.pan, { variants: [{ id: variant?.id, price: { kind: 'exact', amount: 999 } }] })
  })
  await settled()
  expect(embedder.asked.document.length).toBe(before)
  shop.storage.write('system', (tx) => catalog.update(tx, ids.pan, { name: 'Lámpara de pie' }))
  shop.storage.write('system', (tx) => catalog.remove(tx, ids.lamp))
  await settled()
  expect(embedder.asked.document.slice(before)).toEqual(['Lámpara de pie. Cocina'])
  expect(await first(search, 'flumbo')).toBe(ids.pan)
  const added = add('Farol flotante', 2_000, 'Hogar')
  await settled()
  expect(embedder.asked.document.at(-1)).toBe('Farol flotante. Hogar')
  expect((await search.products('farol')).hits[0]?.productId).toBe(added)
})

test('a process that soon ends opens a model only when a query asks for it', async () => {
  const ids = fill()
  const embedder = new WordEmbedder({ synonyms })
  await (await using(embedder)).stop()
  let opened = 0
  const made = searchOver({
    open: async () => {
      opened += 1
      return embedder
    },
  })
  await made.start({ embed: false })
  expect(made.embedding()).toMatchObject({ file, state: 'ready', done: 5, total: 5 })
  expect(await first(made, 'lampara')).toBe(ids.lamp)
  expect(opened).toBe(0)
  expect(await first(made, 'flumbo')).toBeUndefined()
  await made.embedded()
  expect(await first(made, 'flumbo')).toBe(ids.lamp)
  expect(opened).toBe(1)
  shop.storage.write('system', (tx) => catalog.update(tx, ids.pan, { name: 'Wok' }))
  const before = embedder.asked.document.length
  await made.caughtUp()
  await made.embedded()
  expect(embedder.asked.document.length).toBe(before)
})

test('another model is noticed at the start and begins anew; none drops the vectors', async () => {
  const ids = fill()
  await (await using(new WordEmbedder({ id: 'one', synonyms }))).stop()
  const other = new WordEmbedder({ id: 'two', dimensions: 96, synonyms: [['calcetines', 'flumbo']] })
  const search = await started(other)
  expect(other.asked.document).toHaveLength(5)
  expect(await first(search, 'flumbo')).toBe(ids.socks)
  expect(existsSync(join(dir, 'meaning'))).toBe(true)
  expect(await search.setEmbedding('system', null)).toMatchObject({ file: null, name: null, state: 'off' })
  await search.embedded()
  expect(existsSync(join(dir, 'meaning'))).toBe(false)
  expect(await first(search, 'flumbo')).toBeUndefined()
  expect(await first(search, 'lampara')).toBe(ids.lamp)
})

test('a model that cannot be used is refused, one that has gone is told of', async () => {
  const ids = fill()
  const open = async () => {
    throw new DomainError('model.no_embedding')
  }
  const search = await started({ open })
  await expect(search.setEmbedding('system', file)).rejects.toThrow('model.no_embedding')
  await expect(search.setEmbedding('system', 'relative.gguf')).rejects.toThrow('input.invalid')
  expect(search.embedding()).toMatchObject({ file: null, state: 'off' })
  await search.stop()
  await (await using(new WordEmbedder())).stop()
  const gone = await started({
    open: async () => {
      throw new DomainError('model.not_found')
    },
  })
  expect(gone.embedding()).toMatchObject({ file, state: 'failed', error: 'model.not_found' })
  expect(await first(gone, 'lampara')).toBe(ids.lamp)
})

test('a rebuild of the index makes no vector anew', async () => {
  const ids = fill()
  const embedder = new WordEmbedder({ synonyms })
  const search = await using(embedder)
  await search.rebuild()
  await search.embedded()
  expect(embedder.asked.document).toHaveLength(5)
  expect(await first(search, 'flumbo')).toBe(ids.lamp)
})

test('the floor lets nearly no stranger pass, and strength grows from it', () => {
  expect(readUnsold(resources).length).toBeGreaterThanOrEqual(40)
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1, max: 0.95, noNaN: true }), { minLength: 10 }), (nearest) => {
      const floor = floorOf(nearest)
      expect(nearest.filter((value) => value >= floor).length).toBeLessThanOrEqual(nearest.length * 0.1)
      expect(strengthOf(floor, floor)).toBe(0)
      expect(strengthOf(1, floor)).toBe(1)
    }),
  )
  expect(floorOf([])).toBeGreaterThan(0)
})
