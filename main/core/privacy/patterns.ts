import { isCard, isClabe, isCuit, isDni, isEan13, isIban, isRfcDate, isRut, isSsn } from './check-digits.ts'
import type { Span } from './spans.ts'
import { spansOf } from './spans.ts'

/** E-mails, documents and accounts: what can be told from a price or an order number by its form alone. */
export function certainSpans(text: string): Span[] {
  return [
    ...spansOf(text, email, 'EMAIL'),
    ...spansOf(text, spokenEmail, 'EMAIL'),
    ...spansOf(text, iban, 'ID', isIban),
    ...spansOf(text, longNumber, 'ID', (match) => isCard(match) || isClabe(match)),
    ...spansOf(text, dni, 'ID', isDni),
    ...spansOf(text, curp, 'ID'),
    ...spansOf(text, rfc, 'ID', isRfcDate),
    ...spansOf(text, cuit, 'ID', isCuit),
    ...spansOf(text, rut, 'ID', isRut),
    ...spansOf(text, ssn, 'ID', isSsn),
    ...spansOf(text, nationalInsurance, 'ID'),
  ]
}

/** Documents and phones by the word before them, and phones by the way in which they are grouped. */
export function likelySpans(text: string): Span[] {
  const numbered = [...text.matchAll(businessNumber)].map((match) => {
    const value = match.groups?.value ?? ''
    const from = match.index + match[0].length - value.length
    return { from, to: from + value.length }
  })
  const phones = [
    ...phoneShapes.flatMap((shape) => spansOf(text, shape, 'PHONE', (match) => !isDate(match))),
    ...spansOf(text, unbrokenPhone, 'PHONE', (match) => !isEan13(match)),
  ].filter(({ from, to }) => numbered.every((number) => to <= number.from || from >= number.to))
  return [
    ...spansOf(text, introducedDocument, 'ID', (match) => /\d/.test(match)),
    ...spansOf(text, spokenPhone, 'PHONE'),
    ...spansOf(text, introducedPhone, 'PHONE', (match) => isPhoneLength(match) && !isDate(match)),
    ...phones.filter(({ from, to }) => !isAmount(text, from, to)),
  ]
}

const notBefore = String.raw`(?<![\p{L}\p{N}_])`
const notAfter = String.raw`(?![\p{L}\p{N}_])`

const email = /[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/gu
/** "ana punto perez arroba gmail punto com" */
const spokenEmail =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}._-]{1,40}(?:\s+(?:punto|dot|guion|guión)\s+[\p{L}\p{N}_-]{1,40}){0,3}\s+(?:arroba|\(?at\)?)\s+[\p{L}\p{N}-]{2,40}(?:\s+(?:punto|dot)\s+|\.)(?:com|es|net|org|mx|ar|co|cl|pe|uk|edu)(?:(?:\s+(?:punto|dot)\s+|\.)(?:es|mx|ar|co|cl|pe|uk))?(?![\p{L}\p{N}])/giu
const iban = new RegExp(`${notBefore}[A-Z]{2}\\d{2}(?:[ -]?[A-Z0-9]){11,30}${notAfter}`, 'giu')
const longNumber = /(?<![\p{L}\p{N}_.,-])\d(?:[ -]?\d){13,18}(?![\p{L}\p{N}_])/gu
const dni = new RegExp(
  String.raw`${notBefore}(?:\d{8}|\d{1,2}\.\d{3}\.\d{3}|[XYZ][ -]?\d{7})[ -]?[A-Z]${notAfter}`,
  'giu',
)
const curp = new RegExp(`${notBefore}[A-Z]{4}\\d{6}[HMX][A-Z]{5}[A-Z0-9]\\d${notAfter}`, 'giu')
const rfc = new RegExp(`${notBefore}[A-ZÑ&]{4}[ -]?\\d{6}[ -]?[A-Z0-9]{3}${notAfter}`, 'giu')
const cuit = new RegExp(String.raw`${notBefore}(?:2[03-7]|3[034])-?\d{8}-?\d${notAfter}`, 'gu')
const rut = new RegExp(String.raw`${notBefore}\d{1,2}(?:\.?\d{3}){2}-[\dK]${notAfter}`, 'giu')
const ssn = new RegExp(String.raw`${notBefore}\d{3}-\d{2}-\d{4}${notAfter}`, 'gu')
const nationalInsurance = new RegExp(
  `${notBefore}[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]${notAfter}`,
  'giu',
)

const introducedDocument =
  /(?<![\p{L}\p{N}])(?:d\.?n\.?i\.?|n\.?i\.?[ef]\.?|c[eé]dula(?: de (?:ciudadan[ií]a|identidad))?|c\.?c\.?|documento(?: de identidad)?|pasaporte|passport|curp|rfc|cui[tl]|r\.?u\.?[tnc]\.?|ssn|social security(?: number)?|national insurance(?: number)?|iban|clabe|cbu|cuenta(?: bancaria)?|account(?: number)?|tarjeta|card(?: number)?)[ \t]*(?:es|is|:|nº|no\.?|n°|número|numero|number|#|,)*[ \t]*(?:es |is |: ?)?(?<value>[A-Z]{0,4}[ -]?\d[\dA-Z.\- ]{4,30}[\dA-Z])(?![\p{L}\p{N}])/giu

const introducedPhone =
  /(?<![\p{L}])(?:tel[eé]fono|tel[eé]f|telf|tlfn?o?|tel|cel(?:ular)?|m[oó]vil|whats?app|wsp|wasap|guasap|phone(?: number)?|mobile|cell|ll[aá]m[ae](?:me|nos|n?le)?|call me|text me|ring me|contacto)[^\p{L}\d+\n]{0,4}(?:(?:es|is|al|a|on|at|el|en|my|mi|number|número|numero|n[º°])[^\p{L}\d+\n]{1,3}){0,3}(?<value>\+?\(?\d[\d ().\-/·]{4,20}\d)/giu

/** "seis cero cero uno dos tres…" */
const digitWord =
  '(?:cero|uno|un|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|zero|oh|one|two|three|four|five|six|seven|eight|nine)'
const spokenPhone = new RegExp(`${notBefore}(?:${digitWord}[\\s,-]+){6,}${digitWord}${notAfter}`, 'giu')

const gap = '[ .\\-\\u00a0\\u2010-\\u2013]'
const free = String.raw`(?<![\p{L}\p{N}_.,$€£#-])`
const end = String.raw`(?![\p{L}\p{N}_]|[.,:/-]\d)`
function shape(source: string): RegExp {
  return new RegExp(free + source.replaceAll('~', gap) + end, 'gu')
}

/** Groups in which phones are written and amounts are not. */
const phoneShapes = [
  // with a country's code
  new RegExp(
    String.raw`(?<![\p{L}\p{N}_])(?:\+|00)[1-9]\d{0,2}(?:${gap}{0,2}\(?\d{1,4}\)?){2,6}${end}`,
    'gu',
  ),
  // Spain; Peru's and Chile's mobiles
  shape(String.raw`[6-9]\d{2}~\d{3}~\d{3}`),
  shape(String.raw`[6-9]\d{2}~\d{2}~\d{2}~\d{2}`),
  shape(String.raw`[89]\d~\d{3}~\d{2}~\d{2}`),
  shape(String.raw`9~\d{4}~\d{4}`),
  // United States, Mexico, Colombia
  shape(String.raw`\(\d{2,4}\)~?\d{3,4}~?\d{4}`),
  shape(String.raw`\d{3}~\d{3}~\d{4}`),
  shape(String.raw`\d{3}~\d{3}~\d{2}~\d{2}`),
  shape(String.raw`\d{2}~\d{4}~\d{4}`),
  shape(String.raw`\d{2}~\d{2}~\d{2}~\d{2}~\d{2}`),
  // Argentina
  shape(String.raw`(?:0?\d{2,4}~)?15~\d{3,4}~\d{4}`),
  shape(String.raw`9~\d{2,4}~\d{3,4}~\d{4}`),
  // Britain
  shape(String.raw`0\d{2}~\d{4}~\d{4}`),
  shape(String.raw`0\d{3}~\d{3}~\d{3,4}`),
  shape(String.raw`0\d{4}~\d{5,6}`),
  shape(String.raw`0\d{4}~\d{3}~\d{3}`),
  shape(String.raw`\(0\d{2,4}\)~?\d{3,4}~?\d{3,4}`),
  // a country's code without its plus
  shape(String.raw`34~[6-9]\d{2}~?\d{3}~?\d{3}`),
  shape(String.raw`(?:5[1-8]|1|44)~\d{1,4}~\d{3,4}~\d{3,4}`),
]

/** Digits without a gap: mobiles of Spain, Peru and Chile (9), Mexico, Colombia, the States (10), Britain (11), or with a country's code. */
const unbrokenPhone = new RegExp(
  `${free}(?:[6-9]\\d{8}|[1-9]\\d{9}|0\\d{9,10}|34[6-9]\\d{8}|519\\d{8}|569\\d{8}|5[247]\\d{10}|1[2-9]\\d{9}|44[1-9]\\d{9}|521\\d{10}|549\\d{10})${end}`,
  'gu',
)

/** What a number of the shop's own business follows: never a phone. */
const businessNumber =
  /(?<![\p{L}\p{N}])(?:pedido|orden|order|compra|factura|invoice|presupuesto|quote|ref(?:erencia|erence)?|sku|ean|isbn|c[oó]digo(?: de (?:barras|producto|descuento))?|(?:bar)?code|producto|product|art[ií]culo|item|modelo|model|tracking|seguimiento|gu[ií]a|env[ií]o|serie|serial|lote)\.?[ \t]*(?:n[º°o]\.?|núm(?:ero)?\.?|numero|number|no\.?|id|es|is|el|the|de)*[ \t]*[:#]?[ \t]*#?(?<value>[\p{L}\d][\p{L}\d .\-/]{0,24})/giu

const money =
  /^\s?(?:€|\$|£|%|S\/|eur(?:os?)?\b|usd\b|mxn\b|cop\b|clp\b|ars\b|pen\b|gbp\b|pesos?\b|d[oó]lar|dollars?\b|pounds?\b|quid\b|soles\b|libras\b|bucks\b|c[eé]nt|pence\b|mil\b|millones\b)/iu
const measure =
  /^\s?(?:mm|cm|mts?|metros?|kg|kilos?|gr?|gramos?|ml|cl|litros?|l|oz|lbs?|uds?|unidades|units?|piezas?|pcs|pieces|cajas|boxes|pares|pairs|pulgadas|inches|watts?|w|v|mah|gb|mb|tb)(?![\p{L}])/iu

/** A figure of the shop's: money before or after it, or something counted. */
function isAmount(text: string, from: number, to: number): boolean {
  const rest = text.slice(to, to + 14)
  return (
    money.test(rest) ||
    measure.test(rest) ||
    /(?:€|\$|£|S\/)\s?$/.test(text.slice(Math.max(0, from - 4), from))
  )
}

function isPhoneLength(match: string): boolean {
  const digits = match.replace(/\D/g, '').length
  return digits >= 6 && digits <= 15
}

function isDate(match: string): boolean {
  return /^(?:(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d{2})(?!\d)/.test(
    match.trim(),
  )
}
