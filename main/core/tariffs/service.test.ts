import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestHost } from '../../../tests/fixtures/host.ts'
import { type App, createApp } from '../app.ts'
import { isDomainError } from '../errors.ts'
import type { Shop } from '../shops/shop.ts'
import type { TariffDefinition } from './tariff.ts'

let folder: string
let app: App
let shop: Shop

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tariffs-'))
  app = await createApp({ closed: true, quietWindowMs: 0, longestWaitMs: 0 }, createTestHost(folder))
  shop = await app.shops.create({
    name: 'Pinturas Sol',
    currency: 'EUR',
    locale: 'es-ES',
    country: 'ES',
    timeZone: 'Europe/Madrid',
  })
})

afterEach(async () => {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
})

const fixed = (amount: number): TariffDefinition => ({
  inputs: [],
  elements: [
    {
      key: 'base',
      label: { es: 'Todo', en: 'All' },
      kind: 'base',
      amount,
      per: null,
      included: 0,
      step: 1,
      when: [],
    },
  ],
  priceKind: 'exact',
  requirements: [],
  validDays: 15,
  note: { es: '', en: '' },
})

function service(name: string, amount: number): string {
  return shop.storage.write('system', (tx) => {
    const { id } = shop.catalog.create(tx, {
      name,
      category: '',
      kind: 'service',
      variants: [{ price: { kind: 'ask' } }],
    })
    shop.tariffs.set(tx, id, fixed(amount), 0)
    return id
  })
}

const quote = (productId: string) =>
  shop.storage.write('agent', (tx) =>
    shop.tariffs.quote(tx, productId, {}, { customerId: null, conversationId: null }),
  )

describe('quotes', () => {
  it('are listed newest first, of one service or of all, page by page', () => {
    const walls = service('Paredes', 5000)
    const doors = service('Puertas', 3000)
    const [first, second, third] = [quote(walls), quote(doors), quote(walls)]
    const numbers = (query: { productId?: string; before?: number }) =>
      shop.tariffs.quotes({ limit: 10, ...query }).map((each) => each.number)
    expect(numbers({})).toEqual([third.number, second.number, first.number])
    expect(numbers({ productId: walls })).toEqual([third.number, first.number])
    expect(numbers({ productId: walls, before: third.seq })).toEqual([first.number])
    expect(numbers({ productId: 'another' })).toEqual([])
  })
})

describe('a tariff', () => {
  it('refuses an edit that comes late', () => {
    const walls = service('Paredes', 5000)
    const set = (amount: number, revision: number) =>
      shop.storage.write('system', (tx) => shop.tariffs.set(tx, walls, fixed(amount), revision))
    expect(set(6000, 1).revision).toBe(2)
    let refused: unknown
    try {
      set(7000, 1)
    } catch (error) {
      refused = error
    }
    expect(isDomainError(refused) && [refused.code, refused.data.revision]).toEqual(['conflict', 2])
    expect(shop.tariffs.of(walls)?.definition.elements[0]?.amount).toBe(6000)
  })
})
