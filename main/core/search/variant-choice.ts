import type { Product, Variant } from '../catalog/product.ts'
import { base, fold, words } from './text.ts'

/** What a result must keep, by the rows as they are now. Minor units, inclusive. */
export interface Limits {
  minPrice: number | null
  maxPrice: number | null
  inStockOnly: boolean
  category: string | null
}

/** The product's variant that fits the limits and matches the wanted words best; undefined when none fits. */
export function variantFor(
  product: Product,
  wanted: ReadonlySet<string>,
  limits: Limits,
  exact: Variant | undefined,
): Variant | undefined {
  if (!inCategory(product, limits.category)) return undefined
  let best: Variant | undefined
  let bestValue = -1
  for (const variant of product.variants) {
    if (!withinPrice(variant, limits)) continue
    const inStock =
      product.status === 'available' && variant.status === 'available' && variant.stock.available !== 0
    if (limits.inStockOnly && !inStock) continue
    const matches = words(`${variant.title} ${variant.options.join(' ')} ${variant.sku ?? ''}`).filter(
      (word) => wanted.has(base(word)),
    ).length
    const value = (variant.id === exact?.id ? 100 : 0) + Math.min(matches, 20) * 2 + (inStock ? 1 : 0)
    if (value > bestValue) {
      best = variant
      bestValue = value
    }
  }
  return best
}

function withinPrice(variant: Variant, { minPrice, maxPrice }: Limits): boolean {
  if (minPrice === null && maxPrice === null) return true
  if (variant.price.kind === 'ask') return false
  return (
    variant.price.amount >= (minPrice ?? 0) && variant.price.amount <= (maxPrice ?? Number.POSITIVE_INFINITY)
  )
}

function inCategory(product: Product, category: string | null): boolean {
  return category === null || fold(product.category).startsWith(fold(category))
}
