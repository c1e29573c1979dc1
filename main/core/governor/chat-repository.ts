import { newId } from '../ids.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { ChatAnswer, ChatRule } from './rules.ts'

export interface ChatRow {
  id: string
  chatId: string
  name: string
  phone: string | null
  existed: 0 | 1
  ownerFirst: 0 | 1
  answer: ChatAnswer
}

export interface ChatFilter {
  text?: string
  only?: 'existed' | 'never' | 'always' | 'opted_out'
  limit: number
  after?: string
}

type ListedRow = Omit<ChatRule, 'existed'> & { existed: 0 | 1 }

const columns =
  'id, chat_id AS chatId, name, phone, existed, owner_first AS ownerFirst, answer, created_at AS createdAt'

/** Chats with a rule, and conversations that have none; the address book's name goes before the customer's. */
const listed = `SELECT r.chat_id AS chatId, iif(r.name <> '', r.name, coalesce(cu.name, '')) AS name, r.phone, r.existed, r.answer,
    c.opted_out_at AS optedOutAt, c.id AS conversationId
  FROM chat_rules r
  LEFT JOIN conversations c ON c.channel_account_id = r.channel_account_id AND c.chat_id = r.chat_id AND c.deleted_at IS NULL
  LEFT JOIN customers cu ON cu.id = c.customer_id
  WHERE r.channel_account_id = @account AND r.deleted_at IS NULL
  UNION ALL
  SELECT c.chat_id, cu.name, NULL, 0, 'default', c.opted_out_at, c.id
  FROM conversations c JOIN customers cu ON cu.id = c.customer_id
  WHERE c.channel_account_id = @account AND c.deleted_at IS NULL AND c.last_message_seq > 0
    AND NOT EXISTS (SELECT 1 FROM chat_rules r WHERE r.channel_account_id = @account AND r.chat_id = c.chat_id AND r.deleted_at IS NULL)`

/** What is known of chats beside their messages. */
export class ChatRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** The rows of one person: of the chat itself first, then of others with the same phone. */
  rowsOf(accountId: string, chatId: string, phone: string | null): ChatRow[] {
    const own = this.#storage
      .prepare<[string, string], ChatRow>(
        `SELECT ${columns} FROM chat_rules WHERE channel_account_id = ? AND chat_id = ? AND deleted_at IS NULL`,
      )
      .all(accountId, chatId)
    const number = phone ?? own[0]?.phone ?? null
    if (number === null) return own
    const [one, two] = formsOf(number)
    const others = this.#storage
      .prepare<[string, string, string, string], ChatRow>(
        `SELECT ${columns} FROM chat_rules
         WHERE channel_account_id = ? AND phone IN (?, ?) AND phone IS NOT NULL AND deleted_at IS NULL AND chat_id <> ?`,
      )
      .all(accountId, one, two, chatId)
    return [...own, ...others]
  }

  insert(tx: Tx, accountId: string, row: Omit<ChatRow, 'id'>): string {
    const id = newId()
    this.#storage
      .prepare(
        `INSERT INTO chat_rules (id, channel_account_id, chat_id, name, phone, existed, owner_first, answer, created_at, updated_at, created_by, updated_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        accountId,
        row.chatId,
        row.name,
        row.phone,
        row.existed,
        row.ownerFirst,
        row.answer,
        tx.now,
        tx.now,
        tx.actor,
        tx.actor,
      )
    return id
  }

  /** Only what is given changes; a name or phone that is known stays where none is given. */
  update(
    tx: Tx,
    id: string,
    changes: {
      name?: string
      phone?: string | null
      existed?: 0 | 1
      ownerFirst?: 0 | 1
      answer?: ChatAnswer
    },
  ): void {
    this.#storage
      .prepare(
        `UPDATE chat_rules SET name = coalesce(nullif(?, ''), name), phone = coalesce(?, phone), existed = coalesce(?, existed),
           owner_first = coalesce(?, owner_first), answer = coalesce(?, answer), updated_at = ?, updated_by = ? WHERE id = ?`,
      )
      .run(
        changes.name ?? null,
        changes.phone ?? null,
        changes.existed ?? null,
        changes.ownerFirst ?? null,
        changes.answer ?? null,
        tx.now,
        tx.actor,
        id,
      )
  }

  /** Notes the owner's word in the audit log; what the platform tells is not a decision of anybody. */
  audit(tx: Tx, id: string, changes: object): void {
    tx.sql
      .prepare(
        "INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, 'chat_rules', ?, 'update', ?)",
      )
      .run(tx.now, tx.actor, id, JSON.stringify(changes))
  }

  /** By name; one more than `limit` where there are more. */
  list(accountId: string, filter: ChatFilter): ChatRule[] {
    const text = filter.text?.trim() ?? ''
    const rows = this.#storage
      .prepare<Record<string, string | number | null>, ListedRow>(
        `WITH chats AS (${listed}), cursor AS (SELECT lower(name) AS name, chatId FROM chats WHERE chatId = @after)
         SELECT * FROM chats
         WHERE (@text = '' OR instr(lower(name), lower(@text)) > 0 OR instr(chatId, @text) > 0
             OR (@digits <> '' AND instr(coalesce(phone, ''), @digits) > 0))
           AND (@only IS NULL OR (@only = 'existed' AND existed = 1) OR (@only = 'opted_out' AND optedOutAt IS NOT NULL) OR answer = @only)
           AND (@after IS NULL OR (lower(name), chatId) > (SELECT name, chatId FROM cursor))
         ORDER BY lower(name), chatId LIMIT @limit`,
      )
      .all({
        account: accountId,
        text,
        digits: text.replace(/\D/g, ''),
        only: filter.only ?? null,
        after: filter.after ?? null,
        limit: filter.limit + 1,
      })
    return rows.map(toRule)
  }

  one(accountId: string, chatId: string): ChatRule | null {
    const row = this.#storage
      .prepare<Record<string, string>, ListedRow>(
        `WITH chats AS (${listed}) SELECT * FROM chats WHERE chatId = @chat`,
      )
      .get({ account: accountId, chat: chatId })
    return row === undefined ? null : toRule(row)
  }

  /** Whether somebody asked not to be answered any more, in any of the chats that are theirs. */
  optedOut(accountId: string, chatIds: readonly string[]): boolean {
    return (
      this.#storage
        .prepare(
          `SELECT 1 FROM conversations WHERE channel_account_id = ? AND chat_id IN (SELECT value FROM json_each(?))
             AND opted_out_at IS NOT NULL AND deleted_at IS NULL LIMIT 1`,
        )
        .get(accountId, JSON.stringify(chatIds)) !== undefined
    )
  }

  hasConversation(accountId: string, chatIds: readonly string[]): boolean {
    return (
      this.#storage
        .prepare(
          `SELECT 1 FROM conversations WHERE channel_account_id = ? AND chat_id IN (SELECT value FROM json_each(?))
             AND deleted_at IS NULL LIMIT 1`,
        )
        .get(accountId, JSON.stringify(chatIds)) !== undefined
    )
  }
}

function toRule({ existed, ...row }: ListedRow): ChatRule {
  return { ...row, existed: existed === 1 }
}

/** How one number may be told: mobiles of Argentina with and without their 9, Mexico's with and without their 1. */
function formsOf(phone: string): [string, string] {
  const extra = /^(549|521)(\d{10})$/.exec(phone)
  if (extra !== null) return [phone, `${extra[1]?.slice(0, 2)}${extra[2]}`]
  const plain = /^(54|52)(\d{10})$/.exec(phone)
  if (plain !== null) return [phone, `${plain[1]}${plain[1] === '54' ? '9' : '1'}${plain[2]}`]
  return [phone, phone]
}
