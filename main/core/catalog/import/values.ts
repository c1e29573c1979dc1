import { htmlToText } from '../html.ts'
import type { ProductStatus } from '../product.ts'
import type { Doubt } from './prices.ts'

/** Lower case without accents, signs or double spaces. */
export function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s\u200b]+/gu, ' ')
    .replace(/^[¿¡\s]+|[.!?\s]+$/gu, '')
}

/** A cell as plain text: one line, no control characters, `="00123"` without its formula quotes. Formulas stay text. */
export function cellText(cell: string | undefined): string {
  if (cell === undefined || cell === '') return ''
  return cell
    .replace(/^="([^"]*)"$/u, '$1')
    .replace(/[\p{Cc}\s\u200b\ufeff]+/gu, ' ')
    .trim()
}

const yes = new Set(
  'si s yes y true verdadero 1 x ✓ ✔ ok on activo active habilitado enabled disponible'.split(' '),
)
const no = new Set('no n false falso 0 off inactivo inactive - ✗ ✘'.split(' '))

export function parseBoolean(text: string): boolean | null {
  const word = plain(text)
  return yes.has(word) ? true : no.has(word) ? false : null
}

export interface ParsedStock {
  /** Null: not counted. */
  onHand: number | null
  soldOut: boolean
  doubts: Doubt[]
}

const soldOut =
  /^(?:agotad[oa]s?|sin (?:stock|existencias?|inventario)|sold ?out|out of stock|no (?:hay|disponible|disponibles|stock|available)|outofstock|temporalmente agotado|fin de existencias|unavailable|0 disponibles)$/
const inStock =
  /^(?:disponibles?|en (?:stock|existencias?)|hay|in ?stock|available|con stock|ilimitad[oa]|unlimited|bajo pedido|por encargo|made to order|on ?backorder|backorder|sobre pedido|preorder|limited stock|pocas unidades|ultimas unidades|infinito|siempre)$/

/** Null for an empty cell. `unitSize` turns 2,5 kg into grams. */
export function parseStock(text: string, unitSize: number): ParsedStock | null {
  const word = plain(text)
  if (word === '' || word === '-' || word === 'n/a') return null
  const none: Doubt[] = []
  if (soldOut.test(word) || word === 'no') return { onHand: null, soldOut: true, doubts: none }
  if (inStock.test(word) || parseBoolean(word) === true) {
    if (word !== '1') return { onHand: null, soldOut: false, doubts: none }
  }
  const found =
    /^(?:mas de |more than |over |>|>=|\+|hay |quedan )?\s*(-?\d[\d.,]*)\s*(\+|o mas|or more|y mas)?\s*(?:uds?|unidades|unidad|u|pzas?|piezas|pcs|pieces|units|disponibles|en stock|in stock|available|kg|kilos|g|gr|l|lt|ml|m|cajas|pares|docenas)?\.?$/u.exec(
      word,
    )
  if (found === null)
    return {
      onHand: null,
      soldOut: false,
      doubts: [{ reason: 'stock_unreadable', data: { text: text.trim().slice(0, 60) } }],
    }
  const value = stockFigure(found[1] ?? '')
  if (value === null || value > 1_000_000_000) {
    return {
      onHand: null,
      soldOut: false,
      doubts: [{ reason: 'stock_unreadable', data: { text: text.trim().slice(0, 60) } }],
    }
  }
  if (value < 0)
    return { onHand: 0, soldOut: false, doubts: [{ reason: 'stock_negative', data: { text: text.trim() } }] }
  const steps = Math.floor(Number((value * unitSize).toPrecision(15)))
  const rounded = steps !== Number((value * unitSize).toPrecision(15)) || /\+|mas|more|over|>/.test(word)
  return {
    onHand: steps,
    soldOut: false,
    doubts: rounded ? [{ reason: 'stock_rounded', data: { text: text.trim() } }] : none,
  }
}

function stockFigure(text: string): number | null {
  // Three digits after a lone sign are thousands: nobody counts to the thousandth of a piece. `5.000` of a program
  // that writes three decimals would be `5.000` too, and is told apart by nothing; people write thousands.
  const grouped = /^-?\d{1,3}(?:[.,]\d{3})+$/.test(text) ? text.replace(/[.,]/g, '') : text.replace(',', '.')
  const value = Number(grouped)
  return Number.isFinite(value) ? value : null
}

const statusWords: [ProductStatus, RegExp][] = [
  ['draft', /^(?:borrador|draft|pendiente|pending)$/],
  [
    'hidden',
    /^(?:ocult[oa]|hidden|archivad[oa]|archived|inactiv[oa]|inactive|privad[oa]|private|no publicado|unpublished|deshabilitad[oa]|disabled|no|n|false|falso|0|off|no visible|unlisted|suspendid[oa])$/,
  ],
  [
    'discontinued',
    /^(?:descatalogad[oa]|descontinuad[oa]|discontinuad[oa]|discontinued|baja|de baja|obsolet[oa]|retirad[oa]|end of life)$/,
  ],
  ['sold_out', /^(?:agotad[oa]|sold ?out|out of stock|sin (?:stock|existencias))$/],
  [
    'available',
    /^(?:activ[oa]|active|publicad[oa]|published|publish|visible|disponible|available|alta|en venta|vigente|habilitad[oa]|enabled|si|s|yes|y|true|verdadero|1|on|x|in ?stock|en stock)$/,
  ],
]

/** Null when the word says something else: `Nuevo`, `Usado`. */
export function parseStatus(text: string): ProductStatus | null {
  const word = plain(text)
  return statusWords.find(([, pattern]) => pattern.test(word))?.[0] ?? null
}

/** Words of a list cell: `a, b; c | d`, each once. */
export function parseList(text: string, separators = /[,;|\n]/): string[] {
  const seen = new Set<string>()
  const list: string[] = []
  for (const part of text.split(separators)) {
    const word = cellText(part).replace(/^#/, '')
    if (word === '' || seen.has(word.toLowerCase()) || list.length >= 100) continue
    seen.add(word.toLowerCase())
    list.push(word.slice(0, 200))
  }
  return list
}

/** Web addresses of a cell, and names of files when it has no address. */
export function parseImages(text: string): string[] {
  if (text.trim() === '') return []
  const addresses = text.match(/https?:\/\/[^\s"'<>|;]+?(?=[,;|\s"'<>]*(?:https?:\/\/|$|[\s;|"'<>]))/gi)
  if (addresses !== null) return [...new Set(addresses)].slice(0, 50)
  return parseList(text).slice(0, 50)
}

/** `A > B`, `A/B` and `A | B` are levels. */
export function parseCategory(text: string): string {
  return text
    .split(/\s*(?:>|»|\|)\s*|\s+\/\s+/)
    .map(cellText)
    .filter((part) => part !== '')
    .join(' > ')
    .slice(0, 300)
}

export function parseTaxClass(text: string): string | null {
  const word = plain(text)
  if (word === '') return null
  if (/exent|exempt|excluid/.test(word)) return 'exempt'
  if (/super ?reducid/.test(word)) return 'super-reduced'
  if (/reducid|reduced/.test(word)) return 'reduced'
  if (/^(?:0|0 ?%|zero|tasa cero|zero rate|tasa 0)$/.test(word)) return 'zero'
  if (/general|standard|estandar|normal|parent|taxable|^si$|^yes$|^true$|^1$/.test(word)) return 'standard'
  const percent = /^(\d{1,2}(?:[.,]\d{1,2})?) ?%?$/.exec(word)?.[1]
  if (percent === undefined) return word.slice(0, 60)
  const value = Number(percent.replace(',', '.'))
  return `${value > 0 && value < 1 ? Number((value * 100).toPrecision(6)) : value}%`
}

/** Days; `2 semanas` is 14, `3-5 días` is 5 (the longer, which can be kept), `48 h` is 2. Null: not readable. */
export function parseLeadTime(text: string): number | null {
  const word = plain(text)
  if (/^(?:inmediat[oa]|entrega inmediata|immediate|same day|mismo dia|hoy)$/.test(word)) return 0
  const found =
    /^(?:de |entre |en |unos |aprox |approx )?(\d{1,3})(?:\s*(?:-|–|a|y|to|o)\s*(\d{1,3}))?\s*([a-z]*)/u.exec(
      word,
    )
  if (found === null) return null
  const longest = Math.max(Number(found[1]), Number(found[2] ?? 0))
  const unit = found[3] ?? ''
  if (/^(?:semana|week|sem)/.test(unit)) return longest * 7
  if (/^(?:mes|month)/.test(unit)) return longest * 30
  if (/^(?:h$|hr|hora|hour)/.test(unit)) return Math.ceil(longest / 24)
  return unit === '' || /^(?:d|dia|day|laborable|habil)/.test(unit) ? longest : null
}

export interface Unit {
  unit: 'piece' | 'g' | 'ml' | 'mm'
  unitSize: number
}

/** Words that say "one of them" and nothing more. */
export function isPlainPiece(text: string): boolean {
  return /^(?:|-|1|(?:1 )?(?:uds?|u|und|unid|unidad(?:es)?|pieza?s?|pza?s?|pzs|pcs?|pieces?|each|ea|units?|n\/a))\.?$/.test(
    plain(text),
  )
}

/** What a unit word measures: `kg` is 1000 steps of a gram. Null: a piece of some kind (box, pair, pack). */
export function parseUnit(text: string): Unit | null {
  const found = /^(\d{0,4})\s*([a-z]+)\.?$/.exec(plain(text))
  if (found === null) return null
  const count = found[1] === '' || found[1] === undefined ? 1 : Number(found[1])
  const word = found[2] ?? ''
  if (count < 1) return null
  if (/^(?:kg|kgs|kilos?|kilogramos?)$/.test(word)) return { unit: 'g', unitSize: 1000 * count }
  if (/^(?:g|gr|grs|gramos?)$/.test(word)) return { unit: 'g', unitSize: count }
  if (/^(?:l|lt|lts|litros?|liters?|litres?)$/.test(word)) return { unit: 'ml', unitSize: 1000 * count }
  if (/^(?:ml|cc)$/.test(word)) return { unit: 'ml', unitSize: count }
  if (word === 'cl') return { unit: 'ml', unitSize: 10 * count }
  if (/^(?:m|mt|mts|metros?|meters?|metres?)$/.test(word)) return { unit: 'mm', unitSize: 1000 * count }
  if (word === 'cm') return { unit: 'mm', unitSize: 10 * count }
  return null
}

/** A positive whole number, or null. */
export function parseCount(text: string): number | null {
  const found = /^(\d{1,9})(?:[.,]0+)?(?:\s*[a-z]+\.?)?$/.exec(plain(text))
  const value = found === null ? 0 : Number(found[1])
  return value > 0 ? value : null
}

/** `1,23E+12`: a spreadsheet has destroyed the digits of a long code. */
export function isScientific(text: string): boolean {
  return /^\d[.,]?\d*e\+\d+$/i.test(text.trim())
}

export function descriptionOf(long: string, short: string): string {
  const first = htmlToText(short)
  const second = htmlToText(long)
  if (first === '' || second.startsWith(first)) return second
  return second === '' ? first : `${first}\n\n${second}`
}
