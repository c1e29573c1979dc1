import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { findBrowser } from '../fakes/whatsapp/chrome.ts'
import { TestDesktop } from '../fixtures/desktop.ts'
import { benchLoop, type LoopReport, type LoopSize } from './loop.ts'
import { browsersOf, fillShop, sharedMb, startHost, stopHost } from './start.ts'
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

const quickLoop: LoopSize = { rows: 3_000, orders: 1_000, seconds: 2 }
const wholeLoop: LoopSize = { rows: 50_000, orders: 20_000, seconds: 10 }

const root = join(import.meta.dirname, '..', '..')
/** On the desk as soon as there is a shop to show. */
const shown = 'nav'

/** Cold start and memory of the desktop app beside what would be used instead, and how free its loop is under load. */
export async function benchDesktop(quick: boolean, say: (line: string) => void): Promise<DesktopReport> {
  const products = quick ? 200 : 10_000
  const runs = quick ? 2 : 5
  const timed = async (what: string, prepare: () => Promise<Started>) => {
    say(`${what}, started ${runs + 1} times`)
    const start = await measure(runs, prepare, say)
    say(`  usable after ${start.usableMs.p50} ms, ${start.memoryMb ?? '?'} MB`)
    return start
  }
  const desktop = await timed(`the desktop app with ${products} products`, () => startDesktop(products))
  const headlessAndBrowser = await timed('the headless host and a browser', () => startHeadless(products))
  const emptyWindow = await timed('an empty window', startEmpty)
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
    loop: await benchLoop(quick ? quickLoop : wholeLoop, say),
  }
}

interface Started {
  /** Starts it; resolves when it is usable, and tells the processes' roots. */
  run(): Promise<{ roots: number[]; stop(): Promise<void> }>
  close(): Promise<void>
}

async function measure(
  runs: number,
  prepare: () => Promise<Started>,
  say: (line: string) => void,
): Promise<Start> {
  const started = await prepare()
  const times: number[] = []
  let memoryMb: number | null = null
  try {
    for (let run = 0; run <= runs; run++) {
      const began = performance.now()
      const { roots, stop } = await started.run()
      // The first one warms the disk's cache for all that are compared.
      const ms = performance.now() - began
      if (run > 0) times.push(ms)
      say(`  ${run === 0 ? 'to warm the disk' : `run ${run} of ${runs}`}: ${ms.toFixed(0)} ms`)
      memoryMb = sharedMb(roots)
      await stop()
    }
  } finally {
    await started.close()
  }
  return { usableMs: { p50: round(percentile(times, 0.5), 0), max: round(Math.max(...times), 0) }, memoryMb }
}

async function startDesktop(products: number): Promise<Started> {
  const desktop = new TestDesktop()
  await fillShop(desktop.dataFolder, products)
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
  await fillShop(data, products)
  return {
    async run() {
      const [host, browser] = await Promise.all([startHost(data, launchUrlIn), openBrowser()])
      const page = await browser.newPage()
      await page.goto(host.found)
      await page.locator(shown).first().waitFor()
      const stop = async () => {
        await browser.close()
        await stopHost(host.child)
      }
      return { roots: [host.child.pid ?? 0, ...browsersOf(process.pid)], stop }
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

/** The link that the host gives once it is ready. */
function launchUrlIn(line: string): string | undefined {
  return /"launchUrl"\s*:\s*"([^"]+)"/.exec(line)?.[1]
}
