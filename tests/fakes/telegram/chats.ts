import { createHash } from 'node:crypto'
import { refusal } from './faults.ts'
import type { UpdateQueue } from './updates.ts'

export interface CustomerProfile {
  id: number
  name: string
  lastName?: string
  username?: string
  language?: string
  isBot?: boolean
  /** Writes in this group instead of a private chat. */
  group?: { id: number; title: string }
}

/** A message that reached a customer. */
export interface SentMessage {
  messageId: number
  chatId: number
  method: 'sendMessage' | 'sendPhoto' | 'sendDocument'
  /** Text or caption. */
  text: string
  /** The address of a photo that Telegram was asked to fetch. */
  url: string | null
  /** Bytes of an uploaded file. */
  file: { name: string; content: Buffer } | null
  replyTo: number | null
}

/** A person (or another bot) at the other end. Each call makes one update. */
export interface Customer {
  readonly chatId: number
  /** Gives the message's id. */
  say(text: string, options?: { replyTo?: number }): number
  edit(messageId: number, text: string): void
  photo(content: Buffer, caption?: string): number
  document(content: Buffer, name: string, mime: string, caption?: string): number
  voice(content: Buffer): number
  location(latitude: number, longitude: number): number
  sticker(emoji: string, content: Buffer): number
  /** Any message of the Bot API, for what has no word of its own here. */
  raw(fields: Record<string, unknown>): number
  /** The texts that this chat received, in order. */
  received(): string[]
  /** Every send to this chat is refused from now on (403). */
  block(): void
}

const textLimit = 4096
const captionLimit = 1024
const photoLimit = 10 * 1024 * 1024
const downloadLimit = 20 * 1024 * 1024

/** The chats behind the fake server: who may be written to, what was said, which files there are. */
export class FakeChats {
  readonly sent: SentMessage[] = []
  readonly #updates: UpdateQueue
  readonly #changed: () => void
  readonly #blocked = new Set<number>()
  readonly #known = new Map<number, Record<string, unknown>>()
  readonly #files = new Map<string, { path: string; content: Buffer }>()
  readonly #messages = new Map<string, Record<string, unknown>>()
  #nextMessage = 1

  constructor(updates: UpdateQueue, changed: () => void) {
    this.#updates = updates
    this.#changed = changed
  }

  knows(chatId: unknown): boolean {
    return this.#known.has(Number(chatId))
  }

  customer(profile: CustomerProfile): Customer {
    const chat = toChat(profile)
    const chatId = profile.group?.id ?? profile.id
    this.#known.set(chatId, chat)
    const write = (fields: Record<string, unknown>): number => this.#write(profile, chat, fields)
    const attach = (content: Buffer, extra: object): object => ({ ...this.#keep(content), ...extra })
    return {
      chatId,
      say: (text, options) => write({ text, ...this.#replyTo(chatId, options?.replyTo) }),
      edit: (messageId, text) => this.#edit(chatId, messageId, text),
      photo: (content, caption) =>
        write({ photo: photoSizes(this.#keep(content)), ...(caption === undefined ? {} : { caption }) }),
      document: (content, name, mime, caption) =>
        write({
          document: attach(content, { file_name: name, mime_type: mime }),
          ...(caption === undefined ? {} : { caption }),
        }),
      voice: (content) => write({ voice: attach(content, { duration: 3, mime_type: 'audio/ogg' }) }),
      location: (latitude, longitude) => write({ location: { latitude, longitude } }),
      sticker: (emoji, content) =>
        write({
          sticker: attach(content, {
            type: 'regular',
            emoji,
            is_animated: false,
            is_video: false,
            width: 512,
            height: 512,
          }),
        }),
      raw: write,
      received: () => this.sent.filter((message) => message.chatId === chatId).map((message) => message.text),
      block: () => void this.#blocked.add(chatId),
    }
  }

  file(fileId: string): object {
    const file = this.#files.get(fileId)
    if (file === undefined)
      return refusal(400, 'Bad Request: wrong file_id or the file is temporarily unavailable')
    if (file.content.length > downloadLimit) return refusal(400, 'Bad Request: file is too big')
    return {
      ok: true,
      result: {
        file_id: fileId,
        file_unique_id: fileId,
        file_size: file.content.length,
        file_path: file.path,
      },
    }
  }

  contentOf(path: string): Buffer | null {
    for (const file of this.#files.values()) if (file.path === path) return file.content
    return null
  }

  /** Takes a message of the bot, or refuses it as the Bot API would. */
  accept(
    method: string,
    payload: Record<string, unknown>,
    files: readonly { name: string; fileName: string | null; content: Buffer }[],
    from: Record<string, unknown>,
  ): object {
    const chatId = Number(payload.chat_id)
    const chat = this.#known.get(chatId)
    if (chat === undefined) return refusal(400, 'Bad Request: chat not found')
    if (this.#blocked.has(chatId)) return refusal(403)
    const text = String((method === 'sendmessage' ? payload.text : payload.caption) ?? '')
    const limit = method === 'sendmessage' ? textLimit : captionLimit
    if (method === 'sendmessage' && text.trim() === '')
      return refusal(400, 'Bad Request: message text is empty')
    if (text.length > limit) {
      return refusal(400, `Bad Request: ${method === 'sendmessage' ? 'message' : 'caption'} is too long`)
    }
    const media = readMedia(method, payload, files)
    if (media === null) return refusal(400, 'Bad Request: there is no photo in the request')
    if (method === 'sendphoto' && (media.file?.content.length ?? 0) > photoLimit) {
      return refusal(413, 'Request Entity Too Large')
    }
    const replyTo = replyTarget(payload)
    if (replyTo !== null && !replyTo.optional && !this.#messages.has(`${chatId}/${replyTo.id}`)) {
      return refusal(400, 'Bad Request: message to be replied not found')
    }
    const message: SentMessage = {
      messageId: this.#nextMessage,
      chatId,
      method: names[method] ?? 'sendMessage',
      text,
      ...media,
      replyTo: replyTo?.id ?? null,
    }
    this.#nextMessage += 1
    this.sent.push(message)
    const date = Math.floor(Date.now() / 1000)
    const result = {
      message_id: message.messageId,
      from,
      chat,
      date,
      ...(method === 'sendmessage' ? { text } : { caption: text }),
    }
    this.#messages.set(`${chatId}/${message.messageId}`, result)
    return { ok: true, result }
  }

  #write(profile: CustomerProfile, chat: Record<string, unknown>, fields: Record<string, unknown>): number {
    const messageId = this.#nextMessage
    this.#nextMessage += 1
    const from = {
      id: profile.id,
      is_bot: profile.isBot ?? false,
      first_name: profile.name,
      last_name: profile.lastName,
      username: profile.username,
      language_code: profile.language ?? 'es',
    }
    const message = { message_id: messageId, from, chat, date: Math.floor(Date.now() / 1000), ...fields }
    this.#messages.set(`${Number(chat.id)}/${messageId}`, message)
    this.#updates.push({ message })
    this.#changed()
    return messageId
  }

  #edit(chatId: number, messageId: number, text: string): void {
    const before = this.#messages.get(`${chatId}/${messageId}`)
    if (before === undefined) throw new Error(`no message ${messageId} in chat ${chatId}`)
    const words = 'text' in before ? { text } : { caption: text }
    const edited = { ...before, ...words, edit_date: Math.floor(Date.now() / 1000) }
    this.#messages.set(`${chatId}/${messageId}`, edited)
    this.#updates.push({ edited_message: edited })
    this.#changed()
  }

  #replyTo(chatId: number, messageId: number | undefined): object {
    if (messageId === undefined) return {}
    return { reply_to_message: this.#messages.get(`${chatId}/${messageId}`) }
  }

  #keep(content: Buffer): { file_id: string; file_unique_id: string; file_size: number } {
    const id = createHash('sha256').update(content).digest('base64url').slice(0, 20)
    this.#files.set(id, { path: `files/${id}`, content })
    return { file_id: id, file_unique_id: id, file_size: content.length }
  }
}

const names: Record<string, SentMessage['method']> = {
  sendmessage: 'sendMessage',
  sendphoto: 'sendPhoto',
  senddocument: 'sendDocument',
}

function toChat(profile: CustomerProfile): Record<string, unknown> {
  if (profile.group !== undefined)
    return { id: profile.group.id, type: 'supergroup', title: profile.group.title }
  return { id: profile.id, type: 'private', first_name: profile.name, username: profile.username }
}

function photoSizes(file: { file_id: string; file_unique_id: string; file_size: number }): object[] {
  const small = {
    file_id: `small-${file.file_id}`,
    file_unique_id: `small-${file.file_unique_id}`,
    file_size: 10,
  }
  return [
    { ...small, width: 90, height: 60 },
    { ...file, width: 900, height: 600 },
  ]
}

function readMedia(
  method: string,
  payload: Record<string, unknown>,
  files: readonly { name: string; fileName: string | null; content: Buffer }[],
): Pick<SentMessage, 'url' | 'file'> | null {
  if (method === 'sendmessage') return { url: null, file: null }
  const value = String(payload[method === 'sendphoto' ? 'photo' : 'document'] ?? '')
  if (/^https?:/.test(value)) return { url: value, file: null }
  const attached = files.find((file) => value === `attach://${file.name}`)
  if (attached === undefined) return null
  return { url: null, file: { name: attached.fileName ?? '', content: attached.content } }
}

function replyTarget(payload: Record<string, unknown>): { id: number; optional: boolean } | null {
  const parameters = payload.reply_parameters
  if (typeof parameters !== 'object' || parameters === null || !('message_id' in parameters)) return null
  const optional =
    'allow_sending_without_reply' in parameters && parameters.allow_sending_without_reply === true
  return { id: Number(parameters.message_id), optional }
}
