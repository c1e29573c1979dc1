import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { localMoment } from '../language/calendar.ts'
import { insertRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { type Discount, type DiscountInput, refusalOf } from './discount.ts'
import { checkDate } from './settings.ts'
import { discounts } from './tables.ts'

interface Row extends Omit<Discount, 'active'> {
  active: number
}

const select = `SELECT d.id, d.code, d.kind, d.value, d.min_subtotal AS minSubtotal, d.starts_on AS startsOn, d.ends_on AS endsOn,
    d.max_uses AS maxUses, d.active,
    (SELECT count(*) FROM orders o WHERE o.discount_code = d.code COLLATE NOCASE AND o.state <> 'cancelled' AND o.placed_at >= d.created_at AND o.deleted_at IS NULL) AS uses
  FROM discounts d WHERE d.deleted_at IS NULL`

/** Discount codes that the owner has made. Case does not matter in a code. */
export class DiscountService {
  readonly #storage: Storage
  readonly #shop: () => ShopBrief

  constructor(storage: Storage, shop: () => ShopBrief) {
    this.#storage = storage
    this.#shop = shop
  }

  list(): Discount[] {
    return this.#storage
      .prepare<[], Row>(`${select} ORDER BY d.created_at DESC, d.id DESC`)
      .all()
      .map(toDiscount)
  }

  find(code: string): Discount | null {
    const wanted = sameCode(code)
    // SQLite folds the letters of English alone; a shop has few codes.
    const found = this.#storage
      .prepare<[], { id: string; code: string }>('SELECT id, code FROM discounts WHERE deleted_at IS NULL')
      .all()
      .find((row) => sameCode(row.code) === wanted)
    return found === undefined ? null : this.#require(found.id)
  }

  /** What a code gives, and what earlier ones of that name gave, the newest first. */
  termsOf(code: string): Pick<Discount, 'kind' | 'value'>[] {
    return this.#storage
      .prepare<[string], Pick<Discount, 'kind' | 'value'>>(
        'SELECT kind, value FROM discounts WHERE code = ? COLLATE NOCASE ORDER BY deleted_at IS NOT NULL, created_at DESC, id DESC',
      )
      .all(cleanCode(code))
  }

  /**
   * The discount of a code, if it holds for this sum of lines (minor units) at this moment.
   * @throws DomainError `discount.unknown {code}`, `discount.not_valid {code, reason, minimum?, date?}`.
   */
  valid(code: string, subtotal: number, now: string): Discount {
    const discount = this.find(code)
    if (discount === null) throw new DomainError('discount.unknown', { code: cleanCode(code) })
    const today = localMoment(new Date(now), this.#shop().timeZone).date
    const reason = refusalOf(discount, subtotal, today)
    if (reason === null) return discount
    throw new DomainError('discount.not_valid', {
      code: discount.code,
      reason,
      ...(reason === 'minimum' ? { minimum: discount.minSubtotal } : {}),
      ...(reason === 'early' ? { date: discount.startsOn } : {}),
      ...(reason === 'late' ? { date: discount.endsOn } : {}),
    })
  }

  /** @throws DomainError `discount.code_taken`, `input.invalid {field}`. */
  add(tx: Tx, input: DiscountInput): Discount {
    const id = newId()
    insertRow(tx, discounts, { id, ...this.#checked(input, null) })
    tx.emit('selling.changed', {})
    return this.#require(id)
  }

  /** Replaces the whole discount. @throws as `add`, and `not_found`. */
  change(tx: Tx, id: string, input: DiscountInput): Discount {
    this.#require(id)
    updateRow(tx, discounts, id, this.#checked(input, id))
    tx.emit('selling.changed', {})
    return this.#require(id)
  }

  /** Orders that were placed with it keep their figures. @throws DomainError `not_found`. */
  remove(tx: Tx, id: string): void {
    this.#require(id)
    softDeleteRow(tx, discounts, id)
    tx.emit('selling.changed', {})
  }

  #require(id: string): Discount {
    const row = this.#storage.prepare<[string], Row>(`${select} AND d.id = ?`).get(id)
    if (row === undefined) throw new DomainError('not_found', { entity: 'discounts', id })
    return toDiscount(row)
  }

  #checked(input: DiscountInput, ownId: string | null) {
    const code = cleanCode(input.code)
    if (code.length < 2 || code.length > 40) throw new DomainError('input.invalid', { field: 'code' })
    const highest = input.kind === 'percent' ? 10_000 : Number.MAX_SAFE_INTEGER
    if (!Number.isSafeInteger(input.value) || input.value < 1 || input.value > highest) {
      throw new DomainError('input.invalid', { field: 'value' })
    }
    checkDate(input.startsOn, 'startsOn')
    checkDate(input.endsOn, 'endsOn')
    const { startsOn = null, endsOn = null } = input
    if (startsOn !== null && endsOn !== null && endsOn < startsOn) {
      throw new DomainError('input.invalid', { field: 'endsOn' })
    }
    const other = this.find(code)
    if (other !== null && other.id !== ownId)
      throw new DomainError('discount.code_taken', { code: other.code })
    return {
      code,
      kind: input.kind,
      value: input.value,
      minSubtotal: input.minSubtotal ?? null,
      startsOn,
      endsOn,
      maxUses: input.maxUses ?? null,
      active: input.active ?? true,
    }
  }
}

/** A code as people type it: spaces around it and between its parts do not count. */
function cleanCode(code: string): string {
  return code.normalize('NFC').replace(/\s+/g, '')
}

/** What two ways of typing one code have in common. */
function sameCode(code: string): string {
  return cleanCode(code).toUpperCase()
}

function toDiscount(row: Row): Discount {
  return { ...row, active: row.active === 1 }
}
