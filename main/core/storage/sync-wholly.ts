import type { Sql } from './storage.ts'

/** On macOS the disk keeps what it was told to write in its own cache unless it is told more. */
export function syncWholly(sql: Sql): void {
  if (process.platform !== 'darwin') return
  sql.pragma('fullfsync = ON')
  sql.pragma('checkpoint_fullfsync = ON')
}
