import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestHost } from '../../../tests/fixtures/host.ts'
import { type App, createApp } from '../app.ts'
import { isDomainError } from '../errors.ts'
import type { Shop } from '../shops/shop.ts'
import { neutralised, serialDate } from './cells.ts'
import type { ExportEvent, ExportRequest } from './export.ts'

let folder: string
let app: App
let shop: Shop
let mug: { productId: string; variantId: string }

const nasty = '=HYPERLINK("http://x";"págame; ñ, "ya"")'

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exports-'))
  app = await createApp({ closed: true, quietWindowMs: 0, longestWaitMs: 0 }, createTestHost(folder))
  shop = await app.shops.create({
    name: 'Cacharrería Sol',
    currency: 'EUR',
    locale: 'es-ES',
    country: 'ES',
    timeZone: 'Europe/Madrid',
  })
  shop.storage.write('system', (tx) => {
    const taza = shop.catalog.create(tx, {
      name: 'Taza',
      category: 'Mesa',
      variants: [
        { sku: '+TAZ-1', price: { kind: 'exact', amount: 1290 }, stock: { tracked: true, onHand: 40 } },
      ],
    })
    mug = { productId: taza.id, variantId: taza.variants[0]?.id ?? '' }
    shop.catalog.create(tx, {
      name: nasty,
      category: '',
      description: 'línea uno\nlínea dos',
      variants: [{ price: { kind: 'ask' } }],
    })
    shop.customers.create(tx, { name: 'Ana Pérez', phone: '+34600111222' })
  })
})

afterEach(async () => {
  await app.stop()
  rmSync(folder, { recursive: true, force: true })
})

function place(quantity: number) {
  return shop.storage.write('agent', (tx) =>
    shop.orders.place(
      tx,
      shop.orders.draft({
        lines: [{ variantId: mug.variantId, quantity }],
        delivery: {
          method: 'pickup',
          zoneId: null,
          zoneName: '',
          fee: 0,
          place: '',
          address: '',
          recipient: '',
          phone: '',
          slotId: null,
          slotLabel: '',
          slotDate: null,
        },
        payment: { id: null, name: 'Efectivo' },
        discountCode: null,
        note: '',
      }),
      { customerId: null, conversationId: null, source: 'desk', summaryId: null },
    ),
  )
}

const plain: ExportRequest = {
  what: 'orders',
  format: 'csv',
  bom: false,
  delimiter: ',',
  filter: {},
  language: 'en',
}

async function run(request: Partial<ExportRequest>): Promise<{ bytes: Buffer; events: ExportEvent[] }> {
  const events: ExportEvent[] = []
  const path = join(folder, `out.${request.format ?? 'csv'}`)
  for await (const event of shop.exports.run({ ...plain, ...request }, path)) events.push(event)
  return { bytes: readFileSync(path), events }
}

async function table(request: Partial<ExportRequest>): Promise<Record<string, string>[]> {
  const { bytes } = await run(request)
  return parse<Record<string, string>>(bytes.toString('utf8'), {
    columns: true,
    bom: true,
    delimiter: request.delimiter ?? ',',
  })
}

describe('CSV', () => {
  it('gives every figure of an order as it is stored', async () => {
    const order = place(3)
    const [row, ...others] = await table({})
    expect(others).toEqual([])
    expect(row).toMatchObject({
      Order: order.number,
      State: 'pending',
      Total: '38.70',
      Pieces: '3',
      Currency: 'EUR',
    })
    expect(row?.Placed).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
  })

  it('is what a Spanish spreadsheet opens: a mark, semicolons, decimal commas', async () => {
    place(1)
    const { bytes } = await run({ bom: true, delimiter: ';', language: 'es' })
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [row] = await table({ bom: true, delimiter: ';', language: 'es' })
    expect(row).toMatchObject({ Estado: 'pendiente', Total: '12,90' })
  })

  it('lets no text become a formula', async () => {
    const rows = await table({ what: 'products' })
    expect(rows.map((row) => row.Product)).toEqual(['Taza', `'${nasty}`])
    expect(rows[0]?.SKU).toBe("'+TAZ-1")
    expect(rows[1]?.Description).toBe('línea uno\nlínea dos')
    expect((await table({ what: 'customers' }))[0]?.Phone).toMatch(/^'\+34/)
  })

  it('neutralises the wide signs that Asian spreadsheets read as the narrow ones', () => {
    for (const text of ['＝1+1', '＋1', '－1', '＠SUM(A1)', ' ＝1'])
      expect(neutralised(text)).toBe(`'${text}`)
  })

  it('lets no text begin a row of its own', async () => {
    for (const end of ['\n', '\r', '\r\n']) {
      const name = `Eva ${JSON.stringify(end)}`
      shop.storage.write('system', (tx) => {
        const id = shop.customers.create(tx, { name, notes: `llamar${end}=1+1` })
        expect(shop.customers.get(id)?.notes).toBe(`llamar${end}=1+1`)
      })
      const text = (await run({ what: 'customers' })).bytes.toString('utf8')
      expect(text).toContain(`"llamar${end}=1+1"`)
    }
  })
})

describe('Excel', () => {
  it('has typed cells that another library reads back', async () => {
    const order = place(2)
    const { bytes } = await run({ format: 'xlsx', what: 'order_lines' })
    const [heading, row] = await firstSheet(bytes)
    const cell = (name: string) => row?.[heading?.indexOf(name) ?? -1]
    expect(cell('Order')).toBe(order.number)
    expect(cell('SKU')).toBe('+TAZ-1')
    expect(cell('Quantity')).toBe(2)
    expect(cell('Price')).toBe(12.9)
    expect(cell('Amount')).toBe(25.8)
    expect(cell('Tax rate')).toBe(0.21)
    const placed = cell('Placed')
    // The cell shows the shop's wall time, which readers take for UTC.
    const wall = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Madrid',
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    expect(placed).toBeInstanceOf(Date)
    // A spreadsheet counts days in a fraction: readers are a millisecond off at times.
    const second = new Date(Math.round(Number(placed) / 1000) * 1000)
    expect(second.toISOString().slice(0, 19).replace('T', ' ')).toBe(wall.format(new Date(order.placedAt)))
  })

  it('keeps every text as it is', async () => {
    const { bytes } = await run({ format: 'xlsx', what: 'products' })
    const rows = await firstSheet(bytes)
    expect(rows.map((row) => row[1])).toEqual(['Product', 'Taza', nasty])
    expect(rows[2]?.at(-1)).toBe('línea uno\nlínea dos')
    // No price is an empty cell, not a zero.
    expect(rows[2]?.[7]).toBeNull()
  })
})

async function firstSheet(bytes: Buffer): Promise<unknown[][]> {
  const sheets = await readXlsxFile(bytes)
  // One sheet, given as its rows.
  return (
    Array.isArray(sheets[0]) ? sheets : ((sheets as unknown as { data: unknown[][] }[])[0]?.data ?? [])
  ) as unknown[][]
}

describe('an export', () => {
  it('holds what the filter lets through', async () => {
    const first = place(1)
    const second = place(2)
    shop.storage.write('person:p', (tx) =>
      shop.orders.setState(tx, first.id, { state: 'cancelled', restock: true, reason: '', tell: false }),
    )
    const numbers = async (filter: ExportRequest['filter']) =>
      (await table({ filter })).map((row) => row.Order)
    expect(await numbers({})).toEqual([first.number, second.number])
    expect(await numbers({ states: ['pending'] })).toEqual([second.number])
    expect(await numbers({ productId: mug.productId })).toEqual([first.number, second.number])
    expect(await numbers({ productId: 'another' })).toEqual([])
    expect(await numbers({ from: '2999-01-01' })).toEqual([])
    expect(await table({ what: 'customers', filter: { text: 'perez' } })).toHaveLength(1)
    expect(await table({ what: 'customers', filter: { text: 'nobody' } })).toHaveLength(0)
    expect(await table({ what: 'customers', filter: { text: '+' } })).toHaveLength(0)
    expect(await table({ what: 'customers', only: { active: true, withOrders: false } })).toHaveLength(1)
    expect(await table({ what: 'customers', only: { active: false } })).toHaveLength(0)
    expect(await table({ what: 'customers', only: { withOrders: true } })).toHaveLength(0)
    const names = async (only: ExportRequest['only'], text?: string) =>
      (await table({ what: 'products', only, filter: text === undefined ? {} : { text } })).map(
        (row) => row.Product,
      )
    expect(await names({ category: 'Mesa' })).toEqual(['Taza'])
    expect(await names({ category: 'Me' })).toEqual([])
    expect(await names({ status: 'available' })).toHaveLength(2)
    expect(await names({ status: 'sold_out' })).toEqual([])
    expect(await names({}, 'taz-1')).toEqual(['Taza'])
  })

  it('can be fetched once', async () => {
    place(1)
    const events: ExportEvent[] = []
    for await (const event of shop.exports.run(plain, null)) events.push(event)
    const done = events.at(-1)
    if (done?.kind !== 'done' || done.downloadId === null) throw new Error('not done')
    expect(done.fileName).toMatch(/^orders-\d{4}-\d\d-\d\d\.csv$/)
    const file = shop.exports.take(done.downloadId)
    expect(readFileSync(file?.path ?? '', 'utf8').split('\r\n')).toHaveLength(3)
    expect(shop.exports.take(done.downloadId)).toBeNull()
    await file?.release()
    expect(readdirSync(join(shop.dir, 'exports'))).toEqual([])
  })

  it('leaves nothing behind when it is cancelled, and another can follow', async () => {
    place(1)
    const path = join(folder, 'cancelled.csv')
    const refused = await (async () => {
      for await (const event of shop.exports.run(plain, path))
        if (event.kind === 'started') expect(shop.exports.cancel(event.runId)).toBe(true)
    })().catch((error: unknown) => error)
    expect(isDomainError(refused, 'cancelled')).toBe(true)
    expect(readdirSync(folder).filter((name) => name.startsWith('cancelled'))).toEqual([])
    expect(await table({})).toHaveLength(1)
  })

  it('says where it cannot write, and that one is under way', async () => {
    const missing = shop.exports.run(plain, join(folder, 'nowhere', 'x.csv')).next()
    await expect(missing).rejects.toMatchObject({ code: 'export.path' })
    const first = shop.exports.run(plain, join(folder, 'a.csv'))
    await first.next()
    await expect(shop.exports.run(plain, join(folder, 'b.csv')).next()).rejects.toMatchObject({
      code: 'export.busy',
    })
    await first.return(undefined)
    expect(existsSync(join(folder, 'a.csv'))).toBe(false)
  })
})

it('dates are counted as spreadsheets do', () => {
  expect(serialDate('1900-03-01')).toBe(61)
  expect(serialDate('2026-11-21 12:00:00')).toBe(46347.5)
})

it('any text that a spreadsheet would run is neutralised, and only that', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const written = neutralised(text)
      expect(written.endsWith(text)).toBe(true)
      expect(/^\s*[=+\-@]/.test(written)).toBe(false)
    }),
  )
  expect(neutralised('Taza - azul')).toBe('Taza - azul')
})
