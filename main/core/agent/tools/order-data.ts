import type { ShopBrief } from '../../engines/engine.ts'
import type { KnowledgeService } from '../../knowledge/service.ts'
import type { Order } from '../../orders/order.ts'
import type { Citation, Fact } from '../facts.ts'
import { customerTexts, dateTexts, type ToolCheckoutLine } from './checkout-data.ts'
import { type MoneyData, moneyData } from './money-data.ts'

export type ToolOrder = {
  orderId: string
  number: string
  state: Order['state']
  paymentState: Order['paymentState']
  /** UTC ISO 8601. */
  placedAt: string
  lines: ToolCheckoutLine[]
  subtotal: MoneyData
  discount: MoneyData | null
  deliveryFee: MoneyData
  total: MoneyData
  paid: MoneyData
  delivery: {
    method: 'delivery' | 'pickup' | 'none'
    zoneName: string
    address: string
    place: string
    slotLabel: string
    slotDate: string | null
    eta: string
  }
  payment: { id: string | null; name: string; details: string }
  /** UTC ISO 8601: until when an unpaid order keeps its stock; null: without end. */
  reservedUntil: string | null
  canCancel: boolean
}

export interface OrderSources {
  knowledge: KnowledgeService
  shop: () => ShopBrief
}

/** An order as engines see it. */
export function toolOrder(order: Order, sources: OrderSources): ToolOrder {
  const { locale } = sources.shop()
  const money = (amount: number) => moneyData({ amount, currency: order.currency }, locale)
  return {
    orderId: order.id,
    number: order.number,
    state: order.state,
    paymentState: order.paymentState,
    placedAt: order.placedAt,
    lines: order.lines.map((line) => ({
      variantId: line.variantId ?? '',
      productId: line.productId ?? '',
      sku: line.sku,
      name: line.name,
      title: line.title,
      quantity: line.quantity,
      unit: line.unit,
      unitSize: line.unitSize,
      unitPrice: money(line.unitPrice),
      total: money(line.total),
    })),
    subtotal: money(order.subtotal),
    discount: order.discount === 0 ? null : money(order.discount),
    deliveryFee: money(order.deliveryFee),
    total: money(order.total),
    paid: money(order.paid - order.refunded),
    delivery: {
      method: order.deliveryMethod,
      zoneName: order.zoneName,
      address: order.address,
      place: order.place,
      slotLabel: order.slotLabel,
      slotDate: order.slotDate,
      eta: etaOf(order, sources.knowledge),
    },
    payment: { id: order.paymentId, name: order.paymentName, details: detailsOf(order, sources.knowledge) },
    reservedUntil: order.reservedUntil,
    canCancel: order.state === 'pending',
  }
}

function etaOf(order: Order, knowledge: KnowledgeService): string {
  if (order.deliveryMethod !== 'delivery') return ''
  const zones = knowledge.profile().delivery?.zones ?? []
  return zones.find(({ id, name }) => (id === '' ? name : id) === order.zoneId)?.eta ?? ''
}

function detailsOf(order: Order, knowledge: KnowledgeService): string {
  const payments = knowledge.profile().payments
  return payments.find(({ id, name }) => (id === '' ? name : id) === order.paymentId)?.details ?? ''
}

/**
 * What may be said of an order. Its lines are what was sold: they stand on the order alone, not on today's catalog, so
 * that a reply about it does not become stale with the stock.
 */
export function orderFacts(order: Order, sources: OrderSources): { facts: Fact[]; cites: Citation[] } {
  const { currency } = order
  const money = (amount: number) => ({ amount, currency })
  const { id: orderId, number, state, paymentState } = order
  const sum = (role: Extract<Fact, { kind: 'sum' }>['role'], amount: number): Fact => ({
    kind: 'sum',
    subject: 'order',
    of: orderId,
    role,
    money: money(amount),
  })
  const kept = order.paid - order.refunded
  const facts: Fact[] = [
    { kind: 'order', orderId, number, state, paymentState },
    ...order.lines.flatMap((line) => lineFacts(order, line)),
    sum('subtotal', order.subtotal),
    ...(order.discount > 0 ? [sum('discount', order.discount)] : []),
    sum('delivery', order.deliveryFee),
    sum('tax', order.tax),
    sum('total', order.total),
    sum('paid', kept),
    sum('due', Math.max(0, order.total - kept)),
    ...order.taxes.map(({ rate }): Fact => ({ kind: 'percent', name: 'tax', value: rate / 100 })),
    ...(order.zoneName === '' || order.deliveryMethod !== 'delivery'
      ? []
      : [{ kind: 'fee', name: `delivery:${order.zoneName}`, money: money(order.deliveryFee) } as const]),
    ...textFacts(order, sources),
  ]
  return { facts, cites: [{ table: 'orders', id: orderId, revision: order.revision }] }
}

function lineFacts(order: Order, line: Order['lines'][number]): Fact[] {
  const productId = line.productId ?? line.id
  const variantId = line.variantId ?? line.id
  const money = (amount: number) => ({ amount, currency: order.currency })
  const names = line.title === '' ? [line.name] : [line.name, `${line.name} ${line.title}`]
  return [
    {
      kind: 'product',
      productId,
      names,
      status: 'available',
      text: names.join('\n'),
      variants: [{ variantId, title: line.title }],
    },
    {
      kind: 'order_line',
      orderId: order.id,
      productId,
      variantId,
      quantity: line.quantity,
      unit: money(line.unitPrice),
      total: money(line.total),
    },
  ]
}

function textFacts(order: Order, sources: OrderSources): Fact[] {
  const { knowledge } = sources
  const details = detailsOf(order, knowledge)
  const profile = knowledge.profile()
  const slot = order.slotDate === null ? '' : `${order.slotLabel} ${dateTexts(order.slotDate)}`
  const shops: [string, string][] = [
    ['payment.chosen', order.paymentName],
    ['payment', [order.paymentName, details].filter(Boolean).join(': ')],
    ['delivery', etaOf(order, knowledge)],
    ['delivery', slot],
    ['delivery', order.zoneName],
    ['pickup', order.deliveryMethod === 'pickup' ? profile.address : ''],
    ['pickup', order.deliveryMethod === 'pickup' ? (profile.delivery?.pickup?.note ?? '') : ''],
    ['order', placedText(order, sources)],
    [
      'discounts',
      order.discountCode === null ? '' : `Código de descuento, discount code ${order.discountCode}`,
    ],
  ]
  return [
    ...shops
      .filter(([, text]) => text !== '')
      .map(([topic, text]): Fact => ({ kind: 'shop_text', topic, text })),
    ...customerTexts({ address: [order.address, order.place], name: order.recipient, phone: order.phone }, [
      order.note,
    ]),
  ]
}

/** The day on which it was placed and, where it has one, the day until which its stock is held. */
function placedText(order: Order, { shop }: OrderSources): string {
  const { timeZone } = shop()
  const dayOf = (instant: string) =>
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
      new Date(instant),
    )
  const timeOf = (instant: string) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
      new Date(instant),
    )
  const days = [order.placedAt, ...(order.reservedUntil === null ? [] : [order.reservedUntil])]
  return days.map((instant) => `${dateTexts(dayOf(instant))} ${timeOf(instant)}`).join('\n')
}
