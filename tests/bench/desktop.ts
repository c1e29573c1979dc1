import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium } from '@playwright/test'
import { createApp } from '../../main/core/app.ts'
import { findBrowser } from '../fakes/whatsapp/chrome.ts'
import { TestDesktop } from '../fixtures/desktop.ts'
import { createTestHost } from '../fixtures/host.ts'
import { benchLoop, type LoopReport } from './loop.ts'
import { percentile, round } from './statistics.ts'

interface Start {
  /** From the start of the first process until the desk shows the shop, ms. */
  usableMs: { p50: number; max: number }
  /** Of all processes then, proportional share of what they have in common, MB (Linux only). */
  memoryMb: number | null
}

export interface DesktopReport {
  products: number
  /** Electron's own program is not in this: its shell is a stand-in on Node, the window a real Chromium. */
  electron: 'a stand-in'
  desktop: Start
  /** What the same person would do without the app: the headless host, and its desk in a browser. */
  headlessAndBrowser: Start
  /** The least that a window of Chromium costs: an empty page. */
  emptyWindow: Start
  ratios: { startToHeadless: number; memoryToHeadless: number; startToEmpty: number; memoryToEmpty: number }
  loop: LoopReport
}

const root = join(import.meta.dirname, '..', '..')
/** On the desk as soon as there is a shop to show. */
const shown = 'nav'

/** Cold start and memory of the desktop app beside what would be used instead, and how free its loop is under load. */
export async function benchDesktop(quick: boolean): Promise<DesktopReport> {
  const products = quick ? 500 : 10_000
  const runs = quick ? 3 : 5
  const desktop = await measure(runs, () => startDesktop(products))
  const headlessAndBrowser = await measure(runs, () => startHeadless(products))
  const emptyWindow = await measure(runs, startEmpty)
  const ratio = (a: number | null, b: number | null) => round((a ?? Number.NaN) / (b ?? Number.NaN), 2)
  return {
    products,
    electron: 'a stand-in',
    desktop,
    headlessAndBrowser,
    emptyWindow,
    ratios: {
      startToHeadless: ratio(desktop.usableMs.p50, headlessAndBrowser.usableMs.p50),
      memoryToHeadless: ratio(desktop.memoryMb, headlessAndBrowser.memoryMb),
      startToEmpty: ratio(desktop.usableMs.p50, emptyWindow.usableMs.p50),
      memoryToEmpty: ratio(desktop.memoryMb, emptyWindow.memoryMb),
    },
    loop: await benchLoop(quick ? 5_000 : 50_000, quick ? 2_000 : 20_000, quick ? 3 : 10),
  }
}

interface Started {
  /** Starts it; resolves when it is usable, and tells the processes' roots. */
  run(): Promise<{ roots: number[]; stop(): Promise<void> }>
  close(): Promise<void>
}

async function measure(runs: number, prepare: () => Promise<Started>): Promise<Start> {
  const started = await prepare()
  const times: number[] = []
  let memoryMb: number | null = null
  try {
    for (let run = 0; run <= runs; run++) {
      const began = performance.now()
      const { roots, stop } = await started.run()
      // The first one warms the disk's cache for all that are compared.
      if (run > 0) times.push(performance.now() - began)
      memoryMb = sharedMb(roots)
      await stop()
    }
  } finally {
    await started.close()
  }
  return { usableMs: { p50: round(percentile(times, 0.5), 0), max: round(Math.max(...times), 0) }, memoryMb }
}

async function fill(data: string, products: number): Promise<void> {
  const app = await createApp({ serve: false }, createTestHost(data))
  const shop = await app.shops.create({ name: 'Arranque', currency: 'EUR', locale: 'es-ES' })
  for (let done = 0; done < products; done += 500) {
    shop.storage.write('system', (tx) => {
      for (let i = done; i < Math.min(products, done + 500); i++) {
        shop.catalog.create(tx, {
          name: `Producto número ${i}`,
          variants: [{ sku: `P-${i}`, price: { kind: 'exact', amount: 100 + i } }],
        })
      }
    })
  }
  await shop.search.caughtUp()
  await app.stop()
}

async function startDesktop(products: number): Promise<Started> {
  const desktop = new TestDesktop()
  await fill(desktop.dataFolder, products)
  const main = join(root, 'out', 'main', 'electron', 'main.js')
  return {
    async run() {
      const child = await desktop.open(existsSync(main) ? { main } : {})
      const page = await desktop.page()
      await page.locator(shown).first().waitFor()
      const stop = async () => void (await desktop.quit(child))
      return { roots: [child.pid ?? 0], stop }
    },
    close: () => desktop.close(),
  }
}

async function startHeadless(products: number): Promise<Started> {
  const data = mkdtempSync(join(tmpdir(), 'mostrador-bench-desk-'))
  await fill(data, products)
  const program = join(root, 'out', 'main', 'headless', 'main.js')
  return {
    async run() {
      const child = spawn(process.execPath, [program, '--no-open', '--json', '--data', data], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const browser = await openBrowser()
      const page = await browser.newPage()
      await page.goto(await launchUrl(child))
      await page.locator(shown).first().waitFor()
      const stop = async () => {
        await browser.close()
        const gone = once(child, 'exit')
        child.kill('SIGTERM')
        await gone
      }
      return { roots: [child.pid ?? 0, ...browsersOf(process.pid)], stop }
    },
    close: async () => rmSync(data, { recursive: true, force: true }),
  }
}

async function startEmpty(): Promise<Started> {
  return {
    async run() {
      const browser = await openBrowser()
      const page = await browser.newPage()
      await page.setContent('<!doctype html><title>empty</title><nav>empty</nav>')
      await page.locator(shown).first().waitFor()
      return { roots: browsersOf(process.pid), stop: () => browser.close() }
    },
    close: async () => undefined,
  }
}

function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser() ?? '', args: ['--no-sandbox', '--disable-gpu'] })
}

async function launchUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the host says nothing')
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /"launchUrl"\s*:\s*"([^"]+)"/.exec(line)
    if (found?.[1] !== undefined) return found[1]
  }
  throw new Error('the host has given no link')
}

/** Browsers that this process has started. */
function browsersOf(parent: number): number[] {
  return childrenOf(parent).filter((pid) => /chrom/i.test(read(`/proc/${pid}/cmdline`)))
}

/** Memory of processes and of all that they have started: each page counts once, shared ones in part for each. */
function sharedMb(roots: readonly number[]): number | null {
  if (process.platform !== 'linux') return null
  const all = new Set<number>()
  const add = (pid: number) => {
    if (all.has(pid)) return
    all.add(pid)
    for (const child of childrenOf(pid)) add(child)
  }
  for (const pid of roots) add(pid)
  const kb = [...all].reduce(
    (sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0),
    0,
  )
  return Math.round(kb / 1_000)
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => Number(/\) \S (\d+)/.exec(read(`/proc/${pid}/stat`))?.[1]) === parent)
    .map(Number)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
