import { type Ledger, type ProductLedger, wordSpans } from './gate-ledger.ts'
import { isEmptyWord, stem } from './gate-text.ts'

/** Words of a text that speak of products of the turn, as far as they tell them apart. */
export interface Evidence {
  start: number
  end: number
  ids: Set<string>
  /** Those whose names hold the words anywhere. */
  wide: Set<string>
}

interface WordAt {
  word: string
  start: number
  end: number
}

function wordsAt(text: string): WordAt[] {
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    word: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** Verbs that a name may look like: "sale" is no "sal". */
const pricing = /^(?:salen?|saldria[n]?|valen?|cuestan?|quedan?|llevan?|tienes?|tenemos|costs?|pagas?)$/

/** Products whose names hold a word, or begin with it ("uke"). */
function ownersOf(ledger: Ledger, word: string, weak: boolean): { all: Set<string>; heads: Set<string> } {
  const none = { all: new Set<string>(), heads: new Set<string>() }
  if (/^\d/.test(word) || word.length < 3 || isEmptyWord(word) || pricing.test(word)) return none
  const wanted = stem(word)
  const having = (fits: (product: ProductLedger) => boolean) =>
    new Set([...ledger.products.values()].filter(fits).map(({ productId }) => productId))
  let owners = having((product) => (weak ? product.textStems : product.stems).has(wanted))
  if (owners.size === 0 && !weak)
    owners = having(({ stems }) => [...stems].some((one) => one.length > 4 && one.startsWith(word)))
  // A verb beside its noun: "reparamos", "reparación".
  if (owners.size === 0 && !weak && word.length > 6)
    owners = having(({ stems }) =>
      [...stems].some((one) => one.length > 5 && one.startsWith(word.slice(0, 5))),
    )
  if (owners.size > 1 && !weak) {
    // "La guitarra" is no "juego de cuerdas de guitarra".
    const heads = having((product) => owners.has(product.productId) && product.heads.has(wanted))
    if (heads.size > 0) return { all: owners, heads }
  }
  return owners.size === ledger.products.size && owners.size > 1 ? none : { all: owners, heads: owners }
}

/** Between words of one name stand only words like "de" and "con". */
const joins = /^\s(?:(?:de|del|la|el|los|las|con|para|in|of|the|for)\s){0,2}(?:\d{1,3}\s)?$/

/**
 * Where a text speaks of products: neighbouring words of a name are one evidence of the products that have them all.
 * @param weak by what the shop says about them instead of by their names
 */
export function evidenceIn(ledger: Ledger, text: string, weak = false): Evidence[] {
  const found: Evidence[] = []
  for (const { word, start, end } of wordsAt(text)) {
    const { all, heads } = ownersOf(ledger, word, weak)
    if (all.size === 0) continue
    const last = found.at(-1)
    if (last !== undefined && joins.test(text.slice(last.end, start))) {
      const common = new Set([...last.wide].filter((id) => all.has(id)))
      if (common.size > 0) {
        last.ids = common
        last.wide = common
        last.end = end
        continue
      }
    }
    found.push({ start, end, ids: heads, wide: all })
  }
  return found
}

/** Names in full count before single words of names. */
export function spokenOf(ledger: Ledger, text: string): Evidence[] {
  const named: Evidence[] = []
  for (const name of [...ledger.names.keys()].sort((a, b) => b.length - a.length)) {
    for (const { start, end } of wordSpans(text, name)) {
      if (named.some((other) => start < other.end && end > other.start)) continue
      const ids = ledger.names.get(name) ?? new Set()
      named.push({ start, end, ids, wide: ids })
    }
  }
  const partial = evidenceIn(ledger, text).filter(
    ({ start, end }) => !named.some((other) => start < other.end && end > other.start),
  )
  return [...named, ...partial].sort((a, b) => a.start - b.start)
}
