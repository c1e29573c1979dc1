import type { FormOfAddress, HistoryMessage, InputMessage, Language } from '../engines/engine.ts'
import type { JsonValue } from '../json.ts'
import type { Storage } from '../storage/storage.ts'
import { readAttachments, readHistory } from './message-history.ts'

/** What the agent knows of a conversation when it starts a step. */
export interface ConversationContext {
  id: string
  customerId: string
  customerName: string
  accountId: string
  chatId: string
  epoch: number
  mode: string
  language: Language | null
  formOfAddress: FormOfAddress | null
  state: JsonValue
  returning: boolean
}

export interface TurnInput extends InputMessage {
  seq: number
  classified: boolean
}

/** Messages before the turn that an engine may look back on. */
const historyLength = 20

export class ContextReader {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  conversation(id: string): ConversationContext | null {
    const row = this.#storage
      .prepare<
        [string],
        Omit<ConversationContext, 'state' | 'returning'> & { state: string; replies: number }
      >(
        `SELECT c.id, c.customer_id AS customerId, cu.name AS customerName, c.channel_account_id AS accountId, c.chat_id AS chatId,
           c.epoch, c.mode, c.language, c.form_of_address AS formOfAddress, c.dialogue_state AS state,
           EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = c.id AND m.author = 'agent') AS replies
         FROM conversations c JOIN customers cu ON cu.id = c.customer_id WHERE c.id = ?`,
      )
      .get(id)
    if (row === undefined) return null
    const { state, replies, ...rest } = row
    return { ...rest, state: JSON.parse(state) as JsonValue, returning: replies === 1 }
  }

  /** The customer's messages from `firstSeq` on, oldest first. */
  input(conversationId: string, firstSeq: number): TurnInput[] {
    return this.#storage
      .prepare<
        [string, number],
        {
          seq: number
          id: string
          text: string
          at: string
          replyTo: string | null
          understanding: string | null
          attachments: string | null
        }
      >(
        `SELECT m.seq, m.id, m.text, m.sent_at AS at, r.text AS replyTo, m.understanding,
           (SELECT json_group_array(json_object('kind', a.kind, 'name', a.name, 'understood', a.understood) ORDER BY a.position) FROM attachments a WHERE a.message_id = m.id) AS attachments
         FROM messages m LEFT JOIN messages r ON r.id = m.reply_to_id
         WHERE m.conversation_id = ? AND m.seq >= ? AND m.author = 'customer' AND m.removed_at IS NULL ORDER BY m.seq`,
      )
      .all(conversationId, firstSeq)
      .map((row) => ({
        seq: row.seq,
        id: row.id,
        text: textOf(row),
        at: row.at,
        ...(row.replyTo === null ? {} : { replyTo: row.replyTo }),
        attachments: readAttachments(row.attachments).map(({ kind, name, understood }) => ({
          kind,
          ...(name == null ? {} : { name }),
          ...(understood == null ? {} : { understood }),
        })),
        classified: row.understanding !== null,
      }))
  }

  /** What came along with a message stands in its text, in the customer's language. */
  history(conversationId: string, beforeSeq: number): HistoryMessage[] {
    return readHistory(this.#storage, conversationId, { afterSeq: 0, beforeSeq, limit: historyLength }).map(
      ({ seq, ...message }) => message,
    )
  }

  latestCustomerSeq(conversationId: string): number {
    return (this.#storage
      .prepare<[string], number>(
        "SELECT coalesce(max(seq), 0) FROM messages WHERE conversation_id = ? AND author = 'customer' AND removed_at IS NULL",
      )
      .pluck()
      .get(conversationId) ?? 0) as number
  }

  /** The first customer message after `seq`, or null. */
  nextCustomerSeq(conversationId: string, seq: number): number | null {
    return (this.#storage
      .prepare<[string, number], number | null>(
        "SELECT min(seq) FROM messages WHERE conversation_id = ? AND seq > ? AND author = 'customer' AND removed_at IS NULL",
      )
      .pluck()
      .get(conversationId, seq) ?? null) as number | null
  }

  /** Whether every cited row still has the revision that was read. */
  citationsHold(cites: readonly { table: string; id: string; revision: number }[]): boolean {
    return cites.every((cite) => {
      const source = revisionQueries[cite.table]
      if (source === undefined) return false
      const revision = this.#storage.prepare<[string], number>(source).pluck().get(cite.id) as
        | number
        | undefined
      return revision === cite.revision
    })
  }
}

/** What a voice note says is what the customer says. */
function textOf({ text, attachments }: { text: string; attachments: string | null }): string {
  const spoken = readAttachments(attachments)
    .filter(({ kind }) => kind === 'voice')
    .map(({ understood }) => understood ?? '')
  return [text, ...spoken].filter((part) => part !== '').join('\n')
}

/** A closed list: a table name never comes from outside. */
const revisionQueries: Record<string, string | undefined> = {
  products: 'SELECT revision FROM products WHERE id = ? AND deleted_at IS NULL',
  variants: 'SELECT revision FROM variants WHERE id = ? AND deleted_at IS NULL',
  knowledge: 'SELECT revision FROM knowledge WHERE id = ? AND deleted_at IS NULL',
  carts: 'SELECT revision FROM carts WHERE id = ? AND deleted_at IS NULL',
  shop: 'SELECT revision FROM shop WHERE id = ?',
  checkouts: 'SELECT revision FROM checkouts WHERE id = ? AND deleted_at IS NULL',
  orders: 'SELECT revision FROM orders WHERE id = ? AND deleted_at IS NULL',
}
