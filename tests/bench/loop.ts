import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { createApp } from '../../main/core/app.ts'
import type { ExportRequest } from '../../main/core/exports/export.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import { createTestHost } from '../fixtures/host.ts'
import { writeCatalog } from './import.ts'
import { fillOrders } from './order-data.ts'
import { percentile, round } from './statistics.ts'

export interface LoopReport {
  /** Rows of the catalog that is imported meanwhile, and orders that are exported. */
  rows: number
  orders: number
  loads: Record<string, LoopFigures>
}

export interface LoopFigures {
  /** How long timers were late, ms: what the desk and every channel would have waited. */
  delayMs: { p50: number; p99: number; max: number }
  /** Computing between two turns of the loop, ms: without what the disk and other programs take. */
  computingMs: { p99: number; max: number }
  /** What was done meanwhile. */
  done: Record<string, number>
  /** The computer's load average when it ended: others take from it too. */
  load: number
}

export interface LoopSize {
  rows: number
  orders: number
  /** Of each load; all at once goes on for twice as long. */
  seconds: number
}

/** How long the main process stands still while it does what a busy shop asks of it, one thing at a time and all at once. */
export async function benchLoop(
  { rows, orders, seconds }: LoopSize,
  say: (line: string) => void,
): Promise<LoopReport> {
  const data = mkdtempSync(join(tmpdir(), 'mostrador-bench-loop-'))
  const app = await createApp({ quietWindowMs: 0, longestWaitMs: 0 }, createTestHost(data))
  try {
    const shop = await app.shops.create({ name: 'Banco', currency: 'EUR', locale: 'es-ES' })
    const file = join(data, 'catalog.csv')
    await writeCatalog(file, rows)
    say(`filling a shop with ${orders} orders`)
    fillOrders(shop, orders)
    await shop.search.caughtUp()
    // What the first answer compiles is rehearsed after a start, at a time of its own: here it comes before all loads.
    await shop.chat.ask('Cliente', questions.join(' '))
    const doing: Record<string, Doing> = {
      idle: () => pause(20, undefined),
      'an import': importing(shop, file),
      conversations: conversing(shop, 4),
      search: searching(shop),
      'calls of the desk': desk(shop),
      exports: exporting(shop, data),
    }
    const loads: Record<string, LoopFigures> = {}
    const measure = async (name: string, work: Record<string, Doing>, time: number) => {
      say(`the loop under ${name}, for ${time} s`)
      const figures = await under(work, time)
      loads[name] = figures
      const { delayMs, computingMs, load } = figures
      say(`  p99 late ${delayMs.p99} ms, computing ${computingMs.p99} ms (load average ${load})`)
    }
    for (const [name, work] of Object.entries(doing)) await measure(name, { [name]: work }, seconds)
    const { idle: _idle, ...everything } = doing
    await measure('all at once', everything, seconds * 2)
    return { rows, orders, loads }
  } finally {
    await app.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

/** One piece of work; says how much was done in it, one where it says nothing. */
type Doing = () => Promise<number | undefined>

/** Does everything again and again for so long. */
async function under(work: Record<string, Doing>, seconds: number): Promise<LoopFigures> {
  const done: Record<string, number> = {}
  const end = performance.now() + seconds * 1_000
  const slices = new Slices()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await Promise.all(
    Object.entries(work).map(async ([name, piece]) => {
      do done[name] = (done[name] ?? 0) + ((await piece()) ?? 1)
      while (performance.now() < end)
    }),
  )
  delay.disable()
  const computing = slices.stop()
  const ms = (nanoseconds: number) => round(nanoseconds / 1e6)
  return {
    delayMs: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
    computingMs: { p99: round(percentile(computing, 0.99)), max: round(Math.max(0, ...computing)) },
    done,
    load: round(loadavg()[0] ?? 0),
  }
}

/** The processor's time that this thread takes between two turns of its loop. */
class Slices {
  readonly #taken: number[] = []
  #before = process.threadCpuUsage()
  #isOver = false

  constructor() {
    this.#look()
  }

  stop(): number[] {
    this.#isOver = true
    return this.#taken
  }

  #look(): void {
    setTimeout(() => {
      const { user, system } = process.threadCpuUsage(this.#before)
      this.#before = process.threadCpuUsage()
      this.#taken.push((user + system) / 1_000)
      if (!this.#isOver) this.#look()
    }, 1)
  }
}

function importing(shop: Shop, path: string): Doing {
  return async () => {
    const { imported, updated } = await shop.catalog.importCsv(
      { path, fileName: 'catalog.csv' },
      { dryRun: false, actor: 'system' },
    )
    return imported + updated
  }
}

const questions = [
  '¿Cuánto cuesta la taza azul?',
  'Hola',
  '¿Tenéis velas?',
  'Añade 2 tazas azules',
  '¿A qué hora abrís?',
]

function conversing(shop: Shop, together: number): Doing {
  let turn = 0
  return async () => {
    const people = Array.from({ length: together }, (_, person) => `Cliente ${person}`)
    const text = questions[turn++ % questions.length] ?? ''
    await Promise.all(people.map((name) => shop.chat.ask(name, text)))
    return together
  }
}

function searching(shop: Shop): Doing {
  let asked = 0
  return async () => {
    await shop.search.products(`taza azul modelo ${asked++}`, { limit: 10 })
    return 1
  }
}

/** What an open desk asks when something has changed. */
function desk(shop: Shop): Doing {
  return async () => {
    shop.conversations.list({ limit: 50 })
    shop.orders.list({}, { limit: 50 })
    shop.orders.counts({})
    shop.catalog.list({ limit: 50, offset: 0 })
    await pause(5)
    return 4
  }
}

function exporting(shop: Shop, folder: string): Doing {
  const request = {
    what: 'orders',
    format: 'xlsx',
    bom: true,
    delimiter: ',',
    filter: {},
    language: 'es',
  } satisfies ExportRequest
  return async () => {
    let rows = 0
    for await (const event of shop.exports.run(request, join(folder, 'orders.xlsx')))
      if (event.kind === 'done') rows = event.rows
    return rows
  }
}
