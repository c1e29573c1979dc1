import { app, session } from 'electron'
import type { Clock, Log } from '../core/host.ts'
import type { Installation } from '../hosting/installation.ts'
import type { OpenedApp } from '../hosting/open-app.ts'
import { isAwakeNeeded } from './awake-rule.ts'
import { type Closing, closingOf } from './closing.ts'
import { showDocumentation } from './documentation.ts'
import { followDownloads } from './downloads.ts'
import { KeepAwake } from './keep-awake.ts'
import { loginItem } from './login-item.ts'
import { showMenus } from './menu.ts'
import { type MenuAction, menuModel, placeOfAction, shopShown } from './menu-model.ts'
import { Notices } from './notices.ts'
import { Places } from './places.ts'
import { followPower } from './power.ts'
import { SettingsFile } from './settings.ts'
import { ElectronShell, type ElectronShellDeps } from './shell.ts'
import { ShopsWatch } from './shops-watch.ts'
import { type ShellLanguage, say, shellLanguage } from './texts.ts'
import { AppTray } from './tray.ts'
import { showsTrayIcons } from './tray-host.ts'
import { type TrayAction, trayModel } from './tray-model.ts'
import { Troubles } from './troubles.ts'
import type { DeskWindow } from './window.ts'

export interface ShellPartsDeps {
  dataFolder: string
  installation: Installation
  clock: Clock
  log: Log
  /** Null before it is made. */
  window(): DeskWindow | null
}

/** What is around the desk: tray, menus, notifications, power, settings and troubles of the desktop app. */
export class ShellParts {
  readonly settings: SettingsFile
  readonly troubles: Troubles
  readonly places = new Places()
  readonly notices: Notices
  readonly #deps: ShellPartsDeps
  readonly #awake = new KeepAwake()
  #opened: OpenedApp | null = null
  #tray: AppTray | null = null
  #watch: ShopsWatch | null = null
  #shell: ElectronShell | null = null
  #menus = ''

  constructor(deps: ShellPartsDeps) {
    this.#deps = deps
    this.settings = new SettingsFile(deps.dataFolder, deps.log)
    this.troubles = new Troubles({
      now: () => deps.clock.now(),
      read: () => this.settings.read().troubles,
      write: (troubles) => void this.settings.write({ troubles }),
      changed: () => this.#shell?.changed(),
    })
    this.troubles.begin()
    if (this.settings.wasDamaged) {
      this.troubles.note({ part: 'app', reason: 'failed' })
      this.troubles.healed('app')
    }
    this.notices = new Notices({
      clock: deps.clock,
      language: () => this.language(),
      shopName: (slug) => this.#shopName(slug),
      names: () => this.settings.read().noticeNames,
      isLookingAt: (path) => this.#isLookingAt(path),
      open: (path) => this.open(path),
    })
    this.#refreshMenus()
  }

  /** The owner's, else the system's. */
  language(): ShellLanguage {
    return shellLanguage(this.#opened?.people.owner().language ?? null, app.getLocale())
  }

  /** Shows the window at a place of the desk. */
  open(path: string): void {
    this.places.go(path)
    this.#deps.window()?.show()
  }

  /** The owner closes the window. The first time that it goes on unseen they are told. */
  closing(): Closing {
    const hasTray = this.#tray?.isThere === true
    const closing = closingOf({ closeToTray: this.settings.read().closeToTray, hasTray })
    if (closing === 'hide' && !this.settings.read().toldAboutTray) {
      void this.settings.write({ toldAboutTray: true })
      const body = process.platform === 'darwin' ? 'closed.body_mac' : 'closed.body'
      this.notices.tell(say(this.language(), 'closed.title'), say(this.language(), body), () =>
        this.#deps.window()?.show(),
      )
    }
    return closing
  }

  /**
   * The app is open: begins to show what it is and to hear what the system says.
   * @param diagnostics for the menu
   */
  async serve(
    opened: OpenedApp,
    options: {
      updates: ElectronShellDeps['updates']
      diagnostics(): Promise<string>
      /** The app was started unseen. */
      hidden: boolean
    },
    stack: AsyncDisposableStack,
  ): Promise<ElectronShell> {
    const { dataFolder, installation, clock, log, window } = this.#deps
    this.#opened = opened
    const item = loginItem()
    item.refresh()
    const shell = new ElectronShell({
      dataFolder,
      settings: this.settings,
      troubles: this.troubles,
      places: this.places,
      loginItem: item,
      updates: options.updates,
      uploads: opened.uploads,
      secrets: opened.app.host.secrets.method,
      window: () => window()?.browserWindow ?? null,
      language: () => this.language(),
      settingsChanged: () => this.#refresh(),
      personChanged: () => this.#refresh(),
    })
    this.#shell = shell
    this.#watch = new ShopsWatch(opened.app, clock)
    this.#tray = new AppTray({
      resources: installation.resources,
      isShown: await showsTrayIcons(),
      log,
      act: (action) => this.#onTray(action),
    })
    const stops = [
      this.#watch.onChange(() => this.#refresh()),
      followPower({
        suspend: () => opened.app.powerChanged('suspend'),
        resume: () => opened.app.powerChanged('resume'),
        shutdown: () => {
          window()?.letGo()
          app.quit()
        },
      }),
    ]
    followDownloads(session.defaultSession, {
      window: () => window()?.browserWindow ?? null,
      language: () => this.language(),
      log,
    })
    this.#onMenu = (action) => {
      this.#menuAction(action, options.diagnostics).catch((error: unknown) =>
        log.warn('menu.failed', { action, error }),
      )
    }
    this.#refresh()
    // Started with the computer, and no icon to open it by.
    if (options.hidden && !this.#tray.isThere) window()?.showMinimised()
    stack.defer(async () => {
      for (const stop of stops) stop()
      this.#awake.release()
      this.notices.close()
      this.#watch?.stop()
      this.#tray?.close()
      shell.close()
      await this.settings.flush()
    })
    return shell
  }

  /** For the diagnostics. */
  facts(): string[] {
    const { keepAwake, closeToTray, updateChannel, updateAutomatic } = this.settings.read()
    const state = this.#shell?.state()
    return [
      `tray ${this.#tray?.isThere === true}, close to tray ${closeToTray}, keep awake ${keepAwake}`,
      `start with the computer: supported ${state?.startWithComputer.supported}, on ${state?.startWithComputer.on}`,
      `updates ${updateChannel}, automatic ${updateAutomatic}, ${state?.update.state ?? '?'} ${state?.update.version ?? ''} ${state?.update.error?.code ?? ''}`,
      ...this.troubles
        .list()
        .map(
          ({ at, part, reason, healedAt }) => `trouble ${at} ${part} ${reason}, healed ${healedAt ?? 'no'}`,
        ),
    ]
  }

  #onMenu: (action: MenuAction) => void = () => undefined

  #refresh(): void {
    const shops = this.#watch?.shops() ?? []
    this.#tray?.show(trayModel(shops, this.language()))
    this.#awake.set(isAwakeNeeded(shops, this.settings.read().keepAwake))
    this.#refreshMenus()
  }

  #refreshMenus(): void {
    const columns = menuModel({
      language: this.language(),
      platform: process.platform,
      hasShop: (this.#opened?.app.shops.opened().length ?? 0) > 0,
    })
    const menus = JSON.stringify(columns)
    if (menus === this.#menus) return
    this.#menus = menus
    showMenus(columns, (action) => this.#onMenu(action))
  }

  #onTray(action: TrayAction): void {
    if (action.do === 'open') this.#deps.window()?.show()
    else if (action.do === 'go') this.open(action.path)
    else if (action.do === 'quit') app.quit()
    else {
      const owner = this.#opened?.people.owner()
      if (owner !== undefined) this.#watch?.setPaused(action.do === 'pause', `person:${owner.id}`)
      this.#refresh()
    }
  }

  async #menuAction(action: MenuAction, diagnostics: () => Promise<string>): Promise<void> {
    const place = placeOfAction(action, this.#shopShown(), this.#address())
    if (place !== null) this.open(place)
    else if (action === 'copy_diagnostics') this.#shell?.copyText(await diagnostics())
    else if (action === 'open_logs') await this.#shell?.openLogs()
    else if (action === 'about') app.showAboutPanel()
    else if (action === 'documentation') await showDocumentation(this.#deps.installation, this.language())
  }

  #shopShown(): string | null {
    const slugs = this.#opened?.app.shops.opened().map(({ slug }) => slug) ?? []
    return shopShown(this.#address(), slugs)
  }

  #shopName(slug: string): string | null {
    const shops = this.#opened?.app.shops.opened() ?? []
    return shops.length > 1 ? (shops.find((shop) => shop.slug === slug)?.brief().name ?? null) : null
  }

  #isLookingAt(path: string): boolean {
    const window = this.#deps.window()
    return window?.isFocused === true && URL.parse(this.#address())?.hash === `#${path}`
  }

  /** With the part after `#`, where the desk says what it shows. */
  #address(): string {
    return this.#deps.window()?.browserWindow?.webContents.getURL() ?? ''
  }
}
