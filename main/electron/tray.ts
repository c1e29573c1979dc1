import { Menu, Tray } from 'electron'
import type { Log } from '../core/host.ts'
import { trayIcon } from './tray-icon.ts'
import type { TrayAction, TrayItem, TrayModel } from './tray-model.ts'

export interface TrayDeps {
  resources: string
  /** Whether the desktop shows it to anybody. */
  isShown: boolean
  log: Pick<Log, 'warn'>
  act(action: TrayAction): void
}

/** The app's icon beside the clock. Where it cannot be made, everything else goes on. */
export class AppTray {
  readonly #deps: TrayDeps
  #tray: Tray | null = null
  #shown = ''

  constructor(deps: TrayDeps) {
    this.#deps = deps
  }

  /** Whether the owner finds the app there when its window is closed. */
  get isThere(): boolean {
    return this.#tray !== null && this.#deps.isShown
  }

  show(model: TrayModel): void {
    const shown = JSON.stringify(model)
    if (shown === this.#shown) return
    this.#shown = shown
    const tray = this.#tray ?? this.#create(model)
    if (tray === null) return
    tray.setImage(trayIcon(this.#deps.resources, model.icon))
    tray.setToolTip(model.tooltip)
    // Linux shows no change of a menu that is set already: it is made anew each time.
    tray.setContextMenu(Menu.buildFromTemplate(model.items.map((item) => this.#item(item))))
  }

  close(): void {
    this.#tray?.destroy()
    this.#tray = null
  }

  #create(model: TrayModel): Tray | null {
    try {
      const tray = new Tray(trayIcon(this.#deps.resources, model.icon))
      tray.on('click', () => {
        // macOS opens the menu; Linux tells of a click only where it opens nothing itself.
        if (process.platform !== 'darwin') this.#deps.act({ do: 'open' })
      })
      tray.on('double-click', () => this.#deps.act({ do: 'open' }))
      this.#tray = tray
      return tray
    } catch (error) {
      this.#deps.log.warn('tray.not_made', { error: error instanceof Error ? error.message : 'failed' })
      return null
    }
  }

  #item(item: TrayItem): Electron.MenuItemConstructorOptions {
    if (item.kind === 'line') return { type: 'separator' }
    const { label, action } = item
    if (action === null) return { label, enabled: false }
    return { label, click: () => this.#deps.act(action) }
  }
}
