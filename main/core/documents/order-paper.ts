import type { ShopBrief } from '../engines/engine.ts'
import type { Order, OrderLine } from '../orders/order.ts'
import type { TaxShare } from '../selling/pricing.ts'
import type { Paper } from './paper.ts'
import type { PaperFormat } from './paper-format.ts'
import type { DocumentKind, DocumentTemplate } from './template.ts'

/** The shop's own lines on its papers. */
export interface PaperShop extends ShopBrief {
  address: string
  phone: string
}

/** Who an order is for, as the papers say it. */
export interface PaperCustomer {
  name: string
  nationalId: string | null
  phone: string | null
  email: string | null
}

/** A receipt or packing slip of an order. */
export function orderPaper(
  kind: Exclude<DocumentKind, 'quote'>,
  order: Order,
  customer: PaperCustomer | null,
  shop: PaperShop,
  template: DocumentTemplate,
  format: PaperFormat,
): Paper {
  const { texts } = format
  const words = template[format.language][kind]
  const priced = kind === 'receipt'
  const delivered = order.deliveryMethod === 'delivery'
  return {
    kind,
    title: `${words.title} ${order.number}`,
    words,
    colour: template.colour,
    shop: shopLines(shop, template),
    number: `${texts.order} ${order.number}`,
    date: format.date(order.placedAt),
    facts: [
      ...(priced && order.paymentName !== '' ? [{ label: texts.payment, value: order.paymentName }] : []),
      ...(order.slotDate === null
        ? []
        : [{ label: texts.slot, value: `${format.day(order.slotDate)} ${order.slotLabel}`.trim() }]),
    ],
    customer: customerBlock(customer ?? ownCustomer(order), texts.customer),
    delivery:
      order.deliveryMethod === 'none'
        ? null
        : {
            label: texts.deliverTo,
            lines: delivered
              ? [order.recipient, order.address, order.place, order.phone].filter((line) => line !== '')
              : [texts.pickup],
          },
    headings: {
      sku: template.showSku ? texts.sku : null,
      item: texts.item,
      quantity: texts.quantity,
      price: priced ? texts.price : null,
      amount: priced ? texts.amount : null,
    },
    rows: order.lines.map((line) => row(line, format)),
    sums: priced ? sums(order, template, format) : [],
    note: order.note === '' ? null : { label: texts.note, text: order.note },
    terms: words.terms,
    pages: texts.pages,
    language: format.language,
  }
}

export function shopLines(shop: PaperShop, template: DocumentTemplate): Paper['shop'] {
  const legal = template.legal.split('\n').map((line) => line.trim())
  const lines = [...legal, shop.address, shop.phone].filter((line) => line !== '' && line !== shop.name)
  return { name: shop.name, lines: [...new Set(lines)] }
}

export function customerBlock(customer: PaperCustomer | null, label: string): Paper['customer'] {
  if (customer === null) return null
  const lines = [customer.name, customer.nationalId, customer.phone, customer.email].filter(
    (line): line is string => line !== null && line.trim() !== '',
  )
  return lines.length === 0 ? null : { label, lines }
}

function ownCustomer(order: Order): PaperCustomer | null {
  const name = order.recipient || (order.customer?.name ?? '')
  return name === '' ? null : { name, nationalId: null, phone: order.phone || null, email: null }
}

function row(line: OrderLine, format: PaperFormat): Paper['rows'][number] {
  const name = line.title === '' ? line.name : `${line.name} (${line.title})`
  const per = line.unitSize === 1 ? '' : ` / ${format.quantity(line.unitSize, line.unit)}`
  return {
    sku: line.sku ?? '',
    item: line.note === '' ? name : `${name}\n${line.note}`,
    quantity: format.quantity(line.quantity, line.unit),
    price: `${format.money(line.unitPrice)}${per}`,
    amount: format.money(line.total),
  }
}

function sums(order: Order, template: DocumentTemplate, format: PaperFormat): Paper['sums'] {
  const { texts, money } = format
  const plain = (label: string, amount: number) => ({ label, value: money(amount), strong: false })
  const taxes = taxLines(order.taxes, order.pricesIncludeTax, template, format)
  const due = Math.max(0, order.total - order.paid + order.refunded)
  const settled = order.paid > 0 || order.refunded > 0
  return [
    ...(order.discount > 0 || order.deliveryFee > 0 || !order.pricesIncludeTax
      ? [plain(texts.subtotal, order.subtotal)]
      : []),
    ...(order.discount > 0
      ? [plain(`${texts.discount}${order.discountCode ? ` ${order.discountCode}` : ''}`, -order.discount)]
      : []),
    ...(order.deliveryMethod === 'delivery' ? [plain(texts.delivery, order.deliveryFee)] : []),
    // Fetching may cost something too.
    ...(order.deliveryMethod !== 'delivery' && order.deliveryFee > 0
      ? [plain(texts.pickup, order.deliveryFee)]
      : []),
    ...(order.pricesIncludeTax ? [] : taxes),
    { label: texts.total, value: money(order.total), strong: true },
    ...(order.pricesIncludeTax ? taxes : []),
    ...(settled ? [plain(texts.paid, order.paid)] : []),
    ...(order.refunded > 0 ? [plain(texts.refunded, order.refunded)] : []),
    ...(settled && due > 0 && order.paymentState !== 'refunded' ? [plain(texts.due, due)] : []),
  ]
}

/** "IVA 21 % incluido (base 42,17 €)", a line each rate. */
export function taxLines(
  taxes: readonly TaxShare[],
  included: boolean,
  template: DocumentTemplate,
  format: PaperFormat,
): Paper['sums'] {
  if (!template.showTaxes) return []
  const { texts, money } = format
  return taxes
    .filter(({ tax }) => tax !== 0)
    .map(({ rate, base, tax }) => ({
      label: (included ? texts.taxIncluded : texts.taxAdded)
        .replace('{tax}', format.tax)
        .replace('{rate}', format.rate(rate))
        .replace('{base}', money(base)),
      value: money(tax),
      strong: false,
    }))
}
