import { type ProductLedger, wordSpans } from './gate-ledger.ts'
import { stem, wordsOf } from './gate-text.ts'

/**
 * Variants of a product that a text can mean, and whether it named one.
 * @param hints texts in which to look, nearest first; the first that names one counts
 */
export function variantsIn(
  product: ProductLedger,
  hints: readonly string[],
): { ids: Set<string>; named: boolean } {
  for (const hint of hints) {
    const found = variantsNamed(product, hint)
    if (found !== null) return { ids: narrowedBy(product, found, hints), named: true }
  }
  return { ids: allVariants(product), named: false }
}

/** "Blue tees: 10 left in S": what one text leaves open another may tell. */
function narrowedBy(product: ProductLedger, found: Set<string>, hints: readonly string[]): Set<string> {
  let left = found
  for (const hint of hints) {
    const common = [...(variantsNamed(product, hint) ?? [])].filter((id) => left.has(id))
    if (common.length > 0 && common.length < left.size) left = new Set(common)
  }
  return left
}

function variantsNamed(product: ProductLedger, text: string): Set<string> | null {
  const words = new Set(wordsOf(text).map(loose))
  const sizes = measuresIn(text)
  const scores = product.variants.map(({ variantId, parts }) => ({
    variantId,
    score: parts.reduce((sum, part) => sum + partScore(product, part, text, words, sizes), 0),
  }))
  const best = Math.max(0, ...scores.map(({ score }) => score))
  if (best === 0) return null
  return new Set(scores.filter(({ score }) => score === best).map(({ variantId }) => variantId))
}

/** How surely a text names a part of a variant's title: as it is written, by its words, by its size or number. */
function partScore(
  product: ProductLedger,
  part: string,
  text: string,
  words: ReadonlySet<string>,
  sizes: ReadonlySet<string>,
): number {
  if (wordSpans(text, part).length > 0 || wordSpans(text, bareSize(part)).length > 0)
    return insideLonger(product, part, text) ? 0 : 130
  if ([...measuresIn(part)].some((one) => sizes.has(one))) return 90
  const own = wordsOf(part).filter((word) => !/^\d/.test(word) && word.length > 2)
  const telling = own.map(loose).filter((one) => isTelling(product, one))
  if (telling.length > 0 && telling.every((one) => words.has(one))) return 80
  const count = /^(\d{1,3}) /.exec(part)?.[1]
  if (count !== undefined && countsIn(text).has(Number(count))) return 60
  return telling.some((one) => words.has(one)) ? 40 : 0
}

/** "Rojo" where only "Rojo oscuro" is said. */
function insideLonger(product: ProductLedger, part: string, text: string): boolean {
  const longer = product.variants
    .flatMap(({ parts }) => parts)
    .filter((other) => other.length > part.length && other.includes(part))
  const spans = longer.flatMap((other) => wordSpans(text, other))
  return (
    spans.length > 0 &&
    wordSpans(text, part).every(({ start, end }) =>
      spans.some((span) => span.start <= start && span.end >= end),
    )
  )
}

/** Whether a word tells some variants of the product from others: not one that all of them have by the product's name. */
function isTelling(product: ProductLedger, word: string): boolean {
  const common = (name: string) => wordsOf(name).map(loose).includes(word)
  if (product.names.length > 0 && product.names.every(common)) return false
  const having = product.variants.filter(({ parts }) =>
    parts.some((part) => wordsOf(part).map(loose).includes(word)),
  )
  return having.length < product.variants.length
}

/** Gender and number put aside: "negras" is "Negro". */
function loose(word: string): string {
  return stem(word).replace(/(?<=.{3})[aoe]$/, '')
}

/** "talla 38" is also just "38". */
function bareSize(part: string): string {
  return part.replace(/^(?:talla|size|color|colour|numero|n\.?º?)\s+/, '')
}

function countsIn(text: string): Set<number> {
  const counts = [...text.matchAll(/(?<![\d.,€$£])(\d{1,3})(?![\d.,]*\d|\s?[€$£%])/g)].map((match) =>
    Number(match[1]),
  )
  if (/\b(?:docenas?|dozen)\b/.test(text))
    counts.push(/\b(?:media docena|half (?:a )?dozen)\b/.test(text) ? 6 : 12)
  return new Set(counts)
}

const measureUnits: [RegExp, string, number][] = [
  [/^(?:ml|mililitros?|millilit(?:er|re)s?)$/, 'ml', 1],
  [/^cl$/, 'ml', 10],
  [/^(?:l|lt|lts|litros?|lit(?:er|re)s?)$/, 'ml', 1000],
  [/^(?:g|gr|grs|gramos?|grams?)$/, 'g', 1],
  [/^(?:kg|kgs|kilos?|kilogramos?)$/, 'g', 1000],
  [/^(?:mm|milimetros?)$/, 'mm', 1],
  [/^(?:cm|cms|centimetros?|centimet(?:er|re)s?)$/, 'mm', 10],
  [/^(?:m|mt|mts|metros?|met(?:er|re)s?)$/, 'mm', 1000],
  [/^(?:inch|inches|pulgadas?)$/, 'in', 1],
  [/^(?:gal|gallons?|galon(?:es)?)$/, 'gal', 1],
  [/^(?:qt|quarts?)$/, 'qt', 1],
  [/^(?:oz|onzas?|ounces?)$/, 'oz', 1],
]
const measured = /(?<![\d.,])(\d+(?:[.,]\d+)?)\s?([a-z]+)(?: (y medio|and a half))?\b/g

/** Sizes of a text in one unit of each kind: "medio litro" and "500 ml" are the same. */
export function measuresIn(text: string): Set<string> {
  const said = text
    .replace(/\b(?:medio|media|half a|half)\s(?=(?:litro|kilo|liter|litre)\b)/g, '0.5 ')
    .replace(/\b(?:1 |un )?(litro|kilo|metro) y medio\b/g, '1.5 $1')
    .replace(/\bmedia libra\b/g, '250 g')
    .replace(/\b(?:de |una |1 )libra\b/g, '500 g')
    .replace(/\b(?:de|un|one|a|per|el|la)\s(?=(?:litro|kilo|liter|litre|gallon|quart|metro)s?\b)/g, '1 ')
  const found = new Set<string>()
  for (const match of said.matchAll(measured)) {
    const unit = measureUnits.find(([form]) => form.test(match[2] ?? ''))
    if (unit === undefined) continue
    const value = Number((match[1] ?? '').replace(',', '.')) + (match[3] === undefined ? 0 : 0.5)
    found.add(`${Math.round(value * unit[2] * 1000) / 1000} ${unit[1]}`)
  }
  return found
}

function allVariants(product: ProductLedger): Set<string> {
  const ids = [...product.variants, ...product.stock, ...product.prices].flatMap(
    ({ variantId }) => variantId ?? [],
  )
  return new Set(ids)
}
