/** The port behind which every messenger lives. Vendor types never cross it. */

export type ChannelKind = 'testchat' | 'telegram' | 'whatsapp'

export type AttachmentKind = 'photo' | 'document' | 'voice' | 'video' | 'location' | 'sticker' | 'other'

export interface InboundAttachment {
  kind: AttachmentKind
  /** As the sender says; what the file is gets checked when it is stored. */
  mime?: string
  name?: string
  size?: number
  /** What the adapter needs to fetch it later (a file id), or a location's coordinates. Plain JSON. */
  reference: Record<string, string | number>
}

export interface InboundMessage {
  chatId: string
  chatKind: 'private' | 'group' | 'broadcast'
  /** The platform's message id, unique in its chat. A repeat is a no-op. */
  externalId: string
  from: {
    externalId: string
    name: string
    username?: string
    phone?: string
    isBot: boolean
    languageCode?: string
  }
  /** When the platform says it was sent, ms since the epoch. */
  sentAt: number
  text: string
  replyToExternalId?: string
  attachments: InboundAttachment[]
  /** Sent by the shop's own account: an echo of ours, or the owner typing on the phone. */
  own: boolean
  /** The chat's own name: a group's, or what the owner's address book calls the contact. */
  chatName?: string
  /** Groups: whether the account itself was spoken to (mentioned, or answered). */
  addressed?: boolean
  /** The chat has messages from before the account was connected: it is no new customer's. */
  chatIsOlder?: boolean
  /** Found when looking for what came while nobody listened, not told at the moment it came. */
  missed?: boolean
}

/** A chat that was there when the account was connected. */
export interface KnownChat {
  chatId: string
  name: string
  /** Digits with country code, where the platform tells them. */
  phone: string | null
}

export interface InboundEdit {
  chatId: string
  externalId: string
  text: string
  at: number
}

export interface InboundRemoval {
  chatId: string
  externalId: string
  at: number
}

export type ChannelState =
  | { state: 'stopped' }
  /** `browser`: it is being started; `page`: the messenger loads; `syncing`: signed in, messages are being fetched. */
  | { state: 'connecting'; step?: 'browser' | 'page' | 'syncing' }
  /** Waits for the owner's phone to scan the code; `qr` is null while a new one is on its way. */
  | { state: 'pairing'; qr: string | null; since: string; reason: 'new' | 'logged_out' }
  | { state: 'ready'; name: string; externalId: string }
  /** `storage`: a message arrived but could not be written down (full disk); the platform keeps it for us meanwhile. */
  | {
      state: 'waiting'
      /** `restarting`: the part that speaks to the platform died or hung, and is started again after a pause. */
      reason: 'unreachable' | 'rate_limited' | 'conflict' | 'storage' | 'restarting'
      since: string
      detail?: string
    }
  /**
   * Nothing goes on without the owner. `conflict`: opened elsewhere; `browser`: there is none that works (`detail` is the
   * error's code); `duplicate`: this number is connected already.
   */
  | { state: 'refused'; reason: 'token' | 'conflict' | 'browser' | 'duplicate'; detail?: string }

/** One thing to hand to the platform; a reply is one or more of them, in order. */
export type OutboundPayload =
  | { type: 'text'; text: string; replyToExternalId?: string }
  | { type: 'photo'; mediaHash: string | null; url: string | null; caption: string }
  | { type: 'document'; mediaHash: string; name: string; mime: string; caption: string }

export type SendOutcome =
  | { state: 'sent'; externalId: string; sentAt: number }
  /** Not handed over and safe to try again after `afterMs`. */
  | { state: 'later'; afterMs: number; reason: string }
  /** The platform refused it for good (blocked by the user, chat gone, bad file). */
  | { state: 'failed'; reason: string }
  /** The platform's own client has it and sends it when it is online again. Never repeated; `delivered` tells of it. */
  | { state: 'queued'; externalId: string | null; reason: string }
  /** It may or may not have reached the customer. Never repeated blindly. */
  | { state: 'unknown'; reason: string }

export interface ChannelCapabilities {
  /** Longest text in UTF-16 code units; a longer reply is split. */
  textLength: number
  captionLength: number
  photos: boolean
  documents: boolean
  typing: boolean
  /** Several sends at once for different chats. */
  parallelSends: number
  /** A person's account and not a bot's: replies are paced like a person's, and the governor's ceilings hold. */
  personal?: boolean
}

/** What an adapter may call. `receive` resolves only after the commit: acknowledge to the platform only then. */
export interface ChannelSink {
  receive(message: InboundMessage): Promise<void>
  edit(edit: InboundEdit): Promise<void>
  remove(removal: InboundRemoval): Promise<void>
  state(state: ChannelState): void
  /** The chats that were there when the account was connected. Resolves after the commit, before any message is given. */
  chats?(chats: readonly KnownChat[]): Promise<void>
  /** An own message that the platform has taken now, among them those that were `queued`. */
  delivered?(receipt: { chatId: string; externalId: string; at: number }): Promise<void>
}

export interface ChannelAdapter {
  readonly kind: ChannelKind
  readonly capabilities: ChannelCapabilities
  /** Starts to connect and returns; progress arrives at `sink.state`. Keeps trying for ever unless refused. */
  start(sink: ChannelSink): Promise<void>
  stop(): Promise<void>
  state(): ChannelState
  send(chatId: string, payload: OutboundPayload, signal: AbortSignal): Promise<SendOutcome>
  /** Shows "typing…" for a few seconds. Failing is of no consequence. */
  typing(chatId: string): Promise<void>
  /** Marks a chat as read on the platform. Failing is of no consequence. */
  seen?(chatId: string): Promise<void>
  /** Takes the connection back from where else it was opened. */
  useHere?(): Promise<void>
  /** Asks for a fresh code while pairing. */
  refreshCode?(): Promise<void>
  /**
   * The computer has slept for so long, ms: what waits to try again does so now, and a connection is not believed to have
   * lasted.
   */
  reconnect?(sleptMs: number): void
  /** The rules of the account are not what they were at the start. */
  rulesChanged?(): void
  /** Ends the session at the platform too; the account has to be paired anew. */
  unlink?(): Promise<void>
  /** Opens an attachment's bytes. */
  fetch(reference: Record<string, string | number>, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
}
