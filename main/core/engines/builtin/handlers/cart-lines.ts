import { units } from '../../../understanding/lexicon/words.ts'
import { fold } from '../../../understanding/normalise.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { fullName, priceText, titled, variantLines } from '../describe.ts'
import type { Choice } from '../match.ts'
import { bestFits, chooseVariants, fitOf, isAvailable, isSoldOut } from '../match.ts'
import { packsOf } from '../measured-packs.ts'
import { quantityBeside } from '../name-numbers.ts'
import { optionWords, wordsFor } from '../resolve.ts'
import type { CartData, CartLineData, ProductData, VariantData } from '../tool-data.ts'
import { cartData, errorField, read, setLineData } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, focusOn, keepOptions, question, speak } from '../turn.ts'
import { alternatives, missingOption, oneProduct, unmetOptions } from './offer.ts'
import { countsContents, differsInOne, inPacks } from './packs.ts'
import { usualSize } from './preferences.ts'
import { quoteProduct } from './tariff.ts'

/** The cart as this turn left it, read once where the turn has not changed it. */
export function* readCart(turn: Turn): Asking<CartData | null> {
  if (turn.changedCart !== null) return turn.changedCart
  const [result] = yield [{ name: 'view_cart', arguments: {} }]
  const cart = read(cartData, result)?.cart ?? null
  if (cart !== null) turn.dialogue.filled = cart.lines.length > 0
  return cart
}

export function lineText(turn: Turn, line: CartLineData): string {
  return speak(turn, 'cart_line', {
    quantity: line.quantity,
    name: titled(line.name, line.title),
    total: line.total.text,
  })
}

/** Whether this turn, not an earlier one, asked which thing or variant is to be put in. */
function asksVariant({ dialogue: { pending }, inherited }: Turn): boolean {
  return (
    pending !== inherited &&
    (pending?.kind === 'confirm_add' ||
      ((pending?.kind === 'variant' || pending?.kind === 'product') && pending.purpose === 'add'))
  )
}

/** The cart's total as one part: of several only the last is told. */
export function totalPart(turn: Turn, cart: CartData): Part {
  return { kind: 'answer', text: speak(turn, 'cart_total', { total: cart.total.text }), total: true }
}

/** Sets a line to an absolute quantity and says what came of it: only what the tool confirmed is claimed. */
export function* setLine(
  turn: Turn,
  product: ProductData | null,
  variant: { variantId: string; name: string; productId: string },
  quantity: number,
): Asking<Part[]> {
  turn.quantities.set(variant.variantId, quantity)
  const [result] = yield [{ name: 'set_cart_line', arguments: { variantId: variant.variantId, quantity } }]
  const done = read(setLineData, result)
  const { name } = variant
  if (done !== null) {
    turn.changedCart = done.cart
    const line = done.line ?? done.cart.lines.find((item) => item.variantId === variant.variantId)
    if (line == null) return [answer(speak(turn, 'cart_failed'))]
    focusOn(turn, variant.productId, variant.variantId)
    turn.dialogue.touched = variant.variantId
    turn.dialogue.justAdded = { variantId: variant.variantId, productId: variant.productId, quantity }
    // a question that another part of this message left open stays open
    if (!asksVariant(turn)) turn.dialogue.pending = null
    const key = done.previousQuantity === 0 ? 'added' : 'changed'
    const told = lineText(turn, line)
    const parts: Part[] = [
      {
        kind: 'answer',
        text: speak(turn, key, { line: told }),
        cartLine: { key, line: told, variantId: variant.variantId },
      },
    ]
    if (done.cart.lines.length > 1) parts.push(totalPart(turn, done.cart))
    return parts
  }
  turn.quantities.delete(variant.variantId)
  focusOn(turn, variant.productId, variant.variantId)
  if (result?.ok !== false) return [answer(speak(turn, 'cart_failed'))]
  const number = (field: string): number | null => {
    const value = errorField(result, field)
    return typeof value === 'number' ? value : null
  }
  const offer = (amount: number): void => {
    turn.dialogue.pending = {
      kind: 'confirm_add',
      productId: variant.productId,
      variantId: variant.variantId,
      quantity: amount,
      absolute: true,
    }
  }
  if (result.code === 'cart.out_of_stock') {
    const available = number('available') ?? 0
    if (available > 0) {
      offer(available)
      return [
        answer(
          speak(turn, 'out_of_stock', { name, available })
            .replace(/solo quedan 1\b/, 'solo queda 1')
            .replace('There are only 1 of', 'There is only 1 of'),
        ),
      ]
    }
    const others = product === null ? [] : yield* alternatives(turn, product)
    return [answer(speak(turn, 'out_of_stock_none', { name })), ...others]
  }
  if (result.code === 'cart.quantity') {
    const min = number('min')
    const max = number('max')
    if (min !== null && quantity < min) {
      offer(min)
      return [answer(speak(turn, 'quantity_limit_min', { name, min }))]
    }
    if (max !== null) {
      offer(max)
      return [answer(speak(turn, 'quantity_limit_max', { name, max }))]
    }
  }
  const reason = errorField(result, 'reason')
  if (reason === 'sold_out' || reason === 'discontinued') {
    const others = product === null ? [] : yield* alternatives(turn, product)
    return [answer(speak(turn, 'sold_out', { name })), ...others]
  }
  turn.dialogue.pending = { kind: 'person', reason: 'other' }
  const priced = reason === 'price_ask' || reason === 'price_from'
  const from = product?.variants.find((item) => item.variantId === variant.variantId)
  const price = from === undefined ? null : priceText(turn, from)
  const lines = [speak(turn, priced ? 'not_sellable_price' : 'not_sellable', { name })]
  if (reason === 'price_from' && price !== null)
    lines.unshift(speak(turn, 'price_from', { name, price: price.replace(/^(?:desde|from) /, '') }))
  return [answer(lines.join(' ')), question(speak(turn, 'offer_person'))]
}

/** Puts `quantity` more of a variant in the cart. */
export function* addVariant(
  turn: Turn,
  product: ProductData,
  variant: VariantData,
  quantity: number,
): Asking<Part[]> {
  const pendingQuantity = turn.quantities.get(variant.variantId)
  let before = pendingQuantity
  if (before === undefined) {
    const cart = yield* readCart(turn)
    before =
      turn.quantities.get(variant.variantId) ??
      cart?.lines.find((line) => line.variantId === variant.variantId)?.quantity ??
      0
  }
  return yield* setLine(
    turn,
    product,
    { variantId: variant.variantId, productId: product.productId, name: fullName(product, variant) },
    before + quantity,
  )
}

/** Asks which variant, remembering how many are wanted. */
export function askVariant(
  turn: Turn,
  product: ProductData,
  variants: readonly VariantData[],
  quantity: number | null,
  words: readonly string[] = [],
): Part[] {
  focusOn(turn, product.productId)
  const usual = usualSize(turn, product, variants)
  turn.dialogue.pending = {
    kind: 'variant',
    productId: product.productId,
    variantIds: variants.map((variant) => variant.variantId),
    quantity,
    purpose: 'add',
    words: [...words],
    ...(usual === null ? {} : { proposed: usual.variant.variantId }),
  }
  const asked =
    usual === null
      ? speak(turn, 'which_variant_values')
      : speak(turn, 'preference_size_offer', { size: usual.size, title: usual.variant.title })
  return [
    question(
      `${speak(turn, 'which_variant', { name: product.name })}\n${variantLines(turn, product, variants)}\n${asked}`,
    ),
  ]
}

/** Adds a known product: chooses the variant by the words, asks when several remain. */
export function* addProduct(
  turn: Turn,
  request: CustomerRequest,
  product: ProductData,
  wanted: number | null,
  known: Choice | null = null,
): Asking<Part[]> {
  // "clear, iphone 15": the number is the model's
  const models = product.variants.flatMap((one) => one.options.filter((value) => /\p{L} \d+\b/u.test(value)))
  const quantity = quantityBeside([product.name, ...new Set(models)].join(' '), request.text, wanted)
  const focused = turn.dialogue.focus
  let choice =
    known?.narrowed === true && known.variants.length > 0
      ? known
      : chooseVariants(product, wordsFor(product, request))
  if (!choice.narrowed && focused?.productId === product.productId && focused.variantId !== null) {
    const kept = product.variants.filter((variant) => variant.variantId === focused.variantId)
    if (kept.length > 0 && request.phrase.nouns.length === 0)
      choice = { variants: kept, used: [], narrowed: true }
  }
  if (isSoldOut(product)) {
    focusOn(turn, product.productId)
    const others = yield* alternatives(turn, product)
    return [answer(speak(turn, 'sold_out', { name: product.name })), ...others]
  }
  if (product.quoted) return yield* quoteProduct(turn, product.productId)
  const packs = quantity === null ? null : inPacks(product, choice, request, quantity)
  if (packs !== null) return yield* addVariant(turn, product, packs.variant, packs.count)
  // an amount of what is inside is no amount of packs
  if (quantity !== null && countsContents(product, request)) {
    const open = choice.variants.filter((one) => isAvailable(product, one))
    return askVariant(turn, product, open.length > 0 ? open : product.variants, null, optionWords(request))
  }
  const measure = request.measures.find((one) => !choice.used.includes(one.option))
  // "dos kilos", sold by 500 g and by 1 kg
  const sized =
    measure === undefined || (quantity ?? 1) !== 1
      ? null
      : packsOf(
          (choice.narrowed && choice.variants.length > 0 ? choice.variants : product.variants).filter((one) =>
            isAvailable(product, one),
          ),
          measure,
          turn.shop.country,
        )
  const [pack, second] = sized?.variants ?? []
  if (sized !== null && pack !== undefined && second === undefined)
    return yield* addVariant(turn, product, pack, sized.count)
  if (sized !== null && pack !== undefined)
    return askVariant(turn, product, sized.variants, sized.count, optionWords(request))
  if (measure !== undefined && quantity === null) {
    // sold by that unit, it is how many; in no such size, nothing is guessed
    const text = [product.name, ...product.variants.flatMap((one) => [...one.options, one.unit])].join(' ')
    const words = fold(text).split(/[^a-z0-9]+/)
    const named = words.some(
      (word, index) => word === String(measure.value) && units[words[index + 1] ?? ''] === measure.unit,
    )
    const soldBy = words.some(
      (word, index) => units[word] === measure.unit && !/^\d+$/.test(words[index - 1] ?? ''),
    )
    if (!named && (!soldBy || !Number.isInteger(measure.value))) {
      const parts = yield* oneProduct(turn, request, product, choice)
      const { pending } = turn.dialogue
      if (pending?.kind === 'variant') turn.dialogue.pending = { ...pending, purpose: 'add' }
      return parts
    }
    return yield* addProduct(
      turn,
      { ...request, measures: [], options: request.options.filter((one) => one !== measure.option) },
      product,
      named ? 1 : measure.value,
    )
  }
  // "una de cada color"
  const each = choice.variants.filter((variant) => isAvailable(product, variant))
  if (request.amount === 'each' && each.length > 1 && each.length <= 6 && differsInOne(product, each)) {
    const parts: Part[] = []
    for (const variant of each) parts.push(...(yield* addVariant(turn, product, variant, quantity ?? 1)))
    return parts
  }
  // "en la S y la M": one of each
  const told = [...new Set(request.options)].filter((one) => choice.used.includes(one))
  if (
    choice.variants.length > 1 &&
    choice.variants.length <= told.length &&
    (quantity === null || quantity === choice.variants.length) &&
    /\s(?:y|e|and)\s+(?:(?:en|la|el|una?|otr[oa]|in|the|an?|one)\s+)*\S+\W*$/i.test(request.text)
  ) {
    const parts: Part[] = []
    for (const variant of choice.variants) parts.push(...(yield* addVariant(turn, product, variant, 1)))
    return parts
  }
  const unmet = unmetOptions(product, choice, request)
  if (unmet.length > 0) {
    focusOn(turn, product.productId)
    const buyable = product.variants.filter((variant) => isAvailable(product, variant))
    turn.dialogue.pending = {
      kind: 'variant',
      productId: product.productId,
      variantIds: buyable.map((variant) => variant.variantId),
      quantity,
      purpose: 'add',
      words: optionWords(request),
    }
    return [answer(missingOption(turn, product, unmet))]
  }
  const [only] = choice.variants
  if (choice.variants.length === 1 && only !== undefined) {
    keepOptions(turn, product.productId, only.options.map(fold))
    if (!isAvailable(product, only)) {
      focusOn(turn, product.productId)
      const rest = product.variants.filter((variant) => isAvailable(product, variant))
      turn.dialogue.pending = {
        kind: 'variant',
        productId: product.productId,
        variantIds: rest.map((variant) => variant.variantId),
        quantity,
        purpose: 'add',
        words: optionWords(request),
      }
      return [
        answer(
          `${speak(turn, 'variant_sold_out', { name: product.name, title: only.title })} ${speak(turn, 'alternatives_intro')}\n${variantLines(turn, product, rest)}`,
        ),
      ]
    }
    if (request.amount === 'all' && only.available != null)
      return yield* setLine(
        turn,
        product,
        { variantId: only.variantId, productId: product.productId, name: fullName(product, only) },
        only.available,
      )
    const put = turn.dialogue.justAdded
    // "pon 40 entonces" right after two of it
    if (
      quantity !== null &&
      put?.variantId === only.variantId &&
      turn.quantities.size === 0 &&
      /(?<!\p{L})(?:entonces|mejor|instead|rather|en total|in total|al final|actually)(?!\p{L})/iu.test(
        request.text,
      )
    )
      return yield* setLine(
        turn,
        product,
        { variantId: only.variantId, productId: product.productId, name: fullName(product, only) },
        quantity,
      )
    return yield* addVariant(turn, product, only, quantity ?? 1)
  }
  const buyable = choice.variants.filter((variant) => isAvailable(product, variant))
  const [last] = buyable
  if (buyable.length === 1 && last !== undefined && choice.narrowed)
    return yield* addVariant(turn, product, last, quantity ?? 1)
  return askVariant(
    turn,
    product,
    buyable.length > 0 ? buyable : choice.variants,
    quantity,
    optionWords(request),
  )
}

/** Lines whose product or variant the words name best. */
export function linesNamed(lines: readonly CartLineData[], words: readonly string[]): CartLineData[] {
  const titled = lines
    .map((line) => ({ variantId: line.variantId, name: `${line.name} ${line.title}` }))
    .filter((line) => fitOf(line, words).all > 0)
  const best = titled.length > 0 ? bestFits(titled, words) : []
  return lines.filter((line) => best.some((other) => other.variantId === line.variantId))
}

/** Lines of the cart that the words mean: named ones, the one touched last, or the only one. */
export function linesMeant(turn: Turn, request: CustomerRequest, cart: CartData): CartLineData[] {
  const words = request.phrase.content
  if (words.length > 0 || request.options.length > 0) {
    const all = [...words, ...request.options]
    const named = linesNamed(cart.lines, all)
    if (named.length > 0) return named
    if (request.phrase.nouns.length > 0) return []
  }
  if (request.ordinals.length > 0)
    return request.ordinals.flatMap((place) => cart.lines.at(place < 0 ? place : place - 1) ?? [])
  const touched = cart.lines.filter((line) => line.variantId === turn.dialogue.touched)
  if (touched.length > 0) return touched
  const focused = cart.lines.filter((line) => line.productId === turn.dialogue.focus?.productId)
  if (focused.length > 0) return focused
  return cart.lines.length === 1 ? cart.lines : []
}

export function askLine(turn: Turn, lines: readonly CartLineData[], quantity: number | null): Part[] {
  turn.dialogue.pending = { kind: 'cart_line', variantIds: lines.map((line) => line.variantId), quantity }
  return [
    question(
      `${speak(turn, 'which_cart_line')}\n${lines.map((line, index) => `${index + 1}. ${lineText(turn, line)}`).join('\n')}`,
    ),
  ]
}

export function* removeLine(turn: Turn, line: CartLineData): Asking<Part[]> {
  const [result] = yield [{ name: 'remove_cart_line', arguments: { variantId: line.variantId } }]
  const left = read(cartData, result)?.cart
  if (left === undefined) return [answer(speak(turn, 'cart_failed'))]
  if (turn.dialogue.touched === line.variantId) turn.dialogue.touched = null
  turn.quantities.delete(line.variantId)
  const name = titled(line.name, line.title)
  turn.changedCart = left
  const parts: Part[] = [{ ...answer(speak(turn, 'removed', { name })), done: true }]
  if (left.lines.length > 0) parts.push(totalPart(turn, left))
  return parts
}
