import type { CatalogService } from '../catalog/service.ts'
import type { ConversationService } from '../conversations/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { DiscountService } from '../selling/discount-service.ts'
import type { SellingSettingsStore } from '../selling/settings-service.ts'
import type { Storage } from '../storage/storage.ts'
import type { OrderNotices } from './notices.ts'
import type { Order } from './order.ts'
import type { OrderRepository } from './repository.ts'

export interface OrderDependencies {
  storage: Storage
  catalog: CatalogService
  discounts: DiscountService
  settings: SellingSettingsStore
  conversations: ConversationService
  shop: () => ShopBrief
}

/** What the writes of orders work with. */
export interface OrderWork extends OrderDependencies {
  rows: OrderRepository
  notices: OrderNotices
}

/** @throws DomainError `not_found` */
export function requireOrder(rows: OrderRepository, id: string): Order {
  const order = rows.order(id)
  if (order === null) throw new DomainError('not_found', { entity: 'orders', id })
  return order
}

/**
 * The order as whoever changes it saw it.
 * @throws DomainError `not_found`, `conflict` with the current revision when it has changed since.
 */
export function orderAt(rows: OrderRepository, id: string, expectedRevision: number | undefined): Order {
  const order = requireOrder(rows, id)
  if (expectedRevision !== undefined && expectedRevision !== order.revision) {
    throw new DomainError('conflict', { entity: 'orders', id, revision: order.revision })
  }
  return order
}
