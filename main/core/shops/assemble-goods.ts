import { join } from 'node:path'
import { AwayService } from '../away/service.ts'
import { CatalogService } from '../catalog/service.ts'
import { DemandService } from '../demand/service.ts'
import { ExportService } from '../exports/service.ts'
import { KnowledgeService } from '../knowledge/service.ts'
import type { EmbedderSource } from '../search/embedder.ts'
import { SearchService } from '../search/service.ts'
import { DiscountService } from '../selling/discount-service.ts'
import { CartService } from '../selling/service.ts'
import { SellingSettingsStore } from '../selling/settings-service.ts'
import { TariffService } from '../tariffs/service.ts'
import type { Ground } from './assemble-ground.ts'

export type Goods = ReturnType<typeof assembleGoods>

/** What a shop has and knows, whoever asks: it needs no customer to be there. */
export function assembleGoods(ground: Ground, embedders: EmbedderSource | undefined) {
  const { dir, storage, bus, clock, log, shop, resources } = ground
  const catalog = new CatalogService(storage, shop)
  const knowledge = new KnowledgeService(storage, shop)
  return {
    catalog,
    knowledge,
    away: new AwayService({ storage, knowledge, clock }),
    search: new SearchService({
      storage,
      dir: join(dir, 'search'),
      catalog,
      shop,
      log,
      clock,
      bus,
      resources,
      ...(embedders === undefined ? {} : { embedders }),
    }),
    tariffs: new TariffService(storage, catalog),
    carts: new CartService(storage, catalog, shop),
    selling: new SellingSettingsStore(storage, shop),
    discounts: new DiscountService(storage, shop),
    demand: new DemandService(storage, shop),
    exports: new ExportService({
      database: join(dir, 'shop.db'),
      folder: join(dir, 'exports'),
      shop,
      clock,
      bus,
    }),
  }
}
