import type { Order } from '../orders/order.ts'
import { priceOrder } from '../selling/pricing.ts'
import type { Quote } from '../tariffs/tariff.ts'

/** Made-up figures for the look of a template. */

const names = {
  es: {
    shirt: 'Camiseta de algodón',
    title: 'M / azul',
    mug: 'Taza de cerámica',
    service: 'Limpieza de sofá',
  },
  en: { shirt: 'Cotton T-shirt', title: 'M / blue', mug: 'Ceramic mug', service: 'Sofa cleaning' },
} as const

interface SampleShop {
  currency: string
  pricesIncludeTax: boolean
  /** Basis points. */
  rate: number
  language: 'es' | 'en'
  at: string
}

export function sampleOrder({ currency, pricesIncludeTax, rate, language, at }: SampleShop): Order {
  const own = names[language]
  const goods = [
    { name: own.shirt, title: own.title, sku: 'CAM-M-AZ', quantity: 2, unitPrice: 1990 },
    { name: own.mug, title: '', sku: 'TAZ-01', quantity: 1, unitPrice: 1250 },
  ]
  const priced = priceOrder({
    lines: goods.map(({ quantity, unitPrice }) => ({
      quantity,
      unitPrice,
      unitSize: 1,
      taxClass: 'standard',
    })),
    deliveryFee: 395,
    discount: { kind: 'percent', value: 1000 },
    taxes: { standard: rate },
    deliveryTax: rate,
    pricesIncludeTax,
  })
  const brief = { currency, total: priced.total, paid: 0, refunded: 0, pieces: 3, revision: 1, seq: 1 }
  return {
    ...brief,
    id: 'sample',
    number: '1001',
    source: 'chat',
    customer: null,
    conversationId: null,
    state: 'pending',
    paymentState: 'unpaid',
    deliveryMethod: 'delivery',
    paymentName: 'Bizum',
    slotLabel: '',
    slotDate: null,
    placedAt: at,
    seenAt: null,
    summaryId: null,
    pricesIncludeTax,
    zoneId: null,
    zoneName: '',
    place: '28013 Madrid',
    address: 'Calle Mayor 3, 2.º B',
    recipient: 'Ana Pérez',
    phone: '600 111 222',
    slotId: null,
    paymentId: null,
    discountCode: 'VERANO10',
    note: '',
    subtotal: priced.subtotal,
    discount: priced.discount,
    deliveryFee: priced.deliveryFee,
    tax: priced.tax,
    taxes: priced.taxes,
    reservedUntil: null,
    paymentWarnedAt: null,
    lines: goods.map((line, index) => ({
      ...line,
      id: String(index),
      productId: null,
      variantId: null,
      quoteId: null,
      unit: 'piece',
      unitSize: 1,
      total: priced.lines[index]?.total ?? 0,
      discount: priced.lines[index]?.discount ?? 0,
      taxClass: 'standard',
      taxRate: rate,
      tax: priced.lines[index]?.tax ?? 0,
      tracked: false,
      note: '',
    })),
    payments: [],
    changes: [],
    documents: [],
    next: [],
  }
}

export function sampleQuote(language: 'es' | 'en', at: string): Quote {
  return {
    id: 'sample',
    seq: 1,
    number: 'Q1001',
    customer: null,
    conversationId: null,
    product: { id: 'sample', name: names[language].service },
    variantId: 'sample',
    answers: {},
    lines: [
      {
        label: { es: 'Desplazamiento y base', en: 'Call-out and base' },
        quantity: null,
        unit: '',
        unitAmount: null,
        amount: 3000,
      },
      { label: { es: 'Plazas', en: 'Seats' }, quantity: 2, unit: '', unitAmount: 850, amount: 1700 },
    ],
    total: 4700,
    priceKind: 'exact',
    validUntil: new Date(Date.parse(at) + 15 * 86_400_000).toISOString(),
    at,
  }
}
