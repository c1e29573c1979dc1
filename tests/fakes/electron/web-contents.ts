import { EventEmitter } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { toPage, toProduct } from './addresses.ts'
import type { Chromium } from './chromium.ts'
import { note } from './journal.ts'
import { Page, type Saying } from './page.ts'
import { hear } from './page-messages.ts'
import { PagePorts } from './page-ports.ts'
import { decideRequest } from './page-requests.ts'
import type { MessagePortMain } from './ports.ts'
import { preventable } from './preventable.ts'
import type { Session } from './session.ts'
import { mayUnload } from './unload.ts'
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
    else if (mayUnload(this)) void this.page?.send('Page.reload')
  }

  reloadIgnoringCache(): void {
    this.reload()
  }

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
    note('webContents.forcefullyCrashRenderer', { id: this.id })
    void this.page?.send('Page.crash')
  }

  openDevTools(): void {
    note('webContents.openDevTools', { id: this.id })
  }

  isDevToolsOpened(): boolean {
    return false
  }
  focus(): void {}
  setVisualZoomLevelLimits(): Promise<void> {
    return Promise.resolve()
  }
  setZoomFactor(): void {}
  getZoomFactor(): number {
    return 1
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
      decideRequest(request, page, this).catch((error: unknown) =>
        note('request.failed', { error: String(error) }),
      )
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
    const [page, ports] = [this.page, this.#ports]
    if (page === null || ports === null || ports.took(saying)) return
    const frame = frameId === page.mainFrameId ? this.mainFrame : this.#frames.get(frameId)
    if (frame === undefined) return
    // The preload may speak before Chromium has told of the navigation.
    frame.url = toProduct(saying.url)
    hear(saying, frameId, { frame, page, ports, contents: this })
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

  #popup(popup: { targetId: string; url: string; sessionId: string }, page: Page): void {
    const url = toProduct(popup.url)
    const answer = this.#openHandler({ url, frameName: '', features: '', disposition: 'foreground-tab' })
    note('webContents.window-open', { id: this.id, url, action: answer.action })
    if (answer.action === 'deny') {
      page.refuse(popup)
      return
    }
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
