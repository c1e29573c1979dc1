import { createHash } from 'node:crypto'
import { PlatformLog, type SentMessage } from './log.ts'
import {
  type PlatformEvent,
  type Snapshot,
  serializeKey,
  toChatId,
  type WireChat,
  type WireContact,
  type WireMessage,
} from './wire.ts'

/** Somebody or something that the account has a chat with. One of `phone`, `lid`, `group`, `newsletter` names it. */
export interface ChatSeed {
  /** In digits or as `<digits>@c.us`. Beside `lid`: the phone that WhatsApp tells about the LID. */
  phone?: string
  /** `<digits>@lid`: the chat is known by this name, whatever the phone is. */
  lid?: string
  /** `<digits>@g.us`. */
  group?: string
  /** `<digits>@newsletter`. */
  newsletter?: string
  /** How the person calls themself, or the group's subject. */
  name?: string
  /** How the owner saved the person in the phone. */
  savedAs?: string
  participants?: string[]
  isBusiness?: boolean
  archived?: boolean
  muted?: boolean
}

export type Refusal = 'error' | 'throws'

type NumberedEvent = PlatformEvent & { number: number }

const earlierAtOnce = 20

/** The truth behind every page: the account, its chats and people, every message, what was sent. */
export class Platform {
  readonly log = new PlatformLog()
  readonly media = new Map<string, { content: Buffer; mime: string }>()
  readonly sent: SentMessage[] = []
  readonly me: Snapshot['me']
  readonly refusals = new Map<string, Refusal>()
  readonly unregistered = new Set<string>()
  readonly #chats = new Map<string, WireChat>()
  readonly #contacts = new Map<string, WireContact>()
  readonly #messages = new Map<string, WireMessage>()
  readonly #events: NumberedEvent[] = []
  readonly #listener: (event: NumberedEvent) => void

  constructor(me: { phone: string; lid: string; name: string }, listener: (event: NumberedEvent) => void) {
    this.me = { ...me, phone: toChatId(me.phone) }
    this.#listener = listener
  }

  addChat(seed: ChatSeed): string {
    const id = seed.group ?? seed.newsletter ?? seed.lid ?? toChatId(seed.phone ?? '')
    const isPerson = seed.group === undefined && seed.newsletter === undefined
    if (isPerson) {
      const phone = seed.phone === undefined ? undefined : toChatId(seed.phone)
      const isBusiness = seed.isBusiness ?? false
      const contact: WireContact = { id, phone, name: seed.savedAs, pushname: seed.name, isBusiness }
      this.#contacts.set(id, contact)
      this.announce({ kind: 'contact', contact })
    }
    const name = seed.savedAs ?? seed.name ?? `+${id.split('@')[0]}`
    const group = seed.group === undefined ? undefined : { participants: this.#participants(seed) }
    const archived = seed.archived ?? false
    const unread = this.#chats.get(id)?.unread ?? 0
    const chat: WireChat = { id, name, unread, archived, muted: seed.muted ?? false, group }
    this.#chats.set(id, chat)
    this.announce({ kind: 'chat', chat })
    return id
  }

  chat(id: string): WireChat | undefined {
    return this.#chats.get(id)
  }

  message(id: string): WireMessage {
    const found = this.#messages.get(id)
    if (found === undefined) throw new Error(`no message ${id}`)
    return found
  }

  messagesOf(chat: string): WireMessage[] {
    return [...this.#messages.values()].filter((message) => message.key.remote === chat)
  }

  knownMessages(ids: readonly string[]): WireMessage[] {
    return ids.flatMap((id) => this.#messages.get(id) ?? [])
  }

  contact(id: string): WireContact | undefined {
    return this.#contacts.get(id)
  }

  /** Is there such an account at all? */
  exists(id: string): boolean {
    return !this.unregistered.has(id)
  }

  /** Keeps a message and tells the pages, except the one that it came from. */
  add(message: WireMessage, origin?: string): string {
    const id = serializeKey(message.key)
    this.#messages.set(id, message)
    this.announce({ kind: 'message', message, origin })
    return id
  }

  change(id: string, attributes: Record<string, unknown>): void {
    Object.assign(this.message(id), attributes)
    this.announce({ kind: 'change', id, attributes })
  }

  remove(id: string): void {
    this.#messages.delete(id)
    this.announce({ kind: 'remove', id })
  }

  setUnread(chat: string, count: number): void {
    const known = this.#chats.get(chat)
    if (known === undefined || known.unread === count) return
    known.unread = count
    this.announce({ kind: 'unread', chat, count })
  }

  announce(event: PlatformEvent): void {
    const numbered = { ...event, number: this.#events.length + 1 }
    this.#events.push(numbered)
    this.#listener(numbered)
  }

  /** What a page with this session has not heard yet. */
  missed(after: number, token: string): NumberedEvent[] {
    return this.#events.slice(after).filter((event) => !isOwn(event, token))
  }

  snapshot(): Snapshot {
    const newest = [...this.#chats.keys()].flatMap((chat) => byTime(this.messagesOf(chat)).at(-1) ?? [])
    return {
      last: this.#events.length,
      me: this.me,
      contacts: [...this.#contacts.values()],
      chats: [...this.#chats.values()],
      messages: newest,
    }
  }

  /** The messages before those that a page has loaded, newest last. */
  earlier(chat: string, loaded: readonly string[]): WireMessage[] {
    const known = new Set(loaded)
    const others = byTime(this.messagesOf(chat)).filter((message) => !known.has(serializeKey(message.key)))
    return others.slice(-earlierAtOnce)
  }

  keepMedia(content: Buffer, mime: string): string {
    const path = `/media/${createHash('sha256').update(content).digest('hex')}-${this.media.size + 1}`
    this.media.set(path, { content, mime })
    return path
  }

  /** Takes a message of a linked device; one that it has already is not delivered again. */
  accept(message: WireMessage, token: string): { result: string; ack: number } {
    const id = serializeKey(message.key)
    const chat = message.key.remote
    const known = this.#messages.get(id)
    if (known !== undefined) {
      this.log.add({ kind: 'repeated', id })
      return { result: 'OK', ack: known.ack ?? 1 }
    }
    const sent = this.#toSent(id, message)
    const refusal = this.refusals.get(chat)
    if (refusal !== undefined) {
      this.log.add({ kind: 'refused', chat, id, text: sent.text })
      return { result: refusal === 'throws' ? 'throws' : 'ERROR_UNKNOWN', ack: -1 }
    }
    if (!this.#chats.has(chat)) this.addChat({ phone: chat })
    this.add({ ...message, ack: 1 }, token)
    this.sent.push(sent)
    this.log.add({ kind: 'sent', message: sent })
    return { result: 'OK', ack: 1 }
  }

  #participants(seed: ChatSeed): string[] {
    return [this.me.phone, ...(seed.participants ?? []).map(toChatId)]
  }

  #toSent(id: string, message: WireMessage): SentMessage {
    const file = message.directPath === undefined ? undefined : this.media.get(message.directPath)
    const place =
      message.lat === undefined || message.lng === undefined
        ? null
        : { latitude: message.lat, longitude: message.lng, description: message.loc ?? null }
    return {
      id,
      chat: message.key.remote,
      type: message.type,
      text: (file === undefined ? message.body : message.caption) ?? '',
      media:
        file === undefined
          ? null
          : {
              content: file.content,
              sha256: createHash('sha256').update(file.content).digest('hex'),
              mime: message.mimetype ?? file.mime,
              filename: message.filename ?? null,
            },
      location: place,
      quotedId: message.quotedStanzaID ?? null,
    }
  }
}

/** The page that a message came from has it already. */
export function isOwn(event: PlatformEvent, token: string | undefined): boolean {
  return event.kind === 'message' && event.origin !== undefined && event.origin === token
}

function byTime(messages: WireMessage[]): WireMessage[] {
  return messages.toSorted((one, other) => one.t - other.t)
}
