import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { KnownPersonalData } from '../engines/engine.ts'
import type { PromptedConversation, PromptMessage } from '../engines/prompted/prompt.ts'
import type { JsonValue } from '../json.ts'
import { redact } from './redaction.ts'

const nobody: KnownPersonalData = { names: [], phones: [], emails: [], addresses: [], nationalIds: [] }

function conversation(messages: PromptMessage[], head = 'You sell.'): PromptedConversation {
  return { version: 'v', head, messages }
}

function said(text: string, known: Partial<KnownPersonalData> = {}, head?: string) {
  const redaction = redact(conversation([{ role: 'user', text }], head), { ...nobody, ...known })
  const [message] = redaction.conversation.messages
  return { redaction, text: message?.role === 'user' ? message.text : '' }
}

const ana: KnownPersonalData = {
  names: ['Ana María Pérez Gómez'],
  phones: ['+34 600 111 222'],
  emails: ['ana.perez@example.com'],
  addresses: ['Calle Mayor 12, 3º B'],
  nationalIds: ['12345678Z'],
}

test.each([
  'Soy Ana María Pérez Gómez',
  'soy ana maria perez gomez',
  'Ana Pérez, gracias',
  'De parte de Ana',
  'ANA aquí',
  'la señora Pérez Gómez',
  'mi tel es 600111222',
  '600 11 12 22',
  '+34600111222',
  '0034 600-111-222',
  '(+34) 600.111.222',
  'escribe a ANA.PEREZ@example.com',
  'calle mayor, 12 3º b',
  'c. Calle Mayor 12',
  'dni 12.345.678-z',
  'wa.me/34600111222',
])('what is known does not leave: %s', (text) => {
  const { text: left, redaction } = said(text, ana)
  expect(left).toMatch(/\[(?:NAME|PHONE|EMAIL|ADDRESS|ID)_\d+\]/)
  expect(left.toLowerCase()).not.toMatch(/ana\b|mar[ií]a|p[eé]rez|g[oó]mez|600.?11|mayor|12.?345/)
  expect(redaction.restore(left)).toBe(text)
})

test.each([
  ['Mándalo al 612 345 678', 'PHONE'],
  ['612345678', 'PHONE'],
  ['mi móvil: 612-34-56-78', 'PHONE'],
  ['91 123 45 67', 'PHONE'],
  ['Escríbeme al 55 1234 5678', 'PHONE'],
  ['mi cel 3001234567', 'PHONE'],
  ['+52 1 55 1234 5678', 'PHONE'],
  ['+57 300 123 4567', 'PHONE'],
  ['+54 9 11 1234-5678', 'PHONE'],
  ['11 15-1234-5678', 'PHONE'],
  ['+51 987 654 321', 'PHONE'],
  ['+56 9 8765 4321', 'PHONE'],
  ['call me at (212) 555-0123', 'PHONE'],
  ['212-555-0123', 'PHONE'],
  ['+1 212.555.0123', 'PHONE'],
  ['07911 123456', 'PHONE'],
  ['020 7946 0958', 'PHONE'],
  ['+44 7911 123 456', 'PHONE'],
  ['whatsapp 555 0123', 'PHONE'],
  ['5491112345678', 'PHONE'],
  ['luis_87+tienda@correo.com.mx', 'EMAIL'],
  ['luis punto gomez arroba gmail punto com', 'EMAIL'],
  ['12345678Z', 'ID'],
  ['X1234567L', 'ID'],
  ['DNI 87654321', 'ID'],
  ['cédula 1.020.304.050', 'ID'],
  ['GOMC850101HDFRRL09', 'ID'],
  ['mi RFC es GOMC850101AB1', 'ID'],
  ['20-12345678-6', 'ID'],
  ['12.345.678-5', 'ID'],
  ['536-90-4399', 'ID'],
  ['QQ 12 34 56 C', null],
  ['AB 12 34 56 C', 'ID'],
  ['ES91 2100 0418 4502 0005 1332', 'ID'],
  ['GB82WEST12345698765432', 'ID'],
  ['4111 1111 1111 1111', 'ID'],
  ['Vivo en la calle de Alcalá 45, 2º izq, Madrid', 'ADDRESS'],
  ['Avda. de la Constitución, 8', 'ADDRESS'],
  ['c/ Sol 3 1ºA', 'ADDRESS'],
  ['Cra 7 # 12-34 apto 301', 'ADDRESS'],
  ['Av. Insurgentes Sur 1602, Col. Crédito', 'ADDRESS'],
  ['mi dirección es Los Plátanos 2330', 'ADDRESS'],
  ['221B Baker Street', 'ADDRESS'],
  ['415 Oak Ave apt 4', 'ADDRESS'],
  ['send it to 7 Kirkgate, Leeds', 'ADDRESS'],
  ['10 Park Place, London', 'ADDRESS'],
  ['a domicilio, Colima 220 interior 3, colonia Roma', 'ADDRESS'],
  ['me lo mandas a la calle Toledo 25 cuarto derecha', 'ADDRESS'],
  ['seis cero cero uno dos tres cuatro cinco seis', 'PHONE'],
  ['me llamo Joaquín Vélez', 'NAME'],
  ['me llamo joaquin velez', 'NAME'],
  ['My name is Oliver Twain', 'NAME'],
  ['a nombre de Lucía', 'NAME'],
  ['Soy Joaquín', 'NAME'],
])('what looks like it does not leave: %s', (text, kind) => {
  const { text: left, redaction } = said(text)
  if (kind === null) expect(left).toBe(text)
  else {
    expect(left).toContain(`[${kind}_1]`)
    expect(redaction.count).toBe(1)
  }
  expect(redaction.restore(left)).toBe(text)
})

const figures = [
  'Cuesta 12,50 € o 1.299,00 €',
  '¿son 300 000 pesos?',
  'presupuesto de 600.000.000 COP',
  'tengo $ 600 000 000',
  'Quiero 2 de la SKU 4006381333931',
  'código de barras 8410076472885',
  '8410076472885',
  'pedido 1024',
  'pedido nº 612345678',
  'order #2125550123',
  'my order number is 212-555-0123',
  'REF-20260302-001',
  'id 01890a5d-ac96-774b-bcce-b302099a8057',
  'el 12/05/2026 a las 18:30',
  'el 2026-05-12, 10:00-14:00',
  '12-05-2026',
  'de 9:30 a 13:30 y de 17 a 20',
  'talla 38, 40 y 42',
  'camiseta rosa de 100 % algodón',
  'cable de 2 m y 1,5 mm',
  'tv Samsung 55 pulgadas',
  'agujas circulares 4 mm',
  '2 black square pillows',
  '3 place mats',
  'plaza de toros en miniatura',
  '10 20 30 40 50 unidades',
  'iPhone 15 Pro 256GB',
  'Galaxy S24 8/256',
  '2x3 y 24x12',
  '30 % de descuento a partir de 50 €',
  'Calle Mayor es bonita',
  'soy alérgica al gluten',
  'quiero algo para mi madre',
  'code SAVE2026',
  '¿Envías a 28013 Madrid?',
  'hasta 600 unidades',
  'lote 20260302',
  'send me 2 black square pillows',
  '¿Enviáis la tv Samsung 55?',
  'mándame la camiseta rosa 38',
  'envíame 3 velas de 200 g',
  'uno, dos o tres',
]

test.each(figures)('figures and goods stay: %s', (text) => {
  expect(said(text).text).toBe(text)
})

test('what a customer tells for an order does not leave, here and in later messages', () => {
  const messages: PromptMessage[] = [
    {
      role: 'user',
      text: '<customer_message>\ndale, mandalo a Gurruchaga 1450 5to A, Palermo. Sofi Pereyra 1155667788, transferencia\n</customer_message>',
    },
    { role: 'assistant', text: 'Perfecto, Sofi. ¿Confirmo el envío a Gurruchaga 1450?', calls: [] },
    { role: 'user', text: 'sí' },
  ]
  const { conversation: left, restore } = redact(conversation(messages), nobody)
  expect(JSON.stringify(left)).not.toMatch(/Gurruchaga|Sofi|Pereyra|11556/)
  expect(JSON.stringify(left)).toContain('Palermo')
  expect(left.messages.map((message) => restore(message.role === 'tool' ? '' : message.text))).toEqual(
    messages.map((message) => (message.role === 'tool' ? '' : message.text)),
  )
})

test('a bare name counts where the shop had asked for one', () => {
  const { conversation: left } = redact(
    conversation([
      { role: 'assistant', text: '¿A qué nombre y teléfono lo pongo?', calls: [] },
      { role: 'user', text: 'Nuria Pons' },
    ]),
    nobody,
  )
  expect(left.messages[1]).toEqual({ role: 'user', text: '[NAME_1]' })
})

test('the name of a product that a tool gave is nobody’s name', () => {
  const products = { products: [{ productId: 'p', name: 'Vela Soy Luna Azul', variants: [] }] }
  const { conversation: left } = redact(
    conversation([
      { role: 'user', text: 'Quiero la vela Soy Luna Azul' },
      {
        role: 'assistant',
        text: '',
        calls: [{ id: 'c', name: 'search_products', arguments: { query: 'vela' } }],
      },
      { role: 'tool', callId: 'c', name: 'search_products', result: JSON.stringify(products) },
    ]),
    nobody,
  )
  expect(left.messages[0]).toEqual({ role: 'user', text: 'Quiero la vela Soy Luna Azul' })
})

test('figures, ids and names of products stay in results; fields of persons do not', () => {
  const data: JsonValue = {
    products: [
      {
        productId: '01890a5d-ac96-774b-bcce-b302099a8057',
        sku: '612345678',
        name: 'Camiseta Rosa',
        price: '19,90 €',
      },
    ],
    checkout: {
      contact: { name: 'Eva', phone: '622 333 444' },
      delivery: { place: '28013 Madrid', address: 'La Paloma 3' },
      note: 'mi correo es eva@correo.es',
    },
  }
  const { conversation: left, restoreJson } = redact(
    conversation([
      { role: 'assistant', text: '', calls: [{ id: 'c', name: 'view_checkout', arguments: {} }] },
      { role: 'tool', callId: 'c', name: 'view_checkout', result: JSON.stringify(data) },
    ]),
    nobody,
  )
  const [, result] = left.messages
  const kept = JSON.parse(result?.role === 'tool' ? result.result : '{}') as JsonValue
  expect(kept).toEqual({
    products: [
      {
        productId: '01890a5d-ac96-774b-bcce-b302099a8057',
        sku: '612345678',
        name: 'Camiseta Rosa',
        price: '19,90 €',
      },
    ],
    checkout: {
      contact: { name: '[NAME_1]', phone: '[PHONE_1]' },
      delivery: { place: '28013 Madrid', address: '[ADDRESS_1]' },
      note: 'mi correo es [EMAIL_1]',
    },
  })
  expect(restoreJson(kept)).toEqual(data)
})

test('what the shop says of itself in the head is no personal data', () => {
  const head = 'Shop: phone 912 345 678, Calle Mayor 12'
  expect(said('¿El 912345678 es vuestro? ¿Estáis en la calle Mayor, 12?', {}, head).text).toContain(
    '912345678',
  )
  expect(said('¿Estáis en la calle Mayor 12?', {}, head).text).toBe('¿Estáis en la calle Mayor 12?')
})

test('a first name that is a word stays, except where somebody is called so', () => {
  const known = { names: ['Rosa'] }
  expect(said('una camiseta rosa', known).text).toBe('una camiseta rosa')
  expect(said('Camiseta Rosa Palo', known).text).toBe('Camiseta Rosa Palo')
  expect(said('Soy Rosa', known).text).toBe('Soy [NAME_1]')
  expect(said('Customer: Rosa, writes for the first time', known).text).toContain('Customer: [NAME_1],')
  // With a surname it can be nothing else.
  expect(said('rosa luxán', { names: ['Rosa Luxán'] }).text).toMatch(/^\[NAME_\d\]$/)
})

test('a customer whose name is a hundred letters keeps nobody waiting', () => {
  const name = Array.from({ length: 200 }, (_, at) => 'abcdefghij'[at % 10]).join(' ')
  const { text } = said(`${`${name}. `.repeat(5)}¿Cuánto cuesta?`, { names: [name] })
  expect(text).toContain('¿Cuánto cuesta?')
  expect(text).not.toContain('a b c d e f')
})

test('the same datum has the same stand-in in one request', () => {
  const { conversation: left } = redact(
    conversation([
      { role: 'user', text: 'Soy Ana, 600111222', droppable: true },
      { role: 'assistant', text: 'Gracias, Ana', calls: [] },
      { role: 'user', text: '600111222' },
    ]),
    ana,
  )
  expect(left.messages.map((message) => (message.role === 'tool' ? '' : message.text))).toEqual([
    'Soy [NAME_2], [PHONE_2]',
    'Gracias, [NAME_2]',
    '[PHONE_2]',
  ])
})

test('a stand-in that a customer types is a text like any other', () => {
  const { text, redaction } = said('pon [PHONE_1] y name_1 para Ana', ana)
  expect(text).toBe('pon [TEXT_1] y [TEXT_2] para [NAME_2]')
  expect(redaction.restore(text)).toBe('pon [PHONE_1] y name_1 para Ana')
  // Nothing stands behind what was typed.
  expect(redaction.restore('Tu teléfono: [PHONE_1]')).toBe('Tu teléfono: [PHONE_1]')
  expect(redaction.hasUnknown('Tu teléfono: [PHONE_1]')).toBe(true)
  expect(redaction.hasUnknown('Hola, [NAME_2]')).toBe(false)
})

test.each([
  '[NAME_2]',
  '[name_2]',
  '[Name 2]',
  '(NAME_2)',
  '{NAME_2}',
  '<NAME_2>',
  'NAME_2',
  '[NAME\\_2]',
  '[ NAME_2 ]',
  '[NOMBRE_2]',
  '**[NAME_2]**',
])('a model may write it as %s', (written) => {
  const { redaction } = said('Soy Ana', ana)
  const bold = written.startsWith('**') ? ['**', '**'] : ['', '']
  expect(redaction.restore(`Hola, ${written}: 12,50 €`)).toBe(`Hola, ${bold[0]}Ana${bold[1]}: 12,50 €`)
})

test('arguments of a call come back whole, quotes and all', () => {
  const address = 'Calle "La Ñ" \\ 4'
  const { redaction } = said('x', { addresses: [address] })
  const { conversation: left, restoreJson } = redact(conversation([{ role: 'user', text: `a ${address}` }]), {
    ...nobody,
    addresses: [address],
  })
  expect(JSON.stringify(left.messages)).toContain('[ADDRESS_1]')
  expect(restoreJson({ delivery: { address: '[ADDRESS_1]', lines: ['[ADDRESS_1]'], n: 3 } })).toEqual({
    delivery: { address, lines: [address], n: 3 },
  })
  expect(redaction.count).toBe(0)
})

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  fc.constantFrom(
    'Ana',
    'ana maría',
    'Pérez Gómez',
    '600 111 222',
    '+34600111222',
    'ana.perez@example.com',
    'Calle Mayor 12, 3º B',
    '12345678Z',
    '[NAME_1]',
    '[TEXT_1]',
    'NAME_1',
    '(',
    '[',
    ']',
    '_',
    ' ',
    '1',
    'NAME',
    '12,50 €',
    '612345678',
    'me llamo ',
    'tel ',
    '\n',
    'PHONE_',
    '[[',
    'tarjeta 4111111111111111',
    'ES9121000418450200051332',
    '¿?',
    'name 2)',
  ),
)
const talk = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''))

test('what comes back is what was written', () => {
  fc.assert(
    fc.property(talk, talk, (first, second) => {
      const { conversation: left, restore } = redact(
        conversation([
          { role: 'user', text: first },
          { role: 'assistant', text: second, calls: [] },
        ]),
        ana,
      )
      expect(left.messages.map((message) => restore(message.role === 'tool' ? '' : message.text))).toEqual([
        first,
        second,
      ])
    }),
    { numRuns: 200 },
  )
})

test('a text in pieces comes back as the whole does', () => {
  fc.assert(
    fc.property(talk, fc.array(fc.nat({ max: 9 }), { minLength: 1 }), (text, cuts) => {
      const { redaction, text: left } = said(text, ana)
      const restorer = redaction.restorer()
      let result = ''
      let at = 0
      for (let turn = 0; at < left.length; turn++) {
        const to = at + Math.max(1, cuts[turn % cuts.length] ?? 1)
        result += restorer.push(left.slice(at, to))
        at = to
      }
      expect(result + restorer.end()).toBe(text)
    }),
    { numRuns: 100 },
  )
})

const letters = fc
  .string({ unit: fc.constantFrom(...'bcdfghjklmnpqrstvzaeiouáéíóúñ'), minLength: 4, maxLength: 10 })
  .map((text) => `${text}zu`)
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })
const person = fc
  .record({
    first: letters,
    last: letters,
    phone: digits(9),
    street: letters,
    house: fc.integer({ min: 1, max: 999 }),
  })
  .map(({ first, last, phone, street, house }) => ({
    names: [`${first} ${last}`],
    phones: [`+34${phone}`],
    emails: [`${first}.${last}@example.com`],
    addresses: [`Calle ${street} ${house}`],
    nationalIds: [`${phone.slice(0, 8)}X`],
  }))
const neutral = fc.constantFrom(
  'quiero ',
  'dos, ',
  ' por 12,50 € ',
  '. ',
  ' y ',
  '\n',
  ' a las 18:30 ',
  ' «',
  '» ',
)

function groupings(phone: string): string[] {
  const local = phone.slice(3)
  return [
    phone,
    local,
    local.replace(/(\d{3})(\d{3})(\d{3})/, '$1 $2 $3'),
    local.replace(/(\d{3})(\d{2})(\d{2})(\d{2})/, '$1-$2-$3-$4'),
    `0034 ${local}`,
  ]
}

test('nothing known is left in what leaves, and no figure is touched', () => {
  fc.assert(
    fc.property(
      person,
      fc.array(fc.tuple(neutral, fc.nat({ max: 9 })), { minLength: 1, maxLength: 8 }),
      (who, parts) => {
        const forms = [
          ...who.names,
          ...(who.names[0]?.split(' ').slice(0, 1) ?? []),
          ...who.emails,
          ...who.addresses,
          ...who.nationalIds,
          ...groupings(who.phones[0] ?? ''),
        ]
        const text = parts.map(([before, form]) => `${before} ${forms[form % forms.length]}`).join(' ')
        const { text: left, redaction } = said(text, who)
        const readable = left.replace(/\[[A-Z]+_\d+\]/g, '').toLowerCase()
        for (const form of forms) expect(readable).not.toContain(form.toLowerCase())
        expect(redaction.restore(left)).toBe(text)
        const count = (of: string, what: RegExp) => of.match(what)?.length ?? 0
        expect(count(left, /12,50 €/g)).toBe(parts.filter(([before]) => before.includes('12,50')).length)
        expect(count(left, /18:30/g)).toBe(parts.filter(([before]) => before.includes('18:30')).length)
      },
    ),
    { numRuns: 100 },
  )
})

test('without a person to protect everything stays', () => {
  const plain = conversation([{ role: 'user', text: 'Soy Ana, 600111222 [NAME_1]' }])
  const redaction = redact(plain, null)
  expect(redaction.conversation).toEqual(plain)
  expect(redaction.restore('[NAME_1]')).toBe('[NAME_1]')
  expect(redaction.hasUnknown('[NAME_1]')).toBe(false)
})
