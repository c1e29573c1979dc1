import { EventEmitter } from 'node:events'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { note, onAct, onView } from './journal.ts'
import { standInSettings } from './settings.ts'

type Template = Electron.MenuItemConstructorOptions

export class MenuItem {
  readonly id: string
  readonly type: string
  readonly role: string | undefined
  readonly submenu: Menu | undefined
  readonly accelerator: string | undefined
  label: string
  enabled: boolean
  visible: boolean
  checked: boolean
  readonly #click: Template['click']

  constructor(template: Template) {
    const { submenu } = template
    this.id = template.id ?? ''
    this.role = template.role
    this.label = template.label ?? template.role ?? ''
    this.submenu =
      submenu === undefined
        ? undefined
        : submenu instanceof Menu
          ? submenu
          : Array.isArray(submenu)
            ? Menu.buildFromTemplate(submenu)
            : undefined
    this.type = template.type ?? (this.submenu === undefined ? 'normal' : 'submenu')
    this.accelerator = template.accelerator
    this.enabled = template.enabled ?? true
    this.visible = template.visible ?? true
    this.checked = template.checked ?? false
    this.#click = template.click
  }

  click(): void {
    if (this.type === 'checkbox') this.checked = !this.checked
    if (this.type === 'radio') this.checked = true
    note('menu.click', { id: this.id, label: this.label, role: this.role })
    if (this.role === 'quit') app.quit()
    else if (this.role === 'close') BrowserWindow.getFocusedWindow()?.close()
    else if (this.role === 'minimize') BrowserWindow.getFocusedWindow()?.minimize()
    else if (this.role === 'reload') BrowserWindow.getFocusedWindow()?.webContents.reload()
    // What Electron gives beside the item is of no use to the product; see the types.
    else
      this.#click?.(
        this as unknown as Electron.MenuItem,
        BrowserWindow.getFocusedWindow() as unknown as Electron.BaseWindow,
        {} as Electron.KeyboardEvent,
      )
  }
}

export class Menu extends EventEmitter {
  readonly items: MenuItem[] = []
  static #application: Menu | null = null

  static buildFromTemplate(template: readonly (Template | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const each of template) menu.append(each instanceof MenuItem ? each : new MenuItem(each))
    return menu
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application
  }

  append(item: MenuItem): void {
    this.items.push(item)
  }

  insert(position: number, item: MenuItem): void {
    this.items.splice(position, 0, item)
  }

  getMenuItemById(id: string): MenuItem | null {
    return this.everyItem().find((item) => item.id === id) ?? null
  }

  popup(): void {
    note('menu.popup', { items: shown(this) })
    this.emit('menu-will-show')
  }

  closePopup(): void {}

  /** The stand-in's own: with those of the menus within. */
  everyItem(): MenuItem[] {
    return this.items.flatMap((item) => [item, ...(item.submenu?.everyItem() ?? [])])
  }
}

const trays = new Set<Tray>()

export class Tray extends EventEmitter {
  menu: Menu | null = null
  toolTip = ''
  title = ''
  image: unknown

  constructor(image: unknown) {
    super()
    // What Electron throws on a desktop without a place for tray icons differs; the product must live with any.
    if (!standInSettings.tray) throw new Error('there is no tray')
    this.image = image
    trays.add(this)
    note('tray.new')
  }

  setContextMenu(menu: Menu | null): void {
    this.menu = menu
    note('tray.menu', { items: shown(menu) })
  }

  setToolTip(text: string): void {
    this.toolTip = text
  }
  setTitle(title: string): void {
    this.title = title
  }
  setImage(image: unknown): void {
    this.image = image
    note('tray.image', { image: typeof image === 'string' ? image : String(image) })
  }
  setIgnoreDoubleClickEvents(): void {}
  popUpContextMenu(): void {}
  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 16, height: 16 }
  }
  isDestroyed(): boolean {
    return !trays.has(this)
  }
  destroy(): void {
    trays.delete(this)
  }
}

function shown(menu: Menu | null | undefined): unknown[] | null {
  if (menu === null || menu === undefined) return null
  return menu.items
    .filter((item) => item.visible)
    .map(({ id, label, type, role, enabled, checked, submenu, accelerator }) => ({
      id,
      label,
      type,
      role,
      enabled,
      checked,
      accelerator,
      ...(submenu === undefined ? {} : { items: shown(submenu) }),
    }))
}

function clickIn(menu: Menu | null | undefined, wanted: unknown): void {
  const item =
    menu?.everyItem().find((each) => each.id === wanted) ??
    menu?.everyItem().find((each) => each.label === wanted)
  if (item === undefined) throw new Error(`no item ${String(wanted)} in ${JSON.stringify(shown(menu))}`)
  if (!item.enabled || !item.visible) throw new Error(`${String(wanted)} cannot be clicked`)
  item.click()
}

onView(
  'tray',
  () => [...trays].map(({ menu, toolTip, title }) => ({ toolTip, title, items: shown(menu) }))[0] ?? null,
)
onView('menu', () => shown(Menu.getApplicationMenu()))
onAct('menu.click', ({ item }) => clickIn(Menu.getApplicationMenu(), item))
onAct('tray.click', ({ item, event }) => {
  const [tray] = trays
  if (tray === undefined) throw new Error('there is no tray')
  if (item === undefined) tray.emit(String(event ?? 'click'), {}, tray.getBounds())
  else clickIn(tray.menu, item)
})
