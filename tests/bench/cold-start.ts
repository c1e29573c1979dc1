import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillShop, residentMb, startHost, stopHost } from './start.ts'
import { percentile, round } from './statistics.ts'

export interface ColdStartReport {
  products: number
  /** From starting the process to its line `ready`, ms. */
  readyMs: { p50: number; max: number }
  /** Resident memory once ready, MB (Linux only). */
  memoryMb: number | null
}

/** The built headless host on a shop of so many products, from nothing to ready. */
export async function benchColdStart(products: number, runs = 5): Promise<ColdStartReport> {
  const data = mkdtempSync(join(tmpdir(), 'mostrador-bench-start-'))
  try {
    await fillShop(data, products)
    const times: number[] = []
    let memoryMb: number | null = null
    for (let run = 0; run < runs; run++) {
      const began = performance.now()
      const { child } = await startHost(data, (line) => line.includes('"ready"') || undefined)
      times.push(performance.now() - began)
      memoryMb = residentMb(child.pid) ?? memoryMb
      await stopHost(child)
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
