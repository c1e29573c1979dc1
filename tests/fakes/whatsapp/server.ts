import { ChromeWrapper } from './chrome.ts'
import { Devices, qrText } from './devices.ts'
import { Host } from './host.ts'
import type { PlatformLog, SentMessage, TimedEntry } from './log.ts'
import { type PageSettings, servePage } from './pages.ts'
import { type HistoryOptions, type MessageOptions, People } from './people.ts'
import { type ChatSeed, Platform, type Refusal } from './platform.ts'
import { toChatId, type WireChat, type WireMessage } from './wire.ts'

export interface FakeWhatsAppOptions {
  /** How a message's key names its whole text; `$1` as sites do since July 2026. */
  idMode?: '_serialized' | '$1'
  account?: { phone?: string; lid?: string; name?: string }
  /** What the account has before anything happens. */
  chats?: (ChatSeed & { history?: (HistoryOptions & { text: string })[] })[]
  /** Time between connection and `hasSynced`, from the moment when somebody listens for it. */
  syncMs?: number
  /** A restored session has synced before anybody listens: the library says neither `authenticated` nor `ready`. */
  silentSync?: boolean
  /** For tests of this folder; the product adds the flag itself where it is needed. */
  noSandbox?: boolean
  /** Path of the browser; found in the usual places where absent. */
  browser?: string
}

const patience = 60_000
const forever = 24 * 60 * 60 * 1000

export async function startWhatsApp(options: FakeWhatsAppOptions = {}): Promise<FakeWhatsApp> {
  return FakeWhatsApp.start(options)
}

/**
 * WhatsApp as a computer sees it: `https://web.whatsapp.com/` on loopback for browsers that are started through
 * `chrome`, and behind it the platform that holds the truth. `log` says what reached the platform.
 */
export class FakeWhatsApp {
  readonly settings: PageSettings
  /** The truth behind the pages, for what has no word here. */
  readonly platform: Platform
  readonly #devices: Devices
  readonly #people: People
  readonly #host: Host
  readonly #wrapper: ChromeWrapper

  private constructor(options: FakeWhatsAppOptions, host: Host, wrapper: ChromeWrapper) {
    this.settings = {
      idMode: options.idMode ?? '_serialized',
      silentSync: options.silentSync ?? false,
      syncMs: options.syncMs ?? 50,
      hideSends: false,
    }
    const { phone = '5491155550000', lid = '900000000000001@lid', name = 'La Tienda' } = options.account ?? {}
    this.platform = new Platform({ phone, lid, name }, (event) => this.#devices.announce(event))
    this.#devices = new Devices(this.platform)
    this.#people = new People(this.platform)
    this.#host = host
    this.#wrapper = wrapper
    for (const { history = [], ...seed } of options.chats ?? []) {
      const chat = this.platform.addChat(seed)
      for (const { text, ...said } of history) this.#people.history(chat, text, said)
    }
    host.serve((request, response) => servePage(request, response, this), this.#devices.server)
  }

  static async start(options: FakeWhatsAppOptions): Promise<FakeWhatsApp> {
    const host = await Host.start('web.whatsapp.com')
    const { port, spkiHash } = host
    const { browser, noSandbox } = options
    return new FakeWhatsApp(options, host, new ChromeWrapper({ port, spkiHash, browser, noSandbox }))
  }

  /** Path of the browser to start: an executable that knows where `web.whatsapp.com` is. */
  get chrome(): string {
    return this.#wrapper.path
  }

  get log(): PlatformLog {
    return this.platform.log
  }

  /** What reached the platform from linked devices, in order, each once. */
  get sent(): readonly SentMessage[] {
    return this.platform.sent
  }

  sentTo(chat: string): SentMessage[] {
    return this.sent.filter((message) => message.chat === toChatId(chat))
  }

  /** Modules that the page was asked for and does not have. */
  unknownModules(): string[] {
    return [...new Set(this.log.of('unknown_module').map((entry) => entry.name))]
  }

  /** Resolves when `condition` holds; looked at again whenever something is logged. */
  async until(condition: () => boolean, what: string, timeoutMs = patience): Promise<void> {
    await this.log.until(condition, what, timeoutMs)
  }

  /** The next entry of a kind, after the `after` that there are already (none where absent). */
  async next<Kind extends TimedEntry['kind']>(kind: Kind, after = 0): Promise<TimedEntry & { kind: Kind }> {
    await this.until(() => this.log.of(kind).length > after, `${kind} number ${after + 1}`)
    const entry = this.log.of(kind)[after]
    if (entry === undefined) throw new Error(`no ${kind}`)
    return entry
  }

  // Linking

  /** The text of the QR code on the newest page, or null when none is shown. */
  currentQr(): string | null {
    const page = this.#devices.waiting
    return page === undefined ? null : qrText(page)
  }

  /** The owner's phone scans the code, waiting for one to be shown. `text`: what was really seen; an old one fails. */
  async scan(text?: string): Promise<void> {
    await this.until(() => this.#devices.waiting !== undefined, 'a QR code')
    const page = this.#devices.waiting
    if (page === undefined) throw new Error('no QR code')
    if (text !== undefined && text !== qrText(page)) throw new Error('this QR code is not valid any more')
    this.#devices.link(page)
  }

  /** The code changes, as it does every 20 seconds. */
  refreshQr(): void {
    for (const page of this.#devices.unlinked) this.#devices.renewQr(page, 'refreshed')
  }

  /** The code has waited too long: UNPAIRED_IDLE until the page is told to refresh it. */
  idleQr(): void {
    for (const page of this.#devices.unlinked) this.#devices.renewQr(page, 'idle')
  }

  logoutFromPhone(): void {
    this.#devices.logoutFromPhone()
  }

  /** WhatsApp Web was opened elsewhere; the page is in CONFLICT until it takes over. */
  conflict(): void {
    this.#devices.conflict()
  }

  /** Sessions that a browser profile could restore. */
  get sessions(): string[] {
    return this.#devices.sessions
  }

  // People

  addChat(seed: ChatSeed): string {
    return this.platform.addChat(seed)
  }

  /** A customer writes; the chat is made where there was none. `chat` is a phone or a chat's id. Gives the whole id. */
  customerSays(chat: string, text: string, options?: MessageOptions): string {
    return this.#people.customerSays(chat, text, options)
  }

  customerEdits(id: string, text: string): void {
    this.#people.customerEdits(id, text)
  }

  customerDeletes(id: string): void {
    this.#people.customerDeletes(id)
  }

  /** What was sent to the chat is 2 delivered, 3 read, 4 played. */
  customerConfirms(chat: string, ack: 2 | 3 | 4): void {
    this.#people.customerConfirms(chat, ack)
  }

  ownerWritesOnPhone(chat: string, text: string, options?: MessageOptions): string {
    return this.#people.ownerWritesOnPhone(chat, text, options)
  }

  /** The owner reads the chat on the phone. */
  ownerReadsOnPhone(chat: string): void {
    this.platform.setUnread(toChatId(chat), 0)
  }

  /** A message of before; call it while no page is connected. */
  history(chat: string, text: string, options: HistoryOptions = {}): string {
    return this.#people.history(chat, text, options)
  }

  /** The page hears of a message as new once more. */
  repeatMessage(id: string): void {
    this.platform.announce({ kind: 'repeat', id })
  }

  chat(chat: string): WireChat | undefined {
    return this.platform.chat(toChatId(chat))
  }

  messagesOf(chat: string): WireMessage[] {
    return this.platform.messagesOf(toChatId(chat))
  }

  /** Sends to this chat fail: the message is marked with ack -1, and with `throws` the site's promise fails too. */
  blockSend(chat: string, how: Refusal = 'error'): void {
    this.platform.refusals.set(toChatId(chat), how)
  }

  unblockSend(chat: string): void {
    this.platform.refusals.delete(toChatId(chat))
  }

  /** There is no such account on WhatsApp. */
  unregister(phone: string): void {
    this.platform.unregistered.add(toChatId(phone))
  }

  // The page and the way to it. Settings hold for pages that are loaded from then on.

  /** Sends go out, but the page does not find its own message afterwards. */
  sendReturnsNothing(on = true): void {
    this.settings.hideSends = on
  }

  silentSync(on = true): void {
    this.settings.silentSync = on
  }

  slowSync(ms: number): void {
    this.settings.syncMs = ms
  }

  /** The platform gets the next message, and the connection breaks before the page hears so. */
  cutAfterNextSend(): void {
    this.#devices.cutAfterNextSend = true
  }

  /** `change:hasSynced` is heard again: the library repeats `authenticated` and `ready`. */
  resync(): void {
    this.#devices.tellAll({ news: 'synced' })
  }

  /** No connection any more, of pages or of browsers. */
  goOffline(): void {
    this.#host.goOffline()
    this.log.add({ kind: 'offline' })
  }

  goOnline(): void {
    this.#host.goOnline()
    this.log.add({ kind: 'online' })
  }

  /** The page's main thread is busy, for ever where `ms` is absent. */
  hang(ms = forever): void {
    this.#devices.tellAll({ news: 'do', what: 'hang', ms })
  }

  reload(): void {
    this.#devices.tellAll({ news: 'do', what: 'reload' })
  }

  iframe(): void {
    this.#devices.tellAll({ news: 'do', what: 'iframe' })
  }

  pushState(): void {
    this.#devices.tellAll({ news: 'do', what: 'push_state' })
  }

  crashPage(): void {
    this.#wrapper.crashPages()
  }

  /** Processes of browsers that were started through `chrome` and still run. */
  runningBrowsers(): number[] {
    return this.#wrapper.running()
  }

  killBrowser(): void {
    this.#wrapper.kill()
  }

  async close(): Promise<void> {
    await this.#host.close()
    this.#wrapper.remove()
  }
}

export type { LogEntry, SentMessage } from './log.ts'
export type { HistoryOptions, MessageOptions } from './people.ts'
export type { ChatSeed } from './platform.ts'
export type { WireChat, WireMessage } from './wire.ts'
