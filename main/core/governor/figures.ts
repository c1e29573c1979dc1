import type { ChannelConfig, ChannelRules } from '../channels/account.ts'
import type { ChannelKind } from '../channels/channel.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { RiskFigures } from './risk.ts'

/** What speaks for or against the health of an account. */
export type IncidentKind =
  | 'send_failed'
  | 'logged_out'
  | 'conflict'
  | 'replies_ceiling'
  | 'contacts_ceiling'
  | 'loop'
  | 'opted_out'
  | 'restart'

const dayMs = 86_400_000
const keptDays = 30

/** What an account has said and what happened to it. Moments are UTC ISO 8601. */
export class AccountFigures {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** The assistant's sends since a moment, those that may have reached the customer among them. */
  replies(accountId: string, since: string): number {
    const sent = this.#count(
      `SELECT count(*) FROM outbox WHERE channel_account_id = ? AND state = 'sent' AND updated_at >= ? AND author = 'agent'`,
      accountId,
      since,
    )
    return sent + this.#underWay(accountId, since)
  }

  /** Customers whom the assistant has answered since a moment, and never before. */
  newContacts(accountId: string, since: string): number {
    return this.#count(
      `SELECT count(*) FROM (
         SELECT conversation_id FROM outbox WHERE channel_account_id = ? AND state = 'sent' AND updated_at >= ? AND author = 'agent'
         UNION SELECT conversation_id FROM outbox WHERE state IN ('sending', 'unknown') AND channel_account_id = ? AND author = 'agent'
       ) AS answered
       WHERE NOT EXISTS (SELECT 1 FROM messages m JOIN outbox o ON o.message_id = m.id
         WHERE m.conversation_id = answered.conversation_id AND m.author = 'agent' AND m.created_at < ? AND o.state = 'sent' AND o.updated_at < ?)`,
      accountId,
      since,
      accountId,
      since,
      since,
    )
  }

  /** Whether the assistant has ever said something to a customer that reached them. */
  hasAnswered(conversationId: string): boolean {
    return (
      this.#storage
        .prepare(
          `SELECT 1 FROM messages m JOIN outbox o ON o.message_id = m.id
           WHERE m.conversation_id = ? AND m.author = 'agent' AND o.state IN ('sent', 'sending', 'unknown') LIMIT 1`,
        )
        .get(conversationId) !== undefined
    )
  }

  /** Notes what happened; what is older than 30 days goes. */
  incident(tx: Tx, accountId: string, kind: IncidentKind): void {
    this.#storage
      .prepare('DELETE FROM channel_incidents WHERE channel_account_id = ? AND at < ?')
      .run(accountId, new Date(Date.parse(tx.now) - keptDays * dayMs).toISOString())
    this.#storage
      .prepare('INSERT INTO channel_incidents (channel_account_id, at, kind) VALUES (?, ?, ?)')
      .run(accountId, tx.now, kind)
  }

  incidents(accountId: string, kind: IncidentKind, since: string): number {
    return this.#count(
      'SELECT count(*) FROM channel_incidents WHERE channel_account_id = ? AND at >= ? AND kind = ?',
      accountId,
      since,
      kind,
    )
  }

  /** What the risk is judged from. `dayStart`: when the shop's local day began. */
  risk(account: { id: string; rules: ChannelRules }, now: number, dayStart: string): RiskFigures | null {
    const row = this.#storage
      .prepare<[string], { kind: ChannelKind; config: string }>(
        'SELECT kind, config FROM channel_accounts WHERE id = ?',
      )
      .get(account.id)
    if (row === undefined || row.kind === 'testchat') return null
    const week = new Date(now - 7 * dayMs).toISOString()
    const incidents = (kind: IncidentKind) => this.incidents(account.id, kind, week)
    // Written by the channels from this type.
    const { firstReadyAt } = JSON.parse(row.config) as ChannelConfig
    const personal = row.kind === 'whatsapp'
    return {
      personal,
      rules: account.rules,
      ageDays: firstReadyAt === undefined ? null : Math.max(0, now - Date.parse(firstReadyAt)) / dayMs,
      repliesToday: personal ? this.replies(account.id, dayStart) : 0,
      contactsToday: personal ? this.newContacts(account.id, dayStart) : 0,
      refusedSends: incidents('send_failed'),
      loggedOut: incidents('logged_out'),
      conflicts: incidents('conflict'),
      loops: incidents('loop'),
      optOuts: incidents('opted_out'),
      ...(personal ? this.#traffic(account.id, week) : { sent: 0, received: 0 }),
    }
  }

  /** What left in a time, and what came in the conversations that it went to. */
  #traffic(accountId: string, since: string): { sent: number; received: number } {
    const sent = this.replies(accountId, since)
    const received = this.#count(
      `SELECT count(*) FROM (SELECT DISTINCT conversation_id FROM outbox
         WHERE channel_account_id = ? AND state = 'sent' AND updated_at >= ? AND author = 'agent') AS answered
       JOIN messages m ON m.conversation_id = answered.conversation_id
       WHERE m.author = 'customer' AND m.removed_at IS NULL AND m.created_at >= ?`,
      accountId,
      since,
      since,
    )
    return { sent, received }
  }

  #underWay(accountId: string, since: string): number {
    return this.#count(
      `SELECT count(*) FROM outbox WHERE state IN ('sending', 'unknown') AND channel_account_id = ? AND updated_at >= ? AND author = 'agent'`,
      accountId,
      since,
    )
  }

  #count(source: string, ...values: string[]): number {
    return this.#storage
      .prepare<string[], number>(source)
      .pluck()
      .get(...values) as number
  }
}
