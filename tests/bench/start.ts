import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createApp } from '../../main/core/app.ts'
import { createTestHost } from '../fixtures/host.ts'

/** What is shared by measurements of how long a host takes to start, and how much memory it has then. */

const root = join(import.meta.dirname, '..', '..')

/** A shop of so many products in a data folder, with its search index made. */
export async function fillShop(data: string, products: number): Promise<void> {
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

/** Starts the built headless host; resolves at the first line on its stdout that `wanted` finds something in. */
export async function startHost<T>(
  data: string,
  wanted: (line: string) => T | undefined,
): Promise<{ child: ChildProcess; found: T }> {
  const program = join(root, 'out', 'main', 'headless', 'main.js')
  if (!existsSync(program)) throw new Error('nothing is built: run npm run build')
  const child = spawn(process.execPath, [program, '--no-open', '--json', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const found = wanted(line)
    if (found !== undefined) return { child, found }
  }
  throw new Error('the host has ended before it said what was waited for')
}

export async function stopHost(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

/** Resident memory of one process, MB (Linux only). */
export function residentMb(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null
  return megabytes(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1])
}

/** Memory of processes and of all that they have started: each page counts once, shared ones in part for each. */
export function sharedMb(roots: readonly number[]): number | null {
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
  return megabytes(kb)
}

/** Browsers that a process has started. */
export function browsersOf(parent: number): number[] {
  return childrenOf(parent).filter((pid) => /chrom/i.test(read(`/proc/${pid}/cmdline`)))
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

function megabytes(kb: string | number | undefined): number | null {
  return kb === undefined ? null : Math.round(Number(kb) / 1_000)
}
