import { newId } from '../ids.ts'
import { insertRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { OwnerChat, PairedChat } from './owner-chats.ts'
import { ownerChats } from './tables.ts'

interface Pairing {
  id: string
  personId: string
  codeHash: string
}

const pairedColumns = `id, channel_account_id AS channelAccountId, chat_id AS chatId, sender_id AS senderId,
  person_id AS personId, offer_card_id AS offerCardId`

/** Rows of owners' chats, the codes that make them, and which of their messages were heeded. */
export class OwnerChatRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  list(): OwnerChat[] {
    return this.#storage
      .prepare<[], OwnerChat>(
        `SELECT o.id, o.channel_account_id AS channelAccountId, a.name AS account, o.name, o.created_at AS since
         FROM owner_chats o JOIN channel_accounts a ON a.id = o.channel_account_id
         WHERE o.deleted_at IS NULL AND a.deleted_at IS NULL ORDER BY o.created_at, o.id`,
      )
      .all()
  }

  all(): PairedChat[] {
    return this.#storage
      .prepare<[], PairedChat>(
        `SELECT ${pairedColumns} FROM owner_chats WHERE deleted_at IS NULL
           AND channel_account_id IN (SELECT id FROM channel_accounts WHERE deleted_at IS NULL) ORDER BY created_at, id`,
      )
      .all()
  }

  find(accountId: string, chatId: string): PairedChat | null {
    const row = this.#storage
      .prepare<[string, string], PairedChat>(
        `SELECT ${pairedColumns} FROM owner_chats WHERE channel_account_id = ? AND chat_id = ? AND deleted_at IS NULL`,
      )
      .get(accountId, chatId)
    return row ?? null
  }

  account(id: string): { kind: string; name: string } | null {
    const row = this.#storage
      .prepare<[string], { kind: string; name: string }>(
        'SELECT kind, name FROM channel_accounts WHERE id = ? AND deleted_at IS NULL',
      )
      .get(id)
    return row ?? null
  }

  insertChat(tx: Tx, chat: Omit<PairedChat, 'id' | 'offerCardId'> & { name: string }): string {
    const id = newId()
    insertRow(tx, ownerChats, { id, ...chat })
    return id
  }

  setOffer(tx: Tx, id: string, offerCardId: string | null): void {
    updateRow(tx, ownerChats, id, { offerCardId })
  }

  /** The chat goes, and with it what it was not told yet. */
  remove(tx: Tx, id: string): void {
    this.#storage
      .prepare(
        "UPDATE owner_notices SET state = 'failed', updated_at = ? WHERE owner_chat_id = ? AND state = 'queued'",
      )
      .run(tx.now, id)
    softDeleteRow(tx, ownerChats, id)
  }

  insertPairing(tx: Tx, pairing: Pairing & { accountId: string; expiresAt: string }): void {
    this.#storage
      .prepare(
        `INSERT INTO owner_pairings (id, channel_account_id, person_id, code_hash, expires_at, created_at)
         VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(pairing.id, pairing.accountId, pairing.personId, pairing.codeHash, pairing.expiresAt, tx.now)
  }

  endPairings(tx: Tx, accountId: string): void {
    this.#storage
      .prepare(
        'UPDATE owner_pairings SET expires_at = ? WHERE channel_account_id = ? AND used_at IS NULL AND expires_at > ?',
      )
      .run(tx.now, accountId, tx.now)
  }

  /** Codes that may still be tried. */
  livePairings(accountId: string, now: string, tries: number, usedToo: boolean): Pairing[] {
    return this.#storage
      .prepare<[string, string, number, number], Pairing>(
        `SELECT id, person_id AS personId, code_hash AS codeHash FROM owner_pairings
         WHERE channel_account_id = ? AND expires_at > ? AND attempts < ? AND (used_at IS NULL OR ? = 1)`,
      )
      .all(accountId, now, tries, usedToo ? 1 : 0)
  }

  noteTry(id: string): void {
    this.#storage.prepare('UPDATE owner_pairings SET attempts = attempts + 1 WHERE id = ?').run(id)
  }

  spendPairing(tx: Tx, id: string): void {
    this.#storage.prepare('UPDATE owner_pairings SET used_at = ? WHERE id = ?').run(tx.now, id)
  }

  isNoted(accountId: string, chatId: string, externalId: string): boolean {
    return (
      this.#storage
        .prepare<[string, string, string]>(
          'SELECT 1 FROM owner_messages WHERE channel_account_id = ? AND chat_id = ? AND external_id = ?',
        )
        .get(accountId, chatId, externalId) !== undefined
    )
  }

  /** False when the message was heeded before, here or as a customer's. */
  noteMessage(tx: Tx, accountId: string, chatId: string, externalId: string): boolean {
    const known = this.#storage
      .prepare<[string, string, string]>(
        'SELECT 1 FROM messages WHERE channel_account_id = ? AND chat_id = ? AND external_id = ?',
      )
      .get(accountId, chatId, externalId)
    if (known !== undefined) return false
    const { changes } = this.#storage
      .prepare(
        `INSERT INTO owner_messages (channel_account_id, chat_id, external_id, at) VALUES (?, ?, ?, ?)
         ON CONFLICT DO NOTHING`,
      )
      .run(accountId, chatId, externalId, tx.now)
    return changes > 0
  }
}
