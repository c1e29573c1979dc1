import { newId } from '../../ids.ts'
import type { Storage, Tx } from '../../storage/storage.ts'
import type { Product } from '../product.ts'
import { findSku, loadProducts, nextProductSeq } from '../repository.ts'
import { BulkWriter } from './bulk.ts'
import type { ProductDraft, VariantDraft } from './draft.ts'
import { imagesOf, matchVariants, rowsOf } from './match.ts'
import {
  type Kept,
  mergeProduct,
  mergeVariant,
  newProduct,
  newVariant,
  optionsFor,
  reorderOptions,
  same,
} from './merge.ts'
import type { ImportReport, RowIssue } from './report.ts'
import { plain } from './values.ts'

type Counts = Pick<ImportReport, 'imported' | 'updated' | 'unchanged' | 'variants' | 'kept'>
type State = 'imported' | 'updated' | 'unchanged'

/** A place to note rows; the caller keeps it only when the unit of work committed. */
export interface Notes {
  refuse(row: number, reason: RowIssue['reason'], data?: RowIssue['data']): void
  warn(row: number, reason: RowIssue['reason'], data?: RowIssue['data']): void
}

/** Finds for each draft the product it means, and writes what differs. Without a tx it only counts. */
export class DraftStore {
  readonly counts: Counts = { imported: 0, updated: 0, unchanged: 0, variants: 0, kept: [] }
  readonly #storage: Storage
  readonly #bulk: BulkWriter
  readonly #notes: Notes
  readonly #overwriteManual: boolean
  /** SKU in lower case → row of this file. */
  readonly #skus = new Map<string, number>()
  readonly #names = new Map<string, number>()
  readonly #keys = new Map<string, string>()
  readonly #states = new Map<string, State>()

  constructor(storage: Storage, importId: string, notes: Notes, overwriteManual: boolean) {
    this.#storage = storage
    this.#bulk = new BulkWriter(storage, importId)
    this.#notes = notes
    this.#overwriteManual = overwriteManual
  }

  take(tx: Tx | null, draft: ProductDraft): void {
    const variants = draft.variants.filter((variant) => this.#isFirst(variant))
    if (variants.length === 0 && draft.variants.length > 0) return
    const clean = { ...draft, variants }
    const inFile = draft.key === null ? undefined : this.#keys.get(`${draft.source}:${draft.key}`)
    const target = inFile ?? this.#find(clean)
    if (target === 'duplicate') return
    if (target === null) {
      if (draft.name === '' || variants.length === 0) {
        for (const row of rowsOf(draft)) this.#notes.refuse(row, 'no_name')
        return
      }
      this.#create(tx, clean)
      return
    }
    const [product] = loadProducts(this.#storage, [target])
    // In a dry run, what this file would have made is not there to compare with.
    if (product === undefined) this.counts.variants += variants.length
    else this.#update(tx, product, clean)
    this.#remember(clean, target)
  }

  #isFirst(variant: VariantDraft): boolean {
    if (variant.sku === null) return true
    const key = variant.sku.toLowerCase()
    const firstRow = this.#skus.get(key)
    if (firstRow !== undefined) {
      this.#notes.refuse(variant.row, 'duplicate_sku', { sku: variant.sku, firstRow })
      return false
    }
    this.#skus.set(key, variant.row)
    return true
  }

  /** Id of the product that a draft means: by SKU, then by its id where it comes from, then by name. */
  #find(draft: ProductDraft): string | null | 'duplicate' {
    const owners = new Map<string, VariantDraft[]>()
    for (const variant of draft.variants) {
      const owner = variant.sku === null ? null : findSku(this.#storage, variant.sku)
      if (owner !== null) owners.set(owner.productId, [...(owners.get(owner.productId) ?? []), variant])
    }
    const [first, ...others] = owners.keys()
    if (first !== undefined) {
      const foreign = new Set(others.flatMap((id) => owners.get(id) ?? []))
      for (const variant of foreign)
        this.#notes.refuse(variant.row, 'sku_of_other_product', { sku: variant.sku ?? '' })
      draft.variants = draft.variants.filter((variant) => !foreign.has(variant))
      return first
    }
    if (draft.externalId !== null) {
      const row = this.#storage
        .prepare<[string, string], { id: string }>(
          'SELECT id FROM products WHERE source = ? AND external_id = ? AND deleted_at IS NULL',
        )
        .get(draft.source, draft.externalId)
      if (row !== undefined) {
        if (!this.#states.has(row.id)) return row.id
        for (const each of rowsOf(draft))
          this.#notes.refuse(each, 'duplicate_name', { externalId: draft.externalId })
        return 'duplicate'
      }
    }
    return this.#findByName(draft)
  }

  #findByName(draft: ProductDraft): string | null | 'duplicate' {
    const withSku = draft.variants.some((variant) => variant.sku !== null)
    const firstRow = this.#names.get(plain(draft.name))
    if (firstRow !== undefined && !withSku && draft.externalId === null) {
      for (const row of rowsOf(draft)) this.#notes.refuse(row, 'duplicate_name', { firstRow })
      return 'duplicate'
    }
    const rows = this.#storage
      .prepare<[string], { id: string; skus: number; external_id: string | null }>(
        `SELECT id, external_id, (SELECT count(sku) FROM variants WHERE product_id = products.id AND deleted_at IS NULL) AS skus
         FROM products WHERE name = ? COLLATE NOCASE AND deleted_at IS NULL LIMIT 2`,
      )
      .all(draft.name)
    const [only] = rows
    if (rows.length > 1 && !withSku && draft.externalId === null) {
      // Nothing tells which of them is meant; another one would come with each import.
      for (const row of rowsOf(draft)) this.#notes.refuse(row, 'duplicate_name', { name: draft.name })
      return 'duplicate'
    }
    if (rows.length !== 1 || only === undefined || this.#states.has(only.id)) return null
    // Another id or other SKUs under the same name are another product.
    if (draft.externalId !== null && only.external_id !== null) return null
    return withSku && only.skus > 0 ? null : only.id
  }

  #create(tx: Tx | null, draft: ProductDraft): void {
    const id = newId()
    const values = newProduct(draft)
    for (const variant of draft.variants) {
      if (variant.sku !== null && this.#wasRemoved(variant.sku)) {
        this.#notes.warn(variant.row, 'was_removed', { sku: variant.sku })
      }
    }
    if (tx !== null) {
      this.#bulk.insertProduct(tx, id, nextProductSeq(this.#storage), draft.source, draft.externalId, values)
      const variantIds = draft.variants.map((variant, position) => {
        const variantId = newId()
        this.#bulk.insertVariant(tx, variantId, id, newVariant(variant, variant.options, position))
        return variantId
      })
      for (const alias of draft.aliases ?? []) this.#bulk.addAlias(tx, id, alias)
      for (const [position, image] of imagesOf(draft, variantIds).entries()) {
        this.#bulk.addImage(tx, id, image.variantId, position, image)
      }
      this.#bulk.announce(id, 1)
    }
    this.counts.variants += draft.variants.length
    this.#count(id, 'imported')
    this.#remember(draft, id)
  }

  #wasRemoved(sku: string): boolean {
    const row = this.#storage
      .prepare<[string], { id: string }>(
        'SELECT id FROM variants WHERE sku = ? COLLATE NOCASE AND deleted_at IS NOT NULL LIMIT 1',
      )
      .get(sku)
    return row !== undefined
  }

  #update(tx: Tx | null, before: Product, draft: ProductDraft): void {
    const product = mergeProduct(before, draft, this.#overwriteManual)
    const names = product.values.optionNames
    let touched = false
    const kept: Kept[] = [...product.kept]
    const matched = new Set<string>()
    const ids: (string | null)[] = []
    const pairs = matchVariants(before, draft, names, this.#states.has(before.id))
    let position = Math.max(-1, ...before.variants.map((variant) => variant.position))
    for (const { variant, existing } of pairs) {
      const options = optionsFor(names, draft, variant)
      if (existing === null) {
        position += 1
        const id = newId()
        if (tx !== null) this.#bulk.insertVariant(tx, id, before.id, newVariant(variant, options, position))
        ids.push(id)
        touched = true
        continue
      }
      matched.add(existing.id)
      ids.push(existing.id)
      const merged = mergeVariant(existing, variant, options, this.#overwriteManual)
      kept.push(...merged.kept)
      if (Object.keys(merged.changed).length === 0) continue
      touched = true
      if (tx !== null) this.#bulk.updateVariant(tx, existing, merged.values, merged.changed)
    }
    if (!same(names, before.optionNames)) this.#reorder(tx, before, names, matched)
    if (this.#aliases(tx, before, draft)) touched = true
    if (this.#images(tx, before, draft, ids, kept)) touched = true
    this.counts.variants += pairs.length
    for (const { row, sku, field } of kept) {
      this.counts.kept.push({ row, productId: before.id, sku, field })
      this.#notes.warn(row, 'manual_kept', { field, sku })
    }
    if (Object.keys(product.changed).length === 0 && !touched) {
      this.#count(before.id, 'unchanged')
      return
    }
    if (tx !== null) {
      const revision = before.revision + 1
      this.#bulk.updateProduct(tx, before.id, revision, null, product.values, product.changed)
      this.#bulk.announce(before.id, revision)
    }
    this.#count(before.id, 'updated')
  }

  /** Variants that the file does not speak of follow a new order of option names. */
  #reorder(tx: Tx | null, before: Product, names: readonly string[], matched: ReadonlySet<string>): void {
    if (tx === null) return
    for (const variant of before.variants) {
      if (matched.has(variant.id)) continue
      const options = reorderOptions(names, before, variant)
      this.#bulk.updateVariant(tx, variant, { ...variant, options }, { options })
    }
  }

  #aliases(tx: Tx | null, before: Product, draft: ProductDraft): boolean {
    const known = new Set(before.aliases.map((alias) => alias.toLowerCase()))
    const added = (draft.aliases ?? []).filter((alias) => !known.has(alias.toLowerCase()))
    if (tx !== null) for (const alias of added) this.#bulk.addAlias(tx, before.id, alias)
    return added.length > 0
  }

  #images(
    tx: Tx | null,
    before: Product,
    draft: ProductDraft,
    ids: readonly (string | null)[],
    kept: Kept[],
  ): boolean {
    const wanted = imagesOf(draft, ids)
    if (draft.images === undefined && wanted.length === 0) return false
    const keyOf = (image: { url: string | null; mediaHash: string | null }) =>
      image.url ?? image.mediaHash ?? ''
    const known = new Map(before.images.map((image) => [keyOf(image), image]))
    const added = wanted.filter((image) => !known.has(keyOf(image)))
    // A later part of the same product, or a file without images for it, takes none away.
    const adds = this.#states.has(before.id) || wanted.length === 0
    const gone = adds
      ? []
      : before.images.filter((image) => !wanted.some((other) => keyOf(other) === keyOf(image)))
    if (added.length === 0 && gone.length === 0) return false
    if (before.manualFields.includes('images') && !this.#overwriteManual) {
      kept.push({ row: draft.row, sku: null, field: 'images' })
      return false
    }
    if (tx !== null) {
      for (const image of gone) this.#bulk.removeImage(tx, image.id)
      for (const [at, image] of added.entries()) {
        this.#bulk.addImage(tx, before.id, image.variantId, before.images.length + at, image)
      }
    }
    return true
  }

  /** Each product counts once, however many parts of the file speak of it. */
  #count(id: string, state: State): void {
    const before = this.#states.get(id)
    if (before === 'imported' || before === 'updated' || before === state) return
    if (before === 'unchanged') this.counts.unchanged -= 1
    this.counts[state] += 1
    this.#states.set(id, state)
  }

  #remember(draft: ProductDraft, id: string): void {
    if (draft.key !== null) this.#keys.set(`${draft.source}:${draft.key}`, id)
    if (draft.name !== '' && !this.#names.has(plain(draft.name)))
      this.#names.set(plain(draft.name), draft.row)
  }
}
