import { mkdirSync } from 'node:fs'
import { DomainError } from './errors.ts'
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
  if (config.shop !== undefined) await shops.startOne(config.shop)
  else if (config.closed !== true) await shops.start()
  return { host, shops, stop: () => shops.stop() }
}
