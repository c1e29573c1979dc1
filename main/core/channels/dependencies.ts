import type { EventBus } from '../events.ts'
import type { Clock, Log, Notifier, Processes } from '../host.ts'
import type { MediaReader } from '../media/reader.ts'
import type { MediaStore } from '../media/service.ts'
import type { Secrets } from '../secrets/service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { AdapterFactory, ChannelAccountView, ChannelRules } from './account.ts'
import type { ChannelKind, InboundEdit, InboundMessage, InboundRemoval, KnownChat } from './channel.ts'

/** Where inbound messages go. Each call is one transaction: it returns after the commit and throws when there was none. */
export interface ChannelInbox {
  receive(accountId: string, message: InboundMessage): unknown
  edit(accountId: string, edit: InboundEdit): unknown
  remove(accountId: string, removal: InboundRemoval): unknown
}

/** For whom accounts answer, and how healthy they are. */
export interface ChannelGovernor {
  rulesOf(accountId: string): ChannelRules
  risk(accountId: string): ChannelAccountView['risk']
  knowChats(tx: Tx, accountId: string, chats: readonly KnownChat[]): void
  incident(tx: Tx, accountId: string, kind: 'logged_out' | 'conflict'): void
}

/** Something of an account has changed; `account` is null when it was removed. `at`: UTC ISO 8601. */
export interface ChannelChange {
  channelAccountId: string
  at: string
  account: ChannelAccountView | null
}

export interface ChannelServiceDeps {
  /** `<shop>/whatsapp` and its like: each account has a folder in it. */
  folder: string
  processes: Processes
  /** The browser that drives a messenger's page. @throws DomainError `browser.*` */
  browser(chosen: string | null): Promise<{ path: string; version: string; userAgent: string }>
  storage: Storage
  secrets: Secrets
  media: MediaStore
  /** Makes words of what customers send; nobody does without it. */
  reader?: MediaReader
  inbox: ChannelInbox
  /** An own message that the platform has taken by now. One transaction. */
  delivered?(accountId: string, receipt: { chatId: string; externalId: string; at: number }): void
  /** The usual rules hold, and nothing is counted, without it. */
  governor?: ChannelGovernor
  /** Calls the owner when an account cannot go on without. */
  notify?(notice: Pick<Parameters<Notifier['notify']>[0], 'kind' | 'data'>): void
  clock: Clock
  log: Log
  bus: EventBus
  adapters: Partial<Record<ChannelKind, AdapterFactory>>
}
