import type { ChannelKind } from '../channels/channel.ts'
import type { ConversationMode } from '../conversations/conversation.ts'
import type { Language } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { Storage } from '../storage/storage.ts'
import { understand } from '../understanding/service.ts'

export interface ConversationRow {
  id: string
  accountId: string
  chatId: string
  channel: ChannelKind
  mode: ConversationMode
  reason: string
  epoch: number
  language: Language | null
  optedOutAt: string | null
  senderId: string | null
  username: string | null
  phone: string | null
}

/** What the rules look at in a conversation. */
export class GovernedConversations {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** @throws DomainError `not_found` */
  get(id: string): ConversationRow {
    const row = this.#storage
      .prepare<[string], ConversationRow>(
        `SELECT c.id, c.channel_account_id AS accountId, c.chat_id AS chatId, a.kind AS channel, c.mode, c.mode_reason AS reason,
           c.epoch, c.language, c.opted_out_at AS optedOutAt, i.external_id AS senderId, i.username,
           (SELECT r.phone FROM chat_rules r WHERE r.channel_account_id = c.channel_account_id AND r.chat_id = c.chat_id AND r.deleted_at IS NULL) AS phone
         FROM conversations c JOIN channel_accounts a ON a.id = c.channel_account_id
         LEFT JOIN customer_identities i ON i.customer_id = c.customer_id AND i.channel_account_id = c.channel_account_id AND i.deleted_at IS NULL
         WHERE c.id = ? LIMIT 1`,
      )
      .get(id)
    if (row === undefined) throw new DomainError('not_found', { entity: 'conversation', id })
    return row
  }

  in(accountId: string, chatIds: readonly string[]): string[] {
    return this.#storage
      .prepare<[string, string], string>(
        `SELECT id FROM conversations WHERE channel_account_id = ? AND deleted_at IS NULL
           AND chat_id IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .all(accountId, JSON.stringify(chatIds)) as string[]
  }

  /** What the assistant said last. */
  lastReply(id: string): string {
    return (this.#storage
      .prepare<[string], string>(
        `SELECT text FROM messages WHERE conversation_id = ? AND author = 'agent' ORDER BY seq DESC LIMIT 1`,
      )
      .pluck()
      .get(id) ?? '') as string
  }

  /** In which the customer is spoken to: as before, else as they write. "STOP" is a word of every language. */
  languageOf(conversation: ConversationRow, locale: string): Language {
    if (conversation.language !== null) return conversation.language
    const said = this.#storage
      .prepare<[string], string>(
        "SELECT text FROM messages WHERE conversation_id = ? AND author = 'customer' ORDER BY seq DESC LIMIT 5",
      )
      .pluck()
      .all(conversation.id) as string[]
    const words = said.filter((text) => !/^\W*(?:stop|start)\W*$/i.test(text))
    return understand(words.join('\n')).language ?? (locale.startsWith('en') ? 'en' : 'es')
  }
}
