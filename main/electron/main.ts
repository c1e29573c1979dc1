import { mkdirSync } from 'node:fs'
import { release } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { app, dialog } from 'electron'
import { defaultDataFolder } from '../hosting/data-folder.ts'
import { lastLinesToPassOn } from '../hosting/diagnostics/last-lines.ts'
import { findInstallation } from '../hosting/installation.ts'
import { declareDeskScheme } from './app-protocol.ts'
import { askAfterCrashes } from './crash-dialog.ts'
import { followOpenedLinks, type LinkTarget, openLinkIn, registerLinks } from './deep-links.ts'
import type { Desktop } from './desktop.ts'
import { wasStartedAtLogin } from './login-item.ts'
import { restartOnErrors } from './restart.ts'
import { relaunchWith } from './restart-policy.ts'
import { RunNote } from './run-note.ts'
import { startErrorText } from './start-errors.ts'
import { say, shellLanguage } from './texts.ts'

/** Time that a quit gives what is under way, ms. */
const quitMs = 10_000
/** Lines of the log in the diagnostics after crashes. */
const crashLines = 100
/** Time that a Mac has to take a release, ms. */
const installMs = 60_000

interface Arguments {
  dataFolder: string
  hidden: boolean
}

function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    // Electron and the system add arguments of their own.
    strict: false,
    options: { data: { type: 'string' }, hidden: { type: 'boolean' } },
  })
  const dataFolder = typeof values.data === 'string' ? resolve(values.data) : defaultDataFolder()
  return { dataFolder, hidden: values.hidden === true }
}

/** Everything that must happen before Electron is ready, then the app. */
async function main(): Promise<void> {
  const { dataFolder, hidden } = readArguments(process.argv.slice(app.isPackaged ? 1 : 2))
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  // The lock of the one instance lies there as well: one window for each data folder.
  app.setPath('userData', join(dataFolder, 'desktop'))
  if (!app.requestSingleInstanceLock({ args: process.argv })) {
    app.exit(0)
    return
  }
  // A second start, as each link of the system is one, ends above and needs none of it.
  const code = import('./desktop.ts')
  code.catch(() => undefined)
  app.enableSandbox()
  declareDeskScheme()
  const target = Promise.withResolvers<LinkTarget>()
  target.promise.catch(() => undefined)
  followOpenedLinks(target.promise)
  const run = new RunNote(dataFolder)
  let isHidden = () => hidden
  restartOnErrors({ run, isHidden: () => isHidden() })
  if (run.withoutGraphics) app.disableHardwareAcceleration()
  await app.whenReady()
  if (run.start === 'ask') {
    const answer = await askAfterCrashes(dataFolder, () => crashDiagnostics(dataFolder))
    if (answer === 'quit') {
      app.exit(0)
      return
    }
    run.forgetCrashes()
  }
  registerLinks()
  const leave: Leave = { install: null }
  const { startDesktop } = await code
  const starting = startDesktop({
    dataFolder,
    hidden: hidden || wasStartedAtLogin(),
    installation: findInstallation(),
    run,
    quit: (install) => {
      leave.install = install
      app.quit()
    },
  })
  app.on('second-instance', (_event, args) => {
    void target.promise
      .then((found) => {
        // Another start with the computer shows nothing.
        if (!openLinkIn(found, args) && !args.includes('--hidden')) found.show()
      })
      .catch(() => undefined)
  })
  app.on('activate', () => void starting.then(({ window }) => window.show()).catch(() => undefined))
  app.on('window-all-closed', () => {
    // Only a window that is not kept is ever closed; a Mac's app stays without one.
    if (process.platform !== 'darwin') app.quit()
  })
  try {
    const desktop = await starting
    isHidden = () => desktop.window.isPutAway
    stopBeforeQuit(desktop, run, leave)
    const found = { show: () => desktop.window.show(), go: desktop.open }
    target.resolve(found)
    openLinkIn(found, process.argv)
  } catch (error) {
    target.reject(error)
    run.ended()
    const language = shellLanguage(null, app.getLocale())
    dialog.showErrorBox(say(language, 'dialog.not_started'), startErrorText(error, language))
    app.exit(1)
  }
}

/** A quit waits until everything is written down, but not for ever. */
function stopBeforeQuit(desktop: Desktop, run: RunNote, leave: Leave): void {
  let isStopping = false
  let hasStopped = false
  app.on('will-quit', (event) => {
    // The quit of a Mac that installs a release.
    if (hasStopped) return
    event.preventDefault()
    if (isStopping) return
    isStopping = true
    const late = new Promise<void>((done) => setTimeout(done, quitMs))
    void Promise.race([desktop.stop(), late]).finally(() => {
      hasStopped = true
      run.ended()
      lastAct(leave)
    })
  })
}

/** What the app does when everything is written down: puts a release in its place, where one is wanted now. */
interface Leave {
  install: (() => boolean) | null
}

function lastAct({ install }: Leave): void {
  if (install !== null) {
    app.releaseSingleInstanceLock()
    const isInstalling = install()
    // A Mac's system takes the release first, and quits the app itself.
    if (isInstalling && process.platform === 'darwin') return void setTimeout(() => app.exit(0), installMs)
    const next = { hidden: false, appImage: process.env.APPIMAGE }
    if (!isInstalling) app.relaunch(relaunchWith(process.argv.slice(1), next))
  }
  app.exit(0)
}

/** What can be said of the app before anything of it has been opened. */
async function crashDiagnostics(dataFolder: string): Promise<string> {
  const { electron = '', chrome = '', node } = process.versions
  const system = `${process.platform} ${process.arch} ${release()}`
  return [
    `Mostrador ${app.getVersion()}`,
    `Electron ${electron}, Chromium ${chrome}, Node ${node}`,
    system,
    ...(await lastLinesToPassOn(dataFolder, crashLines)),
  ].join('\n')
}

// Not awaited: Electron becomes ready only when this module has been evaluated.
void main().catch((error: unknown) => {
  dialog.showErrorBox('Mostrador', error instanceof Error ? error.message : String(error))
  app.exit(1)
})
