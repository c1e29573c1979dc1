import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import type { Closing } from './closing.ts'
import { deskAddress } from './origin.ts'
import { type Bounds, placeWindow, smallest } from './window-bounds.ts'

/** A window that is dragged says where it is all the time; it is noted when it rests, ms. */
const settleMs = 500

export interface DeskWindowOptions {
  /** Absolute path of the built preload. */
  preload: string
  icon: string
  /** Whether it opens unseen, because the computer started the app. */
  hidden: boolean
  bounds: { saved: Bounds | null; isMaximized: boolean }
  /** It was moved, or made larger or smaller. */
  onBounds(bounds: Bounds, isMaximized: boolean): void
  /** The owner closes it. */
  onClose(): Closing
}

/** The one window of the desk. It is made anew when it is shown after it was destroyed. */
export class DeskWindow {
  readonly #options: DeskWindowOptions
  #window: BrowserWindow | null = null
  #isQuitting = false
  #isPutAway: boolean

  constructor(options: DeskWindowOptions) {
    this.#options = options
    this.#isPutAway = options.hidden
    app.on('before-quit', () => {
      this.#isQuitting = true
    })
    this.#create(options.hidden)
  }

  get browserWindow(): BrowserWindow | null {
    return this.#window
  }

  /** Whether the owner can see it and it has the keyboard. */
  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false
  }

  /** Whether the owner put it away, or the computer started the app unseen; one that is only about to appear is not. */
  get isPutAway(): boolean {
    return this.#isPutAway
  }

  show(): void {
    this.#isPutAway = false
    const window = this.#window ?? this.#create(false)
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  /** Puts it where it can be found without coming up. */
  showMinimised(): void {
    this.#isPutAway = false
    // A window that was never shown cannot be minimised on Linux.
    this.#window?.showInactive()
    this.#window?.minimize()
  }

  hide(): void {
    this.#isPutAway = true
    this.#window?.hide()
  }

  reload(): void {
    this.#window?.webContents.reload()
  }

  #create(hidden: boolean): BrowserWindow {
    const { preload, icon, bounds } = this.#options
    const primary = screen.getPrimaryDisplay()
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
    const window = new BrowserWindow({
      ...placeWindow(
        bounds.saved,
        [primary, ...others].map(({ workArea }) => workArea),
      ),
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: 'Mostrador',
      icon,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        // Its dictionaries would be fetched from Google.
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    })
    this.#window = window
    // To maximise a window shows it: one that opens unseen waits for that.
    const isMaximized = bounds.isMaximized
    const appear = () => {
      if (isMaximized) window.maximize()
      window.show()
    }
    if (!hidden) window.once('ready-to-show', appear)
    else if (isMaximized) window.once('show', () => window.maximize())
    this.#follow(window)
    // What goes wrong is told by `did-fail-load` and `render-process-gone`.
    void window.loadURL(deskAddress).catch(() => undefined)
    return window
  }

  #follow(window: BrowserWindow): void {
    const note = () => {
      if (!window.isDestroyed() && !window.isMinimized())
        this.#options.onBounds(window.getNormalBounds(), window.isMaximized())
    }
    let timer: NodeJS.Timeout | undefined
    const noteSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(note, settleMs)
    }
    window.on('resize', noteSoon)
    window.on('move', noteSoon)
    window.on('maximize', note)
    window.on('unmaximize', note)
    window.on('close', (event) => {
      note()
      const closing = this.#isQuitting ? 'close' : this.#options.onClose()
      if (closing === 'close') return
      event.preventDefault()
      if (closing === 'hide') this.hide()
      else window.minimize()
    })
    // Windows: the computer is being switched off, or its owner signs out.
    window.on('session-end', () => app.quit())
    window.on('closed', () => {
      clearTimeout(timer)
      this.#window = null
    })
  }
}
