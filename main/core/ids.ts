import { v7 } from 'uuid'

/** A new UUIDv7: unique and roughly ordered, but order is always told by a `seq`. */
export function newId(): string {
  return v7()
}
