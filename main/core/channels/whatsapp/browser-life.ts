import { join } from 'node:path'
import type { Message } from 'whatsapp-web.js'
import { readMissed } from './catch-up.ts'
import { type Browser, type Page, ShopClient } from './client.ts'
import { ConversationNews } from './conversation-news.ts'
import { describeError, within } from './failure.ts'
import { readLibraryMessage } from './library-message.ts'
import { phoneDigits } from './mappers.ts'
import { fetchMedia } from './media.ts'
import { listChats } from './page-chats.ts'
import { logOut, lookAgain, type PageMe, probePage, readMe, refreshCode, takeOver } from './page-state.ts'
import { measureTree } from './process-tree.ts'
import type { FromProcess, Order, StartOptions } from './protocol.ts'
import { Sending } from './sending.ts'
import { Telling } from './telling.ts'
import { type Deed, type EndReason, firstWatch, PROBE_EVERY_MS, PROBE_LIMIT_MS, watch } from './watchdog.ts'

/** How long the browser may take to close by itself, ms. It writes its profile meanwhile. */
const CLOSE_MS = 8000
const ASK_MS = 10_000
/** A message that is older than the connection came while there was none, if it is heard within this time, ms. */
const AFTER_OFFLINE_MS = 60_000

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
  readonly #sending: Sending
  readonly #news: ConversationNews
  #browser: Browser | null = null
  #watch = firstWatch
  #timer: NodeJS.Timeout | undefined
  #looking = false
  #ended = false
  #unlinking = false
  #useHere = false
  #online = false
  #code: string | null = null
  #codeShown = false
  #paired = false
  #groups: boolean
  #chatsTold: boolean
  #me: PageMe | null = null
  #connectedAt: number | null
  /** When there was a connection last and when it came back, ms since the epoch. */
  #lastReady: number | null
  #backAt = 0
  #memory = { memory: 0, processes: 0 }

  constructor(options: StartOptions, ports: LifePorts) {
    this.#options = options
    this.#ports = ports
    this.#groups = options.groups
    this.#chatsTold = !options.tellChats
    this.#connectedAt = options.since
    this.#lastReady = options.since
    this.#telling = new Telling((message) => ports.say(message))
    this.#client = new ShopClient(options, {
      opened: (browser, page) => this.#opened(browser, page),
      injectFailed: (detail) => this.#log('warn', 'whatsapp.inject_failed', { detail }),
    })
    this.#sending = new Sending(this.#client, () => this.#online)
    this.#news = new ConversationNews(this.#client, this.#telling, () => this.#known())
    if (!this.#chatsTold) this.#telling.holdForChats()
    this.#listen()
  }

  start(): void {
    this.#ports.say({ type: 'step', step: 'browser' })
    this.#timer = setInterval(() => void this.#beat(), PROBE_EVERY_MS)
    this.#client.initialize().catch((error: unknown) => {
      const reason = this.#browser === null ? 'failed' : 'unreachable'
      void this.end(reason, describeError(error))
    })
  }

  order(order: Order): void {
    if (this.#ended) return
    switch (order.type) {
      case 'send':
        return void this.#send(order)
      case 'typing':
        return this.#try(this.#type(order.chatId, order.on))
      case 'seen':
        return this.#try(this.#client.sendSeen(order.chatId))
      case 'fetch':
        return void this.#fetch(order.id, order.messageId)
      case 'abort':
        return this.#sending.abort(order.id)
      case 'stored':
        return this.#telling.stored(order.id)
      case 'not_stored':
        return
      case 'catch_up':
        return this.#try(this.#catchUp(null, order.chats))
      case 'rules':
        this.#groups = order.groups
        return
      case 'refresh_code':
        return this.#try(this.#client.page.evaluate(refreshCode))
      case 'use_here':
        this.#useHere = true
        return
      case 'unlink':
        return void this.#unlink()
      case 'stop':
        return void this.end('stopped')
    }
  }

  /** A failure that nobody waited for. The page is looked at every few seconds; whether it goes on is decided there. */
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
    await this.#closeBrowser()
    this.#ports.leave({ type: 'ended', reason, ...(detail === undefined ? {} : { detail }) })
  }

  #listen(): void {
    const client = this.#client
    client.on('qr', (qr) => this.#showCode(qr))
    client.on('authenticated', () => this.#authenticated())
    client.on('ready', () => void this.#ready())
    client.on('message_create', (message) => this.#news.message(message.rawData, this.#isLate(message)))
    client.on('message_edit', (message) => this.#news.edit(message.rawData))
    client.on('message_revoke_everyone', (message) => this.#news.removal(message.rawData))
    client.on('message_ack', (message, ack) => this.#acknowledged(message, ack))
    client.on('change_state', (state) => this.#changed(String(state)))
    client.on('disconnected', (reason) => this.#disconnected(String(reason)))
  }

  #opened(browser: Browser, page: Page): void {
    this.#browser = browser
    browser.on('disconnected', () => void this.end('browser_died'))
    page.on('close', () => void this.end('page_died'))
    page.on('error', () => void this.end('page_died'))
    void this.#sayBrowser(browser)
    this.#ports.say({ type: 'step', step: 'page' })
  }

  async #sayBrowser(browser: Browser): Promise<void> {
    const version = await within(ASK_MS, browser.version()).catch(() => '')
    this.#ports.say({ type: 'browser', pid: browser.process()?.pid ?? 0, version })
  }

  #showCode(qr: string): void {
    this.#codeShown = true
    if (qr === this.#code) return
    this.#code = qr
    this.#ports.say({ type: 'code', qr })
  }

  #authenticated(): void {
    if (this.#codeShown && !this.#paired) {
      this.#paired = true
      this.#connectedAt = Date.now()
      if (this.#chatsTold) this.#telling.holdForChats()
      this.#chatsTold = false
      this.#ports.say({ type: 'paired' })
    }
    if (this.#me === null) this.#ports.say({ type: 'step', step: 'syncing' })
  }

  /** May repeat, and comes again after every load of the page. */
  async #ready(): Promise<void> {
    try {
      const me = await within(ASK_MS, this.#client.page.evaluate(readMe))
      this.#me = me
      this.#connectedAt ??= Date.now()
      if (!(await within(ASK_MS, this.#sending.watchPage()))) this.#log('warn', 'whatsapp.sends_unwatched')
      this.#online = true
      this.#sayReady(me)
      await this.#tellChats()
      await this.#catchUp(this.#lastReady, [])
      this.#lastReady = Date.now()
    } catch (error) {
      this.#log('warn', 'whatsapp.ready_failed', { detail: describeError(error) })
    }
  }

  #sayReady(me: PageMe): void {
    const phone = phoneDigits(me.phoneId) ?? (me.lid ?? '').replace(/\D.*/, '')
    this.#ports.say({ type: 'ready', name: me.name, phone })
  }

  async #tellChats(): Promise<void> {
    if (this.#chatsTold) return
    this.#chatsTold = true
    try {
      const chats = await within(ASK_MS, this.#client.page.evaluate(listChats))
      const known = chats.map(({ chatId, name, phoneId }) => ({ chatId, name, phone: phoneDigits(phoneId) }))
      this.#telling.tell('chats', { type: 'chats', chats: known })
    } catch (error) {
      // Until they are known nobody's message is told: a friend's must not look like a customer's.
      this.#chatsTold = false
      this.#log('warn', 'whatsapp.chats_unread', { detail: describeError(error) })
      setTimeout(() => void this.#tellChats(), PROBE_EVERY_MS)
    }
  }

  async #catchUp(since: number | null, chats: readonly { chatId: string; after: number }[]): Promise<void> {
    const { messages, unread } = await readMissed(this.#client, { since, groups: this.#groups, chats })
    if (unread > 0) this.#log('warn', 'whatsapp.chats_not_caught_up', { chats: unread })
    for (const message of messages) this.#news.message(message, true)
  }

  #isLate(message: Message): boolean {
    const isJustBack = Date.now() - this.#backAt < AFTER_OFFLINE_MS
    return isJustBack && message.timestamp * 1000 < this.#backAt - 2000
  }

  #acknowledged(message: Message, ack: number): void {
    const read = readLibraryMessage(message.rawData)
    if (read === null || !read.id.fromMe) return
    this.#sending.acknowledged(read.id.whole, ack)
    if (ack > 0) this.#news.delivered(message.rawData)
  }

  #changed(state: string): void {
    if (state === 'CONNECTED') return this.#setOnline(true)
    if (state === 'OPENING' || state === 'TIMEOUT') this.#setOnline(false)
  }

  #setOnline(online: boolean): void {
    if (this.#online === online || this.#me === null) return
    this.#online = online
    if (online) {
      this.#backAt = Date.now()
      this.#sayReady(this.#me)
    } else this.#ports.say({ type: 'offline' })
  }

  /** The library says so in three cases; it would close the browser, which is ours to do. */
  #disconnected(reason: string): void {
    if (this.#unlinking) return
    this.#online = false
    if (reason === 'LOGOUT' || reason.startsWith('UNPAIRED')) void this.end('logged_out')
    else if (reason === 'CONFLICT') void this.#look()
    else void this.end('failed', reason)
  }

  async #beat(): Promise<void> {
    const { memoryLimit } = this.#options
    const { memory, processes } = this.#memory
    this.#ports.say({ type: 'beat', memory, processes, heavy: memory > memoryLimit })
    void this.#weigh()
    await this.#look()
  }

  async #weigh(): Promise<void> {
    const pid = this.#browser?.process()?.pid
    if (pid !== undefined) this.#memory = await measureTree(pid)
  }

  async #look(): Promise<void> {
    if (this.#looking || this.#browser === null || this.#ended) return
    this.#looking = true
    try {
      const page = await within(PROBE_LIMIT_MS, this.#client.page.evaluate(probePage)).catch(() => null)
      const now = performance.now()
      const { watch: next, deeds } = watch(this.#watch, { page, now, useHere: this.#useHere })
      this.#watch = next
      for (const deed of deeds) this.#carryOut(deed)
    } finally {
      this.#looking = false
    }
  }

  #carryOut(deed: Deed): void {
    if (this.#ended) return
    if (deed.do !== 'end') this.#log('info', 'whatsapp.watchdog', { deed: deed.do })
    const { page } = this.#client
    switch (deed.do) {
      case 'end':
        return void this.end(deed.reason, deed.detail)
      case 'look_again':
        return this.#try(page.evaluate(lookAgain))
      case 'reload':
        return this.#try(page.reload({ timeout: 30_000 }))
      case 'refresh_code':
        return this.#try(page.evaluate(refreshCode))
      case 'take_over':
        return this.#try(page.evaluate(takeOver))
      case 'say_offline':
        if (this.#me === null) this.#ports.say({ type: 'offline' })
        else this.#setOnline(false)
        return
      case 'say_ready':
        return this.#setOnline(true)
    }
  }

  async #send(order: Extract<Order, { type: 'send' }>): Promise<void> {
    const outcome = await this.#sending
      .send(order)
      .catch((error: unknown) => ({ state: 'unknown' as const, reason: describeError(error) }))
    this.#ports.say({ type: 'outcome', id: order.id, outcome })
  }

  async #type(chatId: string, on: boolean): Promise<void> {
    await this.#client.page.evaluate(
      (chat, state) => {
        // The page's own global; see page-window.ts.
        const page = globalThis as unknown as import('./page-window.ts').PageWindow
        return page.WWebJS?.sendChatstate(state, chat)
      },
      chatId,
      on ? ('typing' as const) : ('stop' as const),
    )
  }

  async #fetch(id: number, messageId: string): Promise<void> {
    const folder = join(this.#options.folder, 'incoming')
    const fetched = await fetchMedia(this.#client, folder, messageId).catch(() => ({
      reason: 'later' as const,
    }))
    if ('path' in fetched) this.#ports.say({ type: 'fetched', id, path: fetched.path })
    else this.#ports.say({ type: 'not_fetched', id, reason: fetched.reason })
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

  async #closeBrowser(): Promise<void> {
    const browser = this.#browser
    if (browser === null) return
    const pid = browser.process()?.pid
    await within(CLOSE_MS, browser.close()).catch(() => undefined)
    if (browser.process()?.exitCode === null && pid !== undefined) kill(pid)
  }

  #known(): { me: PageMe; groups: boolean; connectedAt: number } {
    const me = this.#me ?? { name: '', phoneId: null, lid: null }
    return { me, groups: this.#groups, connectedAt: this.#connectedAt ?? Date.now() }
  }

  /** For what is of no consequence when it fails. */
  #try(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#log('debug', 'whatsapp.failed', { detail: describeError(error) }))
  }

  #log(
    level: 'debug' | 'info' | 'warn',
    event: string,
    data?: Record<string, string | number | boolean>,
  ): void {
    this.#ports.say({ type: 'log', level, event, ...(data === undefined ? {} : { data }) })
  }
}

/** Ends the browser with everything that it has started. */
function kill(pid: number): void {
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL')
    } catch {
      // Gone already.
    }
  }
}
