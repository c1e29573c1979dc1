import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ServingHost } from '../api/serving.ts'
import { createApp } from '../core/app.ts'
import { DomainError, isDomainError } from '../core/errors.ts'
import { openPeople } from '../core/people/service.ts'
import { type Lock, takeLock } from '../core/storage/lock.ts'
import { toFileError } from '../core/storage/storage-errors.ts'
import { checkHost } from './checks.ts'
import { type Door, removeDoor, writeDoor } from './door-file.ts'
import { createHeadlessHost, systemClock } from './host.ts'
import { findInstallation, type Installation } from './installation.ts'
import { LaunchTokens } from './launch-tokens.ts'
import { openLog } from './log.ts'
import { HttpHost } from './server.ts'
import { Uploads } from './uploads.ts'

export interface HostOptions {
  dataFolder: string
  /** 0 takes any free port. When absent the usual one, or any free one when that is taken. */
  port?: number
  installation?: Installation
  /** The largest file that a browser may send, bytes. */
  largestUpload?: number
  passphrase?: string
}

export interface RunningHost {
  url: string
  port: number
  instanceId: string
  /** Shops that could not be opened, with the error's code. */
  troubled: { slug: string; error: string }[]
  launchUrl(): { url: string; launchUrl: string }
  /** Stops in order and gives everything free. */
  stop(): Promise<void>
}

const usualPort = 4780
const lockTries = 6
const lockPauseMs = 50

/**
 * Starts the app and serves it on loopback.
 * @throws DomainError `host.already_running`, `host.port_in_use`, `shop.no_rights`, and what opening `app.db` throws.
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
  const { dataFolder } = options
  const installation = options.installation ?? findInstallation()
  const lockFile = join(dataFolder, 'lock.db')
  // Customers' data is nobody else's on this computer.
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const lock = await takeHostLock(lockFile)
  stack.defer(() => lock.release())
  const log = await openLog(dataFolder)
  stack.defer(() => log.close())
  const onCrash = (error: unknown) => {
    log.error('process.crashed', { error })
    log.flush()
  }
  process.on('uncaughtExceptionMonitor', onCrash)
  stack.defer(() => {
    process.removeListener('uncaughtExceptionMonitor', onCrash)
  })
  const clock = systemClock
  const people = openPeople(dataFolder, { clock, log })
  stack.defer(() => people.close())
  const uploads = new Uploads(dataFolder, clock, options.largestUpload)
  stack.defer(() => uploads.close())
  const { passphrase } = options
  const host = createHeadlessHost({ dataFolder, resourcesFolder: installation.resources, log, passphrase })
  const app = await createApp(
    {
      modelsEndpoint: process.env.MOSTRADOR_MODELS_ENDPOINT,
      browserEndpoint: process.env.MOSTRADOR_BROWSER_ENDPOINT,
    },
    host,
  )
  stack.defer(() => app.stop())

  const launchTokens = new LaunchTokens(clock)
  const doorToken = randomBytes(32).toString('base64url')
  const instanceId = people.instanceId()
  const launchUrl = () => ({
    url: http.url,
    launchUrl: `${http.url}/launch?token=${launchTokens.issue()}`,
  })
  const doorFolders = new Set([dataFolder])
  const openDoor = (folder: string) => {
    doorFolders.add(folder)
    writeDoor(folder, {
      port: http.port,
      token: doorToken,
      instanceId,
      pid: process.pid,
      lock: lockFile,
    } satisfies Door)
  }
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
    shopCreated: (slug) => openDoor(app.shops.open(slug).dir),
    checks: () => checkHost(dataFolder, installation.desk),
    diagnostics: async () => '',
  }
  const http: HttpHost = new HttpHost({
    app,
    people,
    serving,
    launchTokens,
    uploads,
    doorToken,
    deskFolder: installation.desk,
    clock,
    log,
  })
  await listen(http, options.port)
  stack.defer(() => http.stop())

  const shops = app.shops.list()
  stack.defer(() => {
    for (const folder of doorFolders) removeDoor(folder, doorToken)
  })
  openDoor(dataFolder)
  for (const { slug, error } of shops) if (error === null) openDoor(app.shops.open(slug).dir)
  const troubled = shops.flatMap(({ slug, error }) => (error === null ? [] : [{ slug, error }]))
  log.info('host.started', { port: http.port, shops: shops.length, troubled: troubled.length })
  return { url: http.url, port: http.port, instanceId, troubled, launchUrl }
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

/** Whoever looks whether a host runs takes the lock for a moment: that is waited for. */
async function takeHostLock(file: string): Promise<Lock> {
  for (let tries = 1; ; tries++) {
    try {
      return takeLock(file)
    } catch (error) {
      if (!isDomainError(error, 'shop.locked')) throw error
      if (tries === lockTries) throw new DomainError('host.already_running', {}, { cause: error })
      await new Promise<void>((resolve) => setTimeout(resolve, lockPauseMs))
    }
  }
}
