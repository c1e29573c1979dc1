import { closeSync, fsyncSync, openSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { openReadOnly } from './read-only.ts'
import type { CopyAnswer, CopyJob } from './upgrade-copy.ts'

/** Copies one database, in a thread of its own while the starting process waits for it. */

// Posted by `copyBeforeUpgrade` only, as this very type.
const { source, target, done, port } = workerData as CopyJob

async function copy(): Promise<void> {
  const sql = openReadOnly(source)
  try {
    await sql.backup(target)
  } finally {
    sql.close()
  }
  // One file that can be moved and opened by itself, and is known to be whole.
  const made = new Database(target, { fileMustExist: true })
  try {
    made.pragma('journal_mode = DELETE')
    if (made.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw Object.assign(new Error('the copy is not whole'), { code: 'SQLITE_CORRUPT' })
  } finally {
    made.close()
  }
  const file = openSync(target, 'r+')
  fsyncSync(file)
  closeSync(file)
}

function answer(said: CopyAnswer): void {
  port.postMessage(said)
  Atomics.store(new Int32Array(done), 0, 1)
  Atomics.notify(new Int32Array(done), 0)
}

try {
  await copy()
  answer({ error: null })
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'SQLITE_ERROR'
  answer({ error: { code, message: error instanceof Error ? error.message : String(error) } })
}
