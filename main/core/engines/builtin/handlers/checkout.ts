import type { CheckoutData } from '../checkout-data.ts'
import { checkoutData, orderData, summaryData } from '../checkout-data.ts'
import type { CheckoutReading } from '../checkout-reading.ts'
import { isFirm } from '../checkout-reading.ts'
import type { CallResult } from '../tool-data.ts'
import { errorField, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, question, speak, talk } from '../turn.ts'
import { applyDetails, codeRefused } from './checkout-apply.ts'
import { mendLines, readAgain } from './checkout-lines.ts'
import { askFields, belowMinimum, isBelowMinimum, keepCheckout, nextFields } from './checkout-questions.ts'
import { orderSoFar, placedText, summaryText } from './checkout-summary.ts'
import { orderStatus } from './orders.ts'
import { askedAgain, offeredBefore } from './pending.ts'

/**
 * The way from a cart to an order, after everything else that the messages wanted is done: notes what they told, asks
 * for what is missing, puts the whole order to the customer, and places it after a yes.
 */
export function* continueCheckout(
  turn: Turn,
  reading: CheckoutReading,
  others: () => readonly Part[],
): Asking<Part[]> {
  const { dialogue } = turn
  if (turn.handedOver || (!reading.active && dialogue.checkout === null)) return []
  // What was to be cancelled does not go on.
  if (
    dialogue.pending !== turn.inherited &&
    /^(?:confirm_clear|cancel_order)$/.test(dialogue.pending?.kind ?? '')
  )
    return []
  const state = dialogue.checkout
  if (state !== null && state.summaryId !== null && reading.yes && !isFirm(dialogue.pending))
    return yield* place(turn, state.summaryId)
  const applied = yield* applyDetails(turn, reading)
  const { checkout } = applied
  if (checkout === null) return state === null ? [answer(speak(turn, 'tool_failed'))] : []
  if (applied.told || turn.changedCart !== null) dialogue.misunderstood = 0
  // Who goes on with the order does not want the person that was offered before.
  const goesOn = applied.told || reading.wants !== null
  if (goesOn && dialogue.pending?.kind === 'person' && dialogue.pending === turn.inherited)
    dialogue.pending = null
  if (
    dialogue.misunderstood < 2 &&
    dialogue.pending?.kind !== 'confirm_add' &&
    others().some((part) => part.lost === true)
  )
    dialogue.pending = null
  // A question about the goods comes first; the order waits.
  if (isFirm(dialogue.pending)) {
    const repeated = dialogue.pending === turn.inherited ? (state?.repeated ?? 0) + 1 : 0
    const silent = others().every((part) => part.kind === 'talk' || part.lost === true)
    // Who goes on with the order twice lets the question go.
    if (!(silent && repeated > 1 && !checkout.missing.includes('cart'))) {
      keepCheckout(turn, checkout, { summaryId: null, asked: state?.asked ?? [], repeated })
      const again = silent ? yield* askedAgain(turn, dialogue.pending) : []
      return [
        ...applied.parts,
        ...(applied.told && silent ? [answer(speak(turn, 'checkout_noted'))] : []),
        ...again,
      ]
    }
  }
  if (checkout.missing.includes('cart') && checkout.changes.length === 0) {
    const said = others().length > 0
    dialogue.checkout = null
    // The order goes on with the next thing that is put in the cart.
    if (said && state !== null) keepCheckout(turn, checkout)
    if (said) return applied.parts
    // "confirmo" once more: it is placed already
    if (
      reading.wants === 'order' &&
      dialogue.orderSpokenAt !== null &&
      dialogue.turns - dialogue.orderSpokenAt < 6
    )
      return yield* orderStatus(turn)
    if (reading.wants === 'ending') return [talk(speak(turn, 'bye'))]
    if (applied.asks) return applied.parts
    const offered = applied.told ? yield* offeredBefore(turn) : []
    if (offered.length > 0) {
      keepCheckout(turn, checkout, { asked: nextFields(checkout.missing) })
      return [...applied.parts, answer(speak(turn, 'checkout_noted')), ...offered]
    }
    const empty = speak(turn, 'checkout_empty')
    return [...applied.parts, answer(applied.told ? `${speak(turn, 'checkout_noted')} ${empty}` : empty)]
  }
  dialogue.pending = null
  if (applied.asks) return applied.parts
  if (reading.later && !applied.told && others().length === 0) return [talk(speak(turn, 'checkout_wait'))]
  if (reading.details?.code === '') return [...applied.parts, ...askFields(turn, checkout, ['code'])]
  if (reading.change !== null) return [...applied.parts, ...askChange(turn, checkout, reading)]
  if (reading.no && state?.summaryId !== null && state !== null) {
    keepCheckout(turn, checkout)
    return [question(speak(turn, 'checkout_what_change'))]
  }
  const lost = isLost(turn, reading, applied.told, others())
  if (lost && dialogue.misunderstood === 0) {
    const repeated = (state?.repeated ?? 0) + 1
    if (repeated >= 2) {
      keepCheckout(turn, checkout, { asked: state?.asked ?? [], repeated })
      dialogue.pending = { kind: 'person', reason: 'not_understood' }
      return [question(speak(turn, 'not_understood_offer'))]
    }
  }
  const shown =
    reading.shows && nextFields(checkout.missing).length > 0 ? [answer(orderSoFar(turn, checkout))] : []
  const puzzled =
    lost && state?.summaryId != null && others().length > 0
      ? [answer(speak(turn, 'checkout_not_understood'))]
      : []
  return [...applied.parts, ...puzzled, ...shown, ...(yield* proceed(turn, checkout, lost))]
}

/** Whether the messages answered nothing that was asked and wished for nothing else. */
function isLost(turn: Turn, reading: CheckoutReading, told: boolean, others: readonly Part[]): boolean {
  const { dialogue } = turn
  if (
    told ||
    turn.changedCart !== null ||
    dialogue.checkout === null ||
    reading.wants !== null ||
    reading.shows
  )
    return false
  // a question of theirs gives way to the order's: nothing of it would be said
  return others.every((part) => part.lost === true || (part.kind === 'question' && !part.text.includes('\n')))
}

function askChange(turn: Turn, checkout: CheckoutData, { change }: CheckoutReading): Part[] {
  if (change === null) return []
  if (change === 'address')
    return askFields(turn, { ...checkout, options: { ...checkout.options, savedAddresses: [] } }, [
      'place',
      'address',
    ])
  return askFields(turn, checkout, [change])
}

/** Asks for the next thing, or puts the whole order to the customer. */
function* proceed(turn: Turn, given: CheckoutData, lost: boolean, rounds = 0): Asking<Part[]> {
  const { checkout, parts, mended } = yield* mendLines(turn, given)
  const told = mended ? parts.map(withoutLead) : []
  if (checkout.missing.includes('cart')) {
    keepCheckout(turn, checkout)
    return [...told, question(speak(turn, 'checkout_emptied'))]
  }
  const fields = nextFields(checkout.missing)
  if (isBelowMinimum(checkout) && fields[0] !== 'delivery_method')
    return [...told, ...belowMinimum(turn, checkout)]
  if (fields.length > 0) return [...told, ...askFields(turn, checkout, fields, lost)]
  const [result] = yield [{ name: 'summarize_order', arguments: {} }]
  const summary = read(summaryData, result)
  if (summary !== null) {
    keepCheckout(turn, summary.checkout, { summaryId: summary.summaryId })
    const intro = mended ? [] : [speak(turn, parts.length > 0 ? 'summary_intro_again' : 'summary_intro')]
    return [
      ...parts,
      { ...answer([...intro, summaryText(turn, summary.checkout)].join('\n')), summary: true },
      question(speak(turn, 'summary_confirm')),
    ]
  }
  if (rounds >= 2) return [...parts, answer(speak(turn, 'tool_failed'))]
  return [...parts, ...(yield* refusedSummary(turn, checkout, result, rounds))]
}

/** Without the words that lead to a summary, where none follows. */
function withoutLead(part: Part): Part {
  return { ...part, text: part.text.replace(/(?<=[.!]) [^.!]*:$/, '') }
}

function* refusedSummary(
  turn: Turn,
  checkout: CheckoutData,
  result: CallResult | undefined,
  rounds: number,
): Asking<Part[]> {
  if (result === undefined || result.ok) return [answer(speak(turn, 'tool_failed'))]
  if (result.code === 'checkout.below_minimum') return belowMinimum(turn, checkout)
  if (result.code === 'checkout.incomplete') {
    const missing = String(errorField(result, 'missing') ?? '').split(' ')
    return askFields(turn, checkout, nextFields(missing))
  }
  if (result.code.startsWith('discount.')) {
    const told = `${codeRefused(turn, result, checkout.discount?.code ?? '')} ${speak(turn, 'checkout_code_taken_off')}`
    const [off] = yield [{ name: 'apply_discount', arguments: { code: null } }]
    const now = read(checkoutData, off)?.checkout
    if (now === undefined) return [answer(told)]
    return [answer(told), ...(yield* proceed(turn, now, false, rounds + 1))]
  }
  const now = yield* readAgain()
  if (now === null) return [answer(speak(turn, 'tool_failed'))]
  return yield* proceed(turn, now, false, rounds + 1)
}

/** Places the order of a summary. What the tool refuses is put to the customer again. */
function* place(turn: Turn, summaryId: string): Asking<Part[]> {
  const { dialogue } = turn
  const [result] = yield [{ name: 'place_order', arguments: { summaryId } }]
  const order = read(orderData, result)?.order
  if (order !== undefined) {
    dialogue.checkout = null
    dialogue.pending = null
    dialogue.touched = null
    dialogue.filled = false
    dialogue.justAdded = null
    dialogue.misunderstood = 0
    dialogue.orderSpokenAt = dialogue.turns
    return [{ ...answer(placedText(turn, order)), done: true }]
  }
  // What is sold out is taken out next: read by a call that is not made anew, it is told even if the reply is.
  const checkout = yield* readAgain()
  if (checkout === null || checkout.lines.length + checkout.changes.length === 0) {
    dialogue.checkout = null
    return [answer(speak(turn, checkout === null ? 'tool_failed' : 'checkout_empty'))]
  }
  const code = result === undefined || result.ok ? '' : result.code
  const parts = code === 'checkout.slot' ? [answer(speak(turn, 'checkout_slot_gone'))] : []
  if (code === 'checkout.changed' && checkout.changes.length === 0)
    parts.push(answer(speak(turn, 'checkout_changed')))
  return [...parts, ...(yield* proceed(turn, checkout, false))]
}

/** Parts of a reply in which the order's question stands last: no other question, no total but the order's. */
export function joinCheckout(others: readonly Part[], own: readonly Part[]): Part[] {
  const asks = own.some((part) => part.kind === 'question')
  if (own.length === 0) return [...others]
  const kept = others.filter(
    (part) =>
      !(asks && part.kind === 'question' && !part.text.includes('\n')) &&
      part.total !== true &&
      part.lost !== true,
  )
  return [...kept, ...own]
}

/** After something was put in the cart: asks whether that is all. */
export function offerMore(turn: Turn, parts: readonly Part[]): Part[] {
  const { dialogue } = turn
  const answers = parts.filter((part) => part.kind === 'answer')
  const added =
    answers.some((part) => part.cartLine?.key === 'added') &&
    answers.every((part) => part.cartLine !== undefined || part.total === true)
  const asks =
    dialogue.pending !== null || dialogue.checkout !== null || parts.some((part) => part.kind === 'question')
  if (!added || asks || turn.handedOver) return [...parts]
  dialogue.pending = { kind: 'anything_else' }
  return [...parts, question(speak(turn, 'cart_more'))]
}
