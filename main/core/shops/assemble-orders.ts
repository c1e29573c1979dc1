import { CheckoutService } from '../checkout/service.ts'
import { CustomerErasure } from '../customers/erasure.ts'
import { DocumentService } from '../documents/service.ts'
import { orderAlerts } from '../orders/alerts.ts'
import { OrderService } from '../orders/service.ts'
import type { Goods } from './assemble-goods.ts'
import type { Ground } from './assemble-ground.ts'
import type { Serving } from './assemble-serving.ts'

export type Ordering = ReturnType<typeof assembleOrders>

/** What customers and goods make together: orders and papers, and their end. */
export function assembleOrders(ground: Ground, goods: Goods, people: Serving) {
  const { slug, storage, bus, clock, log, notifier, shop, media } = ground
  const { catalog, carts, discounts, knowledge, tariffs, exports, selling: settings } = goods
  const { conversations, customers, outbox, wake } = people
  const orders = new OrderService({ storage, catalog, discounts, settings, conversations, shop })
  bus.subscribe(orderAlerts({ slug, orders, shop, notifier }))
  return {
    orders,
    unpaid: orders.unpaid({ outbox, clock, log, paused: () => wake.paused() }),
    checkout: new CheckoutService({
      storage,
      carts,
      orders,
      discounts,
      settings,
      knowledge,
      customers,
      shop,
    }),
    documents: new DocumentService({
      storage,
      media,
      orders,
      catalog,
      tariffs,
      customers,
      conversations,
      knowledge,
      settings,
      shop,
    }),
    erasure: new CustomerErasure({
      storage,
      customers,
      conversations,
      media,
      dropCopies: () => exports.dropWaiting(),
      clock,
      log,
    }),
  }
}
