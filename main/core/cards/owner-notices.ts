import { newId } from '../ids.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { PairedChat } from './owner-chats.ts'

export type NoticeKind = 'card' | 'offer' | 'reply' | 'call'

/** Something to be said in an owner's chat. */
export interface OwnerNotice {
  seq: number
  id: string
  ownerChatId: string
  channelAccountId: string
  chatId: string
  kind: NoticeKind
  cardId: string | null
  text: string
}

/** What a notice was about. */
export interface Behind {
  kind: NoticeKind
  cardId: string | null
  conversationId: string | null
}

interface QueuedRow extends OwnerNotice {
  state: 'queued' | 'sending'
  notBefore: string | null
  cardState: string | null
  mode: string | null
}

export type NoticeOutcome =
  | { state: 'sent'; externalId: string }
  | { state: 'failed' | 'unknown' }
  | { state: 'later'; afterMs: number }

const columns = `n.seq, n.id, n.owner_chat_id AS ownerChatId, o.channel_account_id AS channelAccountId, o.chat_id AS chatId,
  n.kind, n.card_id AS cardId, n.text`

/** What is to be said to owners: queued with what causes it, sent in order for each chat, never repeated blindly. */
export class OwnerNotices {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  queue(
    tx: Tx,
    chat: Pick<PairedChat, 'id'>,
    notice: { kind: NoticeKind; cardId: string | null; conversationId?: string; text: string },
  ): void {
    this.#storage
      .prepare(
        `INSERT INTO owner_notices (id, owner_chat_id, card_id, conversation_id, kind, text, state, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?)`,
      )
      .run(
        newId(),
        chat.id,
        notice.cardId,
        notice.conversationId ?? null,
        notice.kind,
        notice.text,
        tx.now,
        tx.now,
      )
    tx.emit('owner_chat.changed', { ownerChatId: chat.id })
  }

  /** What a message of the bot in a chat was about; null for one that is no notice. */
  behind(chat: PairedChat, externalId: string): Behind | null {
    const row = this.#storage
      .prepare<[string, string], Behind>(
        'SELECT kind, card_id AS cardId, conversation_id AS conversationId FROM owner_notices WHERE owner_chat_id = ? AND external_id = ?',
      )
      .get(chat.id, externalId)
    return row ?? null
  }

  /** Whether a card was put to the chat and may have been read. */
  wasTold(chat: PairedChat, cardId: string): boolean {
    return (
      this.#storage
        .prepare<[string, string]>(
          `SELECT 1 FROM owner_notices WHERE owner_chat_id = ? AND card_id = ? AND kind = 'card' AND state IN ('sent', 'unknown') LIMIT 1`,
        )
        .get(chat.id, cardId) !== undefined
    )
  }

  /** Whether a card was put to the chat after the newest offer to keep an answer. */
  cardSinceOffer(chat: PairedChat): boolean {
    const newest = this.#storage
      .prepare<[string], NoticeKind>(
        "SELECT kind FROM owner_notices WHERE owner_chat_id = ? AND kind IN ('card', 'offer') ORDER BY seq DESC LIMIT 1",
      )
      .pluck()
      .get(chat.id)
    return newest === 'card'
  }

  /** Chats that have something queued, with the account that they are of. */
  waiting(): { ownerChatId: string; channelAccountId: string }[] {
    return this.#storage
      .prepare<[], { ownerChatId: string; channelAccountId: string }>(
        `SELECT n.owner_chat_id AS ownerChatId, o.channel_account_id AS channelAccountId
         FROM owner_notices n JOIN owner_chats o ON o.id = n.owner_chat_id
         WHERE n.state IN ('queued', 'sending') AND n.state = 'queued' GROUP BY n.owner_chat_id ORDER BY min(n.seq)`,
      )
      .all()
  }

  /** Takes the next notice of a chat for sending: null when there is none, a time when it has to wait. */
  claim(ownerChatId: string): OwnerNotice | { notBefore: string } | null {
    return this.#storage.write('system', (tx) => {
      for (;;) {
        const row = this.#storage
          .prepare<[string], QueuedRow>(
            `SELECT ${columns}, n.state, n.not_before AS notBefore, c.state AS cardState, v.mode
             FROM owner_notices n JOIN owner_chats o ON o.id = n.owner_chat_id LEFT JOIN cards c ON c.id = n.card_id
               LEFT JOIN conversations v ON v.id = n.conversation_id
             WHERE n.owner_chat_id = ? AND n.state IN ('queued', 'sending') ORDER BY n.seq LIMIT 1`,
          )
          .get(ownerChatId)
        if (row === undefined || row.state === 'sending') return null
        // Answered elsewhere meanwhile: nobody has to be asked any more.
        const isAnswered =
          row.kind === 'card' && (row.cardState === 'answered' || row.cardState === 'dismissed')
        if (isAnswered || (row.kind === 'call' && row.mode === 'bot')) {
          this.#setState(tx, row.id, 'failed')
          continue
        }
        if (row.notBefore !== null && row.notBefore > tx.now) return { notBefore: row.notBefore }
        this.#setState(tx, row.id, 'sending')
        const { state: _state, notBefore: _notBefore, cardState: _cardState, mode: _mode, ...notice } = row
        return notice
      }
    })
  }

  note(id: string, outcome: NoticeOutcome): void {
    this.#storage.write('system', (tx) => {
      if (outcome.state === 'later') {
        const notBefore = new Date(Date.parse(tx.now) + outcome.afterMs).toISOString()
        this.#setState(tx, id, 'queued', { notBefore })
      } else this.#setState(tx, id, outcome.state, outcome.state === 'sent' ? outcome : {})
    })
  }

  /** At start: what was being sent when the process died may have arrived, and is not sent again. */
  recover(): void {
    const state = isOff('outbox.unknown_not_repeated') ? 'queued' : 'unknown'
    this.#storage.write('system', (tx) => {
      this.#storage
        .prepare(
          "UPDATE owner_notices SET state = ?, updated_at = ? WHERE state IN ('queued', 'sending') AND state = 'sending'",
        )
        .run(state, tx.now)
    })
  }

  #setState(
    tx: Tx,
    id: string,
    state: 'queued' | 'sending' | 'sent' | 'failed' | 'unknown',
    values: { externalId?: string; notBefore?: string } = {},
  ): void {
    this.#storage
      .prepare(
        'UPDATE owner_notices SET state = ?, external_id = coalesce(?, external_id), not_before = ?, updated_at = ? WHERE id = ?',
      )
      .run(state, values.externalId ?? null, values.notBefore ?? null, tx.now, id)
  }
}
