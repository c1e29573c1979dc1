import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../../../tests/fixtures/clock.ts'
import { EventBus } from '../events.ts'
import { withMutant } from '../mutants.ts'
import { appMigrations } from '../people/migrations.ts'
import { openPeople } from '../people/service.ts'
import { migrate } from './migrate.ts'
import { shopMigrations } from './migrations/shop.ts'
import { openStorage } from './open.ts'

/** Only root may, and not in every container. */
function canMount(): boolean {
  const trial = mkdtempSync(join(tmpdir(), 'mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', trial], { stdio: 'ignore' })
    execFileSync('umount', [trial], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(trial, { recursive: true, force: true })
  }
}

let folder: string
let clock: ManualClock
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'upgrade-'))
  clock = new ManualClock(Date.parse('2026-11-22T23:30:00Z'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const newest = shopMigrations.at(-1)?.version ?? 0
const file = () => join(folder, 'shop.db')
const backups = () => (existsSync(join(folder, 'backups')) ? readdirSync(join(folder, 'backups')).sort() : [])
const open = () => openStorage(file(), { clock, bus: new EventBus(() => undefined) })

/** A shop's database of an older version, with something in it that is still in the write-ahead log. */
function older(version: number, path = file()): void {
  const sql = new Database(path)
  sql.pragma('journal_mode = WAL')
  sql.pragma('wal_autocheckpoint = 0')
  migrate(sql, shopMigrations.slice(0, version))
  sql
    .prepare("INSERT INTO settings (key, value, updated_at, updated_by) VALUES ('kept', '1', 'now', 'x')")
    .run()
  sql.close()
}

function versionOf(path: string): number {
  const sql = new Database(path, { readonly: true })
  try {
    return Number(sql.pragma('user_version', { simple: true }))
  } finally {
    sql.close()
  }
}

describe('a database of an older version', () => {
  it('is copied as it was, then brought up', () => {
    older(newest - 1)
    open().sql.close()
    expect(versionOf(file())).toBe(newest)
    const name = `before-v${newest}-2026-11-22.db`
    expect(backups()).toEqual([name])
    const copy = join(folder, 'backups', name)
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    const sql = new Database(copy, { readonly: true })
    expect(sql.pragma('user_version', { simple: true })).toBe(newest - 1)
    expect(sql.prepare("SELECT value FROM settings WHERE key = 'kept'").pluck().get()).toBe('1')
    sql.close()
    open().sql.close()
    expect(backups()).toEqual([name])
  })

  it('would be lost for who wants to go back, without the copy', async () => {
    older(newest - 1)
    await withMutant('upgrade.copy_first', () => open().sql.close())
    expect(backups()).toEqual([])
  })

  it('keeps the three newest copies', () => {
    for (let time = 0; time < 5; time++) {
      for (const end of ['', '-wal', '-shm']) rmSync(file() + end, { force: true })
      older(newest - 1)
      open().sql.close()
    }
    expect(backups()).toEqual([3, 4, 5].map((number) => `before-v${newest}-2026-11-22-${number}.db`))
  })

  it('can be gone back to after an upgrade that fails half-way, however often that is tried again', () => {
    older(newest)
    const half = { version: newest + 1, name: 'half', sql: 'CREATE TABLE half (id TEXT) STRICT' }
    const failing = { version: newest + 2, name: 'failing', sql: 'INSERT INTO nowhere VALUES (1)' }
    const migrations = [...shopMigrations, half, failing]
    for (let start = 0; start < 5; start++) {
      clock.advance(1_000)
      expect(() => openStorage(file(), { clock, bus: new EventBus(() => undefined), migrations })).toThrow()
    }
    expect(versionOf(file())).toBe(newest + 1)
    const versions = backups().map((name) => versionOf(join(folder, 'backups', name)))
    expect(versions.sort()).toEqual([newest, newest + 1, newest + 1])
  })

  it('leaves nothing behind of a copy that a death cut short', () => {
    older(newest - 1)
    mkdirSync(join(folder, 'backups'))
    const name = `before-v${newest}-2026-11-22.db`
    for (const left of [`${name}.part`, `${name}.part-journal`, `before-v${newest - 1}-2026-01-01-2.db.part`])
      writeFileSync(join(folder, 'backups', left), 'half of a database')
    writeFileSync(join(folder, 'backups', 'mine.part'), 'what the owner put here')
    open().sql.close()
    expect(backups()).toEqual([name, 'mine.part'])
    expect(versionOf(join(folder, 'backups', name))).toBe(newest - 1)
  })

  it('is not touched where it cannot be copied', () => {
    older(newest - 1)
    writeFileSync(join(folder, 'backups'), 'a file where the folder should be')
    const before = readFileSync(file())
    expect(open).toThrowError(expect.objectContaining({ code: 'shop.no_rights' }))
    expect(versionOf(file())).toBe(newest - 1)
    expect(readFileSync(file()).equals(before)).toBe(true)
  })

  it.skipIf(!canMount())('is not touched on a full disk', () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder])
    try {
      older(newest - 1)
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(join(folder, 'other'), Buffer.alloc(bavail * bsize - 64 * 1024))
      expect(open).toThrowError(expect.objectContaining({ code: 'storage.full' }))
      expect([versionOf(file()), backups()]).toEqual([newest - 1, []])
    } finally {
      execFileSync('umount', ['-l', folder])
    }
  })

  it('is the people’s as well', () => {
    const path = join(folder, 'app.db')
    const sql = new Database(path)
    migrate(sql, appMigrations.slice(0, 1))
    sql
      .prepare(
        "INSERT INTO people (id, name, role, created_at, updated_at, created_by, updated_by) VALUES ('p', 'Rosa', 'owner', 't', 't', 'x', 'x')",
      )
      .run()
    sql
      .prepare(
        "INSERT INTO sessions (id, person_id, token_hash, created_at, expires_at) VALUES ('s', 'p', 'h', '2026-11-01T00:00:00.000Z', '2026-12-30T00:00:00.000Z')",
      )
      .run()
    sql.close()
    const log = { debug() {}, info() {}, warn() {}, error() {}, child: () => log }
    const people = openPeople(folder, { clock, log })
    expect(people.owner().name).toBe('Rosa')
    expect(people.access.sessions.list()).toMatchObject([
      { id: 's', usedAt: '2026-11-01T00:00:00.000Z', browser: '' },
    ])
    people.close()
    expect(backups()).toEqual([`before-v${appMigrations.length}-2026-11-22.db`])
  })
})

describe('no copy is made', () => {
  it('of a new database, nor of one that is up to date', () => {
    open().sql.close()
    open().sql.close()
    expect(backups()).toEqual([])
  })

  it('of a newer one, which is refused and stays as it is', () => {
    open().sql.close()
    const sql = new Database(file())
    sql.pragma(`user_version = ${newest + 1}`)
    sql.pragma('journal_mode = DELETE')
    sql.close()
    const before = readFileSync(file())
    expect(open).toThrowError(
      expect.objectContaining({ code: 'shop.newer_version', data: { found: newest + 1, supported: newest } }),
    )
    expect(readFileSync(file()).equals(before)).toBe(true)
    expect(backups()).toEqual([])
  })
})
