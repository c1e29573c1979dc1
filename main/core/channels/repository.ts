import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { insertRow, restoreRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Reader, Storage, Tx } from '../storage/storage.ts'
import type { ChannelAccount, ChannelConfig } from './account.ts'
import type { ChannelKind } from './channel.ts'
import { channelAccounts } from './tables.ts'

type Row = typeof channelAccounts.$inferSelect

/** The shop's channel accounts. */
export class ChannelRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  list(): ChannelAccount[] {
    const live = this.#storage.orm.select().from(channelAccounts).where(isNull(channelAccounts.deletedAt))
    return live.orderBy(asc(channelAccounts.createdAt), asc(channelAccounts.id)).all().map(toAccount)
  }

  find(id: string, reader: Reader = this.#storage): ChannelAccount | null {
    const where = and(eq(channelAccounts.id, id), isNull(channelAccounts.deletedAt))
    const row = reader.orm.select().from(channelAccounts).where(where).get()
    return row === undefined ? null : toAccount(row)
  }

  findByExternalId(
    kind: ChannelKind,
    externalId: string,
    reader: Reader = this.#storage,
  ): ChannelAccount | null {
    const same = and(eq(channelAccounts.kind, kind), eq(channelAccounts.externalId, externalId))
    const row = reader.orm
      .select()
      .from(channelAccounts)
      .where(and(same, isNull(channelAccounts.deletedAt)))
      .get()
    return row === undefined ? null : toAccount(row)
  }

  /** The account of that bot which was removed last: its conversations come back with it. */
  findRemoved(tx: Tx, kind: ChannelKind, externalId: string): { id: string } | null {
    const same = and(eq(channelAccounts.kind, kind), eq(channelAccounts.externalId, externalId))
    const removed = tx.orm
      .select({ id: channelAccounts.id })
      .from(channelAccounts)
      .where(and(same, isNotNull(channelAccounts.deletedAt)))
    return removed.orderBy(desc(channelAccounts.deletedAt)).get() ?? null
  }

  insert(tx: Tx, account: Omit<ChannelAccount, 'createdAt'>): void {
    insertRow(tx, channelAccounts, account)
  }

  update(tx: Tx, id: string, changes: Partial<Omit<ChannelAccount, 'id' | 'createdAt' | 'kind'>>): void {
    updateRow(tx, channelAccounts, id, changes)
  }

  restore(tx: Tx, id: string): void {
    restoreRow(tx, channelAccounts, id)
  }

  remove(tx: Tx, id: string): void {
    softDeleteRow(tx, channelAccounts, id)
  }
}

function toAccount(row: Row): ChannelAccount {
  const config: ChannelConfig = row.config
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    externalId: row.externalId,
    config,
    secretId: row.secretId,
    enabled: row.enabled,
    createdAt: row.createdAt,
  }
}
