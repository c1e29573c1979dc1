import type { ChannelKind, InboundEdit, InboundMessage, InboundRemoval } from '../channels/channel.ts'
import type { ConversationMode } from '../conversations/conversation.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { Sender } from '../customers/customer.ts'
import type { CustomerService } from '../customers/service.ts'
import type { GovernorService } from '../governor/service.ts'
import type { ProbePoint } from '../host.ts'
import { newId } from '../ids.ts'
import { isOff } from '../mutants.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { TurnService } from '../turns/service.ts'
import type { WakeService } from '../wake/service.ts'
import { LoopStop } from './loop-stop.ts'
import { type Held, takesOver } from './own-message.ts'

export type ReceiveResult =
  | { status: 'new'; conversationId: string; messageId: string; attachments: number }
  | { status: 'repeat' | 'echo' | 'ignored' }

export interface InboxDependencies {
  storage: Storage
  customers: CustomerService
  conversations: ConversationService
  turns: TurnService
  outbox: Outbox
  governor: Pick<GovernorService, 'hears' | 'admit' | 'ownerWroteFirst' | 'incident'>
  /** Knows when nobody listened, and what waits for the owner's look; without it only the channel tells what was missed. */
  wake?: Pick<WakeService, 'isBacklog' | 'overtake'>
  /** Quiet time after which what a person took goes back; null or absent for never. */
  handBackMinutes?: () => number | null
  probe(point: ProbePoint): void
}

interface ConversationRow {
  id: string
  mode: ConversationMode
  epoch: number
  loop_state: string
  channel: ChannelKind
}

const longestText = 16_000

/** Where messages come in: one transaction each, and a repeat is a no-op. */
export class Inbox {
  readonly #storage: Storage
  readonly #deps: InboxDependencies
  readonly #loops: LoopStop

  constructor(deps: InboxDependencies) {
    this.#storage = deps.storage
    this.#deps = deps
    this.#loops = new LoopStop(deps.storage, deps.conversations, deps.governor)
  }

  /**
   * Finds or makes the customer and the conversation, stores the message and schedules a turn, all or nothing. The
   * channel acknowledges to its platform only after this returned.
   * @throws DomainError `storage.*` when it could not be committed; nothing is stored and the same message may come again.
   */
  receive(accountId: string, message: InboundMessage): ReceiveResult {
    if (!this.#deps.governor.hears(accountId, message)) return { status: 'ignored' }
    return this.#storage.write('system', (tx) => {
      if (this.#known(accountId, message.chatId, message.externalId)) return { status: 'repeat' as const }
      const result = message.own
        ? this.#receiveOwn(tx, accountId, message)
        : this.#receiveCustomer(tx, accountId, message)
      this.#deps.probe('receive.before_commit')
      return result
    })
  }

  /** The conversation with a sender, made now if there was none. */
  open(accountId: string, chatId: string, sender: Sender): string {
    return this.#storage.write('system', (tx) => {
      const customerId = this.#deps.customers.resolve(tx, accountId, sender)
      return this.#conversation(tx, accountId, chatId, customerId).id
    })
  }

  /** A customer changed a message. What it said before is kept. */
  edit(accountId: string, edit: InboundEdit): void {
    this.#storage.write('system', (tx) => {
      const message = this.#message(accountId, edit.chatId, edit.externalId)
      if (message === undefined || message.text === edit.text) return
      this.#storage
        .prepare('INSERT INTO message_edits (message_id, at, text_before) VALUES (?, ?, ?)')
        .run(message.id, tx.now, message.text)
      this.#storage
        .prepare('UPDATE messages SET text = ?, edited_at = ?, updated_at = ? WHERE id = ?')
        .run(edit.text.slice(0, longestText), new Date(edit.at).toISOString(), tx.now, message.id)
      tx.emit('message.changed', { conversationId: message.conversation_id, messageId: message.id })
    })
  }

  /** A customer deleted a message: it stays in the database, marked. */
  remove(accountId: string, removal: InboundRemoval): void {
    this.#storage.write('system', (tx) => {
      const message = this.#message(accountId, removal.chatId, removal.externalId)
      if (message === undefined) return
      this.#storage
        .prepare('UPDATE messages SET removed_at = ?, updated_at = ? WHERE id = ?')
        .run(new Date(removal.at).toISOString(), tx.now, message.id)
      tx.emit('message.changed', { conversationId: message.conversation_id, messageId: message.id })
    })
  }

  #receiveCustomer(tx: Tx, accountId: string, message: InboundMessage): ReceiveResult {
    const customerId = this.#deps.customers.resolve(tx, accountId, message.from)
    const known = this.#findConversation(accountId, message.chatId)
    const conversation =
      known ?? this.#make(accountId, message.chatId, this.#holder(tx, accountId, message) ?? customerId, tx)
    const stored = this.#insert(tx, accountId, conversation.id, `customer:${customerId}`, message)
    const overtaken = this.#deps.wake?.overtake(tx, conversation.id) ?? null
    this.#storage
      .prepare(
        `UPDATE conversations SET last_message_seq = ?, unread = unread + 1, done_at = NULL, updated_at = ?, updated_by = ? WHERE id = ?`,
      )
      .run(stored.seq, tx.now, tx.actor, conversation.id)
    tx.emit('message.added', { conversationId: conversation.id, messageId: stored.id })
    const conversationId = conversation.id
    const isNew = known === undefined
    const admitted = this.#deps.governor.admit(tx, { conversationId, isNew, message })
    const held = this.#findConversation(accountId, message.chatId) ?? conversation
    const stopped = this.#loops.stops(tx, accountId, held, message)
    if (!stopped && admitted.answer) {
      // What waited for the owner's look is answered together with what the customer writes now.
      const first = Math.min(stored.seq, overtaken ?? stored.seq)
      this.#deps.turns.schedule(tx, conversation.id, admitted.epoch, first)
    }
    return {
      status: 'new',
      conversationId: conversation.id,
      messageId: stored.id,
      attachments: message.attachments.length,
    }
  }

  /** A message from the shop's own account: an echo of what we sent, or the owner writing outside the app. */
  #receiveOwn(tx: Tx, accountId: string, message: InboundMessage): ReceiveResult {
    const conversation = this.#findConversation(accountId, message.chatId)
    const isEcho = this.#deps.outbox.matchEcho(tx, accountId, conversation?.id ?? null, message)
    if (isEcho) return { status: 'echo' }
    if (conversation === undefined) {
      // Who writes there later answers the owner, not the assistant.
      const { chatId, chatName: name } = message
      this.#deps.governor.ownerWroteFirst(tx, accountId, { chatId, ...(name === undefined ? {} : { name }) })
      return { status: 'ignored' }
    }
    const takes = takesOver(
      message,
      this.#held(conversation.id),
      Date.parse(tx.now),
      this.#deps.handBackMinutes?.() ?? null,
    )
    if (takes) this.#deps.conversations.switchMode(tx, conversation.id, 'person', 'wrote_outside')
    const replyTo = this.#repliedTo(accountId, message)
    const messageId = this.#deps.conversations.addMessage(
      tx,
      { id: conversation.id, accountId, chatId: message.chatId },
      {
        author: 'person',
        kind: message.attachments[0]?.kind ?? 'text',
        text: message.text.slice(0, longestText),
        externalId: message.externalId,
        ...(replyTo === null ? {} : { replyToId: replyTo }),
        sentAt: new Date(message.sentAt).toISOString(),
        missed: message.missed === true,
      },
    )
    this.#attach(tx, messageId, message)
    const attachments = message.attachments.length
    return { status: 'new', conversationId: conversation.id, messageId, attachments }
  }

  #held(conversationId: string): Held {
    const row = this.#storage
      .prepare<[string], Held>(
        `SELECT c.mode, c.mode_reason AS modeReason, c.mode_since AS modeSince, (SELECT max(m.sent_at) FROM messages m
           WHERE m.conversation_id = c.id AND m.author = 'customer' AND m.removed_at IS NULL) AS newestCustomerAt
         FROM conversations c WHERE c.id = ?`,
      )
      .get(conversationId)
    if (row === undefined) throw new Error('the conversation was just found')
    return row
  }

  #insert(
    tx: Tx,
    accountId: string,
    conversationId: string,
    author: string,
    message: InboundMessage,
  ): { id: string; seq: number } {
    const id = newId()
    const externalId = isOff('inbox.unique_message') ? `${message.externalId}#${id}` : message.externalId
    const { lastInsertRowid } = this.#storage
      .prepare(
        `INSERT INTO messages (id, conversation_id, channel_account_id, chat_id, external_id, author, kind, text, reply_to_id, sent_at, backlog,
           created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, ?, 'customer', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        conversationId,
        accountId,
        message.chatId,
        externalId,
        message.attachments[0]?.kind ?? 'text',
        message.text.slice(0, longestText),
        this.#repliedTo(accountId, message),
        new Date(message.sentAt).toISOString(),
        (this.#deps.wake?.isBacklog(accountId, message) ?? message.missed === true) ? 1 : 0,
        tx.now,
        tx.now,
        author,
        author,
      )
    this.#attach(tx, id, message)
    return { id, seq: Number(lastInsertRowid) }
  }

  #repliedTo(accountId: string, { chatId, replyToExternalId }: InboundMessage): string | null {
    if (replyToExternalId === undefined) return null
    return this.#message(accountId, chatId, replyToExternalId)?.id ?? null
  }

  /** What came along is fetched after the commit. */
  #attach(tx: Tx, messageId: string, message: InboundMessage): void {
    const attach = this.#storage.prepare(
      `INSERT INTO attachments (id, message_id, position, kind, state, mime, name, size, reference, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    message.attachments.forEach((attachment, position) => {
      attach.run(
        newId(),
        messageId,
        position,
        attachment.kind,
        attachment.kind === 'location' ? 'stored' : 'pending',
        attachment.mime ?? null,
        attachment.name ?? null,
        attachment.size ?? null,
        JSON.stringify(attachment.reference),
        tx.now,
        tx.now,
      )
    })
  }

  /** A group is a customer of its own: what is known of one who writes in it is not for the others. */
  #holder(tx: Tx, accountId: string, { chatId, chatKind, chatName }: InboundMessage): string | null {
    if (chatKind !== 'group') return null
    return this.#deps.customers.resolve(tx, accountId, { externalId: chatId, name: chatName ?? '' })
  }

  #conversation(tx: Tx, accountId: string, chatId: string, customerId: string): ConversationRow {
    return this.#findConversation(accountId, chatId) ?? this.#make(accountId, chatId, customerId, tx)
  }

  #make(accountId: string, chatId: string, customerId: string, tx: Tx): ConversationRow {
    const actor = `customer:${customerId}`
    this.#storage
      .prepare(
        `INSERT INTO conversations (id, customer_id, channel_account_id, chat_id, created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(newId(), customerId, accountId, chatId, tx.now, tx.now, actor, actor)
    const made = this.#findConversation(accountId, chatId)
    if (made === undefined) throw new Error('conversation was not stored')
    return made
  }

  #findConversation(accountId: string, chatId: string): ConversationRow | undefined {
    return this.#storage
      .prepare<[string, string], ConversationRow>(
        `SELECT c.id, c.mode, c.epoch, c.loop_state, a.kind AS channel FROM conversations c
         JOIN channel_accounts a ON a.id = c.channel_account_id
         WHERE c.channel_account_id = ? AND c.chat_id = ? AND c.deleted_at IS NULL`,
      )
      .get(accountId, chatId)
  }

  #known(accountId: string, chatId: string, externalId: string): boolean {
    return this.#message(accountId, chatId, externalId) !== undefined
  }

  #message(
    accountId: string,
    chatId: string,
    externalId: string,
  ): { id: string; text: string; conversation_id: string } | undefined {
    return this.#storage
      .prepare<[string, string, string], { id: string; text: string; conversation_id: string }>(
        'SELECT id, text, conversation_id FROM messages WHERE channel_account_id = ? AND chat_id = ? AND external_id = ?',
      )
      .get(accountId, chatId, externalId)
  }
}
