import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ConversationMemory } from '../agent/memory.ts'
import type { AgentPreview, PreviewInput } from '../agent/preview.ts'
import type { Suggestions } from '../agent/suggestion.ts'
import { WarmUp } from '../agent/warm-up.ts'
import { AwayService } from '../away/service.ts'
import { CallService } from '../calls/service.ts'
import { assembleCards, type CardParts } from '../cards/assemble.ts'
import type { OwnerChatService } from '../cards/owner-chats.ts'
import type { CardService } from '../cards/service.ts'
import { CatalogService } from '../catalog/service.ts'
import type { ChannelAdapter } from '../channels/channel.ts'
import type { ChannelService } from '../channels/service.ts'
import { TestChatAdapter } from '../channels/testchat/adapter.ts'
import { ChatService } from '../chat/service.ts'
import { CheckoutService } from '../checkout/service.ts'
import { ConversationReturn } from '../conversations/return.ts'
import { ConversationService } from '../conversations/service.ts'
import { CustomerErasure } from '../customers/erasure.ts'
import { CustomerService } from '../customers/service.ts'
import { DemandService } from '../demand/service.ts'
import { DocumentService } from '../documents/service.ts'
import { DraftService } from '../drafts/service.ts'
import { DraftWorker } from '../drafts/worker.ts'
import { assembleEngines } from '../engines/assemble.ts'
import type { Engine, ShopBrief } from '../engines/engine.ts'
import type { ModelHost } from '../engines/local/model-host.ts'
import type { EngineService } from '../engines/service.ts'
import { EventBus } from '../events.ts'
import { ExportService } from '../exports/service.ts'
import { CeilingReturn } from '../governor/ceiling-return.ts'
import { Departures } from '../governor/departures.ts'
import { GovernorService } from '../governor/service.ts'
import type { Clock, Host } from '../host.ts'
import { Inbox } from '../inbox/service.ts'
import { KnowledgeService } from '../knowledge/service.ts'
import type { MediaReader } from '../media/reader.ts'
import { MediaStore } from '../media/service.ts'
import { orderAlerts } from '../orders/alerts.ts'
import { OrderService } from '../orders/service.ts'
import type { UnpaidOrders } from '../orders/unpaid.ts'
import { Sender } from '../outbox/sender.ts'
import { Outbox } from '../outbox/service.ts'
import { PersonalityService } from '../personality/service.ts'
import { QuickReplyService } from '../quick-replies/service.ts'
import type { EmbedderSource } from '../search/embedder.ts'
import { SearchService } from '../search/service.ts'
import { Secrets } from '../secrets/service.ts'
import { DiscountService } from '../selling/discount-service.ts'
import { CartService } from '../selling/service.ts'
import { SellingSettingsStore } from '../selling/settings-service.ts'
import { ServingSettingsStore } from '../serving/settings-service.ts'
import type { SpendingService } from '../spending/service.ts'
import { Checkpoints } from '../storage/checkpoints.ts'
import { type Lock, takeLock } from '../storage/lock.ts'
import { openStorage } from '../storage/open.ts'
import type { Storage } from '../storage/storage.ts'
import { toFileError } from '../storage/storage-errors.ts'
import { TariffService } from '../tariffs/service.ts'
import { Journal } from '../turns/journal.ts'
import { TurnRunner } from '../turns/runner.ts'
import { TurnService } from '../turns/service.ts'
import { WakeService } from '../wake/service.ts'
import { assembleAnswering } from './assemble-answering.ts'
import { assembleChannels } from './assemble-channels.ts'
import { briefReader } from './brief.ts'

export interface ShopConfig {
  /** Quiet time that joins a burst of messages, ms. */
  quietWindowMs: number
  /** A burst that never rests is answered after this time, ms. */
  longestWaitMs: number
  /** The engine that answers, whatever the shop's owner has chosen. For tests and exams. */
  engine?: Engine
  /** The process that runs models on this computer; no local engine answers without it. */
  modelHost?: ModelHost
  /** Models for search by meaning; search works by words alone without it. */
  embedders?: EmbedderSource
  /** The browser that drives a messenger's page, the chosen one or the computer's; none is there without it. */
  browser?: (chosen: string | null) => Promise<{ path: string; version: string; userAgent: string }>
  /** Makes words of voice notes, pictures and papers; nobody does without it. */
  mediaReader?: MediaReader
  /** False for a process that only works on the shop (the command line): no messenger is connected and nothing that waits is taken up. */
  serve?: boolean
}

/** How long a command waits at its end for the search index, ms. */
const longestCatchUpMs = 120_000
/** A send that hangs does not hold up a stop for longer than this, ms. */
const leavingMs = 8_000

/** An open shop: one folder, one database, and everything that works on them. Two shops share nothing. */
export class Shop {
  readonly slug: string
  readonly dir: string
  readonly brief: () => ShopBrief
  readonly storage: Storage
  readonly bus: EventBus
  readonly catalog: CatalogService
  readonly search: SearchService
  readonly knowledge: KnowledgeService
  readonly away: AwayService
  readonly tariffs: TariffService
  readonly carts: CartService
  readonly selling: SellingSettingsStore
  readonly discounts: DiscountService
  readonly orders: OrderService
  readonly checkout: CheckoutService
  readonly customers: CustomerService
  readonly erasure: CustomerErasure
  readonly documents: DocumentService
  readonly exports: ExportService
  readonly cards: CardService
  readonly ownerChats: OwnerChatService
  readonly demand: DemandService
  readonly conversations: ConversationService
  readonly governor: GovernorService
  readonly inbox: Inbox
  readonly turns: TurnService
  readonly outbox: Outbox
  readonly channels: ChannelService
  readonly media: MediaStore
  readonly secrets: Secrets
  readonly chat: ChatService
  readonly spending: SpendingService
  readonly engines: EngineService
  readonly personality: PersonalityService
  readonly serving: ServingSettingsStore
  readonly drafts: DraftService
  readonly wake: WakeService
  readonly preview: AgentPreview
  readonly suggestions: Suggestions
  readonly quickReplies: QuickReplyService
  readonly #lock: Lock
  readonly #checkpoints: Checkpoints
  readonly #warmUp: WarmUp
  readonly #unpaid: UnpaidOrders
  readonly #runner: TurnRunner
  readonly #memory: ConversationMemory
  readonly #sender: Sender
  readonly #draftWorker: DraftWorker
  readonly #cardParts: CardParts
  readonly #calls: CallService
  readonly #return: ConversationReturn
  readonly #ceilingReturn: CeilingReturn
  readonly #serve: boolean
  readonly #clock: Clock
  readonly #testChat: TestChatAdapter
  /** On the clock that goes on in sleep, ms; long ago where nobody said it. */
  #suspendedAt = Number.NEGATIVE_INFINITY
  #started = false

  /**
   * Opens a shop's folder and takes its lock. Nothing runs before `start`.
   * @throws DomainError `shop.locked`, `shop.damaged`, `shop.newer_version`, `shop.no_rights`; nothing is touched then.
   */
  constructor(slug: string, dir: string, host: Host, config: ShopConfig) {
    const log = host.log.child({ shop: slug })
    this.slug = slug
    this.dir = dir
    this.#serve = config.serve ?? true
    this.#clock = host.clock
    this.#testChat = new TestChatAdapter(host.clock)
    makeFolder(join(dir, 'media'))
    this.#lock = takeLock(join(dir, 'lock.db'))
    try {
      this.bus = new EventBus((error) => log.error('events.listener_failed', { error: String(error) }))
      this.storage = openStorage(join(dir, 'shop.db'), { clock: host.clock, bus: this.bus })
    } catch (error) {
      this.#lock.release()
      throw error
    }
    const { storage, bus } = this
    const { clock } = host
    this.#checkpoints = new Checkpoints({ file: join(dir, 'shop.db'), clock, log })
    storage.whenCommitted(() => this.#checkpoints.committed())
    const probe = host.probe ?? (() => undefined)
    this.brief = briefReader(storage)
    this.media = new MediaStore(join(dir, 'media'))
    this.secrets = new Secrets(storage, host.secrets)
    this.catalog = new CatalogService(storage, this.brief)
    this.knowledge = new KnowledgeService(storage, this.brief)
    this.away = new AwayService({ storage, knowledge: this.knowledge, clock })
    this.search = new SearchService({
      storage,
      dir: join(dir, 'search'),
      catalog: this.catalog,
      shop: this.brief,
      log,
      clock,
      bus,
      resources: host.paths.resources,
      ...(config.embedders === undefined ? {} : { embedders: config.embedders }),
    })
    this.tariffs = new TariffService(storage, this.catalog)
    this.carts = new CartService(storage, this.catalog, this.brief)
    this.selling = new SellingSettingsStore(storage, this.brief)
    this.discounts = new DiscountService(storage, this.brief)
    this.customers = new CustomerService(storage)
    this.turns = new TurnService(storage)
    this.outbox = new Outbox(storage)
    const journal = new Journal(storage)
    this.conversations = new ConversationService({
      storage,
      turns: this.turns,
      outbox: this.outbox,
      journal,
      handBackMinutes: () => this.serving.get().handBackMinutes,
      capabilities: (accountId) => this.#adapter(accountId)?.capabilities ?? null,
      refusal: (_tx, conversationId) => {
        const answer = this.governor.answerOf(conversationId)
        return answer.answers ? null : answer.reason
      },
      allow: (tx, conversationId) => this.governor.allow(tx, conversationId),
    })
    this.quickReplies = new QuickReplyService(storage)
    this.drafts = new DraftService({ storage, bus, conversations: this.conversations })
    this.wake = new WakeService({
      storage,
      bus,
      clock,
      log,
      turns: this.turns,
      outbox: this.outbox,
      conversations: this.conversations,
      drafts: this.drafts,
      settings: () => this.serving.get(),
      isServed: (accountId) => this.#isServed(accountId),
      awake: () => this.#runner.kick(),
    })
    this.orders = new OrderService({
      storage,
      catalog: this.catalog,
      discounts: this.discounts,
      settings: this.selling,
      conversations: this.conversations,
      shop: this.brief,
    })
    this.#unpaid = this.orders.unpaid({
      outbox: this.outbox,
      clock,
      log,
      paused: () => this.wake.paused(),
    })
    const { notifier } = host
    bus.subscribe(orderAlerts({ slug, orders: this.orders, shop: this.brief, notifier }))
    this.checkout = new CheckoutService({
      storage,
      carts: this.carts,
      orders: this.orders,
      discounts: this.discounts,
      settings: this.selling,
      knowledge: this.knowledge,
      customers: this.customers,
      shop: this.brief,
    })
    this.exports = new ExportService({
      database: join(dir, 'shop.db'),
      folder: join(dir, 'exports'),
      shop: this.brief,
      clock,
      bus,
    })
    this.documents = new DocumentService({
      storage,
      media: this.media,
      orders: this.orders,
      catalog: this.catalog,
      tariffs: this.tariffs,
      customers: this.customers,
      conversations: this.conversations,
      knowledge: this.knowledge,
      settings: this.selling,
      shop: this.brief,
    })
    this.erasure = new CustomerErasure({
      storage,
      customers: this.customers,
      conversations: this.conversations,
      media: this.media,
      dropCopies: () => this.exports.dropWaiting(),
      clock,
      log,
    })
    this.governor = new GovernorService({
      storage,
      conversations: this.conversations,
      customers: this.customers,
      shop: this.brief,
      clock,
      log,
      paused: () => this.wake.paused(),
    })
    this.inbox = new Inbox({
      governor: this.governor,
      storage,
      customers: this.customers,
      conversations: this.conversations,
      turns: this.turns,
      outbox: this.outbox,
      wake: this.wake,
      handBackMinutes: () => this.serving.get().handBackMinutes,
      probe,
    })
    this.#cardParts = assembleCards({
      storage,
      bus,
      clock,
      log,
      paused: () => this.wake.paused(),
      conversations: this.conversations,
      knowledge: this.knowledge,
      catalog: this.catalog,
      shop: this.brief,
      cardHours: () => this.selling.get().cardHours,
      inbox: this.inbox,
      adapter: (accountId) => this.#adapter(accountId),
      probe,
    })
    this.#calls = new CallService({
      slug,
      storage,
      bus,
      log,
      conversations: this.conversations,
      notifier,
      settings: () => this.serving.get().callOwner,
      announce: (tx, conversationId, reason) => this.#cardParts.callOwner(tx, conversationId, reason),
    })
    this.#return = new ConversationReturn({
      storage,
      bus,
      clock,
      log,
      conversations: this.conversations,
      minutes: () => this.serving.get().handBackMinutes,
    })
    this.#ceilingReturn = new CeilingReturn({
      storage,
      bus,
      clock,
      log,
      conversations: this.conversations,
      governor: this.governor,
      timeZone: () => this.brief().timeZone,
    })
    this.cards = this.#cardParts.cards
    this.ownerChats = this.#cardParts.ownerChats
    this.demand = new DemandService(storage, this.brief)
    this.channels = assembleChannels({
      governor: this.governor,
      slug,
      dir,
      storage,
      bus,
      clock,
      log,
      notifier,
      processes: host.processes,
      browser: config.browser,
      secrets: this.secrets,
      media: this.media,
      ...(config.mediaReader === undefined ? {} : { reader: config.mediaReader }),
      inbox: this.#cardParts.inbox,
      delivered: (accountId, receipt) => this.outbox.delivered(accountId, receipt),
      testChat: this.#testChat,
    })
    this.chat = new ChatService({
      inbox: this.inbox,
      conversations: this.conversations,
      turns: this.turns,
      outbox: this.outbox,
      carts: this.carts,
      orders: this.orders,
      bus,
      clock,
      accountId: () => this.channels.testChatAccount(),
      paused: () => this.wake.paused(),
    })
    const { engines, spending } = assembleEngines({
      slug,
      storage,
      secrets: this.secrets,
      resources: host.paths.resources,
      modelHost: config.modelHost ?? null,
      shop: this.brief,
      clock,
      log,
      bus,
      notifier,
    })
    this.engines = engines
    this.spending = spending
    const engine = config.engine ?? this.engines.chain
    const lead = (turnId: string): Engine | null => config.engine ?? this.engines.chain.lead(turnId)
    this.personality = new PersonalityService(storage)
    this.serving = new ServingSettingsStore(storage)
    const { agent, preview, suggestions, memory } = assembleAnswering({
      storage,
      bus,
      clock,
      log,
      turns: this.turns,
      journal,
      conversations: this.conversations,
      customers: this.customers,
      outbox: this.outbox,
      away: this.away,
      serving: this.serving,
      wake: this.wake,
      voiceNotes: {
        policy: () => this.serving.get().voiceNotes,
        settled: (messageIds, signal) => this.channels.voiceNotesRead(messageIds, signal),
      },
      demand: this.demand,
      engine,
      lead,
      shop: this.brief,
      catalog: this.catalog,
      search: this.search,
      knowledge: this.knowledge,
      carts: this.carts,
      checkout: this.checkout,
      discounts: this.discounts,
      tariffs: this.tariffs,
      orders: this.orders,
      documents: this.documents,
      cards: this.cards,
      personality: this.personality,
      capabilities: (accountId) => this.#adapter(accountId)?.capabilities ?? null,
      typing: (conversation, on) => this.#showTyping(conversation, on),
      probe,
    })
    this.preview = preview
    this.#warmUp = new WarmUp({
      clock,
      log,
      isAnswering: () => this.isAnswering,
      rehearse: (signal) => preview.answer(this.#anyQuestion(), signal),
    })
    this.suggestions = suggestions
    this.#memory = memory
    this.#runner = new TurnRunner({
      turns: this.turns,
      bus,
      clock,
      log,
      parallel: engine.parallel,
      quietWindowMs: (conversationId) => (this.chat.isHurried(conversationId) ? 0 : config.quietWindowMs),
      longestWaitMs: config.longestWaitMs,
      paused: () => this.wake.holdsTurns(),
      run: (turn, signal) => agent.run(turn, signal),
      giveUp: (turn) => agent.giveUp(turn),
    })
    this.#draftWorker = new DraftWorker({
      drafts: this.drafts,
      bus,
      log,
      suggest: (conversationId, signal) => this.suggestions.suggest(conversationId, signal),
      busy: () => this.wake.paused() || this.turns.open().length > 0,
    })
    this.#sender = new Sender({
      outbox: this.outbox,
      departures: new Departures({
        storage,
        governor: this.governor,
        holds: this.wake,
        timeZone: () => this.brief().timeZone,
        clock,
        random: Math.random,
      }),
      bus,
      clock,
      log,
      accounts: () => this.channels.list().map((account) => account.id),
      adapter: (accountId) => this.#adapter(accountId),
      probe,
    })
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
    this.#sender.start()
    this.#cardParts.start({ deadlines: this.#serve })
    if (this.#serve) {
      this.#calls.start()
      this.#return.start()
      this.#ceilingReturn.start()
    }
    if (this.#serve) await this.channels.start()
    else
      await this.#testChat.start({
        receive: notConnected,
        edit: notConnected,
        remove: notConnected,
        state: () => undefined,
      })
    this.#runner.start({ resume: this.#serve })
    if (!this.#serve) return
    this.#draftWorker.start()
    this.#warmUp.start()
    this.#unpaid.start()
    this.spending.start()
  }

  /** Whether a customer is being answered at this moment: a bad one to stop in. */
  get isAnswering(): boolean {
    return this.#runner.isAnswering || this.#sender.isHandingOver
  }

  /** What the system says of the computer's power; it may not be told at all. */
  powerChanged(change: 'suspend' | 'resume'): void {
    if (!this.#serve || !this.#started) return
    this.wake.powerChanged(change)
    const now = this.#clock.uptime?.() ?? this.#clock.now()
    if (change === 'resume') this.channels.reconnect(now - this.#suspendedAt)
    this.#suspendedAt = change === 'suspend' ? now : Number.NEGATIVE_INFINITY
  }

  /** Stops taking work, ends what is under way at a safe point and closes every handle. */
  async close(): Promise<void> {
    if (this.#started) {
      await this.#warmUp.stop()
      this.#unpaid.stop()
      this.#calls.stop()
      this.#return.stop()
      this.#ceilingReturn.stop()
      await this.#draftWorker.stop()
      await this.#runner.stop()
      await this.#memory.stop()
      await this.#letLeave()
      await this.channels.stop()
      await this.#sender.stop()
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
    await this.#checkpoints.stop()
    this.storage.sql.close()
    this.#lock.release()
  }

  /** Model files that this shop works with, and what it calls them. */
  modelUses(): { file: string; shop: string; name: string }[] {
    const { file, name } = this.search.embedding()
    const embedding = file === null ? [] : [{ file, name: name ?? '' }]
    return [...this.engines.files(), ...embedding].map((use) => ({ ...use, shop: this.slug }))
  }

  /** What makes the rules compile what they need. */
  #anyQuestion(): PreviewInput {
    const message = this.brief().locale.startsWith('es') ? 'Hola, ¿cuánto cuesta?' : 'Hello, how much is it?'
    return { personality: this.personality.get(), message, engine: this.engines.engine('builtin') }
  }

  /** Whether customers write to an account: it is on, and was connected at least once. */
  #isServed(accountId: string): boolean {
    const account = this.channels.list().find(({ id }) => id === accountId)
    return account?.enabled === true && account.externalId !== null && account.kind !== 'testchat'
  }

  /** Waits for what is leaving while its channel is still there: cut off, nobody would know whether it left. */
  async #letLeave(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>()
    const cancel = this.#clock.after(leavingMs, resolve)
    await Promise.race([this.#sender.stop(), late])
    cancel()
  }

  async #letSearchCatchUp(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.#clock.after(longestCatchUpMs, resolve)
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

  #showTyping(conversation: { id: string; accountId: string; chatId: string }, on: boolean): void {
    this.bus.publishEphemeral(
      'typing.changed',
      { conversationId: conversation.id, who: 'agent', typing: on },
      this.storage.now(),
    )
    if (on) void this.#adapter(conversation.accountId)?.typing(conversation.chatId)
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    throw toFileError(error, path)
  }
}

async function notConnected(): Promise<void> {
  throw new Error('no channel is connected here')
}
