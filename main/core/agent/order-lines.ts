import type { FormOfAddress, Language, ShopBrief } from '../engines/engine.ts'
import { formatMoney } from '../money/money.ts'
import type { Fact, OrderStateFact, SumRole } from './facts.ts'

/** Checkouts and orders told plainly from facts: for the answer that leaves when a draft did not pass the gate. */

interface Input {
  facts: readonly Fact[]
  language: Language
  formOfAddress: FormOfAddress | null
  shop: ShopBrief
}

/** `figures` leaves out the customer's own words. */
type Extent = 'whole' | 'figures'

const words = {
  es: {
    subtotal: 'Subtotal',
    discount: 'Descuento',
    delivery: 'Envío',
    total: 'Total',
    to: 'Entrega',
    name: 'A nombre de',
    payment: 'Pago',
    order: 'Pedido',
    state: {
      pending: 'recibido',
      processing: 'en preparación',
      shipped: 'enviado',
      delivered: 'entregado',
      cancelled: 'cancelado',
      returned: 'devuelto',
    },
  },
  en: {
    subtotal: 'Subtotal',
    discount: 'Discount',
    delivery: 'Delivery',
    total: 'Total',
    to: 'To',
    name: 'Name',
    payment: 'Payment',
    order: 'Order',
    state: {
      pending: 'received',
      processing: 'in preparation',
      shipped: 'shipped',
      delivered: 'delivered',
      cancelled: 'cancelled',
      returned: 'returned',
    },
  },
} as const satisfies Record<Language, Record<string, string | Record<OrderStateFact, string>>>

/** The checkout of the turn, line by line; nothing while its total is not known or once it became an order. */
export function checkoutLines(input: Input, extent: Extent): string[] {
  const { facts } = input
  const of = facts
    .flatMap((fact) => (fact.kind === 'sum' && fact.subject === 'checkout' ? [fact.of] : []))
    .at(-1)
  if (of === undefined || figure(facts, of, 'total') === null) return []
  const lines = new Map(
    facts.flatMap((fact) => (fact.kind === 'cart_line' ? [[fact.variantId, fact] as const] : [])),
  )
  const cart = facts.filter((fact) => fact.kind === 'cart_total').at(-1)
  if (cart === undefined || cart.lines !== lines.size) return []
  return [
    ...[...lines.values()].map((line) => lineText(input, line)),
    ...sumLines(input, of),
    ...ownLines(input, extent),
  ]
}

/** The turn's orders, the newest first. */
export function orderLines(input: Input, extent: Extent): string[] {
  const { facts, language } = input
  const orders = new Map(
    facts.flatMap((fact) => (fact.kind === 'order' ? [[fact.orderId, fact] as const] : [])),
  )
  return [...orders.values()].flatMap((order) => {
    const lines = new Map(
      facts.flatMap((fact) =>
        fact.kind === 'order_line' && fact.orderId === order.orderId ? [[fact.variantId, fact] as const] : [],
      ),
    )
    return [
      `${words[language].order} ${order.number}: ${words[language].state[order.state]}.`,
      ...[...lines.values()].map((line) => lineText(input, line)),
      ...sumLines(input, order.orderId),
      ...(orders.size === 1 ? ownLines(input, extent) : []),
    ]
  })
}

/** What closes a summary that was made in this turn. */
export function summaryQuestion({ facts, language, formOfAddress }: Input): string[] {
  const done = facts.flatMap((fact) => (fact.kind === 'action' ? [fact.action] : []))
  if (!done.includes('order_summarized') || done.includes('order_placed')) return []
  if (language === 'en') return ['Shall I place the order?']
  const verb = { tu: 'Confirmas', usted: 'Confirma', vos: 'Confirmás' }[formOfAddress ?? 'tu']
  return [`¿${verb} el pedido?`]
}

function lineText({ facts, shop }: Input, line: Extract<Fact, { kind: 'cart_line' | 'order_line' }>): string {
  const product = facts.find((fact) => fact.kind === 'product' && fact.productId === line.productId)
  const names = product?.kind === 'product' ? product : null
  const title = names?.variants?.find(({ variantId }) => variantId === line.variantId)?.title ?? ''
  const name = [names?.names[0] ?? '', title].filter(Boolean).join(' ')
  return `• ${line.quantity} × ${name}: ${formatMoney(line.total, shop.locale)}`
}

function sumLines({ facts, language, shop }: Input, of: string): string[] {
  const { currency } = shop
  const line = (label: string, amount: number | null, sign = '') =>
    amount === null || (amount === 0 && label !== words[language].total)
      ? []
      : [`${label}: ${sign}${formatMoney({ amount, currency }, shop.locale)}`]
  const subtotal = figure(facts, of, 'subtotal')
  const total = figure(facts, of, 'total')
  return [
    ...line(words[language].subtotal, subtotal === total ? null : subtotal),
    ...line(words[language].discount, figure(facts, of, 'discount'), '-'),
    ...line(words[language].delivery, figure(facts, of, 'delivery')),
    ...line(words[language].total, total),
  ]
}

function figure(facts: readonly Fact[], of: string, role: SumRole): number | null {
  const sum = facts.filter((fact) => fact.kind === 'sum' && fact.of === of && fact.role === role).at(-1)
  return sum?.kind === 'sum' ? sum.money.amount : null
}

function ownLines({ facts, language }: Input, extent: Extent): string[] {
  const own = (of: 'address' | 'name' | 'phone') =>
    facts.flatMap((fact) => (fact.kind === 'customer_text' && fact.of === of ? [fact.text] : [])).at(-1) ?? ''
  const payment = facts
    .flatMap((fact) => (fact.kind === 'shop_text' && fact.topic === 'payment.chosen' ? [fact.text] : []))
    .at(-1)
  const name = [own('name'), own('phone') === '' ? '' : `(${own('phone')})`].filter(Boolean).join(' ')
  const told: [string, string][] = [
    [words[language].to, extent === 'whole' ? own('address') : ''],
    [words[language].name, extent === 'whole' ? name : ''],
    [words[language].payment, payment ?? ''],
  ]
  return told.flatMap(([label, text]) => (text === '' ? [] : [`${label}: ${text}`]))
}
