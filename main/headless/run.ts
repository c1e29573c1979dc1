import type { NetworkDoor, ServingHost } from '../api/serving.ts'
import { isDomainError } from '../core/errors.ts'
import { toFileError } from '../core/storage/storage-errors.ts'
import { checkHost } from '../hosting/checks.ts'
import { diagnosticsText } from '../hosting/diagnostics/diagnostics.ts'
import { findInstallation, type Installation } from '../hosting/installation.ts'
import { openApp, openDoors } from '../hosting/open-app.ts'
import { stdoutLog } from '../hosting/stdout-log.ts'
import { createHeadlessHost } from './host.ts'
import { LaunchTokens } from './launch-tokens.ts'
import { Network } from './network.ts'
import type { NetworkOptions } from './options.ts'
import { HttpHost } from './server.ts'

export interface HostOptions {
  dataFolder: string
  /** 0 takes any free port. When absent the usual one, or any free one when that is taken. */
  port?: number
  installation?: Installation
  /** The largest file that a browser may send, bytes. */
  largestUpload?: number
  passphrase?: string
  /** Opens the desk to the network as well. */
  network?: NetworkOptions
  /** Where the log goes: files in the data folder when absent. */
  log?: 'files' | 'stdout'
}

export interface RunningHost {
  url: string
  port: number
  instanceId: string
  /** Shops that could not be opened, with the error's code. */
  troubled: { slug: string; error: string }[]
  launchUrl(): { url: string; launchUrl: string }
  /** How the network reaches it; null where it does not. */
  network: NetworkDoor | null
  /** Stops in order and gives everything free. */
  stop(): Promise<void>
}

const usualPort = 4780

/**
 * Starts the app and serves it on loopback, and to the network where that is wanted.
 * @throws DomainError `host.already_running`, `host.port_in_use`, `shop.no_rights`, what opening `app.db` throws, and what
 * opening to the network throws.
 */
export async function runHost(options: HostOptions): Promise<RunningHost> {
  const { dataFolder } = options
  const stack = new AsyncDisposableStack()
  try {
    const running = await build(options, stack)
    const release = stack.move()
    return { ...running, stop: () => release.disposeAsync() }
  } catch (error) {
    await stack.disposeAsync()
    throw toFileError(error, dataFolder)
  }
}

async function build(options: HostOptions, stack: AsyncDisposableStack): Promise<Omit<RunningHost, 'stop'>> {
  const { dataFolder, passphrase } = options
  const installation = options.installation ?? findInstallation()
  const opened = await openApp(
    {
      dataFolder,
      largestUpload: options.largestUpload,
      ...(options.log === 'stdout' ? { openLog: async () => stdoutLog() } : {}),
      host: ({ log }) =>
        createHeadlessHost({ dataFolder, resourcesFolder: installation.resources, log, passphrase }),
    },
    stack,
  )
  const { app, people, uploads, doors, log, clock, instanceId } = opened
  const launchTokens = new LaunchTokens(clock)
  const launchUrl = () => ({
    url: http.url,
    launchUrl: `${http.url}/launch?token=${launchTokens.issue()}`,
  })
  const network =
    options.network === undefined
      ? null
      : new Network(options.network, { dataFolder, people, instanceId, clock, log })
  const serving: ServingHost = {
    version: installation.version,
    startedAt: new Date(clock.now()).toISOString(),
    instanceId,
    people,
    launchUrl,
    endSession: (sessionId) => {
      const session = people.sessionById(sessionId)
      if (session !== null) people.endSession(session)
      http.closeSession(sessionId)
    },
    upload: (uploadId, sessionId) => uploads.find(uploadId, sessionId),
    shopCreated: (slug) => doors.open(app.shops.open(slug).dir, http.port),
    checks: () => checkHost(dataFolder, installation.desk),
    diagnostics: () => {
      log.flush()
      const { startedAt, version, checks } = serving
      return diagnosticsText({ version, startedAt, app, checks })
    },
    get lan() {
      return network?.door
    },
  }
  const http: HttpHost = new HttpHost({
    app,
    people,
    serving,
    launchTokens,
    uploads,
    doorToken: doors.token,
    deskFolder: installation.desk,
    clock,
    log,
  })
  await listen(http, options.port)
  stack.defer(() => http.stop())
  await network?.open(http)
  stack.defer(() => network?.close())
  const troubled = openDoors(opened, http.port, stack)
  log.info('host.started', { port: http.port, shops: app.shops.list().length, troubled: troubled.length })
  return { url: http.url, port: http.port, instanceId, troubled, launchUrl, network: network?.door ?? null }
}

async function listen(http: HttpHost, port: number | undefined): Promise<void> {
  try {
    await http.listen(port ?? usualPort)
  } catch (error) {
    // Nobody asked for this port: another host may have it, for other data.
    if (port !== undefined || !isDomainError(error, 'host.port_in_use')) throw error
    await http.listen(0)
  }
}
