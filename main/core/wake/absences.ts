import type { Actor } from '../actor.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { Absence, AbsenceReason } from './absence.ts'

const mostShown = 20

interface Row {
  id: string
  reason: AbsenceReason
  channelAccountId: string | null
  startedAt: string
  endedAt: string | null
}

const columns =
  'id, reason, channel_account_id AS channelAccountId, started_at AS startedAt, ended_at AS endedAt'

const customers = `m.author = 'customer' AND m.removed_at IS NULL AND (@account IS NULL OR m.channel_account_id = @account)`
/** Those that came while it lasted, and those that waited at the platform and were sent in it: each has its index. */
const came = `m.backlog = 0 AND m.created_at >= @from AND m.created_at <= @to AND ${customers}`
const waited = `m.backlog = 1 AND m.sent_at >= @from AND m.sent_at <= @to AND ${customers}`
/** Customers' messages of an absence. */
const ofAbsence = `((${came}) OR (${waited}))`

/** A reply that has left, or is about to. */
const said = `EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = r.id AND o.state NOT IN ('cancelled', 'failed'))`

/** When nobody could answer customers, and what came meanwhile. Counts are read, never kept. */
export class Absences {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Those that nobody has put away, newest first. */
  list(): Absence[] {
    return this.#storage
      .prepare<[number], Row>(
        `SELECT ${columns} FROM absences WHERE seen_at IS NULL ORDER BY seq DESC LIMIT ?`,
      )
      .all(mostShown)
      .map((row) => ({ ...row, ...this.#counts(row) }))
  }

  /** @throws DomainError `not_found` */
  seen(actor: Actor, id: string): void {
    this.#storage.write(actor, (tx) => {
      const { changes } = this.#storage
        .prepare('UPDATE absences SET seen_at = coalesce(seen_at, ?), updated_at = ? WHERE id = ?')
        .run(tx.now, tx.now, id)
      if (changes === 0) throw new DomainError('not_found', { entity: 'absence', id })
      tx.emit('absence.changed', { absenceId: id })
    })
  }

  /** Notes one that is over. */
  add(tx: Tx, reason: AbsenceReason, startedAt: string, endedAt: string): void {
    const id = this.#insert(tx, reason, null, startedAt)
    this.#end(tx, id, endedAt)
  }

  /** Begins one that lasts; nothing where one of that kind lasts already. */
  begin(tx: Tx, reason: AbsenceReason, accountId: string | null, startedAt: string): void {
    if (this.#open(reason, accountId) === undefined) this.#insert(tx, reason, accountId, startedAt)
  }

  end(tx: Tx, reason: AbsenceReason, accountId: string | null, endedAt: string): void {
    const id = this.#open(reason, accountId)
    if (id !== undefined) this.#end(tx, id, endedAt)
  }

  #open(reason: AbsenceReason, accountId: string | null): string | undefined {
    return this.#storage
      .prepare<[string, string | null], string>(
        'SELECT id FROM absences WHERE ended_at IS NULL AND reason = ? AND channel_account_id IS ?',
      )
      .pluck()
      .get(reason, accountId) as string | undefined
  }

  #insert(tx: Tx, reason: AbsenceReason, accountId: string | null, startedAt: string): string {
    const id = newId()
    this.#storage
      .prepare(
        'INSERT INTO absences (id, reason, channel_account_id, started_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(id, reason, accountId, startedAt, tx.now, tx.now)
    tx.emit('absence.changed', { absenceId: id })
    return id
  }

  #end(tx: Tx, id: string, endedAt: string): void {
    this.#storage
      .prepare(
        'UPDATE absences SET ended_at = ?, ended_seq = (SELECT coalesce(max(seq), 0) FROM messages), updated_at = ? WHERE id = ?',
      )
      .run(endedAt, tx.now, id)
    tx.emit('absence.changed', { absenceId: id })
  }

  #counts(row: Row): Pick<Absence, 'messages' | 'conversations' | 'answered' | 'drafts'> {
    const to = row.endedAt ?? this.#storage.now()
    const counts = this.#storage
      .prepare<
        Record<string, string | null>,
        Pick<Absence, 'messages' | 'conversations' | 'answered' | 'drafts'>
      >(
        `WITH heard AS (SELECT m.conversation_id, m.seq FROM messages m WHERE ${came}
           UNION ALL SELECT m.conversation_id, m.seq FROM messages m WHERE ${waited}),
         came AS (SELECT conversation_id, max(seq) AS last, count(*) AS messages FROM heard GROUP BY conversation_id)
         SELECT coalesce((SELECT sum(messages) FROM came), 0) AS messages, (SELECT count(*) FROM came) AS conversations,
           (SELECT count(*) FROM came WHERE EXISTS (SELECT 1 FROM messages r
              WHERE r.conversation_id = came.conversation_id AND r.seq > came.last AND r.author = 'agent' AND ${said})) AS answered,
           (SELECT count(*) FROM reply_drafts d JOIN conversations c ON c.id = d.conversation_id
              WHERE d.state IN ('waiting', 'ready', 'failed') AND c.deleted_at IS NULL
                AND (@account IS NULL OR c.channel_account_id = @account)
                AND ((d.created_at >= @from AND d.created_at <= @soon)
                  OR EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = d.conversation_id
                    AND m.seq BETWEEN d.first_message_seq AND d.last_message_seq AND ${ofAbsence}))) AS drafts`,
      )
      .get({
        account: row.channelAccountId,
        from: row.startedAt,
        to,
        soon: new Date(Date.parse(to) + 10 * 60_000).toISOString(),
      })
    return counts ?? { messages: 0, conversations: 0, answered: 0, drafts: 0 }
  }
}
