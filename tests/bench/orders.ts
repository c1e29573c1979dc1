import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parse } from 'csv-parse/sync'
import writeExcelFile from 'write-excel-file/node'
import { createApp } from '../../main/core/app.ts'
import type { ExportRequest } from '../../main/core/exports/export.ts'
import type { OrderFilter } from '../../main/core/orders/order.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import { createTestHost } from '../fixtures/host.ts'
import { fillOrders } from './order-data.ts'
import { percentile, round } from './statistics.ts'

interface Timing {
  p50Ms: number
  p95Ms: number
}

interface ExportTiming {
  seconds: number
  rows: number
  megabytes: number
  /** Longest time that the main process stood still meanwhile, ms. */
  longestPauseMs: number
}

export interface OrdersReport {
  orders: number
  lines: number
  list: Record<string, Timing>
  exports: Record<string, ExportTiming>
  /** What a shop would use instead: the same orders in a file. */
  instead: {
    /** Writing it with a library that takes the whole table, s and highest resident memory in MB. */
    writeWorkbook: { seconds: number; peakMb: number }
    /** Reading the file to find one order, s. */
    findInFile: { seconds: number }
  }
  ratios: { exportToWriteWorkbook: number; searchToFindInFile: number }
}

/** Lists, searches and exports of a shop that has sold a lot, beside a file with the same orders. */
export async function benchOrders(orders: number): Promise<OrdersReport> {
  const data = mkdtempSync(join(tmpdir(), 'mostrador-bench-orders-'))
  const app = await createApp({ serve: false }, createTestHost(data))
  try {
    const shop = await app.shops.create({ name: 'Banco', currency: 'EUR', locale: 'es-ES' })
    const lines = fillOrders(shop, orders)
    const list = timeLists(shop, orders)
    const exports = {
      'orders as CSV': await timeExport(shop, 'orders', 'csv', join(data, 'orders.csv')),
      'orders as Excel': await timeExport(shop, 'orders', 'xlsx', join(data, 'orders.xlsx')),
      'order lines as CSV': await timeExport(shop, 'order_lines', 'csv', join(data, 'lines.csv')),
      'order lines as Excel': await timeExport(shop, 'order_lines', 'xlsx', join(data, 'lines.xlsx')),
    }
    const instead = await timeInstead(join(data, 'orders.csv'), join(data, 'peer.xlsx'))
    const search = list['search a name']?.p50Ms ?? 0
    return {
      orders,
      lines,
      list,
      exports,
      instead,
      ratios: {
        exportToWriteWorkbook: round(exports['orders as Excel'].seconds / instead.writeWorkbook.seconds, 2),
        searchToFindInFile: round(search / 1000 / instead.findInFile.seconds, 5),
      },
    }
  } finally {
    await app.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

function timeLists(shop: Shop, orders: number): Record<string, Timing> {
  const page = (filter: OrderFilter, before?: number) => () =>
    shop.orders.list(filter, { limit: 50, ...(before === undefined ? {} : { before }) })
  return {
    'first page': time(page({})),
    'page in the middle': time(page({}, Math.floor(orders / 2))),
    'pending only': time(page({ states: ['pending'] })),
    'search a name': time(page({ text: 'apellido777' })),
    'search a number': time(page({ text: String(1000 + Math.floor(orders / 3)) })),
    'search what is not there': time(page({ text: 'zzzzzz' })),
    'a month': time(page({ from: '2026-03-01', to: '2026-03-31' })),
    'counts by state': time(() => shop.orders.counts({})),
  }
}

function time(work: () => unknown): Timing {
  const times: number[] = []
  for (let run = 0; run < 30; run++) {
    const started = performance.now()
    work()
    times.push(performance.now() - started)
  }
  return { p50Ms: round(percentile(times, 0.5), 2), p95Ms: round(percentile(times, 0.95), 2) }
}

async function timeExport(
  shop: Shop,
  what: ExportRequest['what'],
  format: ExportRequest['format'],
  path: string,
): Promise<ExportTiming> {
  const request: ExportRequest = { what, format, bom: true, delimiter: ',', filter: {}, language: 'es' }
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const started = performance.now()
  let rows = 0
  for await (const event of shop.exports.run(request, path)) if (event.kind === 'done') rows = event.rows
  delay.disable()
  return {
    seconds: round((performance.now() - started) / 1000, 2),
    rows,
    megabytes: round(statSync(path).size / 1e6, 1),
    longestPauseMs: Math.round(delay.max / 1e6),
  }
}

async function timeInstead(csv: string, target: string): Promise<OrdersReport['instead']> {
  const opened = performance.now()
  const rows: string[][] = parse(readFileSync(csv), { bom: true })
  rows.findIndex((row) => row[5]?.includes('Apellido777'))
  const findInFile = { seconds: round((performance.now() - opened) / 1000, 2) }
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50)
  const started = performance.now()
  const cells = rows.map((row) => row.map((text) => (/^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text)))
  await writeExcelFile(cells).toStream(createWriteStream(target))
  clearInterval(watch)
  return {
    findInFile,
    writeWorkbook: {
      seconds: round((performance.now() - started) / 1000, 2),
      peakMb: Math.round(Math.max(peak, process.memoryUsage.rss()) / 1e6),
    },
  }
}
