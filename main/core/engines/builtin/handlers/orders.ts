import type { OrderData } from '../checkout-data.ts'
import { orderData, ordersData } from '../checkout-data.ts'
import { titled } from '../describe.ts'
import type { OrderWish } from '../order-wishes.ts'
import { cartData, read, setLineData } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, question, speak } from '../turn.ts'
import { keepCheckout } from './checkout-questions.ts'
import { deliveryText, linesText } from './checkout-summary.ts'
import { handOver } from './talk.ts'

/** Orders that were placed: how they are doing, cancelling them, the same again. */

const over: ReadonlySet<OrderData['state']> = new Set(['delivered', 'cancelled', 'returned'])

function* ordersOf(turn: Turn, number: string | null = null): Asking<OrderData[]> {
  const [result] = yield [{ name: 'order_status', arguments: number === null ? {} : { number } }]
  const found = read(ordersData, result)?.orders ?? []
  if (found.length > 0 || number === null) return found
  return yield* ordersOf(turn)
}

function orderText(turn: Turn, order: OrderData): string {
  const lines = [
    speak(turn, `order_state_${order.state}`, { number: order.number }),
    linesText(order),
    speak(turn, 'order_total', { total: order.total.text }),
  ]
  if (!over.has(order.state)) {
    lines.push(deliveryText(turn, order))
    if (order.paymentState === 'unpaid' && order.payment.name !== '')
      lines.push(speak(turn, 'order_unpaid', { payment: order.payment.name }))
  }
  return lines.filter((line) => line !== '').join('\n')
}

/** "¿Cómo va mi pedido?" */
export function* orderStatus(turn: Turn, number: string | null = null): Asking<Part[]> {
  const orders = yield* ordersOf(turn, number)
  if (orders.length === 0) {
    const { checkout, touched } = turn.dialogue
    if (checkout === null && touched === null) return yield* handOver(turn, 'order', 'order_none')
    // Nothing was confirmed yet: what is in the cart waits for it.
    if (checkout === null) keepCheckout(turn, null)
    return [answer(speak(turn, 'order_not_yet'))]
  }
  turn.dialogue.orderSpokenAt = turn.dialogue.turns
  const open = orders.filter((order) => !over.has(order.state))
  const shown = open.length > 0 ? open.slice(0, 3) : orders.slice(0, 1)
  return [answer(shown.map((order) => orderText(turn, order)).join('\n\n'))]
}

/** Answers a wish about an order; null when it is none after all. */
export function* orderWish(turn: Turn, wish: OrderWish): Asking<Part[] | null> {
  if (wish.kind === 'cancel_answer') return yield* answerCancel(turn, wish.yes)
  if (wish.kind === 'cancel') return yield* cancel(turn, wish.number)
  if (wish.kind === 'status') return yield* orderStatus(turn, wish.number)
  if (wish.kind === 'repeat') return yield* repeat(turn)
  const [newest] = yield* ordersOf(turn)
  if (wish.kind === 'paid') return yield* handOver(turn, 'order', 'order_paid_claim')
  if (newest === undefined || over.has(newest.state)) return null
  return yield* handOver(turn, 'order', 'order_change')
}

function* cancel(turn: Turn, number: string | null): Asking<Part[]> {
  const { dialogue } = turn
  const [status, view] = yield [
    { name: 'order_status', arguments: {} },
    { name: 'view_cart', arguments: {} },
  ]
  const orders = read(ordersData, status)?.orders ?? []
  const cart = read(cartData, view)?.cart
  const open = orders.filter((order) => !over.has(order.state))
  const named =
    number === null ? undefined : orders.find((order) => order.number.toLowerCase().endsWith(number))
  // What is not ordered yet is only a cart.
  if (
    named === undefined &&
    cart !== undefined &&
    cart.lines.length > 0 &&
    (dialogue.checkout !== null || open.length === 0)
  ) {
    dialogue.checkout = null
    dialogue.pending = { kind: 'confirm_clear' }
    return [question(speak(turn, 'checkout_dropped'))]
  }
  const order = named ?? open[0] ?? orders[0]
  if (order === undefined) {
    if (cart !== undefined && cart.lines.length === 0 && dialogue.checkout !== null) {
      dialogue.checkout = null
      dialogue.pending = null
      return [answer(speak(turn, 'cart_empty'))]
    }
    return yield* handOver(turn, 'order', 'order_none')
  }
  if (order.state === 'cancelled')
    return [answer(speak(turn, 'order_cancelled_before', { number: order.number }))]
  if (!order.canCancel) return yield* closed(turn, order)
  dialogue.pending = { kind: 'cancel_order', orderId: order.orderId, number: order.number }
  return [
    answer(orderText(turn, order)),
    question(speak(turn, 'order_cancel_confirm', { number: order.number })),
  ]
}

/** An order that the shop has begun: says how it stands, and calls a person. */
function* closed(turn: Turn, order: OrderData): Asking<Part[]> {
  const parts = yield* handOver(turn, 'order', 'order_closed')
  return [answer(speak(turn, `order_state_${order.state}`, { number: order.number })), ...parts]
}

function* answerCancel(turn: Turn, yes: boolean): Asking<Part[]> {
  const { pending } = turn.dialogue
  if (pending?.kind !== 'cancel_order') return []
  turn.dialogue.pending = null
  const { orderId, number } = pending
  if (!yes) return [answer(speak(turn, 'order_kept'))]
  // Ids are only taken from what tools showed in this conversation; it is also how the order stands now.
  const [result] = yield [{ name: 'cancel_order', arguments: { orderId } }]
  const order = read(orderData, result)?.order
  if (order !== undefined)
    return [{ ...answer(speak(turn, 'order_cancelled', { number: order.number })), done: true }]
  const [now] = yield* ordersOf(turn, number)
  if (now?.state === 'cancelled') return [answer(speak(turn, 'order_cancelled_before', { number }))]
  if (now === undefined) return [answer(speak(turn, 'tool_failed'))]
  return yield* closed(turn, now)
}

/** The same again: the lines of the newest order in the cart, with its delivery and payment. */
function* repeat(turn: Turn): Asking<Part[] | null> {
  const orders = yield* ordersOf(turn)
  const order = orders.find((one) => one.state !== 'cancelled') ?? orders[0]
  if (order === undefined) return null
  const lines = order.lines.filter((line) => line.variantId !== '')
  if (lines.length === 0) return yield* handOver(turn, 'order')
  const results = yield lines.map((line) => ({
    name: 'set_cart_line',
    arguments: { variantId: line.variantId, quantity: line.quantity },
  }))
  const missing: Part[] = []
  for (const [index, line] of lines.entries()) {
    const done = read(setLineData, results[index])
    if (done === null)
      missing.push(answer(speak(turn, 'order_repeat_missing', { name: titled(line.name, line.title) })))
    else {
      turn.changedCart = done.cart
      turn.dialogue.touched = line.variantId
    }
  }
  const { method, address, place } = order.delivery
  if (missing.length === lines.length) return missing
  yield [
    ...(method === 'none'
      ? []
      : [
          {
            name: 'set_delivery',
            arguments: method === 'delivery' ? { method, address, place } : { method },
          },
        ]),
    ...(order.payment.id === null
      ? []
      : [{ name: 'set_payment_method', arguments: { payment: order.payment.id } }]),
  ]
  keepCheckout(turn, null)
  return missing
}
