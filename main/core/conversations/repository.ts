import { z } from 'zod'
import type { FormOfAddress, Language } from '../engines/engine.ts'
import type { JsonValue } from '../json.ts'
import type { OutboxState } from '../outbox/service.ts'
import type { Storage } from '../storage/storage.ts'
import type {
  Conversation,
  ConversationMode,
  ConversationSelection,
  Message,
  MessageAttachment,
  MessageAuthor,
  UntoldEffect,
} from './conversation.ts'
import { returnsAt } from './returning.ts'

interface ConversationRow extends Omit<Conversation, 'lastMessage' | 'handBackAt'> {
  lastAuthor: MessageAuthor | null
  lastKind: string | null
  lastText: string | null
  lastAt: string | null
  lastHeardAt: string | null
}

// CROSS: SQLite begins with the conversations, in the order of their index, however few customers there are.
const select = `SELECT c.id, c.customer_id AS customerId, cu.name AS customerName, coalesce(cu.phone, r.phone) AS customerPhone, c.channel_account_id AS accountId, a.kind AS channel,
    c.chat_id AS chatId, c.mode, c.mode_reason AS modeReason, c.mode_since AS modeSince, c.epoch, c.language, c.unread, c.done_at AS doneAt,
    c.last_message_seq AS lastMessageSeq, c.updated_at AS updatedAt, c.assigned_to AS assignedTo, c.person_at AS personAt,
    c.opted_out_at AS optedOutAt, coalesce(r.answer, 'default') AS answer,
    (SELECT d.id FROM reply_drafts d WHERE d.conversation_id = c.id AND d.state IN ('waiting', 'ready')) AS draftId,
    m.author AS lastAuthor, m.kind AS lastKind, iif(m.removed_at IS NULL, m.text, '') AS lastText, m.sent_at AS lastAt,
    m.created_at AS lastHeardAt
  FROM conversations c
  CROSS JOIN customers cu ON cu.id = c.customer_id
  CROSS JOIN channel_accounts a ON a.id = c.channel_account_id
  LEFT JOIN messages m ON m.seq = c.last_message_seq
  LEFT JOIN chat_rules r ON r.channel_account_id = c.channel_account_id AND r.chat_id = c.chat_id AND r.deleted_at IS NULL`

/** Each as its index has it, so that a page costs the same however many conversations there are. */
const selections: Readonly<Record<ConversationSelection, string>> = {
  unread: 'c.unread > 0',
  waiting: "c.done_at IS NULL AND (c.mode = 'person' OR instr(c.mode_reason, 'loop_') = 1)",
  done: 'c.done_at IS NOT NULL',
  mine: 'c.assigned_to = @person',
}

export interface ConversationFilter {
  mode?: ConversationMode
  only?: ConversationSelection
  /** Whose `mine` are. */
  person?: string
  text?: string
  limit: number
  /** `lastMessageSeq` of the last row of the page before. */
  before?: number
}

const holdsText = `(instr(lower(cu.name), lower(@text)) > 0 OR EXISTS (SELECT 1 FROM messages x
  WHERE x.conversation_id = c.id AND x.removed_at IS NULL AND instr(lower(x.text), lower(@text)) > 0))`

export class ConversationRepository {
  readonly #storage: Storage
  readonly #handBackMinutes: () => number | null

  constructor(storage: Storage, handBackMinutes: () => number | null) {
    this.#storage = storage
    this.#handBackMinutes = handBackMinutes
  }

  get(id: string): Conversation | null {
    const row = this.#storage.prepare<[string], ConversationRow>(`${select} WHERE c.id = ?`).get(id)
    return row === undefined ? null : this.#toConversation(row)
  }

  /** A conversation whose channel is still there. */
  reachable(id: string): Conversation | null {
    const row = this.#storage
      .prepare<[string], ConversationRow>(
        `${select} WHERE c.id = ? AND c.deleted_at IS NULL AND a.deleted_at IS NULL`,
      )
      .get(id)
    return row === undefined ? null : this.#toConversation(row)
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
    const { mode, only } = filter
    const terms = [
      'c.deleted_at IS NULL AND c.last_message_seq > 0 AND c.last_message_seq < @before',
      ...(mode === undefined ? [] : ['c.mode = @mode']),
      ...(only === undefined ? [] : [selections[only]]),
      ...(text === '' ? [] : [holdsText]),
    ]
    return this.#storage
      .prepare<Record<string, string | number | null>, ConversationRow>(
        `${select} WHERE ${terms.join(' AND ')} ORDER BY c.last_message_seq DESC LIMIT @limit`,
      )
      .all({
        before: filter.before ?? Number.MAX_SAFE_INTEGER,
        limit: filter.limit,
        ...(mode === undefined ? {} : { mode }),
        ...(only === 'mine' ? { person: filter.person ?? '' } : {}),
        ...(text === '' ? {} : { text }),
      })
      .map((row) => this.#toConversation(row))
  }

  /** How many wait for a person, as `only: 'waiting'` lists them; counted up to `most`. */
  countWaiting(most: number): number {
    const found = this.#storage
      .prepare<[number], number>(
        `SELECT count(*) FROM (SELECT 1 FROM conversations c
           WHERE c.deleted_at IS NULL AND c.last_message_seq > 0 AND ${selections.waiting} LIMIT ?)`,
      )
      .pluck()
      .get(most)
    return Number(found)
  }

  /** Newest page first in time order: the `limit` messages before `before`, oldest first. */
  messages(conversationId: string, before: number, limit: number): Message[] {
    const rows = this.#storage
      .prepare<[string, number, number], MessageRow>(
        `SELECT m.seq, m.id, m.conversation_id AS conversationId, m.author, m.kind, m.text, m.reply_to_id AS replyToId,
           m.sent_at AS sentAt, m.edited_at AS editedAt, m.removed_at AS removedAt, m.understanding, m.author_id AS authorId,
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
      personId:
        row.author === 'person' && row.authorId?.startsWith('person:') === true
          ? row.authorId.slice('person:'.length)
          : null,
      attachments: this.#attachments(row.id),
    }))
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
      .prepare<[string], Omit<MessageAttachment, 'location'> & { reference: string }>(
        `SELECT id, kind, state, media_hash AS mediaHash, mime, name, size, error, understood, reference
         FROM attachments WHERE message_id = ? ORDER BY position`,
      )
      .all(messageId)
      .map(({ reference, ...attachment }) => ({
        ...attachment,
        location: attachment.kind === 'location' ? locationIn(reference, attachment.name) : null,
      }))
  }

  #toConversation(row: ConversationRow): Conversation {
    const { lastAuthor, lastKind, lastText, lastAt, lastHeardAt, ...rest } = row
    return {
      ...rest,
      lastMessage:
        lastAuthor === null || lastAt === null
          ? null
          : { author: lastAuthor, kind: lastKind ?? 'text', text: lastText ?? '', at: lastAt },
      handBackAt: returnsAt({ ...row, lastHeardAt }, this.#handBackMinutes()),
    }
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
  authorId: string | null
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

/** Coordinates as the channel gave them; null where they are none. */
function locationIn(reference: string, name: string | null): MessageAttachment['location'] {
  const parsed = coordinates.safeParse(JSON.parse(reference))
  return parsed.success ? { ...parsed.data, name } : null
}

const coordinates = z.object({ latitude: z.number(), longitude: z.number() })
