import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import { CatalogService } from '../catalog/service.ts'
import { KnowledgeService } from '../knowledge/service.ts'
import { MediaStore } from '../media/service.ts'
import { currencyDigits, formatMoney, toMinorUnits } from '../money/money.ts'
import { priceTags } from './prices.ts'
import { loadDemoShop, readDemoShop } from './service.ts'

const resources = join(import.meta.dirname, '../../../resources')

function open(brief: { currency: string; locale: string }) {
  const test = createTestStorage({ brief })
  const catalog = new CatalogService(test.storage, () => test.brief)
  const knowledge = new KnowledgeService(test.storage, () => test.brief)
  const media = new MediaStore(join(test.dir, 'media'))
  const load = () =>
    loadDemoShop({ storage: test.storage, catalog, knowledge, media }, { ...brief, resources })
  return { test, catalog, knowledge, media, load }
}

describe('the demo shop', () => {
  let shop: ReturnType<typeof open>
  let test: TestStorage
  beforeEach(() => {
    shop = open({ currency: 'EUR', locale: 'es-ES' })
    test = shop.test
  })
  afterEach(() => test.close())

  it('fills a shop in Spanish with products, pictures and a profile', async () => {
    const { products } = await shop.load()
    expect(products).toBeGreaterThanOrEqual(60)
    expect(shop.catalog.count()).toBe(products)
    expect(shop.catalog.categories().length).toBeGreaterThan(8)
    const mug = shop.catalog.variantBySku('MES-001-AZU')
    expect(mug?.product.name).toBe('Taza de cerámica')
    expect(mug?.variant).toMatchObject({ title: 'Azul', price: { kind: 'exact', amount: 1250 } })
    const picture = mug?.product.images[0]
    expect(picture?.alt).toBe('Taza de cerámica')
    const kept = await shop.media.read(picture?.mediaHash ?? '')
    kept.stream.destroy()
    expect(kept.mime).toBe('image/jpeg')
    expect(shop.knowledge.profile().delivery?.zones[0]?.fee).toBe(250)
    expect(shop.knowledge.profile().hours?.sat).toEqual([['09:00', '14:30']])
    expect(shop.knowledge.entries({ topic: 'faq' }).length).toBeGreaterThan(3)
  })

  it('shows what a shop has to cope with: sold out, made to order, from, on request, reduced, uncounted', async () => {
    await shop.load()
    const variant = (sku: string) => shop.catalog.variantBySku(sku)
    expect(variant('QUE-004')?.variant.stock.available).toBe(0)
    expect(variant('TAR-003')?.product).toMatchObject({ madeToOrder: true, leadTimeDays: 3 })
    expect(variant('TAR-003')?.variant.price).toEqual({ kind: 'from', amount: 3500 })
    expect(variant('TAR-004')?.variant.price).toEqual({ kind: 'ask' })
    expect(variant('DUL-004')?.variant.compareAt).toBe(1490)
    expect(variant('BEB-002-500')?.variant.stock.available).toBeNull()
  })

  it('can be repeated without doubling anything', async () => {
    const first = await shop.load()
    expect(await shop.load()).toEqual({ products: 0 })
    expect(shop.catalog.count()).toBe(first.products)
  })
})

describe('in other places', () => {
  it('speaks English and uses the currency of the shop', async () => {
    const { test, catalog, knowledge, load } = open({ currency: 'COP', locale: 'en-US' })
    await load()
    const loaf = catalog.variantBySku('PAN-002')
    expect(loaf?.product.name).toBe('Rustic baguette')
    expect(loaf?.variant.price).toEqual({ kind: 'exact', amount: toMinorUnits(4000, 'COP') })
    expect(knowledge.profile().delivery?.minOrder).toBe(toMinorUnits(54000, 'COP'))
    test.close()
  })

  it('gives every currency of the file prices that keep their order and fit its coins', async () => {
    const demo = await readDemoShop(join(resources, 'demo'))
    for (const [currency, { step }] of [
      ...Object.entries(demo.currencies),
      ['SEK', { step: 0.05 }] as const,
    ]) {
      const tag = priceTags(demo.currencies, currency)
      for (const euros of [1.1, 3.2, 9.8, 100]) {
        expect(tag(euros)).toBeGreaterThan(0)
        expect(Math.abs(tag(euros) / step - Math.round(tag(euros) / step))).toBeLessThan(1e-6)
        expect(Number(tag(euros).toFixed(currencyDigits(currency)))).toBe(tag(euros))
      }
      expect(tag(3.2)).toBeLessThan(tag(9.8))
      expect(tag(0)).toBe(0)
    }
    expect(formatMoney({ amount: priceTags(demo.currencies, 'CLP')(3.2), currency: 'CLP' }, 'es-CL')).toBe(
      '$3.040',
    )
  })

  it('has one small picture for each product and none besides', async () => {
    const demo = await readDemoShop(join(resources, 'demo'))
    const files = readdirSync(join(resources, 'demo', 'images'))
    expect(files.sort()).toEqual(demo.products.map((product) => product.image.replace('images/', '')).sort())
    for (const file of files)
      expect(statSync(join(resources, 'demo', 'images', file)).size).toBeLessThan(120_000)
    const skus = demo.products.flatMap((product) =>
      product.variants.map((variant) => variant.sku ?? product.sku),
    )
    expect(new Set(skus).size).toBe(skus.length)
    for (const { options, variants } of demo.products) {
      for (const language of ['es', 'en'] as const) {
        for (const variant of variants) {
          expect(variant.options?.[language].length ?? 0).toBe(options?.[language].length ?? 0)
        }
      }
    }
  })
})
