import { z } from 'zod'
import type { Cart } from '../../selling/cart.ts'
import type { Fact } from '../facts.ts'
import { cartFacts, toolCart } from './cart-data.ts'
import { deliveryFacts } from './delivery-data.ts'
import type { ToolDependencies } from './dependencies.ts'
import { type MoneyData, moneyData } from './money-data.ts'
import type { ReadTool } from './tool.ts'

const input = z.object({
  deliverTo: z.string().max(300).nullish().describe('a place: gives the total with delivery there'),
})

/** What delivering a cart to a place costs. */
type CartDelivery = {
  zone: string
  /** What is paid for this cart: zero from the zone's free amount on. */
  fee: MoneyData
  free: boolean
  freeFrom: MoneyData | null
  /** Cart and fee together. */
  total: MoneyData
  /** Names in the cart that are not delivered there. */
  excluded: string[]
}

export function viewCart(deps: ToolDependencies): ReadTool<typeof input> {
  const { carts, catalog, shop } = deps
  return {
    name: 'view_cart',
    description:
      'Shows the customer’s cart: lines with variantId, quantities, total; with `deliverTo` also the total with delivery there. Call it before changing a line whose quantity you do not know.',
    input,
    effect: false,
    async run(context, { deliverTo }) {
      const cart = carts.view(context.conversationId)
      const brief = shop()
      const { facts, cites } = cartFacts(cart, catalog, brief)
      const delivery = deliverTo == null ? null : cartDelivery(deps, cart, deliverTo)
      if (delivery !== null) {
        facts.push(...deliveryFacts(deps.knowledge.profile().delivery, brief))
        const money = { amount: delivery.total.amount, currency: brief.currency }
        facts.push({ kind: 'delivered_total', money } satisfies Fact)
        cites.push({ table: 'shop', ...deps.knowledge.profileRow() })
      }
      return {
        data: { cart: toolCart(cart, brief), ...(delivery === null ? {} : { delivery }) },
        facts,
        cites,
      }
    },
  }
}

/** Null where the shop does not say what delivery there costs. */
function cartDelivery({ knowledge, shop }: ToolDependencies, cart: Cart, place: string): CartDelivery | null {
  const { served, zone } = knowledge.zone(place)
  if (zone === null || served === false || zone.fee === null || cart.lines.length === 0) return null
  const brief = shop()
  const money = (amount: number) => moneyData({ amount, currency: brief.currency }, brief.locale)
  const free = zone.fee === 0 || (zone.freeFrom !== null && cart.total.amount >= zone.freeFrom)
  const fee = free ? 0 : zone.fee
  const without = zone.excludes.map((name) => name.toLowerCase())
  return {
    zone: zone.name,
    fee: money(fee),
    free,
    freeFrom: zone.freeFrom === null ? null : money(zone.freeFrom),
    total: money(cart.total.amount + fee),
    excluded: [...new Set(cart.lines.map(({ name }) => name))].filter((name) =>
      without.includes(name.toLowerCase()),
    ),
  }
}
