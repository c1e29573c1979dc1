import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../../tests/fixtures/shop.ts'
import type { ShopBrief } from '../../engines/engine.ts'
import { isDomainError } from '../../errors.ts'
import type { ShopEvent } from '../../events.ts'
import type { Product, Variant } from '../product.ts'
import { CatalogService, type ImportOptions, type ImportReport } from '../service.ts'

let shop: TestStorage
let catalog: CatalogService
let files = 0

function open(brief: Partial<ShopBrief> = {}): void {
  shop?.close()
  shop = createTestStorage({ brief })
  catalog = new CatalogService(shop.storage, () => shop.brief)
}

beforeEach(() => {
  shop = createTestStorage()
  catalog = new CatalogService(shop.storage, () => shop.brief)
})
afterEach(() => shop.close())

function put(content: string | Uint8Array): string {
  files += 1
  const path = join(shop.dir, `list-${files}.csv`)
  writeFileSync(path, content)
  return path
}

function importFile(path: string, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  return catalog.importCsv({ path, fileName: 'list.csv' }, { dryRun: false, actor: 'person:ana', ...options })
}

const importText = (content: string | Uint8Array, options: Partial<ImportOptions> = {}) =>
  importFile(put(content), options)
const importFixture = (name: string, options: Partial<ImportOptions> = {}) =>
  importFile(fileURLToPath(new URL(`fixtures/${name}`, import.meta.url)), options)

const all = () => catalog.list({ limit: 100, offset: 0 }).items
const rows = (list: { row: number; reason: string }[]) => list.map(({ row, reason }) => `${row} ${reason}`)

function named(name: string): Product {
  const product = all().find((candidate) => candidate.name === name)
  if (product === undefined) throw new Error(`no product ${name}`)
  return product
}

function only(name: string): Variant {
  const [variant] = named(name).variants
  if (variant === undefined) throw new Error(`no variant of ${name}`)
  return variant
}

const priceOf = (variant: Variant) =>
  variant.price.kind === 'ask' ? 'ask' : `${variant.price.kind} ${variant.price.amount}`

async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'none'
  } catch (error) {
    if (isDomainError(error)) return error.code
    throw error
  }
}

describe('lists as shops keep them', () => {
  test("a Colombian hardware shop's list: title lines, Windows-1252, semicolons, thousands with dots", async () => {
    open({ currency: 'COP', locale: 'es-CO' })
    const report = await importFixture('ferreteria-co.csv')
    expect(report).toMatchObject({
      imported: 6,
      delimiter: ';',
      encoding: 'windows-1252',
      decimal: ',',
      columns: { Código: 'sku', 'Precio costo': 'cost', 'Precio venta': 'price', Proveedor: 'ignored' },
    })
    expect(rows(report.refused)).toEqual(['11 price_negative', '12 duplicate_sku'])
    expect(rows(report.warned)).toEqual(['6 stock_rounded', '10 price_free'])
    expect(all().map((product) => [product.name, ...product.variants.map(priceOf)])).toEqual([
      ['Taladro percutor 13mm', 'exact 8990000'],
      ['Destornillador plano', 'exact 650000'],
      ['Pintura látex 20 L', 'exact 112990000'],
      ['Corte de vidrio a medida', 'ask'],
      ['Tornillos x 100', 'from 450000'],
      ['Clavo suelto', 'ask'],
    ])
    expect(only('Taladro percutor 13mm')).toMatchObject({ sku: '0012', cost: 4500000 })
    expect(only('Destornillador plano')).toMatchObject({ status: 'sold_out', stock: { available: 0 } })
    expect(named('Corte de vidrio a medida').kind).toBe('service')
  })

  test('sizes and colours under one name are variants; a name left out goes on', async () => {
    const report = await importFixture('ropa-tallas.csv')
    expect(report).toMatchObject({ imported: 2, variants: 4, refused: [], warned: [] })
    expect(named('Vestido Lucía')).toMatchObject({
      optionNames: ['talla'],
      attributes: { color: 'Rojo', material: 'Algodón' },
      description: 'Vestido midi\ncon vuelo',
    })
    expect(
      named('Vestido Lucía').variants.map((variant) => [variant.sku, variant.title, priceOf(variant)]),
    ).toEqual([
      ['VL-S-R', 'S', 'exact 3990'],
      ['VL-M-R', 'M', 'exact 3990'],
      ['VL-L-R', 'L', 'exact 4290'],
    ])
    expect(named('Pantalón recto').attributes).toEqual({ talla: '40', color: 'Negro', material: 'Lino' })
  })

  test('variants of a product that stand apart in the file, and by a parent column', async () => {
    const report = await importText(
      'nombre,talla,precio\nGorro,S,"9,50"\nBufanda,,"12,00"\nGorro,M,"9,90"\nGorro,S,"9,50"\n',
    )
    expect(report).toMatchObject({ imported: 2 })
    expect(named('Gorro').variants.map((variant) => variant.title)).toEqual(['S', 'M'])
    const parents = await importText(
      'sku,sku padre,nombre,color,precio\nCAM,,Camisa oxford,,"30,00"\nCAM-A,CAM,Camisa oxford azul,Azul,\nCAM-B,CAM,Camisa oxford blanca,Blanco,"32,00"\nSOLO,,Corbata,,"15,00"\n',
    )
    expect(parents).toMatchObject({ imported: 2, variants: 3 })
    expect(
      named('Camisa oxford').variants.map((variant) => [variant.sku, variant.title, priceOf(variant)]),
    ).toEqual([
      ['CAM-A', 'Azul', 'exact 3000'],
      ['CAM-B', 'Blanco', 'exact 3200'],
    ])
  })

  test('a bakery: to order, lead times, units, limits, aliases, tags, tax', async () => {
    const report = await importText(
      [
        'Producto\tPrecio\tPor encargo\tPlazo (días)\tUnidad\tCantidad mínima\tMáximo por pedido\tSinónimos\tEtiquetas\tIVA\tSin gluten\tImagen',
        'Tarta de queso\tdesde 28 €\tSí\t2\tud\t1\t3\tcheesecake; pastel de queso\tpostres, tartas\t10%\tNo\thttps://pan.example/queso.jpg',
        'Pan de masa madre\t4,50 €/kg\tno\t\t\t\t\t\t\t4%\tNo\tpan.jpg',
        'Empanada\t2,10\t\t\t\tdoce\t\t\t\t10\tno\t',
      ].join('\r\n'),
    )
    expect(report).toMatchObject({ imported: 3, delimiter: '\t' })
    expect(rows(report.warned)).toEqual(['3 image_not_stored', '4 quantity_unreadable'])
    expect(named('Tarta de queso')).toMatchObject({
      madeToOrder: true,
      leadTimeDays: 2,
      aliases: ['cheesecake', 'pastel de queso'],
      tags: ['postres', 'tartas'],
      taxClass: '10%',
      attributes: { 'Sin gluten': 'No' },
      images: [{ url: 'https://pan.example/queso.jpg' }],
    })
    expect(only('Tarta de queso')).toMatchObject({ maxQuantity: 3, price: { kind: 'from', amount: 2800 } })
    expect(only('Pan de masa madre')).toMatchObject({ unit: 'g', unitSize: 1000 })
    expect(named('Pan de masa madre').madeToOrder).toBe(false)
  })

  test('an English price list: reductions, wholesale and cost apart, status words', async () => {
    open({ currency: 'GBP', locale: 'en-GB' })
    const report = await importText(
      [
        'Item Name,Wholesale Price,Cost,Price (GBP),Sale Price,RRP,Qty,Status,Margin,Colour,Supplier',
        'Desk lamp,10.00,8.00,25.00,19.99,30.00,4,active,60%,Black,ACME',
        'Floor lamp,20.00,18.00,"1,250.00",,,0,discontinued,,White,ACME',
        'Bulb,1.00,.50,2.50,3.00,,out of stock,archived,,,ACME',
        'Old chair,1.00,.50,40,,,1,Used,,,ACME',
      ].join('\n'),
    )
    expect(report.columns).toMatchObject({
      'Wholesale Price': 'ignored',
      Cost: 'cost',
      'Price (GBP)': 'price',
      'Sale Price': 'salePrice',
      Margin: 'ignored',
    })
    expect(only('Desk lamp')).toMatchObject({ price: { amount: 1999 }, compareAt: 3000, cost: 800 })
    expect(only('Floor lamp')).toMatchObject({ price: { amount: 125000 } })
    expect(named('Floor lamp').status).toBe('discontinued')
    expect(named('Bulb').status).toBe('hidden')
    expect(rows(report.warned)).toEqual(['4 sale_not_lower'])
    expect(named('Old chair').attributes).toMatchObject({ Status: 'Used' })
    for (const product of all()) expect(JSON.stringify(product.attributes)).not.toMatch(/ACME|60|10\.00/)
  })

  test('a cost is never the price, even when it is the only figure', async () => {
    for (const header of [
      'Coste',
      'costo',
      'Precio de compra',
      'Cost per item',
      'Wholesale',
      'Precio mayorista',
      'PRECIO COSTO',
    ]) {
      const report = await importText(`Nombre,${header}\nCosa ${header},"12,90"\n`)
      expect(rows(report.warned)).toEqual(['2 price_missing'])
      expect(priceOf(only(`Cosa ${header}`))).toBe('ask')
    }
  })

  test('an ambiguous 12.900 is thousands where that is usual, and warned', async () => {
    open({ currency: 'COP', locale: 'es-CO' })
    const report = await importText('nombre;precio\nMochila;12.900\nMorral;9.500\nAgenda;800\n')
    expect(all().map((product) => product.variants.map(priceOf)[0])).toEqual([
      'exact 1290000',
      'exact 950000',
      'exact 80000',
    ])
    expect(rows(report.warned)).toEqual(['2 price_ambiguous', '3 price_ambiguous'])
    expect(report.decimal).toBe('none')
  })
})

describe('exports of other programs', () => {
  test('Shopify', async () => {
    const report = await importFixture('shopify.csv')
    expect(report).toMatchObject({ format: 'shopify', imported: 6, variants: 8, refused: [] })
    const shirt = named('Camiseta de lino')
    expect(shirt).toMatchObject({
      category: 'Camisetas',
      brand: 'Aurora',
      optionNames: ['Talla', 'Color'],
      description: 'Fresca y ligera.\n\n- 100 % lino\n- Lavar en frío',
    })
    expect(shirt.images.map((image) => image.url?.slice(-5))).toEqual(['1.jpg', '2.jpg', '3.jpg', 'b.jpg'])
    expect(shirt.images.at(-1)?.variantId).toBe(shirt.variants[0]?.id)
    expect(
      shirt.variants.map((variant) => [
        variant.sku,
        priceOf(variant),
        variant.compareAt,
        variant.stock.available,
      ]),
    ).toEqual([
      ['CL-S-B', 'exact 2990', 3990, 4],
      ['CL-M-B', 'exact 2990', 3990, 0],
      ['CL-L-A', 'exact 129900', null, null],
    ])
    expect(['Bolso de rafia', 'Sombrero', 'Pañuelo'].map((name) => named(name).status)).toEqual([
      'draft',
      'hidden',
      'hidden',
    ])
    expect(catalog.count()).toBe(3)
    expect(rows(report.warned)).toEqual(['10 price_zero'])
  })

  test('WooCommerce in Spanish: variations before their parent, by id and by SKU', async () => {
    const report = await importFixture('woocommerce-es.csv')
    expect(report).toMatchObject({ format: 'woocommerce', imported: 5, variants: 6, decimal: ',' })
    expect(rows(report.refused)).toEqual(['9 type_not_supported', '10 parent_missing'])
    const shoe = named('Zapatilla urbana')
    expect(shoe).toMatchObject({
      category: 'Calzado > Zapatillas',
      tags: ['urbano', 'Novedades'],
      optionNames: ['Talla', 'Color'],
    })
    expect(
      shoe.variants.map((variant) => [variant.sku, variant.title, priceOf(variant), variant.compareAt]),
    ).toEqual([
      ['ZAP-38', '38 / Negro', 'exact 5990', null],
      ['ZAP-39', '39 / Blanco', 'exact 4990', 5990],
    ])
    expect(priceOf(only('Cinturón de piel'))).toBe('exact 125000')
    expect(only('Camisa antigua')).toMatchObject({ price: { amount: 3500 }, compareAt: null })
    expect([named('Gorra').status, named('Bufanda').status]).toEqual(['hidden', 'draft'])
  })

  test('WooCommerce in English', async () => {
    open({ currency: 'GBP', locale: 'en-GB' })
    const report = await importFixture('woocommerce-en.csv')
    expect(report).toMatchObject({ format: 'woocommerce', imported: 2, variants: 3, refused: [] })
    expect(
      named('Stone mug').variants.map((variant) => [variant.title, variant.barcode, variant.stock.available]),
    ).toEqual([
      ['Sea', '5012345678900', 5],
      ['Sand', null, null],
    ])
    expect(named('Oak tray')).toMatchObject({ status: 'hidden', taxClass: 'exempt' })
  })
})

describe('importing again', () => {
  const list = 'sku,nombre,precio,stock\nA1,Taza,"5,00",3\nB2,Plato,"7,50",4\n'

  test('the same file changes nothing', async () => {
    for (const name of ['shopify.csv', 'woocommerce-es.csv', 'ropa-tallas.csv']) {
      await importFixture(name)
      const before = all()
      const again = await importFixture(name)
      expect(again).toMatchObject({ imported: 0, updated: 0 })
      expect(again.unchanged).toBeGreaterThan(0)
      expect(all()).toEqual(before)
    }
  })

  test('by SKU, also under another name; stock changes are movements', async () => {
    await importText(list)
    const report = await importText('sku,nombre,precio,stock\na1,Taza grande,"5,50",9\nC3,Bol,"3,00",\n')
    expect(report).toMatchObject({ imported: 1, updated: 1, unchanged: 0 })
    expect(all().map((product) => product.name)).toEqual(['Taza grande', 'Plato', 'Bol'])
    expect(named('Taza grande').revision).toBe(2)
    const movements = shop.storage.sql
      .prepare("SELECT delta FROM stock_movements WHERE reason = 'import' ORDER BY seq")
      .all()
    expect(movements).toEqual([{ delta: 3 }, { delta: 4 }, { delta: 6 }])
    const pending = shop.storage.sql.prepare('SELECT revision FROM search_outbox ORDER BY entity_id').all()
    expect(pending).toEqual([{ revision: 2 }, { revision: 1 }, { revision: 1 }])
  })

  test('by name where there is no SKU', async () => {
    await importText('nombre,precio\nTaza,"5,00"\n')
    const report = await importText('nombre,precio\nTaza,"6,00"\nTaza,"7,00"\n')
    expect(report).toMatchObject({ imported: 0, updated: 1 })
    expect(rows(report.refused)).toEqual(['3 duplicate_name'])
    expect(priceOf(only('Taza'))).toBe('exact 600')
  })

  test("a person's edits are kept and reported, unless asked otherwise", async () => {
    await importText(list)
    const cup = named('Taza')
    shop.storage.write('person:ana', (tx) =>
      catalog.update(tx, cup.id, {
        name: 'Taza de la casa',
        variants: [{ id: cup.variants[0]?.id, price: { kind: 'exact', amount: 999 } }],
      }),
    )
    const report = await importText('sku,nombre,precio,stock\nA1,Taza,"5,00",8\nB2,Plato,"7,50",4\n')
    expect(report).toMatchObject({ updated: 1, unchanged: 1 })
    expect(report.kept.map(({ row, sku, field }) => [row, sku, field])).toEqual([
      [2, null, 'name'],
      [2, 'A1', 'price'],
    ])
    expect(rows(report.warned)).toEqual(['2 manual_kept', '2 manual_kept'])
    expect(only('Taza de la casa')).toMatchObject({ price: { amount: 999 }, stock: { onHand: 8 } })
    await importText(list, { overwriteManual: true })
    expect(only('Taza')).toMatchObject({ price: { amount: 500 }, manualFields: [] })
  })

  test('a variant that is new joins its product; columns that are not there leave fields alone', async () => {
    await importText(
      'nombre,talla,sku,precio,descripción\nGorro,S,G-S,"9,50",Cálido\nGorro,M,G-M,"9,50",Cálido\n',
    )
    const report = await importText('nombre,talla,sku,precio\nGorro,M,G-M,"10,50"\nGorro,L,G-L,"11,50"\n')
    expect(report).toMatchObject({ imported: 0, updated: 1 })
    expect(named('Gorro').description).toBe('Cálido')
    expect(named('Gorro').variants.map((variant) => [variant.sku, variant.title, priceOf(variant)])).toEqual([
      ['G-S', 'S', 'exact 950'],
      ['G-M', 'M', 'exact 1050'],
      ['G-L', 'L', 'exact 1150'],
    ])
  })

  test('what a person put away comes back with a word about it', async () => {
    await importText(list)
    shop.storage.write('person:ana', (tx) => catalog.remove(tx, named('Taza').id))
    const report = await importText(list)
    expect(report).toMatchObject({ imported: 1, unchanged: 1 })
    expect(rows(report.warned)).toEqual(['2 was_removed'])
  })
})

describe('files that are not what they should be', () => {
  test('refused as a whole, with nothing written', async () => {
    const cases: [string | Uint8Array, string][] = [
      ['', 'import.empty'],
      ['\r\n \r\n', 'import.empty'],
      [new Uint8Array([0xef, 0xbb, 0xbf]), 'import.empty'],
      [Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256), 'import.not_text'],
      [Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200, 65)]), 'import.not_text'],
      ['nombre,precio\nTaza\u0000,5\n', 'import.not_text'],
      ['a,b,c\n1,2,3\n', 'import.no_name_column'],
      ['precio,stock\n5,3\n', 'import.no_name_column'],
      [`nombre,precio\nTaza,"${'x'.repeat(1_200_000)}"\n`, 'import.line_too_long'],
      ['y'.repeat(3_000_000), 'import.line_too_long'],
      [`nombre,precio\n${'Taza;'.repeat(400_000)}`, 'import.line_too_long'],
    ]
    for (const [content, code] of cases) expect(await failure(importText(content))).toBe(code)
    mkdirSync(join(shop.dir, 'folder.csv'))
    expect(await failure(importFile(join(shop.dir, 'folder.csv')))).toBe('import.file_unreadable')
    expect(await failure(importFile(join(shop.dir, 'missing.csv')))).toBe('import.file_unreadable')
    expect(all()).toEqual([])
    expect(catalog.imports()).toEqual([])
  })

  test('rows that cannot be read are refused with their numbers, the rest comes in', async () => {
    const report = await importText(
      [
        'nombre,precio,descripción',
        'Taza,"5,00","dos\nlíneas"',
        ',"6,00",sin nombre',
        'Plato,gratis,',
        'Bol,12,90,hondo',
        '',
        'Jarra,caro,',
        'Vaso,"3,00",=HYPERLINK("http://x")',
        'Copa,"4,00","sin cerrar',
      ].join('\n'),
    )
    expect(report.imported).toBe(3)
    expect(rows(report.refused)).toEqual([
      '3 no_name',
      '5 damaged_row',
      '7 price_unreadable',
      '9 damaged_row',
    ])
    expect(rows(report.warned)).toEqual(['4 price_free'])
    expect(named('Vaso').description).toContain('HYPERLINK')
  })

  test('encodings and byte order marks', async () => {
    const text = 'nombre;precio\nCañón señalización;1,50\n'
    const little = Buffer.from(`\ufeff${text}`, 'utf16le')
    const cases: [Uint8Array, string][] = [
      [Buffer.from(text), 'utf-8'],
      [Buffer.from(`\ufeff${text}`), 'utf-8-bom'],
      [little, 'utf-16le'],
      [Buffer.from(little).swap16(), 'utf-16be'],
      [Buffer.from(text, 'latin1'), 'windows-1252'],
    ]
    for (const [content, encoding] of cases) {
      expect((await importText(content)).encoding).toBe(encoding)
      expect(all().map((product) => product.name)).toEqual(['Cañón señalización'])
    }
    const sep = await importText('sep=|\r\nnombre|precio\r\nTaza|caro\r\n')
    expect(sep.delimiter).toBe('|')
    expect(rows(sep.refused)).toEqual(['2 price_unreadable'])
  })

  test('a SKU twice in the file, or of another product, is reported', async () => {
    await importText('sku,nombre,precio\nA,Uno,1\nB,Dos,2\n')
    const report = await importText(
      'sku,nombre,talla,precio\nA,Tres,S,1\nB,Tres,M,2\nC,Tres,L,3\nc,Cuatro,,4\n',
    )
    expect(rows(report.refused)).toEqual(['3 sku_of_other_product', '5 duplicate_sku'])
    expect(named('Tres').variants.map((variant) => variant.sku)).toEqual(['A', 'C'])
  })

  test('hostile content stays text', async () => {
    await importText(
      'nombre,precio,descripción,__proto__,constructor\n"Robert\'); DROP TABLE products;--",1,"<img src=x onerror=alert(1)><p>Hola<script>x</script></p>",a,b\n',
    )
    const [product] = all()
    expect(product?.description).toBe('Hola')
    expect(catalog.count()).toBe(1)
  })
})

describe('while it runs', () => {
  const big = `sku,nombre,precio\n${Array.from({ length: 3000 }, (_, at) => `S${at},Producto ${at},"1,50"`).join('\n')}\n`

  test('a dry run reports the same and writes nothing', async () => {
    const path = put(big)
    const dry = await importFile(path, { dryRun: true })
    expect(catalog.count()).toBe(0)
    expect(shop.storage.sql.prepare('SELECT count(*) AS n FROM events').get()).toEqual({ n: 0 })
    expect(catalog.imports()).toEqual([])
    const real = await importFile(path)
    expect({ ...real, importId: null }).toEqual(dry)
  })

  test('progress, one event at the end, and a second import is told to wait', async () => {
    const events: ShopEvent[] = []
    shop.bus.subscribe((event) => events.push(event))
    const progress: number[] = []
    const first = importText(big, { onProgress: ({ rows: done }) => progress.push(done) })
    expect(await failure(importText(big))).toBe('import.busy')
    const report = await first
    expect(progress.at(-1)).toBe(3001)
    expect(events.map((event) => [event.type, event.payload])).toEqual([
      ['catalog.imported', { importId: report.importId }],
    ])
    expect(catalog.imports()).toMatchObject([{ id: report.importId, state: 'done', by: 'person:ana' }])
  })

  test('cancelling keeps what was taken in and says so', async () => {
    const control = new AbortController()
    const report = await importText(big, { signal: control.signal, onProgress: () => control.abort() })
    expect(report.cancelled).toBe(true)
    expect(report.imported).toBe(catalog.count())
    expect(report.imported).toBeLessThan(3000)
    expect(catalog.imports()[0]?.state).toBe('cancelled')
    expect((await importText(big)).imported).toBe(3000 - report.imported)
  })
})
