import { enumerate } from '../../../language/voice.ts'
import { fold } from '../../../understanding/normalise.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { checkoutData } from '../checkout-data.ts'
import { cartText } from '../describe.ts'
import { deliveredCartData, informationData, read } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, question, speak } from '../turn.ts'

const delivery =
  /\b(?:envios?|enviar\w*|entregas?|domicilios?|despacho|flete|delivery|delivered|deliver|shipping|shipped|ship|postage|posted)\b/
const whole =
  /\b(?:tod[oa]s?|total|totales|carrito|cesta|pedido|compra|llevo|junto|juntos|altogether|everything|in all|total|basket|cart|order|come to|comes to|owe|debo|saldria|quedaria)\b/
const included =
  /\b(?:con|mas|incluid[oa]s?|incluyendo|sumando|with|plus|including|incl|and|y)\s+(?:el |los |la |the |gastos de )*(?:envios?|domicilio|entrega|flete|despacho|delivery|shipping|postage)\b|\b(?:envio|domicilio|flete|delivery|shipping|postage) (?:y todo|incluid[oa]|included)\b|\b(?:puest[oa] en|delivered to)\b/

/** Whether a question asks what the cart comes to with its delivery. */
export function asksDelivered(request: CustomerRequest): boolean {
  const { intent } = request
  if (intent !== 'view_cart' && intent !== 'delivery' && intent !== 'price') return false
  if (request.phrase.nouns.length > 3 || request.options.length > 0) return false
  const text = fold(request.text)
  if (!delivery.test(text)) return false
  return (intent === 'view_cart' && !/^\W*(?:que|what)\b/.test(text)) || included.test(text)
    ? whole.test(text) || included.test(text)
    : whole.test(text) &&
        /\b(?:cuanto|how much|total)\b/.test(text) &&
        !/\b(?:pedido minimo|minimum order)\b/.test(text)
}

/** How long the delivery of the order that is being made takes; null while that is not known. */
export function* deliveryTime(turn: Turn): Asking<Part[] | null> {
  const [result] = yield [{ name: 'view_checkout', arguments: {} }]
  const zone = read(checkoutData, result)?.checkout.delivery.zone
  if (zone == null || zone.eta === '') return null
  // The shop's own words for it are what stands behind the figure.
  yield [{ name: 'shop_information', arguments: { topic: 'delivery', query: zone.name } }]
  return [answer(speak(turn, 'checkout_eta', { zone: zone.name, eta: zone.eta }))]
}

/** "¿Cuánto sería todo con el envío a Gràcia?" – the cart, what its delivery costs and both together. Null for an empty cart. */
export function* deliveredCart(turn: Turn, request: CustomerRequest): Asking<Part[] | null> {
  const place = request.text.slice(0, 300)
  const [cartResult, shopResult] = yield [
    { name: 'view_cart', arguments: { deliverTo: place } },
    { name: 'shop_information', arguments: { topic: 'delivery', query: place } },
  ]
  const cart = read(deliveredCartData, cartResult)
  if (cart === null || cart.cart.lines.length === 0) return null
  turn.dialogue.topic = 'delivery'
  const shop = read(informationData, shopResult)?.delivery ?? null
  if (shop?.served === true && shop.place != null) turn.dialogue.placeAsked = shop.place
  const parts: Part[] = [answer(`${speak(turn, 'cart_intro')}\n${cartText(turn, cart.cart)}`)]
  const lines: string[] = []
  if (cart.delivery != null) {
    const { zone, fee, free, freeFrom, total, excluded } = cart.delivery
    if (excluded.length > 0)
      lines.push(`${zone}: ${speak(turn, 'delivery_excludes', { items: enumerate(turn.voice, excluded) })}.`)
    else {
      if (free && freeFrom != null)
        lines.push(speak(turn, 'delivery_zone_free', { zone, amount: freeFrom.text }))
      else {
        const from =
          freeFrom == null ? '' : ` (${speak(turn, 'delivery_free_from', { amount: freeFrom.text })})`
        lines.push(`${speak(turn, 'delivery_zone', { zone, fee: fee.text })}${from}`)
      }
      lines.push(speak(turn, 'delivered_total', { total: total.text }))
    }
  } else if (shop?.served === false) {
    lines.push(speak(turn, 'delivery_not_served', { area: shop.place ?? '' }))
    if (shop.notServed !== '') lines.push(shop.notServed)
  } else if (shop !== null) {
    for (const zone of shop.zones)
      if (zone.fee != null)
        lines.push(
          `• ${speak(turn, 'delivery_zone', { zone: zone.name, fee: zone.fee.text })}${zone.freeFrom == null ? '' : ` (${speak(turn, 'delivery_free_from', { amount: zone.freeFrom.text })})`}`,
        )
  }
  if (shop?.minOrder != null && cart.cart.total.amount < shop.minOrder.amount)
    lines.push(speak(turn, 'delivery_below_min', { amount: shop.minOrder.text }))
  if (lines.length > 0) parts.push(answer(lines.join('\n')))
  if (cart.delivery == null && shop !== null && shop.served !== false)
    parts.push(question(speak(turn, 'delivery_which_area')))
  return parts
}
