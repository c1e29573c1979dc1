/** What is said about services whose price is built from facts; part of the texts of each language. */

export const tariffTextKeys = [
  'tariff_intro',
  'tariff_options',
  'tariff_again',
  'tariff_range',
  'tariff_quote',
  'tariff_quote_from',
  'tariff_valid',
  'tariff_requirements',
  'tariff_add',
  'tariff_added',
  'tariff_confirm_shop',
  'tariff_let_go',
  'quote_sent',
  'receipt_sent',
] as const

type TariffTexts = Readonly<Record<(typeof tariffTextKeys)[number], readonly string[]>>

export const tariffSpanish: TariffTexts = {
  tariff_intro: [
    'Para calcular el precio de {name} me falta un dato.',
    'El precio de {name} depende de algunos datos.',
  ],
  tariff_options: ['Opciones: {options}.'],
  tariff_again: ['Perdón, no lo he entendido.', 'No me ha quedado claro.'],
  tariff_range: ['Eso queda fuera de lo que puedo calcular.'],
  tariff_quote: ['{name}: {total}', 'Presupuesto de {name}: {total}'],
  tariff_quote_from: ['{name}: desde {total}'],
  tariff_valid: ['Presupuesto {number}, válido hasta el {date}.'],
  tariff_requirements: ['Hará falta: {list}.'],
  tariff_add: ['¿[Quieres|Quiere|Querés] que lo añada a [tu|su|tu] pedido?', '¿Lo añado al carrito?'],
  tariff_added: ['Añadido a [tu|su|tu] carrito: {name}, {total}.'],
  tariff_confirm_shop: [
    'El precio final lo confirma la tienda. ¿[Quieres|Quiere|Querés] que avise a una persona?',
  ],
  tariff_let_go: ['De acuerdo, lo dejamos.'],
  quote_sent: ['Aquí va el presupuesto en PDF.'],
  receipt_sent: ['Aquí va el recibo en PDF.'],
}

export const tariffEnglish: TariffTexts = {
  tariff_intro: [
    'To work out the price of {name} I need one more thing.',
    'The price of {name} depends on a few things.',
  ],
  tariff_options: ['Options: {options}.'],
  tariff_again: ["Sorry, I didn't get that."],
  tariff_range: ['That is outside what I can work out.'],
  tariff_quote: ['{name}: {total}', 'Quote for {name}: {total}'],
  tariff_quote_from: ['{name}: from {total}'],
  tariff_valid: ['Quote {number}, valid until {date}.'],
  tariff_requirements: ["You'll need: {list}."],
  tariff_add: ['Shall I add it to your order?', 'Would you like me to put it in your cart?'],
  tariff_added: ['Added to your cart: {name}, {total}.'],
  tariff_confirm_shop: ['The shop confirms the final price. Shall I let a person know?'],
  tariff_let_go: ["All right, let's leave it."],
  quote_sent: ["Here's the quote as a PDF."],
  receipt_sent: ["Here's the receipt as a PDF."],
}
