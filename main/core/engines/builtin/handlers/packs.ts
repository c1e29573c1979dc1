import { fold, stem } from '../../../understanding/normalise.ts'
import { container } from '../../../understanding/options.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import type { Choice } from '../match.ts'
import { isAvailable } from '../match.ts'
import type { ProductData, VariantData } from '../tool-data.ts'

/** Whether an amount counts what a pack holds ("12 huevos", "una docena"), where the product is sold in packs. */
export function countsContents(product: ProductData, request: CustomerRequest): boolean {
  const values = product.variants.flatMap((variant) => variant.options)
  const packed = values.some((value) => /^\d+ \p{L}{3,}/u.test(value) && !measured.test(value))
  if (!packed) return false
  if (/docena|dozen/i.test(request.text)) return true
  const told = fold(request.text).split(/[^a-z0-9]+/)
  if (told.some((word) => container.test(word))) return false
  // "24 rosas": also what is the name of a colour
  return [...request.phrase.nouns, ...request.options].some((noun) =>
    values.some((value) =>
      value
        .split(/\s+/)
        .slice(1)
        .some((word) => stem(fold(word)) === stem(noun)),
    ),
  )
}

const measured = /^\d+\s?(?:kg|g|ml|cl|l|litros?|cm|mm|m)\b/i

/** "Dos docenas de huevos", sold by six and by twelve: two of twelve. Null where no pack holds that many. */
export function inPacks(
  product: ProductData,
  choice: Choice,
  request: CustomerRequest,
  pieces: number,
): { variant: VariantData; count: number } | null {
  if (!countsContents(product, request)) return null
  const sizes = choice.variants
    .flatMap((one) => one.options.flatMap((value) => /^(\d+) \p{L}/u.exec(value)?.[1] ?? []))
    .map(Number)
    .filter((size) => size > 0)
    .toSorted((a, b) => b - a)
  for (const size of new Set([pieces, ...sizes])) {
    const [variant, second] = choice.variants.filter((one) =>
      one.options.some((value) => new RegExp(`^${size} \\p{L}`, 'u').test(value)),
    )
    if (variant !== undefined && second === undefined && pieces % size === 0 && isAvailable(product, variant))
      return { variant, count: pieces / size }
  }
  return null
}

/** Whether variants are told apart by one option alone. */
export function differsInOne(product: ProductData, variants: readonly VariantData[]): boolean {
  const options = Math.max(1, product.optionNames.length)
  const open = Array.from(
    { length: options },
    (_, at) => new Set(variants.map((one) => one.options[at])).size,
  )
  return open.filter((values) => values > 1).length === 1
}
