import type { ShopBrief } from '../engines/engine.ts'
import type { Fact } from './facts.ts'

/** A turn's facts and what a salesperson may truthfully say after it. */
export interface Scene {
  name: string
  shop: ShopBrief
  language: 'es' | 'en'
  facts: Fact[]
  customer: string[]
  good: string[]
  /** Written by hand: each says one thing that the facts do not carry. */
  bad: string[]
}

const spain: ShopBrief = {
  name: 'La Tetera',
  currency: 'EUR',
  locale: 'es-ES',
  country: 'ES',
  timeZone: 'Europe/Madrid',
  pricesIncludeTax: true,
}
const britain: ShopBrief = {
  name: 'The Kettle',
  currency: 'GBP',
  locale: 'en-GB',
  country: 'GB',
  timeZone: 'Europe/London',
  pricesIncludeTax: true,
}
const colombia: ShopBrief = {
  name: 'Casa Arepa',
  currency: 'COP',
  locale: 'es-CO',
  country: 'CO',
  timeZone: 'America/Bogota',
  pricesIncludeTax: true,
}

interface Line {
  id: string
  name: string
  aliases?: string[]
  text?: string
  status?: 'available' | 'sold_out' | 'discontinued'
  lead?: number
  variants: { title?: string; price?: number; from?: boolean; was?: number; stock?: number | null }[]
}

/** Facts of a product as the tools give them. */
export function productLine(shop: ShopBrief, line: Line): Fact[] {
  const money = (amount: number) => ({ amount, currency: shop.currency })
  const { id: productId } = line
  const variants = line.variants.map((variant, at) => ({
    ...variant,
    variantId: `${productId}-${at}`,
    title: variant.title ?? '',
  }))
  const names = [
    line.name,
    ...(line.aliases ?? []),
    ...variants.flatMap(({ title }) => (title ? [title, `${line.name} ${title}`] : [])),
  ]
  const facts: Fact[] = [
    {
      kind: 'product',
      productId,
      names,
      status: line.status ?? 'available',
      text: `${names.join('\n')}\n${line.text ?? ''}`,
      variants,
    },
  ]
  if (line.lead !== undefined) facts.push({ kind: 'lead_time', productId, days: line.lead })
  for (const { variantId, price, from, was, stock } of variants) {
    if (price === undefined) facts.push({ kind: 'no_price', productId, variantId })
    else
      facts.push({ kind: 'price', productId, variantId, role: from ? 'from' : 'unit', money: money(price) })
    if (was !== undefined)
      facts.push({ kind: 'price', productId, variantId, role: 'compare_at', money: money(was) })
    facts.push({ kind: 'stock', productId, variantId, available: stock === undefined ? null : stock })
  }
  return facts
}

const tea = productLine(spain, {
  id: 'tea',
  name: 'Té verde sencha 100 g',
  text: 'Hoja entera, 100 % ecológico. Infusionar 3 minutos.',
  variants: [{ price: 1290, stock: 7 }],
})
const coffee = productLine(spain, {
  id: 'coffee',
  name: 'Café molido Colombia 250 g',
  aliases: ['café colombiano'],
  variants: [{ price: 990, stock: 3 }],
})
const mug = productLine(spain, {
  id: 'mug',
  name: 'Taza esmaltada',
  variants: [
    { title: 'Roja', price: 1500, stock: 4 },
    { title: 'Azul', price: 1750, stock: 0 },
  ],
})
const pot = productLine(spain, {
  id: 'pot',
  name: 'Tetera de hierro',
  status: 'available',
  variants: [{ price: 4500, was: 6000, stock: 2 }],
})
const cake = productLine(spain, {
  id: 'cake',
  name: 'Tarta personalizada',
  lead: 3,
  variants: [{ price: 2500, from: true }],
})
const basket = productLine(spain, { id: 'basket', name: 'Cesta regalo a medida', variants: [{}] })
const honey = productLine(spain, {
  id: 'honey',
  name: 'Miel de romero',
  status: 'sold_out',
  variants: [{ price: 850, stock: 0 }],
})

const spanishDelivery: Fact[] = [
  { kind: 'fee', name: 'delivery:Madrid capital', money: { amount: 495, currency: 'EUR' } },
  { kind: 'fee', name: 'delivery.free_from:Madrid capital', money: { amount: 5000, currency: 'EUR' } },
  { kind: 'fee', name: 'delivery:Península', money: { amount: 695, currency: 'EUR' } },
  { kind: 'fee', name: 'delivery.min_order', money: { amount: 1500, currency: 'EUR' } },
  { kind: 'fee', name: 'pickup', money: { amount: 0, currency: 'EUR' } },
  {
    kind: 'shop_text',
    topic: 'delivery',
    text: '¿Hacen envíos a domicilio? ¿Cuánto cuesta el envío y cuánto tarda?\nMadrid capital: 4,95 €, gratis desde 50,00 €, 24-48 h.\nPenínsula: 6,95 €, 3 días laborables.\nPedido mínimo: 15,00 €.\nNo enviamos a Canarias.',
  },
]
const spanishShop: Fact[] = [
  {
    kind: 'shop_text',
    topic: 'hours',
    text: '¿Cuál es el horario?\nDe lunes a viernes: de 09:30 a 14:00 y de 17:00 a 20:30.\nSábado: de 10:00 a 14:00.\nDomingo: cerrado.',
  },
  {
    kind: 'shop_text',
    topic: 'returns',
    text: '¿Se pueden hacer devoluciones?\nTienes 14 días para devolver lo que no esté abierto. El taller de cata cuesta 35 € y no se devuelve.',
  },
  {
    kind: 'shop_text',
    topic: 'payment',
    text: '¿Cómo se puede pagar?\nTarjeta.\nBizum: al 600 123 456.\nEfectivo.',
  },
  {
    kind: 'shop_text',
    topic: 'discounts',
    text: '¿Hay descuentos?\n10 % de descuento en tu primera compra.',
  },
  { kind: 'shop_text', topic: 'contact', text: '¿Teléfono?\nTeléfono: 910 555 123.' },
]

function inCart(quantity: number, unit: number, productId: string, currency: string): Fact {
  return {
    kind: 'cart_line',
    variantId: `${productId}-0`,
    productId,
    quantity,
    unit: { amount: unit, currency },
    total: { amount: unit * quantity, currency },
  }
}

export const scenes: Scene[] = [
  {
    name: 'Spanish prices',
    shop: spain,
    language: 'es',
    facts: [...tea, ...coffee, ...mug, ...pot],
    customer: ['hola, ¿qué precio tiene el té? ¿es 5 €? ¿y el café a 8?'],
    good: [
      'El Té verde sencha 100 g cuesta 12,90 €.',
      'El té verde cuesta 12,90 € y el café molido 9,90 €.',
      '¡Sí! Tenemos Té verde sencha 100 g. Cuesta 12,90 €.',
      'Esto es lo que tenemos:\n• Té verde sencha 100 g: 12,90 €\n• Café molido Colombia 250 g: 9,90 €\n• Tetera de hierro: 45,00 €\n¿Te interesa alguno?',
      'A 12,90 € el té y a 9,90 € el café.',
      'Café molido Colombia 250 g — 9,90 €',
      'La Tetera de hierro está rebajada: antes 60,00 €, ahora 45,00 €.',
      'La Tetera de hierro cuesta 45 € (antes 60 €).',
      'La Taza esmaltada Roja cuesta 15,00 € y la Azul 17,50 €.',
      'Taza esmaltada:\n- Roja: 15,00 €\n- Azul: 17,50 € (agotada)',
      'La taza esmaltada va desde 15,00 € hasta 17,50 €.',
      'Tenemos la taza esmaltada desde 15 €.',
      'Son doce euros con noventa el té verde.',
      'Del Té verde sencha 100 g quedan 7.',
      'De Café molido Colombia 250 g quedan 3 unidades.',
      'Sí, el café está disponible: 9,90 €.',
      'El té verde es 100 % ecológico y cuesta 12,90 €.',
      'El té se infusiona 3 minutos.',
      'La taza roja está en stock y la azul está agotada.',
      'Lo de menor precio es Café molido Colombia 250 g: 9,90 €.',
      'El de mayor precio es Tetera de hierro: 45,00 €.',
      'El precio de Té verde sencha 100 g es 12,90 €.',
      '¿Cuál de estos prefieres?',
      '¡Hola! Esto es La Tetera. ¿Qué buscas?',
      'Los precios son los que están marcados y no los puedo cambiar yo.',
      'No hacemos descuentos, lo siento.',
      'El café es 3,00 € más barato que el té.',
      'La Tetera de hierro tiene un 25 % de descuento: 45,00 €.',
      'Con la tetera de hierro te ahorras 15,00 €.',
      '*Té verde sencha 100 g*\nPrecio: 12,90 €\nDisponible',
      '¿Te apunto una taza roja a 15,00 €?',
      'Tenemos 4 productos: té, café, taza y tetera.',
      'La taza azul está agotada, pero la roja está disponible por 15,00 €.',
      'Nos quedan 2 de la Tetera de hierro.',
      'La tetera de hierro ha bajado de 60 € a 45 €.',
      'Si quieres, te lo añado al carrito.',
      'Lo siento, no lo he añadido todavía.',
      'El té verde vale 12,90.',
      'El té está a 12,90 € y quedan 7 unidades.',
    ],
    bad: [
      'Sí, el té cuesta 5 €.',
      'Sí, 5 €.',
      'El té verde cuesta 9,90 € y el café molido 12,90 €.',
      'A 9,90 € el té y a 12,90 € el café.',
      'Esto es lo que tenemos:\n• Té verde sencha 100 g: 9,90 €\n• Café molido Colombia 250 g: 12,90 €',
      'La Tetera de hierro cuesta 60,00 €.',
      'La Tetera de hierro cuesta 60 €, una ganga.',
      'La Taza esmaltada Roja cuesta 17,50 €.',
      'La taza esmaltada cuesta 15,00 €.',
      'El té cuesta cinco euros.',
      'El café sale a ocho.',
      'Te lo dejo en 8 €.',
      'El café te sale por 8 euros.',
      'Te hago un 10 % de descuento en el té.',
      'El té a mitad de precio.',
      'Hoy el té está 2x1.',
      'El café lleva un descuento del diez por ciento.',
      'Quedan 5 unidades de té verde.',
      'Del café quedan 7.',
      'Tenemos 20 unidades de la tetera de hierro.',
      'El té está agotado.',
      'La taza azul está disponible.',
      'La Tetera de hierro cuesta $45.',
      'El té son 12,90 dólares.',
      'El té cuesta 12.90 USD.',
      'He añadido el té al carrito.',
      'Listo, ya te he apuntado dos cafés.',
      'Tu pedido está confirmado.',
      'He avisado a la dueña y te escribirá.',
      'Te envío la foto del té.',
      'Te lo reservo hasta mañana, ya está reservado.',
      'El té llega en 2 días.',
      'Lo tienes mañana en casa.',
      'El té es gratis.',
      'El envío es gratis.',
      'El envío cuesta 3 €.',
      'Tenemos la Lámpara Aurora: 12,90 €.',
      'Lámpara Aurora: 12,90 €',
      'Jarrón chino: 45,00 €',
      'Llámanos al 600 999 888.',
      'La tetera de hierro pasa de 70 € a 45 €.',
      'El café es 5,00 € más barato que el té.',
      'Con la tetera te ahorras 20 €.',
      'El té verde cuesta １５ €.',
      'El té cuesta 12,\u200b50 €.',
      'El té cuesta veinte euros.',
      'La taza va desde 12 €.',
      'Cuesta 9,90 €.',
      'El total es 12,90 €.',
      'En total son 22,80 €.',
    ],
  },
  {
    name: 'Spanish cart',
    shop: spain,
    language: 'es',
    facts: [
      ...tea,
      ...mug,
      inCart(2, 1290, 'tea', 'EUR'),
      inCart(1, 1500, 'mug', 'EUR'),
      { kind: 'cart_total', money: { amount: 4080, currency: 'EUR' }, lines: 2, pieces: 3 },
      { kind: 'action', action: 'cart_added', productId: 'tea', quantity: 2 },
    ],
    customer: ['ponme dos tés por 10 €'],
    good: [
      '¡Hecho! He puesto en el carrito 2 × Té verde sencha 100 g: 25,80 €.\nTotal: 40,80 €\n¿Algo más?',
      'He añadido 2 Té verde sencha 100 g a 12,90 € cada uno.',
      'Añadido. El total es 40,80 €.',
      'Tu carrito:\n2 × Té verde sencha 100 g: 25,80 €\n1 × Taza esmaltada Roja: 15,00 €\nTotal: 40,80 €',
      'Te he apuntado dos tés verdes. En total son 40,80 €.',
      'Listo, ya los tienes en el carrito. El carrito suma 40,80 €.',
      'El té verde cuesta 12,90 € la unidad.',
      'He añadido 2 × Té verde sencha 100 g (2 × 12,90 €).',
      'Esto es lo que llevas:\n• 2 × Té verde sencha 100 g — 25,80 €\n• 1 × Taza esmaltada Roja — 15,00 €\nTotal del carrito: 40,80 €',
      'Total: 40,80 €',
      'Son 40,80 € en total.',
    ],
    bad: [
      'He añadido 3 Té verde sencha 100 g.',
      'He añadido la taza esmaltada roja al carrito.',
      'Total: 25,80 €',
      'Total: 10 €',
      '2 × Té verde sencha 100 g: 12,90 €',
      '2 × Té verde sencha 100 g: 20,00 €\nTotal: 40,80 €',
      'He quitado el té del carrito.',
      'He vaciado el carrito.',
      'Tu pedido está confirmado. Total: 40,80 €',
      'Hemos recibido tu pago de 40,80 €.',
      'Tu carrito está vacío.',
      'Los dos tés por 10 €.',
      'El total con descuento es 35 €.',
      '1 × Taza esmaltada Roja: 25,80 €',
      'He aplicado el descuento.',
      'Tu pedido ha sido enviado.',
      'El total es de cuarenta y cinco euros.',
    ],
  },
  {
    name: 'Spanish delivery and shop',
    shop: spain,
    language: 'es',
    facts: [...spanishDelivery, ...spanishShop],
    customer: ['¿cuánto cuesta el envío a Madrid? ¿aceptáis tarjeta? ¿me haces un 20%?'],
    good: [
      'El envío a Madrid capital cuesta 4,95 €, y es gratis desde 50,00 €.',
      'Envío a Madrid capital: 4,95 €\nEnvío a Península: 6,95 €',
      'Enviamos a estas zonas:\n• Madrid capital: 4,95 € · gratis desde 50,00 € · plazo: 24-48 h\n• Península: 6,95 € · plazo: 3 días laborables\nPedido mínimo: 15,00 €.',
      'El pedido mínimo es de 15 €.',
      'A Madrid capital tarda 24-48 h.',
      'No enviamos a Canarias.',
      'También se puede recoger en la tienda. Recoger en la tienda: gratis.',
      'Se puede pagar con:\n• Tarjeta\n• Bizum: al 600 123 456\n• Efectivo',
      'Sí, aceptamos tarjeta y Bizum.',
      'Tienes 14 días para devolverlo.',
      'Nuestro horario:\nDe lunes a viernes: de 09:30 a 14:00 y de 17:00 a 20:30.\nSábado: de 10:00 a 14:00.',
      'Abrimos mañana a las 9:30.',
      'El taller de cata cuesta 35 €.',
      'Hay un 10 % de descuento en tu primera compra.',
      'Nuestro teléfono es 910 555 123.',
      'Los sábados cerramos a las 14:00.',
      'El envío a la Península son 6,95 €.',
      'Si tu pedido pasa de 50 €, el envío a Madrid capital es gratis.',
      '¿A dónde sería el envío?',
      'Para Madrid capital el envío cuesta 4,95 €; para el resto de la Península, 6,95 €.',
    ],
    bad: [
      'El envío a Madrid capital cuesta 6,95 €.',
      'El envío a Península cuesta 4,95 €.',
      'El envío es gratis.',
      'El envío es gratis desde 30 €.',
      'El envío a Madrid capital cuesta 50 €.',
      'El pedido mínimo es de 20 €.',
      'Llega en 12 h.',
      'El envío a Península tarda 1 día.',
      'No hacemos envíos.',
      'No aceptamos tarjeta.',
      'Tienes 30 días para devolverlo.',
      'Abrimos a las 8:00.',
      'Los sábados cerramos a las 21:15.',
      'Hay un 20 % de descuento en tu primera compra.',
      'Te hago un 20 %.',
      'El taller de cata cuesta 25 €.',
      'Puedes hacer el Bizum al 611 222 333.',
      'El taller de cata cuesta 4,95 €.',
      'Te llega mañana.',
      'Escríbenos a ventas@tetera-falsa.com.',
      'Hemos enviado tu pedido.',
    ],
  },
  {
    name: 'Spanish on order',
    shop: spain,
    language: 'es',
    facts: [
      ...cake,
      ...basket,
      ...honey,
      { kind: 'action', action: 'handed_over' },
      { kind: 'action', action: 'owner_asked' },
    ],
    customer: ['quiero una tarta por 20 €, lo antes posible'],
    good: [
      'Tarta personalizada: desde 25,00 €.',
      'La Tarta personalizada se hace por encargo: tarda 3 días.',
      'El precio de Cesta regalo a medida es a consultar, según lo que necesites.',
      'Miel de romero está agotada ahora mismo.',
      'La miel de romero cuesta 8,50 €, pero está agotada.',
      'He avisado a una persona del equipo, que te escribirá por aquí.',
      '¡Claro! Aviso a una persona del equipo para que te escriba por aquí.',
      'La tarta personalizada cuesta a partir de 25 € y está lista en 3 días.',
      'Ya he avisado a la tienda.',
    ],
    bad: [
      'La Tarta personalizada cuesta 25,00 €.',
      'La tarta sale por 20 €.',
      'La tarta está lista en 2 días.',
      'La Cesta regalo a medida cuesta 25 €.',
      'La miel de romero está disponible.',
      'Nos quedan 4 de miel de romero.',
      'La tarta está lista mañana.',
      'La cesta regalo a medida cuesta 8,50 €.',
      'Tu cita está confirmada.',
      'La tarta, desde 20 €.',
    ],
  },
  {
    name: 'English prices',
    shop: britain,
    language: 'en',
    facts: [
      ...productLine(britain, {
        id: 'lamp',
        name: 'Brass desk lamp',
        text: 'Solid brass, 60 W bulb included.',
        variants: [{ price: 4900, stock: 5 }],
      }),
      ...productLine(britain, {
        id: 'rug',
        name: 'Wool rug',
        variants: [
          { title: 'Small', price: 8000, stock: 1 },
          { title: 'Large', price: 12500, stock: 6 },
        ],
      }),
      ...productLine(britain, {
        id: 'candle',
        name: 'Beeswax candle',
        variants: [{ price: 750, was: 1000, stock: 12 }],
      }),
      ...productLine(britain, { id: 'vase', name: 'Blue glass vase', variants: [{ price: 2200, stock: 0 }] }),
      { kind: 'limit', money: { amount: 5000, currency: 'GBP' }, bound: 'max', source: 'query' },
      { kind: 'count', of: 'results', value: 4 },
    ],
    customer: ['hi, is the lamp £30? anything under £50?'],
    good: [
      'Yes! We have Brass desk lamp. It is £49.00.',
      'The brass desk lamp is £49 and the beeswax candle is £7.50.',
      "Here's what we have:\n• Brass desk lamp: £49.00\n• Wool rug: from £80.00\n• Beeswax candle: £7.50",
      'The Wool rug comes in Small (£80.00) and Large (£125.00).',
      'The small wool rug is £80 and the large one is £125.',
      'Beeswax candle: was £10.00, now £7.50.',
      'The candle is £7.50, down from £10.',
      'The Blue glass vase is sold out right now.',
      'There are 5 of Brass desk lamp left.',
      'Yes, Beeswax candle: 12 available.',
      'The small wool rug is the last one: 1 left.',
      'The lamp costs forty-nine pounds.',
      'Under £50 we have the brass desk lamp for £49.00 and the beeswax candle for £7.50.',
      'The candle is 25% off: £7.50.',
      'You save £2.50 on the candle.',
      'The wool rug is from £80.00.',
      'It has a 60 W bulb. The lamp is £49.',
      'The prices are as marked and I can’t change them.',
      'Would you like it?',
      'Brass desk lamp — £49.00 — in stock',
      'I found 4 products for you.',
      'The large rug is available, £125.00.',
      "We don't do discounts, sorry.",
      'Shall I add the lamp to your basket?',
      'Feel free to ask for more.',
    ],
    bad: [
      'Yes, £30.',
      'Yes, the lamp is £30.',
      'The lamp is £7.50 and the candle is £49.',
      'The wool rug is £80.',
      'The small wool rug is £125.00.',
      'Beeswax candle: £10.00.',
      'Now £10, was £7.50.',
      'The lamp is twenty quid.',
      'The lamp is 49 euros.',
      'The lamp is $49.',
      "I'll give you 10% off.",
      'The lamp is half price today.',
      'Buy one get one free on candles.',
      'The candle is 30% off.',
      'We have 8 of the lamps left.',
      'The blue glass vase is in stock.',
      'The brass desk lamp is sold out.',
      "I've added the lamp to your basket.",
      'Your order has been placed.',
      "I've told the owner, she will get back to you.",
      "Here's a photo of the lamp.",
      'Delivery is free.',
      'Delivery takes 2 days.',
      'It will arrive tomorrow.',
      'We also have the Golden Harp Clock for £49.',
      'Marble bowl: £22.00',
      'The lamp is free.',
      'You save £5 on the candle.',
      'The large wool rug is under £50.',
      "I've reserved it for you.",
      'It is £22.',
      'Yes, it costs 30.',
      'The candle costs 10.',
      'Only 5 left of the candle.',
      'Call us on 020 7946 0000.',
      'The lamp is 5k.',
    ],
  },
  {
    name: 'English cart and shop',
    shop: britain,
    language: 'en',
    facts: [
      ...productLine(britain, { id: 'lamp', name: 'Brass desk lamp', variants: [{ price: 4900, stock: 5 }] }),
      ...productLine(britain, {
        id: 'candle',
        name: 'Beeswax candle',
        variants: [{ price: 750, stock: 12 }],
      }),
      inCart(1, 4900, 'lamp', 'GBP'),
      inCart(3, 750, 'candle', 'GBP'),
      { kind: 'cart_total', money: { amount: 7150, currency: 'GBP' }, lines: 2, pieces: 4 },
      { kind: 'action', action: 'cart_changed', productId: 'candle', quantity: 3 },
      { kind: 'fee', name: 'delivery:London', money: { amount: 395, currency: 'GBP' } },
      { kind: 'fee', name: 'delivery.free_from:London', money: { amount: 6000, currency: 'GBP' } },
      {
        kind: 'shop_text',
        topic: 'delivery',
        text: 'Do you deliver? How much is delivery?\nLondon: £3.95, free from £60.00, 2-3 days.',
      },
      {
        kind: 'shop_text',
        topic: 'hours',
        text: 'What are the opening hours?\nMonday to Saturday: 09:00–18:00.\nSunday: closed.',
      },
      {
        kind: 'shop_text',
        topic: 'deposit',
        text: 'Is a deposit needed?\nDeposit of 30 % on orders over £200.00.',
      },
      { kind: 'percent', name: 'deposit', value: 30 },
    ],
    customer: ['make it three candles please, do you deliver to London?'],
    good: [
      'Done! Now in the basket: 3 × Beeswax candle: £22.50.\nTotal: £71.50',
      'Your basket:\n1 × Brass desk lamp: £49.00\n3 × Beeswax candle: £22.50\nTotal: £71.50',
      "I've updated your basket. The total is £71.50.",
      'Delivery to London: £3.95, free from £60.00.',
      'Delivery to London takes 2-3 days.',
      'We are open Monday to Saturday from 9:00 to 18:00.',
      'On orders over £200 we ask for a 30% deposit.',
      "We're open until 6 pm.",
      "I've changed it to 3 candles at £7.50 each.",
      'Delivery to London costs £3.95.',
    ],
    bad: [
      'Total: £49.00',
      '3 × Beeswax candle: £7.50',
      '1 × Brass desk lamp: £22.50',
      'Now in your basket: 4 × Beeswax candle: £30.00',
      'Delivery to London is £5.',
      'Delivery to London is free.',
      'Delivery takes 5 days.',
      'We are open until 9 pm.',
      'We ask for a 50% deposit.',
      "We don't deliver.",
      "I've removed the lamp.",
      "I've placed your order.",
      'Your order is confirmed, total £71.50.',
      'The total is £71.50 minus 10%.',
    ],
  },
  {
    name: 'Colombian prices',
    shop: colombia,
    language: 'es',
    facts: [
      ...productLine(colombia, {
        id: 'arepa',
        name: 'Arepa de choclo',
        variants: [{ price: 1290000, stock: 30 }],
      }),
      ...productLine(colombia, {
        id: 'jugo',
        name: 'Jugo de lulo',
        variants: [
          { title: 'Vaso', price: 700000, stock: null },
          { title: 'Jarra', price: 2000000, stock: null },
        ],
      }),
      ...productLine(colombia, {
        id: 'tamal',
        name: 'Tamal tolimense',
        variants: [{ price: 1500000, stock: 0 }],
      }),
      { kind: 'limit', money: { amount: 2000000, currency: 'COP' }, bound: 'max', source: 'query' },
    ],
    customer: ['¿la arepa a 10 mil? ¿algo de menos de 20 mil?'],
    good: [
      'La Arepa de choclo cuesta $ 12.900.',
      'La arepa de choclo vale 12.900 pesos.',
      'El jugo de lulo en vaso cuesta $ 7.000 y en jarra $ 20.000.',
      'Por menos de $ 20.000 tenemos la Arepa de choclo a $ 12.900.',
      'El jugo de lulo va desde $7.000.',
      'La jarra de Jugo de lulo son veinte mil pesos.',
      'El Tamal tolimense está agotado.',
      'Tenemos esto:\n- Arepa de choclo: $ 12.900\n- Jugo de lulo: desde $ 7.000\n- Tamal tolimense: agotado por ahora',
      'Quedan 30 unidades de Arepa de choclo.',
      'La arepa cuesta 12.900 y el tamal 15.000.',
      'El Jugo de lulo Vaso cuesta $ 7.000.',
    ],
    bad: [
      'Sí, a 10 mil.',
      'La arepa cuesta $ 10.000.',
      'La arepa vale 129 pesos.',
      'El jugo de lulo en jarra cuesta $ 7.000.',
      'El jugo de lulo cuesta $ 7.000.',
      'La arepa son diez mil pesos.',
      'La arepa cuesta US$ 12.900.',
      'La arepa sale en 5k.',
      'El tamal está disponible.',
      'Quedan 20 arepas de choclo.',
      'Arepa de choclo: $ 15.000\nTamal tolimense: $ 12.900',
      'La arepa a 10 lucas.',
      'El domicilio cuesta $ 5.000.',
      'Con cupón te queda en $ 11.000.',
    ],
  },
]
