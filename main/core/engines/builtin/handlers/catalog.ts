import type { CustomerRequest } from '../../../understanding/service.ts'
import { fullName, leadTimeText, priceText, productCard } from '../describe.ts'
import { knowledgeEntry } from '../knowledge.ts'
import { chooseVariants, fitOf, isAvailable, isSoldOut } from '../match.ts'
import { resolve, searchProducts, wordsFor } from '../resolve.ts'
import { categoriesData, type ProductData, photoData, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, focusOn, question, speak } from '../turn.ts'
import { askForOther, askForSome, namedInVain } from './ask-owner.ts'
import { alternatives, missingOption, noTarget, oneProduct, showList, unmetOptions } from './offer.ts'
import { quoteProduct } from './tariff.ts'

/** "¿Tenéis…?" */
export function* search(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  if (request.phrase.nouns.length === 0 && request.budget !== null) {
    const found = yield* searchProducts(turn, request, request.phrase.text || request.text)
    return found.products.length > 0 ? showList(turn, found.products) : [answer(speak(turn, 'budget_none'))]
  }
  const target = yield* resolve(turn, request, true)
  const weak =
    target.kind === 'none' ||
    (target.kind === 'many' &&
      !target.products.some(
        (product) => fitOf(product, request.phrase.nouns).all === request.phrase.nouns.length,
      ))
  if (weak && request.phrase.nouns.length > 0) {
    const entry = yield* knowledgeEntry(request)
    if (entry !== null) return [answer(entry)]
  }
  if (target.kind === 'one' || target.kind === 'many') {
    const found = target.kind === 'one' ? [target.product] : target.products
    const some = yield* askForSome(turn, request, namedInVain(request, found))
    if (some !== null) {
      const rest =
        target.kind === 'one'
          ? yield* oneProduct(turn, request, target.product, target.choice)
          : yield* several(turn, request, target.products)
      return [...some, ...rest]
    }
    const asked = yield* askForOther(turn, request, found, target.partial === true)
    if (asked !== null) return asked
  }
  if (target.kind === 'one') return yield* oneProduct(turn, request, target.product, target.choice)
  if (target.kind === 'many') return yield* several(turn, request, target.products)
  return yield* noTarget(turn, request, target)
}

/** A list; a service that is the only one of it is priced at once. */
function* several(turn: Turn, request: CustomerRequest, products: readonly ProductData[]): Asking<Part[]> {
  const [only] = products
  if (products.length === 1 && only?.quoted) return yield* quoteProduct(turn, only.productId)
  if (products.length === 1 && only !== undefined && isSoldOut(only)) {
    focusOn(turn, only.productId)
    return [answer(speak(turn, 'sold_out', { name: only.name })), ...(yield* alternatives(turn, only))]
  }
  if (products.length === 1 && only !== undefined)
    return yield* oneProduct(turn, request, only, chooseVariants(only, wordsFor(only, request)))
  return showList(turn, products)
}

/** "¿Qué vendéis?" */
export function* browse(turn: Turn): Asking<Part[]> {
  const [result] = yield [{ name: 'list_categories', arguments: {} }]
  const categories = (read(categoriesData, result)?.categories ?? []).filter(
    (category) => category.name !== '',
  )
  if (categories.length === 0) return [question(speak(turn, 'ask_what'))]
  const lines = categories.slice(0, 10).map((category) => `• ${category.name}`)
  return [
    answer(`${speak(turn, 'browse_intro', { shop: turn.shop.name })}\n${lines.join('\n')}`),
    question(speak(turn, 'browse_outro')),
  ]
}

/** "¿Cuánto cuesta?" */
export function* price(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  const target = yield* resolve(turn, request)
  if (target.kind === 'many') return yield* several(turn, request, target.products)
  if (target.kind !== 'one') return yield* noTarget(turn, request, target)
  return yield* oneProduct(turn, request, target.product, target.choice)
}

/** "¿Cuántas quedan?" */
export function* stock(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  const target = yield* resolve(turn, request)
  if (target.kind === 'many') return showList(turn, target.products)
  if (target.kind !== 'one') return yield* noTarget(turn, request, target)
  const { product, choice } = target
  focusOn(
    turn,
    product.productId,
    choice.narrowed && choice.variants.length === 1 ? (choice.variants[0]?.variantId ?? null) : null,
  )
  if (isSoldOut(product)) {
    const others = yield* alternatives(turn, product)
    return [answer(speak(turn, 'sold_out', { name: product.name })), ...others]
  }
  const unmet = unmetOptions(product, choice, request)
  if (unmet.length > 0) return [answer(missingOption(turn, product, unmet))]
  const lines = choice.variants.map((variant) => {
    const name = fullName(product, variant)
    const { available } = variant
    if (!isAvailable(product, variant)) return speak(turn, 'stock_none', { name })
    if (available == null || product.madeToOrder) return speak(turn, 'stock_yes', { name })
    return available === 1
      ? speak(turn, 'stock_one', { name })
      : speak(turn, 'stock_many', { name, available })
  })
  if (choice.variants.length === 1) {
    const price = choice.variants[0] === undefined ? null : priceText(turn, choice.variants[0])
    if (price !== null)
      lines.push(speak(turn, 'price_is', { name: fullName(product, choice.variants[0]), price }))
  }
  return [answer(lines.join('\n'))]
}

/** "¿Cuánto tardan en hacerla?" */
export function* leadTime(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  const target = yield* resolve(turn, request)
  if (target.kind === 'many')
    return [
      answer(
        target.products
          .slice(0, 4)
          .map((product) => leadTimeText(turn, product))
          .join('\n'),
      ),
    ]
  if (target.kind !== 'one') return yield* noTarget(turn, request, target)
  focusOn(turn, target.product.productId)
  return [answer(leadTimeText(turn, target.product))]
}

/** "¿Tienes foto?" */
export function* photo(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  const target = yield* resolve(turn, request)
  if (target.kind === 'many') return showList(turn, target.products)
  if (target.kind !== 'one') return yield* noTarget(turn, request, target)
  const { product } = target
  focusOn(turn, product.productId)
  const [result] = yield [{ name: 'send_product_photo', arguments: { productId: product.productId } }]
  const sent = read(photoData, result)?.sent ?? false
  return [
    answer(speak(turn, sent ? 'photo_sent' : 'photo_none', { name: product.name })),
    ...(sent ? [] : [answer(productCard(turn, product, target.choice))]),
  ]
}
