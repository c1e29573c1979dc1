import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { BrowserLibrary } from './browsers/service.ts'
import type { Engine } from './engines/engine.ts'
import { createModelHost } from './engines/local/host.ts'
import type { ModelHost } from './engines/local/model-host.ts'
import { DomainError } from './errors.ts'
import { ExamService } from './exam/service.ts'
import type { Host } from './host.ts'
import { CudaBuild, type CudaBuildDeps } from './models/cuda/service.ts'
import { ModelLibrary } from './models/service.ts'
import { modelEmbedders } from './search/model-embedder.ts'
import { ShopRegistry } from './shops/registry.ts'
import type { Shop, ShopConfig } from './shops/shop.ts'

export interface AppConfig extends Partial<ShopConfig> {
  /** Open this shop only; all of them when absent. */
  shop?: string
  /** Do not open any shop yet. */
  closed?: boolean
  /** Where models are fetched from: a mirror with the same paths. */
  modelsEndpoint?: string | undefined
  /** Where the CUDA build is fetched from: a mirror of npm's registry with the same paths. */
  cudaEndpoint?: string | undefined
  /** Another computer and other builds than these. For tests. */
  cuda?: Partial<Pick<CudaBuildDeps, 'builds' | 'evidence' | 'target'>>
  /** Where a browser is fetched from: a mirror with the same paths. */
  browserEndpoint?: string | undefined
}

export interface App {
  readonly host: Host
  readonly shops: ShopRegistry
  readonly exams: ExamService
  /** The models of this computer; shops share them. */
  readonly models: ModelLibrary
  /** The one process that runs them. */
  readonly modelHost: ModelHost
  /** The CUDA build of the library that runs them, for who wants it. */
  readonly cuda: CudaBuild
  /** The browsers of this computer, one of which drives web pages for the shops. */
  readonly browsers: BrowserLibrary
  /** The computer is about to sleep, or has woken. Hosts that hear of it tell; sleep is found out without it too. */
  powerChanged(change: 'suspend' | 'resume'): void
  /** Stops every shop in order and closes its files, then what all shops share. */
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
  const { clock, log, paths } = host
  const cuda: CudaBuild = new CudaBuild({
    dataFolder: paths.data,
    resources: paths.resources,
    clock,
    log,
    restartModels: () => modelHost.unload(),
    inUse: () => modelHost.status().gpu === 'cuda',
    endpoint: config.cudaEndpoint,
    ...config.cuda,
  })
  const modelHost: ModelHost =
    config.modelHost ??
    createModelHost({
      processes: host.processes,
      clock,
      log,
      folder: join(paths.data, 'models'),
      cuda,
      onDeath: (death) => {
        for (const shop of shops.opened()) shop.engines.modelProcessDied(death)
      },
    })
  const models = new ModelLibrary({
    dataFolder: paths.data,
    resources: paths.resources,
    host: modelHost,
    clock,
    log,
    uses: () => shops.opened().flatMap((shop) => shop.modelUses()),
    endpoint: config.modelsEndpoint,
  })
  const browsers = new BrowserLibrary({
    dataFolder: paths.data,
    processes: host.processes,
    clock,
    log,
    endpoint: config.browserEndpoint,
  })
  void browsers.tidy()
  void cuda.tidy()
  const embedders = modelEmbedders({
    host: modelHost,
    inspect: (file) => models.inspect(file),
    prefixesOf: (file) => models.prefixesOf(file),
  })
  const shops: ShopRegistry = new ShopRegistry(host, {
    ...defaults,
    embedders,
    browser: (chosen) => (chosen === null ? browsers.resolve() : browsers.verify(chosen)),
    ...config,
    modelHost,
  })
  const exams = new ExamService({
    host,
    engine: (shop, id, prompts) => examined(config.engine, shop, id, prompts),
  })
  const stop = async (): Promise<void> => {
    await exams.stop()
    await shops.stop()
    await browsers.close()
    await models.close()
    await cuda.close()
    await modelHost.close()
  }
  try {
    if (config.shop !== undefined) await shops.startOne(config.shop)
    else if (config.closed !== true) await shops.start()
  } catch (error) {
    await stop()
    throw error
  }
  const powerChanged = (change: 'suspend' | 'resume') => {
    for (const shop of shops.opened()) shop.powerChanged(change)
  }
  return { host, shops, exams, models, modelHost, cuda, browsers, powerChanged, stop }
}

/** The engine that an exam names by id or kind. @throws DomainError `engine.not_found` */
function examined(configured: Engine | undefined, shop: Shop, id: string, prompts?: string): Engine {
  if (configured !== undefined && (configured.id === id || configured.kind === id)) return configured
  return shop.engines.engine(id, prompts)
}
