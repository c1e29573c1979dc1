import type { Product, Variant } from '../catalog/product.ts'
import type { CatalogService } from '../catalog/service.ts'
import { isOff } from '../mutants.ts'
import { fieldTermsOfQuery, type Ranked } from './candidates.ts'
import type { AnalysedQuery } from './query.ts'
import { type Limits, variantFor } from './variant-choice.ts'

export interface StandingHit {
  productId: string
  variantId: string
  ranked: Ranked
}

export interface Standing {
  catalog: CatalogService
  analysed: AnalysedQuery
  limits: Limits
  /** Hits at most. */
  limit: number
  /** The variant whose SKU the query names. */
  exact: Variant | undefined
}

/** Reads the rows in order of rank until enough of them stand up to the limits as they are now. */
export function readAgain(ranked: readonly Ranked[], standing: Standing): StandingHit[] {
  const { catalog, analysed, limits, limit, exact } = standing
  const wanted = new Set(fieldTermsOfQuery(analysed))
  const variantOf = (product: Product) => {
    if (isOff('search.reread')) return product.variants[0]
    return catalog.isForSale(product) ? variantFor(product, wanted, limits, exact) : undefined
  }
  const hits: StandingHit[] = []
  for (let at = 0; at < ranked.length && hits.length < limit; at += limit) {
    const part = ranked.slice(at, at + limit)
    const products = new Map(
      catalog.products(part.map(({ id }) => id)).map((product) => [product.id, product]),
    )
    for (const entry of part) {
      const product = products.get(entry.id)
      if (product === undefined || hits.length >= limit) continue
      const variant = variantOf(product)
      if (variant !== undefined) hits.push({ productId: product.id, variantId: variant.id, ranked: entry })
    }
  }
  return hits
}
