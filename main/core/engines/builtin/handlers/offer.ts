import { enumerate } from '../../../language/voice.ts'
import { formatMoney } from '../../../money/money.ts'
import { fold } from '../../../understanding/normalise.ts'
import { isOption } from '../../../understanding/options.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { topicOf } from '../../../understanding/service.ts'
import { asksAbility } from '../../../understanding/shop-questions.ts'
import { fullName, lowestAmount, productCard, productList, variantLines } from '../describe.ts'
import type { Choice } from '../match.ts'
import { fitOf, isAvailable, isSoldOut, sameWord } from '../match.ts'
import type { Target } from '../resolve.ts'
import { optionWords, searchProducts } from '../resolve.ts'
import type { ProductData, VariantData } from '../tool-data.ts'
import { categoriesData, productsData as productsSchema, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, focusOn, keepOptions, question, speak, tellOf } from '../turn.ts'
import { askForProduct, askQuestion } from './ask-owner.ts'
import { quoteProduct } from './tariff.ts'

/** What several answers share: cards and lists of products, what is missing, what there is instead. */

/**
 * The shop has nothing like it: a clear wish is put to the owner. Names what there is, so that a "no" still leads
 * somewhere.
 */
export function* notInShop(
  turn: Turn,
  request: CustomerRequest,
  query: string,
  nearest: readonly ProductData[] = [],
): Asking<Part[]> {
  const [result] = yield [{ name: 'list_categories', arguments: {} }]
  const categories = (read(categoriesData, result)?.categories ?? [])
    .map((category) => category.name)
    .filter((name) => name !== '')
  // Figures of the customer are not repeated, and a long tale is no name of a product.
  const named = query.split(/\s+/).filter((word) => !/\d/.test(word))
  const name = named.length > 5 ? '' : named.join(' ').slice(0, 60)
  const near = nearest.filter((product) => fitOf(product, request.phrase.nouns).name > 0)
  const asked =
    asksAbility(request) || (request.intent !== null && topicOf(request.intent) !== null)
      ? yield* askQuestion(turn, request, true)
      : yield* askForProduct(turn, request, name, { nearest: near, categories })
  if (asked !== null) return asked
  turn.dialogue.pending = { kind: 'person', reason: 'other' }
  const lines = name === '' ? [] : [speak(turn, 'not_in_shop', { query: name })]
  if (categories.length > 0)
    lines.push(
      speak(turn, 'not_in_shop_categories', { categories: enumerate(turn.voice, categories.slice(0, 6)) }),
    )
  else lines.push(speak(turn, 'offer_person'))
  return [{ ...answer(lines.join(' ')), missing: named }]
}

/** Other products of the same kind that can be bought. */
export function* alternatives(turn: Turn, product: ProductData): Asking<Part[]> {
  const category = product.category.split('>').at(-1)?.trim() ?? ''
  const [head = product.name] = product.name.split(' ')
  const [byHead, byCategory] = yield [
    { name: 'search_products', arguments: { query: head, inStockOnly: true, limit: 6 } },
    ...(category === ''
      ? []
      : [{ name: 'search_products', arguments: { query: category, inStockOnly: true, limit: 6 } }]),
  ]
  // `read` takes a missing result as no data.
  const both = [byHead, byCategory].flatMap((result) => {
    const data = result === undefined ? null : read(productsSchema, result)
    return data?.answered ? data.products : []
  })
  const seen = new Set([product.productId])
  const list = both.filter((other) => {
    const related =
      other.category === product.category || sameWord(fold(other.name.split(' ')[0] ?? ''), fold(head))
    if (seen.has(other.productId) || isSoldOut(other) || !related) return false
    seen.add(other.productId)
    return true
  })
  if (list.length === 0) return []
  const text = [speak(turn, 'alternatives_intro'), productList(turn, list.slice(0, 3))].join('\n')
  const [only] = list
  if (list.length === 1 && only !== undefined) focusOn(turn, only.productId)
  return [answer(text)]
}

/** "No la tenemos en XL; hay S, M y L." */
export function missingOption(turn: Turn, product: ProductData, words: readonly string[]): string {
  const lines = [
    speak(turn, 'option_missing', {
      name: product.name,
      option: enumerate(
        turn.voice,
        words.map((word) => (word.length <= 3 ? word.toUpperCase() : word)),
        'or',
      ),
    }),
  ]
  const values = product.variants.filter((variant) => isAvailable(product, variant))
  if (product.variants.length > 1 && values.length > 0) lines.push(variantLines(turn, product, values))
  return lines.join('\n')
}

/** Option words of the request that no variant has. */
export function unmetOptions(product: ProductData, choice: Choice, request: CustomerRequest): string[] {
  if (product.optionNames.length === 0 && product.variants.length < 2) {
    // "orange blossom honey": a colour within a name in other words is no wish for a colour
    const { nouns } = request.phrase
    const foreign = nouns.length > 2 && fitOf(product, nouns).all < nouns.length
    return foreign
      ? []
      : request.options.filter((option) => isOption(option) && fitOf(product, [option]).all === 0)
  }
  if (choice.variants.length === 0) return choice.used
  if (choice.narrowed && choice.variants.length === 1) return []
  return request.options.filter(
    (option) =>
      !choice.used.includes(option) &&
      !fold(product.name).includes(option) &&
      !fold(product.description).includes(option) &&
      !Object.values(product.attributes).some((value) => fold(value).includes(option)),
  )
}

/** Price, options and lead time of one product, with an offer. */
export function* oneProduct(
  turn: Turn,
  request: CustomerRequest,
  product: ProductData,
  choice: Choice,
): Asking<Part[]> {
  const [only] = choice.variants
  focusOn(
    turn,
    product.productId,
    choice.narrowed && choice.variants.length === 1 ? (only?.variantId ?? null) : null,
  )
  tellOf(turn, product)
  if (choice.narrowed && choice.variants.length === 1 && only !== undefined)
    keepOptions(turn, product.productId, only.options.map(fold))
  if (isSoldOut(product)) {
    const others = yield* alternatives(turn, product)
    return [answer(speak(turn, 'sold_out', { name: product.name })), ...others]
  }
  if (product.quoted) return yield* quoteProduct(turn, product.productId)
  const unmet = unmetOptions(product, choice, request)
  if (unmet.length > 0) {
    const others = product.variants.filter((variant) => isAvailable(product, variant))
    turn.dialogue.pending = {
      kind: 'variant',
      productId: product.productId,
      variantIds: others.map((variant) => variant.variantId),
      quantity: request.quantity?.value ?? null,
      purpose: 'show',
      words: optionWords(request),
    }
    return [answer(missingOption(turn, product, unmet))]
  }
  const parts = [answer(productCard(turn, product, choice))]
  const wanted = request.quantity?.article === false ? request.quantity.value : 0
  if (request.intent === 'price' && only !== undefined && choice.variants.length === 1)
    parts.push(...totalOf(turn, product, only, wanted))
  if (
    choice.variants.length === 1 &&
    only?.available != null &&
    wanted > only.available &&
    !product.madeToOrder
  )
    parts.push(
      answer(
        only.available === 1
          ? speak(turn, 'stock_one', { name: fullName(product, only) })
          : speak(turn, 'stock_many', { name: fullName(product, only), available: only.available }).replace(
              /^(?:Sí|Yes), /,
              '',
            ),
      ),
    )
  const buyable = choice.variants.filter(
    (variant) => isAvailable(product, variant) && variant.price.kind === 'exact',
  )
  const [one] = buyable
  if (product.variants.every((variant) => variant.price.kind === 'ask')) {
    turn.dialogue.pending = { kind: 'person', reason: 'other' }
    parts.push(question(speak(turn, 'offer_person')))
  } else if (buyable.length === 1 && choice.variants.length === 1 && one !== undefined) {
    turn.dialogue.pending = {
      kind: 'confirm_add',
      productId: product.productId,
      variantId: one.variantId,
      quantity: request.quantity?.value ?? 1,
    }
    parts.push(question(speak(turn, 'offer_add', { name: product.name })))
  } else if (buyable.length > 1) {
    turn.dialogue.pending = {
      kind: 'variant',
      productId: product.productId,
      variantIds: buyable.map((variant) => variant.variantId),
      quantity: request.quantity?.value ?? null,
      purpose: 'show',
      words: optionWords(request),
    }
    parts.push(question(speak(turn, 'which_variant_values')))
  }
  return parts
}

/** Words for a target that is no product. */
export function* noTarget(
  turn: Turn,
  request: CustomerRequest,
  target: Exclude<Target, { kind: 'one' | 'many' }>,
): Asking<Part[]> {
  if (target.kind === 'failed') {
    turn.dialogue.pending = { kind: 'person', reason: 'other' }
    return [answer(speak(turn, 'tool_failed'))]
  }
  if (target.kind === 'unclear') return [question(speak(turn, 'nothing_before'))]
  if (request.budget !== null && request.phrase.nouns.length === 0)
    return [answer(speak(turn, 'budget_none'))]
  if (request.budget !== null) {
    const found = yield* searchProducts(turn, { ...request, budget: null }, request.phrase.text)
    const nearest = [...found.products]
      .filter((product) => !isSoldOut(product))
      .sort((a, b) => lowestAmount(a) - lowestAmount(b))
    if (found.answered && nearest.length > 0)
      return [
        answer(
          `${speak(turn, 'budget_none')} ${speak(turn, 'alternatives_intro')}\n${productList(turn, nearest.slice(0, 3))}`,
        ),
      ]
  }
  return yield* notInShop(turn, request, target.query, target.nearest)
}

export function showList(
  turn: Turn,
  products: readonly ProductData[],
  intro: 'list_intro' | 'recommend_intro' | 'which_one' = 'list_intro',
): Part[] {
  turn.dialogue.pending = {
    kind: 'product',
    productIds: products.slice(0, 5).map((product) => product.productId),
    words: [],
    measures: [],
    quantity: null,
    purpose: 'show',
  }
  if (turn.dialogue.focus !== null) turn.dialogue.previous = turn.dialogue.focus.productId
  turn.dialogue.focus = null
  return [
    answer(`${speak(turn, intro)}\n${productList(turn, products)}`),
    question(speak(turn, products.length === 1 ? 'list_outro_one' : 'list_outro')),
  ]
}

/** "3 × Limonada: 8,40 €" for who asks what several cost. */
function totalOf(turn: Turn, product: ProductData, variant: VariantData, wanted: number): Part[] {
  const { price, unit, unitSize, available } = variant
  if (wanted < 2 || price.kind !== 'exact' || unit !== 'piece' || unitSize !== 1) return []
  if (available != null && wanted > available && !product.madeToOrder) return []
  const total = formatMoney(
    { amount: price.money.amount * wanted, currency: turn.shop.currency },
    turn.shop.locale,
  )
  return [answer(speak(turn, 'cart_line', { quantity: wanted, name: fullName(product, variant), total }))]
}
