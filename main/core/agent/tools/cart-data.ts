import type { CatalogService } from '../../catalog/service.ts'
import type { ShopBrief } from '../../engines/engine.ts'
import type { Cart, CartLine } from '../../selling/cart.ts'
import type { Citation, Fact } from '../facts.ts'
import { type MoneyData, moneyData } from './money-data.ts'
import { productCites, productFacts } from './product-data.ts'

export type ToolCartLine = {
  variantId: string
  productId: string
  name: string
  title: string
  quantity: number
  unit: MoneyData
  total: MoneyData
  available: number | null
}

export type ToolCart = {
  lines: ToolCartLine[]
  total: MoneyData
  pieces: number
  /** Lines that can no longer be sold and are in no total. */
  dropped: { variantId: string; productId: string | null; name: string; reason: string }[]
}

export function toolCartLine(line: CartLine, shop: ShopBrief): ToolCartLine {
  return {
    variantId: line.variantId,
    productId: line.productId,
    name: line.name,
    title: line.title,
    quantity: line.quantity,
    unit: moneyData(line.unit, shop.locale),
    total: moneyData(line.total, shop.locale),
    available: line.available,
  }
}

/** A cart as engines see it. */
export function toolCart(cart: Cart, shop: ShopBrief): ToolCart {
  return {
    lines: cart.lines.map((line) => toolCartLine(line, shop)),
    total: moneyData(cart.total, shop.locale),
    pieces: cart.pieces,
    dropped: cart.dropped,
  }
}

/** What may be said of a cart and of the products in it. */
export function cartFacts(
  cart: Cart,
  catalog: CatalogService,
  shop: ShopBrief,
): { facts: Fact[]; cites: Citation[] } {
  const products = catalog.products([...new Set(cart.lines.map((line) => line.productId))])
  const facts: Fact[] = products.flatMap((product) => productFacts(product, shop))
  for (const { variantId, productId, quantity, unit, total, quoteId } of cart.lines) {
    if (quoteId !== null) facts.push({ kind: 'price', productId, variantId, role: 'quoted', money: unit })
    facts.push({ kind: 'cart_line', variantId, productId, quantity, unit, total })
  }
  facts.push({ kind: 'cart_total', money: cart.total, lines: cart.lines.length, pieces: cart.pieces })
  const cites = products.flatMap(productCites)
  if (cart.id !== null) cites.push({ table: 'carts', id: cart.id, revision: cart.revision })
  return { facts, cites }
}
