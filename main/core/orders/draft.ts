import type { Product, Variant } from '../catalog/product.ts'
import type { CatalogService } from '../catalog/service.ts'
import type { ShopBrief } from '../engines/engine.ts'
import { DomainError, isDomainError } from '../errors.ts'
import type { Discount } from '../selling/discount.ts'
import type { DiscountService } from '../selling/discount-service.ts'
import { type Pricing, type PricingInput, priceOrder } from '../selling/pricing.ts'
import { availableNow, checkSellable } from '../selling/sellable.ts'
import type { SellingSettingsStore } from '../selling/settings-service.ts'
import type { DraftLine, OrderDraft, OrderProblem, OrderRequest } from './order.ts'

export interface DraftDependencies {
  catalog: CatalogService
  discounts: DiscountService
  settings: SellingSettingsStore
  shop: () => ShopBrief
  /** UTC ISO 8601. */
  now: () => string
}

type Sold = Omit<DraftLine, 'total' | 'discount' | 'taxRate' | 'tax'>

/**
 * Computes an order from the catalog of this moment. `seller` is who decides what may be sold: a customer is held to the
 * catalog's prices, limits and states; the shop itself only to what is in stock.
 */
export function draftOrder(
  deps: DraftDependencies,
  request: OrderRequest,
  seller: 'catalog' | 'shop',
): OrderDraft {
  const { currency, pricesIncludeTax } = deps.shop()
  const problems: OrderProblem[] = []
  const sold = request.lines.flatMap((line) => soldLine(deps.catalog, line, seller, problems))
  checkStock(sold, problems)
  const settings = deps.settings.get()
  const pricing: PricingInput = {
    lines: sold,
    deliveryFee: request.delivery.fee,
    discount: null,
    taxes: settings.taxes,
    deliveryTax: settings.deliveryTax,
    pricesIncludeTax,
  }
  const plain = priced(pricing)
  const discount = validDiscount(deps, request.discountCode, plain.subtotal, problems)
  const { lines, ...sums } = discount === null ? plain : priced({ ...pricing, discount })
  return {
    ...request,
    ...sums,
    discountCode: discount?.code ?? null,
    currency,
    pricesIncludeTax,
    lines: sold.flatMap((line, index) => {
      const figures = lines[index]
      return figures === undefined ? [] : [{ ...line, ...figures }]
    }),
    problems,
  }
}

/** Prices and quantities that no sum can hold are a mistake of who typed them. */
function priced(input: PricingInput): Pricing {
  try {
    return priceOrder(input)
  } catch (error) {
    if (error instanceof RangeError) throw new DomainError('input.invalid', { field: 'quantity' })
    throw error
  }
}

function soldLine(
  catalog: CatalogService,
  wanted: OrderRequest['lines'][number],
  seller: 'catalog' | 'shop',
  problems: OrderProblem[],
): Sold[] {
  const { variantId, quantity } = wanted
  const found = catalog.variant(variantId)
  if (found === null) {
    const data = { variantId, reason: 'not_for_sale' }
    problems.push({ code: 'cart.not_sellable', variantId, name: '', available: null, data })
    return []
  }
  const { product, variant } = found
  const available = availableNow(product, variant)
  try {
    const unitPrice = priceFor(product, variant, wanted, seller)
    return [
      {
        variantId,
        productId: product.id,
        quoteId: wanted.quoteId ?? null,
        sku: variant.sku,
        name: product.name,
        title: variant.title,
        quantity,
        unit: variant.unit,
        unitSize: variant.unitSize,
        unitPrice,
        taxClass: product.taxClass,
        tracked: available !== null,
        available,
        note: wanted.note ?? '',
      },
    ]
  } catch (error) {
    if (!isDomainError(error)) throw error
    const { code, data } = error
    problems.push({ code, variantId, name: product.name, available, data: { ...data, name: product.name } })
    return []
  }
}

/** Price of a line when it may be sold; what is in stock is looked at later, for all lines of a variant together. */
function priceFor(
  product: Product,
  variant: Variant,
  wanted: OrderRequest['lines'][number],
  seller: 'catalog' | 'shop',
): number {
  const { unitPrice, quantity } = wanted
  const ids = { productId: product.id, variantId: variant.id }
  const own = unitPrice !== undefined && (seller === 'shop' || (wanted.quoteId ?? null) !== null)
  if (seller === 'catalog' && !own) {
    return checkSellable(product, { ...variant, stock: { ...variant.stock, available: null } }, quantity)
  }
  if (!Number.isSafeInteger(quantity) || quantity < 1) {
    throw new DomainError('cart.quantity', { ...ids, min: 1, max: variant.maxQuantity, quantity })
  }
  if (own) return unitPrice
  if (variant.price.kind !== 'ask') return variant.price.amount
  throw new DomainError('cart.not_sellable', { ...ids, reason: 'price_ask' })
}

function checkStock(lines: readonly Sold[], problems: OrderProblem[]): void {
  for (const [variantId, same] of Map.groupBy(lines, (line) => line.variantId)) {
    const [first] = same
    if (first?.available === null || first === undefined) continue
    const { productId, name, available } = first
    const quantity = same.reduce((sum, line) => sum + line.quantity, 0)
    if (quantity <= available) continue
    const data = { productId, variantId, name, available, quantity }
    problems.push({ code: 'cart.out_of_stock', variantId, name, available, data })
  }
}

function validDiscount(
  deps: DraftDependencies,
  code: string | null,
  subtotal: number,
  problems: OrderProblem[],
): Discount | null {
  if (code === null || code.trim() === '') return null
  try {
    return deps.discounts.valid(code, subtotal, deps.now())
  } catch (error) {
    if (!isDomainError(error)) throw error
    problems.push({ code: error.code, variantId: null, name: code, available: null, data: error.data })
    return null
  }
}
