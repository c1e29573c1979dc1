import { isOff } from '../../mutants.ts'
import type { AttachmentKind, InboundAttachment, InboundMessage } from '../channel.ts'
import type { LibraryMessage } from './library-message.ts'
import type { PageSender } from './page-chats.ts'
import type { PageMe } from './page-state.ts'

/** Types of messages that are nobody's words: the site's own notes, reactions, and what it could not read. */
const SILENT = new Set([
  'e2e_notification',
  'call_log',
  'protocol',
  'revoked',
  'ciphertext',
  'gp2',
  'notification',
  'notification_template',
  'group_notification',
  'broadcast_notification',
  'newsletter_notification',
  'debug',
  'reaction',
  'pinned_message',
  'keep_in_chat',
  'poll_update',
  'event_response',
  'album',
])

/** Types whose words lie in the body; elsewhere a body may be a picture. */
const SPOKEN = new Set([
  'chat',
  'list_response',
  'buttons_response',
  'template_button_reply',
  'interactive_response',
  'hsm',
])

const KINDS: Record<string, AttachmentKind> = {
  image: 'photo',
  video: 'video',
  ptv: 'video',
  ptt: 'voice',
  audio: 'document',
  document: 'document',
  sticker: 'sticker',
  vcard: 'other',
  multi_vcard: 'other',
}

/** Whether a message is told at all: nothing from the status list and newsletters, groups only where they are wanted. */
export function isWanted(message: LibraryMessage, groups: boolean): boolean {
  if (SILENT.has(message.type) || message.isStatusV3 === true) return false
  return chatKind(message.id.chatId) === 'private' || (groups && chatKind(message.id.chatId) === 'group')
}

export function chatKind(chatId: string): InboundMessage['chatKind'] {
  if (/@(c\.us|lid)$/.test(chatId)) return 'private'
  return chatId.endsWith('@g.us') ? 'group' : 'broadcast'
}

/** Who wrote: in a private chat the chat itself, in a group the author. */
export function authorOf(message: LibraryMessage, me: PageMe): string {
  const { id, author, from } = message
  if (id.fromMe) return me.phoneId ?? me.lid ?? from ?? id.chatId
  if (chatKind(id.chatId) === 'private') return id.chatId
  return author ?? id.participant ?? id.chatId
}

/** Digits of a phone's id; null for anything else. A LID is no phone. */
export function phoneDigits(id: string | null): string | null {
  const anybody = isOff('whatsapp.lid_is_no_phone') ? /^(\d+)@lid$/.exec(id ?? '') : null
  const [, digits] = /^(\d+)(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/.exec(id ?? '') ?? anybody ?? []
  return digits ?? null
}

export interface MapContext {
  me: PageMe
  /** Null where the page could not be asked. */
  sender: PageSender | null
  missed: boolean
}

export function toInbound(message: LibraryMessage, { me, sender, missed }: MapContext): InboundMessage {
  const { id } = message
  const author = authorOf(message, me)
  const phone = phoneDigits(author) ?? phoneDigits(sender?.phoneId ?? null)
  const quoted = quotedId(message, me)
  const kind = chatKind(id.chatId)
  const name = id.fromMe ? me.name : nameOf(message, sender, phone)
  return {
    chatId: id.chatId,
    chatKind: kind,
    externalId: id.whole,
    from: { externalId: author, name, ...(phone === null ? {} : { phone }), isBot: false },
    sentAt: message.t * 1000,
    text: textOf(message),
    ...(quoted === null ? {} : { replyToExternalId: quoted }),
    attachments: attachmentsOf(message),
    own: id.fromMe,
    ...(sender?.chatName ? { chatName: sender.chatName } : {}),
    ...(kind === 'group' && !id.fromMe ? { addressed: isAddressed(message, me) } : {}),
    ...(sender?.older === true ? { chatIsOlder: true } : {}),
    ...(missed ? { missed: true } : {}),
  }
}

/** The words of a message: text or caption, a poll's question. */
export function textOf(message: LibraryMessage): string {
  if (SPOKEN.has(message.type)) return message.body ?? ''
  if (message.type === 'poll_creation') return message.pollName ?? ''
  if (message.type === 'document' && message.caption === message.filename) return ''
  return message.caption ?? ''
}

function nameOf(message: LibraryMessage, sender: PageSender | null, phone: string | null): string {
  const said = message.notifyName || sender?.pushName || sender?.savedName
  return said || (phone === null ? 'WhatsApp' : `+${phone}`)
}

function attachmentsOf(message: LibraryMessage): InboundAttachment[] {
  if (message.type === 'location' || message.type === 'live_location') return placeOf(message)
  const kind = KINDS[message.type]
  if (kind !== undefined) return [fileOf(message, kind)]
  // Something that has no words here: the owner sees at least that it came.
  return textOf(message) === '' ? [{ kind: 'other', reference: referenceTo(message) }] : []
}

function fileOf(message: LibraryMessage, kind: AttachmentKind): InboundAttachment {
  const isCard = message.type.endsWith('vcard')
  const mime = isCard ? 'text/vcard' : message.mimetype
  const name = message.filename ?? (isCard ? message.vcardFormattedName : undefined)
  return {
    kind,
    ...(mime === undefined ? {} : { mime }),
    ...(name === undefined ? {} : { name }),
    ...(message.size === undefined ? {} : { size: message.size }),
    reference: referenceTo(message),
  }
}

function placeOf(message: LibraryMessage): InboundAttachment[] {
  const { lat, lng, loc } = message
  if (lat === undefined || lng === undefined) return []
  const name = loc?.split('\n')[0] ?? ''
  return [
    { kind: 'location', reference: { latitude: lat, longitude: lng, ...(name === '' ? {} : { name }) } },
  ]
}

function referenceTo({ id }: LibraryMessage): Record<string, string> {
  return { chatId: id.chatId, messageId: id.whole }
}

function isAddressed(message: LibraryMessage, me: PageMe): boolean {
  return message.mentionedJidList.some((id) => isMe(id, me)) || isMe(message.quotedParticipant ?? null, me)
}

function isMe(id: string | null, me: PageMe): boolean {
  const bare = id?.replace(/:\d+@/, '@').replace('@s.whatsapp.net', '@c.us')
  return bare !== undefined && (bare === me.phoneId || bare === me.lid)
}

/** The whole id of the message that this one answers, put together as the site does. */
function quotedId(message: LibraryMessage, me: PageMe): string | null {
  const { quotedStanzaID, quotedParticipant, id } = message
  if (quotedStanzaID === undefined || quotedStanzaID === '') return null
  const own = isMe(quotedParticipant ?? null, me)
  const author = chatKind(id.chatId) === 'group' && quotedParticipant ? [quotedParticipant] : []
  return [own, id.chatId, quotedStanzaID, ...author].join('_')
}
