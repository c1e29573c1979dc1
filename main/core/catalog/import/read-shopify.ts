import { nameText } from '../html.ts'
import type { ProductDraft, Sheet, SheetReader, VariantDraft } from './draft.ts'
import { KnownColumns } from './known-sheet.ts'
import { readMoney } from './row-money.ts'
import {
  cellText,
  descriptionOf,
  parseBoolean,
  parseCategory,
  parseList,
  parseStatus,
  plain,
} from './values.ts'

/**
 * Shopify's product export, the old headers (`Variant Price`) and the new ones (`Price`): rows with the same handle are
 * one product; rows without variant cells carry further images.
 */
export class ShopifyReader implements SheetReader {
  readonly columns: Record<string, string>
  readonly #sheet: Sheet
  readonly #at
  readonly #optionNames: number[]
  readonly #optionValues: number[]
  readonly #metafields: { index: number; header: string }[]
  /** Option names of products with options, for rows that stand apart from their first one. */
  readonly #names = new Map<string, string[]>()
  #open: { handle: string; rows: { record: readonly string[]; row: number }[] } | null = null

  constructor(sheet: Sheet) {
    this.#sheet = sheet
    const known = new KnownColumns(sheet.columns)
    this.#at = {
      handle: known.find('externalId', 'handle', 'url handle'),
      title: known.find('name', 'title'),
      body: known.find('description', 'body html', 'body', 'description'),
      vendor: known.find('brand', 'vendor'),
      category: known.find('category', 'product category', 'standard product type'),
      type: known.find('category', 'type', 'custom product type'),
      tags: known.find('tags', 'tags'),
      published: known.find('status', 'published', 'published on online store'),
      status: known.find('status', 'status'),
      sku: known.find('sku', 'variant sku', 'sku'),
      tracker: known.find('stock', 'variant inventory tracker', 'inventory tracker'),
      quantity: known.find(
        'stock',
        'variant inventory qty',
        'inventory quantity',
        'variant inventory quantity',
      ),
      policy: known.find('stock', 'variant inventory policy', 'continue selling when out of stock'),
      price: known.find('price', 'variant price', 'price'),
      compareAt: known.find('compareAt', 'variant compare at price', 'compare at price'),
      cost: known.find('cost', 'cost per item'),
      barcode: known.find('barcode', 'variant barcode', 'barcode'),
      taxable: known.find('taxClass', 'variant taxable', 'charge tax'),
      image: known.find('image', 'image src', 'product image url'),
      alt: known.find('image', 'image alt text'),
      variantImage: known.find('image', 'variant image', 'variant image url'),
    }
    this.#optionNames = [1, 2, 3].map((number) => known.find('option', `option${number} name`))
    this.#optionValues = [1, 2, 3].map((number) => known.find('option', `option${number} value`))
    this.#metafields = known.match('attribute', / product metafields /)
    this.columns = known.report()
  }

  /** Cells that hold money, for the vote on the decimal sign. */
  get moneyColumns(): number[] {
    return [this.#at.price, this.#at.compareAt, this.#at.cost].filter((index) => index >= 0)
  }

  add(record: readonly string[], row: number): ProductDraft[] {
    if (record.every((value) => value.trim() === '')) return []
    const handle = get(record, this.#at.handle)
    if (handle === '') {
      this.#sheet.issues.refuse(row, 'damaged_row', { field: 'Handle' })
      return []
    }
    if (this.#open !== null && this.#open.handle === handle) {
      this.#open.rows.push({ record, row })
      return []
    }
    const done = this.end()
    this.#open = { handle, rows: [{ record, row }] }
    return done
  }

  end(): ProductDraft[] {
    const group = this.#open
    this.#open = null
    if (group === null) return []
    const [first] = group.rows
    if (first === undefined) return []
    const at = this.#at
    const lead = first.record
    let names = this.#optionNames.map((index) => get(lead, index))
    if (get(lead, at.title) === '') names = this.#names.get(group.handle) ?? names
    else if (get(lead, this.#optionValues[0] ?? -1) !== 'Default Title') this.#names.set(group.handle, names)
    const noOptions = (names[0] ?? '') === '' || /^(?:title|titulo|título)$/i.test(names[0] ?? '')
    const used = noOptions ? [] : names.flatMap((name, position) => (name === '' ? [] : [position]))
    const images: { source: string; alt: string }[] = []
    const variants: VariantDraft[] = []
    let variantRows = 0
    for (const { record, row } of group.rows) {
      const source = get(record, at.image)
      if (source !== '' && !images.some((image) => image.source === source))
        images.push({ source, alt: get(record, at.alt) })
      const isVariant = [at.price, at.sku, ...this.#optionValues].some((index) => get(record, index) !== '')
      if (!isVariant && record !== lead) continue
      if (!isVariant && group.rows.length > 1 && get(lead, at.title) === '') continue
      variantRows += 1
      const variant = this.#variant(record, row, used)
      if (variant !== null) variants.push(variant)
    }
    const draft: ProductDraft = {
      row: first.row,
      key: `handle:${group.handle.toLowerCase()}`,
      source: 'shopify',
      externalId: group.handle,
      name: nameText(raw(lead, at.title)).slice(0, 500),
      fields: {},
      optionNames: used.map((position) => names[position] ?? ''),
      variants,
    }
    // Images of a product whose rows stood elsewhere in the file.
    if (draft.name === '' && variantRows === 0 && images.length > 0) return [{ ...draft, images }]
    if (variants.length === 0) return []
    if (images.length > 0 || draft.name !== '') draft.images = images
    if (draft.name === '') return [draft]
    draft.fields = {
      description: descriptionOf(raw(lead, at.body), ''),
      brand: get(lead, at.vendor),
      category: parseCategory(get(lead, at.type) || get(lead, at.category)),
      tags: parseList(get(lead, at.tags), /,/),
      taxClass: parseBoolean(get(lead, at.taxable)) === false ? 'exempt' : 'standard',
      status: this.#status(lead, first.row),
      attributes: this.#attributes(lead),
    }
    return [draft]
  }

  #variant(record: readonly string[], row: number, used: readonly number[]): VariantDraft | null {
    const at = this.#at
    const money = readMoney(this.#sheet, row, {
      price: get(record, at.price),
      compareAt: get(record, at.compareAt),
      cost: get(record, at.cost),
    })
    if (money === null) return null
    const quantity = get(record, at.quantity)
    const policy = plain(get(record, at.policy))
    // Sold on beyond what is there: no limit to tell a customer.
    const counted =
      get(record, at.tracker) !== '' && policy !== 'continue' && policy !== 'true' && /^-?\d+$/.test(quantity)
    if (counted && Number(quantity) < 0) this.#sheet.issues.warn(row, 'stock_negative', { text: quantity })
    const image = get(record, at.variantImage)
    const variant: VariantDraft = {
      row,
      sku: get(record, at.sku).replace(/^'/, '').slice(0, 100) || null,
      options: used.map((position) => get(record, this.#optionValues[position] ?? -1)),
      price: money.price,
      compareAt: money.compareAt,
      barcode: get(record, at.barcode).replace(/^'/, '') || null,
      ...(image === '' ? {} : { image }),
    }
    if (at.cost >= 0) variant.cost = money.cost
    if (at.tracker >= 0 || at.quantity >= 0) {
      variant.stock = counted
        ? { tracked: true, onHand: Math.max(0, Number(quantity)) }
        : { tracked: false, onHand: 0 }
    }
    return variant
  }

  #status(lead: readonly string[], row: number): 'available' | 'hidden' | 'draft' {
    const text = get(lead, this.#at.status)
    const status = text === '' ? 'available' : parseStatus(text)
    if (status === null) this.#sheet.issues.warn(row, 'status_unknown', { text })
    if (status === 'draft') return 'draft'
    if (status === 'hidden') return 'hidden'
    return parseBoolean(get(lead, this.#at.published)) === false ? 'hidden' : 'available'
  }

  #attributes(lead: readonly string[]): Record<string, string> {
    const attributes: Record<string, string> = {}
    for (const { index, header } of this.#metafields) {
      const value = get(lead, index)
      if (value === '' || /^[[{]|gid:\/\//.test(value)) continue
      attributes[header.replace(/\s*\(.*$/, '').slice(0, 80)] = value.replaceAll('; ', ', ').slice(0, 500)
    }
    return attributes
  }
}

function raw(record: readonly string[], index: number): string {
  return index < 0 ? '' : (record[index] ?? '')
}

function get(record: readonly string[], index: number): string {
  return cellText(raw(record, index))
}
