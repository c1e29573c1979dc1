import type { JsonValue } from '../../json.ts'
import type { FinishedCall } from '../engine.ts'
import { dataText } from './delimit.ts'

/** Characters of one result that a prompt has room for. */
const longestResult = 5_000

type Fields = Record<string, JsonValue>

/** A call's result as a model reads it: short, escaped, one line of JSON. */
export function resultText(call: FinishedCall): string {
  const { result } = call
  const value = result.ok
    ? compactResult(call.name, result.data)
    : { error: result.code, ...fieldsOf(compact(result.data)), ...hintOf(result.code) }
  return dataText(JSON.stringify(shortened(value)))
}

/** What a tool gave without what says nothing: no nulls, no empty lists, amounts as their text; every id stays. */
export function compactResult(tool: string, data: JsonValue): JsonValue {
  const value = compact(data)
  if (!isFields(value)) return value
  if (tool === 'set_cart_line') {
    // The line stands in the cart, too.
    const { line, ...rest } = value
    return rest
  }
  if (tool !== 'search_products') return value
  const { interpretation, ...rest } = value
  const corrections = isFields(interpretation) ? interpretation.corrections : undefined
  return corrections === undefined ? rest : { ...rest, corrections }
}

function compact(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(compact)
  if (!isFields(value)) return value
  if (
    typeof value.text === 'string' &&
    typeof value.amount === 'number' &&
    typeof value.currency === 'string'
  )
    return value.text
  if (Array.isArray(value.variants) && typeof value.productId === 'string') return product(value)
  const { unit, unitSize, ...rest } = value
  const measured = unit !== 'piece' || (typeof unitSize === 'number' && unitSize !== 1)
  const own = measured ? value : rest
  return cleaned(Object.entries(own).map(([key, one]) => [key, compact(one)]))
}

function cleaned(entries: readonly (readonly [string, JsonValue])[]): Fields {
  return Object.fromEntries(entries.filter(([, value]) => !saysNothing(value)))
}

function saysNothing(value: JsonValue): boolean {
  if (value === null || value === undefined || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isFields(value) && Object.keys(value).length === 0
}

/** A product in few words; one with a single variant in one level. */
function product(value: Fields): Fields {
  const { variants, priceRange, optionNames, hasImage, madeToOrder, quoted, status, ...rest } = value
  const given = (Array.isArray(variants) ? variants : []).flatMap((one) =>
    isFields(one) ? [variant(one)] : [],
  )
  const facts = cleaned(Object.entries(rest).map(([key, one]) => [key, compact(one)]))
  const flags = cleaned([
    ['status', status === 'available' ? null : (status ?? null)],
    ['photo', hasImage === true ? true : null],
    ['madeToOrder', madeToOrder === true ? true : null],
    ['pricedBy', quoted === true ? 'quote_service' : null],
  ])
  const [only] = given
  if (given.length === 1 && only !== undefined) {
    const { bestVariantId, ...own } = facts
    return { ...own, ...flags, ...only }
  }
  const options = cleaned([['options', compact(optionNames ?? null)]])
  return { ...facts, ...flags, ...options, variants: given }
}

function variant(value: Fields): Fields {
  const {
    variantId,
    sku,
    title,
    price,
    compareAt,
    available,
    status,
    minQuantity,
    maxQuantity,
    unit,
    unitSize,
  } = value
  return cleaned([
    ['variantId', variantId],
    ['sku', sku],
    ['title', title],
    ['price', priceText(price)],
    ['formerPrice', compact(compareAt)],
    ['available', available],
    ['status', status === 'available' ? null : status],
    ['minQuantity', minQuantity === 1 ? null : minQuantity],
    ['maxQuantity', maxQuantity],
    ['unit', unitText(unit, unitSize)],
  ])
}

function unitText(unit: JsonValue, size: JsonValue): JsonValue {
  if (typeof unit !== 'string' || (unit === 'piece' && (size === 1 || size === undefined))) return null
  return typeof size === 'number' && size !== 1 ? `${size} ${unit}` : unit
}

function priceText(price: JsonValue): JsonValue {
  if (!isFields(price)) return null
  if (price.kind === 'ask') return 'on request: ask_owner'
  const text = compact(price.money)
  return price.kind === 'from' ? `from ${String(text)}` : text
}

/** What to do about an error that the model itself can mend. */
function hintOf(code: string): Fields {
  if (code === 'tool.id_not_seen')
    return { hint: 'This id is in no result. Search or view first and use an id from there.' }
  if (code === 'tool.invalid_arguments')
    return { hint: 'These arguments do not fit the tool. Correct them, or answer.' }
  if (code === 'tool.unknown') return { hint: 'There is no such tool.' }
  return {}
}

/** Lists lose their last items until the whole has room. */
function shortened(value: JsonValue): JsonValue {
  let current = value
  while (JSON.stringify(current).length > longestResult) {
    const next = withoutLast(current)
    if (next === null) return { text: JSON.stringify(current).slice(0, longestResult), cut: true }
    current = next
  }
  return current
}

/** Without the last item of its longest list; null where no list has more than one. */
function withoutLast(value: JsonValue): JsonValue | null {
  if (!isFields(value)) return null
  const lists = Object.entries(value)
    .filter((entry): entry is [string, JsonValue[]] => Array.isArray(entry[1]) && entry[1].length > 1)
    .sort(([, a], [, b]) => JSON.stringify(b).length - JSON.stringify(a).length)
  const longest = lists[0]
  if (longest !== undefined) return { ...value, [longest[0]]: longest[1].slice(0, -1), more: true }
  for (const [key, inner] of Object.entries(value)) {
    const next = withoutLast(inner)
    if (next !== null) return { ...value, [key]: next }
  }
  return null
}

function isFields(value: JsonValue): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function fieldsOf(value: JsonValue): Fields {
  return isFields(value) ? value : {}
}
