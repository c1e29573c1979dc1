import { createHash, randomBytes } from 'node:crypto'
import type { Platform } from './platform.ts'
import { serializeKey, toChatId, type WireMessage } from './wire.ts'

export interface MediaSeed {
  content: Buffer
  mime: string
  /** Told from the type where it is absent; `ptt` is a voice message. */
  kind?: 'image' | 'ptt' | 'audio' | 'video' | 'document' | 'sticker'
  filename?: string
  seconds?: number
  /** WhatsApp has deleted the bytes: the download fails. */
  gone?: boolean
}

export interface MessageOptions {
  /** The bare id; made up where it is absent. */
  id?: string
  at?: Date
  /** The text becomes the caption. */
  media?: MediaSeed
  location?: { latitude: number; longitude: number; name?: string; address?: string }
  /** The whole id of the message that this one answers. */
  quoted?: string
  /** In groups, channels and the status list: who wrote it. */
  author?: string
  /** How the sender calls themself. */
  name?: string
  /** Any attribute of the site's messages, for what has no word here. */
  raw?: Record<string, unknown>
}

export interface HistoryOptions extends MessageOptions {
  fromMe?: boolean
  unread?: boolean
}

/** What customers and the owner's phone do. Every id given and taken is whole: `<fromMe>_<chat>_<id>[_<author>]`. */
export class People {
  readonly #platform: Platform

  constructor(platform: Platform) {
    this.#platform = platform
  }

  customerSays(chat: string, text: string, options: MessageOptions = {}): string {
    const id = this.#openChat(chat, options.name)
    const added = this.#platform.add(this.#message(id, text, options, false))
    this.#platform.setUnread(id, (this.#platform.chat(id)?.unread ?? 0) + 1)
    return added
  }

  ownerWritesOnPhone(chat: string, text: string, options: MessageOptions = {}): string {
    const id = this.#openChat(chat, undefined)
    const added = this.#platform.add(this.#message(id, text, options, true))
    this.#platform.setUnread(id, 0)
    return added
  }

  /** A message of before: nobody hears of it as something new, and it counts as read unless `unread`. */
  history(chat: string, text: string, options: HistoryOptions): string {
    const id = this.#openChat(chat, options.name)
    const added = this.#platform.add(this.#message(id, text, options, options.fromMe ?? false))
    if (options.unread === true) this.#platform.setUnread(id, (this.#platform.chat(id)?.unread ?? 0) + 1)
    return added
  }

  customerEdits(id: string, text: string): void {
    const message = this.#platform.message(id)
    const words = message.directPath === undefined ? { body: text } : { caption: text }
    this.#platform.change(id, { ...words, latestEditSenderTimestampMs: Date.now() })
  }

  customerDeletes(id: string): void {
    const emptied = { body: null, caption: null, directPath: null, mimetype: null }
    this.#platform.change(id, { type: 'revoked', subtype: 'sender', ...emptied })
  }

  /** Marks everything that was sent to the chat: 2 delivered, 3 read, 4 played. */
  customerConfirms(chat: string, ack: 2 | 3 | 4): void {
    for (const message of this.#platform.messagesOf(toChatId(chat))) {
      const before = message.ack ?? 0
      if (message.key.fromMe && before > 0 && before < ack) {
        this.#platform.change(serializeKey(message.key), { ack })
      }
    }
  }

  #openChat(chat: string, name: string | undefined): string {
    const id = toChatId(chat)
    if (this.#platform.chat(id) !== undefined || id.endsWith('@broadcast')) return id
    if (id.endsWith('@g.us')) return this.#platform.addChat({ group: id, name })
    if (id.endsWith('@newsletter')) return this.#platform.addChat({ newsletter: id, name })
    return this.#platform.addChat(id.endsWith('@lid') ? { lid: id, name } : { phone: id, name })
  }

  #message(chat: string, text: string, options: MessageOptions, fromMe: boolean): WireMessage {
    const { me } = this.#platform
    const own = chat.endsWith('@lid') ? me.lid : me.phone
    const many = !/@(c\.us|lid)$/.test(chat)
    const author = many ? (fromMe ? own : toChatId(options.author ?? '5491100000001')) : undefined
    const id = options.id ?? randomBytes(16).toString('hex').toUpperCase()
    const key = { fromMe, remote: chat, id, ...(author === undefined ? {} : { participant: author }) }
    return {
      key,
      t: Math.floor((options.at?.getTime() ?? Date.now()) / 1000),
      from: fromMe ? own : chat,
      to: fromMe ? chat : own,
      author,
      notifyName: fromMe ? me.name : (options.name ?? this.#platform.contact(author ?? chat)?.pushname),
      ack: 1,
      ...this.#content(text, options),
      ...this.#quote(options.quoted),
      ...options.raw,
    }
  }

  #content(text: string, options: MessageOptions): { type: string; [attribute: string]: unknown } {
    const { media, location } = options
    if (location !== undefined) {
      const { latitude, longitude, name, address } = location
      const loc =
        name === undefined ? undefined : [name, address].filter((line) => line !== undefined).join('\n')
      return { type: 'location', lat: latitude, lng: longitude, loc, body: '/9j/4AAQSkZJRgABAQ' }
    }
    if (media === undefined) return { type: 'chat', body: text }
    const filehash = createHash('sha256').update(media.content).digest('base64')
    const directPath = this.#platform.keepMedia(media.content, media.mime)
    if (media.gone === true) this.#platform.media.delete(directPath)
    return {
      type: media.kind ?? kindOf(media.mime),
      caption: text === '' ? undefined : text,
      directPath,
      mimetype: media.mime,
      filename: media.filename,
      duration: media.seconds === undefined ? undefined : String(media.seconds),
      filehash,
      encFilehash: filehash,
      mediaKey: randomBytes(32).toString('base64'),
      mediaKeyTimestamp: Math.floor(Date.now() / 1000),
      size: media.content.length,
    }
  }

  #quote(id: string | undefined): Partial<WireMessage> {
    if (id === undefined) return {}
    const { key, type, body, caption, author, from } = this.#platform.message(id)
    return { quotedMsg: { type, body, caption }, quotedStanzaID: key.id, quotedParticipant: author ?? from }
  }
}

function kindOf(mime: string): string {
  const kind = mime.split('/')[0] ?? ''
  return ['image', 'audio', 'video'].includes(kind) ? kind : 'document'
}
