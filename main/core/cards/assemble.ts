import type { CatalogService } from '../catalog/service.ts'
import type { ChannelAdapter } from '../channels/channel.ts'
import type { ChannelInbox } from '../channels/service.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log, ProbePoint } from '../host.ts'
import type { KnowledgeService } from '../knowledge/service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { CardDeadlines } from './deadlines.ts'
import { OwnerCalls } from './owner-calls.ts'
import { OwnerChatService } from './owner-chats.ts'
import { announcement, OwnerDesk } from './owner-desk.ts'
import { ownerLanguage } from './owner-message.ts'
import { OwnerNotices } from './owner-notices.ts'
import { OwnerSender } from './owner-sender.ts'
import { CardService } from './service.ts'

export interface CardPartsDependencies {
  storage: Storage
  bus: EventBus
  clock: Clock
  log: Log
  /** The owner has paused everything: customers are told nothing by themselves. */
  paused?(): boolean
  conversations: ConversationService
  knowledge: KnowledgeService
  catalog: CatalogService
  shop: () => ShopBrief
  cardHours: () => number
  /** Where messages go that are no owner's. */
  inbox: ChannelInbox
  adapter(accountId: string): ChannelAdapter | null
  probe(point: ProbePoint): void
}

/** Cards and everything by which an owner answers them. */
export interface CardParts {
  cards: CardService
  ownerChats: OwnerChatService
  /** Calls the owners to a conversation, in their own messengers. */
  callOwner(tx: Tx, conversationId: string, reason: string): void
  /** Stands before the inbox of customers. */
  inbox: ChannelInbox
  /** Goes on with what owners are to be told; with `deadlines`, ends the time of cards too. */
  start(options: { deadlines: boolean }): void
  stop(): Promise<void>
}

/** Puts the parts together: what opens a card is announced in each of the owner's chats in the same unit of work. */
export function assembleCards(deps: CardPartsDependencies): CardParts {
  const notices = new OwnerNotices(deps.storage)
  const ownerChats = new OwnerChatService(deps.storage)
  const cards = new CardService({
    ...deps,
    announce: (tx, card) => {
      const text = announcement(card, ownerLanguage(deps.shop()))
      for (const chat of ownerChats.all()) notices.queue(tx, chat, { kind: 'card', cardId: card.id, text })
    },
  })
  const calls = new OwnerCalls({ ...deps, chats: ownerChats, notices })
  const inbox = new OwnerDesk({ ...deps, chats: ownerChats, notices, cards, calls })
  const sender = new OwnerSender({ ...deps, notices })
  const deadlines = new CardDeadlines({ ...deps, cards })
  return {
    cards,
    ownerChats,
    callOwner: (tx, conversationId, reason) => calls.announce(tx, conversationId, reason),
    inbox,
    start: (options) => {
      sender.start()
      if (options.deadlines) deadlines.start()
    },
    stop: async () => {
      deadlines.stop()
      await sender.stop()
    },
  }
}
