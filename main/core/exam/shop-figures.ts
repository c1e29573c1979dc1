import type { Product } from '../catalog/product.ts'
import type { Shop } from '../shops/shop.ts'
import { fold } from '../understanding/normalise.ts'
import { spokenAmounts } from './amounts.ts'

export interface ProductFigures {
  id: string
  /** Prices, former prices and figures in its own words, minor units. */
  amounts: ReadonlySet<number>
}

interface Name {
  id: string
  words: string
}

/** Every figure that the examined shop may say, read from its catalog and profile when the exam begins. */
export class ShopFigures {
  readonly currency: string
  /** Fees, minima, deposits and every amount in the shop's own texts. */
  readonly policy: ReadonlySet<number>
  /** Above these a delivery is free, or below them there is none: what is missing up to them may be told. */
  readonly limits: readonly number[]
  /** What delivery may cost. */
  readonly fees: readonly number[]
  readonly percents: ReadonlySet<number>
  readonly depositPercent: number | null
  readonly #products = new Map<string, ProductFigures>()
  /** Ids of variants, too: tools' results hold both. */
  readonly #ids = new Map<string, string>()
  readonly #names: Name[] = []

  constructor(shop: Shop) {
    const { currency } = shop.brief()
    this.currency = currency
    const percents = new Set<number>()
    for (const product of productsOf(shop)) this.#add(product, percents)
    // The longest first: "tarta de queso" before "queso".
    this.#names.sort((a, b) => b.words.length - a.words.length)
    const profile = shop.knowledge.profile()
    const delivery = profile.delivery
    const settings = shop.selling.get()
    const limits = [delivery?.minOrder, ...(delivery?.zones.map((zone) => zone.freeFrom) ?? [])]
    this.limits = limits.flatMap((limit) => limit ?? [])
    this.fees = [delivery?.pickup?.fee, ...(delivery?.zones.map((zone) => zone.fee) ?? [])].flatMap(
      (fee) => fee ?? [],
    )
    const texts = [
      JSON.stringify(profile),
      JSON.stringify(settings),
      ...shop.knowledge.entries().map((entry) => `${entry.question}\n${entry.answer}`),
    ]
    const policy = new Set([...this.limits, ...this.fees, profile.deposit?.over ?? 0])
    for (const discount of shop.discounts.list()) {
      if (discount.kind === 'amount') policy.add(discount.value)
      else percents.add(discount.value / 100)
      if (discount.minSubtotal !== null) policy.add(discount.minSubtotal)
    }
    for (const text of texts) {
      for (const { amount } of spokenAmounts(text, currency)) if (amount !== null) policy.add(amount)
      for (const value of percentsIn(text)) percents.add(value)
    }
    this.depositPercent = profile.deposit?.percent ?? null
    if (this.depositPercent !== null) percents.add(this.depositPercent)
    this.policy = policy
    this.percents = percents
  }

  product(id: string): ProductFigures | null {
    return this.#products.get(id) ?? null
  }

  /** Ids of the products that a text names in full. */
  named(text: string): Set<string> {
    const found = new Set<string>()
    let rest = ` ${wordsOf(text)} `
    for (const { id, words } of this.#names) {
      if (!rest.includes(` ${words} `)) continue
      found.add(id)
      rest = rest.replaceAll(` ${words} `, ' \u0000 ')
    }
    return found
  }

  /** Ids of the products that a tool's result or arguments speak of. */
  mentionedIn(json: string): Set<string> {
    const found = new Set<string>()
    for (const [id] of json.matchAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g)) {
      const product = this.#ids.get(id)
      if (product !== undefined) found.add(product)
    }
    return found
  }

  #add(product: Product, percents: Set<number>): void {
    const amounts = new Set<number>()
    for (const variant of product.variants) {
      if (variant.price.kind !== 'ask') amounts.add(variant.price.amount)
      if (variant.compareAt !== null) {
        amounts.add(variant.compareAt)
        // What is saved by a reduction.
        if (variant.price.kind !== 'ask') amounts.add(variant.compareAt - variant.price.amount)
      }
      this.#ids.set(variant.id, product.id)
    }
    const text = [product.name, product.description, ...Object.values(product.attributes)].join('\n')
    for (const { amount } of spokenAmounts(text, this.currency)) if (amount !== null) amounts.add(amount)
    for (const value of percentsIn(text)) percents.add(value)
    this.#products.set(product.id, { id: product.id, amounts })
    this.#ids.set(product.id, product.id)
    for (const name of [product.name, ...product.aliases]) {
      const words = wordsOf(name)
      if (words.length >= 4) this.#names.push({ id: product.id, words })
    }
  }
}

export function productsOf(shop: Shop): Product[] {
  const all: Product[] = []
  for (let offset = 0; ; ) {
    const { items, total } = shop.catalog.list({ limit: 500, offset })
    all.push(...items)
    offset += items.length
    if (items.length === 0 || offset >= total) return all
  }
}

/** Words alone, folded and with one space between them. */
export function wordsOf(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

export function percentsIn(text: string): number[] {
  return [...text.matchAll(/(\d{1,3}(?:[.,]\d)?)\s?(?:%|por ?ciento|per ?cent)/giu)].map((match) =>
    Number((match[1] ?? '').replace(',', '.')),
  )
}
