import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { CatalogService } from '../../main/core/catalog/service.ts'
import type { Log } from '../../main/core/host.ts'
import type { EmbedderSource } from '../../main/core/search/embedder.ts'
import { SearchService } from '../../main/core/search/service.ts'
import { systemClock } from '../fixtures/clock.ts'
import { createTestStorage, type TestStorage, testBrief } from '../fixtures/shop.ts'
import type { BenchProduct } from './search-data.ts'
import type { Peer } from './search-peers.ts'

const log: Log = {
  debug: () => {},
  info: () => {},
  warn: console.warn,
  error: console.error,
  child: () => log,
}

export interface Product extends Peer {
  /** From the last row in the database to a level index. */
  buildMs: number
  /** Longest time the event loop was held meanwhile. */
  longestPauseMs: number
  search: SearchService
  catalog: CatalogService
}

/**
 * The product's own search over a shop with these products; resolves when its index is level.
 * @param embedders search by meaning too, with the model that this gives for any file
 */
export async function mostrador(
  products: readonly BenchProduct[],
  embedders?: EmbedderSource,
): Promise<Product> {
  const shop = createTestStorage()
  fill(shop, products)
  const dir = mkdtempSync(join(tmpdir(), 'search-bench-'))
  const catalog = new CatalogService(shop.storage, () => testBrief)
  const resources = resolve(import.meta.dirname, '../../resources')
  const service = new SearchService({
    storage: shop.storage,
    dir,
    catalog,
    shop: () => testBrief,
    log,
    clock: systemClock,
    bus: shop.bus,
    resources,
    ...(embedders === undefined ? {} : { embedders }),
  })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const started = performance.now()
  await service.start()
  await service.caughtUp()
  const buildMs = performance.now() - started
  delay.disable()
  if (service.state().state !== 'ready') throw new Error('the index was not built')
  if (embedders !== undefined) {
    await service.setEmbedding('system', join(dir, 'model.gguf'))
    await service.embedded()
    if (service.embedding().state !== 'ready') throw new Error('the vectors were not made')
  }
  return {
    name: 'Mostrador',
    buildMs,
    longestPauseMs: delay.max / 1e6,
    search: service,
    catalog,
    find: async (query, limit) =>
      (await service.products(query, { limit })).hits.map(({ productId }) => productId),
    close: async () => {
      await service.stop()
      shop.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** Rows as an import leaves them, each with its entry in the search outbox. */
function fill(shop: TestStorage, products: readonly BenchProduct[]): void {
  for (let start = 0; start < products.length; start += 5_000) {
    shop.storage.write('system', (tx) => {
      const product = tx.sql.prepare(
        "INSERT INTO products (id, seq, name, description, category, brand, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'system', 'system')",
      )
      const variant = tx.sql.prepare(
        "INSERT INTO variants (id, product_id, sku, price, created_at, updated_at, created_by, updated_by) VALUES (?, ?, ?, ?, ?, ?, 'system', 'system')",
      )
      const waiting = tx.sql.prepare(
        "INSERT INTO search_outbox (kind, entity_id, revision) VALUES ('product', ?, 1)",
      )
      products.slice(start, start + 5_000).forEach((row, index) => {
        product.run(
          row.id,
          start + index + 1,
          row.name,
          row.description,
          row.category,
          row.brand,
          tx.now,
          tx.now,
        )
        variant.run(`${row.id}-v`, row.id, row.sku, row.price, tx.now, tx.now)
        waiting.run(row.id)
      })
    })
  }
}
