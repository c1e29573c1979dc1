import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { syncWholly } from './sync-wholly.ts'

/** Carries one database's write-ahead log over, whenever it is told to, in a thread of its own. */

export interface CheckpointAnswer {
  /** SQLite's code; null when it went well, also where a reader or writer left some of it for the next time. */
  error: string | null
}

// Posted by `Checkpoints` only.
const sql = new Database(workerData as string, { fileMustExist: true, timeout: 0 })
sql.pragma('synchronous = FULL')
syncWholly(sql)

parentPort?.on('message', (order: 'carry over' | 'end') => {
  if (order === 'end') {
    sql.close()
    parentPort?.close()
    return
  }
  let answer: CheckpointAnswer = { error: null }
  try {
    // Waits for nobody, and nobody for it.
    sql.pragma('wal_checkpoint(PASSIVE)')
  } catch (error) {
    answer = { error: error instanceof Error && 'code' in error ? String(error.code) : 'SQLITE_ERROR' }
  }
  parentPort?.postMessage(answer)
})
