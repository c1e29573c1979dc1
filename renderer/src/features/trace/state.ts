import type { Trace } from '../../../../preload/contract/index.ts'

const tools = [
  'search_products',
  'get_products',
  'list_categories',
  'view_cart',
  'set_cart_line',
  'remove_cart_line',
  'clear_cart',
  'shop_information',
  'send_product_photo',
  'hand_over',
] as const
export type KnownTool = (typeof tools)[number]

export function knownTool(name: string): KnownTool | null {
  return tools.find((tool) => tool === name) ?? null
}

const findings = ['amount', 'percent', 'stock', 'product', 'action', 'currency', 'date'] as const
export type FindingKind = (typeof findings)[number] | 'other'

export function findingKind(kind: string): FindingKind {
  return findings.find((each) => each === kind) ?? 'other'
}

const tables = ['products', 'variants', 'knowledge', 'carts', 'shop'] as const
export type KnownTable = (typeof tables)[number]

export function knownTable(name: string): KnownTable | null {
  return tables.find((table) => table === name) ?? null
}

/** Milliseconds as people read them: `8 ms`, `1,2 s`. */
export function durationText(ms: number, locale: string): string {
  const [value, unit] = ms < 1000 ? [Math.round(ms), 'millisecond'] : [Math.round(ms / 100) / 10, 'second']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value)
}

/** Tokens of all steps; null where the engine counts none. */
export function tokensOf(trace: Trace): { input: number; output: number } | null {
  let input = 0
  let output = 0
  for (const { usage } of trace.steps) {
    input += usage.inputTokens ?? 0
    output += usage.outputTokens ?? 0
  }
  return input + output === 0 ? null : { input, output }
}

const argumentNames = [
  'query',
  'limit',
  'minPrice',
  'maxPrice',
  'inStockOnly',
  'category',
  'quantity',
  'topic',
  'reason',
  'summary',
] as const
export type ArgumentName = (typeof argumentNames)[number]

/** Short lines of a call's arguments that a person can read. Ids and deeper values are left to the full data. */
export function argumentLines(value: unknown): { name: ArgumentName; value: string | number | boolean }[] {
  return argumentNames.flatMap((name) => {
    const found = field(value, name)
    const shown = typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
    return shown && found !== '' ? [{ name, value: found }] : []
  })
}

/** Products and sums that a result speaks of, for the eye: names with their prices, the cart's total, texts of the shop. */
export function resultLines(value: unknown): string[] {
  const lines: string[] = []
  const money = (each: unknown): string | null => text(each, 'text')
  const product = (each: unknown) => {
    const name = text(each, 'name')
    if (name === null) return
    const variants = field(each, 'variants')
    const prices = Array.isArray(variants)
      ? variants.map((variant) => priceText(variant)).filter((price) => price !== null)
      : []
    const unique = [...new Set(prices)]
    lines.push(
      unique.length === 0
        ? name
        : `${name} — ${unique.slice(0, 3).join(' · ')}${unique.length > 3 ? ' …' : ''}`,
    )
  }
  const priceText = (variant: unknown): string | null => money(field(field(variant, 'price'), 'money'))
  const products = field(value, 'products')
  if (Array.isArray(products)) for (const each of products) product(each)
  const cart = field(value, 'cart')
  const cartLines = field(cart, 'lines')
  if (Array.isArray(cartLines)) {
    for (const line of cartLines)
      lines.push(
        `${String(field(line, 'quantity') ?? '')} × ${text(line, 'name') ?? ''} — ${money(field(line, 'total')) ?? ''}`,
      )
    const total = money(field(cart, 'total'))
    if (total !== null && cartLines.length > 0) lines.push(`= ${total}`)
  }
  const entries = field(value, 'entries')
  if (Array.isArray(entries)) {
    for (const entry of entries) {
      const answer = text(entry, 'answer')
      if (answer !== null) lines.push(answer)
    }
  }
  const categories = field(value, 'categories')
  if (Array.isArray(categories))
    lines.push(
      categories
        .map((each) => text(each, 'name') ?? '')
        .filter((name) => name !== '')
        .join(', '),
    )
  return lines
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function text(value: unknown, name: string): string | null {
  const found = field(value, name)
  return typeof found === 'string' && found !== '' ? found : null
}
