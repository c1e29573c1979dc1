import type { TextKey } from '../../language/texts.ts'
import { type Intent, topicOf, understand } from '../../understanding/service.ts'
import type { EngineRequest, FinishedCall } from '../engine.ts'
import { type CheckoutData, checkoutData, orderData, summaryData } from './checkout-data.ts'
import { titled } from './describe.ts'
import { lineText, totalPart } from './handlers/cart-lines.ts'
import { askFields, nextFields } from './handlers/checkout-questions.ts'
import { placedText, summaryText } from './handlers/checkout-summary.ts'
import { asObject } from './journal.ts'
import { askedData, cartData, read, setLineData } from './tool-data.ts'
import type { Part, Turn } from './turn.ts'
import { answer, question, speak } from './turn.ts'

/**
 * What another engine has done in this turn before it failed, told once and in words of this engine: the customer hears
 * of every effect, and none is done again.
 */
export function tellDone(turn: Turn, calls: readonly FinishedCall[]): Part[] {
  const done = calls.filter(({ result }) => result.ok)
  const parts = [...cartParts(turn, done), ...done.flatMap((call) => otherPart(turn, call))]
  return [...parts, ...checkoutParts(turn, done)]
}

/** Each line as the last call left it, and the total. */
function cartParts(turn: Turn, calls: readonly FinishedCall[]): Part[] {
  const changes = calls.filter(({ name }) => cartTools.has(name))
  const last = changes.at(-1)
  const cart = last === undefined ? null : (read(cartData, last.result)?.cart ?? null)
  if (last === undefined || cart === null) return []
  const parts: Part[] = []
  const told = new Set<string>()
  for (const { name, arguments: given, result } of [...changes].reverse()) {
    if (name === 'clear_cart') {
      parts.unshift({ ...answer(speak(turn, 'cart_cleared')), done: true })
      break
    }
    const variantId = String(asObject(given).variantId)
    if (told.has(variantId)) continue
    told.add(variantId)
    const line = cart.lines.find((one) => one.variantId === variantId)
    if (line === undefined) {
      const removed = nameRemoved(result)
      if (removed !== null)
        parts.unshift({ ...answer(speak(turn, 'removed', { name: removed })), done: true })
      continue
    }
    const key = read(setLineData, result)?.previousQuantity === 0 ? 'added' : 'changed'
    const text = lineText(turn, line)
    parts.unshift({
      kind: 'answer',
      text: speak(turn, key, { line: text }),
      cartLine: { key, line: text, variantId },
    })
  }
  turn.changedCart = cart
  return cart.lines.length > 1 || (cart.lines.length > 0 && told.size === 0)
    ? [...parts, totalPart(turn, cart)]
    : parts
}

const cartTools: ReadonlySet<string> = new Set(['set_cart_line', 'remove_cart_line', 'clear_cart'])

function nameRemoved(result: FinishedCall['result']): string | null {
  const removed = result.ok ? asObject(asObject(result.data).removed) : {}
  return typeof removed.name === 'string' ? titled(removed.name, String(removed.title ?? '')) : null
}

function otherPart(turn: Turn, { name, arguments: given, result }: FinishedCall): Part[] {
  if (name === 'place_order' || name === 'cancel_order') {
    const order = read(orderData, result)?.order
    if (order === undefined) return []
    const text =
      name === 'place_order'
        ? placedText(turn, order)
        : speak(turn, 'order_cancelled', { number: order.number })
    return [{ ...answer(text), done: true }]
  }
  if (name === 'ask_owner') {
    const asked = read(askedData, result)
    if (asked === null || asked.state === 'limited') return []
    if (asked.answer !== null) return [answer(speak(turn, 'ask_owner_known', { answer: asked.answer }))]
    return [answer(speak(turn, asked.alreadyWaiting ? 'ask_owner_waiting' : 'ask_owner_question'))]
  }
  if (name === 'hand_over') {
    turn.handedOver = true
    return [answer(speak(turn, handOverTexts[String(asObject(given).reason)] ?? 'person_other'))]
  }
  return []
}

const handOverTexts: Readonly<Record<string, TextKey>> = {
  asked: 'person_called',
  complaint: 'person_complaint',
  not_understood: 'person_not_understood',
  appointment: 'person_appointment',
  order: 'person_order',
}

/** A summary that still holds is put to the customer; an order under way goes on with its next question. */
function checkoutParts(turn: Turn, calls: readonly FinishedCall[]): Part[] {
  const state = turn.dialogue.checkout
  if (state === null || turn.handedOver) return []
  const summaries = calls.flatMap(({ name, result }) =>
    name === 'summarize_order' ? (read(summaryData, result) ?? []) : [],
  )
  const summary = summaries.findLast(({ summaryId }) => summaryId === state.summaryId)
  if (summary !== undefined)
    return [
      { ...answer(`${speak(turn, 'summary_intro')}\n${summaryText(turn, summary.checkout)}`), summary: true },
      question(speak(turn, 'summary_confirm')),
    ]
  const noted = calls.flatMap(({ result }): CheckoutData[] => {
    const checkout = read(checkoutData, result)?.checkout
    return checkout === undefined ? [] : [checkout]
  })
  const checkout = noted.at(-1)
  const fields = checkout === undefined ? [] : nextFields(checkout.missing)
  return checkout === undefined || fields.length === 0 ? [] : askFields(turn, checkout, fields)
}

const answered: ReadonlySet<Intent> = new Set<Intent>(['price', 'stock', 'attributes', 'lead_time', 'photo'])

/** The questions of a message that nothing was done about: they are answered beside what was done. */
export function questionsOf({ input }: Pick<EngineRequest, 'input'>): string {
  return input
    .flatMap(({ text }) => understand(text).requests)
    .filter(({ intent }) => intent !== null && (topicOf(intent) !== null || answered.has(intent)))
    .map(({ text }) => text.trim())
    .join('\n')
}
