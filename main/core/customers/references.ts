import type { Sql } from '../storage/storage.ts'

/** A column that says whose a row is. */
export interface CustomerReference {
  table: string
  column: string
  /** The table's primary key. */
  key: string[]
  /** The column that tells the conversation in which a row came about, where rows have both that and `created_at`. */
  conversation: string | null
}

interface TableColumn {
  name: string
  pk: number
}

/** Columns that tell of the records themselves, not of what belongs to them. */
const ofRecords: ReadonlySet<string> = new Set(['customers', 'customer_merges'])

/**
 * Every column of the database that refers to a customer, read from the schema: a table that a later version adds moves
 * with a merge without anybody remembering it here.
 */
export function customerReferences(sql: Sql): CustomerReference[] {
  return tableNames(sql)
    .filter((table) => !ofRecords.has(table))
    .flatMap((table) =>
      referencesOf(sql, table)
        .filter((reference) => reference.to === 'customers')
        .map(({ column }) => ({
          table,
          column,
          key: primaryKey(sql, table),
          conversation: conversationOf(sql, table),
        })),
    )
}

function conversationOf(sql: Sql, table: string): string | null {
  const dated = sql.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = 'created_at'").get(table)
  const own = referencesOf(sql, table).find((reference) => reference.to === 'conversations')
  return dated === undefined ? null : (own?.column ?? null)
}

/** Ordinary tables of the shop, without SQLite's own and those behind text search. */
export function tableNames(sql: Sql): string[] {
  return sql
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .pluck()
    .all() as string[]
}

/** The table's foreign keys of one column each. */
export function referencesOf(sql: Sql, table: string): { column: string; to: string }[] {
  return sql
    .prepare<[string], { column: string; to: string }>(
      'SELECT "from" AS column, "table" AS "to" FROM pragma_foreign_key_list(?) ORDER BY id',
    )
    .all(table)
}

/** Names of the columns that tell a row of the table. */
export function primaryKey(sql: Sql, table: string): string[] {
  return sql
    .prepare<[string], TableColumn>('SELECT name, pk FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk')
    .all(table)
    .map((column) => column.name)
}
