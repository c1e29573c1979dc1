import type { AmountInContext } from './gate-check-amounts.ts'
import { spokenOf } from './gate-evidence.ts'
import type { Ledger, ProductLedger } from './gate-ledger.ts'
import { variantsIn } from './gate-variants.ts'

/** Sums and multiples that a reply works out itself, held against the prices of the facts. */

const summing =
  /[+=]|\b(?:mas|plus|total|junt[oa]s?|together|serian?|suma\w*|quedaria[n]?|saldria[n]?|salen?|both|ambos|ambas|los 2|las 2|los dos|las dos|come[s]? to|would be|it'd be|that's|it's|son|with|con)\b/
const each = /\b(?:cada un[oa]|c\/u|each|la unidad|por unidad|per unit|apiece)\b/

/** Whether the amount is a stated number of times one price, or the sum of what the sentence names. */
export function arithmeticFits(ledger: Ledger, item: AmountInContext): boolean {
  if (each.test(item.own.after) || each.test(item.own.before.split(',').at(-1) ?? '')) return false
  const spoken = itemsOf(ledger, item)
  const { named } = item.own
  const meant = named === null ? spoken : spoken.filter(({ id }) => named.has(id))
  if (multipleFits(item, meant.length > 0 ? meant : carriedItems(ledger, item))) return true
  if (!summing.test(item.sentence)) return false
  if (isAddend(item, spoken)) return true
  return sumFits(item, spoken) || (ofEach.test(item.text) && sumFits(item, carriedItems(ledger, item)))
}

/** "65 € + 15 € = 80 €": one of the prices that are added up, of what the sentence names. */
function isAddend({ claim, text }: AmountInContext, items: readonly Item[]): boolean {
  const adds = /\+\s*$/.test(text.slice(0, claim.start)) && /^\s*(?:\+|=)/.test(text.slice(claim.end))
  return adds && items.some(({ units }) => units.has(claim.amount))
}

/** "Una de cada": of what was spoken of before. */
const ofEach = /\b(?:un[oa] de cada|one of each|l[oa]s (?:dos|2|tres|3)|both|amb[oa]s|todo junto)\b/

interface Item {
  id: string
  /** What it may cost, each a price of one of its variants or a line of the cart. */
  options: Set<number>
  units: Set<number>
  /** Quantities in the cart or an order; a sentence that is no supposition keeps to them. */
  quantities: Set<number>
  /** How many of it the sentence says. */
  count: number
}

/** The products that the sentence speaks of, in its order. */
function itemsOf(ledger: Ledger, item: AmountInContext): Item[] {
  const spoken = spokenOf(ledger, item.text).filter(({ ids }) => ids.size <= 3)
  const items: Item[] = []
  const seen = new Set<string>()
  for (const [index, { ids, start, end }] of spoken.entries()) {
    const from = spoken[index - 1]?.end ?? 0
    const until = spoken[index + 1]?.start ?? item.text.length
    const near = item.text.slice(from, until)
    const count = countBefore(item.text.slice(from, start))
    for (const id of ids) {
      const product = ledger.products.get(id)
      if (product === undefined || seen.has(id)) continue
      seen.add(id)
      items.push(itemOf(id, product, [item.text.slice(end, until), near, item.text], count))
    }
  }
  return items
}

/** What was spoken of before, where the sentence names nothing. */
function carriedItems(ledger: Ledger, item: AmountInContext): Item[] {
  return [...(item.binding?.ids ?? [])].flatMap((id) => {
    const product = ledger.products.get(id)
    return product === undefined
      ? []
      : [itemOf(id, product, [item.text, item.earlier], countBefore(item.lead))]
  })
}

function itemOf(id: string, product: ProductLedger, hints: readonly string[], count: number): Item {
  const { ids } = variantsIn(product, hints)
  const units = new Set(
    product.prices.flatMap(({ role, variantId, amount }) =>
      (role === 'unit' || role === 'quoted') && (variantId === null || ids.has(variantId)) ? [amount] : [],
    ),
  )
  const quantities = new Set(product.cart.map((line) => line.quantity))
  return {
    id,
    units,
    options: new Set([...units, ...product.cart.map((line) => line.total)]),
    quantities,
    count,
  }
}

const supposed = /\b(?:si|if|seria[n]?|saldria[n]?|quedaria[n]?|costaria[n]?|would|could|it'd|podria[n]?)\b/

const counted =
  /(?<![\d.,€$£])(\d{1,3})(?![\d.,]*\d|\s?(?:%|g|gr|kg|ml|cl|l|cm|mm|m|oz|gramos?|litros?|dias?|days?|horas?|hours?|tamanos?|tallas?|colores|opciones|modelos?|versiones|tipos?|sizes?|options?|kinds?|colou?rs?|models?)\b|\s?[€$£])/g

function countBefore(text: string): number {
  const found = [...text.matchAll(counted)].at(-1)?.[1]
  if (found !== undefined) return Number(found)
  if (/\b(?:media docena|half (?:a )?dozen)\b/.test(text)) return 6
  return /\b(?:docena|dozen)\b/.test(text) ? 12 : 1
}

/** "2 × 12,90 €", "tres cojines serían 88,50 €": a count that the sentence states, times the price. */
function multipleFits({ claim, text, own, earlier }: AmountInContext, items: readonly Item[]): boolean {
  const near = `${own.before} \ue000 ${own.after}`
  const counts = new Set([...near.matchAll(counted)].map((match) => Number(match[1])))
  const equation = /(?<![\d.,])(\d{1,3})\s?[x×*]\s?(?:a |at |@ )?[^=]{1,20}=\s*$/.exec(
    text.slice(0, claim.start),
  )
  if (equation !== null) counts.add(Number(equation[1]))
  if (/\b(?:docena|dozen)\b/.test(text.slice(0, claim.start)))
    counts.add(/media docena|half/.test(text) ? 6 : 12)
  // "¿Dos? Serían 28 €": the count may have been said just before.
  if (counts.size === 0 && supposed.test(text) && text.length < 40)
    counts.add(countBefore(earlier.slice(-60)))
  counts.delete(1)
  const [only] = items
  if (only === undefined) return false
  return items.some(({ units, quantities }) =>
    [...counts].some(
      (count) =>
        [...units].some((unit) => count * unit === claim.amount) &&
        (quantities.size === 0 || quantities.has(count) || supposed.test(text)),
    ),
  )
}

/** Every way to pick one price for each of the things named, up to five of them. */
function sumFits(item: AmountInContext, items: readonly Item[]): boolean {
  const { amount } = item.claim
  const verified = item.verified
  // Amounts that were said before, all of them or all of this sentence.
  for (const group of [verified, item.verifiedHere]) {
    if (group.length >= 2 && group.reduce((sum, one) => sum + one, 0) === amount) return true
  }
  const used = items.filter(({ options }) => options.size > 0).slice(0, 5)
  if (used.length < 2) return false
  let sums = new Set([0])
  for (const { options, units, count } of used) {
    const next = new Set<number>()
    for (const sum of sums) {
      for (const option of options) next.add(sum + option)
      if (count > 1) for (const unit of units) next.add(sum + unit * count)
    }
    sums = next
    if (sums.size > 4000) return false
  }
  return sums.has(amount)
}
