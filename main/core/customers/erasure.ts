import type { Actor } from '../actor.ts'
import type { ConversationService } from '../conversations/service.ts'
import { DomainError } from '../errors.ts'
import type { Clock, Log } from '../host.ts'
import type { MediaStore } from '../media/service.ts'
import { isOff } from '../mutants.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { removeUpgradeCopies } from '../storage/upgrade-copy.ts'
import { erasurePlan } from './erasure-plan.ts'
import { nameKey } from './keys.ts'
import { personalSets } from './personal-sets.ts'
import type { CustomerService } from './service.ts'

export interface ErasureDependencies {
  storage: Storage
  customers: CustomerService
  conversations: ConversationService
  media: MediaStore
  /** Removes files of the app that hold copies of rows. */
  dropCopies(): Promise<void>
  clock: Clock
  log: Log
}

/** Where it is noted that files are still to be removed; a process that dies goes on at the next start. */
const pendingKey = 'customers.erasure'
/** Wait before another try when somebody was reading, ms. */
const retryAfterMs = 60_000

/**
 * Takes a person out of the shop's data. In one transaction their words, names and numbers are overwritten in every
 * table (`erasure-plan.ts`); the orders' figures stay. Then their files go and the database is written anew, so that the
 * bytes are gone as well.
 */
export class CustomerErasure {
  readonly #deps: ErasureDependencies
  #cancelRetry: (() => void) | null = null

  constructor(deps: ErasureDependencies) {
    this.#deps = deps
  }

  /**
   * Erases a customer and every record merged into them. It cannot be undone, so it wants their name.
   * @throws DomainError `not_found`, `customer.erased`, `customer.confirm_name`, `customer.open_orders {count}`
   */
  async erase(actor: Actor, customerId: string, confirmName: string): Promise<void> {
    const { storage, customers } = this.#deps
    const id = customers.livingId(customerId)
    const customer = customers.get(id)
    if (customer === null) throw new DomainError('not_found', { entity: 'customers', id })
    if (customer.erasedAt !== null) throw new DomainError('customer.erased', { id })
    if (!isSameName(confirmName, customer.name)) throw new DomainError('customer.confirm_name', { id })
    storage.write(actor, (tx) => {
      const records = customers.recordsOf(id)
      this.#refuseOpenOrders(tx, records)
      this.#collect(tx, records)
      this.#stopConversations(tx)
      const media = this.#media(tx)
      for (const [table, plan] of Object.entries(erasurePlan)) {
        if (plan.action === 'none') continue
        if (table === 'tool_calls' && isOff('erasure.journal')) continue
        overwrite(tx, table, plan)
      }
      tx.sql.exec('DROP TABLE temp.erased')
      this.#notePending(tx, media)
      tx.emit('customer.changed', { customerId: id })
    })
    await this.finish()
  }

  /** Ends what an erasure left to do: removes files and writes the database anew. At each start of a shop. */
  async finish(): Promise<void> {
    const { storage, media, log, clock, dropCopies } = this.#deps
    const pending = this.#pending()
    if (pending === null) return
    this.#cancelRetry?.()
    this.#cancelRetry = null
    try {
      await dropCopies()
      removeUpgradeCopies(storage.sql.name)
      await media.removeUnused(storage, pending.media)
      storage.compact()
      storage.write('system', (tx) => {
        tx.sql.prepare('DELETE FROM settings WHERE key = ?').run(pendingKey)
      })
    } catch (error) {
      // Erased it is; what is left of the bytes goes when nobody reads.
      log.warn('erasure.unfinished', { error: error instanceof DomainError ? error.code : String(error) })
      this.#cancelRetry = clock.after(retryAfterMs, () => void this.finish())
    }
  }

  stop(): void {
    this.#cancelRetry?.()
  }

  #refuseOpenOrders(tx: Tx, records: readonly string[]): void {
    const count = tx.sql
      .prepare<string[], number>(
        `SELECT count(*) FROM orders WHERE customer_id IN (${records.map(() => '?').join(', ')}) AND deleted_at IS NULL
           AND state IN ('pending', 'processing', 'shipped')`,
      )
      .pluck()
      .get(...records) as number
    if (count > 0) throw new DomainError('customer.open_orders', { count })
  }

  /** Finds what is the person's, before anything that it is found by is overwritten. */
  #collect(tx: Tx, records: readonly string[]): void {
    tx.sql.exec(
      'DROP TABLE IF EXISTS temp.erased; CREATE TEMP TABLE erased (name TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (name, id)) WITHOUT ROWID',
    )
    const insert = tx.sql.prepare("INSERT OR IGNORE INTO temp.erased (name, id) VALUES ('customers', ?)")
    for (const id of records) insert.run(id)
    for (const { name, find } of personalSets)
      tx.sql
        .prepare(`INSERT OR IGNORE INTO temp.erased (name, id) SELECT '${name}', id FROM (${filled(find)})`)
        .run()
  }

  /** Nobody goes on answering: open turns end, what was queued does not leave. */
  #stopConversations(tx: Tx): void {
    const open = tx.sql
      .prepare<[], string>(
        `SELECT id FROM conversations WHERE deleted_at IS NULL AND id IN (${filled('%conversations')})`,
      )
      .pluck()
      .all() as string[]
    for (const id of open) this.#deps.conversations.switchMode(tx, id, 'paused', 'erased')
  }

  #media(tx: Tx): string[] {
    return tx.sql
      .prepare<[], string>(
        filled(`SELECT media_hash FROM attachments WHERE id IN (%attachments) AND media_hash IS NOT NULL
          UNION SELECT media_hash FROM documents WHERE id IN (%documents)
          UNION SELECT receipt_hash FROM order_payments WHERE id IN (%order_payments) AND receipt_hash IS NOT NULL`),
      )
      .pluck()
      .all() as string[]
  }

  #notePending(tx: Tx, media: readonly string[]): void {
    const before = this.#pending()
    tx.sql
      .prepare('INSERT OR REPLACE INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, ?, ?)')
      .run(
        pendingKey,
        JSON.stringify({ media: [...new Set([...(before?.media ?? []), ...media])] }),
        tx.now,
        tx.actor,
      )
  }

  #pending(): { media: string[] } | null {
    const value = this.#deps.storage
      .prepare<[string], string>('SELECT value FROM settings WHERE key = ?')
      .pluck()
      .get(pendingKey) as string | undefined
    // Written above from this very type.
    return value === undefined ? null : (JSON.parse(value) as { media: string[] })
  }
}

function overwrite(
  tx: Tx,
  table: string,
  plan:
    | { action: 'delete'; where: string }
    | { action: 'overwrite'; where: string; set: Readonly<Record<string, string>> },
): void {
  const where = filled(plan.where)
  if (plan.action === 'delete') {
    tx.sql.prepare(`DELETE FROM ${table} WHERE ${where}`).run()
    return
  }
  const set = Object.entries(plan.set).map(([column, value]) => `${column} = ${value}`)
  const sql = `UPDATE ${table} SET ${set.join(', ')} WHERE ${where}`
  tx.sql.prepare(sql).run(sql.includes('@now') ? { now: tx.now } : {})
}

/** Puts the ids that were found in the place of `%name`. */
function filled(sql: string): string {
  return sql.replace(/%(\w+)/g, (_, name: string) => `SELECT id FROM temp.erased WHERE name = '${name}'`)
}

function isSameName(typed: string, name: string): boolean {
  return name.trim() === typed.trim() || (nameKey(name) !== '' && nameKey(name) === nameKey(typed))
}
