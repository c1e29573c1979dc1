import type { ChannelKind, InboundMessage } from '../channels/channel.ts'
import type { CustomerService } from '../customers/service.ts'
import { DomainError } from '../errors.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { type ChatFilter, ChatRepository, type ChatRow } from './chat-repository.ts'
import type { ChatAnswer, ChatRule } from './rules.ts'

export interface Chat {
  accountId: string
  channel: ChannelKind
  chatId: string
}

/** Chats and who is in them: one person may write under several ids, which a phone holds together. */
export class Chats {
  readonly #chats: ChatRepository
  readonly #customers: Pick<CustomerService, 'phoneKey'>

  constructor(storage: Storage, customers: Pick<CustomerService, 'phoneKey'>) {
    this.#chats = new ChatRepository(storage)
    this.#customers = customers
  }

  list(accountId: string, filter: ChatFilter): ChatRule[] {
    return this.#chats.list(accountId, filter)
  }

  /** @throws DomainError `not_found` */
  one(accountId: string, chatId: string): ChatRule {
    const rule = this.#chats.one(accountId, chatId)
    if (rule === null) throw new DomainError('not_found', { entity: 'chat_rules', id: chatId })
    return rule
  }

  rowsOfSender(accountId: string, from: InboundMessage['from']): ChatRow[] {
    return this.#chats.rowsOf(accountId, from.externalId, this.phoneOf(from.phone))
  }

  optedOut(accountId: string, chatIds: readonly string[]): boolean {
    return this.#chats.optedOut(accountId, chatIds)
  }

  /** What is known of a chat under all the ids that its person has; a group has no phone. */
  rowsOf({ accountId, channel, chatId }: Chat, known: string | null): ChatRow[] {
    const phone = isGroup(channel, chatId) ? null : (known ?? this.phoneInId(chatId))
    return this.#chats.rowsOf(accountId, chatId, phone)
  }

  /** Keeps a chat's phone and name where the platform tells them: another id of the same person is found by it. */
  note(
    tx: Tx,
    { accountId, channel, chatId }: Chat,
    { isNew, message }: { isNew: boolean; message: InboundMessage },
  ): void {
    const phone = isGroup(channel, chatId)
      ? null
      : (this.phoneOf(message.from.phone) ?? this.phoneInId(chatId))
    const existed = isNew && message.chatIsOlder === true ? 1 : 0
    const [row] = this.#chats.rowsOf(accountId, chatId, phone)
    const name = message.chatName ?? ''
    if (row?.chatId === chatId) {
      const news = (phone !== null && row.phone !== phone) || (name !== '' && row.name !== name)
      if (news || existed > row.existed)
        this.#chats.update(tx, row.id, { name, phone, ...(existed === 1 ? { existed } : {}) })
    } else if (phone !== null || existed === 1)
      this.#chats.insert(tx, accountId, { chatId, name, phone, existed, ownerFirst: 0, answer: 'default' })
  }

  /**
   * A chat that was there before any customer wrote in it. One with a conversation here is a customer's already: what is
   * known of it may have changed, and its ids are returned.
   */
  markExisting(
    tx: Tx,
    accountId: string,
    chat: { chatId: string; name?: string; phone?: string | null },
    ownerFirst: 0 | 1,
  ): string[] {
    const { chatId, name = '' } = chat
    const phone = this.phoneOf(chat.phone ?? undefined) ?? this.phoneInId(chatId)
    const rows = this.#chats.rowsOf(accountId, chatId, phone)
    const isCustomer = this.#chats.hasConversation(accountId, chatIdsOf(chatId, rows))
    const marks = isCustomer ? {} : ({ existed: 1, ...(ownerFirst === 1 ? { ownerFirst } : {}) } as const)
    const own = rows.find((row) => row.chatId === chatId)
    if (own !== undefined) this.#chats.update(tx, own.id, { name, phone, ...marks })
    else if (!isCustomer)
      this.#chats.insert(tx, accountId, { chatId, name, phone, existed: 1, ownerFirst, answer: 'default' })
    return isCustomer ? chatIdsOf(chatId, rows) : []
  }

  /** The owner's word, for every id of a person. */
  answer(
    tx: Tx,
    accountId: string,
    chatId: string,
    rows: readonly ChatRow[],
    answer: ChatAnswer,
    phone: string | null = null,
  ): void {
    for (const row of rows) {
      this.#chats.update(tx, row.id, { answer })
      this.#chats.audit(tx, row.id, { answer })
    }
    if (rows.some((row) => row.chatId === chatId)) return
    const row = { chatId, name: '', phone: phone ?? this.phoneInId(chatId), answer }
    this.#chats.audit(tx, this.#chats.insert(tx, accountId, { ...row, existed: 0, ownerFirst: 0 }), {
      answer,
    })
  }

  /** The chat that the owner means: by its id, or on a phone's account by a number however it was typed. */
  addressed(accountId: string, kind: ChannelKind, given: string): { chatId: string; phone: string | null } {
    const known = this.#chats.one(accountId, given)
    if (known !== null) return { chatId: given, phone: known.phone }
    if (kind !== 'whatsapp') {
      if (!/^-?\d+$/.test(given)) throw new DomainError('input.invalid', { field: 'chatId' })
      return { chatId: given, phone: null }
    }
    if (/^[\w.-]+@[\w.]+$/.test(given)) return { chatId: given, phone: this.phoneInId(given) }
    const typed = /^\+?[\d\s().-]+$/.test(given) ? this.#customers.phoneKey(given) : null
    if (typed === null) throw new DomainError('input.invalid', { field: 'chatId' })
    const [row] = this.#chats.rowsOf(accountId, `${typed}@c.us`, typed)
    return { chatId: row?.chatId ?? `${typed}@c.us`, phone: typed }
  }

  /** A platform's digits have their country's code, with or without a plus. */
  phoneOf(told: string | undefined): string | null {
    const digits = (told ?? '').replace(/\D/g, '')
    return digits.length < 6 ? null : digits
  }

  phoneInId(chatId: string): string | null {
    return this.phoneOf(/^(\d+)@(?:c\.us|s\.whatsapp\.net)$/.exec(chatId)?.[1])
  }
}

/** The owner's word for a person: "never" under any of their ids goes before everything. */
export function answerIn(rows: readonly ChatRow[]): ChatAnswer {
  if (rows.some((row) => row.answer === 'never')) return 'never'
  return rows.some((row) => row.answer === 'always') ? 'always' : 'default'
}

export function chatIdsOf(chatId: string, rows: readonly ChatRow[]): string[] {
  return [...new Set([chatId, ...rows.map((row) => row.chatId)])]
}

export function isGroup(channel: ChannelKind, chatId: string): boolean {
  if (channel === 'whatsapp') return chatId.endsWith('@g.us')
  return channel === 'telegram' && chatId.startsWith('-')
}
