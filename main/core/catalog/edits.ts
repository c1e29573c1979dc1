import type { Tx } from '../storage/storage.ts'

/** Whether a person makes this change: then its fields are manual, and imports keep them. */
export function byPerson(tx: Tx): boolean {
  return tx.actor.startsWith('person:')
}

export function union(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])]
}

/** Different as JSON. */
export function differs(first: unknown, second: unknown): boolean {
  return JSON.stringify(first) !== JSON.stringify(second)
}
