import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createApp } from '../../main/core/app.ts'
import { createTestHost } from '../fixtures/host.ts'
import { percentile, round } from './statistics.ts'

export interface ColdStartReport {
  products: number
  /** From starting the process to its line `ready`, ms. */
  readyMs: { p50: number; max: number }
  /** Resident memory once ready, MB (Linux only). */
  memoryMb: number | null
}

const root = join(import.meta.dirname, '..', '..')

/** The built headless host on a shop of so many products, from nothing to ready. */
export async function benchColdStart(products: number, runs = 5): Promise<ColdStartReport> {
  const program = join(root, 'out', 'main', 'headless', 'main.js')
  if (!existsSync(program)) throw new Error('nothing is built: run npm run build')
  const data = mkdtempSync(join(tmpdir(), 'mostrador-bench-start-'))
  try {
    await prepare(data, products)
    const times: number[] = []
    let memoryMb: number | null = null
    for (let run = 0; run < runs; run++) {
      const result = await startOnce(program, data)
      times.push(result.ms)
      memoryMb = result.memoryMb ?? memoryMb
    }
    return {
      products,
      readyMs: { p50: round(percentile(times, 0.5), 0), max: round(Math.max(...times), 0) },
      memoryMb,
    }
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function prepare(data: string, products: number): Promise<void> {
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

async function startOnce(program: string, data: string): Promise<{ ms: number; memoryMb: number | null }> {
  const started = performance.now()
  const child = spawn(process.execPath, [program, '--no-open', '--json', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('"ready"')) break
    }
    const ms = performance.now() - started
    return { ms, memoryMb: await residentMb(child.pid) }
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }
}

async function residentMb(pid: number | undefined): Promise<number | null> {
  if (process.platform !== 'linux' || pid === undefined) return null
  const { readFile } = await import('node:fs/promises')
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const kb = /VmRSS:\s+(\d+)/.exec(status)?.[1]
  return kb === undefined ? null : Math.round(Number(kb) / 1000)
}
