import { isOff } from '../mutants.ts'
import type { MergeReason } from './customer.ts'
import { nameKey } from './keys.ts'
import type { CustomerFields, CustomerRow } from './repository.ts'

export type Key = string | number
type Fillable =
  | 'name'
  | 'phone'
  | 'phoneSource'
  | 'email'
  | 'nationalId'
  | 'language'
  | 'formOfAddress'
  | 'notes'

/** What a merge did, so that exactly that can be undone. */
export interface Moved {
  /** Primary keys of the rows that changed hands, by `table.column`. */
  rows: Record<string, Key[][]>
  /** Fields of the kept record that were empty. */
  filled: Partial<Record<Fillable, { before: string | null; after: string | null }>>
}

/** Whether two records are the same person without anybody saying so. */
export function isCertain(left: CustomerRow, right: CustomerRow, reason: MergeReason): boolean {
  const [one, other] = [nameKey(left.name), nameKey(right.name)]
  const sameName = one === other || one === '' || other === '' || isOff('customers.merge_names')
  if (!sameName) return false
  if (reason === 'national_id') return true
  // What somebody told of themselves may be another person's phone.
  const sources = [left.phoneSource, right.phoneSource]
  return reason === 'phone' && sources.includes('channel') && !sources.includes('customer')
}

/** What the kept record lacks and the other one has. */
export function missingFields(kept: CustomerRow, other: CustomerRow): Moved['filled'] {
  const filled: Moved['filled'] = {}
  for (const field of ['name', 'email', 'nationalId', 'language', 'formOfAddress'] as const) {
    if ((kept[field] ?? '') === '' && (other[field] ?? '') !== '')
      filled[field] = { before: kept[field], after: other[field] }
  }
  if (kept.phone === null && other.phone !== null) {
    filled.phone = { before: null, after: other.phone }
    filled.phoneSource = { before: kept.phoneSource, after: other.phoneSource }
  }
  if (other.notes !== '' && other.notes !== kept.notes)
    filled.notes = {
      before: kept.notes,
      after: kept.notes === '' ? other.notes : `${kept.notes}\n${other.notes}`,
    }
  return filled
}

/** The filled-in fields as they were before, or came out after, a merge. */
export function fieldsOf(moved: Moved, side: 'before' | 'after'): CustomerFields {
  const entries = Object.entries(moved.filled).map(([field, values]) => [field, values[side]])
  // Both sides were taken from fields of a customer's row.
  return Object.fromEntries(entries) as CustomerFields
}

/** Takes back what was filled in, unless somebody has changed it since. */
export function restoredFields(kept: CustomerRow, moved: Moved): CustomerFields {
  const { notes, phoneSource, ...others } = moved.filled
  const untouched: Moved['filled'] = Object.fromEntries(
    // The keys are those of `Fillable`, which the row has.
    Object.entries(others).filter(([field, values]) => kept[field as Fillable] === values.after),
  )
  if (untouched.phone !== undefined && phoneSource !== undefined) untouched.phoneSource = phoneSource
  const fields = fieldsOf({ rows: {}, filled: untouched }, 'before')
  if (notes?.after) {
    const before = notes.before ?? ''
    fields.notes = withoutPiece(
      kept.notes,
      before === '' ? notes.after : notes.after.slice(before.length + 1),
    )
  }
  return fields
}

/** Notes without the lines that a merge brought, where they still stand as they came. */
function withoutPiece(notes: string, piece: string): string {
  const padded = `\n${notes}\n`
  const at = padded.lastIndexOf(`\n${piece}\n`)
  if (at < 0) return notes
  return (padded.slice(0, at) + padded.slice(at + piece.length + 1)).slice(1, -1)
}
