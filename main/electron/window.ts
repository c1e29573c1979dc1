import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import type { Closing } from './closing.ts'
import { deskAddress } from './origin.ts'
import type { Leaving } from './unsaved-work.ts'
import { type Bounds, placeWindow, smallest } from './window-bounds.ts'

/** A window that is dragged says where it is all the time; it is noted when it rests, ms. */
const settleMs = 500

export interface DeskWindowOptions {
  /** Absolute path of the built preload. */
  preload: string
  icon: string
  /** Whether it opens unseen, because the computer started the app. */
  hidden: boolean
  /** As they were noted last. */
  bounds(): { saved: Bounds | null; isMaximized: boolean }
  /** It was moved, or made larger or smaller. */
  onBounds(bounds: Bounds, isMaximized: boolean): void
  /** The owner closes it. */
  onClose(): Closing
  /** Something in it is not saved: whether that may be lost. Does not throw. */
  mayLoseWork(window: BrowserWindow, leaving: Leaving): Promise<boolean>
  /** The app was about to quit, and the owner stays. */
  onStay(): void
}

/** The one window of the desk. It is made anew when it is shown after it was destroyed. */
export class DeskWindow {
  readonly #options: DeskWindowOptions
  #window: BrowserWindow | null = null
  #isQuitting = false
  /** It is being closed, and not only hidden. */
  #isClosing = false
  /** What is not saved in it may be lost: its owner said so, or there is no time to ask. */
  #mayLose = false
  #isAsking = false
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
    const window = this.#window
    if (window?.isFullScreen() !== true) {
      window?.hide()
      return
    }
    // A Mac would go on showing the empty screen that it had to itself.
    window.once('leave-full-screen', () => {
      if (this.#isPutAway) window.hide()
    })
    window.setFullScreen(false)
  }

  /** The computer is being switched off: nobody is asked whether something is to be saved. */
  letGo(): void {
    this.#mayLose = true
  }

  #create(hidden: boolean): BrowserWindow {
    const { preload, icon } = this.#options
    const { saved, isMaximized } = this.#options.bounds()
    const primary = screen.getPrimaryDisplay()
    const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
    const window = new BrowserWindow({
      ...placeWindow(
        saved,
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
      this.#isClosing = closing === 'close'
      if (this.#isClosing) return
      event.preventDefault()
      if (closing === 'hide') this.hide()
      else window.minimize()
    })
    // Without a word from here Electron would neither close it nor tell its owner why.
    window.webContents.on('will-prevent-unload', (event) => {
      if (this.#mayLose) event.preventDefault()
      else void this.#keep(window)
    })
    window.webContents.on('did-navigate', () => {
      this.#mayLose = false
    })
    // Windows: the computer is being switched off, or its owner signs out.
    window.on('session-end', () => {
      this.letGo()
      app.quit()
    })
    window.on('closed', () => {
      clearTimeout(timer)
      this.#window = null
      this.#isClosing = false
      this.#mayLose = false
    })
  }

  /** It stays for now, because something in it is not saved; what was wanted is done when its owner says so. */
  async #keep(window: BrowserWindow): Promise<void> {
    const leaving = this.#isQuitting ? 'quit' : this.#isClosing ? 'close' : 'reload'
    // Electron has dropped what was under way.
    this.#isQuitting = false
    this.#isClosing = false
    if (this.#isAsking) return
    this.#isAsking = true
    this.show()
    const mayLose = await this.#options.mayLoseWork(window, leaving)
    this.#isAsking = false
    if (window.isDestroyed()) return
    this.#mayLose = mayLose
    if (!mayLose) {
      if (leaving === 'quit') this.#options.onStay()
    } else if (leaving === 'quit') app.quit()
    else if (leaving === 'close') window.close()
    else window.webContents.reload()
  }
}
