import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { testLog } from '../../../tests/fixtures/host.ts'
import { createTestStorage, type TestStorage } from '../../../tests/fixtures/shop.ts'
import { Checkpoints } from './checkpoints.ts'

let test: TestStorage
let clock: ManualClock
let checkpoints: Checkpoints

beforeEach(() => {
  clock = new ManualClock()
  test = createTestStorage()
  checkpoints = new Checkpoints({ file: join(test.dir, 'shop.db'), clock, log: testLog() })
  test.storage.whenCommitted(() => checkpoints.committed())
})

afterEach(async () => {
  await checkpoints.stop()
  test.close()
})

const megabyte = 1024 * 1024

function write(name: string, bytes: number): void {
  test.storage.write('system', (tx) =>
    tx.sql
      .prepare("INSERT INTO settings (key, value, updated_at, updated_by) VALUES (?, ?, '', '')")
      .run(name, JSON.stringify('x'.repeat(bytes))),
  )
}

/** What the database holds without its log. */
function carriedOver(): string[] {
  const copy = join(test.dir, 'copy.db')
  copyFileSync(join(test.dir, 'shop.db'), copy)
  const sql = new Database(copy)
  try {
    if (sql.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'settings'").get() === undefined) return []
    return sql.prepare('SELECT key FROM settings ORDER BY key').pluck().all().map(String)
  } finally {
    sql.close()
    for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true })
  }
}

it('carries a long log over beside the process that writes, again and again', async () => {
  write('a', 3 * megabyte)
  expect(carriedOver()).not.toContain('a')
  clock.advance(1_000)
  await checkpoints.settled()
  expect(carriedOver()).toContain('a')

  write('b', megabyte)
  clock.advance(1_000)
  await checkpoints.settled()
  expect(carriedOver()).toEqual(expect.arrayContaining(['a', 'b']))
})

it('carries over later what was written meanwhile', async () => {
  write('a', 3 * megabyte)
  clock.advance(1_000)
  write('b', 10)
  await checkpoints.settled()
  clock.advance(1_000)
  await checkpoints.settled()
  expect(carriedOver()).toEqual(expect.arrayContaining(['a', 'b']))
})

it('leaves a short log alone', async () => {
  write('a', 100)
  clock.advance(1_000)
  await checkpoints.settled()
  expect(carriedOver()).not.toContain('a')
})

it('is no reason that a database cannot be written anew', () => {
  write('a', 3 * megabyte)
  // Its thread begins while the database is written anew.
  clock.advance(1_000)
  expect(() => test.storage.compact()).not.toThrow()
})

it('ends with its thread, and the log with the database', async () => {
  write('a', 3 * megabyte)
  clock.advance(1_000)
  await checkpoints.stop()
  write('b', 10)
  clock.advance(1_000)
  await checkpoints.settled()
  test.storage.sql.close()
  expect(carriedOver()).toEqual(expect.arrayContaining(['a', 'b']))
})

it('is given up once its thread has failed, and not started again at each commit', async () => {
  const file = join(test.dir, 'gone.db')
  writeFileSync(`${file}-wal`, Buffer.alloc(3 * megabyte))
  const warned: string[] = []
  const log = { ...testLog(), warn: (event: string) => void warned.push(event) }
  const failing = new Checkpoints({ file, clock, log })
  for (let commit = 0; commit < 3; commit++) {
    failing.committed()
    clock.advance(1_000)
    await failing.settled()
  }
  expect(warned).toEqual(['storage.checkpoint_failed'])
  await failing.stop()
})
