import type { Product, Variant } from '../../catalog/product.ts'
import type { ShopBrief } from '../../engines/engine.ts'
import type { Citation, Fact } from '../facts.ts'
import { type MoneyData, moneyData } from './money-data.ts'

export type VariantPriceData = { kind: 'exact' | 'from'; money: MoneyData } | { kind: 'ask' }

export type ToolVariant = {
  variantId: string
  sku: string | null
  title: string
  options: string[]
  price: VariantPriceData
  compareAt: MoneyData | null
  /** What can be sold now; null when stock is not tracked. */
  available: number | null
  status: Variant['status']
  minQuantity: number
  maxQuantity: number | null
  unit: string
  unitSize: number
}

export type ToolProduct = {
  productId: string
  name: string
  category: string
  brand: string
  status: 'available' | 'sold_out' | 'discontinued'
  madeToOrder: boolean
  leadTimeDays: number | null
  /** At most 400 characters. */
  description: string
  attributes: Record<string, string>
  optionNames: string[]
  priceRange: { lowest: MoneyData; highest: MoneyData } | null
  variants: ToolVariant[]
  hasImage: boolean
  /** Its price is built by rules: `quote_service` gives it. */
  quoted: boolean
}

const descriptionLength = 400

/** A product for sale, as engines see it. */
export function toolProduct(product: Product, shop: ShopBrief, quoted: boolean): ToolProduct {
  const money = (amount: number) => moneyData({ amount, currency: shop.currency }, shop.locale)
  const prices = pricesOf(product)
  return {
    productId: product.id,
    name: product.name,
    category: product.category,
    brand: product.brand,
    status: publicStatus(product),
    madeToOrder: product.madeToOrder,
    leadTimeDays: product.leadTimeDays,
    description: shorten(product.description),
    attributes: product.attributes,
    optionNames: product.optionNames,
    priceRange: prices === null ? null : { lowest: money(prices.lowest), highest: money(prices.highest) },
    variants: product.variants.map((variant) => toolVariant(variant, money)),
    hasImage: product.images.length > 0,
    quoted,
  }
}

function toolVariant(variant: Variant, money: (amount: number) => MoneyData): ToolVariant {
  const { price } = variant
  return {
    variantId: variant.id,
    sku: variant.sku,
    title: variant.title,
    options: variant.options,
    price: price.kind === 'ask' ? { kind: 'ask' } : { kind: price.kind, money: money(price.amount) },
    compareAt: reduced(variant) ? money(variant.compareAt ?? 0) : null,
    available: shownStock(variant),
    status: variant.status,
    minQuantity: variant.minQuantity,
    maxQuantity: variant.maxQuantity,
    unit: variant.unit,
    unitSize: variant.unitSize,
  }
}

function shownStock(variant: Variant): number | null {
  return variant.stock.available === null ? null : Math.max(0, variant.stock.available)
}

/** A former price is shown only where it is above the present one. */
function reduced(variant: Variant): boolean {
  return (
    variant.compareAt !== null && variant.price.kind === 'exact' && variant.compareAt > variant.price.amount
  )
}

function publicStatus(product: Product): ToolProduct['status'] {
  return product.status === 'sold_out' || product.status === 'discontinued' ? product.status : 'available'
}

function pricesOf(product: Product): { lowest: number; highest: number } | null {
  const amounts = product.variants.flatMap(({ price }) => (price.kind === 'ask' ? [] : [price.amount]))
  return amounts.length === 0 ? null : { lowest: Math.min(...amounts), highest: Math.max(...amounts) }
}

function shorten(text: string): string {
  if (text.length <= descriptionLength) return text
  const cut = text.slice(0, descriptionLength - 1)
  const space = cut.lastIndexOf(' ')
  return `${(space > descriptionLength / 2 ? cut.slice(0, space) : cut).trimEnd()}…`
}

/** What may be said of a product, for the gate. */
export function productFacts(product: Product, shop: ShopBrief): Fact[] {
  const { id: productId } = product
  const { currency } = shop
  const titles = product.variants.flatMap(({ title }) =>
    title === '' ? [] : [title, `${product.name} ${title}`],
  )
  const attributes = Object.entries(product.attributes).map(([name, value]) => `${name}: ${value}`)
  const units = product.variants.flatMap(({ unit, unitSize }) =>
    unit === 'piece' ? [] : [`${unitSize} ${unit}`],
  )
  const facts: Fact[] = [
    {
      kind: 'product',
      productId,
      names: [...new Set([product.name, ...product.aliases, ...titles])],
      status: publicStatus(product),
      text: [product.name, ...titles, product.description, ...attributes, ...units]
        .filter(Boolean)
        .join('\n'),
      variants: product.variants.map(({ id, title }) => ({ variantId: id, title })),
    },
  ]
  if (product.leadTimeDays !== null) facts.push({ kind: 'lead_time', productId, days: product.leadTimeDays })
  for (const variant of product.variants) {
    const variantId = variant.id
    if (variant.price.kind === 'ask') facts.push({ kind: 'no_price', productId, variantId })
    else {
      const role = variant.price.kind === 'from' ? 'from' : 'unit'
      facts.push({
        kind: 'price',
        productId,
        variantId,
        role,
        money: { amount: variant.price.amount, currency },
      })
    }
    if (reduced(variant)) {
      const money = { amount: variant.compareAt ?? 0, currency }
      facts.push({ kind: 'price', productId, variantId, role: 'compare_at', money })
    }
    const available = variant.status === 'available' ? shownStock(variant) : 0
    facts.push({ kind: 'stock', productId, variantId, available })
  }
  const range = pricesOf(product)
  if (range !== null && product.variants.length > 1) {
    facts.push({
      kind: 'price',
      productId,
      variantId: null,
      role: 'lowest',
      money: { amount: range.lowest, currency },
    })
    facts.push({
      kind: 'price',
      productId,
      variantId: null,
      role: 'highest',
      money: { amount: range.highest, currency },
    })
  }
  return facts
}

/** Rows that a reply about a product stands on. */
export function productCites(product: Product): Citation[] {
  return [
    { table: 'products', id: product.id, revision: product.revision },
    ...product.variants.map(
      (variant): Citation => ({ table: 'variants', id: variant.id, revision: variant.revision }),
    ),
  ]
}
