import type { CatalogService } from '../catalog/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { Cart, CartLine, CartOwner } from './cart.ts'
import { CartRepository, type LineRow } from './repository.ts'
import { availableNow, checkSellable, notSellableReason } from './sellable.ts'
import { cartTotal, countPieces, lineTotal } from './totals.ts'

/**
 * Carts of conversations. Amounts are computed from the catalog at each reading; a line keeps what the customer was
 * told (`quoted_price`) beside it. Each change raises the cart's revision and emits `cart.changed`.
 */
export class CartService {
  readonly #rows: CartRepository
  readonly #catalog: CatalogService
  readonly #shop: () => ShopBrief

  constructor(storage: Storage, catalog: CatalogService, shop: () => ShopBrief) {
    this.#rows = new CartRepository(storage)
    this.#catalog = catalog
    this.#shop = shop
  }

  /** The conversation's open cart; an empty one without id when it has none. */
  view(conversationId: string): Cart {
    const { currency } = this.#shop()
    const row = this.#rows.open(conversationId)
    const cart: Cart = {
      id: row?.id ?? null,
      lines: [],
      dropped: [],
      total: { amount: 0, currency },
      pieces: 0,
      currency,
      revision: row?.revision ?? 0,
    }
    if (row === null) return cart
    for (const line of this.#rows.lines(row.id)) this.#place(cart, line)
    cart.total.amount = cartTotal(cart.lines.map((line) => line.total.amount))
    cart.pieces = countPieces(cart.lines)
    return cart
  }

  /**
   * Sets a variant's quantity (absolute) in the owner's cart; makes cart and line when needed.
   * @throws DomainError `not_found`, `cart.not_sellable {reason}`, `cart.quantity {min, max}`, `cart.out_of_stock {available}`.
   */
  setLine(
    tx: Tx,
    owner: CartOwner,
    variantId: string,
    quantity: number,
  ): { cart: Cart; previousQuantity: number } {
    const found = this.#catalog.variant(variantId)
    if (found === null) throw new DomainError('cart.not_sellable', { variantId, reason: 'not_for_sale' })
    const price = checkSellable(found.product, found.variant, quantity)
    const cart = this.#rows.open(owner.conversationId) ?? this.#rows.create(tx, owner)
    const line = this.#rows.lines(cart.id).find((row) => row.variantId === variantId)
    if (line?.quantity === quantity && line.quotedPrice === price) {
      return { cart: this.view(owner.conversationId), previousQuantity: quantity }
    }
    if (line === undefined) this.#rows.addLine(tx, cart.id, variantId, quantity, price)
    else this.#rows.changeLine(tx, line.id, quantity, price)
    this.#changed(tx, owner, cart)
    return { cart: this.view(owner.conversationId), previousQuantity: line?.quantity ?? 0 }
  }

  /** Takes a variant out; `removed` is null when it was not in the cart. */
  removeLine(tx: Tx, owner: CartOwner, variantId: string): { cart: Cart; removed: CartLine | null } {
    const before = this.view(owner.conversationId)
    const cart = this.#rows.open(owner.conversationId)
    const line = cart && this.#rows.lines(cart.id).find((row) => row.variantId === variantId)
    if (!cart || !line) return { cart: before, removed: null }
    this.#rows.removeLine(tx, line.id)
    this.#changed(tx, owner, cart)
    const removed = before.lines.find((item) => item.variantId === variantId) ?? null
    return { cart: this.view(owner.conversationId), removed }
  }

  /** Empties the cart. */
  clear(tx: Tx, owner: CartOwner): Cart {
    const cart = this.#rows.open(owner.conversationId)
    const lines = cart === null ? [] : this.#rows.lines(cart.id)
    for (const line of lines) this.#rows.removeLine(tx, line.id)
    if (cart !== null && lines.length > 0) this.#changed(tx, owner, cart)
    return this.view(owner.conversationId)
  }

  #changed(tx: Tx, owner: CartOwner, cart: { id: string; revision: number }): void {
    this.#rows.raiseRevision(tx, cart)
    tx.emit('cart.changed', { conversationId: owner.conversationId, cartId: cart.id })
  }

  #place(cart: Cart, row: LineRow): void {
    const found = this.#catalog.variant(row.variantId)
    if (found === null) {
      cart.dropped.push({ variantId: row.variantId, productId: null, name: '', reason: 'not_for_sale' })
      return
    }
    const { product, variant } = found
    const reason = notSellableReason(product, variant)
    if (reason !== null || variant.price.kind !== 'exact') {
      const dropped = { variantId: variant.id, productId: product.id, name: product.name }
      cart.dropped.push({ ...dropped, reason: reason ?? 'price_ask' })
      return
    }
    const { currency } = cart
    cart.lines.push({
      variantId: variant.id,
      productId: product.id,
      sku: variant.sku,
      name: product.name,
      title: variant.title,
      quantity: row.quantity,
      unitName: variant.unit,
      unitSize: variant.unitSize,
      unit: { amount: variant.price.amount, currency },
      total: { amount: lineTotal(variant.price.amount, row.quantity, variant.unitSize), currency },
      available: availableNow(product, variant),
    })
  }
}
