import type { Inputs, Order, OrderLine, Product, Variant } from '../../../../preload/contract/index.ts'
import { editableAmount, parseAmount } from '../../ui/money.ts'
import { editableQuantity, lineTotal, type Measure, parseQuantity } from '../../ui/quantity.ts'

interface MoneyStyle {
  currency: string
  locale: string
}

/** A line that is being written: an article of the catalog that is added to an order or sold at the counter. */
export interface NewLine extends Measure {
  variantId: string
  name: string
  quantity: string
  price: string
  /** What the catalog says; null: on request. */
  catalogPrice: number | null
  /** Steps that can be sold; null: not tracked. */
  available: number | null
}

export function articleName(name: string, title: string): string {
  return title === '' ? name : `${name} · ${title}`
}

export function newLine(product: Pick<Product, 'name'>, variant: Variant, money: MoneyStyle): NewLine {
  const price = variant.price.kind === 'ask' ? null : variant.price.amount
  const { unit, unitSize } = variant
  return {
    variantId: variant.id,
    name: articleName(product.name, variant.title),
    unit,
    unitSize,
    quantity: editableQuantity(Math.max(variant.minQuantity, unitSize), { unit, unitSize }, money.locale),
    price: editableAmount(price, money.currency, money.locale),
    catalogPrice: price,
    available: variant.stock.available,
  }
}

/** Adds an article; one that is there already is sold once more. */
export function withLine(lines: readonly NewLine[], added: NewLine, locale: string): NewLine[] {
  const there = lines.find((line) => line.variantId === added.variantId)
  if (there === undefined) return [...lines, added]
  const more = (parseQuantity(there.quantity, there) ?? 0) + (parseQuantity(added.quantity, added) ?? 0)
  return changeLine(lines, there.variantId, { quantity: editableQuantity(more, there, locale) })
}

export function changeLine(
  lines: readonly NewLine[],
  variantId: string,
  changes: Partial<Pick<NewLine, 'quantity' | 'price'>>,
): NewLine[] {
  return lines.map((line) => (line.variantId === variantId ? { ...line, ...changes } : line))
}

export type LineProblem = 'quantity' | 'price'

export function lineProblem(line: NewLine, { currency, locale }: MoneyStyle): LineProblem | null {
  const quantity = parseQuantity(line.quantity, line)
  if (quantity === null || quantity < 1) return 'quantity'
  return parseAmount(line.price, currency, locale) === null ? 'price' : null
}

type LineInput = Inputs['orders']['preview']['lines'][number]

/** What a call takes; null when the line cannot be sold as it is. The catalog's own price is not named. */
export function lineInput(line: NewLine, money: MoneyStyle): LineInput | null {
  if (lineProblem(line, money) !== null) return null
  const quantity = parseQuantity(line.quantity, line) ?? 0
  const unitPrice = parseAmount(line.price, money.currency, money.locale) ?? 0
  return {
    variantId: line.variantId,
    quantity,
    ...(unitPrice === line.catalogPrice ? {} : { unitPrice }),
  }
}

/** All of them, or null while one is not right. */
export function lineInputs(lines: readonly NewLine[], money: MoneyStyle): LineInput[] | null {
  const inputs = lines.map((line) => lineInput(line, money))
  return inputs.every((input) => input !== null) ? inputs : null
}

/** An order as its editor holds it. */
export interface OrderForm {
  /** Quantity of each line by its id; `0` takes it out. */
  quantities: Record<string, string>
  added: NewLine[]
  deliveryFee: string
  address: string
  place: string
  recipient: string
  phone: string
  slotId: string | null
  slotDate: string
  note: string
}

export function formOf(order: Order, slotId: string | null, { currency, locale }: MoneyStyle): OrderForm {
  return {
    quantities: Object.fromEntries(
      order.lines.map((line) => [line.id, editableQuantity(line.quantity, line, locale)]),
    ),
    added: [],
    deliveryFee: editableAmount(order.deliveryFee, currency, locale),
    address: order.address,
    place: order.place,
    recipient: order.recipient,
    phone: order.phone,
    slotId,
    slotDate: order.slotDate ?? '',
    note: order.note,
  }
}

export type FormProblem = LineProblem | 'fee' | 'slotDate' | 'empty'

/** What cannot be saved: a line's id or variant, or the name of a field. */
export function problemsOf(form: OrderForm, order: Order, money: MoneyStyle): Record<string, FormProblem> {
  const problems: Record<string, FormProblem> = {}
  let left = form.added.length
  for (const line of order.lines) {
    const quantity = parseQuantity(form.quantities[line.id] ?? '', line)
    if (quantity === null) problems[line.id] = 'quantity'
    if (quantity !== 0) left += 1
  }
  for (const line of form.added) {
    const problem = lineProblem(line, money)
    if (problem !== null) problems[line.variantId] = problem
  }
  if (left === 0) problems.lines = 'empty'
  if (parseAmount(form.deliveryFee, money.currency, money.locale) === null) problems.deliveryFee = 'fee'
  if (form.slotId !== null && form.slotDate === '') problems.slotDate = 'slotDate'
  return problems
}

type EditInput = Omit<Inputs['orders']['edit'], 'shop' | 'orderId' | 'expectedRevision' | 'tell'>

/** Only what differs from the order, for a form without problems. */
export function changesOf(form: OrderForm, before: OrderForm, order: Order, money: MoneyStyle): EditInput {
  const lines = order.lines.flatMap((line) => {
    const quantity = parseQuantity(form.quantities[line.id] ?? '', line) ?? line.quantity
    return quantity === line.quantity ? [] : [{ lineId: line.id, quantity }]
  })
  const add = lineInputs(form.added, money) ?? []
  const fee = parseAmount(form.deliveryFee, money.currency, money.locale)
  const changed = <Name extends 'address' | 'place' | 'recipient' | 'phone' | 'note'>(name: Name) =>
    form[name] === before[name] ? {} : { [name]: form[name].trim() }
  return {
    ...(lines.length === 0 ? {} : { lines }),
    ...(add.length === 0 ? {} : { add }),
    ...(fee === null || fee === order.deliveryFee ? {} : { deliveryFee: fee }),
    ...changed('address'),
    ...changed('place'),
    ...changed('recipient'),
    ...changed('phone'),
    ...changed('note'),
    ...(form.slotId === before.slotId ? {} : { slotId: form.slotId }),
    ...(form.slotDate === before.slotDate ? {} : { slotDate: form.slotDate === '' ? null : form.slotDate }),
  }
}

/** Every line as the preview takes it; null when one has left the catalog or is not right yet. */
export function previewLines(form: OrderForm, order: Order, money: MoneyStyle): LineInput[] | null {
  const kept: LineInput[] = []
  for (const line of order.lines) {
    const quantity = parseQuantity(form.quantities[line.id] ?? '', line)
    if (quantity === null) return null
    if (quantity === 0) continue
    if (line.variantId === null) return null
    kept.push({ variantId: line.variantId, quantity, unitPrice: line.unitPrice })
  }
  const added = lineInputs(form.added, money)
  return added === null ? null : [...kept, ...added]
}

/** Sum of the articles, where the app cannot be asked: without discount and taxes. */
export function plainSubtotal(form: OrderForm, lines: readonly OrderLine[], money: MoneyStyle): number {
  const kept = lines.reduce((sum, line) => {
    const quantity = parseQuantity(form.quantities[line.id] ?? '', line) ?? 0
    return sum + lineTotal(line.unitPrice, quantity, line.unitSize)
  }, 0)
  return form.added.reduce((sum, line) => {
    const quantity = parseQuantity(line.quantity, line) ?? 0
    return (
      sum + lineTotal(parseAmount(line.price, money.currency, money.locale) ?? 0, quantity, line.unitSize)
    )
  }, kept)
}
