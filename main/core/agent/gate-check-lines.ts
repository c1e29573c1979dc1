import type { AmountInContext } from './gate-check-amounts.ts'
import type { ProductLedger } from './gate-ledger.ts'

const each = /\b(?:cada un[oa]|c\/u|each|la unidad|por unidad|per unit|apiece|unidad(?:es)? a)\b/

/** Whether an amount is that of a line of the cart or of an order, in the quantity that is said. */
export function cartLineFits(product: ProductLedger, item: AmountInContext): boolean {
  const { amount } = item.claim
  const quantity = quantityIn(item)
  return product.cart.some((line) => {
    // An order was sold at its own price, whatever the catalog says today.
    if (line.orderId !== null && line.unit === amount && !misleadsAboutQuantity(product, item)) return true
    if (quantity !== null && quantity !== line.quantity && line.total === amount) return false
    if (line.total === amount) return quantity === line.quantity || line.quantity === 1
    return false
  })
}

export function misleadsAboutQuantity(product: ProductLedger, item: AmountInContext): boolean {
  const quantity = quantityIn(item)
  if (quantity === null || quantity < 2 || !product.cart.some((line) => line.quantity === quantity))
    return false
  return !(
    each.test(item.clause.text) ||
    /(?:[x×]|\ba|\bat|@|\()\s*$/.test(item.before) ||
    /^\s*[x×]/.test(item.after)
  )
}

/** "3 × Taza", "3 tazas": the count that a clause gives with its product. */
export function quantityIn({ lead }: AmountInContext): number | null {
  const match =
    /(?<![\d.,])(\d{1,4})\s*(?:[x×]|uds?\b\.?|unidades|units?|pieces)?\s*(?:de |of )?(?:el |la |los |las |the )?\ue000/.exec(
      lead,
    ) ??
    /(?<![\d.,])(\d{1,4})\s*(?:[x×]|uds?\b\.?|unidades|units?|pieces)\s*[a-z]/.exec(lead) ??
    /(?<![\d.,])(\d{1,4})\s+(?!(?:dias|days|horas|hours|min|g|kg|ml|cl|l|cm|mm|w)\b)[a-z]{3,}/.exec(lead)
  return match?.[1] === undefined ? null : Number(match[1])
}
