import { globSync } from 'node:fs'
import { join } from 'node:path'
import { getTableColumns, getTableName, is } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import { createTestStorage } from '../fixtures/shop.ts'

const root = join(import.meta.dirname, '..', '..')

/** Every table that a feature describes for its typed queries, except those of `app.db`. */
async function describedTables(): Promise<SQLiteTable[]> {
  const files = globSync('main/core/*/tables.ts', { cwd: root }).filter((file) => !file.includes('people'))
  const modules = await Promise.all(files.map((file) => import(join(root, file))))
  return modules.flatMap((module) => Object.values(module)).filter((value) => is(value, SQLiteTable))
}

describe('tables described for typed queries', async () => {
  const tables = await describedTables()

  it('are found', () => {
    expect(tables.length).toBeGreaterThan(5)
  })

  it.each(tables.map((table) => [getTableName(table), table] as const))(
    '%s is what the migrations made',
    (name, table) => {
      const { storage, close } = createTestStorage()
      try {
        const real = storage.sql.pragma(`table_info(${name})`) as {
          name: string
          notnull: number
          type: string
        }[]
        expect(real.length, `${name} exists`).toBeGreaterThan(0)
        for (const column of Object.values(getTableColumns(table))) {
          const found = real.find((candidate) => candidate.name === column.name)
          expect(found, `${name}.${column.name}`).toBeDefined()
          if (!column.primary)
            expect(found?.notnull === 1, `${name}.${column.name} not null`).toBe(column.notNull)
          expect(found?.type.toLowerCase(), `${name}.${column.name} type`).toBe(column.getSQLType())
        }
      } finally {
        close()
      }
    },
  )
})
