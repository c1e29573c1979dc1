import type { Product, Variant } from '../product.ts'
import type { ProductValues, VariantValues } from './bulk.ts'
import type { ProductDraft, VariantDraft } from './draft.ts'

/** Pure: what a draft makes of a product that is there already, and of one that is not. */

export interface Kept {
  row: number
  sku: string | null
  field: string
}

export interface Merged<T> {
  values: T
  /** Fields that change, with their new values. Empty: nothing to write. */
  changed: Record<string, unknown>
  kept: Kept[]
}

const blankProduct: Omit<ProductValues, 'name'> = {
  kind: 'good',
  description: '',
  category: '',
  brand: '',
  tags: [],
  attributes: {},
  status: 'available',
  taxClass: 'standard',
  madeToOrder: false,
  leadTimeDays: null,
  optionNames: [],
  url: '',
  manualFields: [],
}

const blankVariant: Omit<VariantValues, 'position' | 'options' | 'title'> = {
  sku: null,
  price: { kind: 'ask' },
  compareAt: null,
  cost: null,
  unit: 'piece',
  unitSize: 1,
  minQuantity: 1,
  maxQuantity: null,
  status: 'available',
  barcode: null,
  manualFields: [],
  stock: { tracked: false, onHand: 0 },
}

export function newProduct(draft: ProductDraft): ProductValues {
  return { ...blankProduct, ...defined(draft.fields), name: draft.name, optionNames: draft.optionNames }
}

export function newVariant(draft: VariantDraft, options: string[], position: number): VariantValues {
  return limited({
    ...blankVariant,
    ...fieldsOf(draft),
    sku: draft.sku,
    options,
    title: titleOf(options),
    position,
  })
}

export function mergeProduct(
  before: Product,
  draft: ProductDraft,
  overwriteManual: boolean,
): Merged<ProductValues> {
  const wanted: Partial<ProductValues> = { ...defined(draft.fields) }
  if (draft.name !== '') wanted.name = draft.name
  if (draft.fields.attributes !== undefined)
    wanted.attributes = { ...before.attributes, ...draft.fields.attributes }
  wanted.optionNames = mergeOptionNames(before, draft)
  const current: ProductValues = pickProduct(before)
  return merge(current, wanted, overwriteManual, draft.row, null)
}

export function mergeVariant(
  before: Variant,
  draft: VariantDraft,
  options: string[],
  overwriteManual: boolean,
): Merged<VariantValues> {
  const wanted: Partial<VariantValues> = { ...fieldsOf(draft) }
  if (draft.sku !== null) wanted.sku = draft.sku
  if (options.length > 0 || before.options.length > 0) {
    wanted.options = options
    if (!same(options, before.options)) wanted.title = titleOf(options)
  }
  const current: VariantValues = {
    position: before.position,
    sku: before.sku,
    title: before.title,
    options: before.options,
    price: before.price,
    compareAt: before.compareAt,
    cost: before.cost,
    unit: before.unit,
    unitSize: before.unitSize,
    minQuantity: before.minQuantity,
    maxQuantity: before.maxQuantity,
    status: before.status,
    barcode: before.barcode,
    manualFields: before.manualFields,
    stock: { tracked: before.stock.tracked, onHand: before.stock.onHand },
  }
  // A price kept by hand keeps what it is compared with: the file's figure belongs to the file's price.
  const priceKept =
    !overwriteManual &&
    before.manualFields.includes('price') &&
    wanted.price !== undefined &&
    !same(wanted.price, before.price)
  if (priceKept) delete wanted.compareAt
  const merged = merge(current, wanted, overwriteManual, draft.row, draft.sku ?? before.sku)
  return { ...merged, values: limited(merged.values) }
}

/**
 * Names of options after the file: its own when it has them all, else those that are there with the new ones behind.
 */
export function mergeOptionNames(before: Product, draft: ProductDraft): string[] {
  const has = (list: readonly string[], name: string) =>
    list.some((known) => known.toLowerCase() === name.toLowerCase())
  if (
    before.optionNames.every((name) => has(draft.optionNames, name)) &&
    draft.variants.length >= before.variants.length
  ) {
    return draft.optionNames
  }
  return [...before.optionNames, ...draft.optionNames.filter((name) => !has(before.optionNames, name))]
}

/** A draft's option values in the order of the product's option names. */
export function optionsFor(names: readonly string[], draft: ProductDraft, variant: VariantDraft): string[] {
  return names.map((name) => {
    const at = draft.optionNames.findIndex((known) => known.toLowerCase() === name.toLowerCase())
    return at < 0 ? '' : (variant.options[at] ?? '')
  })
}

/** Option values of a variant that is there, in a new order of names. */
export function reorderOptions(names: readonly string[], product: Product, variant: Variant): string[] {
  return names.map((name) => {
    const at = product.optionNames.findIndex((known) => known.toLowerCase() === name.toLowerCase())
    return at < 0 ? '' : (variant.options[at] ?? '')
  })
}

function merge<T extends { manualFields: string[] }>(
  current: T,
  wanted: Partial<T>,
  overwriteManual: boolean,
  row: number,
  sku: string | null,
): Merged<T> {
  const values = { ...current }
  const changed: Record<string, unknown> = {}
  const kept: Kept[] = []
  const cleared = new Set<string>()
  for (const field in wanted) {
    const value = wanted[field]
    if (value === undefined || same(value, current[field])) continue
    if (current.manualFields.includes(field)) {
      if (!overwriteManual) {
        kept.push({ row, sku, field })
        continue
      }
      cleared.add(field)
    }
    values[field] = value
    changed[field] = value
  }
  if (cleared.size > 0) values.manualFields = current.manualFields.filter((field) => !cleared.has(field))
  return { values, changed, kept }
}

function pickProduct(product: Product): ProductValues {
  const { kind, name, description, category, brand, tags, attributes, status, taxClass } = product
  const { madeToOrder, leadTimeDays, optionNames, url, manualFields } = product
  return {
    kind,
    name,
    description,
    category,
    brand,
    tags,
    attributes,
    status,
    taxClass,
    madeToOrder,
    leadTimeDays,
    optionNames,
    url,
    manualFields,
  }
}

function fieldsOf(draft: VariantDraft): Partial<VariantValues> {
  const { row: _, sku: __, options: ___, image: ____, ...fields } = draft
  return defined(fields)
}

/** Without the keys whose value is undefined. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Object.fromEntries forgets the keys that it was given; they are T's own.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

function limited(values: VariantValues): VariantValues {
  const max = values.maxQuantity
  return max !== null && max < values.minQuantity ? { ...values, maxQuantity: null } : values
}

function titleOf(options: readonly string[]): string {
  return options.filter((option) => option !== '').join(' / ')
}

/** Equal as JSON, whatever the order of keys. */
export function same(first: unknown, second: unknown): boolean {
  if (first === second) return true
  if (typeof first !== 'object' || typeof second !== 'object' || first === null || second === null)
    return false
  return JSON.stringify(sorted(first)) === JSON.stringify(sorted(second))
}

function sorted(value: object): unknown {
  if (Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
