import type { JsonValue } from '../../json.ts'

/** Why a row was refused or is doubtful. Text is made where the report is shown (`import.<code>`). */
export const issueCodes = [
  // refused
  'no_name',
  'duplicate_sku',
  'duplicate_name',
  'price_negative',
  'price_absurd',
  'price_unreadable',
  'other_currency',
  'parent_missing',
  'no_variant_left',
  'type_not_supported',
  'name_too_long',
  'too_many_variations',
  'sku_of_other_product',
  'damaged_row',
  'total_row',
  // doubtful, imported
  'price_missing',
  'price_free',
  'price_zero',
  'price_ambiguous',
  'price_rounded',
  'price_range',
  'price_without_tax',
  'decimal_mixed',
  'compare_at_unreadable',
  'compare_at_not_higher',
  'sale_not_lower',
  'stock_unreadable',
  'stock_negative',
  'stock_rounded',
  'status_unknown',
  'quantity_unreadable',
  'lead_time_unreadable',
  'image_not_stored',
  'duplicate_options',
  'sku_scientific',
  'extra_cells',
  'encoding_damaged',
  'manual_kept',
  'was_removed',
] as const

export type IssueCode = (typeof issueCodes)[number]

export interface RowIssue {
  /** As a spreadsheet numbers it: the first record of the file is 1. */
  row: number
  reason: IssueCode
  data: Record<string, JsonValue>
}

export type ImportFormat = 'generic' | 'shopify' | 'woocommerce'

export interface ImportReport {
  /** Products that are new. */
  imported: number
  /** Products that changed. */
  updated: number
  /** Products that were there already, just so. */
  unchanged: number
  /** Variants of all those products that the file speaks of. */
  variants: number
  /** Rows that were left out. */
  refused: RowIssue[]
  /** Rows that were taken in, with a doubt that a person should look at. */
  warned: RowIssue[]
  format: ImportFormat
  delimiter: string
  encoding: string
  /** The file's decimal sign: `,`, `.`, or `none` when no price tells. */
  decimal: ',' | '.' | 'none'
  /** Header → field it was taken for; `attribute`, `option` and `ignored` included. */
  columns: Record<string, string>
  /** Null for a dry run. */
  importId: string | null
  cancelled: boolean
  /** Values that a person had set by hand and the import left alone. */
  kept: { row: number; productId: string; sku: string | null; field: string }[]
}

export interface ImportProgress {
  rows: number
  bytes: number
  totalBytes: number
}
