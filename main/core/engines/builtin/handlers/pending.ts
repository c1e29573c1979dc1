import { fold } from '../../../understanding/normalise.ts'
import { container } from '../../../understanding/options.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { understand } from '../../../understanding/service.ts'
import { fullName } from '../describe.ts'
import { bestFits, chooseVariants, fitOf, isAvailable } from '../match.ts'
import { fetchProducts, optionWords } from '../resolve.ts'
import type { Pending } from '../state.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, question, speak, talk } from '../turn.ts'
import { add, clearCart } from './cart.ts'
import * as cart from './cart-lines.ts'
import { oneProduct, showList } from './offer.ts'
import { handOver } from './talk.ts'
import { answerTariff } from './tariff.ts'

/** "uno", "la", "one": stands for what was asked about. */
function turnedTo(word: string): boolean {
  return /^(?:uno|una|unos|unas|one|ones|talla|talle|size|color|colour|color|opcion|option)$/.test(word)
}

const empties =
  /^\W*(?:si|yes|yeah|claro|dale|vale|ok)?\W*(?:cancel\w*|vaci\w*|borr\w*|quita\w*|elimina\w*|empty|clear|delete|remove)(?: (?:it|lo|todo|all|everything|porfa|please|por favor))*\W*$/
const keeps = /^\W*(?:no|nah|keep|leave|save|gu[aá]rd\w+|d[eé]j\w+|conserv\w+|mant[eé]n\w+)(?!\p{L})/iu

/** Reads a request as the answer to the question that the last reply asked. Null when it is none. */
export function* answerPending(turn: Turn, request: CustomerRequest): Asking<Part[] | null> {
  const { pending } = turn.dialogue
  if (pending === null) return null
  const { intent } = request
  const yes = intent === 'affirm'
  const no = intent === 'deny'
  const wants = intent === 'add' || intent === 'set_quantity'
  const light =
    intent === null || yes || wants || intent === 'search' || intent === 'attributes' || intent === 'correct'
  // "dos cajas": of what is spoken of
  const refersOnly =
    request.phrase.nouns.length === 0 ||
    (request.quantity !== null && request.phrase.nouns.every((word) => container.test(word)))
  // "pues esa", "that one please"
  const points = intent === null && request.deictic === 'this'
  switch (pending.kind) {
    case 'tariff':
    case 'confirm_quote':
      return yield* answerTariff(turn, request)
    case 'person':
      if (yes) return yield* handOver(turn, pending.reason)
      if (no) {
        turn.dialogue.pending = null
        turn.dialogue.misunderstood = 0
        return [talk(speak(turn, 'deny_alone'))]
      }
      return null
    // read before, from the whole message
    case 'anything_else':
    case 'cancel_order':
      return null
    case 'confirm_clear':
      turn.dialogue.pending = null
      if (
        yes ||
        empties.test(fold(request.text)) ||
        (refersOnly && (intent === 'remove' || intent === 'clear_cart'))
      )
        return yield* clearCart(turn)
      return no || keeps.test(request.text) ? [answer(speak(turn, 'cart_kept'))] : null
    case 'confirm_add': {
      if (no) {
        turn.dialogue.pending = null
        return [talk(speak(turn, 'deny_alone'))]
      }
      if (
        (yes ||
          wants ||
          request.amount === 'all' ||
          (points && !request.asked) ||
          (intent === null && request.quantity !== null)) &&
        refersOnly &&
        (request.deictic !== 'both' || (pending.absolute === true && pending.quantity === 2)) &&
        request.options.length === 0 &&
        request.ordinals.length === 0
      ) {
        const [product] = yield* fetchProducts([pending.productId])
        const variant = product?.variants.find((item) => item.variantId === pending.variantId)
        if (product === undefined || variant === undefined) return null
        turn.dialogue.pending = null
        if (pending.absolute)
          return yield* cart.setLine(
            turn,
            product,
            { variantId: variant.variantId, productId: product.productId, name: fullName(product, variant) },
            request.quantity?.value ?? pending.quantity,
          )
        return yield* cart.addVariant(turn, product, variant, request.quantity?.value ?? pending.quantity)
      }
      return null
    }
    case 'variant': {
      if (no && refersOnly && request.options.length === 0) {
        turn.dialogue.pending = null
        return [talk(speak(turn, 'deny_alone'))]
      }
      if (yes && refersOnly && request.options.length === 0 && pending.proposed !== undefined) {
        const [product] = yield* fetchProducts([pending.productId])
        const variant = product?.variants.find((item) => item.variantId === pending.proposed)
        if (product !== undefined && variant !== undefined && isAvailable(product, variant)) {
          turn.dialogue.pending = null
          return yield* cart.addVariant(
            turn,
            product,
            variant,
            request.quantity?.value ?? pending.quantity ?? 1,
          )
        }
      }
      if (!light) return null
      const words = optionWords(request)
      const fresh = request.phrase.nouns.filter((word) => !turnedTo(word))
      const several = request.deictic === 'both' || request.amount === 'each'
      if (
        words.length === 0 &&
        request.ordinals.length === 0 &&
        request.quantity === null &&
        !yes &&
        !several
      )
        return null
      const [product] = yield* fetchProducts([pending.productId])
      if (product === undefined) return null
      // Words that neither the product nor its options answer to speak of something else.
      const known = fitOf({ name: product.name, variants: product.variants }, fresh).all
      if (known < fresh.length) return null
      const asked = product.variants.filter((variant) => pending.variantIds.includes(variant.variantId))
      // "las dos", "one of each"
      if (
        (request.deictic === 'both' && asked.length === 2) ||
        (request.amount === 'each' && fresh.length === 0)
      ) {
        turn.dialogue.pending = null
        const parts: Part[] = []
        for (const variant of asked)
          parts.push(...(yield* cart.addVariant(turn, product, variant, request.quantity?.value ?? 1)))
        return parts
      }
      // "dos kilos de la primera": a measure says more than a place
      const unmeasured = request.measures.filter(({ option }) => !chooseVariants(product, [option]).narrowed)
      if (unmeasured.length > 0 && (wants || pending.purpose === 'add')) {
        turn.dialogue.pending = null
        return yield* cart.addProduct(
          turn,
          { ...request, ordinals: [] },
          product,
          request.quantity?.value ?? pending.quantity,
        )
      }
      const byPlace = request.ordinals.flatMap((place) => asked.at(place < 0 ? place : place - 1) ?? [])
      const choice = chooseVariants(
        product,
        words.length > 0 ? words : [String(request.quantity?.value ?? '')],
      )
      if (byPlace.length === 0 && !choice.narrowed && words.length > 0) return null
      const quantity = choice.used.includes(String(request.quantity?.value))
        ? pending.quantity
        : (request.quantity?.value ?? pending.quantity)
      const [placed] = byPlace
      const purpose = wants || request.quantity !== null ? 'add' : pending.purpose
      // Who only looks around is told the price and asked.
      const browsing = purpose === 'show' && !yes && request.agreed !== true
      if (placed !== undefined && browsing)
        return yield* oneProduct(turn, request, product, { variants: [placed], used: [], narrowed: true })
      if (placed !== undefined) {
        turn.dialogue.pending = null
        return yield* cart.addVariant(turn, product, placed, quantity ?? 1)
      }
      if (purpose === 'show' && request.asked) return null
      if (choice.variants.length === 0) return null
      const within = choice.variants.filter((variant) =>
        asked.some((item) => item.variantId === variant.variantId),
      )
      const open = within.length > 0 ? within : choice.variants
      const before = chooseVariants({ ...product, variants: open }, pending.words)
      const left = before.variants.length > 0 ? before.variants : open
      const [variant] = left
      if (left.length === 1 && variant !== undefined && isAvailable(product, variant)) {
        if (browsing)
          return yield* oneProduct(turn, request, product, {
            variants: [variant],
            used: choice.used,
            narrowed: true,
          })
        turn.dialogue.pending = null
        return yield* cart.addVariant(turn, product, variant, quantity ?? 1)
      }
      if (left.length > 1) return cart.askVariant(turn, product, left, quantity, [...pending.words, ...words])
      return yield* cart.addProduct(turn, request, product, quantity)
    }
    case 'product': {
      if (no && refersOnly) {
        turn.dialogue.pending = null
        return [talk(speak(turn, 'deny_alone'))]
      }
      if (pending.purpose !== 'add' || !light || (request.asked && intent !== 'add')) return null
      if (request.ordinals.length === 0 && request.phrase.content.length === 0 && request.deictic === null)
        return null
      // "la de hombre, en XL, y un pack de calcetines": which, and one thing more
      const [, which = '', also = ''] =
        /^(.+?)[,\s]+(?:y|and)\s+((?:un|una|unos|unas|dos|tres|\d+|otr[oa]|an?|two|three|some|another)\s+.+)$/i.exec(
          request.text,
        ) ?? []
      const [one] = understand(which.replace(/,/g, ' ')).requests
      const [other, third] = understand(also).requests
      if (one !== undefined && other !== undefined && third === undefined && other.phrase.nouns.length > 0) {
        const picked = yield* fetchProducts(pending.productIds)
        const words = [...one.phrase.content]
        const fits =
          words.length === 0 ? [] : bestFits(picked, words).filter((item) => fitOf(item, words).name > 0)
        if (one.ordinals.length > 0 || one.deictic !== null || fits.length === 1) {
          const parts = (yield* answerPending(turn, { ...one, intent: null })) ?? []
          const open = turn.dialogue.pending
          const more = yield* add(turn, { ...other, intent: 'add' })
          turn.dialogue.pending ??= open
          return [...parts, ...more]
        }
      }
      const joined: CustomerRequest = {
        ...request,
        quantity:
          request.quantity ??
          (pending.quantity === null ? null : { value: pending.quantity, article: false }),
        options: [...request.options, ...pending.words],
        measures: [...request.measures, ...pending.measures],
      }
      // "molido": an option of each of them, and still not which
      if (request.ordinals.length === 0 && request.deictic === null && pending.productIds.length > 1) {
        const words = optionWords(request)
        const products = yield* fetchProducts(pending.productIds)
        const each =
          words.length > 0 &&
          products.length > 1 &&
          products.every((one) => words.every((word) => chooseVariants(one, [word]).narrowed)) &&
          products.every((one) =>
            words.every((word) => fitOf({ name: one.name, variants: [] }, [word]).name === 0),
          )
        if (each) {
          const open = { ...pending, words: [...pending.words, ...words] }
          return yield* askedAgain(turn, open)
        }
      }
      turn.dialogue.pending = null
      return yield* add(turn, joined)
    }
    case 'cart_line': {
      if (!light && intent !== 'remove') return null
      const view = yield* cart.readCart(turn)
      const lines = view?.lines.filter((line) => pending.variantIds.includes(line.variantId)) ?? []
      const named =
        request.ordinals.length > 0
          ? request.ordinals.flatMap((place) => lines.at(place < 0 ? place : place - 1) ?? [])
          : cart.linesNamed(lines, [...request.phrase.content, ...request.options])
      const [line] = named
      if (line === undefined || named.length !== 1) return null
      turn.dialogue.pending = null
      if (pending.quantity === null) return yield* cart.removeLine(turn, line)
      return yield* cart.setLine(
        turn,
        null,
        { variantId: line.variantId, productId: line.productId, name: line.name },
        pending.quantity,
      )
    }
  }
}

/** Offers once more what was offered, or was spoken of last, to who tells where an order goes before taking it. */
export function* offeredBefore(turn: Turn): Asking<Part[]> {
  const { inherited, dialogue } = turn
  if (inherited?.kind === 'confirm_add') {
    dialogue.pending = { ...inherited, absolute: true }
    return yield* askedAgain(turn, inherited)
  }
  if (inherited?.kind === 'variant') return yield* askedAgain(turn, inherited)
  if (dialogue.focus === null) return []
  const [product] = yield* fetchProducts([dialogue.focus.productId])
  const buyable =
    product?.variants.filter((one) => isAvailable(product, one) && one.price.kind === 'exact') ?? []
  const [variant, second] = buyable.filter(
    (one) => dialogue.focus?.variantId == null || one.variantId === dialogue.focus.variantId,
  )
  if (product === undefined || product.quoted || variant === undefined || second !== undefined) return []
  dialogue.pending = {
    kind: 'confirm_add',
    productId: product.productId,
    variantId: variant.variantId,
    quantity: 1,
    absolute: true,
  }
  return yield* askedAgain(turn, dialogue.pending)
}

/** The question about the goods once more, for who answered something else. */
export function* askedAgain(turn: Turn, pending: Pending | null): Asking<Part[]> {
  switch (pending?.kind) {
    case 'variant': {
      const [product] = yield* fetchProducts([pending.productId])
      const variants = product?.variants.filter((one) => pending.variantIds.includes(one.variantId)) ?? []
      if (product === undefined || variants.length === 0) return []
      return cart.askVariant(turn, product, variants, pending.quantity, pending.words)
    }
    case 'product': {
      const products = yield* fetchProducts(pending.productIds)
      if (products.length === 0) return []
      const { focus, previous } = turn.dialogue
      const parts = showList(turn, products, 'which_one').filter((part) => part.kind === 'answer')
      Object.assign(turn.dialogue, { pending, focus, previous })
      return parts.map((part) => ({ ...part, kind: 'question' }))
    }
    case 'confirm_add': {
      const [product] = yield* fetchProducts([pending.productId])
      const variant = product?.variants.find((one) => one.variantId === pending.variantId)
      if (product === undefined || variant === undefined) return []
      return [
        question(
          speak(turn, 'offer_amount', { quantity: pending.quantity, name: fullName(product, variant) }),
        ),
      ]
    }
    default:
      return []
  }
}
