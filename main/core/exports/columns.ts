import type { ExportKind } from './export.ts'
import type { CustomerRow, LineRow, OrderRow, ProductRow } from './report.ts'

/** What a cell holds: amounts in minor units, rates in basis points, instants as UTC ISO 8601, dates as `YYYY-MM-DD`. */
export type CellType = 'text' | 'integer' | 'amount' | 'rate' | 'instant' | 'date' | 'boolean'
export type CellValue = string | number | null

export interface Column<Row> {
  heading: { es: string; en: string }
  type: CellType
  width: number
  value(row: Row): CellValue
}

function column<Row>(
  es: string,
  en: string,
  type: CellType,
  value: (row: Row) => CellValue,
  width = type === 'text' ? 22 : 14,
): Column<Row> {
  return { heading: { es, en }, type, width, value }
}

const states: Record<string, { es: string; en: string }> = {
  pending: { es: 'pendiente', en: 'pending' },
  processing: { es: 'en preparación', en: 'processing' },
  shipped: { es: 'enviado', en: 'shipped' },
  delivered: { es: 'entregado', en: 'delivered' },
  cancelled: { es: 'cancelado', en: 'cancelled' },
  returned: { es: 'devuelto', en: 'returned' },
  unpaid: { es: 'sin pagar', en: 'unpaid' },
  part: { es: 'pagado en parte', en: 'part paid' },
  paid: { es: 'pagado', en: 'paid' },
  refunded: { es: 'reembolsado', en: 'refunded' },
  delivery: { es: 'a domicilio', en: 'delivery' },
  pickup: { es: 'recogida', en: 'pick-up' },
  none: { es: 'en tienda', en: 'in the shop' },
  chat: { es: 'chat', en: 'chat' },
  counter: { es: 'mostrador', en: 'counter' },
  desk: { es: 'tienda', en: 'shop' },
  api: { es: 'API', en: 'API' },
  available: { es: 'disponible', en: 'available' },
  sold_out: { es: 'agotado', en: 'sold out' },
  discontinued: { es: 'descatalogado', en: 'discontinued' },
  hidden: { es: 'oculto', en: 'hidden' },
  draft: { es: 'borrador', en: 'draft' },
  exact: { es: 'fijo', en: 'fixed' },
  from: { es: 'desde', en: 'from' },
  ask: { es: 'consultar', en: 'on request' },
}

/** A state's name in the reader's language. */
export function stateName(state: string, language: 'es' | 'en'): string {
  return states[state]?.[language] ?? state
}

type Language = 'es' | 'en'

function orderColumns(language: Language): Column<OrderRow>[] {
  const name = (state: string) => stateName(state, language)
  return [
    column('Pedido', 'Order', 'text', (row) => row.number, 12),
    column('Fecha', 'Placed', 'instant', (row) => row.placedAt, 18),
    column('Estado', 'State', 'text', (row) => name(row.state), 16),
    column('Pago', 'Payment', 'text', (row) => name(row.paymentState), 16),
    column('Origen', 'Source', 'text', (row) => name(row.source), 12),
    column('Cliente', 'Customer', 'text', (row) => row.customerName),
    column('Teléfono del cliente', "Customer's phone", 'text', (row) => row.customerPhone, 18),
    column('Correo del cliente', "Customer's e-mail", 'text', (row) => row.customerEmail),
    column('Entrega', 'Delivery', 'text', (row) => name(row.deliveryMethod), 14),
    column('Zona', 'Zone', 'text', (row) => row.zoneName, 14),
    column('Destinatario', 'Recipient', 'text', (row) => row.recipient),
    column('Dirección', 'Address', 'text', (row) => row.address, 30),
    column('Localidad', 'Place', 'text', (row) => row.place),
    column('Teléfono de entrega', 'Delivery phone', 'text', (row) => row.phone, 18),
    column('Día de entrega', 'Delivery day', 'date', (row) => row.slotDate),
    column('Franja', 'Time slot', 'text', (row) => row.slotLabel),
    column('Forma de pago', 'Payment method', 'text', (row) => row.paymentName),
    column('Unidades', 'Pieces', 'integer', (row) => row.pieces),
    column('Subtotal', 'Subtotal', 'amount', (row) => row.subtotal),
    column('Código de descuento', 'Discount code', 'text', (row) => row.discountCode, 16),
    column('Descuento', 'Discount', 'amount', (row) => row.discount),
    column('Envío', 'Delivery fee', 'amount', (row) => row.deliveryFee),
    column('Impuestos', 'Taxes', 'amount', (row) => row.tax),
    column('Total', 'Total', 'amount', (row) => row.total),
    column('Pagado', 'Paid', 'amount', (row) => row.paid),
    column('Devuelto', 'Refunded', 'amount', (row) => row.refunded),
    column('Moneda', 'Currency', 'text', (row) => row.currency, 10),
    column('Nota', 'Note', 'text', (row) => row.note, 30),
  ]
}

function lineColumns(language: Language): Column<LineRow>[] {
  const name = (state: string) => stateName(state, language)
  return [
    column('Pedido', 'Order', 'text', (row) => row.number, 12),
    column('Fecha', 'Placed', 'instant', (row) => row.placedAt, 18),
    column('Estado', 'State', 'text', (row) => name(row.state), 16),
    column('Pago', 'Payment', 'text', (row) => name(row.paymentState), 16),
    column('Cliente', 'Customer', 'text', (row) => row.customerName),
    column('SKU', 'SKU', 'text', (row) => row.sku, 16),
    column('Artículo', 'Item', 'text', (row) => row.name, 30),
    column('Variante', 'Variant', 'text', (row) => row.title),
    column('Cantidad', 'Quantity', 'integer', (row) => row.quantity),
    column('Unidad', 'Unit', 'text', (row) => row.unit, 10),
    column('Precio', 'Price', 'amount', (row) => row.unitPrice),
    column('Precio por', 'Price per', 'integer', (row) => row.unitSize),
    column('Importe', 'Amount', 'amount', (row) => row.total),
    column('Descuento', 'Discount', 'amount', (row) => row.discount),
    column('Tipo de impuesto', 'Tax rate', 'rate', (row) => row.taxRate),
    column('Impuesto', 'Tax', 'amount', (row) => row.tax),
    column('Moneda', 'Currency', 'text', (row) => row.currency, 10),
    column('Nota', 'Note', 'text', (row) => row.note, 30),
  ]
}

function customerColumns(): Column<CustomerRow>[] {
  return [
    column('Nombre', 'Name', 'text', (row) => row.name),
    column('Teléfono', 'Phone', 'text', (row) => row.phone, 18),
    column('Correo', 'E-mail', 'text', (row) => row.email, 28),
    column('Documento', 'National id', 'text', (row) => row.nationalId, 16),
    column('Activo', 'Active', 'boolean', (row) => row.active, 10),
    column('Canales', 'Channels', 'text', (row) => row.channels),
    column('Dirección', 'Address', 'text', (row) => row.address, 30),
    column('Localidad', 'Place', 'text', (row) => row.place),
    column('Pedidos', 'Orders', 'integer', (row) => row.orders),
    column('Comprado', 'Bought', 'amount', (row) => row.spent),
    column('Último pedido', 'Last order', 'instant', (row) => row.lastOrderAt, 18),
    column('Alta', 'Since', 'instant', (row) => row.createdAt, 18),
    column('Notas', 'Notes', 'text', (row) => row.notes, 30),
  ]
}

function productColumns(language: Language): Column<ProductRow>[] {
  const name = (state: string) => stateName(state, language)
  return [
    column('SKU', 'SKU', 'text', (row) => row.sku, 16),
    column('Producto', 'Product', 'text', (row) => row.name, 30),
    column('Variante', 'Variant', 'text', (row) => row.title),
    column('Categoría', 'Category', 'text', (row) => row.category),
    column('Marca', 'Brand', 'text', (row) => row.brand, 16),
    column('Estado', 'State', 'text', (row) => name(row.status), 14),
    column('Tipo de precio', 'Price kind', 'text', (row) => name(row.priceKind), 14),
    column('Precio', 'Price', 'amount', (row) => row.price),
    column('Precio anterior', 'Former price', 'amount', (row) => row.compareAt),
    column('Coste', 'Cost', 'amount', (row) => row.cost),
    column('Unidad', 'Unit', 'text', (row) => row.unit, 10),
    column('Precio por', 'Price per', 'integer', (row) => row.unitSize),
    column('Se cuenta', 'Counted', 'boolean', (row) => row.tracked, 10),
    column('En la tienda', 'On hand', 'integer', (row) => row.onHand),
    column('Reservado', 'Reserved', 'integer', (row) => row.reserved),
    column('Disponible', 'Available', 'integer', (row) => row.available),
    column('Clase de impuesto', 'Tax class', 'text', (row) => row.taxClass, 14),
    column('Código de barras', 'Barcode', 'text', (row) => row.barcode, 18),
    column('Moneda', 'Currency', 'text', (row) => row.currency, 10),
    column('Descripción', 'Description', 'text', (row) => row.description, 40),
  ]
}

/** The columns of each kind of export, and the name of its file and sheet. */
export function columnsOf(what: ExportKind, language: Language) {
  switch (what) {
    case 'orders':
      return orderColumns(language)
    case 'order_lines':
      return lineColumns(language)
    case 'customers':
      return customerColumns()
    case 'products':
      return productColumns(language)
  }
}

export const exportNames: Record<ExportKind, { es: string; en: string }> = {
  customers: { es: 'clientes', en: 'customers' },
  products: { es: 'productos', en: 'products' },
  orders: { es: 'pedidos', en: 'orders' },
  order_lines: { es: 'lineas-de-pedido', en: 'order-lines' },
}
