import type { Product, Variant } from '../catalog/product.ts'
import { DomainError } from '../errors.ts'
import type { NotSellable } from './cart.ts'

/** Why this variant cannot be put in a cart, or null when it can. Stock and quantity are checked apart. */
export function notSellableReason(product: Product, variant: Variant): NotSellable | null {
  if (product.status === 'hidden' || product.status === 'draft') return 'not_for_sale'
  if (product.status === 'discontinued' || variant.status === 'discontinued') return 'discontinued'
  if (product.status === 'sold_out' || variant.status === 'sold_out') return 'sold_out'
  if (variant.price.kind === 'ask') return 'price_ask'
  if (variant.price.kind === 'from') return 'price_from'
  return null
}

/** What may be sold of it now; null when there is no limit (untracked, or made to order). Never below 0. */
export function availableNow(product: Product, variant: Variant): number | null {
  if (product.madeToOrder || variant.stock.available === null) return null
  return Math.max(0, variant.stock.available)
}

/**
 * Checks that `quantity` of a variant may be in a cart.
 * @returns the unit price in minor units.
 * @throws DomainError `cart.not_sellable {reason}`, `cart.quantity {min, max}`, `cart.out_of_stock {available}`.
 */
export function checkSellable(product: Product, variant: Variant, quantity: number): number {
  const ids = { productId: product.id, variantId: variant.id }
  const reason = notSellableReason(product, variant)
  if (reason !== null || variant.price.kind !== 'exact') {
    throw new DomainError('cart.not_sellable', { ...ids, reason: reason ?? 'price_ask' })
  }
  const { minQuantity: min, maxQuantity: max } = variant
  if (!Number.isSafeInteger(quantity) || quantity < min || (max !== null && quantity > max)) {
    throw new DomainError('cart.quantity', { ...ids, min, max, quantity })
  }
  const available = availableNow(product, variant)
  if (available !== null && quantity > available)
    throw new DomainError('cart.out_of_stock', { ...ids, available })
  return variant.price.amount
}
