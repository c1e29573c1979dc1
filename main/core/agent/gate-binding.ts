import { evidenceIn } from './gate-evidence.ts'
import { type Ledger, wordSpans } from './gate-ledger.ts'
import { stem, wordsOf } from './gate-text.ts'

/** A product named in a text; several when the name fits several. */
export interface Mention {
  start: number
  end: number
  ids: Set<string>
}

/** A part of a sentence that says one thing. */
export interface Clause {
  start: number
  end: number
  text: string
  mentions: Mention[]
  /** The separator before it joins two equals ("A y B"). */
  joined: boolean
}

/** What a claim is about. */
export interface Binding {
  ids: Set<string>
  /** Named in the same clause, not carried from before or supposed. */
  explicit: boolean
  /** It is said of every one of them ("A y B cuestan 5 €"). */
  all: boolean
  /** Texts in which to look for the variant, nearest first; the first that names one counts. */
  hints: string[]
}

/** Products named in full, longest names first. */
export function findMentions(ledger: Ledger, text: string): Mention[] {
  const taken: Mention[] = []
  const names = [...ledger.names.keys()].sort((a, b) => b.length - a.length)
  for (const name of names) {
    for (const form of formsOf(name)) {
      for (const { start, end } of wordSpans(text, form)) {
        if (taken.some((other) => start < other.end && end > other.start)) continue
        taken.push({ start, end, ids: ledger.names.get(name) ?? new Set() })
      }
    }
  }
  return taken.sort((a, b) => a.start - b.start)
}

/** A name and, for a single word, its plural. */
function formsOf(name: string): string[] {
  return / |s$/.test(name) ? [name] : [name, `${name}s`, `${name}es`]
}

const separator =
  /,\s+|;\s+|\s[—–-]\s|\s(?:y|e|o|u|and|or|pero|but|mientras(?: que)?|while|aunque|though|frente a|than|que el|que la|vs\.?|versus)\s|:\s+/g

/** Divides a sentence into clauses; names of products are never cut. */
export function clausesOf(text: string, mentions: readonly Mention[]): Clause[] {
  const clauses: Clause[] = []
  let start = 0
  let joined = false
  const push = (end: number) => {
    const inside = mentions.filter((mention) => mention.start >= start && mention.end <= end)
    clauses.push({ start, end, text: text.slice(start, end), mentions: inside, joined })
  }
  for (const match of text.matchAll(separator)) {
    const end = match.index + match[0].length
    if (mentions.some((mention) => match.index < mention.end && end > mention.start)) continue
    push(match.index)
    joined = /^(?:,\s+|\s(?:y|e|and|o|or)\s)$/.test(match[0])
    start = end
  }
  push(text.length)
  return clauses
}

/** Products that a text seems to speak of without their full name: by words that few of the turn's products share. */
export function partialMention(ledger: Ledger, text: string): Set<string> | null {
  const owners = new Map<string, string[]>()
  for (const { productId, stems } of ledger.products.values()) {
    for (const one of stems) owners.set(one, [...(owners.get(one) ?? []), productId])
  }
  const scores = new Map<string, number>()
  for (const written of new Set(wordsOf(text))) {
    const word = stem(written)
    const having = owners.get(word) ?? [...(evidenceIn(ledger, written)[0]?.ids ?? [])]
    const heads = having.filter((id) => ledger.products.get(id)?.heads.has(word)) ?? []
    const owning = heads.length > 0 ? heads : having
    if (owning.length === 0 || /^\d/.test(word) || owning.length === ledger.products.size) continue
    for (const id of owning) scores.set(id, (scores.get(id) ?? 0) + 1 / owning.length)
  }
  const best = Math.max(0, ...scores.values())
  if (best === 0) return null
  return new Set([...scores].filter(([, score]) => score > best - 1e-9).map(([id]) => id))
}

const both =
  /\b(?:cuestan|valen|salen|ambos|ambas|both|cost|are|cada un[oa]|each|los dos|las dos|disponibles|agotad[oa]s)\b/

/** Remembers, from sentence to sentence, which product is spoken of. */
export class Subject {
  readonly #ledger: Ledger
  readonly #customer: readonly string[]
  #ids: Set<string> | null = null
  #hint = ''

  /** @param customer canonical texts of the customer, oldest first: they tell what "it" is, never what it costs. */
  constructor(ledger: Ledger, customer: readonly string[]) {
    this.#ledger = ledger
    this.#customer = customer
  }

  /** What each clause of a sentence is about; the last named product carries on. */
  read(text: string, clauses: readonly Clause[]): (clause: Clause, at: number) => Binding | null {
    const about = new Map<Clause, { ids: Set<string>; explicit: boolean } | null>()
    for (const clause of clauses) {
      const last = clause.mentions.at(-1)
      const partial = last === undefined ? partialMention(this.#ledger, clause.text) : null
      const ids = last?.ids ?? partial
      const narrowed = ids !== null && last === undefined ? this.#narrow(ids) : ids
      if (narrowed !== null) this.#ids = narrowed
      if (narrowed !== null) this.#hint = clause.text
      else this.#hint = `${this.#hint} ${clause.text}`.slice(-300)
      about.set(clause, this.#ids === null ? null : { ids: this.#ids, explicit: narrowed !== null })
    }
    return (clause, at) => this.#bind(text, clauses, clause, at, about.get(clause) ?? null)
  }

  /** A vague name ("the shirt") keeps to what was spoken of before when that fits. */
  #narrow(ids: Set<string>): Set<string> {
    if (this.#ids === null || ids.size === 1) return ids
    const common = new Set([...ids].filter((id) => this.#ids?.has(id)))
    return common.size > 0 ? common : ids
  }

  #bind(
    text: string,
    clauses: readonly Clause[],
    clause: Clause,
    at: number,
    about: { ids: Set<string>; explicit: boolean } | null,
  ): Binding | null {
    const place = clauses.indexOf(clause)
    const hints = [
      clause.text,
      ...clauses
        .slice(0, place)
        .map((item) => item.text)
        .toReversed(),
      text,
      this.#hint,
    ]
    const before = clause.mentions.filter((mention) => mention.end <= at).at(-1)
    const after = clause.mentions.find((mention) => mention.start >= at)
    const named = before ?? after
    if (named !== undefined) {
      const group = both.test(clause.text) ? joinedMentions(clauses, clause) : []
      const ids = new Set([...named.ids, ...group.flatMap((mention) => [...mention.ids])])
      return { ids, explicit: true, all: group.length > 0, hints: [clause.text, text] }
    }
    if (about !== null) return { ...about, all: false, hints }
    return this.#supposed(clause.text, text)
  }

  /** Nothing was named: the only product, or the one that the customer asked about. */
  #supposed(clause: string, text: string): Binding | null {
    const { products } = this.#ledger
    const hints = [clause, text, ...this.#customer.toReversed()]
    if (products.size === 1) return { ids: new Set(products.keys()), explicit: false, all: false, hints }
    for (const words of this.#customer.toReversed()) {
      const named = findMentions(this.#ledger, words).flatMap((mention) => [...mention.ids])
      const ids = named.length > 0 ? new Set(named) : partialMention(this.#ledger, words)
      // Of several that were asked about, an answer that names none must be true of each.
      if (ids !== null) return { ids, explicit: false, all: true, hints }
    }
    return null
  }
}

function joinedMentions(clauses: readonly Clause[], clause: Clause): Mention[] {
  const group: Mention[] = []
  for (let at = clauses.indexOf(clause); at > 0 && clauses[at]?.joined; at--) {
    const previous = clauses[at - 1]
    if (
      previous === undefined ||
      previous.mentions.length === 0 ||
      /\d\s?[€$£]|[€$£]\s?\d/.test(previous.text)
    )
      break
    group.push(...previous.mentions)
  }
  return group
}
