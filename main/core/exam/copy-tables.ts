import { isOff } from '../mutants.ts'
import type { Storage } from '../storage/storage.ts'

/** What an examined copy keeps: catalog, knowledge and how the shop sells and speaks. Everything else is emptied. */
const kept: ReadonlySet<string> = new Set([
  'shop',
  'settings',
  'products',
  'variants',
  'product_aliases',
  'product_images',
  'synonyms',
  'knowledge',
  'tariffs',
  'discounts',
])
/** Full-text tables keep their own files; the index of products is part of the catalog. */
const keptIndex = /^search_text(?:_|$)/

/**
 * Leaves nothing in a copied database that a customer said or did, nor secrets, channels and logs: a table that is not
 * known to be the shop's own is emptied, also one that a later version adds.
 */
export function emptyOfPeople(storage: Storage): void {
  if (isOff('exam.without_people')) return
  const { sql } = storage
  const tables = sql
    .prepare<[], { name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .all()
    .map((row) => row.name)
    .filter((name) => !kept.has(name) && !keptIndex.test(name))
  // Rows point at each other in circles: what is emptied as a whole needs no order.
  sql.pragma('foreign_keys = OFF')
  sql.transaction(() => {
    for (const name of tables) sql.exec(`DELETE FROM "${name.replaceAll('"', '""')}"`)
  })()
  sql.pragma('foreign_keys = ON')
  storage.compact()
}
