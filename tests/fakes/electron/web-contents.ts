import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { toPage, toProduct } from './addresses.ts'
import type { Chromium } from './chromium.ts'
import { claimed, ipcEvent, ipcMain } from './ipc.ts'
import { note, onAct } from './journal.ts'
import { Page, type Paused, type Saying } from './page.ts'
import { PagePorts } from './page-ports.ts'
import type { MessagePortMain } from './ports.ts'
import type { Session } from './session.ts'
import { WebFrameMain } from './web-frame.ts'

interface OpenHandlerAnswer {
  action: 'allow' | 'deny'
  overrideBrowserWindowOptions?: Electron.BrowserWindowConstructorOptions
}
type OpenHandler = (details: {
  url: string
  frameName: string
  features: string
  disposition: string
}) => OpenHandlerAnswer

/** An event as Electron gives it, where what follows can be prevented. */
export function preventable(more: Record<string, unknown> = {}) {
  return {
    ...more,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}

const all = new Map<number, WebContents>()
let lastId = 0

/** A popup that the product has allowed. */
export type Adopt = (
  options: Electron.BrowserWindowConstructorOptions,
  popup: { targetId: string; sessionId: string },
) => unknown

/** One page. Without a Chromium it loads nothing and says that it has. */
export class WebContents extends EventEmitter {
  readonly id: number
  readonly session: Session
  readonly mainFrame: WebFrameMain
  readonly page: Page | null
  readonly #ports: PagePorts | null
  readonly #frames = new Map<string, WebFrameMain>()
  readonly #adopt: Adopt
  #openHandler: OpenHandler = () => ({ action: 'allow' })
  #loading: { url: string; done: () => void; failed: (error: Error) => void } | null = null
  #destroyed = false
  #crashed = false

  static getAllWebContents(): WebContents[] {
    return [...all.values()]
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id)
  }

  constructor(
    chromium: Chromium | null,
    session: Session,
    preloadPath: string | undefined,
    adopt: Adopt,
    popup?: { targetId: string; sessionId: string },
  ) {
    super()
    lastId += 1
    this.id = lastId
    this.session = session
    this.#adopt = adopt
    all.set(this.id, this)
    let preload: string | null = null
    if (preloadPath !== undefined) {
      if (existsSync(preloadPath)) preload = readFileSync(preloadPath, 'utf8')
      else note('preload.missing', { path: preloadPath })
    }
    this.page = chromium === null ? null : new Page(chromium, preload, popup)
    this.#ports = this.page === null ? null : new PagePorts(this.page)
    this.mainFrame = new WebFrameMain('main', 'about:blank', null, (...told) =>
      this.#deliver(this.page?.mainFrameId, ...told),
    )
    if (this.page !== null) this.#follow(this.page)
    // Electron tells of every new page before the page has loaded anything.
    setImmediate(() => webContentsCreated(this))
  }

  async loadURL(url: string): Promise<void> {
    note('webContents.loadURL', { id: this.id, url })
    this.#crashed = false
    this.#loading?.failed(new Error(`ERR_ABORTED (-3) loading '${url}'`))
    if (this.page === null) {
      this.mainFrame.url = url
      await new Promise(setImmediate)
      this.emit('did-finish-load')
      return
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    promise.catch(() => undefined)
    this.#loading = { url, done: resolve, failed: reject }
    await this.session.decidePermissions(url, this, this.page)
    const { errorText } = await this.page.send('Page.navigate', { url: toPage(url) })
    if (typeof errorText === 'string' && errorText !== '') {
      this.#loading = null
      this.emit('did-fail-load', preventable(), -2, errorText, url, true)
      throw new Error(`${errorText} loading '${url}'`)
    }
    await promise
  }

  reload(): void {
    note('webContents.reload', { id: this.id })
    if (this.#crashed) this.loadURL(this.getURL()).catch(() => undefined)
    else void this.page?.send('Page.reload')
  }

  reloadIgnoringCache(): void {
    this.reload()
  }

  stop(): void {}

  getURL(): string {
    return this.mainFrame.url === 'about:blank' ? '' : this.mainFrame.url
  }

  getTitle(): string {
    return ''
  }

  isLoading(): boolean {
    return this.#loading !== null
  }

  isCrashed(): boolean {
    return this.#crashed
  }

  isDestroyed(): boolean {
    return this.#destroyed
  }

  getOSProcessId(): number {
    return process.pid
  }

  send(channel: string, ...args: unknown[]): void {
    this.mainFrame.send(channel, ...args)
  }

  postMessage(channel: string, message: unknown, transfer?: readonly MessagePortMain[]): void {
    this.mainFrame.postMessage(channel, message, transfer)
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const answer = await this.page?.send('Runtime.evaluate', {
      expression: code,
      awaitPromise: true,
      returnByValue: true,
    })
    return (answer?.result as { value?: unknown } | undefined)?.value
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler
  }

  forcefullyCrashRenderer(): void {
    void this.page?.send('Page.crash')
  }

  openDevTools(): void {
    note('webContents.openDevTools', { id: this.id })
  }

  toggleDevTools(): void {
    this.openDevTools()
  }

  closeDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false
  }
  focus(): void {}
  setBackgroundThrottling(): void {}
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve()
  }
  setZoomFactor(): void {}
  getZoomFactor(): number {
    return 1
  }
  setIgnoreMenuShortcuts(): void {}
  setWebRTCIPHandlingPolicy(): void {}
  getUserAgent(): string {
    return 'Electron/45.4.1'
  }

  /** The stand-in's own: the window has closed. */
  destroy(): void {
    if (this.#destroyed) return
    this.#destroyed = true
    all.delete(this.id)
    this.mainFrame.detached = true
    this.#ports?.closeAll()
    void this.page?.ready.then(
      () => this.page?.send('Page.close'),
      () => undefined,
    )
    this.emit('destroyed')
  }

  #follow(page: Page): void {
    page.on('saying', (saying, frameId) => this.#said(saying, frameId))
    page.on('paused', (request) => {
      this.#decide(request, page).catch((error: unknown) => note('request.failed', { error: String(error) }))
    })
    page.on('navigated', ({ id, parentId, url }) => {
      if (id !== page.mainFrameId) {
        const parent =
          parentId === page.mainFrameId
            ? this.mainFrame
            : (this.#frames.get(parentId ?? '') ?? this.mainFrame)
        this.#frames.set(
          id,
          new WebFrameMain(id, toProduct(url), parent, (...told) => this.#deliver(id, ...told)),
        )
        return
      }
      this.mainFrame.url = toProduct(url)
      this.emit('did-navigate', preventable(), this.mainFrame.url, 200, 'OK')
    })
    page.on('navigatedWithin', (frameId, url) => {
      if (frameId !== page.mainFrameId) return
      this.mainFrame.url = toProduct(url)
      const details = {
        url: this.mainFrame.url,
        isSameDocument: true,
        isMainFrame: true,
        frame: this.mainFrame,
      }
      this.emit('did-start-navigation', preventable(details), this.mainFrame.url, true, true)
      this.emit('did-navigate-in-page', preventable(), this.mainFrame.url, true)
    })
    page.on('frameDetached', (frameId) => {
      const frame = this.#frames.get(frameId)
      if (frame !== undefined) frame.detached = true
      this.#frames.delete(frameId)
    })
    page.on('domReady', () => this.emit('dom-ready', preventable()))
    page.on('loaded', () => {
      if (this.mainFrame.url === 'about:blank') return
      note('webContents.loaded', { id: this.id, url: this.mainFrame.url })
      this.#loading?.done()
      this.#loading = null
      this.emit('did-finish-load')
      this.emit('did-stop-loading')
    })
    page.on('crashed', () => {
      this.#crashed = true
      note('webContents.crashed', { id: this.id })
      this.emit('render-process-gone', preventable(), { reason: 'crashed', exitCode: 5 })
    })
    page.on('popup', (popup) => this.#popup(popup, page))
  }

  #said(saying: Saying, frameId: string): void {
    if (this.#ports?.took(saying) === true) return
    const frame = frameId === this.page?.mainFrameId ? this.mainFrame : this.#frames.get(frameId)
    if (frame === undefined) return
    // The preload may speak before Chromium has told of the navigation.
    frame.url = toProduct(saying.url)
    const ports = (saying.ports ?? [])
      .map((id) => this.#ports?.fromPage(id, frameId))
      .filter((port) => port !== undefined)
    const event = ipcEvent(this, frame, ports)
    const channel = String(saying.channel)
    const args = saying.args ?? []
    if (saying.kind === 'send') {
      this.emit('ipc-message', event, channel, ...args)
      ipcMain.emit(channel, event, ...args)
      return
    }
    const answer = (more: Record<string, unknown>) =>
      void this.page?.tell(frameId, { kind: 'answer', id: saying.id, ...more })
    const failed = (error: unknown) =>
      answer({ error: `Error invoking remote method '${channel}': ${error}` })
    const handler = ipcMain.handlers.get(channel)
    if (handler === undefined) {
      failed('Error: no handler registered')
      return
    }
    Promise.resolve()
      .then(() => handler(event, ...args))
      .then((value) => answer({ value }), failed)
  }

  #deliver(
    frameId: string | null | undefined,
    channel: string,
    args: unknown[],
    ports: readonly MessagePortMain[],
  ): void {
    const page = this.page
    if (page === null || frameId === null || frameId === undefined || this.#destroyed) return
    const ids = ports.map((port) => this.#ports?.toPage(port, frameId))
    void page.tell(frameId, { kind: 'message', channel, args, ports: ids }).then((told) => {
      if (!told) for (const id of ids) this.#ports?.close(id)
    })
  }

  /** Whether a request may go on: the product is asked as Electron would ask it. */
  async #decide(request: Paused, page: Page): Promise<void> {
    const url = toProduct(request.url)
    const refuse = () =>
      void page.send('Fetch.failRequest', { requestId: request.requestId, errorReason: 'Aborted' })
    if (request.document) {
      const isMainFrame = request.frameId === page.mainFrameId
      const details = {
        url,
        isMainFrame,
        isSameDocument: false,
        frame: this.mainFrame,
        initiator: this.mainFrame,
      }
      const kinds = request.redirected
        ? ['will-redirect']
        : request.byPage
          ? [...(isMainFrame ? ['will-navigate'] : []), 'will-frame-navigate']
          : []
      for (const kind of kinds) {
        const event = preventable(details)
        this.emit(kind, event, url, false, isMainFrame)
        note(`webContents.${kind}`, { id: this.id, url, prevented: event.defaultPrevented })
        if (event.defaultPrevented) return refuse()
      }
      this.emit('did-start-navigation', preventable(details), url, false, isMainFrame)
      await this.session.decidePermissions(url, this, page)
    }
    const { cancel, redirectURL } = await this.session.webRequest.before({
      url,
      method: request.method,
      resourceType: request.document ? 'mainFrame' : 'other',
      webContentsId: this.id,
    })
    if (cancel === true) {
      note('request.cancelled', { url })
      return void page.send('Fetch.failRequest', {
        requestId: request.requestId,
        errorReason: 'BlockedByClient',
      })
    }
    await page
      .send('Fetch.continueRequest', {
        requestId: request.requestId,
        ...(redirectURL === undefined ? {} : { url: toPage(redirectURL) }),
      })
      .catch(() => undefined)
  }

  #popup(popup: { targetId: string; url: string; sessionId: string }, page: Page): void {
    const url = toProduct(popup.url)
    const answer = this.#openHandler({ url, frameName: '', features: '', disposition: 'foreground-tab' })
    note('webContents.window-open', { id: this.id, url, action: answer.action })
    if (answer.action === 'deny') return void page.send('Target.closeTarget', { targetId: popup.targetId })
    const window = this.#adopt(answer.overrideBrowserWindowOptions ?? {}, popup)
    this.emit('did-create-window', window, {
      url,
      frameName: '',
      options: answer.overrideBrowserWindowOptions ?? {},
    })
  }
}

let webContentsCreated: (contents: WebContents) => void = () => undefined

/** `app` tells of each new page. */
export function onWebContents(fn: (contents: WebContents) => void): void {
  webContentsCreated = fn
}

claimed.contents = (id) => all.get(id)
claimed.mainFrame = (id) => all.get(id)?.mainFrame ?? null

const named = ({ id }: Record<string, unknown>) => {
  const contents = id === undefined ? [...all.values()][0] : all.get(Number(id))
  if (contents === undefined) throw new Error('there is no such page')
  return contents
}
onAct('page.crash', (input) => named(input).forcefullyCrashRenderer())
onAct('page.reload', (input) => named(input).reload())
/** Any event of Electron's, as `unresponsive` or `will-attach-webview`; answers whether it was prevented. */
onAct('page.emit', (input) => {
  const event = preventable()
  const args: unknown[] = Array.isArray(input.args) ? input.args : []
  named(input).emit(String(input.event), event, ...args)
  return { prevented: event.defaultPrevented }
})
