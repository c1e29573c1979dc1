import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp } from '../../main/core/app.ts'
import { createTestHost } from '../fixtures/host.ts'
import { round } from './statistics.ts'

export interface ImportReport {
  rows: number
  /** Rows into SQLite. */
  seconds: number
  rowsPerSecond: number
  /** From the end of the import until the search index has everything. */
  indexSeconds: number
  /** Highest resident memory seen while rows were imported, and while the index caught up, MB. */
  importPeakMb: number
  indexPeakMb: number
}

/** A CSV of `rows` products into an empty shop, and how long until search has them. */
export async function benchImport(rows: number): Promise<ImportReport> {
  const data = mkdtempSync(join(tmpdir(), 'mostrador-bench-import-'))
  const file = join(data, 'catalog.csv')
  await writeCatalog(file, rows)
  const app = await createApp({ serve: false }, createTestHost(data))
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50)
  try {
    const shop = await app.shops.create({ name: 'Banco', currency: 'EUR', locale: 'es-ES' })
    const started = performance.now()
    const report = await shop.catalog.importCsv(
      { path: file, fileName: 'catalog.csv' },
      { dryRun: false, actor: 'system' },
    )
    if (report.imported !== rows) throw new Error(`${report.imported} of ${rows} rows were imported`)
    const seconds = (performance.now() - started) / 1000
    const importPeak = peak
    peak = 0
    const indexing = performance.now()
    await shop.search.caughtUp()
    return {
      rows,
      seconds: round(seconds, 2),
      rowsPerSecond: Math.round(rows / seconds),
      indexSeconds: round((performance.now() - indexing) / 1000, 2),
      importPeakMb: Math.round(importPeak / 1e6),
      indexPeakMb: Math.round(peak / 1e6),
    }
  } finally {
    clearInterval(watch)
    await app.stop()
    rmSync(data, { recursive: true, force: true })
  }
}

export async function writeCatalog(file: string, rows: number): Promise<void> {
  const stream = createWriteStream(file)
  stream.write('SKU;Nombre;Descripción;Categoría;Precio;Stock\n')
  const things = ['Taza', 'Plato', 'Vela', 'Cuaderno', 'Lámpara', 'Manta', 'Cojín', 'Jarra']
  const kinds = ['azul', 'roja', 'grande', 'pequeña', 'de barro', 'de lino', 'artesana', 'esmaltada']
  for (let i = 0; i < rows; i++) {
    const name = `${things[i % things.length]} ${kinds[(i >> 3) % kinds.length]} modelo ${i}`
    const price = `${1 + (i % 90)},${String(i % 100).padStart(2, '0')}`
    const line = `S-${i};${name};Hecha a mano en el taller. Pieza ${i} de la colección.;Hogar;${price};${i % 40}\n`
    if (!stream.write(line)) await once(stream, 'drain')
  }
  stream.end()
  await once(stream, 'finish')
}
