import type { DocumentTerms } from './document.ts'
import type { Lexicon } from './lexicon.ts'
import type { QueryUnit, Reading } from './query.ts'
import { stemOfBase } from './text.ts'

/** A document's terms as sets, ready to be compared with many units. */
export interface ScoredFields {
  fields: { weight: number; bases: ReadonlySet<string>; stems: ReadonlySet<string> }[]
  nameLength: number
}

const WORD_ONLY = 0.65
const THING_IN_BODY = 0.45
const FIELD_WEIGHTS = { name: 1, side: 0.85, body: 0.6 }

export function fieldsOf(terms: DocumentTerms): ScoredFields {
  const field = (text: string, weight: number) => {
    const bases = new Set(text.split(' '))
    const stems = new Set<string>()
    for (const word of bases) stems.add(stemOfBase(word))
    return { weight, bases, stems }
  }
  let nameLength = 0
  for (const term of terms.name.split(' ')) if (/^[a-z0-9]/.test(term)) nameLength++
  return {
    fields: [
      field(terms.name, FIELD_WEIGHTS.name),
      field(terms.side, FIELD_WEIGHTS.side),
      field(terms.body, FIELD_WEIGHTS.body),
    ],
    nameLength,
  }
}

export interface Coverage {
  /** 0 to 1: how much of the query's weight the document covers. */
  share: number
  /** Whether the first thing the query names is covered well. */
  head: boolean
  /** Small bonus: the query's thing is what the document's name begins with. */
  bonus: number
  /** Share of the weight of things and uses that is covered. */
  matter: number
}

export function cover(units: readonly QueryUnit[], document: ScoredFields, lexicon: Lexicon): Coverage {
  let total = 0
  let covered = 0
  let matterTotal = 0
  let matter = 0
  let bonus = 0
  let head: boolean | undefined
  for (const unit of units) {
    const match = matchUnit(unit, document, lexicon)
    total += unit.weight
    covered += unit.weight * match
    if (unit.kind !== 'quality' && unit.kind !== 'number' && unit.weight >= 0.35) {
      matterTotal += unit.weight
      matter += unit.weight * match
      if (head === undefined) {
        head = match >= 0.45
        if (startsWith(unit, document)) bonus += 0.1
      }
    }
  }
  return {
    share: total === 0 ? 0 : covered / total,
    head: head ?? true,
    bonus,
    matter: matterTotal === 0 ? (total === 0 ? 0 : covered / total) : matter / matterTotal,
  }
}

function startsWith(unit: QueryUnit, document: ScoredFields): boolean {
  const name = document.fields[0]
  return (
    name !== undefined &&
    unit.readings.some((reading) => reading.concepts.some((id) => name.bases.has(`!${id}`)))
  )
}

function matchUnit(unit: QueryUnit, document: ScoredFields, lexicon: Lexicon): number {
  let best = 0
  for (const reading of unit.readings) {
    for (const field of document.fields) {
      const weight = unit.kind === 'thing' ? weightOfThing(field.weight) : field.weight
      if (weight <= best) continue
      const concept = conceptMatch(reading, unit, field.bases, lexicon)
      const word = wordMatch(reading, field)
      // "coche" in "silla de coche" is the word without the thing.
      const match =
        concept < 0.8 && unit.kind === 'thing' && reading.concepts.length > 0
          ? Math.max(concept, word * WORD_ONLY)
          : Math.max(concept, word)
      best = Math.max(best, match * weight)
    }
  }
  return best
}

/** Names say what a thing is; a description also says what it goes with. */
function weightOfThing(fieldWeight: number): number {
  return fieldWeight === FIELD_WEIGHTS.body ? THING_IN_BODY : fieldWeight
}

function conceptMatch(
  reading: Reading,
  unit: QueryUnit,
  terms: ReadonlySet<string>,
  lexicon: Lexicon,
): number {
  let best = 0
  for (const id of reading.concepts) {
    if (terms.has(`#${id}`)) best = Math.max(best, 0.97)
    else if (terms.has(`^${id}`)) best = Math.max(best, unit.kind === 'use' ? 0.95 : 0.92)
    else {
      const wider = lexicon.concept(id)?.ancestors ?? []
      if (wider.some((other) => lexicon.concept(other)?.kind === 'thing' && terms.has(`#${other}`)))
        best = Math.max(best, 0.5)
    }
  }
  return best
}

function wordMatch(
  reading: Reading,
  field: { bases: ReadonlySet<string>; stems: ReadonlySet<string> },
): number {
  let found = 0
  for (const word of reading.bases) {
    if (field.bases.has(word)) found += 1
    else if (field.stems.has(stemOfBase(word))) found += reading.concepts.length > 0 ? 0.85 : 0.95
  }
  const share = found / reading.bases.length
  return reading.bases.length > 1 && share < 1 ? share * 0.6 : share
}
