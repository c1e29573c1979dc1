import type { Actor } from '../actor.ts'
import type { ReplyTrace } from '../agent/trace.ts'
import type { OutboundPayload } from '../channels/channel.ts'
import type { FormOfAddress, Language } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { messageLength, splitText } from '../language/split-text.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { Journal } from '../turns/journal.ts'
import type { TurnService } from '../turns/service.ts'
import type { Conversation, ConversationMode, Message, UntoldEffect } from './conversation.ts'
import { type ConversationFilter, ConversationRepository } from './repository.ts'

const longestText = 8_000

export interface ConversationDependencies {
  storage: Storage
  turns: TurnService
  outbox: Outbox
  journal: Journal
}

/**
 * Conversations and who holds them: the bot, a person, or nobody (paused). Each take-over, hand-back and owner's
 * message raises the epoch and cancels, in the same transaction, the bot's turn and its replies that have not left.
 */
export class ConversationService {
  readonly #storage: Storage
  readonly #turns: TurnService
  readonly #outbox: Outbox
  readonly #journal: Journal
  readonly #repository: ConversationRepository

  constructor(deps: ConversationDependencies) {
    this.#storage = deps.storage
    this.#turns = deps.turns
    this.#outbox = deps.outbox
    this.#journal = deps.journal
    this.#repository = new ConversationRepository(deps.storage)
  }

  list(filter: ConversationFilter): Conversation[] {
    return this.#repository.list(filter)
  }

  /** @throws DomainError `not_found` */
  get(id: string): Conversation & { untold: UntoldEffect[] } {
    const conversation = this.#repository.get(id)
    if (conversation === null) throw new DomainError('not_found', { entity: 'conversation', id })
    return { ...conversation, untold: this.#repository.untold(id) }
  }

  messages(query: { conversationId: string; before?: number; limit: number }): Message[] {
    return this.#repository.messages(
      query.conversationId,
      query.before ?? Number.MAX_SAFE_INTEGER,
      query.limit,
    )
  }

  /** Why a reply says what it says; null for messages that no turn wrote. */
  trace(messageId: string): ReplyTrace | null {
    return this.#journal.trace(messageId)
  }

  /** A person takes the conversation: the bot stops at once. */
  take(actor: Actor, id: string): void {
    this.#storage.write(actor, (tx) => this.switchMode(tx, id, 'person', 'taken'))
  }

  /** Nobody answers until somebody takes it or hands it back. */
  pause(actor: Actor, id: string): void {
    this.#storage.write(actor, (tx) => this.switchMode(tx, id, 'paused', 'paused'))
  }

  /** Back to the bot, which answers what is still unanswered. */
  handBack(actor: Actor, id: string): void {
    this.#storage.write(actor, (tx) => {
      const epoch = this.switchMode(tx, id, 'bot', '')
      this.#storage.prepare("UPDATE conversations SET loop_state = '{}' WHERE id = ?").run(id)
      const seq = this.#repository.firstUnanswered(id)
      if (seq !== null) this.#turns.schedule(tx, id, epoch, seq)
    })
  }

  /** The owner writes; that takes the conversation over. Returns the message's id. */
  send(actor: Actor, id: string, text: string): string {
    const clean = checkText(text)
    return this.#storage.write(actor, (tx) => {
      const conversation = this.get(id)
      const epoch = this.switchMode(tx, id, 'person', 'wrote')
      const messageId = this.addMessage(tx, conversation, { author: 'person', kind: 'text', text: clean })
      this.#outbox.enqueue(tx, {
        conversationId: id,
        accountId: conversation.accountId,
        messageId,
        turnId: null,
        epoch,
        author: 'person',
        parts: textParts(clean),
      })
      return messageId
    })
  }

  /** A note that only the shop sees. */
  note(actor: Actor, id: string, text: string): string {
    const clean = checkText(text)
    return this.#storage.write(actor, (tx) =>
      this.addMessage(tx, this.get(id), { author: 'person', kind: 'note', text: clean }),
    )
  }

  markRead(actor: Actor, id: string): void {
    this.#patch(actor, id, 'unread = 0')
  }

  markDone(actor: Actor, id: string, done: boolean): void {
    this.#patch(actor, id, done ? 'done_at = @now' : 'done_at = NULL')
  }

  /**
   * Changes who holds a conversation, inside a unit of work. Raises the epoch, ends the open turn and cancels queued
   * replies. Returns the new epoch.
   */
  switchMode(tx: Tx, id: string, mode: ConversationMode, reason: string): number {
    const epoch = this.#storage
      .prepare<[string, string, string, string, string], number>(
        `UPDATE conversations SET mode = ?, mode_reason = ?, epoch = epoch + 1, updated_at = ?, updated_by = ?
         WHERE id = ? AND deleted_at IS NULL RETURNING epoch`,
      )
      .pluck()
      .get(mode, reason, tx.now, tx.actor, id) as number | undefined
    if (epoch === undefined) throw new DomainError('not_found', { entity: 'conversation', id })
    this.#turns.cancelOpen(tx, id, reason === '' ? mode : reason)
    this.#outbox.cancelQueuedReplies(tx, id)
    tx.emit('conversation.changed', { conversationId: id })
    return epoch
  }

  /**
   * The bot gives the conversation to a person with its reply: what it queued still leaves, under the new epoch.
   * Returns that epoch.
   */
  handOver(tx: Tx, id: string, reason: string): number {
    const epoch = this.#storage
      .prepare<[string, string, string, string], number>(
        `UPDATE conversations SET mode = 'person', mode_reason = ?, epoch = epoch + 1, updated_at = ?, updated_by = ? WHERE id = ? RETURNING epoch`,
      )
      .pluck()
      .get(reason, tx.now, tx.actor, id) as number | undefined
    if (epoch === undefined) throw new DomainError('not_found', { entity: 'conversation', id })
    this.#outbox.carryOver(id, epoch)
    tx.emit('conversation.changed', { conversationId: id })
    tx.emit('handover.requested', { conversationId: id, reason })
    return epoch
  }

  /**
   * Tells the customer something that nobody asked for now (an order has left, a payment came in), whoever holds the
   * conversation: a take-over does not cancel it and changes nothing in who answers. Returns the message's id, or null
   * where the conversation or its channel is gone.
   */
  notify(tx: Tx, id: string, text: string, parts: readonly OutboundPayload[] = []): string | null {
    const conversation = this.#repository.reachable(id)
    if (conversation === null) return null
    const messageId = this.addMessage(tx, conversation, { author: 'system', kind: 'text', text })
    this.#outbox.enqueue(tx, {
      conversationId: id,
      accountId: conversation.accountId,
      messageId,
      turnId: null,
      epoch: conversation.epoch,
      author: 'system',
      parts: [...textParts(text), ...parts],
    })
    return messageId
  }

  /** In which language and form of address the customer is spoken to; null for what is not known yet. */
  manner(id: string): { language: Language | null; formOfAddress: FormOfAddress | null } {
    return this.#repository.manner(id)
  }

  /** Adds a message of the shop's side to a conversation. Returns its id. */
  addMessage(
    tx: Tx,
    conversation: { id: string; accountId: string; chatId: string },
    message: {
      author: 'agent' | 'person' | 'system'
      kind: 'text' | 'note' | 'photo'
      text: string
      turnId?: string
      externalId?: string
      sentAt?: string
    },
  ): string {
    const id = newId()
    const { lastInsertRowid } = this.#storage
      .prepare(
        `INSERT INTO messages (id, conversation_id, channel_account_id, chat_id, external_id, author, author_id, kind, text, sent_at, turn_id,
           created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        conversation.id,
        conversation.accountId,
        conversation.chatId,
        message.externalId ?? null,
        message.author,
        tx.actor,
        message.kind,
        message.text,
        message.sentAt ?? tx.now,
        message.turnId ?? null,
        tx.now,
        tx.now,
        tx.actor,
        tx.actor,
      )
    this.#storage
      .prepare('UPDATE conversations SET last_message_seq = ?, updated_at = ?, updated_by = ? WHERE id = ?')
      .run(Number(lastInsertRowid), tx.now, tx.actor, conversation.id)
    tx.emit('message.added', { conversationId: conversation.id, messageId: id })
    return id
  }

  #patch(actor: Actor, id: string, assignment: 'unread = 0' | 'done_at = @now' | 'done_at = NULL'): void {
    this.#storage.write(actor, (tx) => {
      const { changes } = this.#storage
        .prepare<Record<string, string>>(
          `UPDATE conversations SET ${assignment}, updated_at = @now, updated_by = @actor WHERE id = @id AND deleted_at IS NULL`,
        )
        .run({ now: tx.now, actor: tx.actor, id })
      if (changes === 0) throw new DomainError('not_found', { entity: 'conversation', id })
      tx.emit('conversation.changed', { conversationId: id })
    })
  }
}

/** A text as channels take it; long ones in several parts. */
function textParts(text: string): OutboundPayload[] {
  return splitText(text, messageLength).map((part) => ({ type: 'text', text: part }))
}

function checkText(text: string): string {
  const clean = text.trim()
  if (clean === '') throw new DomainError('conversation.empty_message')
  if (clean.length > longestText)
    throw new DomainError('input.invalid', { field: 'text', limit: longestText })
  return clean
}
