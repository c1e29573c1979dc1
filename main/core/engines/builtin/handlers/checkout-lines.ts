import type { CheckoutChangeData, CheckoutData } from '../checkout-data.ts'
import { checkoutData } from '../checkout-data.ts'
import { cartData, read, setLineData } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, focusOn, speak } from '../turn.ts'

/** What changed in the shop since the customer chose: lines that cannot be had leave the order, and it is said. */

export interface Mended {
  checkout: CheckoutData
  parts: Part[]
  /** Whether a line was taken out or made smaller. */
  mended: boolean
}

function textOf(turn: Turn, change: CheckoutChangeData): string {
  const { name } = change
  if (change.kind === 'price')
    return change.after == null
      ? ''
      : speak(turn, 'checkout_price_changed', { name, price: change.after.text })
  if (change.kind === 'not_enough')
    return speak(turn, 'checkout_fewer', { name, available: change.available ?? 0 })
  return speak(turn, change.kind === 'gone' ? 'checkout_gone' : 'checkout_sold_out', { name })
}

/**
 * The checkout as it stands after something was changed in this turn. Not by `view_checkout`: the newest result of a
 * call that only reads stands for the earlier ones of the turn, and what changed before would be forgotten.
 */
export function* readAgain(): Asking<CheckoutData | null> {
  const [result] = yield [{ name: 'set_contact', arguments: {} }]
  return read(checkoutData, result)?.checkout ?? null
}

/** Takes out what is sold out or gone, lessens what there is not enough of, and reads the checkout again. */
export function* mendLines(turn: Turn, checkout: CheckoutData): Asking<Mended> {
  const broken = checkout.changes.filter(({ kind }) => kind !== 'price')
  const parts = checkout.changes
    .filter(({ kind }) => kind === 'price')
    .map((one) => answer(textOf(turn, one)))
  if (broken.length === 0) return { checkout, parts, mended: false }
  const results = yield broken.map((change) =>
    change.kind === 'not_enough' && (change.available ?? 0) > 0
      ? { name: 'set_cart_line', arguments: { variantId: change.variantId, quantity: change.available ?? 0 } }
      : { name: 'remove_cart_line', arguments: { variantId: change.variantId } },
  )
  const carts = results.map((result) => read(cartData, result)?.cart ?? read(setLineData, result)?.cart)
  turn.changedCart = carts.findLast((cart) => cart !== undefined) ?? turn.changedCart
  for (const change of broken) {
    if (turn.dialogue.touched === change.variantId && change.kind !== 'not_enough')
      turn.dialogue.touched = null
    if (change.productId != null) focusOn(turn, change.productId)
  }
  const now = (yield* readAgain()) ?? checkout
  const told = broken.map((change) => answer(textOf(turn, change)))
  return { checkout: now, parts: [...parts, ...told], mended: true }
}
