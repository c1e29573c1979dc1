import type { AmountClaim } from './gate-amounts.ts'
import type { Binding, Clause, Mention } from './gate-binding.ts'
import type { AmountInContext } from './gate-check-amounts.ts'
import { wordSpans } from './gate-ledger.ts'

/** "Por 5 € tienes A; por 8 €, B": where every amount is offered before its product, the product is the one that follows. */
export function offered(
  text: string,
  claims: readonly AmountClaim[],
  mentions: readonly Mention[],
  index: number,
): Binding | null {
  if (claims.length === 0 || claims.length !== mentions.length) return null
  const offers = claims.every((claim, at) => {
    const mention = mentions[at]
    const end = claims[at + 1]?.start ?? text.length
    return (
      mention !== undefined &&
      mention.start >= claim.end &&
      mention.end <= end &&
      /(?:^|[^a-z])(?:por|a|for|at)\s(?:solo |only |just )?$/.test(text.slice(0, claim.start))
    )
  })
  const mention = mentions[index]
  return offers && mention !== undefined
    ? { ids: mention.ids, explicit: true, all: false, hints: [text] }
    : null
}

/** Text that says which zone an amount is for: from the amount before up to this one, else the whole sentence. */
export function zonesNear(text: string, zones: readonly string[], at: number, from: number): string {
  const near = text.slice(from, at)
  return zones.some((zone) => wordSpans(near, zone).length > 0) ? near : text
}

/** A clause that only holds the amount ("Té — 12,90 €", "entre 5 € y 10 €") takes its words from the one before. */
export function clauseStart(clauses: readonly Clause[], clause: Clause, at: number): number {
  const own = clause.text.slice(0, at - clause.start)
  const previous = clauses[clauses.indexOf(clause) - 1]
  return /[a-z]/.test(own) || previous === undefined || clause.mentions.length > 0
    ? clause.start
    : previous.start
}

export function rangeOf(
  text: string,
  claims: readonly AmountClaim[],
  index: number,
): AmountInContext['range'] {
  const joins = (from: number | undefined, to: number | undefined) => {
    const left = from === undefined ? undefined : claims[from]
    const right = to === undefined ? undefined : claims[to]
    if (left === undefined || right === undefined) return null
    if (!/^\s*(?:y|a|and|to|hasta|-|–|—)\s*(?:los |las )?$/.test(text.slice(left.end, right.start)))
      return null
    return text.slice(0, left.start)
  }
  const asLow = joins(index, index + 1)
  const asHigh = joins(index - 1, index)
  const lead = asLow ?? asHigh
  if (lead === null) return null
  if (
    /(?:rebaj\w*|baj\w*|pas\w*|reduc\w*|drop\w*|down|cut|oferta|sale|descuento|rebajas)[:,]?\s(?:\w+\s)?(?:de|from)\s*$/.test(
      lead,
    )
  )
    return asLow !== null ? 'old' : 'new'
  const ranged =
    /(?:entre|between|desde|de|from|van de|rango de)\s*(?:los |las )?$/.test(lead) ||
    /^\s*[-–—]\s*$/.test(
      text.slice(
        claims[asLow !== null ? index : index - 1]?.end ?? 0,
        claims[asLow !== null ? index + 1 : index]?.start ?? 0,
      ),
    )
  if (!ranged) return null
  return asLow !== null ? 'low' : 'high'
}
