import type { FormOfAddress, Language } from '../engines/engine.ts'
import type { JsonValue } from '../json.ts'
import type { OutboxState } from '../outbox/service.ts'
import type { Storage } from '../storage/storage.ts'
import type {
  Conversation,
  ConversationMode,
  Message,
  MessageAttachment,
  MessageAuthor,
  UntoldEffect,
} from './conversation.ts'

interface ConversationRow extends Omit<Conversation, 'lastMessage'> {
  lastAuthor: MessageAuthor | null
  lastText: string | null
  lastAt: string | null
}

const select = `SELECT c.id, c.customer_id AS customerId, cu.name AS customerName, c.channel_account_id AS accountId, a.kind AS channel,
    c.chat_id AS chatId, c.mode, c.mode_reason AS modeReason, c.mode_since AS modeSince, c.epoch, c.language, c.unread, c.done_at AS doneAt,
    c.last_message_seq AS lastMessageSeq, c.updated_at AS updatedAt, m.author AS lastAuthor, m.text AS lastText, m.sent_at AS lastAt
  FROM conversations c
  JOIN customers cu ON cu.id = c.customer_id
  JOIN channel_accounts a ON a.id = c.channel_account_id
  LEFT JOIN messages m ON m.seq = c.last_message_seq`

export interface ConversationFilter {
  mode?: ConversationMode
  text?: string
  limit: number
  /** `lastMessageSeq` of the last row of the page before. */
  before?: number
}

export class ConversationRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  get(id: string): Conversation | null {
    const row = this.#storage.prepare<[string], ConversationRow>(`${select} WHERE c.id = ?`).get(id)
    return row === undefined ? null : toConversation(row)
  }

  /** A conversation whose channel is still there. */
  reachable(id: string): Conversation | null {
    const row = this.#storage
      .prepare<[string], ConversationRow>(
        `${select} WHERE c.id = ? AND c.deleted_at IS NULL AND a.deleted_at IS NULL`,
      )
      .get(id)
    return row === undefined ? null : toConversation(row)
  }

  manner(id: string): { language: Language | null; formOfAddress: FormOfAddress | null } {
    const row = this.#storage
      .prepare<[string], { language: Language | null; formOfAddress: FormOfAddress | null }>(
        'SELECT language, form_of_address AS formOfAddress FROM conversations WHERE id = ?',
      )
      .get(id)
    return row ?? { language: null, formOfAddress: null }
  }

  list(filter: ConversationFilter): Conversation[] {
    const text = filter.text?.trim() ?? ''
    return this.#storage
      .prepare<Record<string, string | number | null>, ConversationRow>(
        `${select} WHERE c.deleted_at IS NULL AND c.last_message_seq > 0
           AND (@mode IS NULL OR c.mode = @mode) AND c.last_message_seq < @before
           AND (@text = '' OR instr(lower(cu.name), lower(@text)) > 0
             OR EXISTS (SELECT 1 FROM messages x WHERE x.conversation_id = c.id AND x.removed_at IS NULL AND instr(lower(x.text), lower(@text)) > 0))
         ORDER BY c.last_message_seq DESC LIMIT @limit`,
      )
      .all({
        mode: filter.mode ?? null,
        before: filter.before ?? Number.MAX_SAFE_INTEGER,
        text,
        limit: filter.limit,
      })
      .map(toConversation)
  }

  /** Newest page first in time order: the `limit` messages before `before`, oldest first. */
  messages(conversationId: string, before: number, limit: number): Message[] {
    const rows = this.#storage
      .prepare<[string, number, number], MessageRow>(
        `SELECT m.seq, m.id, m.conversation_id AS conversationId, m.author, m.kind, m.text, m.reply_to_id AS replyToId,
           m.sent_at AS sentAt, m.edited_at AS editedAt, m.removed_at AS removedAt, m.understanding,
           EXISTS (SELECT 1 FROM traces t WHERE t.message_id = m.id) AS hasTrace,
           (SELECT group_concat(o.state) FROM outbox o WHERE o.message_id = m.id) AS states,
           (SELECT o.error FROM outbox o WHERE o.message_id = m.id AND o.error IS NOT NULL AND o.state <> 'sent' ORDER BY o.part LIMIT 1) AS deliveryReason
         FROM messages m WHERE m.conversation_id = ? AND m.seq < ? ORDER BY m.seq DESC LIMIT ?`,
      )
      .all(conversationId, before, limit)
    return rows.reverse().map((row) => ({
      seq: row.seq,
      id: row.id,
      conversationId: row.conversationId,
      author: row.author,
      kind: row.kind,
      text: row.removedAt === null ? row.text : '',
      replyToId: row.replyToId,
      sentAt: row.sentAt,
      editedAt: row.editedAt,
      removedAt: row.removedAt,
      understanding: row.understanding === null ? null : (JSON.parse(row.understanding) as JsonValue),
      delivery: worstState(row.states),
      deliveryReason: row.deliveryReason,
      hasTrace: row.hasTrace === 1,
      attachments: this.#attachments(row.id),
    }))
  }

  /** The first customer message since anybody of the shop last wrote, or null when the last word is ours. */
  firstUnanswered(conversationId: string): number | null {
    const seq = this.#storage
      .prepare<[string, string], number | null>(
        `SELECT min(seq) FROM messages WHERE conversation_id = ? AND author = 'customer' AND removed_at IS NULL AND seq > coalesce(
           (SELECT max(seq) FROM messages WHERE conversation_id = ? AND author IN ('agent', 'person') AND kind <> 'note'), 0)`,
      )
      .pluck()
      .get(conversationId, conversationId) as number | null
    return seq
  }

  untold(conversationId: string): UntoldEffect[] {
    return this.#storage
      .prepare<[string], { turnId: string; tool: string; arguments: string; at: string }>(
        `SELECT c.turn_id AS turnId, c.tool, c.arguments, c.created_at AS at FROM turns t JOIN tool_calls c ON c.turn_id = t.id
         WHERE t.conversation_id = ? AND t.state = 'cancelled' AND c.effect = 1 AND json_extract(c.result, '$.ok') = 1
         ORDER BY t.seq DESC, c.step, c.call LIMIT 20`,
      )
      .all(conversationId)
      .map((row) => ({ ...row, arguments: JSON.parse(row.arguments) as JsonValue }))
  }

  #attachments(messageId: string): MessageAttachment[] {
    return this.#storage
      .prepare<[string], MessageAttachment>(
        `SELECT id, kind, state, media_hash AS mediaHash, mime, name, size, error FROM attachments WHERE message_id = ? ORDER BY position`,
      )
      .all(messageId)
  }
}

interface MessageRow {
  seq: number
  id: string
  conversationId: string
  author: MessageAuthor
  kind: string
  text: string
  replyToId: string | null
  sentAt: string
  editedAt: string | null
  removedAt: string | null
  understanding: string | null
  hasTrace: number
  states: string | null
  deliveryReason: string | null
}

const worstFirst: readonly OutboxState[] = ['unknown', 'failed', 'cancelled', 'sending', 'queued', 'sent']

function worstState(states: string | null): OutboxState | null {
  if (states === null) return null
  const all = states.split(',')
  return worstFirst.find((state) => all.includes(state)) ?? null
}

function toConversation(row: ConversationRow): Conversation {
  const { lastAuthor, lastText, lastAt, ...rest } = row
  return {
    ...rest,
    lastMessage:
      lastAuthor === null || lastAt === null
        ? null
        : { author: lastAuthor, text: lastText ?? '', at: lastAt },
  }
}
