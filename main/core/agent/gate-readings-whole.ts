import type { AmountInContext } from './gate-check-amounts.ts'
import { delivery, pickup, zoneFees } from './gate-check-amounts.ts'
import { sumsOf } from './gate-check-sums.ts'
import { evidenceIn } from './gate-evidence.ts'
import type { Ledger } from './gate-ledger.ts'

const threshold =
  /\b(?:desde|a partir de|from|pas\w+ de|super\w+|lleg\w+ a|over|above|sobre|mas de|reach\w*|spend\w*|gast\w+|compr\w+ (?:de )?(?:mas de )?|alcanz\w+|con)\s(?:los |las |the )?$/
const free =
  /\b(?:gratis|gratuit\w+|free|sin (?:coste|costo|cargo)|no (?:te |le )?(?:pagas?|cobr\w+) (?:el |por )?(?:envio|domicilio|despacho))\b/
const missing = /\b(?:falt\w+|mas|more|another|otros|away|agreg\w+|anad\w+|add\w*|sum\w+)\b/
const feeWords = '(?:envios?|domicilio|despacho|delivery|shipping|postage|portes|entrega|reparto)'
const feeAfter = new RegExp(
  String.raw`^\W*(?:de |por |el |la |los |del |for |the |of |to |a ){0,3}(?:gastos de )?${feeWords}\b(?!\s(?:\w+\s){0,2}(?:gratis|gratuit|free|incluid))`,
)

/** Fees, thresholds and what is lacking to them, also where the sentence before spoke of delivery. */
export function deliveryReading(ledger: Ledger, item: AmountInContext): boolean {
  const { amount } = item.claim
  const { before, after, evidence } = item.own
  const aboutDelivery = delivery.test(item.sentence) || item.topic === 'delivery' || item.zoneNamed
  if (!aboutDelivery || withDelivery.test(after)) return false
  const fees = zoneFees(ledger, item.zone)
  const has = (kind: (typeof fees)[number]['kind']) =>
    fees.some((fee) => fee.kind === kind && fee.amount === amount)
  const feeSaid = lastFeeLabel(before) || feeAfter.test(after)
  if (
    has('free_from') &&
    !feeSaid &&
    (free.test(item.sentence) || (threshold.test(before) && free.test(item.earlier)))
  )
    return true
  if (has('min_order') && /\b(?:minim\w+|al menos|at least|minimum)\b/.test(`${before} ${after}`)) return true
  const around = `${before} ${item.text.slice(item.claim.end, item.claim.end + 20)}`
  if (
    ledger.cartTotal !== null &&
    missing.test(around) &&
    (free.test(item.sentence) || /minim/.test(item.sentence))
  ) {
    const { amount: subtotal } = ledger.cartTotal
    if (fees.some((fee) => fee.kind !== 'fee' && fee.kind !== 'pickup' && fee.amount - subtotal === amount))
      return true
  }
  const wanted = pickup.test(before) ? 'pickup' : 'fee'
  if (!has(wanted) || threshold.test(before) || /\bminim/.test(before)) return false
  if (feeSaid) return true
  return (
    evidence.length === 0 &&
    !whole.test(before) &&
    (item.topic === 'delivery' || delivery.test(item.lead) || item.zoneNamed)
  )
}

const whole = /\b(?:sub)?total(?:es)?\b|\baltogether\b|\ben total\b/
const totalWords =
  /\b(?:total(?:es)?|son|serian?|quedan?|quedaria|suma[n]?|va(?: en)?|pag\w+|pay|all together|altogether|comes to|that's|it's|sale(?:n)?|carrito(?: va)? (?:por|en|a)|productos por|articulos por|items (?:for|at)|piezas|order \w+ (?:for|at)|pedido \w+ por|todo|all in)\b[^\d]*$|=\s*$/
export const withDelivery =
  /\b(?:con|with|including|incl\w*|incluyendo|incluido|mas|plus)\s(?:el |la |los |the |free |tu |your )?(?:gastos de )?(?:envio|domicilio|despacho|delivery|shipping|entrega|reparto|postage)\b/

const priced =
  /\b(?:cuesta\w*|vale[n]?|costs?|precio|price|priced|cada|each|unidad|menos|minus|ahorr\w+|sav\w+|descuento|discount|antes|was|desde|from|gratis|free from|minim\w+|iva|vat|tax)\b[^,;]*$/

/** A whole cart's or order's figure, unless the words around it say that it is something else. */
export function totalReading(ledger: Ledger, item: AmountInContext): boolean {
  const { amount } = item.claim
  const sums = sumsOf(ledger, item)
    .filter(({ role }) => role === 'total' || role === 'due')
    .map((sum) => sum.amount)
  const all = ledger.orders.length > 0 ? sums : [...ledger.deliveredTotals, ...sums]
  const goods = [
    ...(ledger.cartTotal === null ? [] : [ledger.cartTotal.amount]),
    ...sumsOf(ledger, item).flatMap(({ role, amount: one }) => (role === 'subtotal' ? [one] : [])),
  ]
  const { before, after } = item.own
  if (!all.includes(amount) && !goods.includes(amount)) return false
  if (isOfAll(ledger, item)) return true
  const goodsSaid = /\b(?:productos|articulos|goods|items|sub-?total|carrito|cesta|cart|basket)\b/
  const cue =
    totalWords.test(before) ||
    /^\W*(?:en total|in total|total|altogether|all together|in all|todo incluido)\b/.test(after)
  // The products' own figures stand beside their names; a total stands apart from them.
  if (evidenceIn(ledger, after.slice(0, 25)).length > 0) return false
  const last = evidenceIn(ledger, before).at(-1)
  if (last !== undefined && !cue && !totalWords.test(before.slice(last.end))) return false
  if (feeAfter.test(after) || (priced.test(before) && !cue)) return false
  if (item.range !== null) return false
  if (lastFeeLabel(before) && !withDelivery.test(before)) return false
  if (
    /\b(?:owe|outstanding|due|debes?|por pagar|pendientes?|left to pay|falta\w* (?:por )?pagar)\b/.test(
      `${before} ${after}`,
    )
  )
    return sumsOf(ledger, item).some((sum) => sum.role === 'due' && sum.amount === amount)
  const plus = new RegExp(
    String.raw`\b(?:mas|plus|sin|without|before|antes del?)\s(?:el |la |the |los )?${feeWords}`,
  )
  if (plus.test(before) && !/[:=]\s*$/.test(before)) return goods.includes(amount)
  if (withDelivery.test(before) || withDelivery.test(after)) return all.includes(amount)
  if (
    plus.test(item.text.slice(item.claim.end)) ||
    /^\s*(?:mas|plus|\+)\s/.test(item.text.slice(item.claim.end))
  )
    return goods.includes(amount) || all.includes(amount)
  if (all.includes(amount)) return true
  // "In total" of a checkout that knows its fee is the whole.
  return sums.length === 0 || goodsSaid.test(item.sentence) || !cue
}

/** "3 geles y 1 ibuprofeno: 10.860": all that the cart or order holds is named before the amount. */
function isOfAll(ledger: Ledger, { text, claim }: AmountInContext): boolean {
  const named = new Set(evidenceIn(ledger, text.slice(0, claim.start)).flatMap(({ ids }) => [...ids]))
  const held = [...ledger.products.values()].filter(({ cart }) => cart.length > 0)
  return held.length > 1 && held.every(({ productId }) => named.has(productId))
}

/** Whether the fee is what the words right before an amount speak of. */
function lastFeeLabel(text: string): boolean {
  return /\b(?:envio|domicilio|despacho|delivery|shipping|postage|portes|entrega|reparto)\b(?:\s\S+){0,3}\s*$/.test(
    text,
  )
}
