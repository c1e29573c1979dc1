import type { ShopBrief } from '../../engines/engine.ts'
import { DomainError } from '../../errors.ts'
import type { Issues, Sheet, SheetReader } from './draft.ts'
import { inspectText, type TextFile } from './encoding.ts'
import { type Column, headerKey, mapColumns } from './headers.ts'
import { isShopify, isWooCommerce } from './known-sheet.ts'
import { DecimalVotes, usualDecimal } from './prices.ts'
import { GenericReader } from './read-generic.ts'
import { ShopifyReader } from './read-shopify.ts'
import { WooCommerceReader } from './read-woocommerce.ts'
import { type Delimiter, delimiters, headRecords, readHead, readRecords, separatorLine } from './records.ts'
import type { ImportFormat } from './report.ts'

export interface OpenedSheet {
  sheet: Sheet
  file: TextFile
  reader: SheetReader
  delimiter: Delimiter
  skipFirstLine: boolean
  /** Row of the column names; what stands above it is a title. */
  headerRow: number
  columns: Record<string, string>
}

interface OpenOptions {
  shop: ShopBrief
  currency: string
  mapping: Record<string, string>
  /** UTC ISO 8601. */
  now: string
  signal?: AbortSignal
  issues: Issues
}

/** A list may begin with a few lines of title, date or address. */
const mostTitleRows = 12
const mostColumns = 1000

/**
 * Finds out all about the file before a row of it is taken in: encoding, delimiter, headers, format, and from a pass
 * over all its rows the decimal sign and what belongs together.
 * @throws DomainError `import.file_unreadable`, `import.empty`, `import.not_text`, `import.line_too_long`, `import.no_name_column`.
 */
export async function openSheet(path: string, options: OpenOptions): Promise<OpenedSheet> {
  const file = await inspectText(path, options.signal)
  if (file.damaged) options.issues.warn(1, 'encoding_damaged')
  const head = await readHead(path, file)
  const declared = separatorLine(head)
  const skipFirstLine = declared !== null
  const body = skipFirstLine ? head.slice(head.search(/\n/) + 1) : head
  const guess = bestGuess(body, declared, options)
  if (guess === null) {
    // A first record without end is told apart from a list without names.
    for await (const _ of readRecords(path, file, {
      delimiter: declared ?? ',',
      skipFirstLine,
      signal: options.signal,
    }))
      break
    throw new DomainError('import.no_name_column', {
      headers: body.split(/\r\n|\n|\r/, 1)[0]?.slice(0, 300) ?? '',
    })
  }
  const { delimiter, headerRow, columns, format } = guess
  const sheet: Sheet = {
    format,
    columns,
    decimal: 'none',
    style: {
      currency: options.currency,
      file: 'none',
      usual: usualDecimal(options.currency, options.shop.locale),
    },
    issues: options.issues,
    pricesIncludeTax: options.shop.pricesIncludeTax,
    now: options.now,
  }
  const reader = readerOf(sheet)
  const votes = new DecimalVotes()
  const money = 'moneyColumns' in reader ? reader.moneyColumns : moneyColumns(columns)
  let row = 0
  for await (const portion of readRecords(path, file, { delimiter, skipFirstLine, signal: options.signal })) {
    for (const record of portion) {
      row += 1
      if (row <= headerRow) continue
      for (const index of money) votes.add(record[index] ?? '')
      if ('survey' in reader) reader.survey(record, row)
    }
  }
  sheet.decimal = votes.result()
  sheet.style.file = sheet.decimal
  if (format === 'generic') noteNetPrices(sheet, headerRow)
  const report =
    'columns' in reader
      ? reader.columns
      : Object.fromEntries(columns.map((column) => [column.header, String(column.field)]))
  return { sheet, file, reader, delimiter, skipFirstLine, headerRow, columns: report }
}

function readerOf(sheet: Sheet): GenericReader | ShopifyReader | WooCommerceReader {
  if (sheet.format === 'shopify') return new ShopifyReader(sheet)
  return sheet.format === 'woocommerce' ? new WooCommerceReader(sheet) : new GenericReader(sheet)
}

function moneyColumns(columns: readonly Column[]): number[] {
  return columns
    .filter(({ field }) => ['price', 'salePrice', 'compareAt', 'cost'].includes(field))
    .map(({ index }) => index)
}

/** A list whose only prices are net, in a shop that shows prices with tax. */
function noteNetPrices(sheet: Sheet, headerRow: number): void {
  const price = sheet.columns.find((column) => column.field === 'price')
  if (price === undefined || !sheet.pricesIncludeTax) return
  if (
    /\b(?:sin iva|neto|net|sin impuestos|excl|ex vat|base imponible|mas iva)\b/.test(headerKey(price.header))
  ) {
    sheet.issues.warn(headerRow, 'price_without_tax', { column: price.header })
  }
}

interface Guess {
  delimiter: Delimiter
  headerRow: number
  columns: Column[]
  format: ImportFormat
  score: number
}

/** The delimiter and header row with which most columns are understood and most rows are equally wide. */
function bestGuess(body: string, declared: Delimiter | null, options: OpenOptions): Guess | null {
  let best: Guess | null = null
  for (const delimiter of declared === null ? delimiters : [declared]) {
    const records = headRecords(body, delimiter, 40)
    for (const [at, record] of records.slice(0, mostTitleRows).entries()) {
      if (record.length > mostColumns) continue
      const guess = judge(record, records.slice(at + 1), options)
      if (guess === null) continue
      // A title above the list must not win by chance over the list's own first row.
      const score = guess.score - at * 0.5
      if (best === null || score > best.score) best = { ...guess, delimiter, headerRow: at + 1, score }
    }
  }
  return best
}

function judge(
  headers: readonly string[],
  below: readonly string[][],
  options: OpenOptions,
): Omit<Guess, 'delimiter' | 'headerRow'> | null {
  const format: ImportFormat = isShopify(headers)
    ? 'shopify'
    : isWooCommerce(headers)
      ? 'woocommerce'
      : 'generic'
  const columns = mapColumns(headers, options.currency, options.mapping)
  if (!columns.some((column) => column.field === 'name')) return null
  const known = columns.filter(({ field }) => field !== 'attribute' && field !== 'ignored').length
  const full = below.filter((record) => record.some((value) => value.trim() !== ''))
  const even =
    full.length === 0 ? 1 : full.filter((record) => record.length === headers.length).length / full.length
  return {
    columns,
    format,
    score: (format === 'generic' ? 0 : 100) + known * 4 + even * 2 + (columns.length > 1 ? 1 : 0),
  }
}
