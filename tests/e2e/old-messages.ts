import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** Makes what customers said look as old as that. Only while no host has the shop open. */
export function makeOld(dataFolder: string, hours: number): void {
  const shops = join(dataFolder, 'shops')
  const [shop] = readdirSync(shops)
  if (shop === undefined) throw new Error('there is no shop')
  const database = new Database(join(shops, shop, 'shop.db'))
  try {
    const at = new Date(Date.now() - hours * 3_600_000).toISOString()
    const { changes } = database
      .prepare("UPDATE messages SET created_at = ?, sent_at = ? WHERE author = 'customer'")
      .run(at, at)
    if (changes === 0) throw new Error('nobody has said anything')
  } finally {
    database.close()
  }
}
