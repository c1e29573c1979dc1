import { join } from 'node:path'
import whatsapp, { type Client, type ClientOptions } from 'whatsapp-web.js'
import { describeError } from './failure.ts'
import { rememberFirstChats } from './page-chats.ts'
import {
  claimDocument,
  isExposed,
  isListening,
  markListening,
  releaseDocument,
  shimMessageKeys,
} from './page-shims.ts'
import { noticeSync, refreshCode } from './page-state.ts'

export type Page = NonNullable<Client['pupPage']>
export type Browser = NonNullable<Client['pupBrowser']>

const SITE = 'https://web.whatsapp.com/'
const RETRY_MS = 500
/** Between tries to load the page, ms. */
const RELOAD_MS = 3000

/** What the library calls on itself, which its types do not name. */
interface Inner {
  inject(): Promise<void>
  attachEventListeners(): Promise<void>
  lastLoggedOut: boolean
}

// The same class; only the types say more.
const LibraryClient = whatsapp.Client as unknown as new (options: ClientOptions) => Client & Inner

export interface ClientEvents {
  /** The browser runs and has a page; nothing is loaded yet. */
  opened(browser: Browser, page: Page): void
  /** The library's scripts could not be put into the page; it is tried again. */
  injectFailed(detail: string): void
  /** Another document was loaded; the library is not in it yet. */
  newDocument(): void
  /** The phone has ended the session. */
  loggedOut(): void
}

/** The profile lies where we say, and stays when the phone logs out: it is deleted when the browser has gone. */
class KeptProfile extends whatsapp.LocalAuth {
  constructor(folder: string, opened: () => void) {
    super({ dataPath: join(folder, 'profile'), clientId: 'shop' })
    this.afterBrowserInitialized = async () => opened()
    this.logout = async () => undefined
  }
}

/**
 * The library's client with its way of putting scripts into the page mended: once a document, one at a time, never for
 * frames inside the page, and a failure is no unhandled rejection. It never closes the browser by itself.
 */
export class ShopClient extends LibraryClient {
  readonly #events: ClientEvents
  #running: Promise<void> | null = null
  #attaching: Promise<void> | null = null
  #again = false
  #closing = false

  constructor(
    options: { folder: string; browser: { path: string; userAgent: string } },
    events: ClientEvents,
  ) {
    super({
      authStrategy: new KeptProfile(options.folder, () => this.#opened()),
      authTimeoutMs: 60_000,
      webVersionCache: { type: 'none' },
      userAgent: options.browser.userAgent,
      evalOnNewDoc: shimMessageKeys,
      puppeteer: {
        executablePath: options.browser.path,
        headless: true,
        // The browser ends with this process, however that ends.
        pipe: true,
        timeout: 60_000,
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        defaultViewport: null,
        downloadBehavior: { policy: 'deny' },
        args: process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      },
    })
    this.#events = events
  }

  /** From now on nothing is put into pages any more. */
  closing(): void {
    this.#closing = true
  }

  get page(): Page {
    if (this.pupPage === undefined || this.pupPage === null) throw new Error('no page yet')
    return this.pupPage
  }

  /** The library would close the browser when the connection's state displeases it; that is decided elsewhere. */
  override async destroy(): Promise<void> {}

  override inject(): Promise<void> {
    this.#again = true
    this.#running ??= this.#injectWhereNeeded().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  /** Once a document, however often the library notices that the account is synced. */
  override attachEventListeners(): Promise<void> {
    this.#attaching ??= this.#attach().finally(() => {
      this.#attaching = null
    })
    return this.#attaching
  }

  async #attach(): Promise<void> {
    if (await this.page.evaluate(isListening)) return
    await super.attachEventListeners()
    await this.page.evaluate(markListening)
  }

  async #injectWhereNeeded(): Promise<void> {
    while (this.#again && !this.#closing) {
      this.#again = false
      try {
        if (!(await this.page.evaluate(claimDocument))) continue
        this.#events.newDocument()
        await this.page.evaluate(rememberFirstChats)
        await this.#answerIdleCode()
        await super.inject()
        await this.page.evaluate(noticeSync)
      } catch (error) {
        if (this.#closing) return
        this.#events.injectFailed(describeError(error))
        await this.page.evaluate(releaseDocument).catch(() => undefined)
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
        this.#again = true
      }
    }
  }

  /** The library's own answer to a code that nobody scanned looks for the page's window in Node. */
  async #answerIdleCode(): Promise<void> {
    const name = 'onAuthAppStateChangedEvent'
    if (await this.page.evaluate(isExposed, name)) return
    await this.page.exposeFunction(name, async (state: unknown) => {
      if (state === 'UNPAIRED_IDLE') await this.page.evaluate(refreshCode).catch(() => undefined)
    })
  }

  #opened(): void {
    const browser = this.pupBrowser
    if (browser === undefined || browser === null) throw new Error('no browser yet')
    const { page } = this
    page.on('framenavigated', (frame) => {
      if (frame !== page.mainFrame() || !frame.url().startsWith(SITE)) return
      if (this.lastLoggedOut || frame.url().includes('post_logout=1')) this.#events.loggedOut()
      else void this.inject()
    })
    // A browser that goes away resets its pipes, at which nobody else listens any more.
    for (const pipe of browser.process()?.stdio ?? []) pipe?.on('error', () => undefined)
    this.#goPatiently(page)
    this.#events.opened(browser, page)
  }

  /** Without a connection the library would give up at once, and a whole browser would be started for the next try. */
  #goPatiently(page: Page): void {
    const go = page.goto.bind(page)
    page.goto = async (url, options) => {
      for (;;) {
        try {
          return await go(url, options)
        } catch (error) {
          if (this.#closing || !String(error).includes('net::ERR_')) throw error
          await new Promise((resolve) => setTimeout(resolve, RELOAD_MS))
        }
      }
    }
  }
}
