import type { Product, Variant } from '../catalog/product.ts'
import type { CatalogService } from '../catalog/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError } from '../errors.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { Cart, CartLine, CartOwner, NotSellable } from './cart.ts'
import { CartRepository, type LineRow, type QuoteRow } from './repository.ts'
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
  readonly #now: () => string

  constructor(storage: Storage, catalog: CatalogService, shop: () => ShopBrief) {
    this.#now = () => storage.now()
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
    return this.#put(tx, owner, cart, { variantId, quantity, quotedPrice: price, quoteId: null })
  }

  /**
   * Puts a quoted service into the owner's cart, at the quote's total. A quote belongs to whom it was made for.
   * @throws DomainError `not_found`, `quote.expired {validUntil}`, `cart.not_sellable {reason}`.
   */
  setQuote(tx: Tx, owner: CartOwner, quoteId: string): { cart: Cart; previousQuantity: number } {
    const quote = this.#rows.quote(quoteId)
    const own = quote?.conversationId === owner.conversationId || quote?.customerId === owner.customerId
    if (quote === null || !own) throw new DomainError('not_found', { entity: 'quotes', id: quoteId })
    const { variantId, validUntil, total } = quote
    const found = this.#catalog.variant(variantId)
    const reason = found === null ? 'not_for_sale' : quotedReason(found, quote, this.#now())
    if (reason === 'quote_expired') throw new DomainError('quote.expired', { quoteId, validUntil })
    if (found === null || reason !== null) throw new DomainError('cart.not_sellable', { variantId, reason })
    const cart = this.#rows.open(owner.conversationId) ?? this.#rows.create(tx, owner)
    const quantity = found.variant.unitSize
    return this.#put(tx, owner, cart, { variantId, quantity, quotedPrice: total, quoteId })
  }

  /** The owner's open cart, made when there is none: what is said about an order may come before its first line. */
  ensure(tx: Tx, owner: CartOwner): { id: string; revision: number } {
    return this.#rows.open(owner.conversationId) ?? this.#rows.create(tx, owner)
  }

  /** The cart became an order: the next line begins a new one. Returns the closed cart's revision. */
  close(tx: Tx, owner: CartOwner): { id: string; revision: number } | null {
    const cart = this.#rows.open(owner.conversationId)
    if (cart === null) return null
    this.#rows.close(tx, cart)
    tx.emit('cart.changed', { conversationId: owner.conversationId, cartId: cart.id })
    return { id: cart.id, revision: cart.revision + 1 }
  }

  #put(
    tx: Tx,
    owner: CartOwner,
    cart: { id: string; revision: number },
    wanted: { variantId: string; quantity: number; quotedPrice: number; quoteId: string | null },
  ): { cart: Cart; previousQuantity: number } {
    const line = this.#rows.lines(cart.id).find((row) => row.variantId === wanted.variantId)
    const same =
      line?.quantity === wanted.quantity &&
      line.quotedPrice === wanted.quotedPrice &&
      line.quoteId === wanted.quoteId
    if (!same) {
      if (line === undefined) this.#rows.addLine(tx, cart.id, wanted)
      else this.#rows.changeLine(tx, line.id, wanted)
      this.#changed(tx, owner, cart)
    }
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
    const price = this.#priceOf(found, row)
    if (typeof price === 'string') {
      cart.dropped.push({ variantId: variant.id, productId: product.id, name: product.name, reason: price })
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
      unit: { amount: price, currency },
      total: { amount: lineTotal(price, row.quantity, variant.unitSize), currency },
      available: availableNow(product, variant),
      quotedPrice: row.quotedPrice,
      quoteId: row.quoteId,
    })
  }

  /** Price of `unitSize` steps in minor units: the quote's where there is one, else the catalog's; or why there is none. */
  #priceOf(found: { product: Product; variant: Variant }, row: LineRow): number | NotSellable {
    if (row.quoteId !== null) {
      const quote = this.#rows.quote(row.quoteId)
      if (quote === null) return 'quote_expired'
      return quotedReason(found, quote, this.#now()) ?? quote.total
    }
    const reason = notSellableReason(found.product, found.variant)
    if (reason !== null) return reason
    return found.variant.price.kind === 'exact' ? found.variant.price.amount : 'price_ask'
  }
}

/** Why a quoted service cannot be sold now, or null. Its own price in the catalog does not matter. */
function quotedReason(
  { product, variant }: { product: Product; variant: Variant },
  quote: QuoteRow,
  now: string,
): NotSellable | null {
  if (quote.validUntil !== null && quote.validUntil <= now) return 'quote_expired'
  if (quote.priceKind === 'from') return 'price_from'
  const reason = notSellableReason(product, variant)
  return reason === 'price_ask' || reason === 'price_from' ? null : reason
}
