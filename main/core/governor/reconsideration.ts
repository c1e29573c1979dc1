import { isDomainError } from '../errors.ts'
import type { Log } from '../host.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { ruleReasons } from './rules.ts'

/** So many conversations are looked at before everybody else gets a turn. */
const batch = 50
const keyOf = (accountId: string) => `channel.reconsider.${accountId}`

/** Those that rules decide on. */
const governed = `channel_account_id = @account AND deleted_at IS NULL
  AND (mode = 'bot' OR (mode = 'paused' AND mode_reason IN (SELECT value FROM json_each(@reasons))))`
/** Something is about to be said there. */
const stirring = `id IN (SELECT conversation_id FROM turns WHERE state IN ('pending', 'running')
  UNION SELECT conversation_id FROM outbox WHERE state IN ('queued', 'sending'))`

export interface ReconsiderationDependencies {
  storage: Storage
  log?: Log
  /** Brings one conversation in line with the rules. */
  settle(tx: Tx, conversationId: string): void
}

/**
 * Brings the conversations of an account in line with its rules. Where something is about to be said that happens at
 * once, and with the newest ones; the others follow in small steps, also after a restart. Whoever writes meanwhile is
 * judged by the rules of that moment anyway.
 */
export class Reconsideration {
  readonly #deps: ReconsiderationDependencies
  #going = false
  #stopped = false

  constructor(deps: ReconsiderationDependencies) {
    this.#deps = deps
  }

  begin(tx: Tx, accountId: string): void {
    const ids = this.#deps.storage
      .prepare<Record<string, string>, string>(
        `SELECT id FROM conversations WHERE ${governed} AND ${stirring}`,
      )
      .pluck()
      .all(this.#of(accountId)) as string[]
    for (const id of ids) this.#deps.settle(tx, id)
    // Greater than every id.
    this.#step(tx, accountId, '~')
    this.resume()
  }

  /** Goes on with what is not done yet: after the present unit of work, or at a start. */
  resume(): void {
    if (this.#going) return
    this.#going = true
    setImmediate(() => this.#go())
  }

  stop(): void {
    this.#stopped = true
  }

  #go(): void {
    this.#going = false
    if (this.#stopped || !this.#deps.storage.sql.open) return
    try {
      const next = this.#deps.storage
        .prepare<[], { key: string; value: string }>(
          "SELECT key, value FROM settings WHERE key >= 'channel.reconsider.' AND key < 'channel.reconsider/' LIMIT 1",
        )
        .get()
      if (next === undefined) return
      const accountId = next.key.slice(keyOf('').length)
      // Written below as an id.
      const before = JSON.parse(next.value) as string
      this.#deps.storage.write('system', (tx) => this.#step(tx, accountId, before))
      this.resume()
    } catch (error) {
      // A full disk: taken up again with the next change, or at the next start.
      this.#deps.log?.error('governor.reconsider_failed', {
        code: isDomainError(error) ? error.code : String(error),
      })
    }
  }

  /** The newest that are older than `before`; notes where to go on. */
  #step(tx: Tx, accountId: string, before: string): void {
    const ids = this.#deps.storage
      .prepare<Record<string, string | number>, string>(
        `SELECT id FROM conversations WHERE ${governed} AND id < @before ORDER BY id DESC LIMIT @batch`,
      )
      .pluck()
      .all({ ...this.#of(accountId), before, batch }) as string[]
    for (const id of ids) this.#deps.settle(tx, id)
    const last = ids.at(-1)
    if (last === undefined || ids.length < batch)
      tx.sql.prepare('DELETE FROM settings WHERE key = ?').run(keyOf(accountId))
    else
      tx.sql
        .prepare(
          `INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
        )
        .run(keyOf(accountId), JSON.stringify(last), tx.now, tx.actor)
  }

  #of(accountId: string): { account: string; reasons: string } {
    return { account: accountId, reasons: JSON.stringify(ruleReasons) }
  }
}
