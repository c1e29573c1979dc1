import { z } from 'zod'
import type { JsonValue } from '../json.ts'
import { fold } from '../understanding/normalise.ts'
import { isPlausibleWord } from '../understanding/plausible.ts'
import { classify, understand } from '../understanding/service.ts'
import { asksAbility, isProductWish } from '../understanding/shop-questions.ts'
import { subjectKey, wishedFor } from '../understanding/subject.ts'

export type MissedKind = 'not_found' | 'out_of_stock' | 'not_enough'

/** Something a customer wanted and the shop could not offer. */
export interface Missed {
  kind: MissedKind
  /** Words by which the same wish is known again, or the variant's or product's id. */
  key: string
  text: string
  productId: string | null
  variantId: string | null
  quantity: number
  /** What it would have brought, minor units; null when not known. */
  amount: number | null
}

/** What a turn's tools were asked and gave, and what was said in the end. */
export interface ToldTurn {
  calls: readonly {
    tool: string
    arguments: JsonValue
    result: { ok: boolean; code: string | null; data: JsonValue }
  }[]
  reply: string
  customerTexts: readonly string[]
  /** Catalog products named in a text, in its order. */
  mentions(text: string): { productId: string }[]
}

const variantData = z.object({
  variantId: z.string(),
  title: z.string().default(''),
  price: z.object({ kind: z.string(), money: z.object({ amount: z.number() }).nullish() }),
  available: z.number().nullish(),
  status: z.string(),
  unitSize: z.number().default(1),
})
const productData = z.object({
  productId: z.string(),
  name: z.string(),
  status: z.string(),
  madeToOrder: z.boolean().default(false),
  variants: z.array(variantData),
  bestVariantId: z.string().nullish(),
})
const found = z.object({ answered: z.boolean().default(true), products: z.array(productData).default([]) })
const line = z.object({ variantId: z.string(), quantity: z.number() })
const stockError = z.object({ available: z.number().nullish() })
const sellableError = z.object({ reason: z.string() })
const entries = z.object({ entries: z.array(z.object({ question: z.string(), answer: z.string() })) })
const question = z.object({ kind: z.string(), question: z.string() })
const asked = z.object({ state: z.string(), answer: z.string().nullish() })

/** Pieces that a wish may count. */
const mostMissed = 9_999

type Product = z.output<typeof productData>
type Variant = z.output<typeof variantData>

/** What a turn could not offer. A wish that was met in the same turn by other words is none. */
export function missedIn(turn: ToldTurn): Missed[] {
  const products = productsOf(turn)
  const wishes = turn.customerTexts.some((text) =>
    /^(?:catalog_question|purchase)$/.test(classify(text).class),
  )
  const stock = turn.calls.flatMap((call) => stockMissed(call, products))
  const shelf = wishes ? soldOutTold(turn, products) : []
  const unknown = [...askedFor(turn), ...notFound(turn)]
  const missed = [
    ...stock,
    ...shelf.filter((one) => !stock.some((other) => other.productId === one.productId)),
    ...unknown,
  ]
  return missed.filter(
    (one, index) => missed.findIndex((other) => other.kind === one.kind && other.key === one.key) === index,
  )
}

function productsOf({ calls }: ToldTurn): Map<string, Product> {
  const products = new Map<string, Product>()
  for (const { result } of calls) {
    if (!result.ok) continue
    const data = found.safeParse(result.data)
    for (const product of data.success ? data.data.products : []) products.set(product.productId, product)
  }
  return products
}

/** More was wanted than there is. */
function stockMissed(call: ToldTurn['calls'][number], products: ReadonlyMap<string, Product>): Missed[] {
  if (call.tool !== 'set_cart_line' || call.result.ok) return []
  const wanted = line.safeParse(call.arguments)
  if (!wanted.success) return []
  const { variantId, quantity } = wanted.data
  const soldOut = sellableError.safeParse(call.result.data)
  const none =
    call.result.code === 'cart.not_sellable' && soldOut.success && soldOut.data.reason === 'sold_out'
  if (call.result.code !== 'cart.out_of_stock' && !none) return []
  const stock = stockError.safeParse(call.result.data)
  const available = none ? 0 : stock.success ? (stock.data.available ?? 0) : 0
  const product = [...products.values()].find((one) =>
    one.variants.some((variant) => variant.variantId === variantId),
  )
  const variant = product?.variants.find((one) => one.variantId === variantId)
  const missing = quantity - available
  if (missing <= 0) return []
  return [
    {
      kind: available === 0 ? 'out_of_stock' : 'not_enough',
      key: variantId,
      text: product === undefined ? '' : titled(product, variant),
      productId: product?.productId ?? null,
      variantId,
      quantity: Math.min(missing, mostMissed),
      // Nobody meant a million.
      amount: missing > mostMissed ? null : amountOf(variant, missing),
    },
  ]
}

/** The product that the reply speaks of first is sold out. */
function soldOutTold(turn: ToldTurn, products: ReadonlyMap<string, Product>): Missed[] {
  const [first] = turn.mentions(turn.reply)
  const product = first === undefined ? undefined : products.get(first.productId)
  if (product === undefined || product.madeToOrder || product.status === 'discontinued') return []
  const best = product.variants.find((variant) => variant.variantId === product.bestVariantId)
  const gone = product.status === 'sold_out' || product.variants.every(isGone)
  if (!gone) return []
  const variant = product.variants.length === 1 ? product.variants[0] : best
  return [
    {
      kind: 'out_of_stock',
      key: product.variants.length === 1 ? (variant?.variantId ?? product.productId) : product.productId,
      text: product.name,
      productId: product.productId,
      variantId: product.variants.length === 1 ? (variant?.variantId ?? null) : null,
      quantity: 1,
      amount: amountOf(variant, 1),
    },
  ]
}

/** Products that were put to the owner, or that the owner had said no to. */
function askedFor({ calls }: ToldTurn): Missed[] {
  return calls.flatMap((call) => {
    if (call.tool !== 'ask_owner' || !call.result.ok) return []
    const put = question.safeParse(call.arguments)
    const answer = asked.safeParse(call.result.data)
    if (!put.success || put.data.kind !== 'product' || !answer.success) return []
    const { state, answer: told } = answer.data
    if (state === 'answered' && !/^\W*(?:no\b|nope\b|sorry|lo siento)/.test(fold(told ?? ''))) return []
    return notFoundAs(put.data.question)
  })
}

/**
 * Wishes that a search did not answer and nothing else of the turn did: no other search, no entry of what the shop
 * says, no question to the owner.
 */
function notFound({ calls, customerTexts }: ToldTurn): Missed[] {
  const met = new Set(calls.flatMap((call) => wordsMet(call)))
  const searched = calls.flatMap((call) => {
    const query = z.object({ query: z.string() }).safeParse(call.arguments)
    const data = found.safeParse(call.result.data)
    const failed = call.tool === 'search_products' && call.result.ok && data.success && !data.data.answered
    return failed && query.success ? [wordsOf(query.data.query)] : []
  })
  return customerTexts
    .flatMap((text) => understand(text).requests)
    .filter((request) => isProductWish(request) && !asksAbility(request))
    .flatMap((request) => {
      const words = wordsOf(request.phrase.text)
      const looked = searched.some((search) => search.some((word) => words.includes(word)))
      return looked && !words.some((word) => met.has(word)) ? notFoundAs(request.text) : []
    })
}

/** Words for which a call had an answer, or that were put to the owner. */
function wordsMet({ tool, arguments: given, result }: ToldTurn['calls'][number]): string[] {
  const put = question.safeParse(given)
  if (tool === 'ask_owner' && put.success) return wordsOf(put.data.question)
  if (!result.ok) return []
  const query = z.object({ query: z.string() }).safeParse(given)
  const data = found.safeParse(result.data)
  if (tool === 'search_products' && query.success && data.success)
    return data.data.answered && data.data.products.length > 0 ? wordsOf(query.data.query) : []
  const told = entries.safeParse(result.data)
  return told.success
    ? told.data.entries.flatMap((entry) => wordsOf(`${entry.question} ${entry.answer}`))
    : []
}

function wordsOf(text: string): string[] {
  return subjectKey(text).split(' ').filter(Boolean)
}

const longestWish = 6

function notFoundAs(text: string): Missed[] {
  const { name, key } = wishedFor(text)
  const words = key.split(' ').filter(Boolean)
  if (words.length === 0 || words.length > longestWish) return []
  if (
    !name
      .split(/[^\p{L}\p{N}'-]+/u)
      .filter(Boolean)
      .every(isPlausibleOrSmall)
  )
    return []
  return [
    {
      kind: 'not_found',
      key,
      text: name.slice(0, 120),
      productId: null,
      variantId: null,
      quantity: 1,
      amount: null,
    },
  ]
}

function isPlausibleOrSmall(word: string): boolean {
  return word.length < 3 || isPlausibleWord(word)
}

function isGone(variant: Variant): boolean {
  return variant.status !== 'available' || variant.available === 0
}

function amountOf(variant: Variant | undefined, quantity: number): number | null {
  const price = variant?.price.kind === 'exact' ? variant.price.money?.amount : undefined
  return price === undefined || variant === undefined
    ? null
    : Math.round((price * quantity) / variant.unitSize)
}

function titled(product: Product, variant: Variant | undefined): string {
  return product.variants.length < 2 || !variant?.title ? product.name : `${product.name} (${variant.title})`
}
