import { numberOf } from '../understanding/numbers.ts'
import { type SpokenAmount, spokenAmounts } from './amounts.ts'
import { percentsIn, type ShopFigures, wordsOf } from './shop-figures.ts'

export interface FigureContext {
  figures: ShopFigures
  /** Products that customer, answers and tools have spoken of in this conversation. */
  products: ReadonlySet<string>
  /** What the customer has said so far. */
  customerTexts: readonly string[]
  /** Lines, sums and fees of cart and order before and after the turn; minor units. */
  sums: readonly number[]
  /** Figures of services quoted in this conversation. */
  quoted: readonly number[]
}

/** Sums of an answer's own figures are followed up to this many. */
const mostSums = 4000
const mostNumber = 1000
const free =
  / (?:envio|envios|reparto|domicilio|entrega|recogida|recoger|recoges|carrito|cesta|subtotal|total|delivery|shipping|postage|pickup|collection|collect|cart|basket) /
const deposits = / (?:senal|anticipo|deposito|adelanto|adelantado|deposit|advance|upfront) /

/**
 * The amounts and promised percentages of an answer that are none of the shop's: no price of the product spoken of, no
 * fee, no sum, no multiple and nothing the cart or order says. Returns their words.
 */
export function wrongFigures(answer: string, context: FigureContext): string[] {
  const wrong: string[] = []
  const right: number[] = []
  const doubtful: SpokenAmount[] = []
  const counts = countsIn([answer, ...context.customerTexts])
  for (const sentence of sentencesOf(answer)) {
    const spoken = spokenAmounts(sentence, context.figures.currency)
    const own = ownFigures(sentence, spoken.length, answer, context)
    for (const item of spoken) {
      if (item.amount === null) wrong.push(item.text)
      else if (holds(item.amount, own, counts, context, sentence)) right.push(item.amount)
      else if (!repeatsCustomer(item.amount, sentence, context)) doubtful.push(item)
    }
    wrong.push(...promisedPercents(sentence, context))
  }
  const derived = derivedFrom(right)
  for (const { amount, text } of doubtful) if (amount !== null && !derived.has(amount)) wrong.push(text)
  return wrong
}

/** Catalog figures that a sentence may use: those of the product it names, else of all that is spoken of. */
function ownFigures(
  sentence: string,
  amounts: number,
  answer: string,
  { figures, products }: FigureContext,
): Set<number> {
  const named = figures.named(sentence)
  const spokenOf =
    named.size > 0 && (amounts <= 1 || named.size > 1)
      ? named
      : new Set([...products, ...figures.named(answer)])
  const own = new Set<number>()
  for (const id of spokenOf) for (const amount of figures.product(id)?.amounts ?? []) own.add(amount)
  return own
}

function holds(
  amount: number,
  own: ReadonlySet<number>,
  counts: readonly number[],
  { figures, sums, quoted }: FigureContext,
  sentence: string,
): boolean {
  // What costs nothing is collecting an order, its delivery or an empty cart, never a product.
  if (amount === 0) return own.has(0) || free.test(` ${wordsOf(sentence)} `)
  if (own.has(amount) || figures.policy.has(amount)) return true
  if (sums.includes(amount) || quoted.includes(amount)) return true
  for (const unit of own) if (counts.some((count) => Math.round(unit * count) === amount)) return true
  // What is missing up to a minimum or free delivery.
  if (figures.limits.some((limit) => sums.includes(limit - amount))) return true
  const { depositPercent } = figures
  if (depositPercent === null || !deposits.test(` ${wordsOf(sentence)} `)) return false
  return [...own, ...sums].some((whole) => Math.round((whole * depositPercent) / 100) === amount)
}

/** "No podemos dejarlo en 5 €", "under 20 €": the customer's figure said back, and not as a price. */
function repeatsCustomer(
  amount: number,
  sentence: string,
  { customerTexts, figures }: FigureContext,
): boolean {
  const said = customerTexts.some(
    (text) =>
      spokenAmounts(text, figures.currency).some((item) => item.amount === amount) ||
      countsIn([text]).some((count) => count * 100 === amount || count === amount),
  )
  if (!said) return false
  const words = ` ${wordsOf(sentence)} `
  return (
    negated(words) ||
    / (?:menos de|hasta|maximo|tope|por debajo|mas de|a partir|presupuesto|under|below|up to|less than|within|over|above|budget|between|entre|from|max) /.test(
      words,
    )
  )
}

function negated(words: string): boolean {
  return / (?:no|not|nunca|never|tampoco|ni|sin|without|cannot|cant|dont|isnt|wont|unable|lamento|sorry|siento) /.test(
    words,
  )
}

/** "Te hago un 20 % de descuento": a percentage off that neither the shop's nor a product's words hold. */
function promisedPercents(sentence: string, { figures }: FigureContext): string[] {
  const words = ` ${wordsOf(sentence)} `
  if (
    !/ (?:descuento|descuentos|rebaja|rebajado|rebajada|discount|off|reduction|menos|less) /.test(words) ||
    negated(words)
  )
    return []
  return percentsIn(sentence).flatMap((value) => (figures.percents.has(value) ? [] : [`${value} %`]))
}

/** Sums of several and differences of two of the figures that hold: totals of a list, what one costs more. */
function derivedFrom(right: readonly number[]): Set<number> {
  const sums = new Set<number>([0])
  for (const amount of right) {
    for (const sum of [...sums]) if (sums.size < mostSums) sums.add(sum + amount)
  }
  for (const first of right) for (const second of right) sums.add(Math.abs(first - second))
  sums.delete(0)
  return sums
}

/** Numbers that may count pieces, in digits or words, with halves and quarters of what is sold by weight. */
function countsIn(texts: readonly string[]): number[] {
  const counts = new Set<number>([1, 0.5, 0.25, 0.75, 1.5, 2])
  for (const text of texts) {
    for (const word of wordsOf(text).split(' ')) {
      const value = /^(?:docena|dozen)s?$/.test(word) ? 12 : numberOf(word)
      if (value !== null && value > 0 && value <= mostNumber) counts.add(value)
    }
  }
  return [...counts]
}

/** Lines, and the sentences in them. */
export function sentencesOf(text: string): string[] {
  return text
    .split('\n')
    .flatMap((line) => line.split(/(?<=[.!?;…])\s+/u))
    .filter((part) => part.trim() !== '')
}
