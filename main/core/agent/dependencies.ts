import type { AwayService } from '../away/service.ts'
import type { ChannelCapabilities } from '../channels/channel.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { CustomerService } from '../customers/service.ts'
import type { DemandService } from '../demand/service.ts'
import type { Engine, ShopBrief } from '../engines/engine.ts'
import type { EventBus } from '../events.ts'
import type { Clock, Log, ProbePoint } from '../host.ts'
import type { Outbox } from '../outbox/service.ts'
import type { ServingSettings } from '../serving/settings.ts'
import type { ServingSettingsStore } from '../serving/settings-service.ts'
import type { Storage } from '../storage/storage.ts'
import type { Journal } from '../turns/journal.ts'
import type { TurnService } from '../turns/service.ts'
import type { WakeService } from '../wake/service.ts'
import type { ConversationMemory } from './memory.ts'
import type { PromptSource } from './prompt-material.ts'
import type { Tool } from './tools/tool.ts'

export interface AgentDependencies {
  storage: Storage
  bus: EventBus
  clock: Clock
  log: Log
  turns: TurnService
  journal: Journal
  conversations: ConversationService
  customers: Pick<CustomerService, 'memory'>
  outbox: Outbox
  away: AwayService
  /** What is too old to be answered; everything is answered where this is left out. */
  wake?: Pick<WakeService, 'isOldTurn' | 'draftTurn'>
  /** What becomes of voice notes that nobody understood; engines are asked as for anything else where this is left out. */
  voiceNotes?: {
    policy(): ServingSettings['voiceNotes']
    /** Resolves when none of these messages' voice notes can still be understood, or after a while. */
    settled(messageIds: readonly string[], signal: AbortSignal): Promise<void>
  }
  /** What the first reply says of itself; nothing is said where this is left out. */
  serving?: Pick<ServingSettingsStore, 'get'>
  engine: Engine
  /** The engine that would be asked first now in that turn, null when it is the built-in one; `engine` itself where this is left out. */
  lead?(turnId: string): Engine | null
  /** What prompts are made of; without it no engine gets a prompt. */
  prompts?: PromptSource
  /** What fell out of the history; without it only the newest messages are known. */
  memory?: ConversationMemory
  tools: readonly Tool[]
  /** Notes what a turn could not offer; nothing is noted where it is left out. */
  demand?: DemandService
  shop: () => ShopBrief
  /** Catalog products named in a text. */
  mentions(text: string): { productId: string; name: string }[]
  capabilities(accountId: string): ChannelCapabilities | null
  /** Shows the customer that a reply is being written. */
  typing(conversation: { id: string; accountId: string; chatId: string }, on: boolean): void
  probe(point: ProbePoint): void
}
