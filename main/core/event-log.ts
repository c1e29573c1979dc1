import type { ShopEvent } from './events.ts'
import type { Storage } from './storage/storage.ts'

interface EventRow {
  seq: number
  at: string
  type: string
  payload: string
}

/** Sequence of the newest stored event; 0 when there is none. */
export function lastEventSeq(storage: Storage): number {
  return storage.prepare<[], { seq: number | null }>('SELECT max(seq) AS seq FROM events').get()?.seq ?? 0
}

/** Stored events after `seq`, oldest first, at most `limit`. */
export function eventsAfter(storage: Storage, seq: number, limit: number): ShopEvent[] {
  return (
    storage
      .prepare<[number, number], EventRow>(
        'SELECT seq, at, type, payload FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
      )
      .all(seq, limit)
      // Only `tx.emit` writes events, with a type and the payload that belongs to it.
      .map((row) => ({ ...row, payload: JSON.parse(row.payload) }) as ShopEvent)
  )
}
