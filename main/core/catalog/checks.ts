import { DomainError } from '../errors.ts'
import type { Price, VariantInput } from './product.ts'

/** Highest amount a price may have: 10¹² minor units. Above it a figure is a mistake, and sums stay exact below it. */
export const highestAmount = 1_000_000_000_000

/** Throws `catalog.invalid_price` unless the price is an integer of minor units above 0, or `ask`. */
export function checkPrice(price: Price): void {
  if (price.kind === 'ask') return
  if (!isAmount(price.amount) || price.amount === 0) {
    throw new DomainError('catalog.invalid_price', { amount: price.amount })
  }
}

export function checkName(name: string): string {
  const clean = name.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (clean === '' || clean.length > 500) throw new DomainError('input.invalid', { field: 'name' })
  return clean
}

/** Throws for figures that the schema or a cart could not live with. */
export function checkVariant(input: Partial<VariantInput>): void {
  if (input.price !== undefined) checkPrice(input.price)
  for (const field of ['compareAt', 'cost'] as const) {
    const amount = input[field]
    if (amount !== undefined && amount !== null && !isAmount(amount)) {
      throw new DomainError('catalog.invalid_price', { field, amount })
    }
  }
  for (const field of ['unitSize', 'minQuantity', 'maxQuantity'] as const) {
    const value = input[field]
    if (value !== undefined && value !== null && !(Number.isSafeInteger(value) && value > 0)) {
      throw new DomainError('input.invalid', { field })
    }
  }
  if (input.stock !== undefined && !Number.isSafeInteger(input.stock.onHand)) {
    throw new DomainError('input.invalid', { field: 'stock' })
  }
}

function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= highestAmount
}
