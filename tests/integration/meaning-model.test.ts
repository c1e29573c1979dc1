import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CatalogService } from '../../main/core/catalog/service.ts'
import type { Clock } from '../../main/core/host.ts'
import { ModelLibrary } from '../../main/core/models/service.ts'
import { readUnsold } from '../../main/core/search/meaning-floor.ts'
import { modelEmbedders } from '../../main/core/search/model-embedder.ts'
import { LONGEST_VECTOR_WAIT_MS } from '../../main/core/search/proposals.ts'
import { SearchService } from '../../main/core/search/service.ts'
import { systemClock } from '../fixtures/clock.ts'
import { writeLexicalEmbedder } from '../fixtures/gguf/lexical-embedder.ts'
import { testLog } from '../fixtures/host.ts'
import { ModelBench } from '../fixtures/model-host.ts'
import { createTestStorage, type TestStorage, testBrief } from '../fixtures/shop.ts'

// A native library is loaded in a process of its own, on machines that are slow when they are busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const resources = resolve(import.meta.dirname, '../../resources')
const names = [
  'Camiseta de algodón negra',
  'Lámpara de mesa',
  'Calcetines de lana',
  'Sartén antiadherente',
  'Silla de oficina',
]

/** On it a query waits for its vector, however slow the machine is. */
const patientClock: Clock = {
  ...systemClock,
  after: (ms, fn) => (ms === LONGEST_VECTOR_WAIT_MS ? () => undefined : systemClock.after(ms, fn)),
}

let shop: TestStorage
let catalog: CatalogService
let bench: ModelBench
let library: ModelLibrary
let dir: string
let running: SearchService[]
let ids: Map<string, string>

beforeEach(() => {
  shop = createTestStorage()
  catalog = new CatalogService(shop.storage, () => testBrief)
  bench = new ModelBench({})
  dir = mkdtempSync(join(tmpdir(), 'meaning-model-'))
  running = []
  ids = new Map()
  const host = bench.host
  library = new ModelLibrary({
    dataFolder: dir,
    resources,
    host,
    clock: systemClock,
    log: testLog(),
    uses: () => [],
  })
  for (const name of names) add(name)
})

afterEach(async () => {
  for (const service of running) await service.stop()
  await library.close()
  await bench.close()
  shop.close()
  rmSync(dir, { recursive: true, force: true })
})

function add(name: string): void {
  const made = shop.storage.write('system', (tx) =>
    catalog.create(tx, { name, variants: [{ price: { kind: 'exact', amount: 1_000 } }] }),
  )
  ids.set(name, made.id)
}

/** A real model that knows the words of this catalog and of the goods that are asked for in vain, and these as the same. */
function embedder(name: string, synonyms: string[][]): string {
  const path = bench.path(name)
  const words = [...names, ...readUnsold(resources)].flatMap((each) => each.split(' '))
  writeLexicalEmbedder(path, { words, synonyms, dimensions: 256 })
  return path
}

async function started(): Promise<SearchService> {
  const made = new SearchService({
    storage: shop.storage,
    dir: join(dir, 'search'),
    catalog,
    shop: () => testBrief,
    log: testLog(),
    clock: patientClock,
    bus: shop.bus,
    resources,
    embedders: modelEmbedders({
      host: bench.host,
      inspect: (file) => library.inspect(file),
      prefixesOf: (file) => library.prefixesOf(file),
    }),
  })
  running.push(made)
  await made.start()
  await made.caughtUp()
  await made.embedded()
  return made
}

async function first(search: SearchService, query: string): Promise<string | undefined> {
  const { hits, answered } = await search.products(query)
  return answered ? hits[0]?.productId : undefined
}

test('finds by what only the model knows, and still says when nothing fits', async () => {
  const file = embedder('one.gguf', [
    ['lampara', 'flumbo'],
    ['calcetines', 'pirulos'],
  ])
  const search = await started()
  expect(await first(search, 'flumbo')).toBeUndefined()
  await search.setEmbedding('system', file)
  await search.embedded()
  expect(search.embedding()).toMatchObject({ state: 'ready', done: 5, error: null })
  expect(await first(search, 'flumbo')).toBe(ids.get('Lámpara de mesa'))
  expect(await first(search, 'pirulos')).toBe(ids.get('Calcetines de lana'))
  expect(await first(search, 'saxofón')).toBeUndefined()
})

test('a model changed under its name is noticed at the next start', async () => {
  const file = embedder('model.gguf', [['lampara', 'flumbo']])
  const before = await started()
  await before.setEmbedding('system', file)
  await before.embedded()
  expect(await first(before, 'flumbo')).toBe(ids.get('Lámpara de mesa'))
  await before.stop()
  await bench.host.unload()
  copyFileSync(embedder('other.gguf', [['calcetines', 'flumbo', 'otrapalabra']]), file)
  const after = await started()
  expect(after.embedding()).toMatchObject({ file, state: 'ready' })
  expect(await first(after, 'flumbo')).toBe(ids.get('Calcetines de lana'))
})

test('killed while vectors are made, it goes on with the rest', async () => {
  for (let number = 0; number < 300; number++) add(`Camiseta de lana número ${number}`)
  const file = embedder('one.gguf', [['lampara', 'flumbo']])
  const search = await started()
  const inProgress = Promise.withResolvers<void>()
  const failed = Promise.withResolvers<void>()
  let done = 0
  const stop = shop.bus.subscribe((event) => {
    if (event.type !== 'search.progress' || !event.payload.state.startsWith('embedding')) return
    done = Math.max(done, event.payload.done)
    if (done > 0) inProgress.resolve()
    if (search.embedding().error === 'engine.crashed') failed.resolve()
  })
  await search.setEmbedding('system', file)
  await inProgress.promise
  bench.kill()
  await failed.promise
  expect(search.embedding()).toMatchObject({ state: 'building', error: 'engine.crashed' })
  expect(await first(search, 'lampara')).toBe(ids.get('Lámpara de mesa'))
  const before = done
  // The same as after its pause: a look at the model, which goes on with what is there.
  await search.setEmbedding('system', file)
  await search.embedded()
  stop()
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThan(305)
  expect(search.embedding()).toMatchObject({ state: 'ready', done: 305 })
  expect(bench.deaths).toEqual([{ deaths: 1, off: false }])
  expect(await first(search, 'flumbo')).toBe(ids.get('Lámpara de mesa'))
})

test('a model that cannot embed is refused', async () => {
  const search = await started()
  const chat = bench.scripted([{ on: null, say: 'Hola.' }])
  await expect(search.setEmbedding('system', chat)).rejects.toThrow('model.no_embedding')
  await expect(search.setEmbedding('system', bench.path('none.gguf'))).rejects.toThrow('model.not_found')
  expect(search.embedding().state).toBe('off')
})
