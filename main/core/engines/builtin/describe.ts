import { enumerate } from '../../language/voice.ts'
import type { Choice } from './match.ts'
import { isAvailable, isSoldOut } from './match.ts'
import type { CartData, ProductData, VariantData } from './tool-data.ts'
import type { Turn } from './turn.ts'
import { speak } from './turn.ts'

/** Turns tool data into the lines of a chat. Every figure and name is taken over as it came. */

function unitText(variant: VariantData): string | null {
  if (variant.unit === 'piece') return null
  return variant.unitSize === 1 ? variant.unit : `${variant.unitSize} ${variant.unit}`
}

/** The price of a variant, "desde" kept, null when it is on request. */
export function priceText(turn: Turn, variant: VariantData): string | null {
  if (variant.price.kind === 'ask') return null
  const unit = unitText(variant)
  const text =
    unit === null
      ? variant.price.money.text
      : speak(turn, 'price_per', { price: variant.price.money.text, amount: unit })
  if (variant.price.kind === 'exact') return text
  return turn.voice.language === 'es' ? `desde ${text}` : `from ${text}`
}

/** One price for a whole product: its only one, or the lowest with "desde". Null when on request. */
export function productPriceText(turn: Turn, product: ProductData): string | null {
  const priced = product.variants.filter((variant) => variant.price.kind !== 'ask')
  const [first] = priced
  if (first === undefined) return null
  const amounts = new Set(
    priced.map((variant) => (variant.price.kind === 'ask' ? 0 : variant.price.money.amount)),
  )
  if (amounts.size === 1) return priceText(turn, first)
  const lowest = priced.reduce((low, variant) => (amountOf(variant) < amountOf(low) ? variant : low), first)
  const text = priceText(turn, lowest) ?? ''
  return lowest.price.kind === 'from' ? text : turn.voice.language === 'es' ? `desde ${text}` : `from ${text}`
}

export function amountOf(variant: VariantData): number {
  return variant.price.kind === 'ask' ? Number.POSITIVE_INFINITY : variant.price.money.amount
}

export function lowestAmount(product: ProductData): number {
  return Math.min(...product.variants.map(amountOf))
}

/** `Name (M)`; a title that counts pieces is part of the name, so that it is not read as an amount: `Name 12 unidades`. */
export function titled(name: string, title: string): string {
  if (title === '') return name
  return /\d/.test(title) && /unid|piez|uds|pcs|piece|pack|unit/i.test(title)
    ? `${name} ${title}`
    : `${name} (${title})`
}

/** Name with the variant's title, where the product has several. */
export function fullName(product: ProductData, variant: VariantData | undefined): string {
  if (variant === undefined || product.variants.length < 2 || variant.title === '') return product.name
  return titled(product.name, variant.title)
}

/** `1. Name: price` for a numbered list. */
export function listLine(turn: Turn, product: ProductData, index: number): string {
  const price = productPriceText(turn, product)
  const name = `${index + 1}. ${product.name}`
  if (isSoldOut(product)) return speak(turn, 'list_line_sold_out', { name })
  if (price === null)
    return `${name}: ${turn.voice.language === 'es' ? 'precio a consultar' : 'price on request'}`
  return speak(turn, 'list_line_price', { name, price })
}

/** A numbered list, remembered so that "the second one" means something. */
export function productList(turn: Turn, products: readonly ProductData[]): string {
  const list = products.slice(0, 5)
  turn.dialogue.shown = list.map((product) => ({ id: product.productId, name: product.name }))
  const lines = list.map((product, index) => listLine(turn, product, index))
  return lines.length === 1 ? (lines[0] ?? '').replace(/^1\. /, '') : lines.join('\n')
}

/** `• M / Blanco: 12,90 €` for each variant; sold out ones say so. */
export function variantLines(turn: Turn, product: ProductData, variants: readonly VariantData[]): string {
  return variants
    .slice(0, 12)
    .map((variant) => {
      const price = priceText(turn, variant)
      const sold = isAvailable(product, variant) ? null : speak(turn, 'sold_out_short')
      const said = [
        price ?? (turn.voice.language === 'es' ? 'precio a consultar' : 'price on request'),
        sold,
      ].filter((text) => text !== null)
      return `• ${speak(turn, 'price_each', { title: variant.title || product.name, price: said.join(', ') })}`
    })
    .join('\n')
}

/** "Talla: S, M y L" for each option among variants that can be bought. */
export function optionSummary(turn: Turn, product: ProductData): string[] {
  const buyable = product.variants.filter((variant) => isAvailable(product, variant))
  return product.optionNames.flatMap((option, index) => {
    const values = [
      ...new Set(buyable.map((variant) => variant.options[index] ?? '').filter((value) => value !== '')),
    ]
    return values.length === 0
      ? []
      : [speak(turn, 'options_are', { option, values: enumerate(turn.voice, values) })]
  })
}

export function leadTimeText(turn: Turn, product: ProductData): string {
  if (!product.madeToOrder) return speak(turn, 'ready_made', { name: product.name })
  if (product.leadTimeDays == null) return speak(turn, 'made_to_order_unknown', { name: product.name })
  const text = speak(turn, 'made_to_order', { name: product.name, days: product.leadTimeDays })
  return product.leadTimeDays === 1 ? text.replace('1 días', '1 día').replace('1 days', '1 day') : text
}

/** Price, options and lead time of one product in a few lines. */
export function productCard(turn: Turn, product: ProductData, choice: Choice): string {
  const lines: string[] = []
  const [only] = choice.variants
  if (choice.variants.length === 1 && only !== undefined) {
    const price = priceText(turn, only)
    const name = fullName(product, only)
    if (price === null) lines.push(speak(turn, 'price_ask', { name }))
    else
      lines.push(
        speak(turn, 'price_is', { name, price }).replace(
          /(cuesta|is) (desde|from)/,
          (_, verb: string, from: string) => (verb === 'is' ? `is ${from}` : from),
        ),
      )
    if (!isAvailable(product, only))
      lines.push(
        speak(turn, 'variant_sold_out', { name: product.name, title: only.title }).replace(
          / (?:en|in) (?=está|is)/,
          ' ',
        ),
      )
  } else {
    const amounts = new Set(product.variants.map(amountOf))
    const price = productPriceText(turn, product)
    if (amounts.size === 1 && price !== null) {
      lines.push(speak(turn, 'price_is', { name: product.name, price }))
      lines.push(...optionSummary(turn, product))
    } else {
      lines.push(`${product.name}:`)
      lines.push(variantLines(turn, product, choice.variants.length > 0 ? choice.variants : product.variants))
    }
  }
  if (product.madeToOrder) lines.push(leadTimeText(turn, product))
  return lines.join('\n')
}

/** Lines and total of a cart. */
export function cartText(turn: Turn, cart: CartData): string {
  const lines = cart.lines.map(
    (line) =>
      `• ${speak(turn, 'cart_line', { quantity: line.quantity, name: titled(line.name, line.title), total: line.total.text })}`,
  )
  return [...lines, speak(turn, 'cart_total', { total: cart.total.text })].join('\n')
}
