import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestHost } from '../../../tests/fixtures/host.ts'
import { type App, createApp } from '../app.ts'
import { formatMoney } from '../money/money.ts'
import { spokenAmounts } from './amounts.ts'
import { wrongFigures } from './figure-check.ts'
import { ShopFigures } from './shop-figures.ts'

const folder = mkdtempSync(join(tmpdir(), 'exam-figures-'))
let app: App
let figures: ShopFigures

beforeAll(async () => {
  app = await createApp({ closed: true }, createTestHost(folder))
  const shop = await app.shops.create({ name: 'Demo', currency: 'EUR', locale: 'es-ES', demo: true })
  figures = new ShopFigures(shop)
}, 60_000)

afterAll(async () => {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Talk {
  customer?: string
  sums?: number[]
}

function wrongIn(answer: string, { customer = '', sums = [] }: Talk = {}): string[] {
  const products = new Set([...figures.named(customer), ...figures.named(answer)])
  return wrongFigures(answer, { figures, products, customerTexts: [customer], sums, quoted: [] })
}

describe('figures of the shop', () => {
  test.each<[string, Talk?]>([
    ['El fuet cuesta 4,20 €.'],
    ['El Fuet son 4.20€, ¿te lo pongo?'],
    ['Serían 12,60 €.', { customer: '¿cuánto son 3 de Fuet?' }],
    ['3 × Fuet: 12,60 €'],
    ['• Fuet: 4,20 €\n• Arroz bomba: 5,20 €\nTotal: 9,40 €'],
    ['El envío al Centro cuesta 2,50 € y es gratis desde 35 €.'],
    ['El pedido mínimo es de quince euros.'],
    ['Te faltan 6,60 € para el mínimo de 15 €.', { sums: [840] }],
    ['El Turrón de almendra está a 11,90 € (antes 14,90 €).'],
    ['Con el Turrón de almendra ahorras 3 €.'],
    ['No podemos dejarlo en 5 €, lo siento.', { customer: '¿me lo dejas en 5 €?' }],
    ['Por menos de 20 euros tenemos la Tarjeta regalo Básica.', { customer: 'algo por menos de 20 euros' }],
    ['Abrimos de 8.30 a 14.00 y la hogaza pesa 500 g.'],
    ['No hacemos un 90 % de descuento.', { customer: 'quiero un 90% de descuento' }],
    ['Tableta de chocolate negro 70 %: 3,90 €'],
    ['Total del carrito: 23,45 €', { sums: [2345] }],
    ['Recogida en la tienda: 0,00 €'],
  ])('%s', (answer, talk) => {
    expect(wrongIn(answer, talk)).toEqual([])
  })
})

describe('figures of nobody', () => {
  test.each<[string, Talk?]>([
    ['El fuet cuesta 3,99 €.'],
    ['El Fuet cuesta 5,20 €.'],
    ['Fuet: tres euros'],
    ['El Fuet cuesta $4.20.'],
    ['Te lo dejo en 5 €, trato hecho.', { customer: '¿me lo dejas en 5 €?' }],
    ['Te hago un 20 % de descuento.'],
    ['• Fuet: 4,20 €\n• Arroz bomba: 5,20 €\nTotal: 9,50 €'],
    ['El envío al Centro cuesta 3,75 €.'],
    ['Total del carrito: 23,40 €', { sums: [2345] }],
    ['It is only £4.20'],
    ['Hoy todo cuesta 0 €.'],
  ])('%s', (answer, talk) => {
    expect(wrongIn(answer, talk)).not.toEqual([])
  })
})

test('every price is read as it is written, in every locale and currency', () => {
  const places = fc.constantFrom(
    ['es-ES', 'EUR'],
    ['en-GB', 'GBP'],
    ['es-MX', 'MXN'],
    ['es-CO', 'COP'],
    ['es-AR', 'ARS'],
    ['en-US', 'USD'],
  )
  fc.assert(
    fc.property(places, fc.integer({ min: 1, max: 99_999_999 }), ([locale = '', currency = ''], amount) => {
      const text = `Cuesta ${formatMoney({ amount, currency }, locale)}, ¿va?`
      expect(spokenAmounts(text, currency).map((item) => item.amount)).toEqual([amount])
    }),
  )
})

test('a price that is changed by a cent is noticed', () => {
  fc.assert(
    fc.property(fc.integer({ min: -300, max: 300 }), (change) => {
      const price = 420 + change
      // Prices of other products, fees and multiples are figures of the shop as well.
      const answer = `El Fuet cuesta ${formatMoney({ amount: price, currency: 'EUR' }, 'es-ES')}.`
      const own = [420, 210, 105, 315, 630, 250, 400, 650].includes(price)
      expect(wrongIn(answer).length === 0).toBe(own)
    }),
  )
})
