import type { Clock, Log, Processes } from '../host.ts'
import type { MediaStore } from '../media/service.ts'
import type { ChannelAdapter, ChannelKind, ChannelState } from './channel.ts'

/** One connection of the shop to a messenger: a bot, a phone, the test chat. */
export interface ChannelAccount {
  id: string
  kind: ChannelKind
  /** What people call it: a bot's username without @. */
  name: string
  /** The platform's id of the account; null where there is none. */
  externalId: string | null
  config: ChannelConfig
  secretId: string | null
  enabled: boolean
  /** UTC ISO 8601. */
  createdAt: string
}

export interface ChannelConfig {
  /** Telegram: the Bot API server, without a slash at its end; Telegram's own when absent. */
  apiRoot?: string
  /** WhatsApp: path of the browser for this account; the computer's choice when absent. */
  browser?: string
  /** WhatsApp: when the owner accepted that the platform does not permit this. UTC ISO 8601. */
  riskAcceptedAt?: string
  /** When the account was first ready. UTC ISO 8601. */
  firstReadyAt?: string
}

/** For whom the assistant answers on an account, and how fast. */
export interface ChannelRules {
  /** `test`: the test contacts only; `new`: everybody who was not there when the account was connected; `all`. */
  scope: 'test' | 'new' | 'all'
  /** Phone numbers in digits, usernames or ids of the platform. */
  testContacts: string[]
  /** Answer in groups when spoken to. Status and newsletters are never answered. */
  groups: boolean
  /** The assistant's messages in a local day; null for no ceiling. */
  dailyReplies: number | null
  /** New contacts answered in a local day; null for no ceiling. */
  dailyNewContacts: number | null
  /** Local times `HH:MM` between which the assistant says nothing; may pass midnight. */
  quietHours: { from: string; to: string } | null
  /** Reading and typing take as long as a person's would. */
  humanPace: boolean
}

export type ChannelRisk = 'low' | 'raised' | 'high'

/** Why an account is at risk of being blocked. `data` holds figures for the text. */
export interface RiskReason {
  code:
    | 'fresh_account'
    | 'refused_sends'
    | 'logged_out'
    | 'conflict'
    | 'near_replies_ceiling'
    | 'replies_ceiling'
    | 'near_contacts_ceiling'
    | 'contacts_ceiling'
    | 'loops'
    | 'opt_outs'
    | 'few_answers'
    | 'fast_pace'
    | 'open_scope'
  data: Record<string, number>
}

/** What the desk and the command line see of an account; never its secret. */
export interface ChannelAccountView {
  id: string
  kind: ChannelKind
  name: string
  externalId: string | null
  apiRoot: string | null
  enabled: boolean
  createdAt: string
  state: ChannelState
  /** The rules in force: the owner's, and the usual ones where nothing was said. */
  rules: ChannelRules
  risk: { level: ChannelRisk; reasons: RiskReason[] }
  browser: string | null
  riskAcceptedAt: string | null
}

export interface AdapterDeps {
  /** A folder of this account alone, inside the shop's: a browser's profile. Made by the adapter. */
  folder: string
  processes: Processes
  /** The browser that drives a messenger's page. @throws DomainError `browser.*` */
  browser(chosen: string | null): Promise<{ path: string; version: string; userAgent: string }>
  /** Whether the rules of the account want groups told too. */
  groups(): boolean
  /** Chats in which something may have gone unheard after `since`, with the time of the newest message known; ms since the epoch. */
  openChats(since: number): { chatId: string; after: number }[]
  /** The opened secret, where the account has one. It lives in memory only. */
  token: string | null
  media: MediaStore
  clock: Clock
  log: Log
}

/** Makes the adapter of an account; it connects only when it is started. */
export type AdapterFactory = (account: ChannelAccount, deps: AdapterDeps) => ChannelAdapter
