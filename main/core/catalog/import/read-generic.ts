import { nameText } from '../html.ts'
import {
  cell,
  type ProductDraft,
  type Row,
  type Sheet,
  type SheetReader,
  type VariantDraft,
} from './draft.ts'
import { GenericColumns, productFields, readMadeToOrder, readStatus } from './generic-product.ts'
import type { Column, Field } from './headers.ts'
import { readMoney } from './row-money.ts'
import {
  cellText,
  isScientific,
  parseBoolean,
  parseCount,
  parseImages,
  parseList,
  parseStock,
  parseUnit,
  plain,
  type Unit,
} from './values.ts'

interface Group {
  key: string | null
  rows: Row[]
}

/** More rows than this are no variants of one product any more. */
const longestGroup = 2000

/**
 * Any list of products. Rows in a sequence with the same parent, or the same name and differing sizes, colours and
 * the like, are variants of one product.
 */
export class GenericReader implements SheetReader {
  readonly #sheet: Sheet
  readonly #columns: GenericColumns
  readonly #width: number
  #open: Group | null = null
  /** Names whose rows do not stand together; filled by `survey`. */
  readonly #scattered = new Set<string>()
  readonly #surveyed = new Set<string>()
  #lastName = ''

  constructor(sheet: Sheet) {
    this.#sheet = sheet
    this.#columns = new GenericColumns(sheet.columns)
    this.#width = sheet.columns.length
  }

  /** First pass: finds out which names come back later in the file. */
  survey(record: readonly string[]): void {
    if (!this.#columns.by.has('option') || this.#columns.by.has('parent')) return
    const name = plain(this.#columns.text(record, 'name'))
    if (name === '' || name === this.#lastName) return
    this.#lastName = name
    if (this.#surveyed.has(name)) this.#scattered.add(name)
    else this.#surveyed.add(name)
  }

  add(record: readonly string[], row: number): ProductDraft[] {
    this.#surveyed.clear()
    if (record.every((value) => value.trim() === '')) return []
    if (record.length > this.#width && record.slice(this.#width).some((value) => value.trim() !== '')) {
      this.#sheet.issues.refuse(row, 'damaged_row', { cells: record.length, columns: this.#width })
      return []
    }
    const key = this.#key(record)
    const open = this.#open
    if (open !== null && key !== null && key === open.key && open.rows.length < longestGroup) {
      open.rows.push({ record, row })
      return []
    }
    const done = this.end()
    this.#open = { key, rows: [{ record, row }] }
    return done
  }

  end(): ProductDraft[] {
    const group = this.#open
    this.#open = null
    return group === null ? [] : this.#drafts(group)
  }

  #key(record: readonly string[]): string | null {
    const name = plain(this.#columns.text(record, 'name'))
    if (this.#columns.by.has('parent')) {
      const parent = plain(this.#columns.text(record, 'parent')) || plain(this.#columns.text(record, 'sku'))
      return parent === '' ? null : `parent:${parent}`
    }
    const options = this.#columns.by.get('option') ?? []
    if (!options.some((column) => cell(record, column).trim() !== '')) return null
    // A list that writes the name once and leaves it out below.
    if (name === '') return this.#open?.key ?? null
    return `name:${name}`
  }

  #drafts(group: Group): ProductDraft[] {
    const { rows, key } = group
    const options = this.#columns.by.get('option') ?? []
    const joined = key?.startsWith('parent:') === true
    const name = key?.startsWith('name:') === true ? key.slice(5) : ''
    const scattered = this.#scattered.has(name)
    let varying = options.filter(
      (column) => new Set(rows.map((row) => plain(cell(row.record, column)))).size > 1,
    )
    if (scattered || (joined && varying.length === 0)) {
      varying = options.filter((column) => rows.some((row) => cell(row.record, column).trim() !== ''))
    }
    if (rows.length > 1 && (joined || varying.length > 0)) return this.#draft(rows, varying, key)
    if (scattered || joined) return rows.flatMap((row) => this.#draft([row], joined ? [] : varying, key))
    return rows.flatMap((row) => this.#draft([row], [], null))
  }

  #draft(allRows: readonly Row[], options: readonly Column[], key: string | null): ProductDraft[] {
    const [first] = allRows
    if (first === undefined) return []
    const records = allRows.map((row) => row.record)
    const name = nameText(this.#columns.first(records, 'name'))
    if (name === '') {
      for (const row of allRows) this.#sheet.issues.refuse(row.row, 'no_name')
      return []
    }
    if (
      /^(?:sub ?)?total(?:es)?(?: general)?:?$/i.test(name) &&
      this.#columns.text(first.record, 'sku').trim() === ''
    ) {
      for (const row of allRows) this.#sheet.issues.refuse(row.row, 'total_row')
      return []
    }
    if (name.length > 500) {
      for (const row of allRows) this.#sheet.issues.refuse(row.row, 'name_too_long', { length: name.length })
      return []
    }
    // A parent's own row names the product; it is a variant only when it stands alone or has options itself.
    const parentRow =
      allRows.length > 1 &&
      key?.startsWith('parent:') === true &&
      this.#columns.text(first.record, 'parent').trim() === '' &&
      !options.some((column) => cell(first.record, column).trim() !== '')
    const rows = parentRow ? allRows.slice(1) : allRows
    const fallbackPrice = parentRow ? this.#columns.text(first.record, 'price') : ''
    const variants = this.#distinct(rows.flatMap((row) => this.#variant(row, options, fallbackPrice) ?? []))
    if (variants.length === 0) return []
    const draft: ProductDraft = {
      row: first.row,
      key,
      source: 'csv',
      externalId: this.#externalId(records, key),
      name,
      fields: productFields(this.#columns, records, options),
      optionNames: options.map((column) => column.header),
      variants,
    }
    readStatus(this.#sheet, this.#columns, draft, rows)
    readMadeToOrder(this.#sheet, this.#columns, draft, records, first.row)
    if (this.#columns.by.has('aliases')) draft.aliases = parseList(this.#columns.first(records, 'aliases'))
    if (this.#columns.by.has('image')) {
      const images = records.flatMap((record) =>
        (this.#columns.by.get('image') ?? []).flatMap((column) => parseImages(cell(record, column))),
      )
      draft.images = [...new Set(images)].map((source) => ({ source, alt: '' }))
    }
    return [draft]
  }

  #variant(row: Row, options: readonly Column[], fallbackPrice: string): VariantDraft | null {
    const { record } = row
    const issues = this.#sheet.issues
    const has = (field: Field) => this.#columns.by.has(field)
    const draft: VariantDraft = {
      row: row.row,
      sku: this.#code(row, 'sku'),
      options: options.map((column) => cellText(cell(record, column)).slice(0, 200)),
    }
    let measure: Unit | null = null
    const foreign = this.#columns.by.get('price')?.[0]?.currency ?? null
    if (foreign !== null && foreign !== this.#sheet.style.currency) {
      issues.refuse(row.row, 'other_currency', { currency: foreign })
      return null
    }
    if (has('price')) {
      const money = readMoney(this.#sheet, row.row, {
        price:
          this.#columns.text(record, 'price').trim() === ''
            ? fallbackPrice
            : this.#columns.text(record, 'price'),
        salePrice: this.#columns.text(record, 'salePrice'),
        compareAt: this.#columns.text(record, 'compareAt'),
        cost: this.#columns.text(record, 'cost'),
      })
      if (money === null) return null
      draft.price = money.price
      draft.compareAt = money.compareAt
      if (has('cost')) draft.cost = money.cost
      if (money.unit !== null) measure = parseUnit(money.unit)
    } else issues.warn(row.row, 'price_missing')
    // `750 ml` in a list's unit column is a size of bottle; `kg` alone is what the price is for.
    const unit = this.#columns.text(record, 'unit')
    measure ??= /\d/.test(unit) ? null : parseUnit(unit)
    if (measure !== null) {
      draft.unit = measure.unit
      draft.unitSize = measure.unitSize
    }
    if (has('barcode')) draft.barcode = this.#code(row, 'barcode')
    if (has('stock')) {
      const stock = parseStock(this.#columns.text(record, 'stock'), measure?.unitSize ?? 1)
      if (stock !== null) {
        draft.stock = { tracked: stock.soldOut || stock.onHand !== null, onHand: stock.onHand ?? 0 }
        draft.status = stock.soldOut ? 'sold_out' : 'available'
        for (const doubt of stock.doubts) issues.warn(row.row, doubt.reason, doubt.data)
      }
    }
    this.#quantities(row, draft, measure?.unitSize ?? 1)
    return draft
  }

  #quantities(row: Row, draft: VariantDraft, size: number): void {
    for (const field of ['minQuantity', 'maxQuantity'] as const) {
      const text = this.#columns.text(row.record, field)
      if (text.trim() === '') continue
      const count = parseCount(text)
      if (count === null) {
        // 0 and "no" say that there is no limit.
        if (parseBoolean(text) !== false)
          this.#sheet.issues.warn(row.row, 'quantity_unreadable', { field, text: text.trim().slice(0, 60) })
      } else draft[field] = count * size
    }
    if (typeof draft.maxQuantity === 'number' && draft.maxQuantity < (draft.minQuantity ?? 1)) {
      this.#sheet.issues.warn(row.row, 'quantity_unreadable', {
        field: 'maxQuantity',
        text: String(draft.maxQuantity),
      })
      delete draft.maxQuantity
    }
  }

  #code(row: Row, field: 'sku' | 'barcode'): string | null {
    const text = cellText(this.#columns.text(row.record, field)).slice(0, 100)
    if (text !== '' && isScientific(text)) {
      this.#sheet.issues.warn(row.row, 'sku_scientific', { field, text })
      return null
    }
    return text === '' ? null : text
  }

  /** Two rows with the same options and no SKU to tell them apart are one variant written twice. */
  #distinct(variants: readonly VariantDraft[]): VariantDraft[] {
    if (variants.length < 2) return [...variants]
    const seen = new Map<string, VariantDraft>()
    return variants.filter((variant) => {
      const key = JSON.stringify(variant.options.map(plain))
      const before = seen.get(key)
      if (before === undefined) {
        seen.set(key, variant)
        return true
      }
      if (variant.sku === null || before.sku === null) {
        this.#sheet.issues.refuse(variant.row, 'duplicate_name', { firstRow: before.row })
        return false
      }
      this.#sheet.issues.warn(variant.row, 'duplicate_options', { firstRow: before.row })
      return true
    })
  }

  #externalId(records: readonly (readonly string[])[], key: string | null): string | null {
    if (key?.startsWith('parent:') === true) return key.slice(7)
    const id = cellText(this.#columns.first(records, 'externalId'))
    return id === '' ? null : id.slice(0, 100)
  }
}
