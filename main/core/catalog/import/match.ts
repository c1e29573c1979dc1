import type { Product, Variant } from '../product.ts'
import type { ProductDraft, VariantDraft } from './draft.ts'
import { optionsFor, reorderOptions } from './merge.ts'
import { plain } from './values.ts'

export interface ImageRow {
  url: string | null
  mediaHash: string | null
  alt: string
  variantId: string | null
}

/** Images of the product and of single variants, each address once. `variantIds` go with the draft's variants. */
export function imagesOf(draft: ProductDraft, variantIds: readonly (string | null)[]): ImageRow[] {
  const own = new Map<string, string | null>()
  for (const [at, variant] of draft.variants.entries()) {
    if (variant.image !== undefined && !own.has(variant.image)) own.set(variant.image, variantIds[at] ?? null)
  }
  const list: ImageRow[] = (draft.images ?? []).map(({ source, alt, mediaHash }) => ({
    url: mediaHash == null ? source : null,
    mediaHash: mediaHash ?? null,
    alt,
    variantId: own.get(source) ?? null,
  }))
  for (const [url, variantId] of own) {
    if (!list.some((image) => image.url === url)) list.push({ url, mediaHash: null, alt: '', variantId })
  }
  return list
}

/** Pairs the file's variants with those that are there: by SKU, by options, or because each side has but one. */
export function matchVariants(
  before: Product,
  draft: ProductDraft,
  names: readonly string[],
  sameFile: boolean,
): { variant: VariantDraft; existing: Variant | null }[] {
  const free = new Set(before.variants)
  const pairs = draft.variants.map((variant) => {
    const existing =
      variant.sku === null
        ? undefined
        : before.variants.find((known) => known.sku?.toLowerCase() === variant.sku?.toLowerCase())
    if (existing !== undefined) free.delete(existing)
    return { variant, existing: existing ?? null }
  })
  const key = (options: readonly string[]) => JSON.stringify(options.map(plain))
  for (const pair of pairs) {
    if (pair.existing !== null) continue
    const wanted = key(optionsFor(names, draft, pair.variant))
    const bySame = [...free].find(
      (known) =>
        key(reorderOptions(names, before, known)) === wanted &&
        // Two SKUs in one file are two variants, whatever their options.
        !(sameFile && known.sku !== null && pair.variant.sku !== null),
    )
    const alone =
      !sameFile &&
      before.variants.length === 1 &&
      draft.variants.length === 1 &&
      draft.optionNames.length === 0
        ? [...free][0]
        : undefined
    const existing = bySame ?? alone
    if (existing === undefined) continue
    free.delete(existing)
    pair.existing = existing
  }
  return pairs
}

/** Rows of the file that a draft came from. */
export function rowsOf(draft: ProductDraft): number[] {
  return draft.variants.length === 0 ? [draft.row] : draft.variants.map((variant) => variant.row)
}
