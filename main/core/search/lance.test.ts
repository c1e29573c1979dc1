import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type IndexRow, type IndexTable, loadLance } from './lance.ts'

const dimensions = 8
let folder: string
let table: IndexTable

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lance-'))
  const lance = await loadLance()
  if (lance === null) throw new Error('the vector database has no binary here')
  table = await lance.create(await lance.connect(folder), 'products', dimensions)
})
afterEach(() => {
  table.close()
  rmSync(folder, { recursive: true, force: true })
})

function row(id: string): IndexRow {
  const terms = { name: 'gorro', side: '', body: '' }
  return { id, text: 'gorro', terms, minPrice: 1990, maxPrice: 1990, inStock: true, category: '' }
}

const vectors = (count: number) => new Float32Array(count * dimensions).fill(1)

it('finds each document once and all of them, also while rows move', async () => {
  const ids = Array.from({ length: 12 }, (_, at) => `p${at}`)
  await table.add(ids.map(row), vectors(ids.length))
  await table.index()
  const wrong: string[][] = []
  const upserts = async () => {
    for (let at = 0; at < 40; at++) await table.upsert([row(ids[at % 4] ?? '')], vectors(1))
    await table.optimize()
  }
  let moving = true
  const moved = upserts().finally(() => {
    moving = false
  })
  while (moving) {
    const names = (await table.find(['gorro'], vectors(1), {}, 40)).map(({ id }) => id).sort()
    if (names.join() !== ids.toSorted().join()) wrong.push(names)
  }
  await moved
  expect(wrong).toEqual([])
})
