import { fold } from '../../../understanding/normalise.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import {
  amountOf,
  fullName,
  lowestAmount,
  priceText,
  productCard,
  productPriceText,
  variantLines,
} from '../describe.ts'
import { fitOf, isAvailable, isSoldOut, sameWord } from '../match.ts'
import { fetchProducts, resolve, searchProducts } from '../resolve.ts'
import type { ProductData } from '../tool-data.ts'
import { productsData as productsSchema, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, focusOn, question, speak } from '../turn.ts'
import { browse } from './catalog.ts'
import { noTarget, showList } from './offer.ts'

/** "¿El más barato?" – among what is named, else among what was shown. */
export function* extreme(
  turn: Turn,
  request: CustomerRequest,
  which: 'cheapest' | 'dearest',
): Asking<Part[]> {
  let products: ProductData[]
  if (request.phrase.nouns.length === 0 && turn.dialogue.shown.length > 1)
    products = yield* fetchProducts(turn.dialogue.shown.map((item) => item.id))
  else if (request.phrase.nouns.length === 0 && request.options.length === 0 && turn.dialogue.focus !== null)
    products = yield* fetchProducts([turn.dialogue.focus.productId])
  else {
    const found = yield* searchProducts(turn, request, request.phrase.text || request.text, 10)
    if (!found.answered)
      return yield* noTarget(turn, request, {
        kind: 'none',
        query: request.phrase.text || request.text,
        nearest: [],
      })
    const words = request.phrase.nouns
    products =
      words.length === 0
        ? found.products
        : found.products.filter((product) =>
            words.some(
              (word) =>
                sameWord(word, fold(product.name.split(' ')[0] ?? '')) ||
                fold(product.name)
                  .split(/\W+/)
                  .some((own) => sameWord(word, own)) ||
                fold(product.category)
                  .split(/\W+/)
                  .some((own) => sameWord(word, own)),
            ),
          )
    if (products.length === 0) products = found.products
  }
  const buyable = products.filter((product) => !isSoldOut(product) && Number.isFinite(lowestAmount(product)))
  const sorted = [...buyable].sort((a, b) => lowestAmount(a) - lowestAmount(b))
  const product = which === 'cheapest' ? sorted[0] : sorted.at(-1)
  if (product === undefined) return yield* noTarget(turn, request, { kind: 'unclear' })
  const choose = product.variants
    .filter((variant) => isAvailable(product, variant))
    .reduce(
      (best, variant) =>
        best === undefined ||
        (which === 'cheapest' ? amountOf(variant) < amountOf(best) : amountOf(variant) > amountOf(best))
          ? variant
          : best,
      product.variants.find((variant) => isAvailable(product, variant)),
    )
  focusOn(turn, product.productId, null)
  const price = choose === undefined ? null : priceText(turn, choose)
  if (price === null || choose === undefined)
    return [answer(productCard(turn, product, { variants: product.variants, used: [], narrowed: false }))]
  turn.dialogue.pending =
    choose.price.kind === 'exact' && !product.quoted
      ? { kind: 'confirm_add', productId: product.productId, variantId: choose.variantId, quantity: 1 }
      : null
  return [
    answer(
      speak(turn, which === 'cheapest' ? 'cheapest_is' : 'dearest_is', {
        name: fullName(product, choose),
        price,
      }),
    ),
    ...(turn.dialogue.pending === null ? [] : [question(speak(turn, 'offer_add', { name: product.name }))]),
  ]
}

/** "¿En qué se diferencian?" – attribute by attribute, and the price. */
export function* compare(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  let products: ProductData[] = []
  const names = request.phrase.text
    .split(/\s+(?:y|e|o|u|and|or|vs|versus|con|with)\s+(?:el |la |los |las |the )?/i)
    .filter((name) => name.trim() !== '')
  if (names.length >= 2) {
    const results = yield names
      .slice(0, 3)
      .map((query) => ({ name: 'search_products', arguments: { query, limit: 3 } }))
    products = results.flatMap((result) => read(productsSchema, result)?.products[0] ?? [])
  } else if (request.phrase.nouns.length > 0) {
    const target = yield* resolve(turn, request)
    if (target.kind === 'many') products = target.products
    else if (target.kind === 'one') {
      const other = turn.dialogue.focus?.productId
      products =
        other === undefined || other === target.product.productId
          ? [target.product]
          : [...(yield* fetchProducts([other])), target.product]
    } else return yield* noTarget(turn, request, target)
  } else {
    const { shown, focus, previous } = turn.dialogue
    const places = request.ordinals.flatMap((place) => shown.at(place < 0 ? place : place - 1)?.id ?? [])
    const ids =
      places.length >= 2
        ? places
        : shown.length >= 2
          ? shown.map((item) => item.id)
          : [focus?.productId, previous].flatMap((id) => id ?? [])
    products = yield* fetchProducts(ids)
  }
  const distinct = products
    .filter(
      (product, index) => products.findIndex((other) => other.productId === product.productId) === index,
    )
    .slice(0, 3)
  const [only] = distinct
  // "¿qué diferencia hay entre la media y la alta?": the options of one thing
  if (
    distinct.length === 1 &&
    only !== undefined &&
    only.variants.length > 1 &&
    request.phrase.nouns.length > 0
  ) {
    focusOn(turn, only.productId)
    const text = [`${only.name}:`, variantLines(turn, only, only.variants)]
    return [answer([...text, ...(only.description === '' ? [] : [only.description])].join('\n'))]
  }
  if (distinct.length < 2) return [question(speak(turn, 'compare_one'))]
  turn.dialogue.shown = distinct.map((product) => ({ id: product.productId, name: product.name }))
  const blocks = distinct.map((product) => {
    const facts = Object.entries(product.attributes).map(([name, value]) => `• ${name}: ${value}`)
    const price = isSoldOut(product)
      ? speak(turn, 'sold_out_short')
      : (productPriceText(turn, product) ??
        (turn.voice.language === 'es' ? 'precio a consultar' : 'price on request'))
    return [
      `${product.name}: ${price}`,
      ...facts,
      ...(facts.length === 0 && product.description !== '' ? [product.description] : []),
    ].join('\n')
  })
  return [answer(`${speak(turn, 'compare_intro')}\n\n${blocks.join('\n\n')}`)]
}

/** "¿Qué me recomiendas?" */
export function* recommend(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  if (request.phrase.nouns.length === 0 && request.budget === null) {
    if (turn.dialogue.shown.length > 1)
      return showList(
        turn,
        yield* fetchProducts(turn.dialogue.shown.map((item) => item.id)),
        'recommend_intro',
      )
    const found = yield* searchProducts(turn, request, request.text)
    if (found.answered && found.products.length > 0)
      return showList(
        turn,
        found.products.filter((product) => !isSoldOut(product)),
        'recommend_intro',
      )
    return yield* browse(turn)
  }
  const found = yield* searchProducts(turn, request, request.phrase.text || request.text)
  const all = found.products.filter((product) => !isSoldOut(product))
  const named = all.filter((product) => fitOf(product, request.phrase.nouns).name > 0)
  const buyable = named.length > 0 ? named : all
  if (buyable.length > 0) return showList(turn, buyable, 'recommend_intro')
  return yield* noTarget(turn, request, {
    kind: 'none',
    query: request.phrase.text || request.text,
    nearest: [],
  })
}
