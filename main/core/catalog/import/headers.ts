import { knownHeaders, patternHeaders } from './header-words.ts'
import { cellText } from './values.ts'

export const fields = [
  'name',
  'description',
  'shortDescription',
  'price',
  'salePrice',
  'compareAt',
  'cost',
  'sku',
  'barcode',
  'stock',
  'status',
  'category',
  'subcategory',
  'brand',
  'tags',
  'aliases',
  'image',
  'url',
  'taxClass',
  'leadTime',
  'madeToOrder',
  'unit',
  'minQuantity',
  'maxQuantity',
  'kind',
  'externalId',
  'parent',
  'option',
  'attribute',
  'ignored',
] as const

export type Field = (typeof fields)[number]

export interface Column {
  index: number
  /** As written in the file. */
  header: string
  field: Field
  /** ISO code named in the header: `Precio USD`. */
  currency: string | null
  /** Unit named in the header: `Plazo (días)`, `Peso (kg)`. */
  hint: string
}

/** Columns that are for the shop alone or that would pass a figure on unchecked. */
const many: readonly Field[] = ['image', 'option', 'attribute', 'ignored', 'tags', 'aliases']

/** Lower case words of a header without accents or signs: `¿En stock?` → `en stock`. */
export function headerKey(header: string): string {
  return header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

/**
 * Takes each column for a field. A cost, wholesale or supplier's column is never a price; what looks like money and is
 * not recognised is ignored rather than shown to customers as an attribute.
 */
export function mapColumns(
  headers: readonly string[],
  currency: string,
  mapping: Record<string, string> = {},
): Column[] {
  const wanted = new Map(Object.entries(mapping).map(([header, field]) => [headerKey(header), field]))
  const columns = headers.map((header, index): Column & { given: boolean; rank: number } => {
    const key = headerKey(header)
    const named = headerCurrency(header)
    const given = fields.find((field) => field === wanted.get(key))
    const guess = given === undefined ? recognise(key, named, header) : { field: given, rank: 0 }
    const hint = /\((.*?)\)/.exec(header)?.[1]?.toLowerCase() ?? ''
    return { index, header: cellText(header), ...guess, currency: named, hint, given: given !== undefined }
  })
  // One column a field: the one that was given, names no foreign currency, and has the more usual name.
  for (const field of fields) {
    if (many.includes(field)) continue
    const claims = columns.filter((column) => column.field === field)
    if (claims.length < 2) continue
    claims.sort(
      (a, b) =>
        Number(b.given) - Number(a.given) ||
        Number(isForeign(a, currency)) - Number(isForeign(b, currency)) ||
        a.rank - b.rank ||
        a.index - b.index,
    )
    for (const loser of claims.slice(1)) {
      loser.field = ['category', 'brand', 'kind', 'unit'].includes(field) ? 'attribute' : 'ignored'
      if (field === 'category') loser.field = 'subcategory'
    }
  }
  for (const column of columns) {
    // Other prices in another currency cannot be compared with the shop's.
    if (['salePrice', 'compareAt', 'cost'].includes(column.field) && isForeign(column, currency))
      column.field = 'ignored'
  }
  const has = (field: Field) => columns.some((column) => column.field === field)
  const promote = (from: Field, to: Field) => {
    const column = columns.find((candidate) => candidate.field === from)
    if (!has(to) && column !== undefined) column.field = to
  }
  // Price lists of many shop programs call the name a description.
  promote('description', 'name')
  promote('shortDescription', 'name')
  promote('salePrice', 'price')
  promote('compareAt', 'price')
  return columns.map(({ given: _, rank: __, ...column }) => column)
}

function isForeign(column: Column, currency: string): boolean {
  return column.currency !== null && column.currency !== currency
}

function recognise(key: string, currency: string | null, header: string): { field: Field; rank: number } {
  if (key === '') return { field: /[$€£]/.test(header) ? 'price' : 'ignored', rank: 450 }
  const bare = key
    .replace(/\b(?:eur|euros?|usd|us|mxn|cop|clp|ars|pen|gbp|uyu|brl|crc|dop|gtq|pesos?)\b/g, ' ')
    .replace(
      /\b(?:con|c)? ?(?:iva|vat|tax|igv|impuestos?) (?:incluidos?|incl?|included)\b|\b(?:incl?|con|inc|incluye) (?:iva|vat|tax|igv|impuestos)\b/g,
      ' ',
    )
    .replace(/ +/g, ' ')
    .trim()
  for (const candidate of [key, bare]) {
    const found = knownHeaders.get(candidate)
    if (found !== undefined) return found
  }
  for (const { pattern, field } of patternHeaders) if (pattern.test(key)) return { field, rank: 500 }
  if (currency !== null && bare === '') return { field: 'price', rank: 400 }
  return { field: 'attribute', rank: 900 }
}

const currencyWords: [RegExp, string][] = [
  [/€|\beuros?\b/i, 'EUR'],
  [/£/, 'GBP'],
  [/us\$|u\$s|\bd[oó]lares\b/i, 'USD'],
]

function headerCurrency(header: string): string | null {
  const code =
    /(?:^|[^A-Za-z])(EUR|USD|MXN|COP|CLP|ARS|PEN|GBP|UYU|BRL|CRC|DOP|GTQ|BOB|PYG|VES|HNL|NIO|PAB)(?:[^A-Za-z]|$)/i.exec(
      header,
    )
  if (code?.[1] !== undefined) return code[1].toUpperCase()
  return currencyWords.find(([pattern]) => pattern.test(header))?.[1] ?? null
}
