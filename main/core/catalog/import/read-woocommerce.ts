import { nameText } from '../html.ts'
import type { ProductDraft, Sheet, SheetReader, VariantDraft } from './draft.ts'
import { KnownColumns } from './known-sheet.ts'
import { readMoney } from './row-money.ts'
import {
  cellText,
  descriptionOf,
  parseBoolean,
  parseImages,
  parseList,
  parseStock,
  parseTaxClass,
  plain,
} from './values.ts'

interface Attribute {
  name: string
  values: string
}

interface Variation {
  record: readonly string[]
  row: number
}

/** Variations are kept until their parents come; above this a file is not a shop's. */
const mostVariations = 300_000

/**
 * WooCommerce's product export, in English and Spanish. Variations name their parent by `id:12` or by SKU and may
 * stand anywhere: `survey` collects them in the first pass.
 */
export class WooCommerceReader implements SheetReader {
  readonly columns: Record<string, string>
  readonly #sheet: Sheet
  readonly #at
  readonly #attributes: { name: number; values: number; visible: number }[]
  readonly #variations = new Map<string, Variation[]>()
  #count = 0

  constructor(sheet: Sheet) {
    this.#sheet = sheet
    const known = new KnownColumns(sheet.columns)
    this.#at = {
      id: known.find('externalId', 'id'),
      type: known.find('kind', 'type', 'tipo'),
      sku: known.find('sku', 'sku', 'codigo'),
      barcode: known.find('barcode', 'gtin upc ean or isbn', 'gtin upc ean o isbn'),
      name: known.find('name', 'name', 'nombre'),
      published: known.find('status', 'published', 'publicado'),
      visibility: known.find(
        'status',
        'visibility in catalog',
        'visibilidad en el catalogo',
        'visibilidad en catalogo',
      ),
      short: known.find('shortDescription', 'short description', 'descripcion corta'),
      description: known.find('description', 'description', 'descripcion'),
      saleStart: known.find(
        'salePrice',
        'date sale price starts',
        'dia en que empieza el precio rebajado',
        'fecha en que empieza el precio rebajado',
      ),
      saleEnd: known.find(
        'salePrice',
        'date sale price ends',
        'dia en que termina el precio rebajado',
        'fecha en que termina el precio rebajado',
      ),
      taxStatus: known.find('taxClass', 'tax status', 'estado del impuesto', 'estado de impuesto'),
      taxClass: known.find('taxClass', 'tax class', 'clase de impuesto', 'tipo de impuesto'),
      inStock: known.find(
        'stock',
        'in stock',
        'existencias',
        'en inventario',
        'hay existencias',
        'en stock',
        'hay stock',
      ),
      stock: known.find('stock', 'stock', 'inventario', 'cantidad de inventario'),
      backorders: known.find(
        'stock',
        'backorders allowed',
        'permitir reservas de productos agotados',
        'se permiten reservas',
        'permitir reservas',
        'reservas permitidas',
      ),
      individually: known.find('maxQuantity', 'sold individually', 'vendido individualmente'),
      sale: known.find('salePrice', 'sale price', 'precio rebajado', 'precio de oferta'),
      regular: known.find('price', 'regular price', 'precio normal', 'precio regular'),
      categories: known.find('category', 'categories', 'categorias'),
      tags: known.find('tags', 'tags', 'etiquetas'),
      images: known.find('image', 'images', 'imagenes'),
      parent: known.find('parent', 'parent', 'superior', 'padre', 'principal'),
      externalUrl: known.find('url', 'external url', 'url externa'),
      brand: known.find('brand', 'brands', 'brand', 'marcas', 'marca'),
    }
    const visible = known.match(
      'attribute',
      /^(?:attribute (\d+) visible|atributo visible (\d+)|visibilidad del atributo (\d+))$/,
    )
    const values = known.match('attribute', /^(?:attribute (\d+) value s|valor es del atributo (\d+))$/)
    const numberOf = (header: string) => /\d+/.exec(header)?.[0]
    this.#attributes = known
      .match('attribute', /^(?:attribute (\d+) name|nombre del atributo (\d+))$/)
      .map(({ index, header }) => ({
        name: index,
        values: values.find((column) => numberOf(column.header) === numberOf(header))?.index ?? -1,
        visible: visible.find((column) => numberOf(column.header) === numberOf(header))?.index ?? -1,
      }))
    this.columns = known.report()
  }

  get moneyColumns(): number[] {
    return [this.#at.regular, this.#at.sale].filter((index) => index >= 0)
  }

  /** First pass: remembers the variations, without their texts. They are read when their parent comes. */
  survey(record: readonly string[], row: number): void {
    if (!/^variation|^variacion/.test(this.#type(record))) return
    const parent = get(record, this.#at.parent).toLowerCase()
    if (parent === '') {
      this.#sheet.issues.refuse(row, 'parent_missing', { parent: '' })
      return
    }
    this.#count += 1
    if (this.#count > mostVariations) {
      this.#sheet.issues.refuse(row, 'too_many_variations', { limit: mostVariations })
      return
    }
    const list = this.#variations.get(parent) ?? []
    const texts = [this.#at.description, this.#at.short]
    list.push({ record: record.map((value, index) => (texts.includes(index) ? '' : value)), row })
    this.#variations.set(parent, list)
  }

  add(record: readonly string[], row: number): ProductDraft[] {
    if (record.every((value) => value.trim() === '')) return []
    const type = this.#type(record)
    if (/^variation|^variacion/.test(type)) return []
    const at = this.#at
    const name = nameText(raw(record, at.name)).slice(0, 500)
    const id = get(record, at.id)
    const sku = get(record, at.sku)
    const parents = [id === '' ? '' : `id:${id}`, sku.toLowerCase()].filter((key) => key !== '')
    const variations = parents.flatMap((key) => this.#variations.get(key) ?? [])
    for (const key of parents) this.#variations.delete(key)
    if (name === '' || /grouped|agrupad/.test(type)) {
      const rows = [row, ...variations.map((variation) => variation.row)]
      for (const each of rows)
        this.#sheet.issues.refuse(each, name === '' ? 'no_name' : 'type_not_supported', { type })
      return []
    }
    const variable = /variable/.test(type)
    const attributes = this.#attributesOf(record)
    const draft: ProductDraft = {
      row,
      key: id === '' ? null : `id:${id}`,
      source: 'woocommerce',
      externalId: id === '' ? null : id,
      name,
      fields: this.#fields(record, attributes),
      optionNames: [],
      variants: [],
      images: parseImages(raw(record, at.images)).map((source) => ({ source, alt: '' })),
    }
    if (variable || variations.length > 0) {
      this.#joinVariations(draft, variations, record)
      if (draft.variants.length === 0) {
        this.#sheet.issues.refuse(row, 'no_variant_left')
        return []
      }
    } else {
      const variant = this.#variant(record, row)
      if (variant === null) return []
      draft.variants.push(variant)
    }
    return [draft]
  }

  end(): ProductDraft[] {
    for (const [parent, orphans] of this.#variations) {
      for (const { row } of orphans) this.#sheet.issues.refuse(row, 'parent_missing', { parent })
    }
    this.#variations.clear()
    return []
  }

  #joinVariations(draft: ProductDraft, variations: readonly Variation[], parent: readonly string[]): void {
    const names: string[] = []
    for (const { record } of variations) {
      for (const { name } of this.#attributesOf(record))
        if (!names.some((known) => plain(known) === plain(name))) names.push(name)
    }
    draft.optionNames = names
    const soldOut = parseBoolean(get(parent, this.#at.inStock)) === false
    for (const { record, row } of variations) {
      const variant = this.#variant(record, row)
      if (variant === null) continue
      const attributes = this.#attributesOf(record)
      variant.options = names.map(
        (name) => attributes.find((attribute) => plain(attribute.name) === plain(name))?.values ?? '',
      )
      if (soldOut) {
        variant.status = 'sold_out'
        variant.stock = { tracked: true, onHand: 0 }
      }
      draft.variants.push(variant)
    }
    const options = new Set(names.map(plain))
    const rest = Object.entries(draft.fields.attributes ?? {}).filter(([name]) => !options.has(plain(name)))
    draft.fields.attributes = Object.fromEntries(rest)
  }

  #fields(record: readonly string[], attributes: readonly Attribute[]): ProductDraft['fields'] {
    const at = this.#at
    const [category = '', ...others] = parseList(raw(record, at.categories).replaceAll('\\,', '‚'), /,/)
    const tags = [
      ...parseList(raw(record, at.tags), /,/),
      ...others.map((other) => other.split('>').at(-1)?.trim() ?? ''),
    ]
    const published = get(record, at.published)
    const hidden =
      plain(get(record, at.visibility)) === 'hidden' || plain(get(record, at.visibility)) === 'oculto'
    const exempt = /^none$|^ningun/.test(plain(get(record, at.taxStatus)))
    return {
      description: descriptionOf(raw(record, at.description), raw(record, at.short)),
      category: category.replaceAll('‚', ',').replace(/\s*>\s*/g, ' > '),
      brand: get(record, at.brand),
      tags: [...new Set(tags.filter((tag) => tag !== ''))],
      url: get(record, at.externalUrl),
      taxClass: exempt ? 'exempt' : (parseTaxClass(get(record, at.taxClass)) ?? 'standard'),
      status:
        published === '-1' ? 'draft' : parseBoolean(published) === false || hidden ? 'hidden' : 'available',
      attributes: Object.fromEntries(
        attributes.filter(({ values }) => values !== '').map(({ name, values }) => [name, values]),
      ),
    }
  }

  #variant(record: readonly string[], row: number): VariantDraft | null {
    const at = this.#at
    const money = readMoney(this.#sheet, row, {
      price: get(record, at.regular),
      salePrice: this.#saleRuns(record) ? get(record, at.sale) : '',
    })
    if (money === null) return null
    const variation = /^variation|^variacion/.test(this.#type(record))
    const [image] = variation ? parseImages(raw(record, at.images)) : []
    const variant: VariantDraft = {
      row,
      sku: get(record, at.sku).slice(0, 100) || null,
      options: [],
      price: money.price,
      compareAt: money.compareAt,
      ...(image === undefined ? {} : { image }),
    }
    if (at.barcode >= 0) variant.barcode = get(record, at.barcode) || null
    if (parseBoolean(get(record, at.individually)) === true) variant.maxQuantity = 1
    this.#stock(record, row, variant)
    if (variation && /^(?:0|-1)$/.test(get(record, at.published))) variant.status = 'discontinued'
    return variant
  }

  #stock(record: readonly string[], row: number, variant: VariantDraft): void {
    const at = this.#at
    const inStock = get(record, at.inStock)
    if (at.stock < 0 && at.inStock < 0) return
    variant.status = 'available'
    variant.stock = { tracked: false, onHand: 0 }
    const backorders = plain(get(record, at.backorders))
    if (backorders !== '' && backorders !== '0' && backorders !== 'no') return
    const counted = parseStock(get(record, at.stock), 1)
    for (const doubt of counted?.doubts ?? []) this.#sheet.issues.warn(row, doubt.reason, doubt.data)
    if (counted !== null && counted.onHand !== null) variant.stock = { tracked: true, onHand: counted.onHand }
    if (inStock !== '' && parseBoolean(inStock) === false) {
      variant.status = 'sold_out'
      variant.stock = { tracked: true, onHand: 0 }
    }
  }

  /** A sale with dates counts between them only. */
  #saleRuns(record: readonly string[]): boolean {
    const start = get(record, this.#at.saleStart)
    const end = get(record, this.#at.saleEnd)
    const now = this.#sheet.now
    const day = (text: string) => /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? ''
    if (day(start) !== '' && day(start) > now.slice(0, 10)) return false
    return day(end) === '' || day(end) >= now.slice(0, 10)
  }

  #attributesOf(record: readonly string[]): Attribute[] {
    return this.#attributes.flatMap(({ name, values, visible }) => {
      const title = get(record, name).slice(0, 80)
      const hidden = !/^variation|^variacion/.test(this.#type(record)) && get(record, visible) === '0'
      return title === '' || hidden ? [] : [{ name: title, values: get(record, values).slice(0, 500) }]
    })
  }

  #type(record: readonly string[]): string {
    return plain(get(record, this.#at.type))
  }
}

function raw(record: readonly string[], index: number): string {
  return index < 0 ? '' : (record[index] ?? '')
}

function get(record: readonly string[], index: number): string {
  return cellText(raw(record, index))
}
