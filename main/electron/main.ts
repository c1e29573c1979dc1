import { mkdirSync } from 'node:fs'
import { release } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { app, dialog } from 'electron'
import { z } from 'zod'
import { defaultDataFolder } from '../hosting/data-folder.ts'
import { lastLinesToPassOn } from '../hosting/diagnostics/last-lines.ts'
import { findInstallation } from '../hosting/installation.ts'
import { declareDeskScheme } from './app-protocol.ts'
import { askAfterCrashes } from './crash-dialog.ts'
import { followOpenedLinks, type LinkTarget, openLinkIn, registerLinks } from './deep-links.ts'
import { Leaving } from './leaving.ts'
import { wasStartedAtLogin } from './login-item.ts'
import { restartOnErrors } from './restart.ts'
import { RunNote } from './run-note.ts'
import { startErrorText } from './start-errors.ts'
import { say, shellLanguage } from './texts.ts'

/** Lines of the log in the diagnostics after crashes. */
const crashLines = 100

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
  // The lock of the one instance lies there as well: one window for each data folder.
  const own = join(dataFolder, 'desktop')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  app.setPath('userData', own)
  if (!app.requestSingleInstanceLock({ args: process.argv.slice(1) })) {
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
  const leaving = new Leaving(app, run)
  let isHidden = () => hidden
  restartOnErrors({ run, isHidden: () => isHidden(), isLeaving: () => leaving.isOn })
  app.on('second-instance', (_event, args, _folder, exactly) => {
    if (leaving.isOn) {
      leaving.startAgain(argumentsIn(exactly))
      return
    }
    void target.promise
      .then((found) => {
        // Another start with the computer shows nothing.
        if (!openLinkIn(found, args) && !args.includes('--hidden')) found.show()
      })
      .catch(() => undefined)
  })
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
  const { startDesktop } = await code
  const starting = startDesktop({
    dataFolder,
    hidden: hidden || wasStartedAtLogin(),
    installation: findInstallation(),
    run,
    leaving,
  })
  app.on('activate', () => {
    if (!leaving.isOn) void starting.then(({ window }) => window.show()).catch(() => undefined)
  })
  leaving.follow(starting)
  app.on('window-all-closed', () => {
    // Only a window that is not kept is ever closed; a Mac's app stays without one.
    if (process.platform !== 'darwin') app.quit()
  })
  try {
    const desktop = await starting
    // Quit while it started: it shows nothing any more.
    if (leaving.isOn) return
    isHidden = () => desktop.window.isPutAway
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

/** Those of another start, as it was called: the system adds arguments of its own to those that it passes on. */
function argumentsIn(data: unknown): string[] {
  const { args } = z
    .object({ args: z.array(z.string()) })
    .catch({ args: [] })
    .parse(data)
  return args
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
