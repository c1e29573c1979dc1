/** Words on the shop's papers that the owner's template does not hold. */
export interface PaperTexts {
  customer: string
  deliverTo: string
  pickup: string
  sku: string
  item: string
  quantity: string
  price: string
  amount: string
  subtotal: string
  discount: string
  delivery: string
  /** The tax's name: "IVA 21 %". */
  taxIncluded: string
  taxAdded: string
  total: string
  from: string
  paid: string
  refunded: string
  due: string
  payment: string
  validUntil: string
  order: string
  slot: string
  note: string
  needed: string
  answers: string
  yes: string
  no: string
  pages: string
  sample: string
}

export const paperTexts: Readonly<Record<'es' | 'en', PaperTexts>> = {
  es: {
    customer: 'Cliente',
    deliverTo: 'Entrega',
    pickup: 'Recogida en la tienda',
    sku: 'Ref.',
    item: 'Concepto',
    quantity: 'Cantidad',
    price: 'Precio',
    amount: 'Importe',
    subtotal: 'Subtotal',
    discount: 'Descuento',
    delivery: 'Envío',
    taxIncluded: '{tax} {rate} incluido (base {base})',
    taxAdded: '{tax} {rate} (base {base})',
    total: 'Total',
    from: 'Total desde',
    paid: 'Pagado',
    refunded: 'Devuelto',
    due: 'Pendiente',
    payment: 'Forma de pago',
    validUntil: 'Válido hasta',
    order: 'Pedido',
    slot: 'Franja',
    note: 'Nota',
    needed: 'Hará falta',
    answers: 'Datos',
    yes: 'sí',
    no: 'no',
    pages: 'Página {page} de {pages}',
    sample: 'MUESTRA',
  },
  en: {
    customer: 'Customer',
    deliverTo: 'Deliver to',
    pickup: 'Collected at the shop',
    sku: 'SKU',
    item: 'Item',
    quantity: 'Quantity',
    price: 'Price',
    amount: 'Amount',
    subtotal: 'Subtotal',
    discount: 'Discount',
    delivery: 'Delivery',
    taxIncluded: '{tax} {rate} included (of {base})',
    taxAdded: '{tax} {rate} (on {base})',
    total: 'Total',
    from: 'Total from',
    paid: 'Paid',
    refunded: 'Refunded',
    due: 'Due',
    payment: 'Payment method',
    validUntil: 'Valid until',
    order: 'Order',
    slot: 'Time slot',
    note: 'Note',
    needed: "You'll need",
    answers: 'Details',
    yes: 'yes',
    no: 'no',
    pages: 'Page {page} of {pages}',
    sample: 'SAMPLE',
  },
}

/** What the tax on sales is called: IVA where Spanish law names it so, IGV in Peru, ITBIS in the Dominican Republic… */
export function taxName(country: string, language: 'es' | 'en'): string {
  const own: Record<string, string> = { PE: 'IGV', DO: 'ITBIS', PA: 'ITBMS', HN: 'ISV', PR: 'IVU' }
  if (own[country] !== undefined) return own[country]
  if (country === 'GB' || country === 'IE') return 'VAT'
  if (country === 'US') return language === 'es' ? 'Impuesto' : 'Tax'
  return language === 'es' ? 'IVA' : 'VAT'
}

/** What goes before a paper that is sent in the chat. */
export const documentTexts = {
  es: {
    quote: 'Aquí va el presupuesto en PDF.',
    receipt: 'Aquí va el recibo en PDF.',
    packing_slip: 'Aquí va el albarán en PDF.',
  },
  en: {
    quote: "Here's the quote as a PDF.",
    receipt: "Here's the receipt as a PDF.",
    packing_slip: "Here's the packing slip as a PDF.",
  },
} as const
