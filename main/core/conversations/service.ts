import type { Actor } from '../actor.ts'
import type { ReplyTrace } from '../agent/trace.ts'
import type { ChannelCapabilities, OutboundPayload } from '../channels/channel.ts'
import type { FormOfAddress, Language } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { Journal } from '../turns/journal.ts'
import type { TurnService } from '../turns/service.ts'
import type { Conversation, ConversationMode, Message, OwnFile, UntoldEffect } from './conversation.ts'
import { checkText, type OwnMessage, OwnMessages, type Place, textParts } from './own-messages.ts'
import { type ConversationFilter, ConversationRepository } from './repository.ts'
import { returnedReason } from './returning.ts'
import { firstUnanswered } from './unanswered.ts'

export interface ConversationDependencies {
  storage: Storage
  turns: TurnService
  outbox: Outbox
  journal: Journal
  /** Quiet time after which what a person took goes back; null for never. Never where it is absent. */
  handBackMinutes?: () => number | null
  capabilities?: (accountId: string) => ChannelCapabilities | null
  /** Why the shop's rules keep the assistant from answering there; null when they do not. */
  refusal?: (tx: Tx, conversationId: string) => string | null
  /** The owner gives the conversation to the assistant, whatever the rules say of its contact. */
  allow?: (tx: Tx, conversationId: string) => void
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
  readonly #deps: ConversationDependencies
  readonly #repository: ConversationRepository
  readonly #messages: OwnMessages

  constructor(deps: ConversationDependencies) {
    this.#deps = deps
    this.#storage = deps.storage
    this.#turns = deps.turns
    this.#outbox = deps.outbox
    this.#journal = deps.journal
    this.#repository = new ConversationRepository(deps.storage, deps.handBackMinutes ?? (() => null))
    this.#messages = new OwnMessages(deps.storage, deps.outbox, deps.capabilities ?? (() => null))
    deps.outbox.whenWithdrawn((tx, id) => this.#answerAfterAll(tx, id))
  }

  list(filter: ConversationFilter): Conversation[] {
    return this.#repository.list(filter)
  }

  /** Conversations that wait for a person, counted up to `most`. */
  countWaiting(most: number): number {
    return this.#repository.countWaiting(most)
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
    this.#storage.write(actor, (tx) => this.giveBack(tx, id))
  }

  /** The same inside a unit of work. The word of a person goes before the shop's rules. */
  giveBack(tx: Tx, id: string): void {
    this.#deps.allow?.(tx, id)
    this.#toBot(tx, id, '')
  }

  /** Nothing keeps the assistant from answering there any more. */
  resume(tx: Tx, id: string): void {
    this.#toBot(tx, id, '')
  }

  /** By itself, as after a quiet time: only where the shop's rules let the assistant answer. Gives what it is now. */
  returnByItself(tx: Tx, id: string, reason: string = returnedReason): 'bot' | 'paused' {
    const refusal = this.#deps.refusal?.(tx, id) ?? null
    if (refusal !== null) {
      this.switchMode(tx, id, 'paused', refusal)
      return 'paused'
    }
    this.#toBot(tx, id, reason)
    tx.emit('conversation.returned', { conversationId: id })
    return 'bot'
  }

  /**
   * The owner writes, with a file or without; that takes the conversation over. Returns the message's id.
   * @throws DomainError `not_found`, `conversation.empty_message`, `conversation.channel_gone`, `input.invalid`
   */
  send(actor: Actor, id: string, text: string, file?: OwnFile): string {
    return this.#storage.write(actor, (tx) => this.write(tx, id, text, file))
  }

  /** The same inside a unit of work. */
  write(tx: Tx, id: string, text: string, file?: OwnFile): string {
    const clean = file !== undefined && text.trim() === '' ? '' : checkText(text)
    const place = this.#reachable(id)
    const epoch = this.switchMode(tx, id, 'person', 'wrote')
    return this.#messages.send(tx, place, epoch, { text: clean, ...(file === undefined ? {} : { file }) })
  }

  /**
   * Sends what a person let go as it is without taking the conversation: an answer, not a take-over. The bot's turn and
   * its replies that have not left are dropped. Returns the message's id.
   */
  answerFor(tx: Tx, id: string, text: string): string {
    const clean = checkText(text)
    const place = this.#reachable(id)
    const { mode, modeReason } = place
    const epoch = this.switchMode(tx, id, mode, mode === 'person' ? 'draft_sent' : modeReason)
    return this.#messages.send(tx, place, epoch, { text: clean })
  }

  /** A note that only the shop sees. */
  note(actor: Actor, id: string, text: string): string {
    const clean = checkText(text)
    return this.#storage.write(actor, (tx) =>
      this.addMessage(tx, this.get(id), { author: 'person', kind: 'note', text: clean }),
    )
  }

  /** Gives the conversation to a person, or to nobody in particular. The bot stops where it had it. */
  assign(actor: Actor, id: string, personId: string | null): void {
    this.#storage.write(actor, (tx) => {
      const { mode } = this.get(id)
      if (personId !== null && mode !== 'person') this.switchMode(tx, id, 'person', 'assigned')
      this.#storage
        .prepare(
          'UPDATE conversations SET assigned_to = ?, person_at = ?, updated_at = ?, updated_by = ? WHERE id = ?',
        )
        .run(personId, tx.now, tx.now, tx.actor, id)
      tx.emit('conversation.changed', { conversationId: id })
    })
  }

  /** Somebody left the shop: nobody in particular has their conversations now. */
  unassignAll(actor: Actor, personId: string): void {
    this.#storage.write(actor, (tx) => {
      const ids = this.#storage
        .prepare<[string, string, string], { id: string }>(
          `UPDATE conversations SET assigned_to = NULL, updated_at = ?, updated_by = ?
           WHERE assigned_to = ? AND deleted_at IS NULL RETURNING id`,
        )
        .all(tx.now, tx.actor, personId)
      for (const { id } of ids) tx.emit('conversation.changed', { conversationId: id })
    })
  }

  /** The first customer message that nobody has answered yet; null when the last word is ours. */
  firstUnanswered(id: string): number | null {
    return firstUnanswered(this.#storage, id)
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
    const person = tx.actor.startsWith('person:') || reason === 'wrote_outside' ? tx.now : null
    const epoch = this.#storage
      .prepare<Record<string, string | null>, number>(
        `UPDATE conversations SET mode = @mode, mode_reason = @reason, mode_since = iif(mode = @mode, mode_since, @now),
           person_at = coalesce(@person, person_at), epoch = epoch + 1, updated_at = @now, updated_by = @actor
         WHERE id = @id AND deleted_at IS NULL RETURNING epoch`,
      )
      .pluck()
      .get({ mode, reason, person, now: tx.now, actor: tx.actor, id }) as number | undefined
    if (epoch === undefined) throw new DomainError('not_found', { entity: 'conversation', id })
    this.#turns.cancelOpen(tx, id, reason === '' ? mode : reason)
    this.#outbox.cancelQueuedReplies(tx, id)
    tx.emit('conversation.changed', { conversationId: id })
    return epoch
  }

  /**
   * Stops what the bot is writing before it says anything, and changes nothing in who holds the conversation: the turn
   * goes on later where it was, and what is queued stays.
   */
  interrupt(tx: Tx, id: string): void {
    const open = this.#turns.openOf(id)
    if (open === null) return
    const epoch = this.#storage
      .prepare<[string, string, string], number>(
        'UPDATE conversations SET epoch = epoch + 1, updated_at = ?, updated_by = ? WHERE id = ? RETURNING epoch',
      )
      .pluck()
      .get(tx.now, tx.actor, id) as number
    this.#turns.hold(tx, open.id, epoch)
    this.#outbox.carryOver(id, epoch)
  }

  /**
   * The bot gives the conversation to a person with its reply: what it queued still leaves, under the new epoch.
   * Returns that epoch.
   */
  handOver(tx: Tx, id: string, reason: string): number {
    const epoch = this.#storage
      .prepare<Record<string, string>, number>(
        `UPDATE conversations SET mode = 'person', mode_reason = @reason, mode_since = iif(mode = 'person', mode_since, @now),
           epoch = epoch + 1, updated_at = @now, updated_by = @actor WHERE id = @id RETURNING epoch`,
      )
      .pluck()
      .get({ reason, now: tx.now, actor: tx.actor, id }) as number | undefined
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
    this.#messages.queue(tx, conversation, {
      messageId,
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
  addMessage(tx: Tx, place: Place, message: OwnMessage): string {
    return this.#messages.add(tx, place, message)
  }

  #toBot(tx: Tx, id: string, reason: string): void {
    this.switchMode(tx, id, 'bot', reason)
    this.#storage.prepare("UPDATE conversations SET loop_state = '{}' WHERE id = ?").run(id)
    this.schedule(tx, id)
  }

  /** Lets the bot answer what nobody has answered, where it has the conversation. */
  schedule(tx: Tx, id: string): void {
    const conversation = this.#repository.get(id)
    if (conversation?.mode !== 'bot') return
    const seq = this.firstUnanswered(id)
    if (seq !== null) this.#turns.schedule(tx, id, conversation.epoch, seq)
  }

  /**
   * A reply of before a take-over that counted as on its way did not leave after all. What was made behind it since has
   * not left either and did not know of it: all of that is answered anew.
   */
  #answerAfterAll(tx: Tx, id: string): void {
    const conversation = this.#repository.get(id)
    if (conversation?.mode !== 'bot') return
    this.switchMode(tx, id, 'bot', conversation.modeReason)
    this.schedule(tx, id)
  }

  #reachable(id: string): Conversation {
    const conversation = this.#repository.reachable(id)
    if (conversation === null) {
      this.get(id)
      throw new DomainError('conversation.channel_gone', { id })
    }
    return conversation
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
