import {
  fold,
  normaliseWord,
  soundKey,
  stem,
  typoDistance,
  withoutDiminutive,
} from '../../understanding/normalise.ts'
import { sameOption } from '../../understanding/options.ts'
import type { ProductData, VariantData } from './tool-data.ts'

/** Decides which product and variant words mean, on the data of tools alone. */

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

const verbEnding = /^(?:ar|er|ir|a|e|as|es|an|en|ais|eis|amos|emos|o|ed|s|ing)?$/
const nounOfAction = /^(?:[aei]?ciones|[aei]?cion|ations?|aje|[ai]miento|ura|eza|ing|ements?)$/

/** "restaurais" ~ "restauracion", "restore" ~ "restoration": a verb and the noun of doing it. */
function isDerived(verb: string, noun: string): boolean {
  for (let length = Math.min(verb.length, noun.length); length >= 4; length--)
    if (verb.slice(0, length) === noun.slice(0, length))
      return [length, length - 1].some(
        (at) => at >= 4 && verbEnding.test(verb.slice(at)) && nounOfAction.test(noun.slice(at)),
      )
  return false
}

/** Whether two words are the same but for number, gender, accents or a typo. */
export function sameWord(left: string, right: string): boolean {
  if (left === right) return true
  if (/\d/.test(left) || /\d/.test(right)) return false
  if (left.length >= 3 && right.length >= 3 && stem(left) === stem(right)) return true
  if (left.length >= 4 && right.length >= 4) {
    if (stem(left) === stem(right)) return true
    if (soundKey(stem(left)) === soundKey(stem(right))) return true
    if (withoutDiminutive(left).some((one) => stem(one) === stem(right))) return true
    if (isDerived(left, right) || isDerived(right, left)) return true
    // derived words: "mate" ~ "matero"
    const shorter = left.length < right.length ? left : right
    const longer = shorter === left ? right : left
    if (
      stem(shorter).length >= 4 &&
      shorter.length >= 5 &&
      longer.startsWith(stem(shorter)) &&
      longer.length - shorter.length <= 3
    )
      return true
    const sounds = [soundKey(stem(left)), soundKey(stem(right))] as const
    if (left.length >= 5 && right.length >= 5 && sounds[0][0] === sounds[1][0])
      return typoDistance(sounds[0], sounds[1], left.length >= 9 ? 2 : 1) <= 2
  }
  return sameOption(left, right)
}

const linkWords = new Set([
  'de',
  'del',
  'la',
  'el',
  'los',
  'las',
  'con',
  'para',
  'por',
  'y',
  'a',
  'en',
  'sin',
  'of',
  'the',
  'with',
  'for',
  'and',
  'in',
  'un',
  'una',
])

/** Words of a product's name that tell it apart. */
export function nameWords(name: string): string[] {
  return wordsOf(name).filter((word) => !linkWords.has(word))
}

export interface Fit {
  /** How many of the words the product answers to, anywhere in its data. */
  all: number
  /** How many its own name answers to. */
  name: number
  /** Share of its name that the words cover. */
  share: number
}

/** How well words fit a product. */
export function fitOf(product: { name: string } & Partial<ProductData>, words: readonly string[]): Fit {
  const name = nameWords(product.name)
  const rest = [
    ...wordsOf(product.category ?? ''),
    ...wordsOf(product.brand ?? ''),
    ...(product.variants ?? []).flatMap((variant) => [
      ...wordsOf(variant.title),
      ...variant.options.flatMap(wordsOf),
      ...wordsOf(variant.sku ?? ''),
    ]),
    ...Object.values(product.attributes ?? {}).flatMap(wordsOf),
    ...wordsOf(product.description ?? ''),
  ]
  const inName = words.filter((word) => name.some((own) => sameWord(word, own)))
  const inRest = words.filter((word) => !inName.includes(word) && rest.some((own) => sameWord(word, own)))
  const covered = name.filter((own) => words.some((word) => sameWord(word, own)))
  return {
    all: inName.length + inRest.length,
    name: inName.length,
    share: name.length === 0 ? 0 : covered.length / name.length,
  }
}

/** The products that fit the words best. One is certain; several are a question to the customer. */
export function bestFits<Item extends { name: string }>(
  products: readonly (Item & Partial<ProductData>)[],
  words: readonly string[],
): Item[] {
  if (words.length === 0) return [...products]
  const fits = products.map((product) => ({ product, fit: fitOf(product, words) }))
  const most = Math.max(0, ...fits.map(({ fit }) => fit.all))
  // Synonyms and corrections of the search fit no word: its order is all there is.
  if (most === 0) {
    const head = fold(products[0]?.name.split(' ')[0] ?? '')
    return products.filter((product) => sameWord(fold(product.name.split(' ')[0] ?? ''), head)).slice(0, 3)
  }
  const top = fits.filter(({ fit }) => fit.all === most)
  const mostNamed = Math.max(...top.map(({ fit }) => fit.name))
  const named = top.filter(({ fit }) => fit.name === mostNamed)
  // The word itself wins over one like it: "pluma" over "plumones".
  const literal = named.map(
    ({ product }) =>
      words.filter((word) => nameWords(product.name).some((own) => stem(own) === stem(word))).length,
  )
  const mostLiteral = Math.max(...literal)
  const exact = named.filter((_, index) => literal[index] === mostLiteral)
  // Whole names win over names that say more than was asked.
  const whole = exact.filter(({ fit }) => fit.share === 1)
  return (whole.length === 1 && mostNamed > 1 ? whole : exact).map(({ product }) => product)
}

function rangeHolds(value: string, word: string): boolean {
  const range = /^(\d+)\s*[-–a]\s*(\d+)$/.exec(value)
  return (
    range !== null &&
    /^\d+$/.test(word) &&
    Number(word) >= Number(range[1]) &&
    Number(word) <= Number(range[2])
  )
}

const unitFactor: Readonly<Record<string, [string, number]>> = {
  kg: ['g', 1000],
  g: ['g', 1],
  l: ['ml', 1000],
  litro: ['ml', 1000],
  litros: ['ml', 1000],
  litre: ['ml', 1000],
  litres: ['ml', 1000],
  cl: ['ml', 10],
  ml: ['ml', 1],
  cm: ['mm', 10],
  mm: ['mm', 1],
  m: ['mm', 1000],
  in: ['in', 1],
  inch: ['in', 1],
  inches: ['in', 1],
  oz: ['oz', 1],
  gal: ['gal', 1],
  gallon: ['gal', 1],
  gallons: ['gal', 1],
  qt: ['qt', 1],
  quart: ['qt', 1],
  quarts: ['qt', 1],
}

function measureOf(text: string): string | null {
  const found =
    /^(\d+(?:[.,]\d+)?)\s*(kg|g|litros?|litres?|l|cl|ml|cm|mm|m|in|inch|inches|oz|gal|gallons?|qt|quarts?)\b/.exec(
      fold(text),
    )
  const unit = unitFactor[found?.[2] ?? '']
  return found === null || unit === undefined
    ? null
    : `${Number((found[1] ?? '0').replace(',', '.')) * unit[1]} ${unit[0]}`
}

/** Whether a word of the customer names an option value: `M`, `roja`, `38` in `36-39`, `1 kg`, `500` in `500 g`. */
export function namesValue(word: string, value: string): boolean {
  const folded = fold(value).trim()
  if (word === folded || rangeHolds(folded, word)) return true
  const measured = measureOf(word)
  if (measured !== null) return measured === measureOf(folded)
  const parts = folded.split(/[^a-z0-9]+/).filter((part) => part !== '' && !linkWords.has(part))
  if (/^\d+$/.test(word)) return parts[0] === word
  return parts.some((part) => sameWord(word, part) || sameOption(word, part))
}

export interface Choice {
  variants: VariantData[]
  /** Words that named an option value. */
  used: string[]
  /** Whether the words narrowed the choice. */
  narrowed: boolean
}

/** Values of two words or more that the words name entirely. */
function wholeValues(values: readonly string[], words: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => {
    const parts = fold(value)
      .split(/[^a-z0-9]+/)
      .filter((part) => part !== '' && !linkWords.has(part))
    return (
      parts.length > 1 &&
      parts.every((part) => /^[a-z]{2,}$/.test(part) && words.some((word) => sameWord(word, part)))
    )
  })
}

/** Variants that the words leave: within each option the values named, over all options together. */
export function chooseVariants(product: ProductData, words: readonly string[]): Choice {
  const ownWords = nameWords(product.name)
  const telling = words
    .map(normaliseWord)
    .filter(
      (word) =>
        !ownWords.includes(word) ||
        product.variants.some((variant) => variant.options.some((value) => fold(value) === word)),
    )
  const used = new Set<string>()
  let left = [...product.variants]
  const options = Math.max(1, ...product.variants.map((variant) => variant.options.length))
  for (let index = 0; index < options; index++) {
    const optionOf = (variant: VariantData): string =>
      variant.options[index] ?? (index === 0 ? variant.title : '')
    // a value named with all its words beats its last word: "azul marino" over "azul"
    const whole = wholeValues(product.variants.map(optionOf), telling)
    if (whole.length > 0) {
      for (const word of telling) if (whole.some((value) => namesValue(word, value))) used.add(word)
      left = left.filter((variant) => whole.includes(optionOf(variant)))
      if (left.length === 0) return { variants: [], used: [...used], narrowed: true }
      continue
    }
    // an exact value beats a resemblance: "grande" over "extra grande"
    const exact = telling.filter((word) =>
      product.variants.some((variant) => fold(optionOf(variant)) === word),
    )
    const close =
      exact.length > 0
        ? exact
        : telling.filter((word) => product.variants.some((variant) => namesValue(word, optionOf(variant))))
    if (close.length === 0) continue
    const kept = left.filter((variant) =>
      close.some((word) =>
        exact.length > 0 ? fold(optionOf(variant)) === word : namesValue(word, optionOf(variant)),
      ),
    )
    for (const word of close) used.add(word)
    if (kept.length > 0) left = kept
    else return { variants: [], used: [...used], narrowed: true }
  }
  const narrowed = used.size > 0
  return { variants: left, used: [...used], narrowed }
}

/** Whether a variant can be bought now. */
export function isAvailable(product: ProductData, variant: VariantData): boolean {
  if (product.status !== 'available' || variant.status !== 'available') return false
  return (
    product.madeToOrder ||
    variant.available === null ||
    variant.available === undefined ||
    variant.available > 0
  )
}

export function isSoldOut(product: ProductData): boolean {
  return !product.variants.some((variant) => isAvailable(product, variant))
}
