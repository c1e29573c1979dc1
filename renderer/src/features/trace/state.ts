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
  'quote_service',
  'view_checkout',
  'set_delivery',
  'set_contact',
  'set_payment_method',
  'apply_discount',
  'summarize_order',
  'place_order',
  'order_status',
  'cancel_order',
  'remember_contact',
  'remember_preference',
  'ask_owner',
  'send_document',
] as const
export type KnownTool = (typeof tools)[number]

export function knownTool(name: string): KnownTool | null {
  return tools.find((tool) => tool === name) ?? null
}

const findings = [
  'amount',
  'percent',
  'stock',
  'product',
  'action',
  'currency',
  'date',
  'policy',
  'contact',
  'order',
  'measure',
] as const
export type FindingKind = (typeof findings)[number] | 'other'

export function findingKind(kind: string): FindingKind {
  return findings.find((each) => each === kind) ?? 'other'
}

const tables = ['products', 'variants', 'knowledge', 'carts', 'shop', 'checkouts', 'orders'] as const
export type KnownTable = (typeof tables)[number]

export function knownTable(name: string): KnownTable | null {
  return tables.find((table) => table === name) ?? null
}

/** What all steps took together; nulls where nothing was counted. */
export interface Totals {
  tokens: { input: number; cached: number; output: number } | null
  /** Millionths of the shop's unit. */
  costMicros: number | null
  /** Pieces of personal data that stayed on this computer. */
  redactions: number
}

export function totalsOf(steps: Trace['steps']): Totals {
  const tokens = { input: 0, cached: 0, output: 0 }
  let costMicros: number | null = null
  let redactions = 0
  for (const { usage, served } of steps) {
    tokens.input += usage.inputTokens ?? 0
    tokens.cached += usage.cachedTokens ?? 0
    tokens.output += usage.outputTokens ?? 0
    const cost = served?.costMicros ?? null
    if (cost !== null) costMicros = (costMicros ?? 0) + cost
    redactions += served?.redactions ?? 0
  }
  return { tokens: tokens.input + tokens.output === 0 ? null : tokens, costMicros, redactions }
}

type Finding = NonNullable<Trace['gate']>['findings'][number]

/** A text cut into pieces, those that a finding is about with it. */
export function markedParts(
  text: string,
  found: readonly Finding[],
): { text: string; finding: Finding | null }[] {
  const parts: { text: string; finding: Finding | null }[] = []
  const lower = text.toLowerCase()
  let at = 0
  while (at < text.length) {
    let next: { start: number; finding: Finding } | null = null
    for (const finding of found) {
      if (finding.text === '') continue
      const start = lower.indexOf(finding.text.toLowerCase(), at)
      if (start < 0) continue
      const sooner = next === null || start < next.start
      const longer = next !== null && start === next.start && finding.text.length > next.finding.text.length
      if (sooner || longer) next = { start, finding }
    }
    if (next === null) break
    if (next.start > at) parts.push({ text: text.slice(at, next.start), finding: null })
    const end = next.start + next.finding.text.length
    parts.push({ text: text.slice(next.start, end), finding: next.finding })
    at = end
  }
  if (at < text.length) parts.push({ text: text.slice(at), finding: null })
  return parts
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
