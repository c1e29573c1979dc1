import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { insertRow, softDeleteRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { differs } from './edits.ts'
import type { ImageInput } from './product.ts'
import { productAliases, productImages } from './tables.ts'

/** Aliases and images are replaced as lists; what stays the same keeps its row. True when something changed. */

export function replaceAliases(
  storage: Storage,
  tx: Tx,
  productId: string,
  wanted: readonly string[],
): boolean {
  const rows = storage
    .prepare<[string], { id: string; alias: string }>(
      'SELECT id, alias FROM product_aliases WHERE product_id = ? AND deleted_at IS NULL ORDER BY id',
    )
    .all(productId)
  const next = new Map<string, string>()
  for (const alias of wanted) {
    const clean = alias.replace(/\s+/g, ' ').trim()
    if (clean !== '' && !next.has(clean.toLowerCase())) next.set(clean.toLowerCase(), clean)
  }
  let changed = false
  for (const row of rows) {
    if (next.get(row.alias.toLowerCase()) === row.alias) next.delete(row.alias.toLowerCase())
    else {
      softDeleteRow(tx, productAliases, row.id)
      changed = true
    }
  }
  for (const alias of next.values()) {
    insertRow(tx, productAliases, { id: newId(), productId, alias })
    changed = true
  }
  return changed
}

export function replaceImages(
  storage: Storage,
  tx: Tx,
  productId: string,
  wanted: readonly ImageInput[],
): boolean {
  const rows = storage
    .prepare<
      [string],
      { id: string; url: string | null; mediaHash: string | null; alt: string; variantId: string | null }
    >(
      `SELECT id, url, media_hash AS mediaHash, alt, variant_id AS variantId FROM product_images
       WHERE product_id = ? AND deleted_at IS NULL ORDER BY position, id`,
    )
    .all(productId)
  const next = wanted.map((image) => ({
    url: image.url ?? null,
    mediaHash: image.mediaHash ?? null,
    alt: image.alt ?? '',
    variantId: image.variantId ?? null,
  }))
  if (next.some((image) => image.url === null && image.mediaHash === null)) {
    throw new DomainError('input.invalid', { field: 'images' })
  }
  if (
    !differs(
      next,
      rows.map(({ id: _, ...image }) => image),
    )
  )
    return false
  for (const row of rows) softDeleteRow(tx, productImages, row.id)
  for (const [position, image] of next.entries()) {
    insertRow(tx, productImages, { id: newId(), productId, position, ...image })
  }
  return true
}
