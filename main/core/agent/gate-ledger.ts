import type { ActionKind, Fact, SumRole } from './facts.ts'
import { noteAreas, noteText } from './gate-ledger-texts.ts'
import { canonical, contentStems, stem, wordsOf } from './gate-text.ts'

/** What the facts of a turn say of one product. */
export interface ProductLedger {
  productId: string
  /** Canonical names, longest first. */
  names: string[]
  /** Stems of its names. */
  stems: Set<string>
  /** Stems of the words that say what it is: the first of a name, without "de" and the like the last too. */
  heads: Set<string>
  /** The shop's own text about it, canonical. */
  text: string
  /** Stems of that text. */
  textStems: Set<string>
  status: 'available' | 'sold_out' | 'discontinued'
  variants: { variantId: string; parts: string[] }[]
  prices: {
    variantId: string | null
    role: 'unit' | 'from' | 'compare_at' | 'lowest' | 'highest' | 'quoted'
    amount: number
  }[]
  noPrice: boolean
  stock: { variantId: string; available: number | null }[]
  leadDays: number[]
  /** Lines of the cart, and of orders under their id. */
  cart: { variantId: string; orderId: string | null; quantity: number; unit: number; total: number }[]
}

/** A line or sentence of the shop's own texts. */
export interface ShopLine {
  topic: string
  text: string
  /** The question that it answers, canonical; empty for what the shop says by itself. */
  head: string
  stems: Set<string>
}

/** The facts of a turn, arranged for the readers of claims. */
export interface Ledger {
  currency: string
  products: Map<string, ProductLedger>
  /** Canonical name → products of that name. */
  names: Map<string, Set<string>>
  lines: ShopLine[]
  fees: {
    kind: 'fee' | 'free_from' | 'min_order' | 'pickup' | 'other'
    zone: string
    name: string
    amount: number
  }[]
  /** Places of delivery zones, canonical, with their zone. */
  areas: Map<string, string>
  limits: { bound: 'max' | 'min'; amount: number }[]
  openings: { from: string; to: string; ranges: [string, string][] }[]
  percents: number[]
  counts: Set<number>
  cartTotal: { amount: number; lines: number; pieces: number } | null
  /** What a cart comes to with delivery. */
  deliveredTotals: number[]
  sums: { subject: 'checkout' | 'order'; of: string; role: SumRole; amount: number }[]
  /** This customer's orders; numbers canonical. */
  orders: Omit<Extract<Fact, { kind: 'order' }>, 'kind'>[]
  /** What the customer told of themselves, canonical: names and addresses, no figures. */
  said: string[]
  actions: { action: ActionKind; productId: string | undefined; quantity: number | undefined }[]
}

/** Arranges facts. A later cart total or stock figure replaces an earlier one: a turn may change the cart twice. */
export function ledgerOf(facts: readonly Fact[], currency: string): Ledger {
  const ledger: Ledger = {
    currency,
    products: new Map(),
    names: new Map(),
    lines: [],
    fees: [],
    areas: new Map(),
    limits: [],
    openings: [],
    percents: [],
    counts: new Set(),
    cartTotal: null,
    deliveredTotals: [],
    sums: [],
    orders: [],
    said: [],
    actions: [],
  }
  for (const fact of facts) note(ledger, fact)
  noteAreas(ledger, facts)
  for (const product of ledger.products.values()) {
    product.names.sort((a, b) => b.length - a.length)
    const bare = product.names.filter((name) => !isWithVariant(product, name))
    for (const name of product.names) {
      const same = ledger.names.get(name) ?? new Set()
      ledger.names.set(name, same.add(product.productId))
      // Words of a variant ("blue") are no name of the product.
      if (bare.length > 0 && !bare.includes(name)) continue
      const stems = [...contentStems(name)].filter((one) => !/^\d/.test(one))
      for (const one of contentStems(name)) product.stems.add(one)
      if (stems[0] !== undefined) product.heads.add(stems[0])
      const last = stems.at(-1)
      if (last !== undefined && !/\s(?:de|del|con|para|a|en|al|y|of|for|with|in)\s/.test(name))
        product.heads.add(last)
    }
    product.textStems = contentStems(product.text)
  }
  return ledger
}

function isWithVariant({ variants }: ProductLedger, name: string): boolean {
  return variants.some(({ parts }) => parts.length > 0 && parts.every((part) => holdsWords(name, part)))
}

function productOf(ledger: Ledger, productId: string): ProductLedger {
  const known = ledger.products.get(productId)
  if (known !== undefined) return known
  const product: ProductLedger = {
    productId,
    names: [],
    stems: new Set(),
    heads: new Set(),
    text: '',
    textStems: new Set(),
    status: 'available',
    variants: [],
    prices: [],
    noPrice: false,
    stock: [],
    leadDays: [],
    cart: [],
  }
  ledger.products.set(productId, product)
  return product
}

function note(ledger: Ledger, fact: Fact): void {
  switch (fact.kind) {
    case 'product':
      noteProduct(productOf(ledger, fact.productId), fact)
      return
    case 'price': {
      const { prices } = productOf(ledger, fact.productId)
      const { variantId, role, money } = fact
      if (money.currency === ledger.currency) prices.push({ variantId, role, amount: money.amount })
      return
    }
    case 'no_price':
      productOf(ledger, fact.productId).noPrice = true
      return
    case 'stock': {
      const product = productOf(ledger, fact.productId)
      product.stock = product.stock.filter(({ variantId }) => variantId !== fact.variantId)
      product.stock.push({ variantId: fact.variantId, available: fact.available })
      return
    }
    case 'lead_time':
      productOf(ledger, fact.productId).leadDays.push(fact.days)
      return
    case 'cart_line': {
      const product = productOf(ledger, fact.productId)
      product.cart = product.cart.filter(
        ({ variantId, orderId }) => variantId !== fact.variantId || orderId !== null,
      )
      const { variantId, quantity, unit, total } = fact
      product.cart.push({ variantId, orderId: null, quantity, unit: unit.amount, total: total.amount })
      return
    }
    case 'order_line': {
      const { variantId, orderId, quantity, unit, total } = fact
      const { cart } = productOf(ledger, fact.productId)
      cart.push({ variantId, orderId, quantity, unit: unit.amount, total: total.amount })
      return
    }
    case 'sum': {
      const { subject, of, role, money } = fact
      ledger.sums = ledger.sums.filter((sum) => sum.of !== of || sum.role !== role)
      ledger.sums.push({ subject, of, role, amount: money.amount })
      if (role === 'total') ledger.deliveredTotals.push(money.amount)
      return
    }
    case 'order': {
      const { orderId, number, state, paymentState } = fact
      ledger.orders = ledger.orders.filter((order) => order.orderId !== orderId)
      ledger.orders.push({ orderId, number: canonical(number).trim(), state, paymentState })
      return
    }
    case 'customer_text': {
      const text = canonical(fact.text).trim()
      if (text !== '' && !ledger.said.includes(text)) ledger.said.push(text)
      return
    }
    case 'cart_total':
      ledger.cartTotal = { amount: fact.money.amount, lines: fact.lines, pieces: fact.pieces }
      return
    case 'delivered_total':
      ledger.deliveredTotals.push(fact.money.amount)
      return
    case 'limit':
      ledger.limits.push({ bound: fact.bound, amount: fact.money.amount })
      return
    case 'count':
      ledger.counts.add(fact.value)
      return
    case 'shop_text':
      noteText(ledger, fact.topic, fact.text)
      return
    case 'opening':
      ledger.openings.push({ from: fact.from, to: fact.to, ranges: fact.ranges })
      return
    case 'fee':
      ledger.fees.push({ ...feeKind(fact.name), name: fact.name, amount: fact.money.amount })
      return
    case 'percent':
      ledger.percents.push(fact.value)
      return
    case 'action':
      ledger.actions.push({ action: fact.action, productId: fact.productId, quantity: fact.quantity })
  }
}

function noteProduct(product: ProductLedger, fact: Extract<Fact, { kind: 'product' }>): void {
  const titles = new Set((fact.variants ?? []).map(({ title }) => canonical(title).trim()))
  for (const name of fact.names) {
    const folded = canonical(name).trim()
    const usable = folded.length >= 3 && /[a-z]/.test(folded) && !titles.has(folded)
    if (usable && !product.names.includes(folded)) product.names.push(folded)
    const plainTea = folded.replace(/\btee\b/g, 'te')
    if (usable && plainTea.length >= 4 && !product.names.includes(plainTea)) product.names.push(plainTea)
  }
  product.status = fact.status
  product.text += `\n${canonical(fact.text)}`
  for (const { variantId, title } of fact.variants ?? []) {
    if (product.variants.some((variant) => variant.variantId === variantId)) continue
    product.variants.push({
      variantId,
      parts: canonical(title)
        .split(/\s*[/,·|]\s*|\s-\s/)
        .filter(Boolean),
    })
  }
}

function feeKind(name: string): { kind: Ledger['fees'][number]['kind']; zone: string } {
  const [head = '', ...rest] = name.split(':')
  const zone = canonical(rest.join(':')).trim()
  if (head === 'delivery') return { kind: 'fee', zone }
  if (head === 'pickup') return { kind: 'pickup', zone: '' }
  if (head.endsWith('free_from')) return { kind: 'free_from', zone }
  return { kind: head.endsWith('min_order') ? 'min_order' : 'other', zone }
}

const generic = new Set(
  'cuesta cuestan precio vale valen cost costs price eur euros euro total paga pagar pay desde from hasta minimo minimum gracias claro hola hello sure take takes long get have make let'
    .split(' ')
    .map(stem),
)

/**
 * The shop's own lines that a sentence speaks of: those that share most of its words.
 * @returns none when no word that says anything is shared.
 */
export function linesAbout(ledger: Ledger, sentence: string, least = 1): ShopLine[] {
  const stems = [...contentStems(sentence)].filter((one) => !generic.has(one) && !/^\d/.test(one))
  let best = least
  let found: ShopLine[] = []
  for (const line of ledger.lines) {
    const score = stems.filter((one) => line.stems.has(one)).length
    if (score > best) found = []
    if (score >= best) found.push(line)
    best = Math.max(best, score)
  }
  return found
}

/** Whether `part` stands in `text` as whole words. */
export function holdsWords(text: string, part: string): boolean {
  return wordSpans(text, part).length > 0
}

/** Where `part` stands in `text` as whole words. */
export function wordSpans(text: string, part: string): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = []
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const end = at + part.length
    if (/[\p{L}\p{N}']/u.test(text[at - 1] ?? '') && /[\p{L}\p{N}]/u.test(part[0] ?? '')) continue
    if (/[\p{L}\p{N}]/u.test(text[end] ?? '') && /[\p{L}\p{N}]/u.test(part.at(-1) ?? '')) continue
    spans.push({ start: at, end })
  }
  return spans
}

export function hasWord(text: string, words: readonly string[]): boolean {
  const have = new Set(wordsOf(text))
  return words.some((word) => have.has(word))
}
