import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Prices } from '../spending/spending.ts'
import { auditColumns } from '../storage/columns.ts'
import type { Measured } from './local/model-host.ts'

/** What was found out of an engine: of a local model how fast it is here, of a remote one what its service told. */
export interface EngineFindings {
  local?: Measured
  /** Prices that the service or the shipped table gives, for when the owner takes their own back. */
  listed?: Prices | null
}

export const engines = sqliteTable('engines', {
  id: text('id').primaryKey(),
  kind: text('kind', { enum: ['remote', 'local'] }).notNull(),
  name: text('name').notNull(),
  provider: text('provider', { enum: ['deepseek', 'openrouter', 'custom'] }),
  baseUrl: text('base_url'),
  secretId: text('secret_id'),
  model: text('model').notNull(),
  file: text('file'),
  enabled: integer('enabled', { mode: 'boolean' }).notNull().default(true),
  inputPrice: integer('input_price'),
  cachedPrice: integer('cached_price'),
  outputPrice: integer('output_price'),
  priceSource: text('price_source', { enum: ['service', 'table', 'owner', 'free', 'unknown'] })
    .notNull()
    .default('unknown'),
  contextTokens: integer('context_tokens'),
  measured: text('measured', { mode: 'json' }).$type<EngineFindings>().notNull().default({}),
  revision: integer('revision').notNull().default(1),
  ...auditColumns,
})
