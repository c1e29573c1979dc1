import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** What a second start leaves for the first. */
export interface SecondStart {
  argv: string[]
  cwd: string
  data: unknown
}

/**
 * One process for each user data folder: an open transaction is the lock, so it ends with its process. A second start
 * leaves a letter in a folder that the first one watches.
 */
export function takeInstanceLock(
  userData: string,
  letter: SecondStart,
  onSecond: (second: SecondStart) => void,
): (() => void) | null {
  const folder = join(userData, 'standin-instance')
  const letters = join(folder, 'letters')
  mkdirSync(letters, { recursive: true })
  const database = new Database(join(folder, 'lock.db'), {
    timeout: Number(process.env.STANDIN_LOCK_WAIT ?? 0),
  })
  try {
    database.exec('BEGIN EXCLUSIVE')
  } catch {
    database.close()
    const name = join(letters, `${randomUUID()}.tmp`)
    writeFileSync(name, JSON.stringify(letter))
    renameSync(name, name.replace(/tmp$/, 'json'))
    return null
  }
  const read = () => {
    for (const file of readdirSync(letters).filter((each) => each.endsWith('.json'))) {
      const path = join(letters, file)
      const second: SecondStart = JSON.parse(readFileSync(path, 'utf8'))
      rmSync(path)
      onSecond(second)
    }
  }
  const watcher = watch(letters, read)
  watcher.unref()
  return () => {
    watcher.close()
    database.close()
  }
}
