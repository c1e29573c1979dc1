import type { CatalogService } from '../catalog/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { DiscountService } from '../selling/discount-service.ts'
import type { SellingSettingsStore } from '../selling/settings-service.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { draftOrder } from './draft.ts'
import type { Order, OrderDraft, OrderRequest } from './order.ts'
import { type PlacementMeta, placeOrder } from './place.ts'
import { OrderRepository } from './repository.ts'

export interface OrderDependencies {
  storage: Storage
  catalog: CatalogService
  discounts: DiscountService
  settings: SellingSettingsStore
  shop: () => ShopBrief
}

/**
 * Orders from the moment they are placed. Stock is held by lines in the same unit of work that writes them, leaves when
 * the goods do and comes free with a cancellation. Each change is noted with who and when, and emits `order.changed`.
 */
export class OrderService {
  readonly #deps: OrderDependencies
  readonly #rows: OrderRepository

  constructor(deps: OrderDependencies) {
    this.#deps = deps
    this.#rows = new OrderRepository(deps.storage)
  }

  /**
   * What an order comes to at this moment; nothing is written. What stands in the way is in `problems`, not thrown.
   * @param seller who decides what may be sold: the catalog (a customer asks), or the shop's own word.
   */
  draft(request: OrderRequest, seller: 'catalog' | 'shop' = 'catalog'): OrderDraft {
    const { storage, ...rest } = this.#deps
    return draftOrder({ ...rest, now: () => storage.now() }, request, seller)
  }

  /**
   * Places an order and holds its stock; available stock is read again in this unit of work.
   * @throws DomainError the draft's first problem, `cart.out_of_stock {available}`, `checkout.slot {reason: 'full'}`.
   */
  place(tx: Tx, draft: OrderDraft, meta: PlacementMeta): Order {
    return this.get(placeOrder(tx, { ...this.#deps, rows: this.#rows }, draft, meta))
  }

  /** @throws DomainError `not_found` */
  get(id: string): Order {
    const order = this.#rows.order(id)
    if (order === null) throw new DomainError('not_found', { entity: 'orders', id })
    return order
  }

  /** By the number that people use: case, a leading `#` and the shop's prefix aside. */
  byNumber(number: string): Order | null {
    const asked = number.trim().replace(/^#\s*/, '')
    const exact = this.#rows.idByNumber(asked)
    if (exact !== null) return this.get(exact)
    const digits = /\d{1,15}$/.exec(asked)?.[0]
    const found = digits === undefined ? null : this.#rows.bySeq(Number(digits) - 1_000)
    const same = found?.number.toLowerCase().endsWith(asked.toLowerCase()) ?? false
    return found !== null && same ? this.get(found.id) : null
  }

  /** The conversation's newest order. */
  newestOf(conversationId: string): Order | null {
    const id = this.#rows.newestOf(conversationId)
    return id === null ? null : this.get(id)
  }

  /** Newest first. */
  ofCustomer(customerId: string, limit = 20): Order[] {
    return this.#rows.ofCustomer(customerId, limit).map((id) => this.get(id))
  }

  /** How many orders of a delivery window on a local date still stand. */
  inSlot(slotId: string, date: string): number {
    return this.#rows.inSlot(slotId, date)
  }
}
