import { contentBases, skuParts } from './document.ts'
import type { Lexicon } from './lexicon.ts'
import type { Spelling } from './spelling.ts'
import { base, stemOfBase, words } from './text.ts'
import type { Vocabulary } from './vocabulary.ts'

/** One way in which a document can satisfy a unit. */
export interface Reading {
  bases: readonly string[]
  concepts: readonly number[]
}

/** A part of the query that a document should cover. */
export interface QueryUnit {
  kind: 'thing' | 'quality' | 'use' | 'word' | 'number' | 'code'
  weight: number
  readings: readonly Reading[]
  /** Neither the catalog nor the lexicon knows it, and no correction was found. */
  unknown: boolean
}

export interface AnalysedQuery {
  /** What is searched, corrected, without price words. */
  text: string
  units: QueryUnit[]
  corrections: { from: string; to: string }[]
  /** Terms for the full-text index. */
  terms: string[]
  /** Pieces that may be (part of) a SKU, without separators. */
  codes: string[]
}

/** Groups of words that mean the same in this shop. */
export type SynonymGroups = readonly (readonly string[])[]

export interface QueryContext {
  lexicon: Lexicon
  vocabulary: Vocabulary
  spelling: Spelling
  synonyms: SynonymGroups
}

const LONGEST_QUERY = 400
const MOST_WORDS = 40
const WEIGHTS = { thing: 1, quality: 0.45, use: 0.9, number: 0.4, code: 1, common: 0.3 }

/** Turns a customer's words into units with weights. Pure; a query of any length takes bounded time. */
export function analyseQuery(text: string, context: QueryContext): AnalysedQuery {
  const { lexicon } = context
  const all = words(text.slice(0, LONGEST_QUERY)).slice(0, MOST_WORDS)
  const spoken = contentWords(all, lexicon)
  const { corrected, corrections } = correct(spoken, context)
  const bases = corrected.map(base)
  const groups = context.synonyms.map((group) => group.map((term) => contentBases(term, lexicon)))
  const units: QueryUnit[] = []
  for (let at = 0; at < bases.length; ) {
    const { unit, length } = unitAt(bases, at, groups, context)
    units.push(unit)
    at += length
  }
  return {
    text: corrected.join(' '),
    units: withoutRepeats(units),
    corrections,
    terms: termsFor(units, all),
    codes: codesIn(all),
  }
}

/** Drops grammar and chat words; a query of nothing else is kept as it is. */
function contentWords(all: readonly string[], lexicon: Lexicon): string[] {
  const { grammar, chat } = lexicon.stopWords
  const bases = all.map(base)
  const kept: string[] = []
  for (let at = 0; at < all.length; at++) {
    const word = all[at] ?? ''
    if (grammar.has(word)) continue
    if (chat.has(word) && !((lexicon.matchAt(bases, at)?.length ?? 0) > 1)) continue
    kept.push(word)
  }
  if (kept.length > 0) return kept
  return all.filter((word) => !grammar.has(word))
}

function correct(spoken: readonly string[], { lexicon, vocabulary, spelling }: QueryContext) {
  const corrections: { from: string; to: string }[] = []
  const corrected: string[] = []
  for (const word of spoken) {
    const known = word.length < 4 || /\d/.test(word) || lexicon.knows(word) || vocabulary.knows(word)
    const better = known ? null : spelling.correct(word)
    if (better === null) corrected.push(word)
    else {
      corrections.push({ from: word, to: better })
      corrected.push(...words(better))
    }
  }
  return { corrected, corrections }
}

function unitAt(
  bases: readonly string[],
  at: number,
  groups: readonly (readonly string[][])[],
  context: QueryContext,
) {
  const { lexicon } = context
  const match = lexicon.matchAt(bases, at)
  const own = synonymsAt(bases, at, groups)
  const length = Math.max(1, match?.length ?? 0, own?.length ?? 0)
  const phrase = bases.slice(at, at + length)
  const readings: Reading[] = [{ bases: phrase, concepts: match?.length === length ? match.concepts : [] }]
  for (const term of own?.length === length ? own.terms : []) {
    const whole = lexicon.matchAt(term, 0)
    readings.push({ bases: term, concepts: whole?.length === term.length ? whole.concepts : [] })
  }
  const kinds = readings.flatMap((reading) =>
    reading.concepts.map((id) => lexicon.concept(id)?.kind ?? 'thing'),
  )
  return { unit: weigh(phrase, readings, kinds, context), length }
}

function weigh(
  phrase: readonly string[],
  readings: Reading[],
  kinds: readonly ('thing' | 'quality' | 'use')[],
  context: QueryContext,
): QueryUnit {
  for (const kind of ['thing', 'use', 'quality'] as const) {
    if (kinds.includes(kind)) {
      // A word that is both a thing and a quality ("portátil", "naranja") weighs between the two.
      const weight = kind === 'thing' && kinds.includes('quality') ? 0.7 : WEIGHTS[kind]
      return { kind, weight, readings, unknown: false }
    }
  }
  const word = phrase.join('')
  if (/^\d+(?:\.\d+)?[a-z]{0,3}$/.test(word))
    return {
      kind: word.length >= 4 && !/[.a-z]/.test(word) ? 'code' : 'number',
      weight: WEIGHTS.number,
      readings,
      unknown: false,
    }
  if (/\d/.test(word))
    return { kind: 'code', weight: WEIGHTS.code, readings, unknown: context.vocabulary.rarity(word) === null }
  const rarity = context.vocabulary.rarity(word)
  if (readings.length === 1 && context.lexicon.isCommon(word)) {
    return {
      kind: 'word',
      weight: rarity === null ? WEIGHTS.common / 2 : WEIGHTS.common,
      readings,
      unknown: false,
    }
  }
  if (readings.length > 1) return { kind: 'thing', weight: WEIGHTS.thing, readings, unknown: false }
  return {
    kind: 'word',
    weight: rarity === null ? 0.9 : 0.3 + 0.6 * rarity,
    readings,
    unknown: rarity === null,
  }
}

function synonymsAt(bases: readonly string[], at: number, groups: readonly (readonly string[][])[]) {
  let best: { length: number; terms: string[][] } | null = null
  for (const group of groups) {
    for (const term of group) {
      if (term.length === 0 || term.length <= (best?.length ?? 0)) continue
      if (!term.every((word, index) => stemOfBase(bases[at + index] ?? '') === stemOfBase(word))) continue
      best = { length: term.length, terms: group.filter((other) => other !== term && other.length > 0) }
    }
  }
  return best
}

function withoutRepeats(units: readonly QueryUnit[]): QueryUnit[] {
  const seen = new Set<string>()
  return units.filter((unit) => {
    const key = JSON.stringify(unit.readings)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function termsFor(units: readonly QueryUnit[], all: readonly string[]): string[] {
  const terms = new Set<string>()
  for (const unit of units) {
    for (const reading of unit.readings) {
      for (const word of reading.bases) terms.add(stemOfBase(word))
      for (const id of reading.concepts) {
        terms.add(`#${id}`)
        terms.add(`^${id}`)
      }
    }
  }
  for (const code of codesIn(all)) terms.add(`$${code}`)
  for (let at = 0; at + 1 < all.length && at < 6; at++) {
    const joined = `${all[at]}${all[at + 1]}`
    if (joined.length <= 14) terms.add(stemOfBase(base(joined)))
  }
  return [...terms]
}

/** Parts of the query that may be (a piece of) a SKU: words with a digit, alone and joined with their neighbour. */
export function codesIn(all: readonly string[]): string[] {
  const codes: string[] = []
  all.forEach((word, at) => {
    if (!/\d/.test(word)) return
    const own = skuParts(word).join('')
    const before = at > 0 ? skuParts(all[at - 1] ?? '').join('') : ''
    const after = skuParts(all[at + 1] ?? '').join('')
    if (own.length >= 3) codes.push(own)
    if (before !== '' && before.length <= 8) codes.push(before + own)
    if (after !== '' && after.length <= 8) codes.push(own + after)
    if (before !== '' && after !== '' && before.length + after.length <= 16) codes.push(before + own + after)
  })
  return [...new Set(codes)]
}
