import { join } from 'node:path'
import { session, type WebContents } from 'electron'
import type { ApiContext } from '../api/context.ts'
import type { ServingHost } from '../api/serving.ts'
import { DomainError } from '../core/errors.ts'
import { checkHost } from '../hosting/checks.ts'
import { DoorServer } from '../hosting/door-server.ts'
import type { Installation } from '../hosting/installation.ts'
import { type OpenedApp, openApp, openDoors } from '../hosting/open-app.ts'
import { Sockets } from '../hosting/sockets.ts'
import { handleDeskScheme, type ServedParts, windowSession } from './app-protocol.ts'
import { Broker } from './broker.ts'
import { DeskFiles } from './desk-files.ts'
import { createDesktopHost } from './host.ts'
import { lockDownEverything, refusePermissions } from './lock-down.ts'
import { watchCoreParts } from './part-watch.ts'
import { type TroubleBook, watchParts } from './restart.ts'
import type { RunNote } from './run-note.ts'
import { DeskWindow } from './window.ts'

export interface DesktopOptions {
  dataFolder: string
  installation: Installation
  /** Opens unseen, in the tray. */
  hidden: boolean
  /** How the app ended before, and whether it draws without the graphics process. */
  run: RunNote
}

export interface Desktop {
  window: DeskWindow
  opened: OpenedApp
  /** Stops in order and gives everything free. */
  stop(): Promise<void>
}

/**
 * The window first, so that the owner sees something at once; then the app, to which the window connects when it is
 * open. Call it when Electron is ready.
 * @throws DomainError as `openApp` does
 */
export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const { installation, dataFolder, hidden } = options
  const stack = new AsyncDisposableStack()
  const parts = Promise.withResolvers<ServedParts>()
  const context = Promise.withResolvers<ApiContext>()
  // Whoever waits for them is told by the error below.
  parts.promise.catch(() => undefined)
  context.promise.catch(() => undefined)
  try {
    let opened: OpenedApp | null = null
    const log = { warn: (event: string, data?: Record<string, unknown>) => opened?.log.warn(event, data) }
    refusePermissions(session.defaultSession)
    lockDownEverything(log)
    handleDeskScheme(new DeskFiles(installation.desk), parts.promise)
    const window = new DeskWindow({
      preload: join(installation.desk, '..', 'preload', 'index.cjs'),
      icon: join(installation.resources, 'icons', 'icon.png'),
      hidden,
      bounds: { saved: null, isMaximized: false },
      onBounds: () => undefined,
      onClose: () => false,
    })
    const broker = new Broker({
      window: () => window.browserWindow?.webContents ?? null,
      context: context.promise,
      log,
    })
    stack.defer(() => broker.close())
    opened = await openApp(
      { dataFolder, host: (given) => createDesktopHost({ dataFolder, installation, ...given }) },
      stack,
    )
    watchForTroubles(opened, options.run, () => window.browserWindow?.webContents ?? null, stack)
    await serve(opened, options, context.resolve, stack)
    parts.resolve(opened)
    const release = stack.move()
    return { window, opened, stop: () => release.disposeAsync() }
  } catch (error) {
    parts.reject(error)
    context.reject(error)
    await stack.disposeAsync()
    throw error
  }
}

/** Notes what dies and what comes back, this app itself included. */
function watchForTroubles(
  { app: core, log, clock }: OpenedApp,
  run: RunNote,
  desk: () => WebContents | null,
  stack: AsyncDisposableStack,
): void {
  const troubles: TroubleBook = {
    note: (trouble) => log.warn('trouble', { ...trouble }),
    healed: (part) => log.info('trouble.healed', { part }),
  }
  watchParts({ run, clock, log, troubles, desk })
  stack.defer(watchCoreParts(core, { troubles, clock }))
  const before = run.begin()
  if (before === null) return
  log.warn('desktop.ended_badly', { ...before })
  troubles.note({ part: 'app', reason: before.reason })
  troubles.healed('app')
}

/** Opens the contract to the window and, through the door, to the command line. */
async function serve(
  opened: OpenedApp,
  { installation, dataFolder }: DesktopOptions,
  toWindow: (context: ApiContext) => void,
  stack: AsyncDisposableStack,
): Promise<void> {
  const { app: core, people, uploads, doors, log, clock, instanceId } = opened
  const serving: ServingHost = {
    version: installation.version,
    startedAt: new Date(clock.now()).toISOString(),
    instanceId,
    people,
    launchUrl: () => {
      throw new DomainError('host.desktop_runs')
    },
    endSession: () => undefined,
    upload: (uploadId, sessionId) => uploads.find(uploadId, sessionId),
    shopCreated: (slug) => doors.open(core.shops.open(slug).dir, port),
    checks: () => checkHost(dataFolder, installation.desk),
    diagnostics: async () => '',
  }
  const shared = { app: core, serving, log }
  const sockets = new Sockets(shared, clock)
  stack.defer(() => {
    sockets.close()
    sockets.terminate()
  })
  const door = new DoorServer(sockets, doors.token, () => people.owner())
  const port = await door.listen()
  stack.defer(() => door.close())
  const troubled = openDoors(opened, port, stack)
  toWindow({
    ...shared,
    caller: () => ({ via: 'desk', sessionId: windowSession, person: people.owner() }),
  })
  log.info('host.started', { kind: 'desktop', port, troubled: troubled.length })
}
