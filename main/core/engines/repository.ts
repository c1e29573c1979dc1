import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Prices } from '../spending/spending.ts'
import { insertRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { EngineAccount } from './account.ts'
import { engines } from './tables.ts'

type Row = typeof engines.$inferSelect

/** Engines besides the built-in one. */
export class EngineRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** The oldest first. */
  list(): EngineAccount[] {
    const live = this.#storage.orm.select().from(engines).where(isNull(engines.deletedAt))
    return live.orderBy(asc(engines.createdAt), asc(engines.id)).all().map(toAccount)
  }

  find(id: string): EngineAccount | null {
    const where = and(eq(engines.id, id), isNull(engines.deletedAt))
    const row = this.#storage.orm.select().from(engines).where(where).get()
    return row === undefined ? null : toAccount(row)
  }

  insert(tx: Tx, account: Omit<EngineAccount, 'revision'>): void {
    const { prices, ...rest } = account
    insertRow(tx, engines, { ...rest, ...priceColumns(prices) })
  }

  update(tx: Tx, id: string, changes: Partial<Omit<EngineAccount, 'id' | 'kind' | 'revision'>>): void {
    const { prices, ...rest } = changes
    const before = this.find(id)
    updateRow(tx, engines, id, {
      ...rest,
      ...(prices === undefined ? {} : priceColumns(prices)),
      revision: (before?.revision ?? 0) + 1,
    })
  }

  remove(tx: Tx, id: string): void {
    softDeleteRow(tx, engines, id)
  }
}

function priceColumns(prices: Prices | null) {
  return {
    inputPrice: prices?.input ?? null,
    cachedPrice: prices?.cached ?? null,
    outputPrice: prices?.output ?? null,
    priceSource: prices?.source ?? ('unknown' as const),
  }
}

function toAccount(row: Row): EngineAccount {
  const { inputPrice, cachedPrice, outputPrice, priceSource } = row
  const known = inputPrice !== null && outputPrice !== null && priceSource !== 'unknown'
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    provider: row.provider,
    baseUrl: row.baseUrl,
    secretId: row.secretId,
    model: row.model,
    file: row.file,
    enabled: row.enabled,
    prices: known
      ? { input: inputPrice, cached: cachedPrice ?? inputPrice, output: outputPrice, source: priceSource }
      : null,
    contextTokens: row.contextTokens,
    measured: row.measured,
    revision: row.revision,
  }
}
