import type { GateFinding } from './trace.ts'

/**
 * Findings about how something is worded. The built-in engine's sentences are written and reviewed by people and filled in
 * by code, so that only what is filled in can be wrong: amounts, percentages, currencies, stock figures, products, dates,
 * orders, contacts and what was done. A model chooses its words itself: there every finding counts.
 */
const ofWording: Readonly<Record<string, ReadonlySet<string>>> = {
  action: new Set(['handed_over', 'quantity', 'cart']),
  measure: new Set(['count']),
  stock: new Set(['not_sold_out']),
  policy: new Set(['discount', 'exchange']),
  date: new Set(['always']),
}

/** Findings that count for a text of the built-in engine. */
export function findingsOfReviewedText(findings: readonly GateFinding[]): GateFinding[] {
  return findings.filter(({ kind, reason }) => ofWording[kind]?.has(reason) !== true)
}
