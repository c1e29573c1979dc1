import { statSync } from 'node:fs'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import type { Check, ContractClient } from '../../preload/contract/index.ts'
import type { ApiContext } from '../api/context.ts'
import { router } from '../api/router.ts'
import { type AppConfig, createApp } from '../core/app.ts'
import { DomainError } from '../core/errors.ts'
import type { Log } from '../core/host.ts'
import { openPeople } from '../core/people/service.ts'
import { ShopRegistry } from '../core/shops/registry.ts'
import { createHeadlessHost } from '../headless/host.ts'
import { diagnosticsText } from '../hosting/diagnostics/diagnostics.ts'
import { connectDoor } from '../hosting/door-client.ts'
import { resourcesFolder, version } from '../hosting/installation.ts'

export interface Connection {
  client: ContractClient
  /** Whether an app serves the shops: messengers are connected, and what waits leaves. */
  served: boolean
  close(): Promise<void>
}

export interface ConnectionOptions {
  data: string
  log: Log
}

/** Which shops a command works on: one, all of them, or none yet. */
export type Scope = { shop: string } | 'all' | 'none'

/**
 * A client of the contract: of the running host when there is one (it holds the shops), else of an app in this process.
 */
export async function connect(options: ConnectionOptions, scope: Scope): Promise<Connection> {
  const door = await connectDoor(options.data)
  if (door !== null) return { ...door, served: true }
  const host = createHeadlessHost({
    dataFolder: options.data,
    resourcesFolder: resourcesFolder(),
    log: options.log,
    kind: 'cli',
    passphrase: process.env.MOSTRADOR_PASSPHRASE,
  })
  const config: AppConfig = {
    serve: false,
    modelsEndpoint: process.env.MOSTRADOR_MODELS_ENDPOINT,
    cudaEndpoint: process.env.MOSTRADOR_CUDA_ENDPOINT,
    browserEndpoint: process.env.MOSTRADOR_BROWSER_ENDPOINT,
  }
  if (scope === 'none') config.closed = true
  else if (scope !== 'all') config.shop = scope.shop
  const app = await createApp(config, host)
  const people = openPeople(options.data, { clock: host.clock, log: options.log })
  const person = people.owner()
  const startedAt = new Date(host.clock.now()).toISOString()
  const checks = async (): Promise<Check[]> => [
    { id: 'data_folder', shop: null, state: 'ok', code: null, data: { path: options.data } },
    { id: 'node', shop: null, state: 'ok', code: null, data: { version: process.versions.node } },
  ]
  const context: ApiContext = {
    app,
    log: options.log,
    caller: () => ({ via: 'door', person }),
    serving: {
      version: version(),
      startedAt,
      instanceId: people.instanceId(),
      people,
      launchUrl: () => {
        throw new DomainError('host.not_running')
      },
      endSession: () => undefined,
      upload: () => null,
      shopCreated: () => undefined,
      checks,
      diagnostics: () => diagnosticsText({ version: version(), startedAt, app, checks }),
    },
  }
  // The contract's client type and the router's are the same calls; the router adds its context.
  const client = createRouterClient(router, { context }) as unknown as ContractClient
  return {
    client,
    served: false,
    close: async () => {
      await app.stop()
      people.close()
    },
  }
}

/** Runs `work` on the shop that the command means, and closes the connection after it. */
export async function withShop<T>(
  context: ConnectionOptions & { shop: string | undefined },
  work: (connected: { client: ContractClient; shop: string; served: boolean }) => Promise<T>,
): Promise<T> {
  const shop = chooseShop(context, context.shop)
  const connection = await connect(context, { shop })
  try {
    return await work({ client: connection.client, shop, served: connection.served })
  } finally {
    await connection.close()
  }
}

/**
 * The shop that a command means: the one named, or the only one.
 * @throws DomainError `shop.not_found`, `shop.ambiguous {slugs}`
 */
export function chooseShop(options: ConnectionOptions, named: string | undefined): string {
  const host = createHeadlessHost({
    dataFolder: options.data,
    resourcesFolder: resourcesFolder(),
    log: options.log,
    kind: 'cli',
  })
  const slugs = new ShopRegistry(host, { quietWindowMs: 0, longestWaitMs: 0 }).folders()
  if (named !== undefined) {
    if (!slugs.includes(named)) throw new DomainError('shop.not_found', { slug: named })
    return named
  }
  const [only, ...others] = slugs
  if (only === undefined) throw new DomainError('shop.not_found', {})
  if (others.length > 0) throw new DomainError('shop.ambiguous', { slugs: slugs.join(', ') })
  return only
}

/** Checks that a file is there to be read, before anything else is started for it. @throws DomainError `import.file_unreadable {path}` */
export function requireFile(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    throw new DomainError('import.file_unreadable', { path })
}

/** Where data lies unless the person says otherwise. */
export function defaultData(environment: NodeJS.ProcessEnv, home: string): string {
  if (environment.MOSTRADOR_DATA) return environment.MOSTRADOR_DATA
  if (process.platform === 'win32') return join(environment.APPDATA ?? home, 'Mostrador')
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'Mostrador')
  return join(environment.XDG_DATA_HOME || join(home, '.local', 'share'), 'mostrador')
}
