import type { Message, Update } from 'grammy/types'
import type { InboundAttachment, InboundEdit, InboundMessage } from '../channel.ts'
import { type BotIdentity, isAddressed } from './addressed.ts'

/** What an update means to the shop. */
export type InboundEvent = { type: 'message'; message: InboundMessage } | { type: 'edit'; edit: InboundEdit }

/**
 * Maps an update; null for what says nothing to a shop (somebody joined, a pinned message, a moved live location). `bot`:
 * who is spoken to in groups.
 */
export function toInbound(update: Update, bot?: BotIdentity): InboundEvent | null {
  if (update.message !== undefined) {
    const message = toMessage(update.message, bot)
    return message === null ? null : { type: 'message', message }
  }
  if (update.edited_message !== undefined) {
    const edit = toEdit(update.edited_message)
    return edit === null ? null : { type: 'edit', edit }
  }
  return null
}

function toMessage(message: Message, bot: BotIdentity | undefined): InboundMessage | null {
  const attachments = toAttachments(message)
  const text = toText(message)
  if (text === '' && attachments.length === 0) return null
  const replyTo = replyToId(message)
  const chatKind = toChatKind(message.chat.type)
  return {
    chatId: String(message.chat.id),
    chatKind,
    externalId: String(message.message_id),
    from: toSender(message),
    sentAt: message.date * 1000,
    text,
    ...(replyTo === null ? {} : { replyToExternalId: replyTo }),
    attachments,
    own: false,
    ...(chatKind === 'group' && message.chat.title !== undefined ? { chatName: message.chat.title } : {}),
    ...(chatKind === 'group' && bot !== undefined ? { addressed: isAddressed(message, bot) } : {}),
  }
}

function toEdit(message: Message): InboundEdit | null {
  if (message.location !== undefined) return null
  return {
    chatId: String(message.chat.id),
    externalId: String(message.message_id),
    text: toText(message),
    at: (message.edit_date ?? message.date) * 1000,
  }
}

function toChatKind(type: Message['chat']['type']): InboundMessage['chatKind'] {
  if (type === 'private') return 'private'
  return type === 'channel' ? 'broadcast' : 'group'
}

function toSender(message: Message): InboundMessage['from'] {
  const { from, sender_chat: chat } = message
  // An anonymous admin or a linked channel writes as a chat.
  if (chat !== undefined || from === undefined) {
    const sender = chat ?? message.chat
    const name = ('title' in sender ? sender.title : undefined) ?? sender.username ?? ''
    return { externalId: String(sender.id), name, username: sender.username, isBot: false }
  }
  const name = [from.first_name, from.last_name].filter((part) => part !== undefined && part !== '').join(' ')
  const phone = message.contact?.user_id === from.id ? message.contact?.phone_number : undefined
  return {
    externalId: String(from.id),
    name,
    username: from.username,
    ...(phone === undefined ? {} : { phone }),
    isBot: from.is_bot,
    languageCode: from.language_code,
  }
}

/** The words of a message: its text or caption, or what stands for them (a sticker's emoji, a place's address). */
function toText(message: Message): string {
  const { venue, contact, poll } = message
  if (message.text !== undefined)
    return isStart(message) ? greeting(message.from?.language_code) : message.text
  if (message.caption !== undefined) return message.caption
  if (message.sticker !== undefined) return message.sticker.emoji ?? ''
  if (message.dice !== undefined) return message.dice.emoji
  if (venue !== undefined) return [venue.title, venue.address].filter((line) => line !== '').join('\n')
  if (poll !== undefined)
    return [poll.question, ...poll.options.map((option) => `– ${option.text}`)].join('\n')
  if (contact === undefined) return ''
  const name = [contact.first_name, contact.last_name]
    .filter((part) => part !== undefined && part !== '')
    .join(' ')
  return `${name} ${contact.phone_number}`.trim()
}

/** The button with which every chat with a bot begins; what follows the command is a link's parameter. */
function isStart(message: Message): boolean {
  return message.chat.type === 'private' && /^\/start(?:@\w+)?(?:\s+[\w-]{1,64})?$/.test(message.text ?? '')
}

/** What pressing it means: "/start" is Telegram's word, not the customer's. Spain's other languages go with Spanish. */
function greeting(language = 'es'): string {
  return /^(?:es|ca|gl|eu)\b/.test(language) ? 'Hola' : 'Hello'
}

function replyToId(message: Message): string | null {
  const target = message.reply_to_message
  if (target === undefined || target.chat.id !== message.chat.id) return null
  // In a topic every message "replies" to the one that opened the topic.
  if (message.is_topic_message === true && target.message_id === message.message_thread_id) return null
  return String(target.message_id)
}

function toAttachments(message: Message): InboundAttachment[] {
  const { photo, document, voice, audio, video, sticker, location } = message
  // The sizes of one photo, smallest first.
  const largest = photo?.at(-1)
  if (largest !== undefined) return [file('photo', { ...largest, mime_type: 'image/jpeg' })]
  if (voice !== undefined) return [file('voice', voice)]
  if (audio !== undefined) return [file('document', audio)]
  if (video !== undefined) return [file('video', video)]
  if (message.video_note !== undefined)
    return [file('video', { ...message.video_note, mime_type: 'video/mp4' })]
  // A GIF carries a document beside its animation, for old clients.
  if (message.animation !== undefined) return [file('video', message.animation)]
  if (document !== undefined) return [file('document', document)]
  if (sticker !== undefined) return [file('sticker', { ...sticker, mime_type: stickerMime(sticker) })]
  if (location !== undefined) {
    const { latitude, longitude } = location
    return [{ kind: 'location', reference: { latitude, longitude } }]
  }
  return []
}

function stickerMime(sticker: { is_animated: boolean; is_video: boolean }): string {
  if (sticker.is_video) return 'video/webm'
  return sticker.is_animated ? 'application/gzip' : 'image/webp'
}

interface TelegramFile {
  file_id: string
  file_unique_id: string
  file_size?: number
  mime_type?: string
  file_name?: string
}

function file(kind: InboundAttachment['kind'], source: TelegramFile): InboundAttachment {
  return {
    kind,
    ...(source.mime_type === undefined ? {} : { mime: source.mime_type }),
    ...(source.file_name === undefined ? {} : { name: source.file_name }),
    ...(source.file_size === undefined ? {} : { size: source.file_size }),
    reference: { fileId: source.file_id, fileUniqueId: source.file_unique_id },
  }
}
