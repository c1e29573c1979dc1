import { weekdayOf } from '../../../language/calendar.ts'
import { dateText, weekdayName } from '../../../language/hours.ts'
import type { TextKey } from '../../../language/texts.ts'
import type { Voice } from '../../../language/voice.ts'
import type { CheckoutField } from '../../../understanding/checkout-details.ts'
import type { CheckoutData, SlotData } from '../checkout-data.ts'
import type { CheckoutState } from '../state.ts'
import type { Part, Turn } from '../turn.ts'
import { answer, question, speak } from '../turn.ts'

/** What a checkout asks, one or two things at a time. */

/** "Mañanas, martes 3 de marzo" */
export function slotText(voice: Voice, slot: { label: string; date: string }): string {
  return `${slot.label}, ${weekdayName(voice.language, weekdayOf(slot.date))} ${dateText(voice.language, slot.date)}`
}

/** Windows that a question lists; others may be chosen by their day. */
const slotsShown = 8

function slotLines(turn: Turn, slots: readonly SlotData[]): string {
  return slots
    .slice(0, slotsShown)
    .map((slot, index) => `${index + 1}. ${slotText(turn.voice, slot)}`)
    .join('\n')
}

/** What is asked next: the first thing missing, and what goes with it. */
export function nextFields(missing: readonly string[]): CheckoutField[] {
  const [first, second] = missing.filter((field) => field !== 'cart')
  if (first === 'place' && second === 'address') return ['place', 'address']
  if (first === 'name' && second === 'phone') return ['name', 'phone']
  const known = (
    ['delivery_method', 'place', 'address', 'slot', 'name', 'phone', 'payment', 'code'] as const
  ).find((field) => field === first)
  return known === undefined ? [] : [known]
}

function keyOf(fields: readonly CheckoutField[], again: boolean): TextKey {
  const [first = 'delivery_method', second] = fields
  const base =
    first === 'place' && second === 'address'
      ? 'checkout_where'
      : first === 'name' && second === 'phone'
        ? 'checkout_name_phone'
        : first === 'delivery_method'
          ? 'checkout_method'
          : (`checkout_${first}` as const)
  return again ? `${base}_again` : base
}

/** What the dialogue keeps of a checkout while it waits. */
export function keepCheckout(
  turn: Turn,
  checkout: CheckoutData | null,
  state: Partial<CheckoutState> = {},
): void {
  const before = turn.dialogue.checkout
  turn.dialogue.checkout = {
    asked: [],
    summaryId: null,
    savedAddressId: null,
    heldAddress: null,
    street: before?.street ?? null,
    repeated: 0,
    payments: checkout?.options.payments ?? before?.payments ?? [],
    slots: checkout?.options.slots ?? before?.slots ?? [],
    ...state,
  }
}

/** Asks for fields and remembers that they were asked; in other words when the same was asked just before. */
export function askFields(
  turn: Turn,
  checkout: CheckoutData | null,
  fields: readonly CheckoutField[],
  lost = false,
): Part[] {
  const before = turn.dialogue.checkout
  const same = before !== null && before.asked.length > 0 && before.asked.join() === fields.join()
  const again = same && lost
  const [saved] = checkout?.options.savedAddresses ?? []
  const offers = saved !== undefined && fields.includes('place') && fields.includes('address')
  keepCheckout(turn, checkout, {
    asked: [...fields],
    savedAddressId: offers ? saved.id : null,
    repeated: again ? (before?.repeated ?? 0) + 1 : 0,
  })
  const [first] = fields
  if (offers) {
    const address = [saved.address, saved.place].filter((part) => part !== '').join(', ')
    return [question(speak(turn, again ? 'checkout_saved_again' : 'checkout_saved', { address }))]
  }
  const text = speak(turn, keyOf(fields, again))
  if (first === 'payment') return [question(`${text}\n${paymentLines(checkout, turn)}`.trim())]
  if (first === 'slot')
    return [question(`${text}\n${slotLines(turn, checkout?.options.slots ?? before?.slots ?? [])}`)]
  return [question(text)]
}

export function paymentLines(checkout: CheckoutData | null, turn: Turn): string {
  const payments = checkout?.options.payments ?? turn.dialogue.checkout?.payments ?? []
  return payments.map((payment) => `• ${payment.name}`).join('\n')
}

/** Below the sum from which the shop delivers: says so and what can be done. */
export function belowMinimum(turn: Turn, checkout: CheckoutData): Part[] {
  const { minOrder, subtotal } = checkout
  const pickup = checkout.options.methods.includes('pickup')
  keepCheckout(turn, checkout, { asked: pickup ? ['delivery_method'] : [] })
  return [
    answer(speak(turn, 'checkout_minimum', { minimum: minOrder?.text ?? '', subtotal: subtotal.text })),
    question(speak(turn, pickup ? 'checkout_minimum_add_or_pickup' : 'checkout_minimum_add')),
  ]
}

export function isBelowMinimum({ delivery, minOrder, subtotal }: CheckoutData): boolean {
  return delivery.method === 'delivery' && minOrder !== null && subtotal.amount < minOrder.amount
}
