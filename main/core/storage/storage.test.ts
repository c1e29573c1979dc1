import { appendFileSync, copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import type { ShopEvent } from '../events.ts'
import { takeLock } from './lock.ts'
import { type Migration, migrate } from './migrate.ts'
import { openStorage } from './open.ts'

let open: TestStorage[] = []
function create(): TestStorage {
  const test = createTestStorage()
  open.push(test)
  return test
}
afterEach(() => {
  for (const test of open) test.close()
  open = []
})

describe('the unit of work', () => {
  it('commits rows and events together and publishes after the commit', () => {
    const { storage, bus } = create()
    const seen: ShopEvent[] = []
    bus.subscribe((event) => {
      expect(storage.sql.inTransaction).toBe(false)
      seen.push(event)
    })
    storage.write('system', (tx) => {
      tx.emit('profile.changed', {})
      expect(seen).toEqual([])
    })
    expect(seen.map((event) => event.type)).toEqual(['profile.changed'])
    expect(storage.sql.prepare('SELECT count(*) FROM events').pluck().get()).toBe(1)
  })

  it('writes and publishes nothing when the work throws', () => {
    const { storage, bus } = create()
    const seen: ShopEvent[] = []
    bus.subscribe((event) => seen.push(event))
    expect(() =>
      storage.write('system', (tx) => {
        tx.emit('profile.changed', {})
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(seen).toEqual([])
    expect(storage.sql.prepare('SELECT count(*) FROM events').pluck().get()).toBe(0)
  })

  it('refuses nesting and asynchronous work, and works on afterwards', () => {
    const { storage } = create()
    expect(() => storage.write('system', () => storage.write('system', () => 1))).toThrow('nested')
    expect(() => storage.write('system', async () => 1)).toThrow('synchronous')
    expect(storage.write('system', () => 1)).toBe(1)
  })

  it('waits for the disk, but for what says that it need not, and waits again after that', () => {
    const { storage } = create()
    const level = () => storage.sql.pragma('synchronous', { simple: true })
    const [full, normal] = [2, 1]
    expect(storage.write('system', level)).toBe(full)
    expect(storage.write('system', level, { durable: false })).toBe(normal)
    expect(level()).toBe(full)
    const broken = () => {
      throw new Error('no')
    }
    expect(() => storage.write('system', broken, { durable: false })).toThrow('no')
    expect(level()).toBe(full)
    expect(storage.write('system', level)).toBe(full)
  })

  it('says that the disk is full, loses nothing and goes on when there is room', () => {
    const { storage } = create()
    const pages = Number(storage.sql.pragma('page_count', { simple: true }))
    storage.sql.pragma(`max_page_count = ${pages}`)
    const fill = () =>
      storage.write('system', (tx) => {
        const insert = tx.sql.prepare("INSERT INTO events (at, type, payload) VALUES ('', 'x', ?)")
        for (let i = 0; i < 500; i++) insert.run(JSON.stringify('x'.repeat(2000)))
      })
    expect(fill).toThrowError(expect.objectContaining({ code: 'storage.full' }))
    storage.sql.pragma('max_page_count = 1000000')
    fill()
    expect(storage.sql.prepare('SELECT count(*) FROM events').pluck().get()).toBe(500)
  })

  it('has WAL, FULL and foreign keys, also when reopened', () => {
    const test = create()
    const second = openStorage(join(test.dir, 'shop.db'), test)
    for (const sql of [test.storage.sql, second.sql]) {
      expect(sql.pragma('journal_mode', { simple: true })).toBe('wal')
      expect(sql.pragma('synchronous', { simple: true })).toBe(2)
      expect(sql.pragma('foreign_keys', { simple: true })).toBe(1)
    }
    second.sql.close()
  })

  it('has only STRICT tables', () => {
    const { storage } = create()
    const loose = storage.sql
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .pluck()
      .all()
    expect(loose).toEqual([])
  })
})

describe('opening', () => {
  it('refuses a database of a newer version and leaves it as it was', () => {
    const test = create()
    const file = join(test.dir, 'newer.db')
    const sql = new Database(file)
    sql.pragma('user_version = 99')
    sql.close()
    const before = readFileSync(file)
    expect(() => openStorage(file, test)).toThrowError(
      expect.objectContaining({ code: 'shop.newer_version' }),
    )
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('refuses a damaged database, a text file and a foreign database, and leaves them as they were', () => {
    const test = create()
    test.storage.sql.pragma('wal_checkpoint(TRUNCATE)')
    const damaged = join(test.dir, 'damaged.db')
    copyFileSync(join(test.dir, 'shop.db'), damaged)
    const bytes = readFileSync(damaged)
    bytes.fill(0xab, 4096, Math.min(bytes.length, 4096 * 30))
    writeFileSync(damaged, bytes)
    const text = join(test.dir, 'text.db')
    writeFileSync(text, 'this is no database at all, only a long text '.repeat(100))
    const foreign = join(test.dir, 'foreign.db')
    const other = new Database(foreign)
    other.exec('CREATE TABLE things (id)')
    other.close()
    for (const file of [damaged, text, foreign]) {
      const before = readFileSync(file)
      expect(() => openStorage(file, test)).toThrowError(expect.objectContaining({ code: 'shop.damaged' }))
      expect(readFileSync(file).equals(before)).toBe(true)
    }
  })

  it('says when the folder does not exist or may not be written', () => {
    const test = create()
    expect(() => openStorage(join(test.dir, 'nowhere', 'shop.db'), test)).toThrowError(
      expect.objectContaining({ code: 'shop.no_rights' }),
    )
  })
})

describe('migrations', () => {
  it('keeps child rows when a table is rebuilt, and rolls back one that breaks a reference', () => {
    const sql = new Database(':memory:')
    const first: Migration = {
      version: 1,
      name: 'first',
      sql: `CREATE TABLE parent (id INTEGER PRIMARY KEY) STRICT;
            CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent (id) ON DELETE CASCADE) STRICT;`,
    }
    migrate(sql, [first])
    sql.exec('INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1, 1)')
    const rebuild: Migration = {
      version: 2,
      name: 'rebuild',
      sql: `CREATE TABLE parent_new (id INTEGER PRIMARY KEY, name TEXT) STRICT;
            INSERT INTO parent_new (id) SELECT id FROM parent; DROP TABLE parent; ALTER TABLE parent_new RENAME TO parent;`,
    }
    migrate(sql, [first, rebuild])
    expect(sql.prepare('SELECT count(*) FROM child').pluck().get()).toBe(1)
    const breaking: Migration = { version: 3, name: 'breaking', sql: 'DELETE FROM parent' }
    expect(() => migrate(sql, [first, rebuild, breaking])).toThrow('broken references')
    expect(sql.pragma('user_version', { simple: true })).toBe(2)
    expect(sql.prepare('SELECT count(*) FROM parent').pluck().get()).toBe(1)
  })
})

describe('the lock', () => {
  it('is held once and free after release', () => {
    const test = create()
    const file = join(test.dir, 'lock.db')
    const lock = takeLock(file)
    expect(() => takeLock(file)).toThrowError(expect.objectContaining({ code: 'shop.locked' }))
    lock.release()
    takeLock(file).release()
    expect(statSync(file).isFile()).toBe(true)
    appendFileSync(file, '')
  })
})
