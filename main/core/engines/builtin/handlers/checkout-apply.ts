import type { CheckoutDetails } from '../../../understanding/checkout-details.ts'
import { isProperName } from '../../../understanding/contact-words.ts'
import { matchPayment, takePayment } from '../../../understanding/payment-words.ts'
import { RemainingText } from '../../../understanding/remaining-text.ts'
import type { ToolCallRequest } from '../../engine.ts'
import type { CheckoutData } from '../checkout-data.ts'
import { checkoutData } from '../checkout-data.ts'
import type { CheckoutReading } from '../checkout-reading.ts'
import { chooseSlot } from '../slots.ts'
import type { CallResult } from '../tool-data.ts'
import { errorField, informationData, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, question, speak } from '../turn.ts'
import { readAgain } from './checkout-lines.ts'
import { keepCheckout, paymentLines } from './checkout-questions.ts'

/** Notes what the customer told with the tools, and says what of it cannot be. */

export interface Applied {
  checkout: CheckoutData | null
  /** What could not be noted, in words. */
  parts: Part[]
  /** Whether those words already ask what to do. */
  asks: boolean
  /** Whether anything was noted. */
  told: boolean
}

function given(values: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === null || value === '' ? [] : [[name, value]],
    ),
  )
}

function callsOf(turn: Turn, reading: CheckoutReading, details: CheckoutDetails): ToolCallRequest[] {
  const state = turn.dialogue.checkout
  const calls: ToolCallRequest[] = []
  const saved = state?.savedAddressId ?? null
  const takesSaved = saved !== null && details.address === null && (reading.yes || details.usualAddress)
  const asksSlot = state?.asked.includes('slot') === true
  const slot = asksSlot
    ? reading.any
      ? (state.slots[0] ?? null)
      : chooseSlot(reading.text, state.slots)
    : null
  const pickup = details.method === 'pickup'
  // A postcode alone names no place that the shop may know: it stays with the street.
  const onlyCode = details.place !== null && !/\p{L}{3}/u.test(details.place)
  const street =
    wholeStreet(details.address, state?.street ?? null) ??
    (details.place === null ? null : (state?.heldAddress ?? null))
  const withCode = onlyCode && street !== null
  const spoken = details.address !== null && details.place === null ? turn.dialogue.placeAsked : null
  if (details.address !== null) turn.dialogue.placeAsked = null
  const delivery = given({
    method: details.method ?? (takesSaved ? 'delivery' : null),
    place: pickup || withCode ? null : (details.place ?? spoken),
    address: pickup ? null : withCode ? `${street}, ${details.place}` : street,
    savedAddressId: takesSaved ? saved : null,
    slotId: slot?.id ?? null,
    slotDate: slot?.date ?? null,
  })
  if (Object.keys(delivery).length > 0) calls.push({ name: 'set_delivery', arguments: delivery })
  const contact = given({ name: details.name, phone: details.phone, note: details.note })
  if (Object.keys(contact).length > 0) calls.push({ name: 'set_contact', arguments: contact })
  if (details.payment !== null) {
    const found = matchPayment(details.payment, state?.payments ?? [])
    calls.push({ name: 'set_payment_method', arguments: { payment: found?.id ?? details.payment } })
  }
  const [first] = state?.payments ?? []
  if (reading.any && state?.asked.includes('payment') === true && first !== undefined)
    calls.push({ name: 'set_payment_method', arguments: { payment: first.id } })
  if (details.code !== null && details.code !== '')
    calls.push({ name: 'apply_discount', arguments: { code: details.code } })
  if (details.withoutCode) calls.push({ name: 'apply_discount', arguments: { code: null } })
  return calls
}

/** "Plaza España", and then "número 3". */
function wholeStreet(told: string | null, before: string | null): string | null {
  const number = told !== null && /^(?:n[uú]mero|n[uú]m\.?|n[º°o]\.?|al|el)?\s*\d/i.test(told)
  return number && before !== null && !/\d/.test(before) ? `${before}, ${told}` : told
}

/** Tells the tools what the messages said. Null details: only looks how the checkout stands. */
export function* applyDetails(turn: Turn, reading: CheckoutReading): Asking<Applied> {
  const calls = reading.details === null ? [] : callsOf(turn, reading, reading.details)
  if (calls.length === 0) {
    const [result] = yield [{ name: 'view_checkout', arguments: {} }]
    return { checkout: read(checkoutData, result)?.checkout ?? null, parts: [], asks: false, told: false }
  }
  const results = yield calls
  let checkout =
    results.map((result) => read(checkoutData, result)?.checkout).findLast((one) => one !== undefined) ?? null
  if (checkout === null) {
    checkout = yield* readAgain()
  }
  const street = wholeStreet(reading.details?.address ?? null, turn.dialogue.checkout?.street ?? null)
  if (street !== null) keepCheckout(turn, checkout, { ...turn.dialogue.checkout, street })
  const applied: Applied = { checkout, parts: [], asks: false, told: results.some((result) => result.ok) }
  // A way to pay that only this shop has, told before its ways were known.
  const rest = reading.details?.rest ?? ''
  if (
    checkout !== null &&
    checkout.payment === null &&
    rest !== '' &&
    !calls.some((call) => call.name === 'set_payment_method')
  ) {
    const own = takePayment(new RemainingText(rest), true, checkout.options.payments)
    const named = own === null ? null : matchPayment(own, checkout.options.payments)
    if (named !== null) {
      const [paid] = yield [{ name: 'set_payment_method', arguments: { payment: named.id } }]
      applied.checkout =
        (paid === undefined ? undefined : read(checkoutData, paid)?.checkout) ?? applied.checkout
    }
  }
  for (const [index, call] of calls.entries()) {
    const result = results[index]
    if (result === undefined || result.ok) continue
    if (call.name === 'set_delivery')
      yield* deliveryRefused(
        turn,
        applied,
        result,
        reading.details?.address ?? turn.dialogue.checkout?.heldAddress ?? null,
        reading.details?.address != null,
      )
    else if (call.name === 'set_payment_method') {
      // Its ways were not known yet when it was told.
      const known = matchPayment(reading.details?.payment ?? '', checkout?.options.payments ?? [])
      const [again] =
        known === null ? [] : yield [{ name: 'set_payment_method', arguments: { payment: known.id } }]
      const now = again === undefined ? undefined : read(checkoutData, again)?.checkout
      if (now === undefined) paymentRefused(turn, applied, reading, result)
      else {
        applied.checkout = now
        applied.told = true
      }
    } else if (call.name === 'apply_discount')
      applied.parts.push(answer(codeRefused(turn, result, reading.details?.code ?? '')))
  }
  return applied
}

function* deliveryRefused(
  turn: Turn,
  applied: Applied,
  result: CallResult & { ok: false },
  heldAddress: string | null,
  tellsStreet: boolean,
): Asking<void> {
  const { checkout } = applied
  if (result.code === 'checkout.slot') {
    applied.parts.push(answer(speak(turn, 'checkout_slot_gone')))
    return
  }
  if (result.code !== 'checkout.not_served') return
  const place = String(errorField(result, 'place') ?? '')
  // no place at all, but who it is for
  if (errorField(result, 'known') === false && !tellsStreet && isProperName(place) && place.includes(' ')) {
    const [named] =
      checkout?.contact.name === '' ? yield [{ name: 'set_contact', arguments: { name: place } }] : []
    const now = read(checkoutData, named)?.checkout
    if (now !== undefined) {
      applied.checkout = now
      applied.told = true
      return
    }
  }
  if (place !== '' && !/\p{L}{3}/u.test(place)) {
    applied.parts.push(question(speak(turn, 'checkout_place_again')))
    keepCheckout(turn, checkout, { asked: ['place'], heldAddress })
    applied.asks = true
    return
  }
  const pickup = checkout?.options.methods.includes('pickup') ?? false
  if (errorField(result, 'method') === 'pickup' || (place === '' && !pickup)) {
    const none = errorField(result, 'method') === 'pickup'
    applied.parts.push(question(speak(turn, none ? 'checkout_no_pickup' : 'checkout_only_pickup')))
    keepCheckout(turn, checkout, { asked: none ? ['place', 'address'] : ['delivery_method'] })
    applied.asks = true
    return
  }
  const [information] = yield [
    { name: 'shop_information', arguments: { topic: 'delivery', query: place.slice(0, 300) } },
  ]
  const delivery = read(informationData, information)?.delivery
  const known = errorField(result, 'known') === true
  const lines = [speak(turn, known ? 'checkout_not_served' : 'checkout_not_known', { place })]
  const zones = delivery?.zones.map((zone) => zone.name) ?? []
  if (zones.length > 0) lines.push(speak(turn, 'checkout_zones', { zones: zones.join(', ') }))
  applied.parts.push(
    answer(lines.join(' ')),
    question(speak(turn, pickup ? 'checkout_other_place_or_pickup' : 'checkout_other_place')),
  )
  keepCheckout(turn, checkout, { asked: ['delivery_method', 'place', 'address'], heldAddress })
  applied.asks = true
}

function paymentRefused(
  turn: Turn,
  applied: Applied,
  reading: CheckoutReading,
  result: CallResult & { ok: false },
): void {
  if (result.code !== 'checkout.payment_unknown' || reading.details === null) return
  applied.parts.push(
    question(`${speak(turn, 'checkout_payment_unknown')}\n${paymentLines(applied.checkout, turn)}`),
  )
  keepCheckout(turn, applied.checkout, { asked: ['payment'] })
  applied.asks = true
}

/** Why a code does not count, in words. */
export function codeRefused(turn: Turn, result: CallResult, code: string): string {
  const reason = String(errorField(result, 'reason') ?? '')
  const named = String(errorField(result, 'code') ?? code)
  if (result.ok || result.code !== 'discount.not_valid')
    return speak(turn, 'checkout_code_unknown', { code: named })
  const key =
    reason === 'early'
      ? 'checkout_code_early'
      : reason === 'minimum'
        ? 'checkout_code_minimum'
        : reason === 'used_up'
          ? 'checkout_code_used_up'
          : 'checkout_code_over'
  return speak(turn, key, { code: named })
}
