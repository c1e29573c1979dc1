import type { Lexicon, PhraseMatch } from './lexicon.ts'
import { base, fold, stemOfBase, words } from './text.ts'
import type { WeightedText } from './vectors.ts'

/** What is indexed of one product or knowledge entry. Amounts are minor units. */
export interface SourceDocument {
  id: string
  name: string
  /** Category, brand, tags, aliases, attributes, options: searched with less weight than the name. */
  side: string[]
  /** Further names: weighed like the name. */
  aliases: string[]
  description: string
  skus: string[]
  minPrice: number | null
  maxPrice: number | null
  inStock: boolean
  category: string
}

/**
 * A document as the index keeps it: lists of terms. A term is the base of a word, `#7` for concept 7, `^7` for
 * something narrower than concept 7, `!7` for the first thing of the name, `$cam1014` for a part of a SKU.
 */
export interface DocumentTerms {
  name: string
  side: string
  body: string
}

const DESCRIPTION_LIMIT = 1_200

export function termsOf(document: SourceDocument, lexicon: Lexicon): DocumentTerms {
  const name = fieldTerms(document.name, lexicon, true)
  const aliases = document.aliases.flatMap((alias) => fieldTerms(alias, lexicon, true))
  const side = document.side.flatMap((text) => fieldTerms(text, lexicon, false))
  const body = fieldTerms(document.description.slice(0, DESCRIPTION_LIMIT), lexicon, false)
  const skus = document.skus.flatMap(skuTerms)
  return { name: distinct([...name, ...aliases]), side: distinct([...side, ...skus]), body: distinct(body) }
}

/** Text for the full-text index: stems, concepts and SKU parts of all fields. */
export function indexText(terms: DocumentTerms): string {
  return distinct(`${terms.name} ${terms.side} ${terms.body}`.split(' ').map(stemOfTerm))
}

/** Text whose characters make the vector. */
export function vectorPieces(document: SourceDocument): WeightedText[] {
  return [
    { text: document.name, weight: 1 },
    ...document.aliases.map((text) => ({ text, weight: 0.8 })),
    ...document.side.map((text) => ({ text, weight: 0.5 })),
    { text: document.description.slice(0, 200), weight: 0.2 },
  ]
}

export function stemOfTerm(term: string): string {
  return /^[#^!$]/.test(term) ? term : stemOfBase(term)
}

/** Bases of the words of a text with its grammar words left out (kept when there is nothing else). */
export function contentBases(text: string, lexicon: Lexicon): string[] {
  const all = words(text)
  const content = all.filter((word) => !lexicon.stopWords.grammar.has(word))
  return (content.length === 0 ? all : content).map(base)
}

function fieldTerms(text: string, lexicon: Lexicon, marksHead: boolean): string[] {
  const bases = contentBases(text, lexicon)
  const terms: string[] = []
  let head: Head | null = null
  for (const word of bases) {
    terms.push(word)
    const root = /^anti([a-z]{4,})$/.exec(word)?.[1]
    if (root !== undefined) terms.push(root)
    const number = /^(\d+(?:\.\d+)?)[a-z]{1,3}$/.exec(word)?.[1]
    if (number !== undefined) terms.push(number)
  }
  // Joined neighbours, so that "t shirt" and "tshirt", "back pack" and "backpack" meet.
  for (let at = 0; marksHead && at + 1 < bases.length; at++) {
    const joined = `${bases[at]}${bases[at + 1]}`
    if (joined.length <= 14) terms.push(base(joined))
  }
  for (let at = 0; at < bases.length; ) {
    const match = lexicon.matchAt(bases, at)
    for (const id of match?.concepts ?? []) {
      const concept = lexicon.concept(id)
      terms.push(`#${id}`)
      for (const ancestor of concept?.ancestors ?? []) terms.push(`^${ancestor}`)
    }
    if (marksHead && match !== null) head = nextHead(head, match, at, lexicon)
    at += match?.length ?? 1
  }
  for (const id of head?.concepts ?? []) terms.push(`!${id}`)
  return terms
}

interface Head {
  concepts: readonly number[]
  end: number
  english: boolean
}

/** What a name is about: its first thing; in English the last of things in a row ("laptop backpack" is a backpack). */
function nextHead(head: Head | null, match: PhraseMatch, at: number, lexicon: Lexicon): Head | null {
  const things = match.concepts.filter((id) => lexicon.concept(id)?.kind === 'thing')
  if (things.length === 0) return head
  const end = at + match.length
  if (head === null) return { concepts: things, end, english: match.english }
  if (!head.english || !match.english || head.end !== at) return head
  // "Laptop computer": the second word only widens the first.
  const widens = head.concepts.some((id) =>
    lexicon.concept(id)?.ancestors.some((other) => things.includes(other)),
  )
  return widens ? { ...head, end } : { concepts: things, end, english: true }
}

/**
 * What a customer may type of a SKU: its longer parts, its beginnings and its ends, without separators:
 * `CAM-1014-NE` → `$cam`, `$1014`, `$cam1014`, `$cam1014ne`, `$1014ne`. Few, for each is a word of its own in the index.
 */
export function skuTerms(sku: string): string[] {
  const parts = skuParts(sku).slice(0, 6)
  const terms = new Set<string>()
  for (let at = 0; at < parts.length; at++) {
    for (const term of [parts[at] ?? '', parts.slice(0, at + 1).join(''), parts.slice(at).join('')]) {
      if (term.length >= 3) terms.add(`$${term}`)
    }
  }
  return [...terms]
}

/** Runs of letters and runs of digits. */
export function skuParts(text: string): string[] {
  return fold(text).match(/[a-z]+|\d+/g) ?? []
}

function distinct(terms: readonly string[]): string {
  return [...new Set(terms)].join(' ')
}
