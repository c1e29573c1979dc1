import type { AmountClaim } from './gate-amounts.ts'
import type { Fault } from './gate-check-figures.ts'
import type { Ledger } from './gate-ledger.ts'

const now =
  /^\W*(?:\(\W*)?(?:antes|before|was|were|en (?:lugar|vez) de|instead of|rather than|rebajad[oa]s? de|down from|used to be)\s(?:costaba |estaba a |valia |a |de |era |eran |it was )?$/
const then =
  /^\W*(?:(?:y|pero|and|but)\s)?(?:ahora|hoy|now|today)\s(?:(?:esta|estan|es|son|cuesta|cuestan|sale|salen|vale|valen|a|en|solo|it's|is|are|only|just|for|at)\s)*$/

/** "12 €, antes 15 €": a present and a former price said together are of one variant of one product. */
export function pairFaults(ledger: Ledger, text: string, claims: readonly AmountClaim[]): Fault[] {
  return claims.flatMap((claim, index) => {
    const next = claims[index + 1]
    if (next === undefined) return []
    const between = text.slice(claim.end, next.start)
    const [present, former] = now.test(between)
      ? [claim.amount, next.amount]
      : then.test(between) &&
          /\b(?:antes|was|were|before|costaba|estaba|used to)\b/.test(text.slice(0, claim.start))
        ? [next.amount, claim.amount]
        : [Number.NaN, Number.NaN]
    const prices = [...ledger.products.values()].flatMap((product) => product.prices)
    if (!prices.some(({ role, amount }) => role === 'compare_at' && amount === former)) return []
    const fits = prices.some(
      (old) =>
        old.role === 'compare_at' &&
        old.amount === former &&
        prices.some(
          (one) => one.role === 'unit' && one.variantId === old.variantId && one.amount === present,
        ),
    )
    return fits ? [] : [{ text: text.slice(claim.start, next.end), reason: 'product' }]
  })
}
