import { currencyDigits, toMinorUnits, usesCents } from '../../money/money.ts'
import { highestAmount } from '../checks.ts'
import type { Price } from '../product.ts'
import type { IssueCode } from './report.ts'

export type DecimalSign = ',' | '.'

export interface Doubt {
  reason: IssueCode
  data?: Record<string, string | number>
}

export interface NumberStyle {
  currency: string
  /** What the whole file's figures say. */
  file: DecimalSign | 'none'
  /** What people who use this currency write. */
  usual: DecimalSign
}

export type ParsedPrice =
  | { ok: true; price: Price; unit: string | null; doubts: Doubt[] }
  | { ok: false; reason: IssueCode; data: Record<string, string | number> }

type ParsedNumber = { ok: true; value: number; decimals: string; doubt: Doubt | null } | { ok: false }

// Decimal signs in use, by CLDR for the currency's home countries; EUR, USD and the rest go by the shop's locale.
const commaCurrencies = new Set(
  'ARS BOB BRL CLP COP CRC PYG UYU VES IDR VND TRY DKK NOK SEK ISK PLN CZK HUF RON BGN RUB UAH AOA MZN'.split(
    ' ',
  ),
)
const dotCurrencies = new Set(
  'MXN GTQ HNL NIO PAB DOP PEN GBP CAD AUD NZD JPY CNY INR PHP KRW ILS THB'.split(' '),
)

/** The decimal sign that people write in this currency and locale. */
export function usualDecimal(currency: string, locale: string): DecimalSign {
  if (commaCurrencies.has(currency)) return ','
  if (dotCurrencies.has(currency)) return '.'
  const part = new Intl.NumberFormat(locale)
    .formatToParts(1.5)
    .find((candidate) => candidate.type === 'decimal')
  return part?.value === ',' ? ',' : '.'
}

/** Counts which decimal sign the figures of a file prove. */
export class DecimalVotes {
  #comma = 0
  #dot = 0

  add(text: string): void {
    const figure = figureOf(text)
    if (figure === null) return
    const proof = proves(figure)
    if (proof === ',') this.#comma += 1
    else if (proof === '.') this.#dot += 1
  }

  result(): DecimalSign | 'none' {
    if (this.#comma === this.#dot) return 'none'
    return this.#comma > this.#dot ? ',' : '.'
  }
}

const figurePattern = /\d(?:[\d.,]|['’´ ](?=\d{3}(?!\d)))*/u

function figureOf(text: string): string | null {
  const found = figurePattern.exec(clean(text))?.[0].replace(/[.,]$/, '')
  return found === undefined ? null : found.replace(/['’´ ]/g, '')
}

/** The decimal sign that one figure proves by its own shape, or null. */
function proves(figure: string): DecimalSign | null {
  const comma = figure.lastIndexOf(',')
  const dot = figure.lastIndexOf('.')
  if (comma >= 0 && dot >= 0) return comma > dot ? ',' : '.'
  const sign: DecimalSign = comma >= 0 ? ',' : '.'
  const parts = figure.split(sign)
  if (parts.length === 1) return null
  if (parts.length > 2) return other(sign)
  return isAmbiguous(parts[0] ?? '', parts[1] ?? '') ? null : sign
}

function isAmbiguous(whole: string, rest: string): boolean {
  return rest.length === 3 && whole.length >= 1 && whole.length <= 3 && !whole.startsWith('0')
}

const other = (sign: DecimalSign): DecimalSign => (sign === ',' ? '.' : ',')

/** A figure of digits, `.` and `,` in the sense of its own shape, then the file's, then the currency's. */
export function parseFigure(figure: string, style: NumberStyle): ParsedNumber {
  if (!/^[\d.,]+$/.test(figure) || !/\d/.test(figure)) return { ok: false }
  const signs = new Set(figure.replace(/\d/g, ''))
  if (signs.size === 0) return number(figure, '', null)
  if (signs.size === 2) {
    const decimal: DecimalSign = figure.lastIndexOf(',') > figure.lastIndexOf('.') ? ',' : '.'
    const [whole = '', rest = '', ...more] = figure.split(decimal)
    if (more.length > 0 || !isGrouped(whole, other(decimal))) return { ok: false }
    return number(whole.replaceAll(other(decimal), ''), rest, mixed(decimal, style))
  }
  const sign: DecimalSign = signs.has(',') ? ',' : '.'
  const parts = figure.split(sign)
  if (parts.length > 2) return isGrouped(figure, sign) ? number(parts.join(''), '', null) : { ok: false }
  const [whole = '', rest = ''] = parts
  if (!isAmbiguous(whole, rest)) return number(whole === '' ? '0' : whole, rest, mixed(sign, style))
  if (!usesCents(style.currency)) {
    return number(whole + rest, '', style.file === other(sign) ? null : { reason: 'price_ambiguous' })
  }
  const decimal = style.file === 'none' ? style.usual : style.file
  const grouping = decimal !== sign
  const value = grouping ? whole + rest : `${whole}.${rest}`
  const doubt: Doubt | null =
    style.file !== 'none' && grouping ? null : { reason: 'price_ambiguous', data: { taken: value } }
  return grouping ? number(whole + rest, '', doubt) : number(whole, rest, doubt)
}

function mixed(sign: DecimalSign, style: NumberStyle): Doubt | null {
  return style.file !== 'none' && style.file !== sign ? { reason: 'decimal_mixed' } : null
}

function isGrouped(text: string, sign: string): boolean {
  const [first = '', ...rest] = text.split(sign)
  if (!/^\d{1,3}$/.test(first)) return rest.length === 0 && /^\d+$/.test(first)
  return rest.every((part, at) => (at === rest.length - 1 ? /^\d{3}$/.test(part) : /^\d{2,3}$/.test(part)))
}

function number(whole: string, decimals: string, doubt: Doubt | null): ParsedNumber {
  return { ok: true, value: Number(`${whole}.${decimals === '' ? '0' : decimals}`), decimals, doubt }
}

const nothing =
  /^(?:|[-–—_.?*x]+|n\/?[ad]|s\/?[pdn]|na|nan|null|none|ninguno|sin precio|#n\/?a|#n\/?d|#ref!|#value!|#¡valor!)$/u
const ask =
  /^(?:a |por |precio a |precio )?(?:consultar?|consulta|consulte|consultenos|convenir|cotizar|preguntar?|pregunta|pregunte)\b|^(?:bajo |segun |previo |pedir )?(?:cotizacion|presupuesto)|^(?:ask|call|contact|inquire|enquire|poa|tbd|tba|p\.o\.a\.?|llamar|contactar|on request|upon request|quote|por definir|variable)\b|(?:on|upon) (?:request|application|enquiry)|ask (?:us|for)|escrib[ea]nos|segun (?:modelo|diseno|medida|tamano)|a medida/u
const free =
  /^(?:gratis|gratuit[oa]|free|sin (?:costo|coste|cargo)|no charge|de regalo|regalo|obsequio|complimentary)\b/u
const fromStart =
  /^(?:desde|dde\.?|a partir de|partir de|from|starting (?:at|from)|starts (?:at|from)|as low as|min\.?|minimo|minimum)\s*:?\s*/u
const fromEnd = /\s*(?:en adelante|y mas|o mas|and up|and more|or more|\+)$/u
const range = /^\s*(?:-|–|—|~|a|to|y|hasta|until)\s*(?:[^\d]{0,5})\d/u
const withoutTax =
  /(?:\+|mas|sin|plus|excl?\.?|ex|no incluye|before|without)\s*(?:el\s*)?(?:iva|vat|tax|taxes|impuestos|igv|itbis)/u
const withTax =
  /\(?(?:con |incl?\.?(?:uye|uido|udes|uding)?\s*)?(?:iva|vat|igv|itbis|tax|impuestos)(?:\s*incl?\.?(?:uido|uded|uidos)?)?\)?/u
const each =
  /(?:c\/u|c\.u\.|cada un[oa]|cada|each|ea\.?|por unidad|por pieza|la unidad|per (?:unit|piece|item)|\/?\s*(?:ud|uds|u|un|und|unidad|pza|pz|pieza|pc|unit)\.?)$/u
const perUnit =
  /(?:\/|por|x|el|per|al)\s*(\d{0,4}\s*(?:kg|kilos?|kilogramos?|g|grs?|gramos?|l|lts?|litros?|ml|cc|cl|mt?s?|metros?|cm))\.?$/u

const symbolCurrencies: [RegExp, RegExp][] = [
  [/us\$|u\$s|u\$d|usd|dolares|dolar|dollars?/gu, /^USD$/],
  [/mx\$|mxn|m\.n\./gu, /^MXN$/],
  [/ar\$|ars/gu, /^ARS$/],
  [/r\$/gu, /^BRL$/],
  [/rd\$/gu, /^DOP$/],
  [/co[lp]?\$/gu, /^COP$/],
  [/cl[p]?\$/gu, /^CLP$/],
  [/s\/\.?|soles/gu, /^PEN$/],
  [/bs\.?(?:f|s)?(?=\s|\d|$)/gu, /^(?:BOB|VES)$/],
  [/q(?=\s*\d)/gu, /^GTQ$/],
  [/€|euros?/gu, /^EUR$/],
  [/£|libras|pounds?/gu, /^GBP$/],
  [/₡|colones/gu, /^CRC$/],
  [/₲|guaranies/gu, /^PYG$/],
  [/¥/gu, /^(?:JPY|CNY)$/],
  [/pesos?/gu, /^(?:MXN|ARS|CLP|COP|UYU|DOP|CUP|PHP)$/],
  [/\$/gu, /^(?:USD|MXN|ARS|CLP|COP|UYU|DOP|CUP|CAD|AUD|NZD|HKD|SGD|TWD|BRL|NIO|BOB|PAB|PYG|VES|CRC)$/],
]

/**
 * What a price cell says. Never 0 and never negative: `gratis` and `0` become a price to ask for, with a doubt;
 * what cannot be a price is refused with its reason.
 */
export function parsePrice(source: string, style: NumberStyle): ParsedPrice {
  const original = source.trim().slice(0, 60)
  let text = clean(source)
  if (nothing.test(text)) return asked('price_missing')
  if (free.test(text)) return asked('price_free', original)
  if (!/\d/.test(text)) {
    return ask.test(text)
      ? { ok: true, price: { kind: 'ask' }, unit: null, doubts: [] }
      : refused('price_unreadable', original)
  }
  const doubts: Doubt[] = []
  let kind: 'exact' | 'from' = 'exact'
  if (fromStart.test(text) || fromEnd.test(text)) {
    kind = 'from'
    text = text.replace(fromStart, '').replace(fromEnd, '')
  }
  if (withoutTax.test(text)) {
    doubts.push({ reason: 'price_without_tax' })
    text = text.replace(withoutTax, '').trim()
  } else text = text.replace(withTax, '').trim()
  let unit: string | null = null
  const measured = perUnit.exec(text)
  if (measured !== null) {
    unit = measured[1] ?? null
    text = text.slice(0, measured.index).trim()
  } else text = text.replace(each, '').trim()
  for (const [pattern, currencies] of symbolCurrencies) {
    if (text.search(pattern) < 0) continue
    if (!currencies.test(style.currency)) return refused('other_currency', original)
    text = text.replace(pattern, ' ')
  }
  const code = /(?:^|[^a-z])([a-z]{3})(?:[^a-z]|$)/u.exec(text)?.[1]?.toUpperCase()
  if (code !== undefined && knownCurrencies().has(code)) {
    if (code !== style.currency) return refused('other_currency', original)
    text = text.replace(new RegExp(code, 'iu'), ' ')
  }
  text = text.trim()
  if (
    /^\(.*\)$/u.test(text) ||
    /^[-−]\s*\d/u.test(text) ||
    /^\d[\d.,]*[-−]$/u.test(text.replace(/[.,][-–—]$/u, ''))
  ) {
    return refused('price_negative', original)
  }
  text = text
    .replace(/^\+\s*/u, '')
    .replace(/[.,]?[-–—]+$/u, '')
    .trim()
  const figure = figurePattern.exec(text)
  if (figure === null || (figure.index > 0 && text.slice(0, figure.index) !== '.'))
    return refused('price_unreadable', original)
  const tail = text.slice(figure.index + figure[0].length)
  if (tail.trim() !== '') {
    if (!range.test(tail)) return refused('price_unreadable', original)
    kind = 'from'
    doubts.push({ reason: 'price_range', data: { text: original } })
  }
  const bare = `${figure.index > 0 ? '0.' : ''}${figure[0].replace(/['’´ ]/g, '').replace(/[.,]$/, '')}`
  if (bare.replace(/\D/g, '').length > 15) return refused('price_absurd', original)
  const parsed = parseFigure(bare, style)
  if (!parsed.ok) return refused('price_unreadable', original)
  const amount = toMinorUnits(parsed.value, style.currency)
  if (amount > highestAmount) return refused('price_absurd', original)
  if (parsed.doubt !== null) doubts.push({ ...parsed.doubt, data: { text: original, ...parsed.doubt.data } })
  if (amount === 0) {
    return parsed.value === 0 ? asked('price_zero', original) : refused('price_unreadable', original)
  }
  if (/[1-9]/.test(parsed.decimals.slice(currencyDigits(style.currency)))) {
    doubts.push({ reason: 'price_rounded', data: { text: original } })
  }
  return { ok: true, price: { kind, amount }, unit, doubts }
}

function asked(reason: IssueCode, text?: string): ParsedPrice {
  const data = text === undefined ? undefined : { text }
  return { ok: true, price: { kind: 'ask' }, unit: null, doubts: [{ reason, data }] }
}

function refused(reason: IssueCode, text: string): ParsedPrice {
  return { ok: false, reason, data: { text } }
}

/** Lower case without accents; every kind of space is one space; text-formula quotes (`="12"`) are off. */
function clean(source: string): string {
  return source
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s\u200b\ufeff]+/gu, ' ')
    .trim()
    .replace(/^="?([^"]*)"?$/u, '$1')
    .replace(/^'/u, '')
    .toLowerCase()
}

let currencies: Set<string> | undefined
function knownCurrencies(): Set<string> {
  currencies ??= new Set(Intl.supportedValuesOf('currency'))
  return currencies
}
