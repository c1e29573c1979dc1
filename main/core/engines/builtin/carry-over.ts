import { z } from 'zod'
import type { JsonValue } from '../../json.ts'
import { fold } from '../../understanding/normalise.ts'
import type { FinishedCall, FinishedStep, FormOfAddress, Language } from '../engine.ts'
import { type CheckoutData, checkoutData, orderData, summaryData } from './checkout-data.ts'
import { nextFields } from './handlers/checkout-questions.ts'
import { type Dialogue, readDialogue } from './state.ts'
import { cartData, type ProductData, productsData, read, setLineData } from './tool-data.ts'

const quoteData = z.object({
  productId: z.string(),
  variantId: z.string().nullable(),
  name: z.string(),
  answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  missing: z.array(z.string()),
  quote: z.object({ quoteId: z.string(), total: z.object({ text: z.string() }) }).nullable(),
})
const removedData = z.object({ removed: z.object({ variantId: z.string() }).nullable() })

const asksToAdd =
  /\b(?:carrito|cesta|carro|canasta|cart|basket|anad\w*|agreg\w*|pong\w*|sum[oe]\w*|apunt\w*|met[oa]\w*|add|put)\b/
const asksForMore = /\b(?:algo mas|alguna otra cosa|anything else|something else)\b/

/**
 * The dialogue state after a turn that a model answered: what the built-in engine needs to go on from here, and what the
 * next prompt tells of as waiting. Read from the turn's results and from what the reply names; nothing is made up.
 */
export function carriedState(
  before: { state: JsonValue; steps: readonly FinishedStep[] },
  manner: { language: Language; formOfAddress: FormOfAddress | null },
  reply: string,
): JsonValue {
  return { ...carriedDialogue(before, manner, reply) }
}

/** The same as the built-in engine reads it. */
export function carriedDialogue(
  before: { state: JsonValue; steps: readonly FinishedStep[] },
  manner: { language: Language; formOfAddress: FormOfAddress | null },
  reply: string,
): Dialogue {
  const dialogue = readDialogue(before.state)
  const found = new Map<string, ProductData>()
  dialogue.pending = null
  dialogue.justAdded = null
  dialogue.misunderstood = 0
  for (const call of before.steps.flatMap((step) => step.calls)) apply(dialogue, found, call)
  const question = lastQuestion(reply)
  if (dialogue.checkout !== null && question === null && dialogue.checkout.summaryId === null)
    dialogue.checkout.asked = []
  showProducts(dialogue, [...found.values()], reply)
  dialogue.pending ??= question === null ? null : pendingOf(dialogue, found, question)
  dialogue.turns += 1
  dialogue.language = manner.language
  if (manner.formOfAddress !== null) dialogue.formOfAddress = manner.formOfAddress
  return dialogue
}

function apply(dialogue: Dialogue, found: Map<string, ProductData>, call: FinishedCall): void {
  const { name, result } = call
  if (!result.ok) return
  if (name === 'search_products' || name === 'get_products') {
    for (const product of read(productsData, result)?.products ?? []) found.set(product.productId, product)
  } else if (name === 'set_cart_line' || name === 'remove_cart_line' || name === 'clear_cart') {
    changeCart(dialogue, call)
  } else if (name === 'view_cart') {
    dialogue.filled = (read(cartData, result)?.cart.lines.length ?? 0) > 0
  } else if (name === 'summarize_order') {
    const summary = read(summaryData, result)
    if (summary !== null) keepCheckout(dialogue, summary.checkout, summary.summaryId)
  } else if (name === 'place_order') {
    if (read(orderData, result) !== null) endCheckout(dialogue)
  } else if (name === 'quote_service') {
    keepQuote(dialogue, call)
  } else if (name === 'order_status' || name === 'cancel_order') {
    dialogue.orderSpokenAt = dialogue.turns
  } else {
    const checkout = read(checkoutData, result)?.checkout
    // Looking at a cart's checkout begins none; noting something does.
    const begins = name !== 'view_checkout' || dialogue.checkout !== null || (checkout?.lines.length ?? 0) > 0
    if (checkout !== undefined && begins) {
      const same = name === 'view_checkout' ? (dialogue.checkout?.summaryId ?? null) : null
      keepCheckout(dialogue, checkout, same)
    }
  }
}

function changeCart(dialogue: Dialogue, { name, result }: FinishedCall): void {
  const cart = read(cartData, result)?.cart
  if (cart !== undefined) dialogue.filled = cart.lines.length > 0
  if (dialogue.checkout !== null) dialogue.checkout.summaryId = null
  if (name === 'set_cart_line') {
    const line = read(setLineData, result)?.line
    if (line == null) return
    const { variantId, productId, quantity } = line
    dialogue.touched = variantId
    dialogue.justAdded = { variantId, productId, quantity }
    focusOn(dialogue, productId, variantId)
    return
  }
  const removed = read(removedData, result)?.removed
  if (name === 'clear_cart' || removed?.variantId === dialogue.touched) dialogue.touched = null
}

function keepCheckout(dialogue: Dialogue, checkout: CheckoutData, summaryId: string | null): void {
  const before = dialogue.checkout
  dialogue.filled = checkout.lines.length > 0
  dialogue.checkout = {
    asked: summaryId === null ? nextFields(checkout.missing) : [],
    summaryId,
    savedAddressId: null,
    heldAddress: null,
    street: before?.street ?? null,
    repeated: 0,
    payments: checkout.options.payments,
    slots: checkout.options.slots,
  }
}

function endCheckout(dialogue: Dialogue): void {
  dialogue.checkout = null
  dialogue.pending = null
  dialogue.touched = null
  dialogue.filled = false
  dialogue.justAdded = null
  dialogue.orderSpokenAt = dialogue.turns
}

function keepQuote(dialogue: Dialogue, { result }: FinishedCall): void {
  const given = read(quoteData, result)
  if (given === null) return
  const { productId, variantId, name, answers, missing, quote } = given
  focusOn(dialogue, productId, variantId)
  const [asked] = missing
  if (quote === null) {
    dialogue.pending = asked === undefined ? null : { kind: 'tariff', productId, answers, asked, times: 1 }
    return
  }
  dialogue.lastQuote = quote.quoteId
  dialogue.pending =
    variantId === null
      ? null
      : {
          kind: 'confirm_quote',
          productId,
          variantId,
          quoteId: quote.quoteId,
          name,
          total: quote.total.text,
          answers,
        }
}

function focusOn(dialogue: Dialogue, productId: string, variantId: string | null): void {
  if (dialogue.focus !== null && dialogue.focus.productId !== productId)
    dialogue.previous = dialogue.focus.productId
  dialogue.focus = { productId, variantId }
}

/** The products that the reply names, in its order: what "the second one" will mean. */
function showProducts(dialogue: Dialogue, products: readonly ProductData[], reply: string): void {
  const text = ` ${fold(reply).replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  const named = products
    .map((product) => ({
      product,
      at: text.indexOf(
        ` ${fold(product.name)
          .replace(/[^\p{L}\p{N}]+/gu, ' ')
          .trim()} `,
      ),
    }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)
    .map(({ product }) => product)
  if (named.length === 0) return
  dialogue.shown = named.slice(0, 10).map(({ productId: id, name }) => ({ id, name }))
  dialogue.nearby = []
  const [only] = named
  if (named.length === 1 && only !== undefined && dialogue.justAdded === null)
    focusOn(
      dialogue,
      only.productId,
      only.variants.length === 1 ? (only.variants[0]?.variantId ?? null) : null,
    )
}

function pendingOf(
  dialogue: Dialogue,
  found: ReadonlyMap<string, ProductData>,
  question: string,
): Dialogue['pending'] {
  const { focus, checkout, justAdded } = dialogue
  if (checkout !== null && (checkout.summaryId !== null || checkout.asked.length > 0)) return null
  if (asksForMore.test(question)) return { kind: 'anything_else' }
  if (!asksToAdd.test(question) || focus === null || justAdded !== null || dialogue.shown.length !== 1)
    return null
  const { productId, variantId } = focus
  if (variantId !== null) return { kind: 'confirm_add', variantId, productId, quantity: 1 }
  const variantIds = (found.get(productId)?.variants ?? []).map((variant) => variant.variantId)
  return variantIds.length < 2
    ? null
    : { kind: 'variant', productId, variantIds, words: [], quantity: null, purpose: 'add' }
}

/** The question that the reply ends with, folded. */
function lastQuestion(reply: string): string | null {
  const text = reply.trim()
  if (!/\?(?:[)"»”'\s]|\p{Extended_Pictographic}|\ufe0f)*$/u.test(text)) return null
  const start = Math.max(text.lastIndexOf('¿'), text.slice(0, -1).search(/[^.!?\n]*\?[^?]*$/))
  return fold(text.slice(Math.max(0, start)))
}
