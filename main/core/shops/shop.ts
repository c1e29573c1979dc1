import type { CardParts } from '../cards/assemble.ts'
import type { ChannelAdapter } from '../channels/channel.ts'
import type { ChannelService } from '../channels/service.ts'
import { TestChatAdapter } from '../channels/testchat/adapter.ts'
import type { Host } from '../host.ts'
import { assembleCalls, type Calling } from './assemble-calls.ts'
import { assembleChannels } from './assemble-channels.ts'
import { assembleGoods, type Goods } from './assemble-goods.ts'
import { type Ground, openGround } from './assemble-ground.ts'
import { assembleOrders, type Ordering } from './assemble-orders.ts'
import { assembleReplies, type Replies } from './assemble-replies.ts'
import { assembleServing, type Serving } from './assemble-serving.ts'
import type { ShopConfig } from './shop-config.ts'

export type { ShopConfig } from './shop-config.ts'

/** How long a command waits at its end for the search index, ms. */
const longestCatchUpMs = 120_000
/** A send that hangs does not hold up a stop for longer than this, ms. */
const leavingMs = 8_000

/** An open shop: one folder, one database, and everything that works on them. Two shops share nothing. */
export class Shop {
  readonly slug: string
  readonly dir: string
  readonly brief: Ground['shop']
  readonly storage: Ground['storage']
  readonly bus: Ground['bus']
  readonly catalog: Goods['catalog']
  readonly search: Goods['search']
  readonly knowledge: Goods['knowledge']
  readonly away: Goods['away']
  readonly tariffs: Goods['tariffs']
  readonly carts: Goods['carts']
  readonly selling: Goods['selling']
  readonly discounts: Goods['discounts']
  readonly orders: Ordering['orders']
  readonly checkout: Ordering['checkout']
  readonly customers: Serving['customers']
  readonly erasure: Ordering['erasure']
  readonly documents: Ordering['documents']
  readonly exports: Goods['exports']
  readonly cards: CardParts['cards']
  readonly ownerChats: CardParts['ownerChats']
  readonly demand: Goods['demand']
  readonly conversations: Serving['conversations']
  readonly governor: Serving['governor']
  readonly inbox: Serving['inbox']
  readonly turns: Serving['turns']
  readonly outbox: Serving['outbox']
  readonly channels: ChannelService
  readonly media: Ground['media']
  readonly secrets: Ground['secrets']
  readonly chat: Replies['chat']
  readonly spending: Replies['spending']
  readonly engines: Replies['engines']
  readonly personality: Replies['personality']
  readonly serving: Serving['serving']
  readonly drafts: Serving['drafts']
  readonly wake: Serving['wake']
  readonly preview: Replies['preview']
  readonly suggestions: Replies['suggestions']
  readonly quickReplies: Serving['quickReplies']
  readonly #ground: Ground
  readonly #returns: Serving['returns']
  readonly #unpaid: Ordering['unpaid']
  readonly #cardParts: CardParts
  readonly #calls: Calling['calls']
  readonly #replies: Replies
  readonly #serve: boolean
  readonly #testChat: TestChatAdapter
  /** On the clock that goes on in sleep, ms; long ago where nobody said it. */
  #suspendedAt = Number.NEGATIVE_INFINITY
  #started = false

  /**
   * Opens a shop's folder and takes its lock. Nothing runs before `start`.
   * @throws DomainError `shop.locked`, `shop.damaged`, `shop.newer_version`, `shop.no_rights`; nothing is touched then.
   */
  constructor(slug: string, dir: string, host: Host, config: ShopConfig) {
    this.slug = slug
    this.dir = dir
    this.#serve = config.serve ?? true
    this.#testChat = new TestChatAdapter(host.clock)
    const adapter = (accountId: string) => this.#adapter(accountId)
    const ground = openGround(slug, dir, host)
    const goods = assembleGoods(ground, config.embedders)
    const people = assembleServing(ground, {
      adapter,
      isServed: (accountId) => this.#isServed(accountId),
      awake: () => this.#replies.runner.kick(),
    })
    const ordering = assembleOrders(ground, goods, people)
    const calling = assembleCalls(ground, goods, people, { adapter })
    const { storage, bus, clock, log, notifier, secrets, media } = ground
    const { governor, outbox } = people
    this.channels = assembleChannels({
      governor,
      slug,
      dir,
      storage,
      bus,
      clock,
      log,
      notifier,
      secrets,
      media,
      processes: host.processes,
      browser: config.browser,
      ...(config.mediaReader === undefined ? {} : { reader: config.mediaReader }),
      inbox: calling.cardParts.inbox,
      delivered: (accountId, receipt) => outbox.delivered(accountId, receipt),
      testChat: this.#testChat,
    })
    const { channels } = this
    this.#replies = assembleReplies({ ground, goods, people, ordering, calling, channels, adapter, config })
    this.#ground = ground
    this.brief = ground.shop
    this.storage = ground.storage
    this.bus = ground.bus
    this.media = ground.media
    this.secrets = ground.secrets
    this.catalog = goods.catalog
    this.search = goods.search
    this.knowledge = goods.knowledge
    this.away = goods.away
    this.tariffs = goods.tariffs
    this.carts = goods.carts
    this.selling = goods.selling
    this.discounts = goods.discounts
    this.exports = goods.exports
    this.demand = goods.demand
    this.customers = people.customers
    this.conversations = people.conversations
    this.governor = people.governor
    this.inbox = people.inbox
    this.turns = people.turns
    this.outbox = people.outbox
    this.serving = people.serving
    this.drafts = people.drafts
    this.wake = people.wake
    this.quickReplies = people.quickReplies
    this.#returns = people.returns
    this.orders = ordering.orders
    this.checkout = ordering.checkout
    this.erasure = ordering.erasure
    this.documents = ordering.documents
    this.#unpaid = ordering.unpaid
    this.#calls = calling.calls
    this.#cardParts = calling.cardParts
    this.cards = calling.cardParts.cards
    this.ownerChats = calling.cardParts.ownerChats
    this.chat = this.#replies.chat
    this.spending = this.#replies.spending
    this.engines = this.#replies.engines
    this.personality = this.#replies.personality
    this.preview = this.#replies.preview
    this.suggestions = this.#replies.suggestions
  }

  /** Heals what a crash left, then serves: search, channels, turns and what waits to be sent. */
  async start(): Promise<void> {
    if (this.#started) return
    this.#started = true
    // A keyring may ask its owner first: nothing waits for it.
    if (this.#serve) void this.secrets.renewWrapping()
    await this.customers.backfill()
    await this.erasure.finish()
    this.channels.testChatAccount()
    await this.search.start({ embed: this.#serve })
    await this.exports.start()
    this.drafts.start()
    if (this.#serve) this.wake.start()
    this.governor.reconsideration.resume()
    this.#replies.sender.start()
    this.#cardParts.start({ deadlines: this.#serve })
    if (this.#serve) {
      this.#calls.start()
      for (const back of this.#returns) back.start()
    }
    if (this.#serve) await this.channels.start()
    else
      await this.#testChat.start({
        receive: notConnected,
        edit: notConnected,
        remove: notConnected,
        state: () => undefined,
      })
    this.#replies.runner.start({ resume: this.#serve })
    if (!this.#serve) return
    this.#replies.draftWorker.start()
    this.#replies.warmUp.start()
    this.#unpaid.start()
    this.spending.start()
  }

  /** Whether a customer is being answered at this moment: a bad one to stop in. */
  get isAnswering(): boolean {
    return this.#replies.runner.isAnswering || this.#replies.sender.isHandingOver
  }

  /** What the system says of the computer's power; it may not be told at all. */
  powerChanged(change: 'suspend' | 'resume'): void {
    if (!this.#serve || !this.#started) return
    this.wake.powerChanged(change)
    const now = this.#ground.clock.uptime?.() ?? this.#ground.clock.now()
    if (change === 'resume') this.channels.reconnect(now - this.#suspendedAt)
    this.#suspendedAt = change === 'suspend' ? now : Number.NEGATIVE_INFINITY
  }

  /** Stops taking work, ends what is under way at a safe point and closes every handle. */
  async close(): Promise<void> {
    if (this.#started) {
      await this.#replies.warmUp.stop()
      this.#unpaid.stop()
      this.#calls.stop()
      for (const back of this.#returns) back.stop()
      await this.#replies.draftWorker.stop()
      await this.#replies.runner.stop()
      await this.#replies.memory.stop()
      await this.#letLeave()
      await this.channels.stop()
      await this.#replies.sender.stop()
      await this.#cardParts.stop()
      // A process that lives only for one command leaves no work behind for the next one.
      if (!this.#serve) await this.#letSearchCatchUp()
      await this.search.stop()
      this.wake.stop()
      this.drafts.stop()
    }
    this.engines.close()
    this.spending.stop()
    await this.exports.close()
    this.erasure.stop()
    this.governor.reconsideration.stop()
    await this.#ground.checkpoints.stop()
    this.storage.sql.close()
    this.#ground.lock.release()
  }

  /** Model files that this shop works with, and what it calls them. */
  modelUses(): { file: string; shop: string; name: string }[] {
    const { file, name } = this.search.embedding()
    const embedding = file === null ? [] : [{ file, name: name ?? '' }]
    return [...this.engines.files(), ...embedding].map((use) => ({ ...use, shop: this.slug }))
  }

  /** Whether customers write to an account: it is on, and was connected at least once. */
  #isServed(accountId: string): boolean {
    const account = this.channels.list().find(({ id }) => id === accountId)
    return account?.enabled === true && account.externalId !== null && account.kind !== 'testchat'
  }

  /** Waits for what is leaving while its channel is still there: cut off, nobody would know whether it left. */
  async #letLeave(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const cancel = this.#ground.clock.after(leavingMs, resolve)
    await Promise.race([this.#replies.sender.stop(), late])
    cancel()
  }

  async #letSearchCatchUp(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#ground.clock.after(longestCatchUpMs, resolve)
    this.search.caughtUp().then(resolve, resolve)
    await promise
    cancel()
  }

  /** Outside a serving process the test chat is the only channel that is there. */
  #adapter(accountId: string): ChannelAdapter | null {
    const adapter = this.channels.adapter(accountId)
    if (adapter !== null || this.#serve) return adapter
    return accountId === this.channels.testChatAccount() ? this.#testChat : null
  }
}

async function notConnected(): Promise<void> {
  throw new Error('no channel is connected here')
}
