import type { CustomerRequest } from '../../../understanding/service.ts'
import { understand } from '../../../understanding/service.ts'
import { cartText, fullName, titled } from '../describe.ts'
import { chooseVariants, isSoldOut, namesValue } from '../match.ts'
import { fetchProducts, optionWords, resolve, wordsFor } from '../resolve.ts'
import { strangeWords } from '../strange-words.ts'
import { cartData, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, question, speak } from '../turn.ts'
import { addProduct, askLine, linesMeant, linesNamed, readCart, removeLine, setLine } from './cart-lines.ts'
import { noTarget, oneProduct, showList } from './offer.ts'
import { countsContents } from './packs.ts'

/** "Ponme dos…" */
export function* add(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  const quantity = request.quantity?.value ?? null
  const { justAdded, shown } = turn.dialogue
  const bare =
    request.phrase.content.length === 0 && request.options.length === 0 && request.ordinals.length === 0
  // "la quiero" of what was just put in
  if (
    bare &&
    quantity === null &&
    request.amount === null &&
    justAdded !== null &&
    justAdded.productId === turn.dialogue.focus?.productId &&
    turn.quantities.size === 0
  )
    return turn.several && request.deictic === null ? [] : yield* viewCart(turn)
  if (bare && request.amount === 'each' && shown.length > 1) {
    const parts: Part[] = []
    for (const product of yield* fetchProducts(shown.slice(0, 5).map((item) => item.id)))
      parts.push(...(yield* addProduct(turn, { ...request, amount: null }, product, quantity)))
    return parts
  }
  const target = yield* resolve(turn, request)
  const [alone] = target.kind === 'many' && target.products.length === 1 ? target.products : []
  if (alone !== undefined)
    return yield* oneProduct(
      turn,
      countsContents(alone, request) || /docena|dozen/i.test(request.text)
        ? { ...request, quantity: null }
        : request,
      alone,
      chooseVariants(alone, wordsFor(alone, request)),
    )
  if (target.kind === 'many') {
    if (request.ordinals.length > 1 || (request.deictic === 'both' && target.products.length === 2)) {
      const parts: Part[] = []
      for (const product of target.products)
        parts.push(...(yield* addProduct(turn, request, product, quantity)))
      return parts
    }
    const parts = showList(turn, target.products, 'which_one').filter((part) => part.kind === 'answer')
    turn.dialogue.pending = {
      kind: 'product',
      productIds: target.products.slice(0, 5).map((product) => product.productId),
      words: request.options,
      measures: request.measures,
      quantity,
      purpose: 'add',
    }
    return parts.map((part) => ({ ...part, kind: 'question' }))
  }
  if (target.kind !== 'one') return yield* noTarget(turn, request, target)
  if (request.avoid.length > 0) {
    const left = target.choice.variants.filter(
      (variant) => !request.avoid.some((word) => variant.options.some((value) => namesValue(word, value))),
    )
    return yield* oneProduct(turn, request, target.product, { variants: left, used: [], narrowed: true })
  }
  const strange = target.found ? strangeWords(target.product, request.text) : []
  if (strange.length > 0 && !isSoldOut(target.product)) {
    const parts = yield* oneProduct(turn, request, target.product, target.choice)
    return [answer(speak(turn, 'not_exactly', { words: strange.join(' ') })), ...parts]
  }
  return yield* addProduct(turn, request, target.product, quantity, target.choice)
}

/** "Quita…" – a number smaller than the line only takes that many out. */
export function* remove(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  const cart = yield* readCart(turn)
  if (cart === null) return [answer(speak(turn, 'cart_failed'))]
  if (cart.lines.length === 0) return [answer(speak(turn, 'cart_empty'))]
  const strange = request.options.length > 0 && linesNamed(cart.lines, request.options).length === 0
  const lines = strange ? [] : linesMeant(turn, request, cart)
  const [line] = lines
  if (line === undefined)
    return request.phrase.nouns.length > 0 || request.options.length > 0
      ? [answer(`${speak(turn, 'not_in_cart')} ${speak(turn, 'cart_intro')}\n${cartText(turn, cart)}`)]
      : askLine(turn, cart.lines, null)
  if (lines.length > 1) return askLine(turn, lines, null)
  const fewer = request.quantity
  if (
    fewer !== null &&
    !(fewer.article && request.phrase.definite) &&
    fewer.value < line.quantity &&
    !(fewer.article && request.phrase.nouns.length === 0 && request.deictic !== null)
  ) {
    const [product] = yield* fetchProducts([line.productId])
    return yield* setLine(
      turn,
      product ?? null,
      { variantId: line.variantId, productId: line.productId, name: line.name },
      line.quantity - fewer.value,
    )
  }
  return yield* removeLine(turn, line)
}

/** "Oat instead of navy": what is to go is no part of the wish. */
function withoutReplaced(request: CustomerRequest): CustomerRequest {
  const tail = /\b(?:instead of|rather than|not the|en (?:vez|lugar) de)\s+(.+)$/i.exec(request.text)?.[1]
  if (tail === undefined) return request
  const old = understand(tail).requests.flatMap((one) => [...one.options, ...one.phrase.content])
  const options = request.options.filter((word) => !old.includes(word))
  if (options.length === 0 || options.length === request.options.length) return request
  const content = request.phrase.content.filter((word) => !old.includes(word))
  return { ...request, options, phrase: { ...request.phrase, content } }
}

/** "Mejor que sean dos" */
export function* setQuantity(turn: Turn, given: CustomerRequest): Asking<Part[]> {
  const request = withoutReplaced(given)
  const cart = yield* readCart(turn)
  if (cart === null) return [answer(speak(turn, 'cart_failed'))]
  const [doubled] = /doble|double|twice/i.test(request.text) ? linesMeant(turn, request, cart) : []
  const quantity = request.quantity?.value ?? (doubled === undefined ? null : doubled.quantity * 2)
  // "cambia el gorro por los guantes": one thing for another
  const swap = /(?:c[aá]mbi\S*|swap|exchange|replace|change)\s+(.+?)\s+(?:por|for|with)\s+(.+)$/i.exec(
    request.text,
  )
  const old = swap === null ? [] : (understand(swap[1] ?? '').requests[0]?.phrase.nouns ?? [])
  const [told] = swap === null ? [] : understand(swap[2] ?? '').requests
  // "las velas grandes por pequeñas": of the same kind
  const [wish] =
    told !== undefined && told.phrase.nouns.length === 0 && told.options.length > 0
      ? understand(`${old.join(' ')} ${swap?.[2] ?? ''}`).requests
      : told === undefined
        ? []
        : [told]
  if (swap !== null && wish !== undefined && wish.phrase.nouns.length > 0) {
    const [line, second] = linesNamed(cart.lines, understand(swap[1] ?? '').requests[0]?.phrase.content ?? [])
    if (line === undefined || second !== undefined) return yield* viewCart(turn)
    const target = yield* resolve(turn, wish, true)
    if (target.kind !== 'one') return yield* add(turn, wish)
    const parts = yield* addProduct(turn, wish, target.product, wish.quantity?.value ?? line.quantity)
    const { touched } = turn.dialogue
    if (touched === null || touched === line.variantId || turn.dialogue.pending !== null) return parts
    return [...parts, ...(yield* removeLine(turn, line))]
  }
  const lines = linesMeant(turn, request, cart)
  const [line] = lines
  if (line === undefined) {
    // Nothing of it in the cart yet: the wish is a first one.
    return yield* add(turn, request)
  }
  if (lines.length > 1) return askLine(turn, lines, quantity)
  if (quantity === null || request.phrase.content.length > 0 || request.options.length > 0) {
    // another variant of the same product: "mejor en la L"
    const [product] = yield* fetchProducts([line.productId])
    if (product !== undefined) {
      const choice = chooseVariants(product, optionWords(request))
      const [other] = choice.variants
      if (
        choice.narrowed &&
        choice.variants.length === 1 &&
        other !== undefined &&
        other.variantId !== line.variantId
      ) {
        const parts = yield* setLine(
          turn,
          product,
          { variantId: other.variantId, productId: product.productId, name: fullName(product, other) },
          quantity ?? line.quantity,
        )
        if (turn.dialogue.touched !== other.variantId) return parts
        return [...parts, ...(yield* removeLine(turn, line))]
      }
    }
    if (quantity === null) return [question(speak(turn, 'how_many'))]
  }
  return yield* setLine(
    turn,
    null,
    {
      variantId: line.variantId,
      productId: line.productId,
      name: titled(line.name, line.title),
    },
    quantity,
  )
}

/** "Otro más" – of what is named, else of the line touched last. */
export function* more(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  if (request.phrase.nouns.length > 0 || request.options.length > 0) return yield* add(turn, request)
  const cart = yield* readCart(turn)
  const line = cart === null ? undefined : linesMeant(turn, request, cart)[0]
  if (line === undefined) return yield* add(turn, request)
  const before = turn.quantities.get(line.variantId) ?? line.quantity
  return yield* setLine(
    turn,
    null,
    {
      variantId: line.variantId,
      productId: line.productId,
      name: titled(line.name, line.title),
    },
    before + (request.quantity?.value ?? 1),
  )
}

/** "No, la otra": takes out what was just put in and puts the other in. */
export function* correct(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  const { justAdded, focus } = turn.dialogue
  // What another subject came after is not what is put right.
  const wrong = justAdded?.productId === focus?.productId ? justAdded : null
  const open = turn.inherited
  const wished = (open?.kind === 'variant' || open?.kind === 'product') && open.purpose === 'add'
  // "mejor pequeño": the thing that was just put in, in another option
  if (wrong !== null && request.phrase.nouns.length === 0 && request.options.length > 0) {
    const [product] = yield* fetchProducts([wrong.productId])
    if (product !== undefined && chooseVariants(product, request.options).narrowed)
      return yield* setQuantity(turn, request)
  }
  // "no quería la bufanda"
  if (/\bno (?:la |lo )?quer[ií]a\b|\bdidn'?t want\b/i.test(request.text)) {
    const cart = yield* readCart(turn)
    const [line, second] = cart === null ? [] : linesNamed(cart.lines, request.phrase.content)
    if (line !== undefined && second === undefined) return yield* removeLine(turn, line)
  }
  const target = yield* resolve(turn, request)
  if (target.kind === 'many') return showList(turn, target.products, 'which_one')
  if (target.kind !== 'one') return yield* noTarget(turn, request, target)
  // "era uno solo": the same thing in another amount
  if (wrong?.productId === target.product.productId && request.quantity !== null && !target.choice.narrowed) {
    const variant = target.product.variants.find((item) => item.variantId === wrong.variantId)
    if (variant !== undefined)
      return yield* setLine(
        turn,
        target.product,
        { variantId: wrong.variantId, productId: wrong.productId, name: fullName(target.product, variant) },
        request.quantity.value,
      )
  }
  // "ponme 3 calcetines" – "¿cuáles?" – "no, mejor el gorro": another wish, with an amount of its own
  if (wrong === null && wished)
    return yield* addProduct(turn, request, target.product, request.quantity?.value ?? null, target.choice)
  if (wrong === null) return yield* oneProduct(turn, request, target.product, target.choice)
  const parts = yield* addProduct(turn, request, target.product, request.quantity?.value ?? wrong.quantity)
  const { touched } = turn.dialogue
  if (touched === null || touched === wrong.variantId) return parts
  const cart = yield* readCart(turn)
  const line = cart?.lines.find((item) => item.variantId === wrong.variantId)
  if (line === undefined) return parts
  return [...parts, ...(yield* removeLine(turn, line))]
}

/** "¿Qué llevo?" */
export function* viewCart(turn: Turn): Asking<Part[]> {
  const cart = yield* readCart(turn)
  if (cart === null) return [answer(speak(turn, 'tool_failed'))]
  if (cart.lines.length === 0) return [answer(speak(turn, 'cart_empty'))]
  return [answer(`${speak(turn, 'cart_intro')}\n${cartText(turn, cart)}`)]
}

export function* clearCart(turn: Turn): Asking<Part[]> {
  const [result] = yield [{ name: 'clear_cart', arguments: {} }]
  turn.dialogue.touched = null
  turn.quantities.clear()
  const cleared = read(cartData, result)
  if (cleared === null) return [answer(speak(turn, 'cart_failed'))]
  turn.changedCart = cleared.cart
  return [{ ...answer(speak(turn, 'cart_cleared')), done: true }]
}
