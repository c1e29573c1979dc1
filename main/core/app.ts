import { mkdirSync } from 'node:fs'
import { createBuiltinEngine } from './engines/builtin/engine.ts'
import type { Engine } from './engines/engine.ts'
import { DomainError } from './errors.ts'
import { ExamService } from './exam/service.ts'
import type { Host } from './host.ts'
import { ShopRegistry } from './shops/registry.ts'
import type { ShopConfig } from './shops/shop.ts'

export interface AppConfig extends Partial<ShopConfig> {
  /** Open this shop only; all of them when absent. */
  shop?: string
  /** Do not open any shop yet. */
  closed?: boolean
}

export interface App {
  readonly host: Host
  readonly shops: ShopRegistry
  readonly exams: ExamService
  /** Stops every shop in order and closes its files. */
  stop(): Promise<void>
}

const defaults = { quietWindowMs: 1_500, longestWaitMs: 8_000 }

/**
 * Starts the product on a host. Both the desktop app and the headless one call this; the command line too when no
 * host is running.
 * @throws DomainError `shop.no_rights` when the data folder cannot be made; with `config.shop` also what opening it throws.
 */
export async function createApp(config: AppConfig, host: Host): Promise<App> {
  try {
    // Customers' words lie here: nobody else on this computer reads them.
    mkdirSync(host.paths.data, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new DomainError('shop.no_rights', { path: host.paths.data }, { cause: error })
  }
  const shops = new ShopRegistry(host, { ...defaults, ...config })
  const exams = new ExamService({ host, engine: (_shop, id) => examinedEngine(config.engine, id) })
  if (config.shop !== undefined) await shops.startOne(config.shop)
  else if (config.closed !== true) await shops.start()
  return {
    host,
    shops,
    exams,
    stop: async () => {
      await exams.stop()
      await shops.stop()
    },
  }
}

/** The engine that an exam names by id or kind. @throws DomainError `engine.not_found` */
function examinedEngine(configured: Engine | undefined, id: string): Engine {
  if (configured !== undefined && (configured.id === id || configured.kind === id)) return configured
  if (id === 'builtin') return createBuiltinEngine()
  throw new DomainError('engine.not_found', { id })
}
