import type { AmountClaim } from './gate-amounts.ts'
import type { Binding } from './gate-binding.ts'
import type { Fault } from './gate-check-figures.ts'
import { spokenOf } from './gate-evidence.ts'
import type { Ledger, ProductLedger } from './gate-ledger.ts'
import { stem } from './gate-text.ts'
import { measuresIn, variantsIn } from './gate-variants.ts'

/** A stock figure licenses no property. */
const technical = /^(?:v|w|gb|tb|mb|mah|hz|kw|lm|k|mp|sq ft)$/

/** Things that a number counts or measures ("8 personas", "20 V", "400 sq"), by their stem. */
const countedThing =
  /(?<![\d.,€$£×x/-])(\d{1,5}(?:[.,]\d{1,2})?)(?![\d.,]*\d)(?:\s?-\s?|\s)?([a-z]{1,}(?: ft)?)(?![a-z])/g

/** Words that follow numbers without being counted. */
const noThing =
  /^(?:y|e|o|u|and|or|de|del|a|al|en|con|por|para|el|la|los|las|of|the|in|at|for|to|is|are|es|son|x|h|hs|am|pm|mil|k|eur|euros?|pesos?|soles|dolares|pounds?|dollars?|quid|bucks|each|cada|more|mas|left|less|menos|off|total|ya|si|no|que|te|se|hasta|desde|from|until|both|dos|de|una?|opciones|options|cosas|things|veces|times|tipos|kinds|versiones|formas|maneras|ways|dias?|days?|semanas?|weeks?|mes|meses|months?|horas?|hours?|minutos?|minutes?|anos?|years?|st|nd|rd|th|dates?|tallas?|sizes?|colores|colors|colours|lucas|grand|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|january|february|march|april|may|june|july|august|september|october|november|december|working|business|laborables|habiles|con)$/

/** Sizes, and counts of what the shop counts, that neither the facts nor the customer's words hold. */
export function measureFaults(
  ledger: Ledger,
  text: string,
  binding: Binding | null,
  customer: readonly string[],
): Fault[] {
  if (ledger.products.size === 0 && ledger.lines.length === 0) return []
  const products =
    binding?.explicit === true && binding.ids.size > 0
      ? [...binding.ids].flatMap((id) => ledger.products.get(id) ?? [])
      : [...ledger.products.values()]
  const all = [...ledger.products.values()]
  const shop = [...ledger.lines.map((line) => line.text), ...customer, ...ledger.said]
  const faults: Fault[] = []
  const free = new Set<number>([1, ...all.flatMap((product) => quantitiesOf(product)), ...ledger.counts])
  if (ledger.cartTotal !== null) free.add(ledger.cartTotal.pieces).add(ledger.cartTotal.lines)
  const known = measuresIn([...all.map((product) => product.text), ...shop].join('\n'))
  for (const size of measuresIn(text)) {
    const exact = products.some((product) => measuresIn(product.text).has(size))
    // What was carried from before may be another product's; a size of none at all is made up.
    const held =
      free.has(Number(size.split(' ')[0])) &&
      /\b(?:in stock|left|en stock|disponibles?|quedan?|available)\b/.test(text)
    if (!exact && !known.has(size) && !held) faults.push({ text: size, reason: 'measure' })
  }
  const things = new Map<string, Set<number>>()
  for (const source of [...all.map((product) => product.text), ...shop]) {
    for (const { value, thing } of thingsIn(source)) {
      const numbers = things.get(thing) ?? new Set()
      things.set(thing, numbers.add(value))
    }
  }
  for (const { value, thing, words } of thingsIn(text)) {
    if (countedVariants(all, thing)?.has(value) === false) {
      faults.push({ text: words, reason: 'count' })
      continue
    }
    const numbers = things.get(thing)
    if (numbers === undefined || numbers.has(value) || (free.has(value) && !technical.test(thing))) continue
    faults.push({ text: words, reason: 'count' })
  }
  return faults
}

/** "12 blancas" of what comes in 12 or 24: the numbers that may stand before a word of such variants; null when none is. */
function countedVariants(products: readonly ProductLedger[], word: string): Set<number> | null {
  const root = word.slice(0, 4)
  const counts = new Set<number>()
  let found = false
  for (const product of products) {
    for (const { variantId, parts } of product.variants) {
      const count = parts.map((part) => /^(\d{1,3}) [a-z]/.exec(part)?.[1]).find((one) => one !== undefined)
      if (count === undefined || parts.length < 2 || !parts.some((part) => part.startsWith(root))) continue
      found = true
      counts.add(Number(count))
      for (const { available } of product.stock.filter((row) => row.variantId === variantId))
        if (available !== null) counts.add(available)
      for (const { quantity } of product.cart) counts.add(quantity)
    }
  }
  return found ? counts : null
}

function quantitiesOf(product: {
  cart: readonly { quantity: number }[]
  stock: readonly { available: number | null }[]
}): number[] {
  const stock = product.stock.flatMap(({ available }) => available ?? [])
  return [...product.cart.map(({ quantity }) => quantity), ...stock, stock.reduce((sum, one) => sum + one, 0)]
}

function thingsIn(text: string): { value: number; thing: string; words: string }[] {
  return [...text.matchAll(countedThing)].flatMap((match) => {
    const word = match[2] ?? ''
    if (noThing.test(word)) return []
    return [
      {
        value: Number((match[1] ?? '').replace(',', '.')),
        thing: stem(word),
        words: match[0],
      },
    ]
  })
}

/** "3 × Mug": a line of the cart or order keeps to its quantity. */
export function lineFaults(ledger: Ledger, text: string, claims: readonly AmountClaim[]): Fault[] {
  if (supposed.test(text)) return []
  const wholes = [
    ledger.cartTotal?.amount,
    ...ledger.deliveredTotals,
    ...ledger.sums.map((sum) => sum.amount),
  ]
  if (claims.length > 0 && claims.every(({ amount }) => wholes.includes(amount))) {
    const wrong = summedFaults(ledger, text)
    if (wrong.length > 0) return wrong
  }
  return [...text.matchAll(/(?<![\d.,])(\d{1,3})\s?[x×]\s(?=[a-z])/g)].flatMap((match) => {
    const rest = text.slice(match.index + match[0].length).split(/[:;,=+]|[€$£]/)[0] ?? ''
    const [first] = spokenOf(ledger, rest)
    const lines = [...(first?.ids ?? [])].flatMap((id) => {
      const product = ledger.products.get(id)
      if (product === undefined) return []
      const { ids } = variantsIn(product, [rest])
      return product.cart.filter(({ variantId }) => ids.has(variantId))
    })
    const wrong = lines.length > 0 && !lines.some(({ quantity }) => quantity === Number(match[1]))
    return wrong ? [{ text: match[0].trim(), reason: 'quantity' }] : []
  })
}

/** "8 camisetas + 1 gorro = 45,70 €": what a whole is said to be made of is in it in that number. */
function summedFaults(ledger: Ledger, text: string): Fault[] {
  const spoken = spokenOf(ledger, text)
  return spoken.flatMap(({ ids, start }, index) => {
    const before = text.slice(spoken[index - 1]?.end ?? 0, start)
    const count = /(?<![\d.,€$£])(\d{1,3})\s(?:[a-z]{2,}\s(?:de\s|of\s)?){0,2}$/.exec(before)?.[1]
    const lines = [...ids].flatMap((id) => ledger.products.get(id)?.cart ?? [])
    if (count === undefined || lines.length === 0) return []
    const held = lines.reduce((sum, { quantity }) => sum + quantity, 0)
    const fits = lines.some(({ quantity }) => quantity === Number(count)) || held === Number(count)
    return fits ? [] : [{ text: text.slice(Math.max(0, start - 4), start + 12).trim(), reason: 'quantity' }]
  })
}

const supposed = /\b(?:si|if|seria[n]?|saldria[n]?|quedaria[n]?|would|could|it'd|podria[n]?)\b/

const pieces =
  /(?<![\d.,€$£])(\d{1,3})\s(?:piezas|articulos?|productos?|items?|pieces|cosas|things|products)\b/

/** "Llevas 15 piezas": how much the cart or the order holds. */
export function heldFaults(ledger: Ledger, text: string): Fault[] {
  if (ledger.cartTotal === null || ledger.cartTotal.lines === 0) return []
  if (!/\b(?:llevas?|tienes?|tiene|you(?:'ve| have)|carrito|cesta|cart|basket|bag)\b/.test(text)) return []
  const match = pieces.exec(text)
  if (match === null) return []
  const value = Number(match[1])
  const { lines, pieces: held } = ledger.cartTotal
  return value === lines || value === held ? [] : [{ text: match[0], reason: 'count' }]
}
