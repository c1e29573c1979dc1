import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { insertRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { checkVariant } from './checks.ts'
import { byPerson, differs, union } from './edits.ts'
import type { StockReason, Variant, VariantChange, VariantInput } from './product.ts'
import { findSku } from './repository.ts'
import { variants } from './tables.ts'

/** Edits of single variants. The caller raises the product's revision. */

export function addVariant(
  storage: Storage,
  tx: Tx,
  productId: string,
  input: VariantInput,
  position: number,
): void {
  checkVariant(input)
  checkLimits(input.minQuantity ?? 1, input.maxQuantity ?? null)
  const sku = cleanSku(input.sku)
  checkSku(storage, sku, null)
  const id = newId()
  const options = input.options ?? []
  insertRow(tx, variants, {
    id,
    productId,
    position,
    ...columnsOf(input),
    sku,
    options,
    title: input.title ?? options.join(' / '),
    manualFields: byPerson(tx) ? Object.keys(input).filter((field) => field !== 'id') : [],
  })
  // Also where it is not counted yet: once it is, the ledger must tell what is on the shelf.
  if (input.stock !== undefined && input.stock.onHand !== 0) {
    noteStock(storage, tx, id, input.stock.onHand, input.stock.onHand, 'initial')
  }
}

export function changeVariant(
  storage: Storage,
  tx: Tx,
  before: Variant,
  change: VariantChange,
  reason: StockReason = 'edit',
  reference?: string,
): boolean {
  checkVariant(change)
  checkLimits(
    change.minQuantity ?? before.minQuantity,
    change.maxQuantity === undefined ? before.maxQuantity : change.maxQuantity,
  )
  const next: VariantChange = {
    ...change,
    ...(change.sku === undefined ? {} : { sku: cleanSku(change.sku) }),
  }
  if (next.options !== undefined && next.title === undefined) next.title = next.options.join(' / ')
  const touched = changedVariantFields(before, next)
  if (touched.length === 0) return false
  if (next.sku !== undefined) checkSku(storage, next.sku, before.id)
  updateRow(tx, variants, before.id, {
    ...columnsOf(next),
    revision: before.revision + 1,
    ...(byPerson(tx) ? { manualFields: union(before.manualFields, touched) } : {}),
  })
  const onHand = next.stock?.onHand
  if (onHand !== undefined && onHand !== before.stock.onHand) {
    noteStock(storage, tx, before.id, onHand - before.stock.onHand, onHand, reason, reference)
  }
  return true
}

function changedVariantFields(before: Variant, change: VariantChange): string[] {
  const current: Required<VariantInput> = {
    ...before,
    stock: { tracked: before.stock.tracked, onHand: before.stock.onHand },
  }
  const { id: _, ...fields } = change
  // Keys of VariantChange without its id are exactly those of VariantInput.
  return (Object.keys(fields) as (keyof VariantInput)[]).filter(
    (field) => fields[field] !== undefined && differs(fields[field], current[field]),
  )
}

function columnsOf(input: Partial<VariantInput>) {
  const { price, compareAt, stock, ...rest } = input
  const plain = {
    sku: rest.sku,
    title: rest.title,
    options: rest.options,
    cost: rest.cost,
    unit: rest.unit,
    unitSize: rest.unitSize,
    minQuantity: rest.minQuantity,
    maxQuantity: rest.maxQuantity,
    status: rest.status,
    barcode: rest.barcode,
  }
  return {
    ...plain,
    compareAtPrice: compareAt,
    ...(price === undefined
      ? {}
      : { priceKind: price.kind, price: price.kind === 'ask' ? null : price.amount }),
    ...(stock === undefined ? {} : { tracked: stock.tracked, onHand: stock.onHand }),
  }
}

function noteStock(
  storage: Storage,
  tx: Tx,
  variantId: string,
  delta: number,
  after: number,
  reason: StockReason,
  reference?: string,
): void {
  storage
    .prepare<[string, number, number, string, string | null, string, string]>(
      'INSERT INTO stock_movements (variant_id, delta, on_hand_after, reason, reference, at, actor) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(variantId, delta, after, reason, reference ?? null, tx.now, tx.actor)
}

export function checkSku(storage: Storage, sku: string | null, ownId: string | null): void {
  if (sku === null) return
  const other = findSku(storage, sku)
  if (other !== null && other.id !== ownId) throw new DomainError('catalog.duplicate_sku', { sku })
}

function checkLimits(min: number, max: number | null): void {
  if (max !== null && max < min) throw new DomainError('input.invalid', { field: 'maxQuantity' })
}

function cleanSku(sku: string | null | undefined): string | null {
  const clean = sku?.trim() ?? ''
  return clean === '' ? null : clean
}
