import type { Product, Variant } from '../catalog/product.ts'
import type { Language } from '../engines/engine.ts'
import type { Shop } from '../shops/shop.ts'
import { misspelled, questions } from './catalog-questions.ts'
import type { ExamCase, ExamTurn } from './exam.ts'
import { productsOf, wordsOf } from './shop-figures.ts'
import { randomNumbers } from './statistics.ts'

/** Cases of one kind unless the caller says how many. */
const usualMost = 6

/** Things that hardly any shop has; those that this one has are left out. */
const strange: Record<Language, readonly string[]> = {
  es: [
    'neumáticos de tractor',
    'submarinos',
    'pianos de cola',
    'billetes de tren',
    'motosierras',
    'microscopios',
    'canoas',
    'relojes suizos',
  ],
  en: [
    'tractor tyres',
    'submarines',
    'grand pianos',
    'train tickets',
    'chainsaws',
    'microscopes',
    'canoes',
    'telescopes',
  ],
}

interface Offer {
  product: Product
  variant: Variant
  amount: number
}

export interface CatalogCaseOptions {
  seed: number
  /** Most cases of each kind. */
  most?: number
}

/**
 * Cases made from the shop's own catalog: prices, sizes, stock, the cheapest of a category and sums, each with the
 * figure that the catalog has now. The same seed makes the same cases of the same catalog.
 */
export function catalogCases(shop: Shop, options: CatalogCaseOptions): ExamCase[] {
  const random = randomNumbers(options.seed)
  const most = options.most ?? usualMost
  const own: Language = shop.brief().locale.toLowerCase().startsWith('en') ? 'en' : 'es'
  const products = plain(shop, productsOf(shop))
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, rank: random() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item)
  const taken = new Set<string>()
  const cases: ExamCase[] = []
  const add = (
    kind: string,
    language: Language,
    about: string,
    turn: Partial<ExamTurn> & { customer: string },
  ) => {
    const name = `${kind}: ${about}`.slice(0, 120)
    if (taken.has(name)) return
    taken.add(name)
    cases.push(caseOf(`catalog/${kind}`, name, language, turn))
  }
  /** Mostly the shop's language; every fourth customer speaks the other one. */
  const speak = (at: number): Language => (at % 4 === 3 ? (own === 'es' ? 'en' : 'es') : own)

  const offers = products.flatMap(singleOffer)
  for (const [at, { product, amount }] of shuffled(offers).slice(0, most).entries())
    add('price', speak(at), product.name, {
      customer: questions[speak(at)].price(product.name),
      tells: [[amount]],
    })
  for (const [at, offer] of shuffled(products.flatMap(variantOffers)).slice(0, most).entries()) {
    const { product, variant, amount } = offer
    add('variant', speak(at), `${product.name} / ${variant.title}`, {
      customer: questions[speak(at)].variant(product.name, variant.title),
      tells: [[amount]],
    })
  }
  for (const { product, amount } of shuffled(offers).slice(0, most)) {
    const name = misspelled(product.name, random)
    if (name !== null)
      add('typo', own, product.name, { customer: questions[own].price(name), tells: [[amount]] })
  }
  for (const [at, product] of shuffled(products.filter(isInStock)).slice(0, most).entries())
    add('have', speak(at), product.name, {
      customer: questions[speak(at)].have(product.name),
      says: [keyWords(product.name)],
    })
  for (const product of shuffled(products.filter(isSoldOut)).slice(0, most))
    add('sold-out', own, product.name, {
      customer: questions[own].have(product.name),
      says: [questions[own].none],
    })
  const catalogText = ` ${wordsOf(products.map((product) => `${product.name} ${product.description} ${product.category}`).join(' '))} `
  for (const thing of shuffled(strange[own]).slice(0, Math.min(most, 4)))
    if (!keyWords(thing).some((word) => catalogText.includes(` ${word}`)))
      add('not-sold', own, thing, { customer: questions[own].have(thing), says: [questions[own].no] })
  for (const { category, amount } of shuffled(cheapest(products)).slice(0, most))
    add('cheapest', own, category, { customer: questions[own].cheapest(category), tells: [[amount]] })
  for (const { product, amount } of shuffled(offers.filter(({ variant }) => canTake(variant, 4))).slice(
    0,
    most,
  )) {
    const count = 2 + Math.floor(random() * 3)
    add('total', own, `${count} × ${product.name}`, {
      customer: questions[own].total(product.name, count),
      tells: [[amount * count]],
    })
  }
  for (const { product, variant } of shuffled(
    offers.filter(({ variant }) => (variant.stock.available ?? 0) > 1),
  ).slice(0, most))
    add('stock', own, product.name, {
      customer: questions[own].stock(product.name),
      says: [[String(variant.stock.available)]],
    })
  return cases
}

function caseOf(
  kind: string,
  name: string,
  language: Language,
  turn: Partial<ExamTurn> & { customer: string },
): ExamCase {
  return {
    name,
    class: kind,
    language,
    stage: 'own',
    turns: [{ says: [], neverSays: [], tells: [], mayChange: false, cart: null, ...turn }],
    buyer: null,
    end: { cart: [], ordered: false },
  }
}

/** Goods that anybody can ask for by their name without meaning another one. */
function plain(shop: Shop, products: readonly Product[]): Product[] {
  const names = products.map((product) => ` ${wordsOf(product.name)} `)
  return products.filter((product, at) => {
    const own = names[at] ?? ''
    const shared = names.some((name, other) => other !== at && (name.includes(own) || own.includes(name)))
    return (
      product.kind === 'good' &&
      !shared &&
      shop.catalog.isForSale(product) &&
      keyWords(product.name).length > 0
    )
  })
}

function singleOffer(product: Product): Offer[] {
  const [variant, ...others] = product.variants
  if (variant === undefined || others.length > 0 || variant.price.kind !== 'exact') return []
  if (product.madeToOrder || variant.unit !== 'piece' || isGone(variant)) return []
  return [{ product, variant, amount: variant.price.amount }]
}

/** Variants that can be told apart by what they are called, with a price of their own. */
function variantOffers(product: Product): Offer[] {
  if (product.variants.length < 2 || product.madeToOrder) return []
  const offers = product.variants.flatMap((variant) =>
    variant.price.kind === 'exact' && variant.title !== '' && !isGone(variant)
      ? [{ product, variant, amount: variant.price.amount }]
      : [],
  )
  return new Set(offers.map((offer) => offer.amount)).size > 1 ? offers : []
}

function isGone({ stock, status }: Variant): boolean {
  return status !== 'available' || (stock.tracked && (stock.available ?? 0) <= 0)
}

function isInStock(product: Product): boolean {
  return product.status === 'available' && !product.variants.some(isGone)
}

function isSoldOut(product: Product): boolean {
  return product.variants.every(isGone)
}

function canTake(variant: Variant, count: number): boolean {
  const { stock, maxQuantity, minQuantity } = variant
  return minQuantity <= 2 && (maxQuantity ?? count) >= count && (stock.available ?? count) >= count
}

/** Categories whose cheapest product is sure: exact prices, in stock, no tie with what is sold out. */
function cheapest(products: readonly Product[]): { category: string; amount: number }[] {
  const groups = Map.groupBy(
    products.filter((product) => product.category !== ''),
    (product) => product.category,
  )
  return [...groups].flatMap(([category, group]) => {
    const variants = group.flatMap((product) => product.variants)
    if (group.length < 3 || variants.some((variant) => variant.price.kind !== 'exact')) return []
    const least = Math.min(
      ...variants.map((variant) => (variant.price.kind === 'exact' ? variant.price.amount : Infinity)),
    )
    const sure = variants.filter(
      (variant) => variant.price.kind === 'exact' && variant.price.amount === least,
    )
    return sure.every((variant) => !isGone(variant)) ? [{ category, amount: least }] : []
  })
}

/** The words of a name by which an answer may call it. */
function keyWords(name: string): string[] {
  return wordsOf(name)
    .split(' ')
    .filter((word) => word.length >= 4)
}
