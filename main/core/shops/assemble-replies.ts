import { WarmUp } from '../agent/warm-up.ts'
import type { ChannelService } from '../channels/service.ts'
import { ChatService } from '../chat/service.ts'
import { DraftWorker } from '../drafts/worker.ts'
import { assembleEngines } from '../engines/assemble.ts'
import type { Engine } from '../engines/engine.ts'
import { Departures } from '../governor/departures.ts'
import { Sender } from '../outbox/sender.ts'
import { PersonalityService } from '../personality/service.ts'
import { TurnRunner } from '../turns/runner.ts'
import { assembleAnswering } from './assemble-answering.ts'
import type { Calling } from './assemble-calls.ts'
import type { Goods } from './assemble-goods.ts'
import type { Ground } from './assemble-ground.ts'
import type { Ordering } from './assemble-orders.ts'
import type { MadeLater, Serving } from './assemble-serving.ts'
import type { ShopConfig } from './shop-config.ts'

interface RepliesGiven {
  ground: Ground
  goods: Goods
  people: Serving
  ordering: Ordering
  calling: Calling
  channels: ChannelService
  adapter: MadeLater['adapter']
  config: ShopConfig
}

export type Replies = ReturnType<typeof assembleReplies>

/** What makes replies and sends them: engines, the agent, and what runs turns, drafts and sends. */
export function assembleReplies(given: RepliesGiven) {
  const { ground, people, channels, adapter, config } = given
  const { slug, storage, secrets, resources, bus, clock, log, notifier, shop, probe } = ground
  const { turns, outbox, drafts, wake, governor } = people
  const chat = chatOf(given)
  const { engines, spending } = assembleEngines({
    slug,
    storage,
    secrets,
    resources,
    modelHost: config.modelHost ?? null,
    shop,
    clock,
    log,
    bus,
    notifier,
  })
  const engine = config.engine ?? engines.chain
  const lead = (turnId: string): Engine | null => config.engine ?? engines.chain.lead(turnId)
  const personality = new PersonalityService(storage)
  const { agent, preview, suggestions, memory } = answeringOf(given, { engine, lead, personality })
  const runner = new TurnRunner({
    turns,
    bus,
    clock,
    log,
    parallel: engine.parallel,
    quietWindowMs: (conversationId) => (chat.isHurried(conversationId) ? 0 : config.quietWindowMs),
    longestWaitMs: config.longestWaitMs,
    paused: () => wake.holdsTurns(),
    run: (turn, signal) => agent.run(turn, signal),
    giveUp: (turn) => agent.giveUp(turn),
  })
  const draftWorker = new DraftWorker({
    drafts,
    bus,
    log,
    suggest: (conversationId, signal) => suggestions.suggest(conversationId, signal),
    busy: () => wake.paused() || turns.open().length > 0,
  })
  const timeZone = () => shop().timeZone
  const sender = new Sender({
    outbox,
    departures: new Departures({ storage, governor, holds: wake, timeZone, clock, random: Math.random }),
    bus,
    clock,
    log,
    accounts: () => channels.list().map((account) => account.id),
    adapter,
    probe,
  })
  const warmUp = new WarmUp({
    clock,
    log,
    isAnswering: () => runner.isAnswering || sender.isHandingOver,
    rehearse: (signal) => {
      // What makes the rules compile what they need.
      const message = shop().locale.startsWith('es') ? 'Hola, ¿cuánto cuesta?' : 'Hello, how much is it?'
      const question = { personality: personality.get(), message, engine: engines.engine('builtin') }
      return preview.answer(question, signal)
    },
  })
  return {
    chat,
    engines,
    spending,
    personality,
    preview,
    suggestions,
    memory,
    runner,
    draftWorker,
    sender,
    warmUp,
  }
}

function chatOf({ ground, goods, people, ordering, channels }: RepliesGiven): ChatService {
  const { bus, clock } = ground
  const { inbox, conversations, turns, outbox, wake } = people
  return new ChatService({
    inbox,
    conversations,
    turns,
    outbox,
    carts: goods.carts,
    orders: ordering.orders,
    bus,
    clock,
    accountId: () => channels.testChatAccount(),
    paused: () => wake.paused(),
  })
}

function answeringOf(
  { ground, goods, people, ordering, calling, channels, adapter }: RepliesGiven,
  made: Pick<Parameters<typeof assembleAnswering>[0], 'engine' | 'lead' | 'personality'>,
) {
  const { storage, bus, clock, log, shop, probe } = ground
  const { away, demand, catalog, search, knowledge, carts, discounts, tariffs } = goods
  const { turns, journal, conversations, customers, outbox, serving, wake } = people
  const { checkout, orders, documents } = ordering
  return assembleAnswering({
    ...made,
    storage,
    bus,
    clock,
    log,
    shop,
    probe,
    turns,
    journal,
    conversations,
    customers,
    outbox,
    away,
    serving,
    wake,
    voiceNotes: {
      policy: () => serving.get().voiceNotes,
      settled: (messageIds, signal) => channels.voiceNotesRead(messageIds, signal),
    },
    demand,
    catalog,
    search,
    knowledge,
    carts,
    checkout,
    discounts,
    tariffs,
    orders,
    documents,
    cards: calling.cardParts.cards,
    capabilities: (accountId) => adapter(accountId)?.capabilities ?? null,
    typing: ({ id, accountId, chatId }, on) => {
      const typing = { conversationId: id, who: 'agent' as const, typing: on }
      bus.publishEphemeral('typing.changed', typing, storage.now())
      if (on) void adapter(accountId)?.typing(chatId)
    },
  })
}
