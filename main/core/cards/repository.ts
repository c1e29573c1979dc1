import { newId } from '../ids.ts'
import { insertRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { fold } from '../understanding/normalise.ts'
import type { Card, CardKind, CardState, Waiter, WaitingConversation } from './card.ts'
import { cards } from './tables.ts'

/** A card without who waits. */
export interface CardRow extends Omit<Card, 'waiting'> {
  key: string
  linkedRevision: number | null
}

export interface CardFilter {
  state?: CardState
  text?: string
  /** Only cards of a lower sequence. */
  before?: number
  limit: number
}

type Changes = Partial<
  Pick<
    typeof cards.$inferInsert,
    | 'state'
    | 'answer'
    | 'answeredAt'
    | 'answeredBy'
    | 'dueAt'
    | 'knowledgeId'
    | 'productId'
    | 'linkedRevision'
    | 'turnId'
  >
>

const columns = `id, seq, kind, key, question, language, state, answer, answered_at AS answeredAt, answered_by AS answeredBy,
  due_at AS dueAt, created_at AS askedAt, knowledge_id AS knowledgeId, product_id AS productId,
  linked_revision AS linkedRevision, revision`

/** Rows of cards and of who waits for them. */
export class CardRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  get(id: string): CardRow | null {
    return this.#one(`SELECT ${columns} FROM cards WHERE id = ? AND deleted_at IS NULL`, id)
  }

  bySeq(seq: number): CardRow | null {
    return this.#one(`SELECT ${columns} FROM cards WHERE seq = ? AND deleted_at IS NULL`, seq)
  }

  /** The newest card of a question that is in one of these states. */
  newest(kind: CardKind, key: string, states: readonly CardState[]): CardRow | null {
    return this.#one(
      `SELECT ${columns} FROM cards WHERE key = ? AND kind = ? AND deleted_at IS NULL
         AND state IN (SELECT value FROM json_each(?)) ORDER BY seq DESC LIMIT 1`,
      key,
      kind,
      JSON.stringify(states),
    )
  }

  /** Newest first. */
  list({ state, text, before, limit }: CardFilter): CardRow[] {
    // SQLite knows no folding: of a shop's cards there are few enough to look at each.
    const needle = fold(text ?? '').trim()
    const rows = this.#storage
      .prepare<[number, string | null, string | null], CardRow>(
        `SELECT ${columns} FROM cards WHERE deleted_at IS NULL AND seq < ? AND (? IS NULL OR state = ?) ORDER BY seq DESC`,
      )
      .iterate(before ?? Number.MAX_SAFE_INTEGER, state ?? null, state ?? null)
    const found: CardRow[] = []
    for (const row of rows) {
      if (needle !== '' && !fold(`#${row.seq} ${row.question} ${row.answer}`).includes(needle)) continue
      found.push(row)
      if (found.length === limit) break
    }
    return found
  }

  /** Cards that nobody has answered since `since`, their time over or not, oldest first. */
  unanswered(since: string): CardRow[] {
    return this.#storage
      .prepare<[string], CardRow>(
        `SELECT ${columns} FROM cards WHERE deleted_at IS NULL
           AND (state = 'open' OR (state = 'timed_out' AND due_at > ?)) ORDER BY seq`,
      )
      .all(since)
  }

  countOpen(): number {
    return this.#number("SELECT count(*) FROM cards WHERE state = 'open' AND deleted_at IS NULL")
  }

  /** Open cards for whose answer a conversation waits. */
  countOpenOf(conversationId: string): number {
    return this.#number(
      `SELECT count(*) FROM card_waiters w JOIN cards c ON c.id = w.card_id
       WHERE w.conversation_id = ? AND c.state = 'open' AND c.deleted_at IS NULL`,
      conversationId,
    )
  }

  countOpenedIn(turnId: string): number {
    return this.#number('SELECT count(*) FROM cards WHERE turn_id = ?', turnId)
  }

  /** Open cards whose time is over, oldest first. */
  due(now: string, limit: number): string[] {
    return this.#storage
      .prepare<[string, number], string>(
        "SELECT id FROM cards WHERE state = 'open' AND due_at <= ? AND deleted_at IS NULL ORDER BY due_at, seq LIMIT ?",
      )
      .pluck()
      .all(now, limit) as string[]
  }

  insert(
    tx: Tx,
    card: Pick<CardRow, 'kind' | 'key' | 'question' | 'language' | 'dueAt'> & { turnId: string | null },
  ): CardRow {
    const id = newId()
    const seq = this.#number('SELECT coalesce(max(seq), 0) + 1 FROM cards')
    insertRow(tx, cards, { id, seq, state: 'open', ...card })
    return this.#require(id)
  }

  update(tx: Tx, card: CardRow, changes: Changes): CardRow {
    updateRow(tx, cards, card.id, { ...changes, revision: card.revision + 1 })
    return this.#require(card.id)
  }

  /** Adds a conversation to those that wait. False when it waits already. */
  addWaiter(tx: Tx, cardId: string, conversationId: string, customerId: string): boolean {
    const { changes } = this.#storage
      .prepare(
        `INSERT INTO card_waiters (card_id, conversation_id, customer_id, asked_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (card_id, conversation_id) DO NOTHING`,
      )
      .run(cardId, conversationId, customerId, tx.now)
    return changes > 0
  }

  waiters(cardId: string): Waiter[] {
    return this.#storage
      .prepare<
        [string],
        { conversationId: string; customerId: string; name: string; askedAt: string; told: number }
      >(
        `SELECT w.conversation_id AS conversationId, w.customer_id AS customerId, cu.name, w.asked_at AS askedAt,
           w.told_message_id IS NOT NULL AS told
         FROM card_waiters w JOIN customers cu ON cu.id = w.customer_id WHERE w.card_id = ? ORDER BY w.asked_at, w.conversation_id`,
      )
      .all(cardId)
      .map(({ conversationId, customerId, name, askedAt, told }) => ({
        conversationId,
        customer: { id: customerId, name },
        askedAt,
        told: told === 1,
      }))
  }

  /** Conversations that were told neither the answer nor, with `late`, that it takes longer. */
  untold(cardId: string, late: boolean): WaitingConversation[] {
    return this.#storage
      .prepare<[string, number], WaitingConversation>(
        `SELECT w.conversation_id AS conversationId, c.mode, c.language, c.form_of_address AS formOfAddress
         FROM card_waiters w JOIN conversations c ON c.id = w.conversation_id
         WHERE w.card_id = ? AND w.told_message_id IS NULL AND (? = 0 OR w.late_message_id IS NULL) AND c.deleted_at IS NULL
         ORDER BY w.asked_at, w.conversation_id`,
      )
      .all(cardId, late ? 1 : 0)
  }

  markTold(cardId: string, conversationId: string, messageId: string, late: boolean): void {
    const column = late ? 'late_message_id' : 'told_message_id'
    this.#storage
      .prepare(`UPDATE card_waiters SET ${column} = ? WHERE card_id = ? AND conversation_id = ?`)
      .run(messageId, cardId, conversationId)
  }

  #require(id: string): CardRow {
    const row = this.get(id)
    if (row === null) throw new Error('card was not stored')
    return row
  }

  #one(source: string, ...values: (string | number)[]): CardRow | null {
    return this.#storage.prepare<(string | number)[], CardRow>(source).get(...values) ?? null
  }

  #number(source: string, ...values: string[]): number {
    return Number(
      this.#storage
        .prepare<string[], number>(source)
        .pluck()
        .get(...values) ?? 0,
    )
  }
}
