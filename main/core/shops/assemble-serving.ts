import type { ChannelAdapter } from '../channels/channel.ts'
import { ConversationReturn } from '../conversations/return.ts'
import { ConversationService } from '../conversations/service.ts'
import { CustomerService } from '../customers/service.ts'
import { DraftService } from '../drafts/service.ts'
import { CeilingReturn } from '../governor/ceiling-return.ts'
import { GovernorService } from '../governor/service.ts'
import { Inbox } from '../inbox/service.ts'
import { Outbox } from '../outbox/service.ts'
import { QuickReplyService } from '../quick-replies/service.ts'
import { ServingSettingsStore } from '../serving/settings-service.ts'
import { Journal } from '../turns/journal.ts'
import { TurnService } from '../turns/service.ts'
import { WakeService } from '../wake/service.ts'
import type { Ground } from './assemble-ground.ts'

/** What is made after it, and asked only when something happens. */
export interface MadeLater {
  adapter(accountId: string): ChannelAdapter | null
  /** Whether customers write to an account now. */
  isServed(accountId: string): boolean
  /** Turns that were held may begin. */
  awake(): void
}

export type Serving = ReturnType<typeof assembleServing>

/** Who is there, who has each conversation, and what waits in it. */
export function assembleServing(ground: Ground, later: MadeLater) {
  const { storage, bus, clock, log, shop, probe } = ground
  const customers = new CustomerService(storage)
  const turns = new TurnService(storage)
  const outbox = new Outbox(storage)
  const journal = new Journal(storage)
  const serving = new ServingSettingsStore(storage)
  const handBackMinutes = () => serving.get().handBackMinutes
  const conversations: ConversationService = new ConversationService({
    storage,
    turns,
    outbox,
    journal,
    handBackMinutes,
    capabilities: (accountId) => later.adapter(accountId)?.capabilities ?? null,
    refusal: (_tx, conversationId) => {
      const answer = governor.answerOf(conversationId)
      return answer.answers ? null : answer.reason
    },
    allow: (tx, conversationId) => governor.allow(tx, conversationId),
  })
  const drafts = new DraftService({ storage, bus, conversations })
  const wake = new WakeService({
    storage,
    bus,
    clock,
    log,
    turns,
    outbox,
    conversations,
    drafts,
    settings: () => serving.get(),
    isServed: (accountId) => later.isServed(accountId),
    awake: () => later.awake(),
  })
  const paused = () => wake.paused()
  const governor = new GovernorService({ storage, conversations, customers, shop, clock, log, paused })
  const inbox = new Inbox({
    governor,
    storage,
    customers,
    conversations,
    turns,
    outbox,
    wake,
    handBackMinutes,
    probe,
  })
  const timeZone = () => shop().timeZone
  return {
    customers,
    turns,
    outbox,
    journal,
    serving,
    conversations,
    quickReplies: new QuickReplyService(storage),
    drafts,
    wake,
    governor,
    inbox,
    /** What gives conversations back by themselves. */
    returns: [
      new ConversationReturn({ storage, bus, clock, log, conversations, minutes: handBackMinutes }),
      new CeilingReturn({ storage, bus, clock, log, conversations, governor, timeZone }),
    ],
  }
}
