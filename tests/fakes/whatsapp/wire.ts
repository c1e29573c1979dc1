/** What page and platform say to each other. Names of message attributes are the site's own. */

export interface MessageKey {
  fromMe: boolean
  /** The chat. */
  remote: string
  id: string
  /** Who wrote it, in groups. */
  participant?: string
}

export interface WireMessage {
  key: MessageKey
  /** `chat` is plain text; `ptt` a voice message. */
  type: string
  body?: string
  caption?: string
  /** Seconds since 1970. */
  t: number
  from: string
  to: string
  author?: string
  notifyName?: string
  /** -1 failed, 0 waiting, 1 with the platform, 2 with the customer, 3 read, 4 played. */
  ack?: number
  quotedMsg?: { type: string; body?: string; caption?: string }
  quotedStanzaID?: string
  quotedParticipant?: string
  directPath?: string
  mimetype?: string
  filename?: string
  filehash?: string
  encFilehash?: string
  mediaKey?: string
  mediaKeyTimestamp?: number
  size?: number
  duration?: number
  lat?: number
  lng?: number
  /** Name and address of a place, one a line. */
  loc?: string
  [attribute: string]: unknown
}

export interface WireContact {
  id: string
  /** The phone behind a LID, where WhatsApp tells it: `<digits>@c.us`. */
  phone?: string
  /** As the owner saved it. */
  name?: string
  /** As the person calls themself. */
  pushname?: string
  isBusiness: boolean
}

export interface WireChat {
  id: string
  name: string
  unread: number
  archived: boolean
  muted: boolean
  group?: { participants: string[] }
}

export type PlatformEvent =
  | { kind: 'message'; message: WireMessage; origin?: string }
  | { kind: 'contact'; contact: WireContact }
  | { kind: 'chat'; chat: WireChat }
  | { kind: 'unread'; chat: string; count: number }
  | { kind: 'change'; id: string; attributes: Record<string, unknown> }
  | { kind: 'repeat'; id: string }
  | { kind: 'remove'; id: string }

export interface Snapshot {
  /** Number of the last event that is already in here. */
  last: number
  me: { phone: string; lid: string; name: string }
  contacts: WireContact[]
  chats: WireChat[]
  /** The newest message of each chat. */
  messages: WireMessage[]
}

/** What the platform tells a page unasked. */
export type News =
  | { news: 'event'; event: PlatformEvent & { number: number } }
  | { news: 'qr'; ref: string; idle: boolean }
  | { news: 'linked'; token: string; snapshot: Snapshot }
  | { news: 'logout' | 'conflict' | 'synced' }
  | { news: 'do'; what: 'hang' | 'reload' | 'push_state' | 'iframe'; ms?: number }

/** The whole name of a message, as the library knows it. */
export function serializeKey(key: MessageKey): string {
  const parts = [key.fromMe, key.remote, key.id, ...(key.participant === undefined ? [] : [key.participant])]
  return parts.join('_')
}

/** `<digits>@c.us` of a phone however it is written; other names of chats stay as they are. */
export function toChatId(name: string): string {
  return name.includes('@') ? name : `${name.replace(/\D/g, '')}@c.us`
}
