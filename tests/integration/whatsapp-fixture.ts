import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp } from '../../main/core/app.ts'
import type { ChannelState } from '../../main/core/channels/channel.ts'
import type { ChannelChange } from '../../main/core/channels/service.ts'
import type { Host } from '../../main/core/host.ts'
import type { Shop } from '../../main/core/shops/shop.ts'
import type { FakeWhatsApp, SentMessage } from '../fakes/whatsapp/server.ts'
import { SkippingClock } from '../fixtures/clock.ts'
import { createTestHost } from '../fixtures/host.ts'

/** Chrome starts slowly on a machine that is busy. */
const patienceMs = 60_000

/** What a test asks a price for, and how the answer names it. */
export const bread = { question: '¿cuánto cuesta la hogaza de centeno?', price: /4,25/ }

/** The app with a shop on WhatsApp, in a folder of its own, and the processes that it starts. */
export class WhatsAppShop {
  readonly whatsapp: FakeWhatsApp
  readonly clock = new SkippingClock()
  readonly states: ChannelState[] = []
  readonly changes: ChannelChange[] = []
  readonly notices: { kind: string; data?: Record<string, string> }[] = []
  readonly #data = mkdtempSync(join(tmpdir(), 'whatsapp-shop-'))
  readonly #watchers = new Set<() => void>()
  #app: App | null = null
  #shop: Shop | null = null
  accountId = ''

  private constructor(whatsapp: FakeWhatsApp) {
    this.whatsapp = whatsapp
  }

  /** A shop whose account waits for its code to be scanned. */
  static async open(whatsapp: FakeWhatsApp): Promise<WhatsAppShop> {
    const opened = new WhatsAppShop(whatsapp)
    try {
      await opened.#start()
      const shop = await opened.app.shops.create({ name: 'La Espiga', currency: 'EUR', locale: 'es-ES' })
      opened.#serve(shop)
      fill(shop)
      await opened.addAccount()
    } catch (error) {
      await opened.close()
      throw error
    }
    return opened
  }

  /** The same with a phone that has scanned it, and a pace that tests can wait for. */
  static async ready(whatsapp: FakeWhatsApp): Promise<WhatsAppShop> {
    const opened = await WhatsAppShop.open(whatsapp)
    try {
      await opened.pair()
    } catch (error) {
      await opened.close()
      throw error
    }
    return opened
  }

  get app(): App {
    if (this.#app === null) throw new Error('the app is stopped')
    return this.#app
  }

  get shop(): Shop {
    if (this.#shop === null) throw new Error('no shop is open')
    return this.#shop
  }

  get state(): ChannelState {
    return this.shop.channels.get(this.accountId).state
  }

  get folder(): string {
    return join(this.shop.dir, 'whatsapp', this.accountId)
  }

  /** The process that drives this account's browser. Reads `/proc`, so on Linux only. */
  get processId(): number {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    const found = pids.find((pid) => {
      const command = commandOf(pid)
      return command.includes('whatsapp-process') && command.includes(this.folder)
    })
    if (found === undefined) throw new Error('no WhatsApp process runs')
    return Number(found)
  }

  async addAccount(): Promise<string> {
    const { id } = await this.shop.channels.addWhatsApp('system', {
      riskAccepted: true,
      browser: this.whatsapp.chrome,
    })
    this.accountId = id
    this.hurry()
    return id
  }

  /** People wait some seconds before they answer; tests of other things do not. */
  hurry(): void {
    this.shop.storage.write('system', (tx) =>
      this.shop.governor.setRules(tx, this.accountId, { humanPace: false }),
    )
  }

  /** The same, and waits until the account is ready. */
  async pair(): Promise<void> {
    await this.scan()
    await this.untilReady()
  }

  /** Waits for the code, as the app shows it, and scans it. */
  async scan(): Promise<void> {
    await this.until(() => this.code !== null && this.code === this.whatsapp.currentQr(), 'a code')
    await this.whatsapp.scan(this.code ?? undefined)
  }

  get code(): string | null {
    const { state } = this
    return state.state === 'pairing' ? state.qr : null
  }

  async untilReady(): Promise<void> {
    await this.untilState((state) => state.state === 'ready', 'ready')
  }

  /** Brings the account back from whatever trouble it is in. */
  async getReady(): Promise<void> {
    if (this.state.state === 'refused') await this.shop.channels.useHere(this.accountId)
    const pauses = () => this.state.state === 'waiting' && this.state.reason === 'restarting'
    const isThere = () => this.state.state === 'ready' || this.code !== null
    while (!isThere()) {
      await this.until(() => isThere() || pauses(), 'ready, a code or a pause')
      if (!pauses()) break
      this.clock.skip(60_000)
      await this.until(() => !pauses(), 'the next try')
    }
    if (this.code !== null) await this.pair()
  }

  async untilState(is: (state: ChannelState) => boolean, what: string): Promise<void> {
    await this.until(() => is(this.state), what)
  }

  /** Stops as at the end of a day. */
  async stop(): Promise<void> {
    await this.#app?.stop()
    this.#app = null
    this.#shop = null
  }

  /** Starts again on the same folder. */
  async start(): Promise<void> {
    await this.#start()
    const [slug] = this.app.shops.folders()
    this.#serve(this.app.shops.open(slug ?? ''))
  }

  /** Resolves when `condition` holds; looked at after each event of the shop and each entry of the platform's log. */
  async until(condition: () => boolean, what: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const check = () => {
      try {
        if (condition()) resolve()
      } catch (error) {
        reject(error)
      }
    }
    const timer = setTimeout(
      () => reject(new Error(`${what} did not come about: ${this.#story()}`)),
      patienceMs,
    )
    this.#watchers.add(check)
    const onLog = this.whatsapp.until(
      () => {
        check()
        return false
      },
      what,
      patienceMs + 1_000,
    )
    onLog.catch(() => undefined)
    check()
    try {
      await promise
    } finally {
      clearTimeout(timer)
      this.#watchers.delete(check)
    }
  }

  /** Waits until the customer has got so many messages, and answers all of them. */
  async sentTo(chat: string, count: number): Promise<SentMessage[]> {
    await this.whatsapp.until(() => this.whatsapp.sentTo(chat).length >= count, `${count} to ${chat}`)
    return this.whatsapp.sentTo(chat)
  }

  /** Waits until nothing is on its way to anybody, and no turn is open. */
  async settled(): Promise<void> {
    const open = () =>
      this.shop.storage
        .prepare<[], { open: number }>(
          `SELECT (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))
             + (SELECT count(*) FROM turns WHERE state NOT IN ('done', 'failed', 'cancelled')) AS open`,
        )
        .get()?.open
    await this.until(() => open() === 0, 'rest')
  }

  conversation(chat: string): { id: string; mode: string; reason: string } | undefined {
    const chatId = chat.includes('@') ? chat : `${chat}@c.us`
    return this.shop.storage
      .prepare<[string], { id: string; mode: string; reason: string }>(
        'SELECT id, mode, mode_reason AS reason FROM conversations WHERE chat_id = ?',
      )
      .get(chatId)
  }

  /** Texts of a chat as the shop keeps them, oldest first, with who wrote them. */
  messages(chat: string): { author: string; text: string }[] {
    const id = this.conversation(chat)?.id ?? ''
    return this.shop.storage
      .prepare<[string], { author: string; text: string }>(
        'SELECT author, text FROM messages WHERE conversation_id = ? ORDER BY seq',
      )
      .all(id)
      .map(({ author, text }) => ({ author: author.split(':')[0] ?? author, text }))
  }

  outbox(): string[] {
    return this.shop.storage
      .prepare<[], string>('SELECT state FROM outbox ORDER BY seq')
      .pluck()
      .all() as string[]
  }

  async close(): Promise<void> {
    await this.stop()
    rmSync(this.#data, { recursive: true, force: true, maxRetries: 5 })
  }

  async #start(): Promise<void> {
    this.#app = await createApp({ quietWindowMs: 20, longestWaitMs: 200 }, this.#host())
  }

  #host(): Host {
    return {
      ...createTestHost(this.#data),
      clock: this.clock,
      notifier: { notify: (notice) => this.notices.push(notice) },
    }
  }

  #serve(shop: Shop): void {
    this.#shop = shop
    const check = () => {
      for (const watcher of [...this.#watchers]) watcher()
    }
    shop.bus.subscribe(check)
    shop.channels.follow((change) => {
      this.changes.push(change)
      if (change.account?.kind === 'whatsapp') this.states.push(change.account.state)
      check()
    })
  }

  #story(): string {
    return this.states
      .map((state) => ('reason' in state ? `${state.state}/${state.reason}` : state.state))
      .join(' ')
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** What a shop sells in these tests. */
function fill(shop: Shop): void {
  shop.storage.write('system', (tx) => {
    shop.catalog.create(tx, {
      name: 'Hogaza de centeno',
      category: 'Pan',
      variants: [{ sku: 'PAN-1', price: { kind: 'exact', amount: 425 } }],
    })
    shop.catalog.create(tx, {
      name: 'Miel de azahar',
      category: 'Miel',
      variants: [{ sku: 'MIE-1', price: { kind: 'exact', amount: 790 } }],
    })
  })
}
