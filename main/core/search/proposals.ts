import type { Clock } from '../host.ts'
import type { Candidates, Ranked } from './candidates.ts'
import type { CatalogWords } from './catalog-words.ts'
import type { MeaningIndex } from './meaning.ts'
import type { AnalysedQuery } from './query.ts'
import type { Limits } from './variant-choice.ts'

/** How long a query waits for its vector, ms: after that its words alone decide. */
export const LONGEST_VECTOR_WAIT_MS = 300
/** Coverage by words from which meaning has nothing to add. */
const CLEAR = 0.9
/** How many products may be proposed by meaning; limits thin them out afterwards. */
const MEANT = { plain: 60, limited: 200 }
const LONGEST_TEXT = 400
/** How much of a query must be covered for an answer; chosen on the generated judged sets of `tests/bench`. */
const ENOUGH = { share: 0.5, matter: 0.55, withoutHead: 0.66 }

export interface ProposalDeps {
  words: CatalogWords
  candidates: Candidates
  meaning: MeaningIndex
  clock: Clock
}

/** Which products a query may mean: by its words, and by what they mean where words leave a doubt. */
export class Proposals {
  readonly #deps: ProposalDeps

  constructor(deps: ProposalDeps) {
    this.#deps = deps
  }

  async byWords(
    text: string,
    limits: Partial<Limits>,
  ): Promise<{ analysed: AnalysedQuery; ranked: Ranked[] }> {
    const analysed = this.#deps.words.analyse(text)
    const ranked = await this.#deps.candidates.products(analysed, {
      minPrice: limits.minPrice ?? undefined,
      maxPrice: limits.maxPrice ?? undefined,
      inStockOnly: limits.inStockOnly,
      category: limits.category ?? undefined,
    })
    return { analysed, ranked }
  }

  /** @param text the query without its limits */
  async find(text: string, limits: Limits): Promise<{ analysed: AnalysedQuery; ranked: Ranked[] }> {
    const byWords = await this.byWords(text, limits)
    const { analysed, ranked } = byWords
    const { meaning, candidates, clock } = this.#deps
    const clear = (ranked[0]?.share ?? 0) >= CLEAR && fits(ranked[0])
    if (clear || analysed.units.length === 0 || meaning.state.state === 'off') return byWords
    const limited = limits.minPrice !== null || limits.maxPrice !== null || limits.category !== null
    const { promise, resolve } = Promise.withResolvers<null>()
    const cancel = clock.after(LONGEST_VECTOR_WAIT_MS, () => resolve(null))
    const asked = meaning.nearest(text.slice(0, LONGEST_TEXT), limited ? MEANT.limited : MEANT.plain)
    const meant = await Promise.race([asked.catch(() => null), promise])
    cancel()
    return meant === null ? byWords : { analysed, ranked: candidates.withMeaning(analysed, ranked, meant) }
  }
}

/** Whether this is an answer. No answer is one too. */
export function fits(best: Ranked | undefined): boolean {
  if (best === undefined) return false
  if (best.share < ENOUGH.share || best.matter < ENOUGH.matter) return false
  return best.head || best.share >= ENOUGH.withoutHead
}
