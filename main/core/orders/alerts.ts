import type { ShopBrief } from '../engines/engine.ts'
import type { ShopEvent } from '../events.ts'
import type { Notifier } from '../host.ts'
import { formatMoney } from '../money/money.ts'
import type { OrderService } from './service.ts'

/**
 * Tells the host of each order that did not come from the shop's own people. `data`: number and total with its
 * currency. For the event bus: it speaks after the commit.
 */
export function orderAlerts(deps: {
  slug: string
  orders: OrderService
  shop: () => ShopBrief
  notifier: Notifier
}): (event: ShopEvent) => void {
  return (event) => {
    if (event.type !== 'order.placed') return
    const { number, total, source, conversationId } = deps.orders.get(event.payload.orderId)
    if (source === 'counter' || source === 'desk') return
    const { currency, locale } = deps.shop()
    deps.notifier.notify({
      kind: 'order',
      shop: deps.slug,
      ...(conversationId === null ? {} : { conversationId }),
      data: { number, total: formatMoney({ amount: total, currency }, locale) },
    })
  }
}
