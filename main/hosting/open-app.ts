import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type App, createApp } from '../core/app.ts'
import { DomainError, isDomainError } from '../core/errors.ts'
import type { Clock, Host } from '../core/host.ts'
import { openPeople, type PeopleService } from '../core/people/service.ts'
import { type Lock, takeLock } from '../core/storage/lock.ts'
import { Doors } from './doors.ts'
import { type FileLog, openLog } from './log.ts'
import { systemClock } from './system-clock.ts'
import { Uploads } from './uploads.ts'

export interface OpenAppOptions {
  dataFolder: string
  /** The largest file that a desk may send, bytes. */
  largestUpload?: number | undefined
  /** What this host gives the core. */
  host(given: { log: FileLog; clock: Clock; people: PeopleService }): Host
  /** Where the log goes; files in the data folder when absent. */
  openLog?: (dataFolder: string) => Promise<FileLog>
}

/** The app with what every host that serves a desk has beside it. */
export interface OpenedApp {
  app: App
  people: PeopleService
  uploads: Uploads
  doors: Doors
  log: FileLog
  clock: Clock
  instanceId: string
}

const lockTries = 6
const lockPauseMs = 50

/**
 * Takes the data folder for this process and starts the app on it. What was opened is closed by the stack, in order.
 * @throws DomainError `host.already_running`, `shop.no_rights`, and what opening `app.db` throws.
 */
export async function openApp(options: OpenAppOptions, stack: AsyncDisposableStack): Promise<OpenedApp> {
  const { dataFolder } = options
  const lockFile = join(dataFolder, 'lock.db')
  // Customers' data is nobody else's on this computer.
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const lock = await takeHostLock(lockFile)
  stack.defer(() => lock.release())
  const log = await (options.openLog ?? openLog)(dataFolder)
  stack.defer(() => log.close())
  noteCrashes(log, stack)
  const clock = systemClock
  const people = openPeople(dataFolder, { clock, log })
  stack.defer(() => people.close())
  const uploads = new Uploads(dataFolder, clock, options.largestUpload)
  stack.defer(() => uploads.close())
  const app = await createApp(
    {
      modelsEndpoint: process.env.MOSTRADOR_MODELS_ENDPOINT,
      cudaEndpoint: process.env.MOSTRADOR_CUDA_ENDPOINT,
      browserEndpoint: process.env.MOSTRADOR_BROWSER_ENDPOINT,
    },
    options.host({ log, clock, people }),
  )
  stack.defer(() => app.stop())
  const instanceId = people.instanceId()
  return { app, people, uploads, doors: new Doors(lockFile, instanceId), log, clock, instanceId }
}

/** Puts a door beside the data and beside each shop that could be opened; names those that could not. */
export function openDoors({ app, doors }: OpenedApp, port: number, stack: AsyncDisposableStack) {
  stack.defer(() => doors.close())
  doors.open(app.host.paths.data, port)
  const troubled: { slug: string; error: string }[] = []
  for (const { slug, error } of app.shops.list()) {
    if (error === null) doors.open(app.shops.open(slug).dir, port)
    else troubled.push({ slug, error })
  }
  return troubled
}

function noteCrashes(log: FileLog, stack: AsyncDisposableStack): void {
  const onCrash = (error: unknown) => {
    log.error('process.crashed', { error })
    log.flush()
  }
  process.on('uncaughtExceptionMonitor', onCrash)
  stack.defer(() => {
    process.removeListener('uncaughtExceptionMonitor', onCrash)
  })
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
