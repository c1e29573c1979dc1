import type { Price } from '../product.ts'
import type { Sheet } from './draft.ts'
import { type Doubt, parsePrice } from './prices.ts'

export interface MoneyCells {
  price: string
  salePrice?: string
  compareAt?: string
  cost?: string
}

export interface RowMoney {
  price: Price
  compareAt: number | null
  cost: number | null
  /** Unit that the price cell names: `4,50 €/kg`. */
  unit: string | null
}

/**
 * The prices of one row: a sale price that is lower becomes the price and the regular one what it is compared with.
 * Null when the row was refused.
 */
export function readMoney(sheet: Sheet, row: number, cells: MoneyCells): RowMoney | null {
  const base = parsePrice(cells.price, sheet.style)
  if (!base.ok) {
    sheet.issues.refuse(row, base.reason, base.data)
    return null
  }
  let price = base.price
  let compareAt: number | null = null
  let doubts: Doubt[] = base.doubts
  const sale = optional(sheet, row, 'salePrice', cells.salePrice)
  if (sale !== null) {
    if (price.kind === 'ask') {
      price = { kind: 'exact', amount: sale.amount }
      doubts = sale.doubts
    } else if (sale.amount < price.amount) {
      compareAt = price.amount
      price = { kind: price.kind, amount: sale.amount }
      doubts = [...doubts, ...sale.doubts]
    } else if (sale.amount > price.amount) {
      sheet.issues.warn(row, 'sale_not_lower', { text: cells.salePrice?.trim() ?? '' })
    }
  }
  const before = optional(sheet, row, 'compareAt', cells.compareAt)
  if (before !== null && price.kind !== 'ask') {
    if (before.amount > price.amount) compareAt = before.amount
    else if (before.amount < price.amount) {
      sheet.issues.warn(row, 'compare_at_not_higher', { text: cells.compareAt?.trim() ?? '' })
    }
  }
  for (const doubt of doubts) sheet.issues.warn(row, doubt.reason, doubt.data)
  const cost = cells.cost === undefined ? null : parsePrice(cells.cost, sheet.style)
  return {
    price,
    compareAt: price.kind === 'ask' ? null : compareAt,
    cost: cost?.ok === true && cost.price.kind === 'exact' ? cost.price.amount : null,
    unit: base.unit,
  }
}

function optional(
  sheet: Sheet,
  row: number,
  field: string,
  text: string | undefined,
): { amount: number; doubts: Doubt[] } | null {
  if (text === undefined || text.trim() === '') return null
  const parsed = parsePrice(text, sheet.style)
  if (parsed.ok) {
    if (parsed.price.kind !== 'ask') return { amount: parsed.price.amount, doubts: parsed.doubts }
    // 0 and a dash in a column for reductions say that there is none.
    if (parsed.doubts.every((doubt) => doubt.reason === 'price_zero' || doubt.reason === 'price_missing'))
      return null
  }
  sheet.issues.warn(row, 'compare_at_unreadable', { field, text: text.trim().slice(0, 60) })
  return null
}
