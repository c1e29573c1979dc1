import type { JsonValue } from '../../json.ts'
import type { Price, ProductFields, VariantStatus } from '../product.ts'
import type { Column } from './headers.ts'
import type { DecimalSign, NumberStyle } from './prices.ts'
import type { ImportFormat, IssueCode } from './report.ts'

/** What a file says of one variant. A field that is missing has no column: it stays as it is in the catalog. */
export interface VariantDraft {
  row: number
  sku: string | null
  options: string[]
  price?: Price
  compareAt?: number | null
  cost?: number | null
  unit?: string
  unitSize?: number
  minQuantity?: number
  maxQuantity?: number | null
  stock?: { tracked: boolean; onHand: number }
  status?: VariantStatus
  barcode?: string | null
  /** Web address of its own image. */
  image?: string
}

export interface ProductDraft {
  /** First row that speaks of it. */
  row: number
  /** What joins rows of this product within the file; another draft with the same key adds to it. */
  key: string | null
  source: string
  externalId: string | null
  name: string
  fields: Partial<Omit<ProductFields, 'name' | 'optionNames'>>
  optionNames: string[]
  aliases?: string[]
  /** Web addresses or names of files, with their texts. */
  images?: { source: string; alt: string; mediaHash?: string | null }[]
  variants: VariantDraft[]
}

export interface Issues {
  refuse(row: number, reason: IssueCode, data?: Record<string, JsonValue>): void
  warn(row: number, reason: IssueCode, data?: Record<string, JsonValue>): void
}

export interface Sheet {
  format: ImportFormat
  columns: Column[]
  style: NumberStyle
  decimal: DecimalSign | 'none'
  issues: Issues
  pricesIncludeTax: boolean
  /** UTC ISO 8601: sales that have not begun or are over do not count. */
  now: string
}

/** Turns records into products, in one pass and with what a few rows need. */
export interface SheetReader {
  /** Takes one record; returns the products that are complete with it. */
  add(record: readonly string[], row: number): ProductDraft[]
  /** What was still open at the end of the file. */
  end(): ProductDraft[]
}

/** The non-empty cell of the first column of a field. */
export function cell(record: readonly string[], column: Column | undefined): string {
  return column === undefined ? '' : (record[column.index] ?? '')
}

export interface Row {
  record: readonly string[]
  /** As a spreadsheet numbers it. */
  row: number
}
