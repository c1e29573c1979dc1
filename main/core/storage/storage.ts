import type Database from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import type { Actor } from '../actor.ts'
import { DomainError } from '../errors.ts'
import type { EventBus, EventMap, EventType, ShopEvent } from '../events.ts'
import type { Clock } from '../host.ts'
import { isOff } from '../mutants.ts'
import { toStorageError } from './storage-errors.ts'

export type Sql = Database.Database
export type Orm = BetterSQLite3Database

/** Read access. Rows read outside a transaction may change before the next statement. */
export interface Reader {
  readonly sql: Sql
  readonly orm: Orm
}

/** One unit of work: everything done with it commits together, or nothing does. */
export interface Tx extends Reader {
  readonly actor: Actor
  /** UTC ISO 8601, the same for the whole unit of work. */
  readonly now: string
  /** Stores an event in this transaction; it is published after the commit. */
  emit<T extends EventType>(type: T, payload: EventMap[T]): void
}

/** How a unit of work ends. */
export interface WriteOptions {
  /**
   * Whether the disk has it before `write` returns; default: it does. Without, it outlives the death of the process all
   * the same, and reaches the disk with the next unit of work that waits for it. A power cut before that takes it back,
   * with whatever came after it: only for what is then made again by itself, and of which nobody outside has been told.
   */
  durable?: boolean
}

/**
 * The only way to a shop's database. Reads go through `sql` or `orm`; every write goes through `write`, which is
 * synchronous, never nested, and publishes its events after the commit.
 */
export class Storage implements Reader {
  readonly sql: Sql
  readonly orm: Orm
  readonly #clock: Clock
  readonly #bus: EventBus
  readonly #prepared = new Map<string, Database.Statement>()
  #writing = false
  #committed: () => void = () => undefined

  constructor(sql: Sql, clock: Clock, bus: EventBus) {
    this.sql = sql
    this.orm = drizzle({ client: sql })
    this.#clock = clock
    this.#bus = bus
  }

  /** Calls `then` after each commit, instead of who was called before. */
  whenCommitted(then: () => void): void {
    this.#committed = then
  }

  /** A prepared statement, made once. Use it on hot paths: Drizzle's builder costs about 30 µs a statement. */
  prepare<Parameters extends unknown[] | object = unknown[], Row = unknown>(
    source: string,
  ): Database.Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row> {
    let statement = this.#prepared.get(source)
    if (statement === undefined) {
      statement = this.sql.prepare(source)
      this.#prepared.set(source, statement)
    }
    // The cache is keyed by source only; the caller names the types that its own SQL has.
    return statement as Database.Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row>
  }

  /** UTC ISO 8601 of this moment on the host's clock. */
  now(): string {
    return new Date(this.#clock.now()).toISOString()
  }

  /**
   * Writes the database anew without what was deleted or overwritten, and empties the write-ahead log: no byte of it is
   * left in the shop's files. Takes seconds for a large shop, and as much free space as the database has.
   * @throws DomainError `storage.*`, also while something is being read
   */
  compact(): void {
    if (this.#writing) throw new Error('a database is not written anew inside a transaction')
    try {
      this.sql.exec('VACUUM')
      if (!this.#emptyLog()) throw new DomainError('storage.failed', { code: 'SQLITE_BUSY' })
    } catch (error) {
      throw error instanceof DomainError ? error : toStorageError(error)
    }
  }

  /** False while somebody reads. SQLite waits for readers, but not for another connection's checkpoint (`Checkpoints`). */
  #emptyLog(): boolean {
    const until = performance.now() + Number(this.sql.pragma('busy_timeout', { simple: true }))
    for (;;) {
      // One row (busy, log, checkpointed): the pragma reports others instead of failing.
      const [checkpoint] = this.sql.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
      if (checkpoint?.busy === 0) return true
      if (performance.now() >= until) return false
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }

  /**
   * Runs `work` in one IMMEDIATE transaction.
   * @throws DomainError `storage.full`, `storage.read_only` or `storage.failed` when the disk or file refuses; nothing is written.
   */
  write<T>(actor: Actor, work: (tx: Tx) => T, { durable = true }: WriteOptions = {}): T {
    if (this.#writing) throw new Error('storage.write must not be nested: pass the tx on')
    const now = this.now()
    const events: ShopEvent[] = []
    const insertEvent = this.prepare<[string, string, string]>(
      'INSERT INTO events (at, type, payload) VALUES (?, ?, ?)',
    )
    const tx: Tx = {
      sql: this.sql,
      orm: this.orm,
      actor,
      now,
      emit: (type, payload) => {
        const { lastInsertRowid } = insertEvent.run(now, type, JSON.stringify(payload))
        // (type, payload) were checked together by the signature of `emit`; the union cannot be inferred from a generic key.
        events.push({ seq: Number(lastInsertRowid), at: now, type, payload } as ShopEvent)
      },
    }
    const waits = durable && !isOff('storage.durable')
    let result: T
    this.#writing = true
    try {
      if (!waits) this.sql.pragma('synchronous = NORMAL')
      this.sql.exec('BEGIN IMMEDIATE')
      try {
        result = work(tx)
        if (result instanceof Promise) throw new Error('storage.write takes synchronous work only')
        this.sql.exec('COMMIT')
      } catch (error) {
        if (this.sql.inTransaction) this.sql.exec('ROLLBACK')
        throw error
      }
    } catch (error) {
      throw error instanceof DomainError ? error : toStorageError(error)
    } finally {
      if (!waits) this.sql.pragma('synchronous = FULL')
      this.#writing = false
    }
    this.#committed()
    for (const event of events) this.#bus.publish(event)
    return result
  }
}
