import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CheckoutDetails, CheckoutField, DetailContext } from './checkout-details.ts'
import { beginsCheckout, readCheckoutDetails } from './checkout-details.ts'
import { matchPayment } from './payment-words.ts'

const payments = [
  { id: 'card', name: 'Tarjeta' },
  { id: 'bizum', name: 'Bizum' },
  { id: 'cash', name: 'Efectivo' },
]
const closed: DetailContext = { open: false, asked: [], payments: [] }
const open = (...asked: CheckoutField[]): DetailContext => ({ open: true, asked, payments })

/** What was told, without what was not. */
function told(text: string, context: DetailContext): Partial<CheckoutDetails> {
  return Object.fromEntries(
    Object.entries(readCheckoutDetails(text, context)).filter(
      ([name, value]) => name !== 'rest' && value !== null && value !== false,
    ),
  )
}

const where = open('place', 'address')
const who = open('name', 'phone')

test.each<[string, DetailContext, Partial<CheckoutDetails>]>([
  // everything at once
  [
    'a domicilio, calle Mayor 3, 2º B, 28013 Madrid, me llamo Ana Pérez, 600 111 222, pago con bizum',
    open('delivery_method'),
    {
      method: 'delivery',
      address: 'calle Mayor 3, 2º B',
      place: '28013 Madrid',
      name: 'Ana Pérez',
      phone: '600 111 222',
      payment: 'bizum',
    },
  ],
  [
    "I'll take a tote, ship it to 45 Church St Apt 2, Burlington, VT 05401. Name's Tom Reed, 802-555-0143, paying with Venmo",
    closed,
    {
      method: 'delivery',
      address: '45 Church St, Apt 2',
      place: 'Burlington, VT 05401',
      name: 'Tom Reed',
      phone: '802-555-0143',
      payment: 'Venmo',
    },
  ],
  [
    'me las mandas a la calle Toledo 25 cuarto derecha en Madrid a nombre de Rosa Marín mi teléfono es el seis cero cero uno dos tres cuatro cinco seis y te pago por bizum',
    closed,
    {
      method: 'delivery',
      address: 'calle Toledo 25, cuarto derecha',
      place: 'Madrid',
      name: 'Rosa Marín',
      phone: '600123456',
      payment: 'bizum',
    },
  ],
  // addresses
  [
    'C/ Gran Vía 22, 4º dcha, Madrid',
    where,
    { method: 'delivery', address: 'C/ Gran Vía 22, 4º dcha', place: 'Madrid' },
  ],
  [
    'Avenida de América nº 25, esc. 2, 4º C, 28002, Madrid',
    where,
    { method: 'delivery', address: 'Avenida de América nº 25, esc. 2, 4º C', place: '28002 Madrid' },
  ],
  ['Carrer de Mallorca 123, 2-1', where, { method: 'delivery', address: 'Carrer de Mallorca 123, 2-1' }],
  ['Mayor 3 2b', open('address'), { method: 'delivery', address: 'Mayor 3, 2b' }],
  [
    'Calle Orizaba 45, Col. Roma Norte, CP 06700',
    where,
    { method: 'delivery', address: 'Calle Orizaba 45', place: 'Roma Norte, CP 06700' },
  ],
  [
    'Av. Insurgentes Sur 1602, Int. 4, Col. Condesa, 06140 CDMX',
    where,
    { method: 'delivery', address: 'Av. Insurgentes Sur 1602, Int. 4', place: 'Condesa, 06140 CDMX' },
  ],
  [
    'a domicilio, Colima 220 interior 3, colonia Roma, México DF',
    open('delivery_method'),
    { method: 'delivery', address: 'Colima 220, interior 3', place: 'Roma, México DF' },
  ],
  [
    'Calle 57 # 12-30 apto 301, Chapinero',
    where,
    { method: 'delivery', address: 'Calle 57 # 12-30, apto 301', place: 'Chapinero' },
  ],
  [
    'Cra 7 No. 45-10 Chapinero, Bogotá',
    where,
    { method: 'delivery', address: 'Cra 7 No. 45-10', place: 'Chapinero, Bogotá' },
  ],
  [
    'Diagonal 45 sur #12-30, Suba',
    where,
    { method: 'delivery', address: 'Diagonal 45 sur #12-30', place: 'Suba' },
  ],
  [
    'Av. Corrientes 1234 3º B, CABA',
    where,
    { method: 'delivery', address: 'Av. Corrientes 1234, 3º B', place: 'CABA' },
  ],
  [
    'mandalo a Gurruchaga 1450 5to A, Palermo',
    open(),
    { method: 'delivery', address: 'Gurruchaga 1450, 5to A', place: 'Palermo' },
  ],
  [
    'deliver to 12 Milsom Street, Flat 4, Bath BA1 1DE',
    open('delivery_method'),
    { method: 'delivery', address: '12 Milsom Street, Flat 4', place: 'Bath BA1 1DE' },
  ],
  [
    '221B Baker Street, London NW1 6XE. Sherlock Holmes 020 7946 0958',
    where,
    {
      method: 'delivery',
      address: '221B Baker Street',
      place: 'London NW1 6XE',
      name: 'Sherlock Holmes',
      phone: '020 7946 0958',
    },
  ],
  [
    'pues a Getafe, calle Madrid 10',
    open('delivery_method'),
    { method: 'delivery', address: 'calle Madrid 10', place: 'Getafe' },
  ],
  ['28013 Madrid', open('place'), { place: '28013 Madrid' }],
  ['en Chapinero, Bogotá', open('place'), { place: 'Chapinero, Bogotá' }],
  ['envíamelo a Las Palmas, Canarias', open(), { method: 'delivery', place: 'Las Palmas, Canarias' }],
  ['a la dirección de siempre', open('delivery_method'), { method: 'delivery', usualAddress: true }],
  // names and telephones
  ['Ana Pérez', who, { name: 'Ana Pérez' }],
  ['ana perez', who, { name: 'Ana Perez' }],
  ['MARIA DE LA O LOPEZ', who, { name: 'Maria de la O Lopez' }],
  ['Nuria Pons 655 444 333', who, { name: 'Nuria Pons', phone: '655 444 333' }],
  ['Guadalupe Torres, cel 55 1234 5678', who, { name: 'Guadalupe Torres', phone: '55 1234 5678' }],
  ['John Smith, +44 7700 900123', who, { name: 'John Smith', phone: '+44 7700 900123' }],
  [
    'a nombre de Catalina Restrepo, celular 3001234567',
    open(),
    { name: 'Catalina Restrepo', phone: '3001234567' },
  ],
  ['soy nueva clienta', who, {}],
  ['asdf qwer zxcv', who, {}],
  ['listo, confirmo', who, {}],
  ['sí', who, {}],
  // ways to pay
  ['te pago con bitcoin', open('payment'), { payment: 'bitcoin' }],
  ['y pago con tarjeta mejor', open(), { payment: 'tarjeta' }],
  ['no, mejor con tarjeta', open(), { payment: 'tarjeta' }],
  ['¿puedo pagar con bizum?', open('payment'), { payment: 'bizum' }],
  ['¿aceptáis efectivo?', open('payment'), {}],
  ['añade una tarjeta regalo', open(), {}],
  // sent or collected
  ['paso a recogerlo yo', open('delivery_method'), { method: 'pickup' }],
  ['entonces paso por ellas', open('delivery_method'), { method: 'pickup' }],
  ['en la tienda', open('delivery_method'), { method: 'pickup' }],
  ['no quiero envío, lo recojo', open(), { method: 'pickup' }],
  ['prefiero que me lo traigan', open('delivery_method'), { method: 'delivery' }],
  ['¿me lo puedes mandar a casa?', open('delivery_method'), { method: 'delivery' }],
  ["I'll pick it up", open('delivery_method'), { method: 'pickup' }],
  ['quisiera saber si puedo recoger en tienda', closed, {}],
  ['hacéis envíos a domicilio', closed, {}],
  ['info sobre el envío', closed, {}],
  ['cuánto es el envío', open('delivery_method'), {}],
  // codes
  ['tengo un código: VERANO10', open(), { code: 'VERANO10' }],
  ['¿y el código VIEJO20?', open(), { code: 'VIEJO20' }],
  ['tengo un cupón', open(), { code: '' }],
  ['sin código entonces', open(), { withoutCode: true }],
  // notes
  ['déjalo con el portero', open(), { note: 'déjalo con el portero' }],
  // wishes for goods are left alone
  ['ponme 2 velas más', open('place', 'address'), {}],
  ['sí, pero dos', open(), {}],
  ['2 tijeras', open('address'), {}],
  ['¿cuánto cuesta la vela grande?', where, {}],
])('%s', (text, context, expected) => {
  expect(told(text, context)).toEqual(expected)
})

test('what is not taken is left for other wishes', () => {
  expect(readCheckoutDetails('ponme también una vela y mándamelo a calle Mayor 3, Madrid', open()).rest).toBe(
    'ponme también una vela',
  )
  expect(
    readCheckoutDetails(
      'quiero una bufanda gris a domicilio: calle Mayor 3, 28013 Madrid. ¿A qué hora abrís?',
      closed,
    ).rest,
  ).toBe('quiero una bufanda gris\n¿A qué hora abrís?')
})

test('a way of delivery or an address begins a checkout, a question does not', () => {
  const begins = (text: string) => beginsCheckout(readCheckoutDetails(text, closed))
  expect(begins('mándamelo a calle Mayor 3, Madrid')).toBe(true)
  expect(begins('lo recojo en la tienda')).toBe(true)
  expect(begins('¿hacéis envíos a Getafe?')).toBe(false)
  expect(begins('me llamo Ana')).toBe(false)
})

test('words mean the one way to pay that they fit', () => {
  const id = (said: string) => matchPayment(said, payments)?.id ?? null
  expect([id('con tarjeta de crédito'), id('cash'), id('BIZUM'), id('bitcoin'), id('card')]).toEqual([
    'card',
    'cash',
    'bizum',
    null,
    'card',
  ])
  expect(matchPayment('transferencia', [{ id: 'spei', name: 'Transferencia SPEI' }])?.id).toBe('spei')
})

const field = fc.constantFrom<CheckoutField>(
  'delivery_method',
  'place',
  'address',
  'name',
  'phone',
  'payment',
  'code',
)
const context = fc.record({
  open: fc.boolean(),
  asked: fc.array(field, { maxLength: 3 }),
  payments: fc.constant(payments),
})
const words = fc.constantFrom(
  'calle',
  'Mayor',
  '3',
  '2º B',
  '28013',
  'Madrid',
  ',',
  '\n',
  '?',
  'me llamo',
  'Ana',
  'Pérez',
  '600111222',
  'pago con',
  'bizum',
  'a domicilio',
  'recojo',
  'ponme',
  'dos velas',
  'sí',
  'no',
  'código',
  'VERANO10',
  '#',
  'Col. Roma',
)

test('any text is read without an error, nothing is invented, nothing is left as a mark', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ maxLength: 200 }),
        fc.array(words, { maxLength: 14 }).map((list) => list.join(' ')),
      ),
      context,
      (text, given) => {
        const details = readCheckoutDetails(text, given)
        expect(details.rest).not.toContain('\u241f')
        const said = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
        for (const value of [details.address, details.place, details.payment, details.note])
          for (const word of value?.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) expect(said).toContain(word)
        if (details.name !== null) {
          expect(details.name.trim()).not.toBe('')
          expect(details.name).not.toMatch(/\d/)
        }
        if (details.phone !== null) expect(details.phone.replace(/\D/g, '').length).toBeGreaterThanOrEqual(7)
      },
    ),
    { numRuns: 500 },
  )
})

test('the same details come whatever order they are told in', () => {
  const pieces = ['calle Mayor 3, 28013 Madrid', 'me llamo Ana Pérez', '600 111 222', 'pago con bizum']
  fc.assert(
    fc.property(
      fc.shuffledSubarray(pieces, { minLength: 4, maxLength: 4 }),
      fc.constantFrom(', ', '\n'),
      (order, link) => {
        expect(told(order.join(link), open('delivery_method'))).toEqual({
          method: 'delivery',
          address: 'calle Mayor 3',
          place: '28013 Madrid',
          name: 'Ana Pérez',
          phone: '600 111 222',
          payment: 'bizum',
        })
      },
    ),
  )
})
