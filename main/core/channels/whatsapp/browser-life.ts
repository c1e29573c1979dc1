import type { Message } from 'whatsapp-web.js'
import { closeBrowser } from './browser-end.ts'
import { catchUp } from './catch-up.ts'
import { type Browser, type Page, ShopClient } from './client.ts'
import { ConversationNews } from './conversation-news.ts'
import { describeError, within } from './failure.ts'
import { HeardTimes } from './heard-times.ts'
import { readLibraryMessage } from './library-message.ts'
import { phoneDigits } from './mappers.ts'
import { incomingFolder, OrderDesk } from './order-desk.ts'
import { logOut, type PageMe, readMe } from './page-state.ts'
import { PageWatch } from './page-watch.ts'
import { Pairing } from './pairing.ts'
import { measureTree } from './process-tree.ts'
import type { FromProcess, Order, StartOptions } from './protocol.ts'
import { Sending } from './sending.ts'
import { Telling } from './telling.ts'
import { type EndReason, PROBE_EVERY_MS } from './watchdog.ts'

/** How long the browser may take to start when it is to be ended already, ms. */
const OPEN_MS = 5000
const ASK_MS = 15_000
/** How long sends under way may take when the life is to end, ms. */
const SENDS_MS = 2000

export interface LifePorts {
  say(message: FromProcess): void
  /** Says the last message and ends the process. */
  leave(message: FromProcess): void
}

/** From the start of a browser to its end. */
export class BrowserLife {
  readonly #options: StartOptions
  readonly #ports: LifePorts
  readonly #client: ShopClient
  readonly #telling: Telling
  readonly #pairing: Pairing
  readonly #sending: Sending
  readonly #news: ConversationNews
  #catchingUp: Promise<void> = Promise.resolve()
  readonly #desk: OrderDesk
  readonly #pageWatch: PageWatch
  readonly #openedOrNot = Promise.withResolvers<void>()
  #browser: Browser | null = null
  #timer: NodeJS.Timeout | undefined
  #ended = false
  #unlinking = false
  #online = false
  #groups: boolean
  #me: PageMe | null = null
  readonly #times: HeardTimes
  #size = { memory: 0, processes: 0 }

  constructor(options: StartOptions, ports: LifePorts) {
    this.#options = options
    this.#ports = ports
    this.#groups = options.groups
    this.#times = new HeardTimes(options.since)
    const say = (message: FromProcess) => ports.say(message)
    const client = new ShopClient(options, {
      opened: (browser, page) => this.#opened(browser, page),
      injectFailed: (detail) => this.#log('warn', 'whatsapp.inject_failed', { detail }),
      newDocument: () => {
        this.#online = false
      },
      loggedOut: () => this.#disconnected('LOGOUT'),
    })
    this.#client = client
    this.#telling = new Telling(say)
    this.#pairing = new Pairing({
      client,
      telling: this.#telling,
      say,
      connectedAt: () => this.#times.connectedAt,
      tellChats: options.tellChats,
    })
    this.#sending = new Sending(client, () => this.#online)
    this.#news = new ConversationNews(client, this.#telling, () => this.#known())
    this.#desk = new OrderDesk({
      client,
      sending: this.#sending,
      incoming: incomingFolder(options.folder),
      say,
    })
    this.#pageWatch = new PageWatch(client, {
      end: (reason, detail) => void this.end(reason, detail),
      online: (online) => this.#setOnline(online),
      codeShown: () => this.#pairing.sayCode(),
      did: (deed) => this.#log('info', 'whatsapp.watchdog', { deed }),
    })
    this.#listen(client)
  }

  start(): void {
    this.#ports.say({ type: 'step', step: 'browser' })
    this.#timer = setInterval(() => this.#beat(), PROBE_EVERY_MS)
    this.#client.initialize().catch((error: unknown) => {
      this.#openedOrNot.resolve()
      void this.end(this.#browser === null ? 'failed' : 'unreachable', describeError(error))
    })
  }

  order(order: Order): void {
    switch (order.type) {
      case 'stored':
        this.#telling.stored(order.id)
        break
      case 'not_stored':
        // It is told again after a pause in any case.
        break
      case 'rules':
        this.#groups = order.groups
        break
      case 'catch_up':
        void this.#catchUp(null, order.chats)
        break
      case 'use_here':
        this.#pageWatch.useHere = true
        break
      case 'unlink':
        void this.#unlink()
        break
      case 'stop':
        void this.end('stopped')
        break
      default:
        this.#desk.take(order)
    }
  }

  /** A failure that nobody waited for. The page is looked at every few seconds: there it is seen whether life goes on. */
  stumble(error: unknown): void {
    this.#log('warn', 'whatsapp.unhandled', { detail: describeError(error) })
  }

  /** Closes the browser and ends the process. Only the first reason counts. */
  async end(reason: EndReason, detail?: string): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    clearInterval(this.#timer)
    this.#client.closing()
    this.#telling.close()
    this.#pairing.end()
    if (reason === 'stopped') await within(SENDS_MS, this.#sending.settled()).catch(() => undefined)
    await within(OPEN_MS, this.#openedOrNot.promise).catch(() => undefined)
    if (this.#browser !== null) await closeBrowser(this.#browser)
    this.#ports.leave({ type: 'ended', reason, ...(detail === undefined ? {} : { detail }) })
  }

  #listen(client: ShopClient): void {
    client.on('qr', (qr) => this.#pairing.showCode(qr))
    client.on('authenticated', () => this.#authenticated())
    client.on('ready', () => void this.#ready())
    client.on('message_create', (message) => this.#heard(message))
    client.on('message_edit', (message) => this.#news.edit(message.rawData))
    client.on('message_revoke_everyone', (message) => this.#news.removal(message.rawData))
    client.on('message_ack', (message, ack) => this.#acknowledged(message, ack))
    client.on('change_state', (state) => this.#changed(String(state)))
    client.on('disconnected', (reason) => this.#disconnected(String(reason)))
  }

  #opened(browser: Browser, page: Page): void {
    this.#browser = browser
    this.#openedOrNot.resolve()
    browser.on('disconnected', () => void this.end('browser_died'))
    page.on('close', () => this.#pageDied(browser))
    page.on('error', () => this.#pageDied(browser))
    // A page that asks whether it may be left would wait for ever.
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined))
    void this.#sayBrowser(browser)
  }

  /** A browser that dies takes its page along; which of both is heard first does not matter. */
  #pageDied(browser: Browser): void {
    setTimeout(() => void this.end(browser.connected ? 'page_died' : 'browser_died'), 200)
  }

  async #sayBrowser(browser: Browser): Promise<void> {
    const version = await within(ASK_MS, browser.version()).catch(() => '')
    this.#ports.say({ type: 'browser', pid: browser.process()?.pid ?? 0, version })
    this.#ports.say({ type: 'step', step: 'page' })
  }

  #authenticated(): void {
    if (this.#pairing.signedIn()) this.#times.paired()
    if (this.#me === null) this.#ports.say({ type: 'step', step: 'syncing' })
  }

  /** May repeat, and comes again after every load of the page. */
  async #ready(): Promise<void> {
    this.#pageWatch.heard()
    try {
      const me = await this.#readMe()
      this.#me = me
      if (!(await within(ASK_MS, this.#sending.watchPage()))) this.#log('warn', 'whatsapp.sends_unwatched')
      this.#online = true
      this.#sayReady(me)
      await this.#pairing.tellChats()
      await this.#catchUp(this.#times.missedSince(), [])
      this.#times.heard()
    } catch (error) {
      this.#log('warn', 'whatsapp.ready_failed', { detail: describeError(error) })
    }
  }

  async #readMe(): Promise<PageMe> {
    const me = await within(ASK_MS, this.#client.page.evaluate(readMe))
    // What the library has found out, where the page did not say.
    const { info } = this.#client
    const id = info?.wid?._serialized ?? null
    return {
      ...me,
      name: me.name || info?.pushname || '',
      phoneId: me.phoneId ?? (me.lid === null ? id : null),
    }
  }

  #sayReady(me: PageMe): void {
    const phone = phoneDigits(me.phoneId) ?? (me.lid ?? '').replace(/\D.*/, '')
    this.#ports.say({ type: 'ready', name: me.name, phone })
  }

  /** One after the other: two that read the same chat at once would tell what was said in one second in any order. */
  #catchUp(since: number | null, chats: readonly { chatId: string; after: number }[]): Promise<void> {
    const before = this.#catchingUp.catch(() => undefined)
    this.#catchingUp = before.then(async () => {
      const order = { since, groups: this.#groups, chats }
      const unread = await catchUp(this.#client, order, (raw) => this.#news.message(raw, true))
      if (unread > 0) this.#log('warn', 'whatsapp.chats_not_caught_up', { chats: unread })
    })
    return this.#catchingUp
  }

  #heard(message: Message): void {
    this.#news.message(message.rawData, this.#times.isLate(message.timestamp * 1000))
  }

  #acknowledged(message: Message, ack: number): void {
    const read = readLibraryMessage(message.rawData)
    if (read === null || !read.id.fromMe) return
    this.#sending.acknowledged(read.id.whole, ack)
    if (ack > 0) this.#news.delivered(message.rawData)
  }

  #changed(state: string): void {
    if (state === 'CONNECTED') this.#setOnline(true)
    else if (state === 'OPENING' || state === 'TIMEOUT') this.#setOnline(false)
  }

  #setOnline(online: boolean): void {
    if (this.#me === null) {
      if (!online) this.#ports.say({ type: 'offline' })
      return
    }
    if (this.#online === online) return
    this.#online = online
    if (online) {
      this.#times.cameBack()
      this.#sayReady(this.#me)
    } else {
      this.#times.wentAway()
      this.#ports.say({ type: 'offline' })
    }
  }

  /** On this the library would close the browser, which is ours to do. */
  #disconnected(reason: string): void {
    if (this.#unlinking) return
    this.#online = false
    if (reason === 'LOGOUT' || reason.startsWith('UNPAIRED')) void this.end('logged_out')
    else if (reason === 'CONFLICT') void this.#pageWatch.look()
    else void this.end('failed', reason)
  }

  #beat(): void {
    const { memory, processes } = this.#size
    this.#ports.say({ type: 'beat', memory, processes, heavy: memory > this.#options.memoryLimit })
    if (this.#browser === null) return
    void this.#weigh(this.#browser)
    void this.#pageWatch.look()
    if (this.#online) this.#times.heard()
  }

  async #weigh(browser: Browser): Promise<void> {
    const pid = browser.process()?.pid
    if (pid !== undefined) this.#size = await measureTree(pid)
  }

  async #unlink(): Promise<void> {
    this.#unlinking = true
    try {
      await within(ASK_MS, this.#client.page.evaluate(logOut))
    } catch (error) {
      this.#log('warn', 'whatsapp.not_logged_out', { detail: describeError(error) })
    }
    await this.end('stopped')
  }

  #known(): { me: PageMe; groups: boolean; connectedAt: number } {
    const me = this.#me ?? { name: '', phoneId: null, lid: null }
    return { me, groups: this.#groups, connectedAt: this.#times.connectedAt }
  }

  #log(level: 'info' | 'warn', event: string, data?: Record<string, string | number | boolean>): void {
    this.#ports.say({ type: 'log', level, event, ...(data === undefined ? {} : { data }) })
  }
}
