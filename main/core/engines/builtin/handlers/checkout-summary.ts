import type { CheckoutData, OrderData } from '../checkout-data.ts'
import { titled } from '../describe.ts'
import type { Turn } from '../turn.ts'
import { speak } from '../turn.ts'
import { slotText } from './checkout-questions.ts'

/** The order in words: what is put to the customer before a yes, and what is said after it. Figures as they came. */

function deliveryLine(turn: Turn, { delivery, deliveryFee }: CheckoutData): string {
  if (delivery.method === 'pickup')
    return deliveryFee === null || deliveryFee.amount === 0
      ? speak(turn, 'summary_pickup')
      : speak(turn, 'summary_pickup_fee', { amount: deliveryFee.text })
  const zone = delivery.zone?.name ?? delivery.place
  if (deliveryFee === null) return speak(turn, 'summary_delivery_agree', { zone })
  return deliveryFee.amount === 0
    ? speak(turn, 'summary_delivery_free', { zone })
    : speak(turn, 'summary_delivery', { zone, amount: deliveryFee.text })
}

function withTime(text: string, eta: string): string {
  return eta === '' ? text : `${text} (${eta})`
}

function sumLines(turn: Turn, checkout: CheckoutData): string[] {
  const { discount, tax, total, subtotal, delivery } = checkout
  const lines = checkout.lines.map(
    (line) =>
      `• ${speak(turn, 'cart_line', { quantity: line.quantity, name: titled(line.name, line.title), total: line.total.text })}`,
  )
  const taxed = !tax.included && tax.amount.amount > 0
  const plain = discount === null && !taxed && (checkout.deliveryFee?.amount ?? 0) === 0 && total !== null
  if (!plain) lines.push(speak(turn, 'summary_subtotal', { amount: subtotal.text }))
  if (discount !== null)
    lines.push(speak(turn, 'summary_discount', { code: discount.code, amount: discount.amount.text }))
  if (delivery.method === 'pickup' || delivery.zone !== null) lines.push(deliveryLine(turn, checkout))
  if (total === null) return lines
  if (taxed) lines.push(speak(turn, 'summary_tax', { amount: tax.amount.text }))
  return [...lines, speak(turn, 'summary_total', { amount: total.text })]
}

/** What the order holds and comes to as far as it is known. */
export function orderSoFar(turn: Turn, checkout: CheckoutData): string {
  return [speak(turn, 'cart_intro'), ...sumLines(turn, checkout)].join('\n')
}

/** Lines, sums, address, name and payment, a line each. */
export function summaryText(turn: Turn, checkout: CheckoutData): string {
  const { delivery, contact, payment, note } = checkout
  const lines = sumLines(turn, checkout)
  const details: string[] = []
  if (delivery.method === 'delivery') {
    const address = [delivery.address, delivery.place].filter((part) => part !== '').join(', ')
    details.push(withTime(speak(turn, 'summary_to', { address }), delivery.zone?.eta ?? ''))
  }
  if (delivery.slot !== null)
    details.push(speak(turn, 'summary_when', { slot: slotText(turn.voice, delivery.slot) }))
  const name = [contact.name, delivery.method === 'delivery' ? contact.phone : ''].filter(
    (part) => part !== '',
  )
  if (name.length > 0) details.push(speak(turn, 'summary_name', { name: name.join(', ') }))
  if (payment !== null) details.push(speak(turn, 'summary_payment', { payment: payment.name }))
  if (note !== '') details.push(speak(turn, 'summary_note', { note }))
  if (checkout.closedNotice !== null && checkout.closedNotice !== '') details.push(checkout.closedNotice)
  return [lines.join('\n'), details.join('\n')].filter((part) => part !== '').join('\n\n')
}

function paymentText(turn: Turn, { payment }: OrderData): string {
  if (payment.name === '') return ''
  const text = speak(turn, 'order_placed_payment', { payment: payment.name })
  if (payment.details === '') return text
  return /^\p{Ll}/u.test(payment.details) ? `${text} (${payment.details})` : `${text}. ${payment.details}`
}

export function deliveryText(turn: Turn, { delivery }: OrderData): string {
  const lines: string[] = []
  if (delivery.method === 'delivery') {
    const address = [delivery.address, delivery.place].filter((part) => part !== '').join(', ')
    lines.push(withTime(speak(turn, 'order_placed_delivery', { address }), delivery.eta))
  } else if (delivery.method === 'pickup') lines.push(speak(turn, 'order_placed_pickup'))
  if (delivery.slotDate !== null)
    lines.push(
      speak(turn, 'summary_when', {
        slot: slotText(turn.voice, { label: delivery.slotLabel, date: delivery.slotDate }),
      }),
    )
  return lines.join('\n')
}

/** Number, total, where it goes and how it is paid. */
export function placedText(turn: Turn, order: OrderData): string {
  return [
    speak(turn, 'order_placed', { number: order.number, total: order.total.text }),
    deliveryText(turn, order),
    paymentText(turn, order),
  ]
    .filter((line) => line !== '')
    .join('\n')
}

/** "2 × Gorro de lana, 1 × Vela" */
export function linesText(order: OrderData): string {
  return order.lines.map((line) => `${line.quantity} × ${titled(line.name, line.title)}`).join(', ')
}
