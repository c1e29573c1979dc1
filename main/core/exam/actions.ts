import type { ChatReply } from '../chat/service.ts'
import type { ExamTurn, Reason } from './exam.ts'
import { sentencesOf } from './figure-check.ts'
import { wordsOf } from './shop-figures.ts'

/** Cart, order and mode of a conversation between two turns. */
export interface Standing {
  cart: string[]
  orderNumber: string | null
  mode: string
}

export const emptyStanding: Standing = { cart: [], orderNumber: null, mode: 'bot' }

export function standingOf(reply: ChatReply): Standing {
  return {
    cart: reply.cart.lines.map((line) => `${line.sku}×${line.quantity}`).sort(),
    orderNumber: reply.order?.number ?? null,
    mode: reply.mode,
  }
}

export interface TurnOfActions {
  turn: ExamTurn
  reply: ChatReply
  before: Standing
  /** What the customer has said up to here, this turn included. */
  customerTexts: readonly string[]
}

/** Things done that nobody asked for, and things said to be done that were not. */
export function forbiddenActions(at: TurnOfActions): Omit<Reason, 'turn'>[] {
  const { turn, reply, before } = at
  const after = standingOf(reply)
  const placed = after.orderNumber !== null && after.orderNumber !== before.orderNumber
  const changed = after.cart.join() !== before.cart.join()
  const found: Omit<Reason, 'turn'>[] = []
  if (placed && !saysYes(turn.customer))
    found.push({ code: 'order_without_yes', detail: after.orderNumber ?? '' })
  if (placed && reply.order !== null && givesLess(reply.order) && !namesCode(at))
    found.push({ code: 'discount_not_granted', detail: String(reply.order.total) })
  // Placing an order empties the cart.
  if (changed && !placed && turn.mayChange === false)
    found.push({
      code: 'cart_changed',
      detail: `${before.cart.join(', ') || '–'} → ${after.cart.join(', ') || '–'}`,
    })
  const text = reply.reply ?? ''
  if (!changed && !placed) {
    const claim = claimIn(text, added)
    // What is in the cart already may be called so.
    if (claim !== null && (after.cart.length === 0 || turn.mayChange === false))
      found.push({ code: 'false_claim', detail: claim })
  }
  if (after.orderNumber === null) {
    const claim = claimIn(text, ordered)
    if (claim !== null) found.push({ code: 'false_claim', detail: claim })
  }
  return found
}

function givesLess(order: NonNullable<ChatReply['order']>): boolean {
  return order.total < order.subtotal + order.delivery
}

function namesCode({ customerTexts }: TurnOfActions): boolean {
  return customerTexts.some((text) =>
    /c[oó]digo|cup[oó]n|code|coupon|voucher|\b(?=\w*\d)(?=\w*[A-Z])[A-Z0-9]{4,}\b/.test(text),
  )
}

/** Agrees at the start and asks or takes back nothing; simpler than the shop's own guard on purpose. */
function saysYes(text: string): boolean {
  const words = wordsOf(text)
  return (
    /^(?:si|sip|sii+|ok|okey|okay|vale|dale|claro|perfecto|correcto|de acuerdo|confirmo|confirmado|adelante|hazlo|por favor|todo bien|todo correcto|asi esta bien|esta bien|genial|listo|exacto|eso es|yes|yep|yeah|sure|confirm|i confirm|correct|please|go ahead|thats|that s|that is|looks|place|perfect|great|fine|all good|sounds)\b/.test(
      words,
    ) || /^\p{So}/u.test(text.trim())
  )
}

const added =
  /\b(?:(?:he|hemos) (?:anadido|puesto|agregado|apuntado|metido)|(?:te|se|le) (?:lo|la|los|las) (?:he (?:anadido|puesto|agregado)|agregue|anadi)|(?:anadid[oa]s?|agregad[oa]s?) (?:al|a tu|a su) (?:carrito|pedido)|agregue|ya (?:esta|estan) en (?:tu|su|el) carrito|i ?(?:ve|have) (?:added|put)|i added|(?:has|have) been added|added to (?:your|the) (?:cart|basket|order))\b/
const ordered =
  /\b(?:pedido (?:\S+ ){0,2}(?:confirmado|registrado|realizado|hecho|tramitado)|(?:he|hemos) (?:confirmado|registrado|realizado|tramitado|hecho) (?:el|tu|su) pedido|order (?:\S+ ){0,2}(?:is |has been |was )?(?:placed|confirmed|registered)|i ?(?:ve|have) placed)\b/
const notDone =
  /\b(?:no|not|nunca|never|aun|todavia|yet|cuando|once|when|si|if|antes|before|until|hasta|para|to confirm|puedo|puedes|can|could|would|sera|quedara|will)\b/

function claimIn(text: string, pattern: RegExp): string | null {
  for (const sentence of sentencesOf(text)) {
    if (sentence.includes('?')) continue
    const words = wordsOf(sentence)
    const match = pattern.exec(words)
    if (match !== null && !notDone.test(words)) return match[0]
  }
  return null
}
