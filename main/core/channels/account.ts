import type { Clock, Log } from '../host.ts'
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
}

export interface AdapterDeps {
  /** The opened secret, where the account has one. It lives in memory only. */
  token: string | null
  media: MediaStore
  clock: Clock
  log: Log
}

/** Makes the adapter of an account; it connects only when it is started. */
export type AdapterFactory = (account: ChannelAccount, deps: AdapterDeps) => ChannelAdapter
