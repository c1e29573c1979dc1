/** What a search takes and gives. */

export interface ProductSearchOptions {
  limit?: number | undefined
  /** Minor units, inclusive. Limits in the query's own words narrow them further. */
  minPrice?: number | undefined
  maxPrice?: number | undefined
  inStockOnly?: boolean | undefined
  /** A category, or the beginning of its path. */
  category?: string | undefined
}

export interface ProductHit {
  productId: string
  /** The variant that fits the query, its limits and the stock best. */
  variantId: string
  /** 0 to about 1.2; comparable within one search only. */
  score: number
}

export interface ProductSearch {
  /** Best first, one a product. When `answered` is false they are near misses. */
  hits: ProductHit[]
  /** False when nothing fits. */
  answered: boolean
  interpretation: {
    /** What was searched: corrected, without prices and small talk. */
    text: string
    /** Minor units. */
    minPrice: number | null
    maxPrice: number | null
    corrections: { from: string; to: string }[]
    /** The SKU that the query names, as the catalog writes it. */
    sku: string | null
  }
}

export interface KnowledgeSearch {
  hits: { knowledgeId: string; score: number }[]
  answered: boolean
}
