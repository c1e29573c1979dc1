import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { insertRow, restoreRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { checkName } from './checks.ts'
import { byPerson, differs, union } from './edits.ts'
import { htmlToText } from './html.ts'
import { replaceAliases, replaceImages } from './list-writes.ts'
import type { Product, ProductChanges, ProductFields, ProductInput, StockReason, Variant } from './product.ts'
import { loadProducts, nextProductSeq } from './repository.ts'
import { products, variants } from './tables.ts'
import { addVariant, changeVariant, checkSku } from './variant-writes.ts'

/** Edits of single products. Each leaves one new revision, one search row and one event. Imports write in bulk elsewhere. */

const productFields = [
  'kind',
  'name',
  'description',
  'category',
  'brand',
  'tags',
  'attributes',
  'status',
  'taxClass',
  'madeToOrder',
  'leadTimeDays',
  'optionNames',
  'url',
] as const satisfies readonly (keyof ProductFields)[]

export function createProduct(storage: Storage, tx: Tx, input: ProductInput): Product {
  const name = checkName(input.name)
  if (input.variants.length === 0) throw new DomainError('input.invalid', { field: 'variants' })
  const id = newId()
  const given = pickFields(input)
  insertRow(tx, products, {
    ...given,
    id,
    name,
    seq: nextProductSeq(storage),
    source: input.source ?? 'manual',
    externalId: input.externalId ?? null,
    manualFields: byPerson(tx) ? Object.keys({ ...given, name }) : [],
  })
  for (const [position, variant] of input.variants.entries()) addVariant(storage, tx, id, variant, position)
  replaceAliases(storage, tx, id, input.aliases ?? [])
  replaceImages(storage, tx, id, input.images ?? [])
  announce(storage, tx, id, 1)
  return reload(storage, id)
}

export function updateProduct(
  storage: Storage,
  tx: Tx,
  id: string,
  changes: ProductChanges,
  expectedRevision?: number,
): Product {
  const before = reload(storage, id)
  if (expectedRevision !== undefined && expectedRevision !== before.revision) {
    throw new DomainError('conflict', { entity: 'products', id, revision: before.revision })
  }
  const given = pickFields(changes)
  if (given.name !== undefined) given.name = checkName(given.name)
  const touched: string[] = Object.keys(given).filter(
    (field) => isProductField(field) && differs(given[field], before[field]),
  )
  if (changes.aliases !== undefined && replaceAliases(storage, tx, id, changes.aliases))
    touched.push('aliases')
  if (changes.images !== undefined && replaceImages(storage, tx, id, changes.images)) touched.push('images')
  let variantsChanged = false
  for (const variantId of changes.removeVariants ?? []) {
    ownVariant(before, variantId)
    softDeleteRow(tx, variants, variantId)
    variantsChanged = true
  }
  let position = Math.max(-1, ...before.variants.map((variant) => variant.position))
  for (const change of changes.variants ?? []) {
    if (change.id === undefined) {
      if (change.price === undefined) throw new DomainError('input.invalid', { field: 'price' })
      position += 1
      addVariant(storage, tx, id, { ...change, price: change.price }, position)
      variantsChanged = true
    } else if (changeVariant(storage, tx, ownVariant(before, change.id), change)) variantsChanged = true
  }
  if (touched.length === 0 && !variantsChanged) return before
  const live = storage
    .prepare<[string], { live: number }>(
      'SELECT count(*) AS live FROM variants WHERE product_id = ? AND deleted_at IS NULL',
    )
    .get(id)
  if (live === undefined || live.live === 0) throw new DomainError('input.invalid', { field: 'variants' })
  const revision = before.revision + 1
  updateRow(tx, products, id, {
    ...given,
    revision,
    ...(byPerson(tx) && touched.length > 0 ? { manualFields: union(before.manualFields, touched) } : {}),
  })
  announce(storage, tx, id, revision)
  return reload(storage, id)
}

export function removeProduct(storage: Storage, tx: Tx, id: string): void {
  const product = reload(storage, id)
  for (const variant of product.variants) softDeleteRow(tx, variants, variant.id)
  softDeleteRow(tx, products, id)
  raiseRevision(storage, tx, id)
}

/** Brings back the product and the variants that went with it. Throws `catalog.duplicate_sku` when a SKU was given away. */
export function restoreProduct(storage: Storage, tx: Tx, id: string): void {
  const row = storage
    .prepare<[string], { deleted_at: string | null }>('SELECT deleted_at FROM products WHERE id = ?')
    .get(id)
  if (row === undefined) throw new DomainError('not_found', { entity: 'products', id })
  if (row.deleted_at === null) return
  const gone = storage
    .prepare<[string, string], { id: string; sku: string | null }>(
      'SELECT id, sku FROM variants WHERE product_id = ? AND deleted_at = ?',
    )
    .all(id, row.deleted_at)
  for (const variant of gone) {
    checkSku(storage, variant.sku, variant.id)
    restoreRow(tx, variants, variant.id)
  }
  restoreRow(tx, products, id)
  raiseRevision(storage, tx, id)
}

/** Sets what is on the shelf and notes the difference. An untracked variant becomes tracked. */
export function setVariantStock(
  storage: Storage,
  tx: Tx,
  variantId: string,
  onHand: number,
  reason: StockReason,
  reference?: string,
): void {
  const productId = storage
    .prepare<[string], { product_id: string }>(
      'SELECT product_id FROM variants WHERE id = ? AND deleted_at IS NULL',
    )
    .get(variantId)?.product_id
  if (productId === undefined) throw new DomainError('not_found', { entity: 'variants', id: variantId })
  const variant = ownVariant(reload(storage, productId), variantId)
  const changed = changeVariant(storage, tx, variant, { stock: { tracked: true, onHand } }, reason, reference)
  if (changed) raiseRevision(storage, tx, productId, true)
}

/** Raises the revision of a product whose own columns stayed as they were. */
export function raiseRevision(storage: Storage, tx: Tx, id: string, stockOnly = false): void {
  const row = storage
    .prepare<[string, string, string], { revision: number }>(
      'UPDATE products SET revision = revision + 1, updated_at = ?, updated_by = ? WHERE id = ? RETURNING revision',
    )
    .get(tx.now, tx.actor, id)
  if (row !== undefined) announce(storage, tx, id, row.revision, stockOnly)
}

function announce(storage: Storage, tx: Tx, id: string, revision: number, stockOnly = false): void {
  storage
    .prepare<[string, number]>(
      `INSERT INTO search_outbox (kind, entity_id, revision) VALUES ('product', ?, ?)
       ON CONFLICT (kind, entity_id) DO UPDATE SET revision = excluded.revision`,
    )
    .run(id, revision)
  tx.emit('product.changed', { productId: id, ...(stockOnly ? { stockOnly } : {}) })
}

function reload(storage: Storage, id: string): Product {
  const [product] = loadProducts(storage, [id])
  if (product === undefined) throw new DomainError('not_found', { entity: 'products', id })
  return product
}

function ownVariant(product: Product, variantId: string): Variant {
  const variant = product.variants.find((candidate) => candidate.id === variantId)
  if (variant === undefined) throw new DomainError('not_found', { entity: 'variants', id: variantId })
  return variant
}

function pickFields(input: Partial<ProductFields>): Partial<ProductFields> {
  const entries = productFields
    .filter((field) => input[field] !== undefined)
    .map((field) => [field, input[field]])
  // Built from ProductFields' own keys and values.
  const picked = Object.fromEntries(entries) as Partial<ProductFields>
  if (picked.description !== undefined) picked.description = htmlToText(picked.description)
  return picked
}

function isProductField(field: string): field is keyof ProductFields {
  return productFields.some((known) => known === field)
}
