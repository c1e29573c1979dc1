import { join } from 'node:path'
import { session } from 'electron'
import type { ApiContext } from '../api/context.ts'
import type { ServingHost } from '../api/serving.ts'
import { DomainError } from '../core/errors.ts'
import type { Log } from '../core/host.ts'
import { checkHost } from '../hosting/checks.ts'
import { diagnosticsText } from '../hosting/diagnostics/diagnostics.ts'
import { DoorServer } from '../hosting/door-server.ts'
import type { Installation } from '../hosting/installation.ts'
import { type OpenedApp, openApp, openDoors } from '../hosting/open-app.ts'
import { Sockets } from '../hosting/sockets.ts'
import { systemClock } from '../hosting/system-clock.ts'
import { introduceApp } from './about.ts'
import { handleDeskScheme, type ServedParts, windowSession } from './app-protocol.ts'
import { appUpdates } from './app-updates.ts'
import { Broker } from './broker.ts'
import { DeskFiles } from './desk-files.ts'
import { createDesktopHost } from './host.ts'
import type { Leaving } from './leaving.ts'
import { lockDownEverything, refusePermissions } from './lock-down.ts'
import { watchCoreParts } from './part-watch.ts'
import { watchParts } from './restart.ts'
import type { RunNote } from './run-note.ts'
import { desktopSecrets } from './secrets.ts'
import type { ElectronShell } from './shell.ts'
import { ShellParts } from './shell-parts.ts'
import type { Troubles } from './troubles.ts'
import { mayLoseWork } from './unsaved-work.ts'
import type { Updates } from './updates/updates.ts'
import { DeskWindow } from './window.ts'

export interface DesktopOptions {
  dataFolder: string
  installation: Installation
  /** Opens unseen, in the tray. */
  hidden: boolean
  /** How the app ended before, and whether it draws without the graphics process. */
  run: RunNote
  leaving: Pick<Leaving, 'quitAndInstall' | 'stay'>
}

export interface Desktop {
  window: DeskWindow
  opened: OpenedApp
  /** Shows the window at a place of the desk. */
  open(path: string): void
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
    let window: DeskWindow | null = null
    let updates: Updates | null = null
    const log = earlyLog(() => opened?.log ?? null)
    const around = new ShellParts({ dataFolder, installation, clock: systemClock, log, window: () => window })
    introduceApp(installation)
    refusePermissions(session.defaultSession)
    lockDownEverything(log)
    handleDeskScheme(new DeskFiles(installation.desk), parts.promise)
    const desk = () => window?.browserWindow?.webContents ?? null
    // Before the window: what is to be heard of a page must be listened to when it is made.
    watchParts({ run: options.run, clock: systemClock, log, troubles: around.troubles, desk })
    window = new DeskWindow({
      preload: join(installation.desk, '..', 'preload', 'index.cjs'),
      icon: join(installation.resources, 'icons', 'icon.png'),
      hidden,
      bounds: () => {
        const noted = around.settings.read().window
        return { saved: noted?.bounds ?? null, isMaximized: noted?.isMaximized ?? false }
      },
      onBounds: (bounds, isMaximized) => void around.settings.write({ window: { bounds, isMaximized } }),
      onClose: () => around.closing(),
      mayLoseWork: (shown, leaving) =>
        mayLoseWork(shown, leaving, around.language()).catch((error: unknown) => {
          log.warn('window.not_asked', { error })
          return false
        }),
      onStay: () => {
        options.leaving.stay()
        updates?.stay()
      },
    })
    const broker = new Broker({
      window: desk,
      context: context.promise,
      log,
    })
    stack.defer(() => broker.close())
    const secrets = await desktopSecrets(dataFolder, { patient: hidden })
    const { notices: notifier } = around
    opened = await openApp(
      {
        dataFolder,
        host: (given) => createDesktopHost({ dataFolder, installation, secrets, notifier, ...given }),
      },
      stack,
    )
    watchForTroubles(opened, options.run, around.troubles, stack)
    updates = appUpdates({
      opened,
      settings: around.settings,
      installation,
      quit: (install) => options.leaving.quitAndInstall(install),
    })
    await serve({ opened, updates, around }, options, context.resolve, stack)
    parts.resolve(opened)
    const release = stack.move()
    return { window, opened, open: (path) => around.open(path), stop: () => release.disposeAsync() }
  } catch (error) {
    parts.reject(error)
    context.reject(error)
    await stack.disposeAsync()
    throw error
  }
}

/** What happens before there is a log is told to nobody. */
function earlyLog(log: () => Log | null): Log {
  return {
    debug: (event, data) => log()?.debug(event, data),
    info: (event, data) => log()?.info(event, data),
    warn: (event, data) => log()?.warn(event, data),
    error: (event, data) => log()?.error(event, data),
    child: (bindings) => log()?.child(bindings) ?? earlyLog(log),
  }
}

/** Notes what dies and what comes back, this app itself included. */
function watchForTroubles(
  { app: core, log, clock }: OpenedApp,
  run: RunNote,
  troubles: Troubles,
  stack: AsyncDisposableStack,
): void {
  stack.defer(watchCoreParts(core, { troubles, clock }))
  const before = run.begin()
  if (before === null) return
  log.warn('desktop.ended_badly', { ...before })
  troubles.note({ part: 'app', reason: before.reason, at: before.at })
  troubles.healed('app')
}

/** Opens the contract to the window and, through the door, to the command line. */
async function serve(
  { opened, updates, around }: { opened: OpenedApp; updates: Updates; around: ShellParts },
  { installation, dataFolder, hidden }: DesktopOptions,
  toWindow: (context: ApiContext) => void,
  stack: AsyncDisposableStack,
): Promise<void> {
  const { app: core, people, uploads, doors, log, clock, instanceId } = opened
  const startedAt = new Date(clock.now()).toISOString()
  const { version } = installation
  const checks = () => checkHost(dataFolder, installation.desk)
  const diagnostics = () => {
    log.flush()
    return diagnosticsText({ version, startedAt, app: core, checks, more: () => around.facts() })
  }
  const shell: ElectronShell = await around.serve(opened, { updates, diagnostics, hidden }, stack)
  updates.start()
  stack.defer(() => updates.stop())
  const serving: ServingHost = {
    version,
    startedAt,
    instanceId,
    people,
    launchUrl: () => {
      throw new DomainError('host.desktop_runs')
    },
    endSession: () => undefined,
    upload: (uploadId, sessionId) => uploads.find(uploadId, sessionId),
    shopCreated: (slug) => doors.open(core.shops.open(slug).dir, port),
    checks,
    diagnostics,
    shell,
  }
  const shared = { app: core, serving, log }
  const sockets = new Sockets(shared, clock)
  const door = new DoorServer(sockets, doors.token, () => people.owner())
  const port = await door.listen()
  stack.defer(() => door.close())
  // Before the door, which waits until everybody has left.
  stack.defer(() => {
    sockets.close()
    sockets.terminate()
  })
  const troubled = openDoors(opened, port, stack)
  toWindow({
    ...shared,
    caller: () => ({ via: 'desk', sessionId: windowSession, person: people.owner() }),
  })
  log.info('host.started', { kind: 'desktop', port, troubled: troubled.length })
}
