import type { Storage, Tx } from '../storage/storage.ts'
import { type CounterLines, type CounterSale, previewCounter, sellAtCounter } from './counter.ts'
import { draftOrder } from './draft.ts'
import { editOrder, type OrderEdit } from './edits.ts'
import { OrderList } from './list.ts'
import { cancelOwn, changeState, type StateChange } from './moves.ts'
import { OrderNotices } from './notices.ts'
import type { Order, OrderBrief, OrderDraft, OrderFilter, OrderRequest } from './order.ts'
import { addPayment, type PaymentInput, refund, removePayment } from './payments.ts'
import { type PlacementMeta, placeOrder } from './place.ts'
import { OrderRepository } from './repository.ts'
import type { OrderState } from './states.ts'
import { type UnpaidDependencies, UnpaidOrders } from './unpaid.ts'
import { type OrderDependencies, type OrderWork, requireOrder } from './work.ts'

export type { CounterLines, CounterSale } from './counter.ts'
export type { OrderEdit } from './edits.ts'
export type { StateChange } from './moves.ts'
export type { PaymentInput } from './payments.ts'
export type { PlacementMeta } from './place.ts'

/**
 * Orders from the moment they are placed. Stock is held by lines in the same unit of work that writes them, leaves when
 * the goods do and comes free with a cancellation. Each change is noted with who and when, tells the customer unless
 * said otherwise, and emits `order.changed`.
 */
export class OrderService {
  readonly #storage: Storage
  readonly #work: OrderWork
  readonly #rows: OrderRepository
  readonly #list: OrderList

  constructor(deps: OrderDependencies) {
    this.#storage = deps.storage
    this.#rows = new OrderRepository(deps.storage)
    this.#list = new OrderList(deps.storage, () => deps.shop().timeZone)
    const notices = new OrderNotices(deps.conversations, deps.settings, deps.shop)
    this.#work = { ...deps, rows: this.#rows, notices }
  }

  /** Watches unpaid orders of prepaid methods; it does nothing before its `start`. */
  unpaid(deps: UnpaidDependencies): UnpaidOrders {
    return new UnpaidOrders(this.#work, deps)
  }

  /**
   * What an order comes to at this moment; nothing is written. What stands in the way is in `problems`, not thrown.
   * @param seller who decides what may be sold: the catalog (a customer asks), or the shop's own word.
   */
  draft(request: OrderRequest, seller: 'catalog' | 'shop' = 'catalog'): OrderDraft {
    return draftOrder({ ...this.#work, now: () => this.#storage.now() }, request, seller)
  }

  /**
   * Places an order and holds its stock; available stock is read again in this unit of work.
   * @throws DomainError the draft's first problem, `cart.out_of_stock {available}`, `checkout.slot {reason: 'full'}`.
   */
  place(tx: Tx, draft: OrderDraft, meta: PlacementMeta): Order {
    return this.get(placeOrder(tx, this.#work, draft, meta))
  }

  /** @throws DomainError `not_found` */
  get(id: string): Order {
    return requireOrder(this.#rows, id)
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

  /** One page, newest first; `before` is the `seq` of the last one already shown. */
  list(
    filter: OrderFilter,
    page: { limit: number; before?: number },
  ): { items: OrderBrief[]; more: boolean } {
    return this.#list.page(filter, page)
  }

  /** How many are in each state (all filters but `states` applied), and how many nobody has looked at. */
  counts(filter: OrderFilter): { states: Record<OrderState, number>; unseen: number } {
    return this.#list.counts(filter)
  }

  /** How many orders of a delivery window on a local date still stand. */
  inSlot(slotId: string, date: string): number {
    return this.#rows.inSlot(slotId, date)
  }

  /** @throws DomainError `order.transition {from, to}`, `conflict`, `not_found`. */
  setState(tx: Tx, id: string, change: StateChange): Order {
    return changeState(tx, this.#work, id, change)
  }

  /** A customer's own order that the shop has not begun with. @throws DomainError `not_found`, `order.closed {state}`. */
  cancelByCustomer(tx: Tx, id: string, customerId: string, reason = ''): Order {
    return cancelOwn(tx, this.#work, id, customerId, reason)
  }

  /** @throws DomainError `order.closed`, `order.overpaid {max}`, `input.invalid`, `conflict`, `not_found`. */
  addPayment(tx: Tx, id: string, payment: PaymentInput): Order {
    return addPayment(tx, this.#work, id, payment)
  }

  /** @throws DomainError `order.refund_too_high {max}`, `conflict`, `not_found`. */
  removePayment(tx: Tx, id: string, paymentId: string, expectedRevision?: number): Order {
    return removePayment(tx, this.#work, id, paymentId, expectedRevision)
  }

  /** @throws DomainError `order.refund_too_high {max}`, `input.invalid`, `conflict`, `not_found`. */
  refund(tx: Tx, id: string, payment: PaymentInput): Order {
    return refund(tx, this.#work, id, payment)
  }

  /** @throws DomainError `order.closed`, `cart.out_of_stock`, `input.invalid`, `checkout.slot`, `conflict`, `not_found`. */
  edit(tx: Tx, id: string, edit: OrderEdit): Order {
    return editOrder(tx, this.#work, id, edit)
  }

  /** A note of the shop's own; the customer never sees it. @throws DomainError `not_found`. */
  addNote(tx: Tx, id: string, text: string): Order {
    this.get(id)
    this.#rows.addChange(tx, id, 'note', { data: { text } })
    tx.emit('order.changed', { orderId: id })
    return this.get(id)
  }

  /** Notes in the history that a paper was made of it. */
  noteDocument(tx: Tx, id: string, name: string): void {
    this.#rows.addChange(tx, id, 'document', { data: { name } })
    tx.emit('order.changed', { orderId: id })
  }

  /** Somebody of the shop has looked at it. @throws DomainError `not_found`. */
  markSeen(tx: Tx, id: string): void {
    this.get(id)
    if (this.#rows.markSeen(tx, id)) tx.emit('order.changed', { orderId: id })
  }

  /** Sells at the counter. @throws DomainError `cart.out_of_stock`, `cart.not_sellable`, `discount.*`, `not_found`. */
  counterSale(tx: Tx, sale: CounterSale): Order {
    return sellAtCounter(tx, this.#work, sale)
  }

  /** What `counterSale` would come to. */
  preview(input: CounterLines): OrderDraft {
    return previewCounter(this.#work, this.#storage.now(), input)
  }
}
