import type {
  Product,
  ProductChanges,
  ProductInput,
  Variant,
  VariantInput,
} from '../../../../preload/contract/index.ts'
import { editableAmount, formatMoney, parseAmount } from '../../ui/money.ts'

export const productStatuses = ['available', 'sold_out', 'discontinued', 'hidden', 'draft'] as const
export type ProductStatus = (typeof productStatuses)[number]
export const productKinds = ['good', 'service'] as const satisfies readonly Product['kind'][]

/** How the shop writes money. */
export interface MoneyStyle {
  currency: string
  locale: string
}

export interface VariantForm {
  /** Null for one that is new. */
  id: string | null
  /** Stable key for the screen. */
  key: string
  title: string
  sku: string
  priceKind: 'exact' | 'from' | 'ask'
  price: string
  compareAt: string
  tracked: boolean
  onHand: string
  reserved: number
}

export interface ProductForm {
  kind: Product['kind']
  name: string
  description: string
  category: string
  brand: string
  status: ProductStatus
  aliases: string[]
  madeToOrder: boolean
  leadTimeDays: string
  variants: VariantForm[]
}

let keys = 0
export function emptyVariant(): VariantForm {
  keys += 1
  return {
    id: null,
    key: `new-${keys}`,
    title: '',
    sku: '',
    priceKind: 'exact',
    price: '',
    compareAt: '',
    tracked: false,
    onHand: '0',
    reserved: 0,
  }
}

export function emptyProduct(): ProductForm {
  return {
    kind: 'good',
    name: '',
    description: '',
    category: '',
    brand: '',
    status: 'available',
    aliases: [],
    madeToOrder: false,
    leadTimeDays: '',
    variants: [emptyVariant()],
  }
}

export function formOf(product: Product, money: MoneyStyle): ProductForm {
  return {
    kind: product.kind,
    name: product.name,
    description: product.description,
    category: product.category,
    brand: product.brand,
    status: product.status,
    aliases: product.aliases,
    madeToOrder: product.madeToOrder,
    leadTimeDays: product.leadTimeDays === null ? '' : String(product.leadTimeDays),
    variants: product.variants.map((variant) => variantForm(variant, money)),
  }
}

function variantForm(variant: Variant, { currency, locale }: MoneyStyle): VariantForm {
  return {
    id: variant.id,
    key: variant.id,
    title: variant.title,
    sku: variant.sku ?? '',
    priceKind: variant.price.kind,
    price: variant.price.kind === 'ask' ? '' : editableAmount(variant.price.amount, currency, locale),
    compareAt: editableAmount(variant.compareAt, currency, locale),
    tracked: variant.stock.tracked,
    onHand: String(variant.stock.onHand),
    reserved: variant.stock.reserved,
  }
}

const wholeNumber = /^\d{1,9}$/

export type FormProblem = 'name' | 'price' | 'onHand' | 'leadTime'

/** Path of each field that cannot be saved, as the form names it (`variants.0.price`), with what is wrong. */
export function problemsOf(form: ProductForm, { currency, locale }: MoneyStyle): Record<string, FormProblem> {
  const problems: Record<string, FormProblem> = {}
  if (form.name.trim() === '') problems.name = 'name'
  if (form.leadTimeDays.trim() !== '' && !wholeNumber.test(form.leadTimeDays.trim()))
    problems.leadTimeDays = 'leadTime'
  form.variants.forEach((variant, index) => {
    if (variant.priceKind !== 'ask' && parseAmount(variant.price, currency, locale) === null) {
      problems[`variants.${index}.price`] = 'price'
    }
    if (variant.compareAt.trim() !== '' && parseAmount(variant.compareAt, currency, locale) === null) {
      problems[`variants.${index}.compareAt`] = 'price'
    }
    if (variant.tracked && !wholeNumber.test(variant.onHand.trim()))
      problems[`variants.${index}.onHand`] = 'onHand'
  })
  return problems
}

function variantInput(variant: VariantForm, { currency, locale }: MoneyStyle): VariantInput {
  const amount = parseAmount(variant.price, currency, locale) ?? 0
  return {
    title: variant.title.trim(),
    sku: variant.sku.trim() === '' ? null : variant.sku.trim(),
    price: variant.priceKind === 'ask' ? { kind: 'ask' } : { kind: variant.priceKind, amount },
    compareAt: variant.compareAt.trim() === '' ? null : parseAmount(variant.compareAt, currency, locale),
    stock: { tracked: variant.tracked, onHand: variant.tracked ? Number(variant.onHand.trim()) : 0 },
  }
}

function fieldsOf(form: ProductForm): Omit<ProductInput, 'variants'> {
  return {
    kind: form.kind,
    name: form.name.trim(),
    description: form.description.trim(),
    category: form.category.trim(),
    brand: form.brand.trim(),
    status: form.status,
    aliases: form.aliases.map((alias) => alias.trim()).filter((alias) => alias !== ''),
    madeToOrder: form.madeToOrder,
    leadTimeDays: form.leadTimeDays.trim() === '' ? null : Number(form.leadTimeDays.trim()),
  }
}

/** For a form without problems. */
export function inputOf(form: ProductForm, money: MoneyStyle): ProductInput {
  return { ...fieldsOf(form), variants: form.variants.map((variant) => variantInput(variant, money)) }
}

/** Only what differs from the product as it was loaded, so that nothing else counts as edited by hand. */
export function changesOf(form: ProductForm, product: Product, money: MoneyStyle): ProductChanges {
  const before = formOf(product, money)
  const changes: ProductChanges = {}
  const now = fieldsOf(form)
  const then = fieldsOf(before)
  for (const [name, value] of Object.entries(now)) {
    if (!same(value, Reflect.get(then, name))) Reflect.set(changes, name, value)
  }
  const edited = form.variants.flatMap((variant): NonNullable<ProductChanges['variants']> => {
    const input = variantInput(variant, money)
    const original = before.variants.find((each) => each.id === variant.id)
    if (variant.id === null || original === undefined) return [input]
    const old = variantInput(original, money)
    const entries = Object.entries(input).filter(([name, value]) => !same(value, Reflect.get(old, name)))
    return entries.length === 0 ? [] : [{ ...Object.fromEntries(entries), id: variant.id }]
  })
  if (edited.length > 0) changes.variants = edited
  const removed = product.variants
    .map((variant) => variant.id)
    .filter((id) => !form.variants.some((each) => each.id === id))
  if (removed.length > 0) changes.removeVariants = removed
  return changes
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

export type PriceSummary =
  | { kind: 'exact'; text: string; before: string | null }
  | { kind: 'from'; text: string }
  | { kind: 'ask' }

/** One price for a list row: the only one, the lowest of several, or none. */
export function priceSummary(
  product: Pick<Product, 'variants'>,
  { currency, locale }: MoneyStyle,
): PriceSummary {
  const amounts: number[] = []
  let from = false
  for (const { price } of product.variants) {
    if (price.kind === 'ask') continue
    amounts.push(price.amount)
    from ||= price.kind === 'from'
  }
  if (amounts.length === 0) return { kind: 'ask' }
  const lowest = Math.min(...amounts)
  const text = formatMoney(lowest, currency, locale)
  if (from || amounts.some((amount) => amount !== lowest)) return { kind: 'from', text }
  const compareAt = product.variants[0]?.compareAt ?? null
  return { kind: 'exact', text, before: compareAt === null ? null : formatMoney(compareAt, currency, locale) }
}

/** Units that can be sold of all variants; null when none is tracked. */
export function stockSummary(product: Pick<Product, 'variants'>): number | null {
  let total: number | null = null
  for (const { stock } of product.variants)
    if (stock.available !== null) total = (total ?? 0) + stock.available
  return total
}
