import type { EventBus } from '../events.ts'
import type { Clock, Log, Notifier } from '../host.ts'
import type { Secrets } from '../secrets/service.ts'
import { SpendingService } from '../spending/service.ts'
import { ModelSettingsStore } from '../spending/settings.ts'
import type { Storage } from '../storage/storage.ts'
import type { ShopBrief } from './engine.ts'
import type { ModelHost } from './local/model-host.ts'
import { EngineService } from './service.ts'
import { createVendors } from './vendors.ts'

/** A shop's engines and what they may spend, put together. */
export function assembleEngines(deps: {
  slug: string
  storage: Storage
  secrets: Secrets
  /** Folder of the shipped resources. */
  resources: string
  modelHost: ModelHost | null
  shop: () => ShopBrief
  clock: Clock
  log: Log
  bus: EventBus
  notifier: Notifier
}): { engines: EngineService; spending: SpendingService } {
  const { secrets, slug, resources, modelHost, clock, log } = deps
  const settings = new ModelSettingsStore(deps.storage)
  const spending = new SpendingService({ ...deps, settings })
  const vendors = createVendors({
    resources,
    slug,
    key: (secretId) => secrets.open(secretId),
    ledger: spending,
    redact: () => settings.get().redact,
    modelHost,
    clock,
    log,
  })
  return { engines: new EngineService({ ...deps, settings, spending, vendors }), spending }
}
