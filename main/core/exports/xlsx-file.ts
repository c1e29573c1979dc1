import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { CellFormat, serialDate } from './cells.ts'
import type { CellType, CellValue } from './columns.ts'
import { exportNames } from './columns.ts'
import type { ExportJob } from './export.ts'
import type { Sheet } from './sheet.ts'

/** Rows that one sheet can hold, with its heading. */
const longestSheet = 1_048_576
/** Characters that are handed to the compressor at once. */
const chunkLength = 64 * 1024
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const header = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** Places in the list of cell formats below. */
const styles: Record<CellType | 'heading', number> = {
  text: 0,
  boolean: 0,
  heading: 1,
  amount: 2,
  integer: 3,
  instant: 4,
  date: 5,
  rate: 6,
}

/**
 * Writes rows as an Excel workbook (Office Open XML) as they come, at bounded memory; what is more than a sheet can hold
 * goes on in the next one. Cells have types, so that no text can become a formula.
 */
export function xlsxSheet(job: ExportJob, write: (chunk: Uint8Array) => void): Sheet {
  const format = new CellFormat(job.currency, job.timeZone, '.')
  const name = exportNames[job.request.what][job.request.language]
  let failure: Error | null = null
  const zip = new Zip((error, chunk) => {
    if (error !== null) failure = error
    else write(chunk)
  })
  let columns: { heading: string; width: number; type: CellType }[] = []
  let sheet: ZipDeflate | null = null
  let sheets = 0
  let rowNumber = 0
  let buffer = ''

  const push = (text: string, last = false) => {
    buffer += text
    if (!last && buffer.length < chunkLength) return
    sheet?.push(strToU8(buffer), last)
    buffer = ''
    if (failure !== null) throw failure
  }
  const open = () => {
    sheets++
    sheet = new ZipDeflate(`xl/worksheets/sheet${sheets}.xml`, { level: 6 })
    zip.add(sheet)
    rowNumber = 1
    const widths = columns
      .map(
        ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
      )
      .join('')
    const headings = columns.map(({ heading }, index) => textCell(index, 1, heading, styles.heading)).join('')
    push(
      `${header}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData><row r="1">${headings}</row>`,
    )
  }
  const close = () => {
    const last = `${letters(columns.length - 1)}${rowNumber}`
    push(`</sheetData><autoFilter ref="A1:${last}"/></worksheet>`, true)
  }
  return {
    begin(given) {
      columns = given
      open()
    },
    row(cells) {
      if (rowNumber === longestSheet) {
        close()
        open()
      }
      rowNumber++
      const content = cells
        .map(({ type, value }, index) => cell(index, rowNumber, type, value, format))
        .join('')
      push(`<row r="${rowNumber}">${content}</row>`)
    },
    end() {
      close()
      for (const [path, content] of parts(name, sheets, format.digits)) {
        const file = new ZipPassThrough(path)
        zip.add(file)
        file.push(strToU8(header + content), true)
      }
      zip.end()
      if (failure !== null) throw failure
    },
  }
}

function cell(index: number, row: number, type: CellType, value: CellValue, format: CellFormat): string {
  if (value === null || value === '') return ''
  const at = `${letters(index)}${row}`
  if (typeof value === 'string') {
    if (type === 'instant') return number(at, serialDate(format.local(value)), styles.instant)
    return type === 'date' ? number(at, serialDate(value), styles.date) : textCell(index, row, value, 0)
  }
  if (type === 'boolean') return `<c r="${at}" t="b"><v>${value === 0 ? 0 : 1}</v></c>`
  if (type === 'amount') return number(at, format.amountNumber(value), styles.amount)
  return type === 'rate' ? number(at, value / 10_000, styles.rate) : number(at, value, styles.integer)
}

function number(at: string, value: number, style: number): string {
  return `<c r="${at}" s="${style}"><v>${value}</v></c>`
}

function textCell(index: number, row: number, text: string, style: number): string {
  return `<c r="${letters(index)}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

/** A cell holds at most 32,767 characters; XML knows no control characters and no lone surrogates. */
function escaped(text: string): string {
  return (
    text
      .slice(0, 32_767)
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be left out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
  )
}

/** 0 → A, 25 → Z, 26 → AA. */
function letters(index: number): string {
  const rest = index % 26
  const first = Math.floor(index / 26)
  return `${first === 0 ? '' : letters(first - 1)}${String.fromCharCode(65 + rest)}`
}

/** The files beside the sheets. */
function parts(name: string, sheets: number, digits: number): [string, string][] {
  const all = Array.from({ length: sheets }, (_, index) => index + 1)
  const amount = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  const formats = [amount, '0', 'yyyy-mm-dd hh:mm', 'yyyy-mm-dd', '0.00%']
  return [
    [
      '[Content_Types].xml',
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${all
        .map(
          (index) =>
            `<Override PartName="/xl/worksheets/sheet${index}.xml" ContentType="${type}.worksheet+xml"/>`,
        )
        .join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${all
        .map(
          (index) =>
            `<sheet name="${name}${index === 1 ? '' : ` ${index}`}" sheetId="${index}" r:id="rId${index}"/>`,
        )
        .join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all
        .map(
          (index) =>
            `<Relationship Id="rId${index}" Type="${relations}/worksheet" Target="worksheets/sheet${index}.xml"/>`,
        )
        .join(
          '',
        )}<Relationship Id="rId${sheets + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${main}"><numFmts count="${formats.length}">${formats
        .map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`)
        .join(
          '',
        )}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>${formats
        .map(
          (_, index) =>
            `<xf numFmtId="${164 + index}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
        )
        .join('')}</cellXfs></styleSheet>`,
    ],
  ]
}
