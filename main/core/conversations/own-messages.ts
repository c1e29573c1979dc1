import type { ChannelCapabilities, OutboundPayload } from '../channels/channel.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { messageLength, splitText } from '../language/split-text.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { OwnFile } from './conversation.ts'

const longestText = 8_000
/** What every messenger takes under a picture. */
const usualCaption = 1_024
/** Pictures that messengers show; others go as files. */
const shownPictures: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp'])

export interface OwnMessage {
  author: 'agent' | 'person' | 'system'
  kind: 'text' | 'note' | 'photo' | 'document' | 'voice' | 'video' | 'location' | 'sticker' | 'other'
  text: string
  turnId?: string
  externalId?: string
  replyToId?: string
  sentAt?: string
  /** Found when looking for what was written while nobody listened here. */
  missed?: boolean
}

/** Where a message goes. */
export interface Place {
  id: string
  accountId: string
  chatId: string
}

/** Messages of the shop's side: stores them, and queues what is to leave. */
export class OwnMessages {
  readonly #storage: Storage
  readonly #outbox: Outbox
  readonly #capabilities: (accountId: string) => ChannelCapabilities | null

  constructor(
    storage: Storage,
    outbox: Outbox,
    capabilities: (accountId: string) => ChannelCapabilities | null,
  ) {
    this.#storage = storage
    this.#outbox = outbox
    this.#capabilities = capabilities
  }

  /** Stores a message. Returns its id. */
  add(tx: Tx, place: Place, message: OwnMessage): string {
    const id = newId()
    const { lastInsertRowid } = this.#storage
      .prepare(
        `INSERT INTO messages (id, conversation_id, channel_account_id, chat_id, external_id, author, author_id, kind, text, reply_to_id,
           sent_at, turn_id, backlog, created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        place.id,
        place.accountId,
        place.chatId,
        message.externalId ?? null,
        message.author,
        tx.actor,
        message.kind,
        message.text,
        message.replyToId ?? null,
        message.sentAt ?? tx.now,
        message.turnId ?? null,
        message.missed === true ? 1 : 0,
        tx.now,
        tx.now,
        tx.actor,
        tx.actor,
      )
    // Who writes has read what was there.
    const read = message.author === 'person' && message.missed !== true ? 1 : 0
    this.#storage
      .prepare(
        `UPDATE conversations SET last_message_seq = ?, unread = iif(?, 0, unread), person_at = iif(?, ?, person_at),
           updated_at = ?, updated_by = ? WHERE id = ?`,
      )
      .run(Number(lastInsertRowid), read, read, tx.now, tx.now, tx.actor, place.id)
    tx.emit('message.added', { conversationId: place.id, messageId: id })
    return id
  }

  /** Stores what a person writes and queues it. Returns the message's id. */
  send(tx: Tx, place: Place, epoch: number, said: { text: string; file?: OwnFile }): string {
    const { text, file } = said
    const payload = file === undefined ? null : filePayload(file)
    const messageId = this.add(tx, place, {
      author: 'person',
      kind: payload === null ? 'text' : payload.type,
      text,
    })
    if (file !== undefined && payload !== null) this.#attach(tx, messageId, payload.type, file)
    const capabilities = this.#capabilities(place.accountId)
    const caption = Math.min(capabilities?.captionLength ?? usualCaption, usualCaption)
    const under = payload !== null && text.length <= caption
    const parts = [
      ...(payload === null ? [] : [{ ...payload, caption: under ? text : '' }]),
      ...(under || text === '' ? [] : textParts(text, capabilities?.textLength)),
    ]
    this.queue(tx, place, { messageId, epoch, author: 'person', parts })
    return messageId
  }

  queue(
    tx: Tx,
    place: Place,
    message: {
      messageId: string
      epoch: number
      author: 'person' | 'system'
      parts: readonly OutboundPayload[]
    },
  ): void {
    this.#outbox.enqueue(tx, {
      conversationId: place.id,
      accountId: place.accountId,
      turnId: null,
      ...message,
    })
  }

  #attach(tx: Tx, messageId: string, kind: 'photo' | 'document', file: OwnFile): void {
    this.#storage
      .prepare(
        `INSERT INTO attachments (id, message_id, position, kind, state, media_hash, mime, name, size, created_at, updated_at)
         VALUES (?, ?, 0, ?, 'stored', ?, ?, ?, ?, ?, ?)`,
      )
      .run(newId(), messageId, kind, file.hash, file.mime, file.name, file.size, tx.now, tx.now)
  }
}

function filePayload(file: OwnFile): Exclude<OutboundPayload, { type: 'text' }> {
  const { hash, mime, name } = file
  return shownPictures.has(mime)
    ? { type: 'photo', mediaHash: hash, url: null, caption: '' }
    : { type: 'document', mediaHash: hash, name, mime, caption: '' }
}

/** A text as channels take it; long ones in several parts. */
export function textParts(text: string, longest: number = messageLength): OutboundPayload[] {
  return splitText(text, longest).map((part) => ({ type: 'text', text: part }))
}

/** @throws DomainError `conversation.empty_message`, `input.invalid` */
export function checkText(text: string): string {
  const clean = text.trim()
  if (clean === '') throw new DomainError('conversation.empty_message')
  if (clean.length > longestText)
    throw new DomainError('input.invalid', { field: 'text', limit: longestText })
  return clean
}
