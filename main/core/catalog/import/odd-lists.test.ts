import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../../tests/fixtures/shop.ts'
import { CatalogService, type ImportReport } from '../service.ts'

let shop: TestStorage
let catalog: CatalogService

beforeEach(() => {
  shop = createTestStorage()
  catalog = new CatalogService(shop.storage, () => shop.brief)
})
afterEach(() => shop.close())

async function importLines(...lines: string[]): Promise<ImportReport> {
  const path = join(shop.dir, 'list.csv')
  writeFileSync(path, `${lines.join('\n')}\n`)
  return await catalog.importCsv({ path, fileName: 'list.csv' }, { dryRun: false, actor: 'person:ana' })
}

const rows = (list: { row: number; reason: string }[]) => list.map(({ row, reason }) => `${row} ${reason}`)

/** One line a variant: name, title, price, compare-at, available, unit. */
const lines = () =>
  catalog
    .list({ limit: 50, offset: 0 })
    .items.flatMap((product) =>
      product.variants.map((variant) =>
        [
          product.name,
          variant.title,
          variant.price.kind === 'ask' ? 'ask' : variant.price.amount,
          variant.compareAt ?? '-',
          variant.stock.available ?? 'any',
          `${variant.unitSize} ${variant.unit}`,
        ].join(' | '),
      ),
    )

test('a program that calls the name a description', async () => {
  const report = await importLines(
    'Código;Descripción;P.V.P.;P. Costo;Stock',
    '001;TORNILLO 5x50;0,15;0,05;1.250',
  )
  expect(report.columns).toMatchObject({ Descripción: 'name', 'P. Costo': 'cost' })
  expect(lines()).toEqual(['TORNILLO 5x50 |  | 15 | - | 1250 | 1 piece'])
})

test('a price in another currency is no price of this shop', async () => {
  const both = await importLines('producto,precio usd,precio eur', 'Cosa,12.00,11.00')
  expect(both.columns).toMatchObject({ 'precio usd': 'ignored', 'precio eur': 'price' })
  const foreign = await importLines('producto,precio usd', 'Otra,12.00')
  expect(rows(foreign.refused)).toEqual(['2 other_currency'])
  expect(lines()).toEqual(['Cosa |  | 1100 | - | any | 1 piece'])
})

test('what is sold by weight, and what only comes in a size', async () => {
  await importLines(
    'producto,precio,unidad,stock',
    'Tomate,"2,40",kg,"12,5"',
    'Aceite,"9,90",750 ml,3',
    'Huevos,"3,10",docena,20',
  )
  expect(lines()).toEqual([
    'Tomate |  | 240 | - | 12500 | 1000 g',
    'Aceite |  | 990 | - | 3 | 1 piece',
    'Huevos |  | 310 | - | 20 | 1 piece',
  ])
  expect(catalog.list({ text: 'huevos', limit: 1, offset: 0 }).items[0]?.attributes).toEqual({
    unidad: 'docena',
  })
})

test('reductions', async () => {
  const report = await importLines(
    'nombre,precio,precio oferta,precio anterior',
    'A,"20,00","15,00",',
    'B,"20,00",,"25,00"',
    'C,"20,00",0,"15,00"',
    'D,,"9,00",',
  )
  expect(lines().map((line) => line.split(' | ').slice(2, 4).join(' '))).toEqual([
    '1500 2000',
    '2000 2500',
    '2000 -',
    '900 -',
  ])
  expect(rows(report.warned)).toEqual(['4 compare_at_not_higher'])
})

test('lead times and stock in words', async () => {
  const report = await importLines(
    'nombre,precio,plazo de entrega,disponibilidad',
    'Tarta,20,3-5 días,bajo pedido',
    'Mesa,200,2 semanas,Por encargo',
    'Taza,5,inmediata,En stock',
    'Vaso,5,quién sabe,Agotado',
  )
  const products = catalog.list({ limit: 9, offset: 0 }).items
  expect(
    products.map((product) => [product.madeToOrder, product.leadTimeDays, product.variants[0]?.status]),
  ).toEqual([
    [true, 5, 'available'],
    [true, 14, 'available'],
    [false, 0, 'available'],
    [false, null, 'sold_out'],
  ])
  expect(rows(report.warned)).toEqual(['5 lead_time_unreadable'])
})

test('codes that a spreadsheet has destroyed, totals, old line ends, formula quotes', async () => {
  const report = await importLines(
    'sku,nombre,precio',
    '1.23E+12,Taza,"5,50"',
    ',Total,"5,50"',
    '="007","=""Vaso""","3,00"',
  )
  expect(rows(report.warned)).toEqual(['2 sku_scientific'])
  expect(rows(report.refused)).toEqual(['3 total_row'])
  expect(catalog.variantBySku('007')?.product.name).toBe('Vaso')
  const path = join(shop.dir, 'mac.csv')
  writeFileSync(path, 'nombre;precio\rPlato;6,00\rBol;7,00\r')
  const mac = await catalog.importCsv({ path, fileName: 'mac.csv' }, { dryRun: false, actor: 'person:ana' })
  expect(mac.imported).toBe(2)
})

test('the rows of a Shopify product that stand apart', async () => {
  const report = await importLines(
    'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Image Src,Status',
    'tee,Tee,Size,S,T-S,19.00,https://x.example/1.jpg,active',
    'cap,Cap,Title,Default Title,CAP,9.00,,active',
    'tee,,,M,T-M,19.00,,',
    'tee,,,,,,https://x.example/2.jpg,',
    'ghost,,,M,G-M,19.00,,',
  )
  expect(report).toMatchObject({ imported: 2, updated: 0, variants: 3 })
  expect(rows(report.refused)).toEqual(['6 no_name'])
  const [tee] = catalog.list({ text: 'tee', limit: 1, offset: 0 }).items
  expect(tee?.variants.map((variant) => variant.sku)).toEqual(['T-S', 'T-M'])
  expect(tee?.images).toHaveLength(2)
})

test('two products of the same name and no SKU are not guessed between', async () => {
  for (const price of [100, 200]) {
    shop.storage.write('system', (tx) =>
      catalog.create(tx, { name: 'Taza', variants: [{ price: { kind: 'exact', amount: price } }] }),
    )
  }
  const report = await importLines('nombre,precio', 'Taza,"5,00"')
  expect(rows(report.refused)).toEqual(['2 duplicate_name'])
  expect(catalog.count()).toBe(2)
})

test('columns can be given by hand', async () => {
  const path = join(shop.dir, 'list.csv')
  writeFileSync(path, 'cosa,euros netos,color\nTaza,"5,00",Azul\n')
  const report = await catalog.importCsv(
    { path, fileName: 'list.csv' },
    {
      dryRun: true,
      actor: 'person:ana',
      mapping: { cosa: 'name', 'euros netos': 'price', color: 'ignored' },
    },
  )
  expect(report).toMatchObject({
    imported: 1,
    columns: { cosa: 'name', 'euros netos': 'price', color: 'ignored' },
  })
})
