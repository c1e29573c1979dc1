import { stringify } from 'csv-stringify/sync'
import { CellFormat, neutralised } from './cells.ts'
import type { CellType, CellValue } from './columns.ts'
import type { ExportJob } from './export.ts'
import type { Sheet } from './sheet.ts'

/** Rows that are turned into text at once. */
const batch = 500

/** Writes rows as CSV: UTF-8, CRLF, quoted where needed. */
export function csvSheet(
  { request, currency, timeZone }: ExportJob,
  write: (chunk: Uint8Array) => void,
): Sheet {
  const format = new CellFormat(currency, timeZone, request.delimiter === ';' ? ',' : '.')
  const waiting: string[][] = []
  const flush = () => {
    if (waiting.length === 0) return
    const text = stringify(waiting, {
      delimiter: request.delimiter,
      record_delimiter: 'windows',
      // Of itself the library quotes for CRLF alone: what follows another break would be a row, or a formula.
      quoted_match: /[\r\n]/,
    })
    write(Buffer.from(text, 'utf8'))
    waiting.length = 0
  }
  return {
    begin(columns) {
      if (request.bom) write(Buffer.from('\uFEFF', 'utf8'))
      waiting.push(columns.map(({ heading }) => heading))
    },
    row(cells) {
      waiting.push(cells.map(({ type, value }) => textOf(type, value, format)))
      if (waiting.length >= batch) flush()
    },
    end: flush,
  }
}

function textOf(type: CellType, value: CellValue, format: CellFormat): string {
  if (value === null) return ''
  if (typeof value === 'string')
    return type === 'instant' ? format.local(value) : type === 'date' ? value : neutralised(value)
  if (type === 'amount') return format.amount(value)
  return type === 'rate' ? String(value / 100) : String(value)
}
