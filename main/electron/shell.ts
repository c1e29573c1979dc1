import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { clipboard, shell as system } from 'electron'
import type { ShellChanges, ShellState } from '../../preload/contract/index.ts'
import type { DesktopShell } from '../api/serving.ts'
import { DomainError } from '../core/errors.ts'
import type { Uploads } from '../hosting/uploads.ts'
import { chooseCatalog } from './choose-file.ts'
import type { LoginItem } from './login-item.ts'
import type { Places } from './places.ts'
import type { SettingsFile } from './settings.ts'
import type { ShellLanguage } from './texts.ts'
import type { Troubles } from './troubles.ts'
import type { Updates } from './updates/updates.ts'

export interface ElectronShellDeps {
  dataFolder: string
  settings: SettingsFile
  troubles: Troubles
  places: Places
  loginItem: LoginItem
  updates: Pick<Updates, 'state' | 'onChange' | 'set' | 'check' | 'cancel' | 'restart'>
  uploads: Uploads
  /** How the shops' keys are wrapped. */
  secrets: string
  window(): Electron.BrowserWindow | null
  language(): ShellLanguage
  /** A setting of the owner is another one. */
  settingsChanged(): void
  /** The language of the desk may be another one. */
  personChanged(): void
}

/** What the desktop app adds to the desk, as the contract asks for it. */
export class ElectronShell implements DesktopShell {
  readonly #deps: ElectronShellDeps
  readonly #listeners = new Set<(what: 'state' | 'go') => void>()
  readonly #stops: (() => void)[]

  constructor(deps: ElectronShellDeps) {
    this.#deps = deps
    this.#stops = [deps.updates.onChange(() => this.changed()), deps.places.onGo(() => this.#tell('go'))]
  }

  state(): ShellState {
    const { settings, loginItem, updates, troubles, secrets } = this.#deps
    const { keepAwake, closeToTray, noticeNames } = settings.read()
    return {
      desktop: true,
      startWithComputer: loginItem.state(),
      keepAwake,
      closeToTray,
      noticeNames,
      secrets: secrets === 'os' ? 'os' : 'keyfile',
      update: updates.state(),
      troubles: troubles.list(),
    }
  }

  onChange(listener: (what: 'state' | 'go') => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  takePlaces(): string[] {
    return this.#deps.places.take()
  }

  /** @throws DomainError `shop.no_rights` where the system refuses to start the app with the computer. */
  async set(changes: ShellChanges): Promise<void> {
    const { settings, loginItem, updates, settingsChanged } = this.#deps
    const { startWithComputer, updateChannel, updateAutomatic, ...own } = changes
    if (startWithComputer !== undefined) setLoginItem(loginItem, startWithComputer)
    await updates.set({
      ...(updateChannel === undefined ? {} : { channel: updateChannel }),
      ...(updateAutomatic === undefined ? {} : { automatic: updateAutomatic }),
    })
    const { keepAwake, closeToTray, noticeNames } = own
    if (Object.values(own).some((on) => on !== undefined))
      await settings.write({
        ...(keepAwake === undefined ? {} : { keepAwake }),
        ...(closeToTray === undefined ? {} : { closeToTray }),
        ...(noticeNames === undefined ? {} : { noticeNames }),
      })
    settingsChanged()
    this.changed()
  }

  checkForUpdate(): void {
    this.#deps.updates.check()
  }

  cancelUpdate(): Promise<void> {
    return this.#deps.updates.cancel()
  }

  restartToUpdate(): void {
    this.#deps.updates.restart()
  }

  copyText(text: string): void {
    clipboard.writeText(text)
  }

  async openLogs(): Promise<void> {
    const folder = join(this.#deps.dataFolder, 'logs')
    mkdirSync(folder, { recursive: true })
    // Where no program shows folders it says so, and throws nothing.
    const failure = await system.openPath(folder)
    if (failure !== '') system.showItemInFolder(folder)
  }

  chooseFile(
    _kind: 'catalog',
    sessionId: string,
  ): Promise<{ uploadId: string; fileName: string; size: number } | null> {
    return chooseCatalog(this.#deps, sessionId)
  }

  personChanged(): void {
    this.#deps.personChanged()
  }

  /** Tells the desk that the state is another one. */
  changed(): void {
    this.#tell('state')
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#listeners.clear()
  }

  #tell(what: 'state' | 'go'): void {
    for (const listener of [...this.#listeners]) listener(what)
  }
}

function setLoginItem(item: LoginItem, on: boolean): void {
  try {
    item.set(on)
  } catch (error) {
    const path = error instanceof Error && 'path' in error ? String(error.path) : ''
    throw new DomainError('shop.no_rights', { path }, { cause: error })
  }
}
