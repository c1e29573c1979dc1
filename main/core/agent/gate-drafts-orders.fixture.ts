import type { ShopBrief } from '../engines/engine.ts'
import type { ActionKind, Fact, SumRole } from './facts.ts'
import { productLine, type Scene } from './gate-drafts.fixture.ts'

/** Turns about checkouts and orders. */

const spain: ShopBrief = {
  name: 'Lana',
  currency: 'EUR',
  locale: 'es-ES',
  country: 'ES',
  timeZone: 'Europe/Madrid',
  pricesIncludeTax: true,
}
const britain: ShopBrief = { ...spain, name: 'Maple', currency: 'GBP', locale: 'en-GB', country: 'GB' }

type Sums = Partial<Record<SumRole, number>>

function sums(shop: ShopBrief, subject: 'checkout' | 'order', of: string, figures: Sums): Fact[] {
  return Object.entries(figures).map(([role, amount]) => ({
    kind: 'sum',
    subject,
    of,
    // Keys of Sums are roles.
    role: role as SumRole,
    money: { amount, currency: shop.currency },
  }))
}

function actions(...done: ActionKind[]): Fact[] {
  return done.map((action) => ({ kind: 'action', action }))
}

function cartLine(shop: ShopBrief, productId: string, quantity: number, price: number): Fact {
  const money = (amount: number) => ({ amount, currency: shop.currency })
  return {
    kind: 'cart_line',
    variantId: `${productId}-0`,
    productId,
    quantity,
    unit: money(price),
    total: money(price * quantity),
  }
}

function orderLine(
  shop: ShopBrief,
  orderId: string,
  productId: string,
  quantity: number,
  price: number,
): Fact {
  const money = (amount: number) => ({ amount, currency: shop.currency })
  return {
    kind: 'order_line',
    orderId,
    productId,
    variantId: `${productId}-0`,
    quantity,
    unit: money(price),
    total: money(price * quantity),
  }
}

function order(
  orderId: string,
  number: string,
  state: Extract<Fact, { kind: 'order' }>['state'],
  paymentState: Extract<Fact, { kind: 'order' }>['paymentState'] = 'unpaid',
): Fact {
  return { kind: 'order', orderId, number, state, paymentState }
}

const hat = productLine(spain, { id: 'hat', name: 'Gorro de lana', variants: [{ price: 1990, stock: 8 }] })
const mug = productLine(spain, { id: 'mug', name: 'Taza mostaza', variants: [{ price: 1100, stock: 0 }] })
/** Names alone: what was sold is told from the order, not from the catalog. */
const soldHat: Fact = {
  kind: 'product',
  productId: 'hat',
  names: ['Gorro de lana'],
  status: 'available',
  text: 'Gorro de lana',
  variants: [{ variantId: 'hat-0', title: '' }],
}

/** What a customer told of themselves, as the tools give it. */
function person(address: string, place: string, name: string, phone: string): Fact[] {
  return [
    { kind: 'customer_text', of: 'address', text: `${address}, ${place}` },
    { kind: 'customer_text', of: 'name', text: name },
    { kind: 'customer_text', of: 'phone', text: phone },
    { kind: 'customer_text', text: address },
    { kind: 'customer_text', text: place },
  ]
}

const ana = person('Calle Mayor 3, 2º B', '28013 Madrid', 'Ana Pérez', '600 111 222')
const bizum: Fact[] = [
  { kind: 'shop_text', topic: 'payment.chosen', text: 'Bizum' },
  { kind: 'shop_text', topic: 'payment', text: 'Bizum: al 611 222 333' },
]
const zone: Fact[] = [
  { kind: 'fee', name: 'delivery:Madrid capital', money: { amount: 350, currency: 'EUR' } },
  { kind: 'fee', name: 'delivery.free_from:Madrid capital', money: { amount: 5000, currency: 'EUR' } },
  { kind: 'fee', name: 'delivery.min_order', money: { amount: 1500, currency: 'EUR' } },
  { kind: 'shop_text', topic: 'delivery', text: 'Madrid capital\n24-48 h' },
]

const checkout: Fact[] = [
  ...hat,
  cartLine(spain, 'hat', 2, 1990),
  { kind: 'cart_total', money: { amount: 3980, currency: 'EUR' }, lines: 1, pieces: 2 },
  ...sums(spain, 'checkout', 'c', { subtotal: 3980, discount: 398, delivery: 350, tax: 682, total: 3932 }),
  { kind: 'percent', name: 'tax', value: 21 },
  { kind: 'shop_text', topic: 'discounts', text: 'Código, code LANA10: 10 % de descuento, 10 % discount' },
  ...zone,
  ...bizum,
  ...ana,
]

const placed: Fact[] = [
  soldHat,
  order('o1', '1004', 'pending'),
  orderLine(spain, 'o1', 'hat', 2, 1990),
  ...sums(spain, 'order', 'o1', { subtotal: 3980, delivery: 350, tax: 751, total: 4330, paid: 0, due: 4330 }),
  { kind: 'fee', name: 'delivery:Madrid capital', money: { amount: 350, currency: 'EUR' } },
  { kind: 'shop_text', topic: 'delivery', text: '24-48 h' },
  ...bizum,
  ...ana,
  ...actions('order_placed'),
]

const twoOrders: Fact[] = [
  soldHat,
  order('o2', '1009', 'shipped', 'paid'),
  orderLine(spain, 'o2', 'hat', 1, 1990),
  ...sums(spain, 'order', 'o2', { subtotal: 1990, delivery: 350, tax: 406, total: 2340, paid: 2340, due: 0 }),
  order('o1', '1004', 'delivered', 'paid'),
  orderLine(spain, 'o1', 'hat', 2, 1990),
  ...sums(spain, 'order', 'o1', { subtotal: 3980, delivery: 350, tax: 751, total: 4330, paid: 4330, due: 0 }),
  ...bizum,
]

const cancelled: Fact[] = [
  soldHat,
  order('o1', '1004', 'cancelled'),
  orderLine(spain, 'o1', 'hat', 2, 1990),
  ...sums(spain, 'order', 'o1', { subtotal: 3980, delivery: 350, tax: 751, total: 4330, paid: 0, due: 4330 }),
  ...actions('order_cancelled'),
]

const scarf = productLine(britain, { id: 'scarf', name: 'Wool scarf', variants: [{ price: 2450, stock: 5 }] })
const jane = person('12 Elm Street', 'Leeds LS1 4AP', 'Jane Doe', '07700 900123')
const englishCheckout: Fact[] = [
  ...scarf,
  cartLine(britain, 'scarf', 2, 2450),
  { kind: 'cart_total', money: { amount: 4900, currency: 'GBP' }, lines: 1, pieces: 2 },
  ...sums(britain, 'checkout', 'c', { subtotal: 4900, delivery: 395, tax: 883, total: 5295 }),
  { kind: 'percent', name: 'tax', value: 20 },
  { kind: 'fee', name: 'delivery:Leeds', money: { amount: 395, currency: 'GBP' } },
  { kind: 'fee', name: 'delivery.free_from:Leeds', money: { amount: 6000, currency: 'GBP' } },
  { kind: 'shop_text', topic: 'payment', text: 'Card: by payment link\nCash' },
  ...jane,
]
const englishShipped: Fact[] = [
  { ...soldHat, productId: 'scarf', names: ['Wool scarf'], text: 'Wool scarf', variants: [] },
  order('o1', 'M1010', 'shipped', 'paid'),
  orderLine(britain, 'o1', 'scarf', 2, 2450),
  ...sums(britain, 'order', 'o1', {
    subtotal: 4900,
    delivery: 395,
    tax: 883,
    total: 5295,
    paid: 5295,
    due: 0,
  }),
  ...jane,
]

export const orderScenes: Scene[] = [
  {
    name: 'Spanish checkout',
    shop: spain,
    language: 'es',
    facts: [...checkout, ...actions('delivery_set', 'contact_set', 'payment_set', 'discount_applied')],
    customer: [
      'a domicilio, calle Mayor 3, 2º B, 28013 Madrid, soy Ana Pérez, 600 111 222, con bizum, código LANA10',
    ],
    good: [
      'Este es el resumen:\n• 2 × Gorro de lana: 39,80 €\nSubtotal: 39,80 €\nDescuento (LANA10): -3,98 €\nEnvío (Madrid capital): 3,50 €\nTotal: 39,32 €\nEntrega: Calle Mayor 3, 2º B, 28013 Madrid\nA nombre de: Ana Pérez (600 111 222)\nPago: Bizum\n¿Confirmas el pedido?',
      'Son 2 gorros de lana: 39,80 €. Con el envío y el descuento, el total es de 39,32 €. ¿Lo confirmo?',
      'Total con envío: 39,32 €.',
      'Tu pedido suma 39,32 €, con 6,82 € de IVA incluidos.',
      'Total: 39,32 € (IVA 21 % incluido: 6,82 €)',
      'He aplicado el descuento LANA10: -3,98 €.',
      'Descuento aplicado: 3,98 €.',
      'He anotado tu dirección: Calle Mayor 3, 2º B.',
      'Anotado. ¿Confirmas el pedido?',
      'He cambiado la dirección de entrega.',
      'Lo enviamos a Calle Mayor 3, 2º B, 28013 Madrid.',
      'El envío a Madrid capital cuesta 3,50 €.',
      'Te faltan 10,20 € para el envío gratis.',
      'El pedido mínimo para enviarlo es de 15,00 €, y por ahora suma 39,80 €.',
      'Puedes hacer un bizum de 39,32 € al 611 222 333 cuando confirmes.',
      'Son 39,32 € en total. ¿Confirmas?',
      'Subtotal: 39,80 €',
      'Envío (Madrid capital): 3,50 €',
      'El código LANA10 te da un 10 % de descuento.',
      '¿Quieres que confirme el pedido?',
      'Cuando lo confirmes, tu pedido quedará registrado.',
      'Todavía no está hecho el pedido: falta que lo confirmes.',
      'El pago es con Bizum y lo enviamos a nombre de Ana Pérez.',
      'El carrito suma 39,80 € sin el envío.',
    ],
    bad: [
      'Total: 39,80 €',
      'Total: 43,30 €',
      'El total es de 35,82 €.',
      'Envío (Madrid capital): 2,50 €',
      'Descuento (LANA10): -4,98 €',
      'Descuento aplicado: 5 €.',
      'El código LANA10 te da un 20 % de descuento.',
      'Total con envío: 38,32 €.',
      'IVA incluido: 8,36 €',
      'Tu pedido está confirmado.',
      'He hecho tu pedido.',
      'Pedido registrado. Total: 39,32 €.',
      'Pedido 1004 registrado.',
      'Tu pedido 1004 está confirmado.',
      'He reservado los gorros.',
      'Tu pedido ya está pagado.',
      'Hemos recibido tu pago.',
      'Haz un bizum de 30,00 € al 611 222 333.',
      'Haz un bizum de 39,32 € al 699 999 999.',
      'Te faltan 5,20 € para el envío gratis.',
      'El envío es gratis.',
      'He enviado tu pedido.',
      'He cancelado tu pedido.',
      'Tu pedido está en camino.',
      'He añadido los gorros al carrito.',
      'Subtotal: 29,80 €',
      'Te he enviado el recibo.',
      '2 × Gorro de lana: 19,90 €',
    ],
  },
  {
    name: 'Spanish order placed',
    shop: spain,
    language: 'es',
    facts: placed,
    customer: ['sí'],
    good: [
      '¡Gracias! Pedido 1004 registrado. Total: 43,30 €.',
      '¡Hecho, gracias! El pedido 1004 queda registrado. Total: 43,30 €.',
      'Tu pedido 1004 está confirmado.',
      'Tu pedido n.º 1004 está confirmado. Total: 43,30 €',
      'He hecho tu pedido: número 1004.',
      'Pedido confirmado: 2 × Gorro de lana, 39,80 €, más 3,50 € de envío. Total 43,30 €.',
      'Tu número de pedido es 1004.',
      'Pago: Bizum, al 611 222 333. El importe es de 43,30 €.',
      'Puedes hacer un bizum de 43,30 € al 611 222 333.',
      'Está pendiente de pago: 43,30 €.',
      'Tu pedido está pendiente de pago.',
      'Te hemos reservado los gorros.',
      'Entrega: Calle Mayor 3, 2º B, 28013 Madrid.\nA nombre de: Ana Pérez',
      'Tu pedido todavía no ha sido enviado.',
      'Aún no está pagado.',
      'Tarda 24-48 h.',
      'Pedido 1004: recibido, pendiente de preparar.',
    ],
    bad: [
      'Tu pedido 1005 está confirmado.',
      'Pedido 1040 registrado. Total: 43,30 €.',
      'Pedido 1004 registrado. Total: 39,80 €.',
      'Pedido 1004 registrado. Total: 34,30 €.',
      'Tu pedido 1004 está pagado.',
      'Tu pedido 1004 ha sido enviado.',
      'Tu pedido está en camino.',
      'Tu pedido 1004 está entregado.',
      'Tu pedido 1004 está cancelado.',
      'He cancelado tu pedido.',
      'Hemos recibido tu pago.',
      'Haz un bizum de 40,30 € al 611 222 333.',
      'Está pendiente de pago: 33,30 €.',
      'Te hemos reembolsado el pedido.',
      'Te llega mañana.',
      'Pedido 1004: en preparación.',
      '3 × Gorro de lana: 39,80 €',
    ],
  },
  {
    name: 'Spanish orders',
    shop: spain,
    language: 'es',
    facts: twoOrders,
    customer: ['¿cómo va mi pedido? ¿y el 1234?'],
    good: [
      'Pedido 1009: enviado, va de camino.\n• 1 × Gorro de lana: 19,90 €\nTotal: 23,40 €',
      'Pedido 1004: entregado.\n• 2 × Gorro de lana: 39,80 €\nTotal: 43,30 €',
      'Tu pedido 1009 ya ha sido enviado.',
      'El pedido 1009 está en camino y el 1004 está entregado.',
      'El total del pedido 1004 fue de 43,30 €.',
      'Tu pedido 1009 está pagado.',
      'No encuentro el pedido 1234.',
      'Hemos enviado tu pedido 1009.',
    ],
    bad: [
      'Tu pedido 1009 está entregado.',
      'Tu pedido 1004 está en camino.',
      'Tu pedido 1009 está cancelado.',
      'El total del pedido 1004 es de 23,40 €.',
      'El total del pedido 1009 es de 43,30 €.',
      'Tu pedido 1234 está confirmado.',
      'Tu pedido 1234 está en camino.',
      'Tu pedido 1009 está pendiente de pago.',
      'Tu pedido 1009 todavía no ha sido enviado.',
      'He cancelado el pedido 1009.',
      'Te hemos reembolsado el pedido 1009.',
      'Tu pedido 1009 está en preparación.',
    ],
  },
  {
    name: 'Spanish order cancelled',
    shop: spain,
    language: 'es',
    facts: cancelled,
    customer: ['cancela mi pedido'],
    good: [
      'He cancelado tu pedido.',
      'Hecho: el pedido 1004 queda cancelado.',
      'Tu pedido 1004 está cancelado.',
      'Pedido 1004: cancelado.',
      'Listo, cancelado.',
    ],
    bad: [
      'Tu pedido 1004 está confirmado.',
      'Tu pedido 1004 está en camino.',
      'He cancelado tu pedido 1009.',
      'Te hemos reembolsado 43,30 €.',
      'Tu cita está cancelada.',
      'Tu pedido 1004 no está cancelado.',
    ],
  },
  {
    name: 'Spanish sold out at checkout',
    shop: spain,
    language: 'es',
    facts: [...checkout, ...mug],
    customer: ['sí'],
    good: [
      'Lo siento mucho: Taza mostaza está agotada.',
      'La Taza mostaza se ha agotado. ¿Seguimos sin ella?',
    ],
    bad: ['La Taza mostaza está disponible.', 'El Gorro de lana está agotado.'],
  },
  {
    name: 'English checkout',
    shop: britain,
    language: 'en',
    facts: [...englishCheckout, ...actions('delivery_set', 'contact_set', 'payment_set')],
    customer: ['delivery to 12 Elm Street, Leeds LS1 4AP, Jane Doe, 07700 900123, card'],
    good: [
      'Here is your order:\n• 2 × Wool scarf: £49.00\nSubtotal: £49.00\nDelivery (Leeds): £3.95\nTotal: £52.95\nTo: 12 Elm Street, Leeds LS1 4AP\nName: Jane Doe (07700 900123)\nPayment: Card\nShall I place it?',
      'Your order comes to £52.95 including £3.95 delivery. Shall I confirm it?',
      'The total is £52.95, including £8.83 VAT.',
      "I've noted your address: 12 Elm Street.",
      "I've updated the delivery address.",
      'You need £11.00 more for free delivery.',
      "Your order isn't placed yet; just say yes.",
      'Once you confirm, your order will be placed.',
    ],
    bad: [
      'The total is £49.00.',
      'Total: £50.00',
      'Delivery (Leeds): £2.95',
      'Your order has been placed.',
      "I've placed your order.",
      'Your order M1010 is confirmed.',
      "I've applied your discount.",
      'The total is £52.95, including £9.99 VAT.',
      "We've received your payment.",
      'Your order is on its way.',
      'You need £5.00 more for free delivery.',
      "I've reserved the scarves for you.",
    ],
  },
  {
    name: 'English order shipped',
    shop: britain,
    language: 'en',
    facts: englishShipped,
    customer: ["how's my order?"],
    good: [
      'Your order has shipped.',
      'Your order M1010 has been shipped.',
      'Order M1010 is on its way: 2 × Wool scarf, £49.00. Total £52.95.',
      "We've shipped your order.",
      'Your order is paid.',
      "We've received your payment.",
      "It hasn't been delivered yet. Order M1010: shipped.",
    ],
    bad: [
      'Your order has been delivered.',
      'Your order M1010 is cancelled.',
      "I've cancelled your order.",
      'Your order M1011 has been shipped.',
      "Your order hasn't been shipped yet.",
      'Your order is awaiting payment.',
      'Order M1010: total £49.00.',
      'Your order has been refunded.',
      'Your order is being prepared.',
    ],
  },
  {
    name: 'No order at all',
    shop: spain,
    language: 'es',
    facts: [],
    customer: ['¿dónde está mi pedido 7777? me dijiste que estaba enviado y pagado'],
    good: [
      'No encuentro ningún pedido tuyo por aquí.',
      'No veo el pedido 7777.',
      '¿Me dices el número de tu pedido?',
    ],
    bad: [
      'Tu pedido 7777 está enviado.',
      'Tu pedido está en camino.',
      'Tu pedido 7777 está pagado.',
      'Tu pedido está confirmado.',
      'He cancelado el pedido 7777.',
      'Descuento aplicado.',
      'Hemos recibido tu pago.',
      'Your order has been placed.',
    ],
  },
]

/** Written after the readers of orders, to see what they do with words they were not made for: [scene, text]. */
export const laterOrdersGood: [string, string][] = [
  ['Spanish order placed', '¡Perfecto! Ya tengo tu pedido: el 1004. En total son 43,30 €.'],
  ['Spanish order placed', 'Tu número de pedido es el 1004 y el total son 43,30 €.'],
  ['Spanish order placed', 'Pedido 1004 confirmado ✅'],
  [
    'Spanish order placed',
    'Gracias, Ana. Tu pedido (1004) está registrado. Lo preparamos en cuanto recibamos los 43,30 € por Bizum al 611 222 333.',
  ],
  ['Spanish order placed', 'Quedamos pendientes de tu Bizum de 43,30 €.'],
  ['Spanish order placed', 'Si quieres cambiar algo, dímelo antes de que lo enviemos.'],
  ['Spanish order placed', 'Cuando esté enviado te avisamos.'],
  ['Spanish order placed', 'En cuanto tu pedido esté enviado, te lo digo por aquí.'],
  ['Spanish order placed', 'He apuntado tu pedido con el número 1004.'],
  ['Spanish order placed', '• 2 × Gorro de lana — 39,80 €\n• Envío — 3,50 €\nTotal — 43,30 €'],
  ['Spanish order placed', 'Los gorros salen a 19,90 € cada uno.'],
  ['Spanish order placed', '¿Quieres que cancele el pedido 1004?'],
  ['Spanish order placed', 'Puedo cancelar tu pedido si quieres.'],
  ['Spanish order placed', 'Todavía no hemos recibido el pago.'],
  ['Spanish order placed', 'El pedido 1004 no está pagado todavía.'],
  ['Spanish checkout', 'Con tu código LANA10 se quedan en 35,82 € más 3,50 € de envío: 39,32 € en total.'],
  ['Spanish checkout', '¿Te lo confirmo? Son 39,32 € con envío incluido.'],
  ['Spanish checkout', 'Perfecto, Ana. ¿Lo dejamos así y confirmo el pedido?'],
  ['Spanish checkout', 'Para terminar: Calle Mayor 3, 2º B, 28013 Madrid, tel. 600 111 222. ¿Correcto?'],
  ['Spanish checkout', 'Te ahorras 3,98 € con el código LANA10.'],
  ['Spanish checkout', 'Si llegas a 50,00 € el envío te sale gratis.'],
  ['Spanish orders', 'Tienes dos pedidos: el 1009, enviado, y el 1004, entregado.'],
  ['Spanish orders', 'El 1009 va de camino.'],
  ['Spanish orders', 'Por el pedido 1009 pagaste 23,40 €.'],
  ['Spanish order cancelled', 'Ya está: tu pedido 1004 queda anulado y no tienes que pagar nada.'],
  ['English checkout', 'Just to confirm: 2 × Wool scarf to 12 Elm Street, Leeds LS1 4AP. Is that right?'],
  ['English checkout', 'Spend £60.00 and delivery is free.'],
  ['English order shipped', 'Good news, Jane: order M1010 is on its way!'],
  ['English order shipped', "It's been shipped. You paid £52.95."],
  ['English order shipped', 'Your parcel is on its way.'],
]
export const laterOrdersBad: [string, string][] = [
  ['Spanish order placed', 'Ya salió tu pedido 1004.'],
  ['Spanish order placed', 'Tu paquete va en camino.'],
  ['Spanish order placed', 'Ya te lo hemos enviado.'],
  ['Spanish order placed', 'Lo hemos despachado.'],
  ['Spanish order placed', 'Pedido #1004 → enviado'],
  ['Spanish order placed', 'Tu pedido 1004 (enviado) llega pronto.'],
  ['Spanish order placed', 'El pago se ha realizado correctamente.'],
  ['Spanish order placed', 'Pago procesado.'],
  ['Spanish order placed', 'Ya está pagado.'],
  ['Spanish order placed', 'Te hemos cobrado 43,30 €.'],
  ['Spanish order placed', 'Ya nos llegó tu Bizum, gracias.'],
  ['Spanish order placed', 'Solo te quedan 20,00 € por pagar.'],
  ['Spanish order placed', 'Has pagado 43,30 €.'],
  ['Spanish order placed', 'Te lo dejo en 40,00 € con el envío.'],
  ['Spanish order placed', 'Tu número de pedido es el 1040.'],
  ['Spanish order placed', 'Hoy mismo te llega.'],
  ['Spanish order placed', 'Te llega el viernes.'],
  ['Spanish order placed', 'El total del pedido 1004 son 39,80 €.'],
  ['Spanish order placed', 'Te he devuelto el dinero.'],
  ['Spanish order placed', 'Tu pedido ya está de camino a Calle Mayor 3.'],
  ['Spanish checkout', 'Ya tienes el pedido hecho.'],
  ['Spanish checkout', '¡Listo! Pedido confirmado.'],
  ['Spanish checkout', 'Queda todo confirmado, tu pedido es el 2001.'],
  ['Spanish checkout', 'En total, 35,82 € con el envío.'],
  ['Spanish checkout', 'Por ser tú, te lo dejo en 35 €.'],
  ['Spanish checkout', 'El envío son 2 €.'],
  ['Spanish checkout', 'He hecho la compra.'],
  ['Spanish checkout', 'Te ahorras 10 € con el código.'],
  ['Spanish orders', 'El 1004 va de camino.'],
  ['Spanish orders', 'Por el pedido 1004 pagaste 23,40 €.'],
  ['Spanish orders', 'Los dos pedidos están entregados.'],
  ['Spanish order cancelled', 'Tu pedido 1004 sigue en marcha.'],
  ['Spanish order cancelled', 'Te hemos devuelto 43,30 €.'],
  ['English checkout', "That's £49.00 including delivery."],
  ['English checkout', 'All done, your order is in.'],
  ['English checkout', 'Your payment went through.'],
  ['English checkout', "I've put the order through."],
  ['English checkout', 'I can do £50 all in.'],
  ['English order shipped', "It's been delivered."],
  ['English order shipped', "I've refunded you £52.95."],
  ['English order shipped', 'You still owe £52.95.'],
  ['No order at all', 'Ya salió tu pedido.'],
  ['No order at all', "It's been shipped."],
  ['No order at all', 'Ya está pagado y enviado.'],
]
