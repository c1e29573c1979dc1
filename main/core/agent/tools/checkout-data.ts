import type { AwayService } from '../../away/service.ts'
import type { CatalogService } from '../../catalog/service.ts'
import type { CheckoutView } from '../../checkout/checkout.ts'
import type { ShopBrief } from '../../engines/engine.ts'
import type { KnowledgeService } from '../../knowledge/service.ts'
import { weekdayOf } from '../../language/calendar.ts'
import { dateText, weekdayName } from '../../language/hours.ts'
import type { DiscountService } from '../../selling/discount-service.ts'
import type { Citation, Fact } from '../facts.ts'
import { type MoneyData, moneyData } from './money-data.ts'
import { productCites, productFacts } from './product-data.ts'

export type ToolCheckoutLine = {
  variantId: string
  productId: string
  sku: string | null
  name: string
  title: string
  quantity: number
  unit: string
  unitSize: number
  unitPrice: MoneyData
  total: MoneyData
}

export type ToolCheckout = {
  /** What is still to be asked, in that order. */
  missing: string[]
  lines: ToolCheckoutLine[]
  /** How lines differ from what the customer was last told. */
  changes: {
    kind: 'price' | 'sold_out' | 'not_enough' | 'gone'
    variantId: string
    productId: string | null
    name: string
    before: MoneyData | null
    after: MoneyData | null
    available: number | null
  }[]
  delivery: {
    method: 'delivery' | 'pickup' | null
    zone: { id: string; name: string; eta: string } | null
    place: string
    address: string
    slot: { id: string; label: string; date: string } | null
  }
  contact: { name: string; phone: string }
  payment: { id: string; name: string; details: string } | null
  discount: { code: string; amount: MoneyData } | null
  subtotal: MoneyData
  /** Null: not known yet; with a zone: to be agreed with the shop. */
  deliveryFee: MoneyData | null
  freeFrom: MoneyData | null
  tax: { included: boolean; amount: MoneyData }
  total: MoneyData | null
  minOrder: MoneyData | null
  options: {
    methods: ('delivery' | 'pickup')[]
    payments: { id: string; name: string }[]
    slots: { id: string; label: string; date: string }[]
    savedAddresses: { id: string; address: string; place: string; recipient: string }[]
  }
  note: string
  /** What belongs to an order that is taken while the shop is closed. */
  closedNotice: string | null
}

export interface CheckoutSources {
  catalog: CatalogService
  discounts: DiscountService
  knowledge: KnowledgeService
  away: AwayService
  shop: () => ShopBrief
}

/** A checkout as engines see it. */
export function toolCheckout(
  view: CheckoutView,
  sources: CheckoutSources,
  language: 'es' | 'en',
): ToolCheckout {
  const shop = sources.shop()
  const money = (amount: number) => moneyData({ amount, currency: shop.currency }, shop.locale)
  const orNull = (amount: number | null) => (amount === null ? null : money(amount))
  return {
    missing: view.missing,
    lines: view.lines.map((line) => ({
      variantId: line.variantId,
      productId: line.productId,
      sku: line.sku,
      name: line.name,
      title: line.title,
      quantity: line.quantity,
      unit: line.unit,
      unitSize: line.unitSize,
      unitPrice: money(line.unitPrice),
      total: money(line.total),
    })),
    changes: view.changes.map((change) => ({
      ...change,
      before: orNull(change.before),
      after: orNull(change.after),
    })),
    delivery: view.delivery,
    contact: view.contact,
    payment: view.payment === null ? null : { ...view.payment },
    discount:
      view.discount === null ? null : { code: view.discount.code, amount: money(view.discount.amount) },
    subtotal: money(view.subtotal),
    deliveryFee: orNull(view.deliveryFee),
    freeFrom: orNull(view.freeFrom),
    tax: { included: view.tax.included, amount: money(view.tax.amount) },
    total: orNull(view.total),
    minOrder: orNull(view.minOrder),
    options: {
      methods: view.options.methods,
      payments: view.options.payments.map((payment) => ({ ...payment })),
      slots: view.options.slots.map((slot) => ({ ...slot })),
      savedAddresses: view.options.savedAddresses.map((address) => ({ ...address })),
    },
    note: view.note,
    closedNotice: sources.away.closedNotice(language),
  }
}

/** What may be said of a checkout, and the rows that it stands on. */
export function checkoutFacts(
  view: CheckoutView,
  sources: CheckoutSources,
  language: 'es' | 'en',
): { facts: Fact[]; cites: Citation[] } {
  const shop = sources.shop()
  const money = (amount: number) => ({ amount, currency: shop.currency })
  const ids = [...view.lines, ...view.changes].flatMap(({ productId }) => productId ?? [])
  const products = sources.catalog.products([...new Set(ids)])
  const facts: Fact[] = products.flatMap((product) => productFacts(product, shop))
  for (const line of view.lines) {
    const { variantId, productId, quantity } = line
    if (line.quoteId !== null)
      facts.push({ kind: 'price', productId, variantId, role: 'quoted', money: money(line.unitPrice) })
    facts.push({
      kind: 'cart_line',
      variantId,
      productId,
      quantity,
      unit: money(line.unitPrice),
      total: money(line.total),
    })
  }
  facts.push({
    kind: 'cart_total',
    money: money(view.subtotal),
    lines: view.lines.length,
    pieces: view.cart.pieces,
  })
  facts.push(...sumFacts(view, shop), ...feeFacts(view, shop), ...textFacts(view, sources, language))
  const cites = products.flatMap(productCites)
  if (view.cart.id !== null) cites.push({ table: 'carts', id: view.cart.id, revision: view.cart.revision })
  if (view.id !== null) cites.push({ table: 'checkouts', id: view.id, revision: view.revision })
  cites.push({ table: 'shop', ...sources.knowledge.profileRow() })
  return { facts, cites }
}

function sumFacts(view: CheckoutView, { currency }: ShopBrief): Fact[] {
  const of = view.id ?? ''
  const sum = (role: Extract<Fact, { kind: 'sum' }>['role'], amount: number | null): Fact[] =>
    amount === null ? [] : [{ kind: 'sum', subject: 'checkout', of, role, money: { amount, currency } }]
  return [
    ...sum('subtotal', view.subtotal),
    ...sum('discount', view.discount?.amount ?? null),
    ...sum('delivery', view.deliveryFee),
    ...sum('tax', view.tax.amount),
    ...sum('total', view.total),
    ...view.taxes.map(({ rate }): Fact => ({ kind: 'percent', name: 'tax', value: rate / 100 })),
  ]
}

function feeFacts(view: CheckoutView, { currency }: ShopBrief): Fact[] {
  const { method, zone } = view.delivery
  const fee = (name: string, amount: number | null): Fact[] =>
    amount === null ? [] : [{ kind: 'fee', name, money: { amount, currency } }]
  return [
    ...(method === 'pickup' ? fee('pickup', view.deliveryFee) : []),
    ...(zone === null ? [] : fee(`delivery:${zone.name}`, view.deliveryFee)),
    ...(zone === null ? [] : fee(`delivery.free_from:${zone.name}`, view.freeFrom)),
    ...fee('delivery.min_order', view.minOrder),
  ]
}

/** The shop's and the customer's own words in it. The customer's carry no figures. */
function textFacts(view: CheckoutView, sources: CheckoutSources, language: 'es' | 'en'): Fact[] {
  const { zone, place, address } = view.delivery
  const profile = sources.knowledge.profile()
  const shops: [string, string][] = [
    ['payment.chosen', view.payment?.name ?? ''],
    ...profile.payments.map(({ name, details }): [string, string] => ['payment', [name, details].join(': ')]),
    ['delivery', zone === null ? '' : [zone.name, zone.eta].join('\n')],
    ['pickup', profile.delivery?.pickup?.note ?? ''],
    ['pickup', view.delivery.method === 'pickup' ? profile.address : ''],
    ['hours', sources.away.closedNotice(language) ?? ''],
    ['discounts', discountText(view, sources)],
    ...[...view.options.slots, ...(view.delivery.slot === null ? [] : [view.delivery.slot])].map(
      ({ label, date }): [string, string] => ['delivery', `${label} ${dateTexts(date)}`],
    ),
  ]
  const more = [
    place,
    view.note,
    ...view.options.savedAddresses.flatMap((saved) => [saved.address, saved.place, saved.recipient]),
  ]
  return [
    ...shops
      .filter(([, text]) => text.trim() !== '')
      .map(([topic, text]): Fact => ({ kind: 'shop_text', topic, text })),
    ...customerTexts({ address: [address, place], name: view.contact.name, phone: view.contact.phone }, more),
  ]
}

/** What the customer told of themselves, each once; the address whole and in its parts. */
export function customerTexts(
  own: { address: readonly string[]; name: string; phone: string },
  more: readonly string[],
): Fact[] {
  const whole = own.address.filter((part) => part !== '').join(', ')
  const facts: Extract<Fact, { kind: 'customer_text' }>[] = [
    { kind: 'customer_text', text: whole, of: 'address' },
    { kind: 'customer_text', text: own.name, of: 'name' },
    { kind: 'customer_text', text: own.phone, of: 'phone' },
    ...[...new Set([...own.address, ...more])].map((text) => ({ kind: 'customer_text' as const, text })),
  ]
  return facts.filter(({ text }) => text.trim() !== '')
}

function discountText(view: CheckoutView, { discounts }: CheckoutSources): string {
  const code = view.discount?.code
  const discount = code === undefined ? null : discounts.find(code)
  if (discount === null) return ''
  const percent = `${discount.value / 100} %`
  return discount.kind === 'percent'
    ? `Código, code ${discount.code}: ${percent} de descuento, ${percent} discount`
    : `Código de descuento, discount code ${discount.code}`
}

/** A local date as both languages write it, with its weekday. */
export function dateTexts(date: string): string {
  const day = weekdayOf(date)
  return `${weekdayName('es', day)} ${dateText('es', date)}, ${weekdayName('en', day)} ${dateText('en', date)}`
}
