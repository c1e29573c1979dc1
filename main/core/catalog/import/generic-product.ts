import { cell, type ProductDraft, type Row, type Sheet } from './draft.ts'
import { type Column, type Field, headerKey } from './headers.ts'
import {
  cellText,
  descriptionOf,
  isPlainPiece,
  parseBoolean,
  parseCategory,
  parseLeadTime,
  parseList,
  parseStatus,
  parseTaxClass,
  parseUnit,
  plain,
} from './values.ts'

const mostAttributes = 40

/** The columns of a list by what they were taken for. */
export class GenericColumns {
  readonly by = new Map<Field, Column[]>()

  constructor(columns: readonly Column[]) {
    for (const column of columns) this.by.set(column.field, [...(this.by.get(column.field) ?? []), column])
  }

  text(record: readonly string[], field: Field): string {
    return cell(record, this.by.get(field)?.[0])
  }

  /** The first cell of that field that is not empty. */
  first(records: readonly (readonly string[])[], field: Field): string {
    for (const record of records) {
      const text = this.text(record, field)
      if (text.trim() !== '') return text
    }
    return ''
  }
}

/** What the rows of one product say of it as a whole. Only fields that have a column. */
export function productFields(
  columns: GenericColumns,
  records: readonly (readonly string[])[],
  options: readonly Column[],
): ProductDraft['fields'] {
  const fields: ProductDraft['fields'] = {}
  const has = (field: Field) => columns.by.has(field)
  const value = (field: Field) => columns.first(records, field)
  if (has('description') || has('shortDescription')) {
    fields.description = descriptionOf(value('description'), value('shortDescription'))
  }
  if (has('category') || has('subcategory')) {
    fields.category = [value('category'), value('subcategory')]
      .map(parseCategory)
      .filter((part) => part !== '')
      .join(' > ')
  }
  if (has('brand')) fields.brand = cellText(value('brand')).slice(0, 200)
  if (has('tags')) fields.tags = parseList(value('tags'))
  if (has('url')) fields.url = cellText(value('url')).slice(0, 2000)
  if (has('taxClass')) fields.taxClass = parseTaxClass(value('taxClass')) ?? 'standard'
  const kindWord = plain(`${value('kind')} ${value('category')}`)
  const nameHeader = headerKey(columns.by.get('name')?.[0]?.header ?? '')
  if (has('kind') || /^ ?servicios?\b|^ ?services?\b/.test(kindWord) || /\bservic/.test(nameHeader)) {
    fields.kind = /\bservic/.test(kindWord) || /\bservic/.test(nameHeader) ? 'service' : 'good'
  }
  fields.attributes = attributesOf(columns, records, options)
  return fields
}

function attributesOf(
  columns: GenericColumns,
  records: readonly (readonly string[])[],
  options: readonly Column[],
): Record<string, string> {
  const attributes: Record<string, string> = {}
  const candidates = [...(columns.by.get('attribute') ?? []), ...(columns.by.get('option') ?? [])]
  for (const column of candidates.sort((a, b) => a.index - b.index)) {
    if (options.includes(column) || column.header === '' || Object.keys(attributes).length >= mostAttributes)
      continue
    const values = new Set(
      records.map((record) => cellText(cell(record, column))).filter((text) => text !== ''),
    )
    if (values.size > 0)
      attributes[column.header.slice(0, 80)] = [...values].slice(0, 10).join(', ').slice(0, 500)
  }
  const unit = cellText(columns.first(records, 'unit'))
  const [unitColumn] = columns.by.get('unit') ?? []
  if (unitColumn !== undefined && !isPlainPiece(unit) && (/\d/.test(unit) || parseUnit(unit) === null)) {
    attributes[unitColumn.header.slice(0, 80)] = unit.slice(0, 100)
  }
  return attributes
}

/** The status column: of the product when all rows agree, else of each variant. */
export function readStatus(
  sheet: Sheet,
  columns: GenericColumns,
  draft: ProductDraft,
  rows: readonly Row[],
): void {
  const [column] = columns.by.get('status') ?? []
  if (column === undefined) return
  const statuses = new Map<number, ReturnType<typeof parseStatus>>()
  for (const { record, row } of rows) {
    const text = cellText(cell(record, column))
    const status = text === '' ? 'available' : parseStatus(text)
    statuses.set(row, status)
    if (status !== null) continue
    // "Nuevo", "Usado", "Reacondicionado": the state of the thing, worth telling.
    if (
      /^(?:nuev|usad|reacond|segunda mano|new|used|refurb|second|semi|restaurad|exhibi)/.test(plain(text))
    ) {
      draft.fields.attributes = { ...draft.fields.attributes, [column.header]: text.slice(0, 100) }
    } else sheet.issues.warn(row, 'status_unknown', { text: text.slice(0, 60) })
  }
  const known = new Set([...statuses.values()].map((status) => status ?? 'available'))
  const [only] = known
  if (known.size === 1 && only !== undefined) draft.fields.status = only
  else {
    draft.fields.status = 'available'
    for (const variant of draft.variants) {
      const status = statuses.get(variant.row) ?? 'available'
      if (status !== 'available') variant.status = status === 'sold_out' ? 'sold_out' : 'discontinued'
    }
  }
}

/** Lead time and whether it is made to order, from their columns and from words in the stock column. */
export function readMadeToOrder(
  sheet: Sheet,
  columns: GenericColumns,
  draft: ProductDraft,
  records: readonly (readonly string[])[],
  row: number,
): void {
  const [lead] = columns.by.get('leadTime') ?? []
  const text = cellText(columns.first(records, 'leadTime'))
  if (lead !== undefined) {
    const days = text === '' ? null : parseLeadTime(/^\d+$/.test(text) ? `${text} ${lead.hint}` : text)
    if (days === null && text !== '' && parseBoolean(text) !== false) {
      sheet.issues.warn(row, 'lead_time_unreadable', { text: text.slice(0, 60) })
    }
    draft.fields.leadTimeDays = days
    const delivery = /entrega|delivery|envio|handling/.test(headerKey(lead.header))
    if (!columns.by.has('madeToOrder') && !delivery) draft.fields.madeToOrder = days !== null && days > 0
  }
  const order = cellText(columns.first(records, 'madeToOrder'))
  const stockWords = plain(columns.first(records, 'stock'))
  const says = /encargo|pedido|made to order|backorder|sobre medida|a medida/
  if (columns.by.has('madeToOrder')) {
    const days =
      /\d/.test(order) && !/^[01]$/.test(order) ? parseLeadTime(order.replace(/^[^\d]*/u, '')) : null
    draft.fields.madeToOrder =
      parseBoolean(order) ?? (says.test(plain(order)) || days !== null || /^si\b/.test(plain(order)))
    if (days !== null && lead === undefined) draft.fields.leadTimeDays = days
  }
  if (says.test(stockWords) || says.test(plain(text))) draft.fields.madeToOrder = true
}
