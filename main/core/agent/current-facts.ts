import type { JournaledStep } from '../turns/journal.ts'
import { withRefreshedResults } from './calls.ts'
import type { Citation, Fact } from './facts.ts'

/** What a reply may rest on: facts of this turn that are still the newest known, and the rows they were read from. */
export interface Evidence {
  facts: Fact[]
  cites: Citation[]
}

/**
 * Collects the facts of a turn's calls. Where two calls read the same row at different revisions, the facts of the
 * older reading about that row no longer count: a reply must not mix a cart's old total with its new one.
 */
export function currentEvidence(steps: readonly JournaledStep[]): Evidence {
  const refreshed = withRefreshedResults(steps)
  const refreshes = steps.filter((step) => step.engine === 'refresh')
  const results = [...refreshed, ...refreshes]
    .flatMap((step) => step.calls)
    .filter((call) => call.result.ok)
    .map((call) => call.result)
  const newest = new Map<string, Citation>()
  for (const result of results) {
    for (const cite of result.cites) {
      const known = newest.get(keyOf(cite))
      if (known === undefined || known.revision < cite.revision) newest.set(keyOf(cite), cite)
    }
  }
  const facts = results.flatMap((result) => {
    const stale = result.cites.filter((cite) => (newest.get(keyOf(cite))?.revision ?? 0) > cite.revision)
    return stale.length === 0 ? result.facts : result.facts.filter((fact) => !restsOn(fact, stale))
  })
  return { facts, cites: [...newest.values()] }
}

function keyOf(cite: Citation): string {
  return `${cite.table}:${cite.id}`
}

function restsOn(fact: Fact, stale: readonly Citation[]): boolean {
  if (fact.kind === 'cart_line' || fact.kind === 'cart_total')
    return stale.some((cite) => cite.table === 'carts')
  // A checkout's figures rest on everything that was read with them: prices, fees, the cart.
  if (fact.kind === 'sum' && fact.subject === 'checkout')
    return stale.some((cite) => cite.table !== 'orders' && cite.table !== 'knowledge')
  if (fact.kind === 'sum') return stale.some((cite) => cite.id === fact.of)
  if (fact.kind === 'order' || fact.kind === 'order_line')
    return stale.some((cite) => cite.id === fact.orderId)
  if (
    fact.kind === 'price' ||
    fact.kind === 'stock' ||
    fact.kind === 'no_price' ||
    fact.kind === 'lead_time'
  ) {
    return stale.some(
      (cite) => cite.id === fact.productId || ('variantId' in fact && cite.id === fact.variantId),
    )
  }
  return false
}
