import { EventEmitter } from 'node:events'
import { Chromium } from './chromium.ts'
import { followDownloads } from './downloads.ts'
import { note, onAct, onView } from './journal.ts'
import { preventable } from './preventable.ts'
import { protocol } from './protocol.ts'
import { Session } from './session.ts'
import { standInSettings } from './settings.ts'
import { mayUnload } from './unload.ts'
import { WebContents } from './web-contents.ts'

type Options = Electron.BrowserWindowConstructorOptions
type Shape = 'normal' | 'minimized' | 'maximized' | 'fullscreen'
type Popup = { targetId: string; sessionId: string }

const open = new Map<number, BrowserWindow>()
let chromium: Chromium | null = null
let focused: BrowserWindow | null = null

/** Chromium wants the scheme server's port; whoever needs both waits for this. */
let appPort: number | null = null
export async function prepareBrowser(): Promise<void> {
  appPort = await protocol.listen()
}

function theChromium(): Chromium | null {
  if (standInSettings.browser === 'none') return null
  if (appPort === null) throw new Error('Cannot create BrowserWindow before app is ready')
  if (chromium === null) {
    chromium = new Chromium(appPort)
    followDownloads(chromium)
  }
  return chromium
}

/** A window whose page is real and whose frame is remembered only. */
export class BrowserWindow extends EventEmitter {
  readonly id: number
  readonly webContents: WebContents
  readonly options: Options
  #bounds: Electron.Rectangle
  #visible: boolean
  #shape: Shape = 'normal'
  #destroyed = false
  #title: string

  static getAllWindows(): BrowserWindow[] {
    return [...open.values()]
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused
  }

  static fromWebContents(contents: unknown): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null
  }

  static fromId(id: number): BrowserWindow | null {
    return open.get(id) ?? null
  }

  constructor(options: Options = {}, popup?: Popup) {
    super()
    const session = options.webPreferences?.session ?? Session.defaultSession
    const adopt = (more: Options, child: Popup) => new BrowserWindow(more, child)
    // What the product passes as a session is one of ours.
    this.webContents = new WebContents(
      theChromium(),
      session as Session,
      options.webPreferences?.preload,
      adopt,
      popup,
    )
    this.id = this.webContents.id
    this.options = options
    this.#title = options.title ?? ''
    this.#visible = options.show ?? true
    const { width = 800, height = 600, x = 0, y = 0 } = options
    this.#bounds = { x, y, width, height }
    open.set(this.id, this)
    const { preload, sandbox, contextIsolation, nodeIntegration, webviewTag, ...rest } =
      options.webPreferences ?? {}
    note('window.new', {
      id: this.id,
      show: this.#visible,
      bounds: this.#bounds,
      webPreferences: {
        preload,
        sandbox,
        contextIsolation,
        nodeIntegration,
        webviewTag,
        ...rest,
        session: undefined,
      },
    })
    this.webContents.page?.on('gone', () => this.destroy())
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'))
    for (const kind of ['focus', 'blur'] as const) this.on(kind, () => tellApp(kind, this))
    setImmediate(() => tellApp('created', this))
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url)
  }

  show(): void {
    this.#note('show')
    this.#visible = true
    if (this.#shape === 'minimized') this.restore()
    this.emit('show')
    this.focus()
  }

  showInactive(): void {
    this.#note('show')
    this.#visible = true
    this.emit('show')
  }

  hide(): void {
    this.#note('hide')
    this.#visible = false
    if (focused === this) this.blur()
    this.emit('hide')
  }

  focus(): void {
    this.#note('focus')
    if (focused === this) return
    focused = this
    this.emit('focus')
  }

  blur(): void {
    if (focused === this) focused = null
    this.emit('blur')
  }

  minimize(): void {
    this.#reshape('minimized', 'minimize')
  }

  restore(): void {
    this.#reshape('normal', 'restore')
  }

  maximize(): void {
    this.#reshape('maximized', 'maximize')
  }

  unmaximize(): void {
    this.#reshape('normal', 'unmaximize')
  }

  setFullScreen(on: boolean): void {
    this.#reshape(on ? 'fullscreen' : 'normal', on ? 'enter-full-screen' : 'leave-full-screen')
  }

  close(): void {
    if (this.#destroyed) return
    const event = preventable()
    this.emit('close', event)
    this.#note('close', { prevented: event.defaultPrevented })
    if (!event.defaultPrevented && mayUnload(this.webContents)) this.destroy()
  }

  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    open.delete(this.id)
    if (focused === this) focused = null
    this.#note('closed')
    this.webContents.destroy()
    this.emit('closed')
    if (open.size === 0) allClosed()
  }

  isVisible(): boolean {
    return this.#visible && this.#shape !== 'minimized'
  }
  isMinimized(): boolean {
    return this.#shape === 'minimized'
  }
  isMaximized(): boolean {
    return this.#shape === 'maximized'
  }
  isFullScreen(): boolean {
    return this.#shape === 'fullscreen'
  }
  isFocused(): boolean {
    return focused === this
  }
  isDestroyed(): boolean {
    return this.#destroyed
  }
  getBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }
  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds }
  }
  getSize(): number[] {
    return [this.#bounds.width, this.#bounds.height]
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
    this.emit('move')
    this.emit('moved')
    this.emit('resize')
    this.emit('resized')
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }
  setTitle(title: string): void {
    this.#title = title
  }
  getTitle(): string {
    return this.#title
  }
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setBackgroundColor(): void {}
  setProgressBar(): void {}
  setOverlayIcon(): void {}
  setSkipTaskbar(): void {}
  setIcon(): void {}
  setMinimumSize(): void {}
  flashFrame(on: boolean): void {
    this.#note('flashFrame', { on })
  }
  moveTop(): void {}
  center(): void {}

  /** The stand-in's own. */
  shown(): Record<string, unknown> {
    const { id, webContents } = this
    return {
      id,
      url: webContents.getURL(),
      targetId: webContents.page?.targetId ?? null,
      visible: this.isVisible(),
      focused: this.isFocused(),
      shape: this.#shape,
      bounds: this.#bounds,
      title: this.#title,
      crashed: webContents.isCrashed(),
    }
  }

  #reshape(shape: Shape, event: string): void {
    this.#shape = shape
    this.#note(event)
    this.emit(event)
  }

  #note(what: string, data: Record<string, unknown> = {}): void {
    note(`window.${what}`, { id: this.id, ...data })
  }
}

type WindowEvent = 'created' | 'focus' | 'blur'
let tellApp: (kind: WindowEvent, window: BrowserWindow) => void = () => undefined
/** `app` tells of them too. */
export function onWindowEvent(fn: (kind: WindowEvent, window: BrowserWindow) => void): void {
  tellApp = fn
}

let allClosed: () => void = () => undefined
/** `app` tells of it, or quits. */
export function onAllClosed(fn: () => void): void {
  allClosed = fn
}

onView('windows', () => BrowserWindow.getAllWindows().map((window) => window.shown()))
const actions = [
  'show',
  'hide',
  'close',
  'focus',
  'blur',
  'minimize',
  'restore',
  'maximize',
  'unmaximize',
  'destroy',
] as const
for (const action of actions) {
  onAct(`window.${action}`, ({ id }) => {
    const window = id === undefined ? BrowserWindow.getAllWindows()[0] : open.get(Number(id))
    if (window === undefined) throw new Error('there is no such window')
    window[action]()
  })
}
onAct('window.setFullScreen', ({ on }) => BrowserWindow.getAllWindows()[0]?.setFullScreen(on === true))
onAct('window.setBounds', ({ id, bounds }) => open.get(Number(id))?.setBounds(bounds as Electron.Rectangle))
