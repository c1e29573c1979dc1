import { newId } from '../../ids.ts'
import type { Storage, Tx } from '../../storage/storage.ts'
import type { Price, Product, Variant } from '../product.ts'

/** Prepared statements of an import: Drizzle's builder would cost more than the rows themselves. */

export type ProductValues = Pick<
  Product,
  | 'kind'
  | 'name'
  | 'description'
  | 'category'
  | 'brand'
  | 'tags'
  | 'attributes'
  | 'status'
  | 'taxClass'
  | 'madeToOrder'
  | 'leadTimeDays'
  | 'optionNames'
  | 'url'
  | 'manualFields'
>

export type VariantValues = Pick<
  Variant,
  | 'position'
  | 'sku'
  | 'title'
  | 'options'
  | 'price'
  | 'compareAt'
  | 'cost'
  | 'unit'
  | 'unitSize'
  | 'minQuantity'
  | 'maxQuantity'
  | 'status'
  | 'barcode'
  | 'manualFields'
> & { stock: { tracked: boolean; onHand: number } }

type Value = string | number | null

const productColumns = [
  'kind',
  'name',
  'description',
  'category',
  'brand',
  'tags',
  'attributes',
  'status',
  'tax_class',
  'made_to_order',
  'lead_time_days',
  'option_names',
  'url',
  'manual_fields',
]

const variantColumns = [
  'position',
  'sku',
  'title',
  'options',
  'price_kind',
  'price',
  'compare_at_price',
  'cost',
  'unit',
  'unit_size',
  'min_quantity',
  'max_quantity',
  'tracked',
  'on_hand',
  'barcode',
  'status',
  'manual_fields',
]

function productRow(values: ProductValues): Value[] {
  return [
    values.kind,
    values.name,
    values.description,
    values.category,
    values.brand,
    JSON.stringify(values.tags),
    JSON.stringify(values.attributes),
    values.status,
    values.taxClass,
    values.madeToOrder ? 1 : 0,
    values.leadTimeDays,
    JSON.stringify(values.optionNames),
    values.url,
    JSON.stringify(values.manualFields),
  ]
}

function variantRow(values: VariantValues): Value[] {
  return [
    values.position,
    values.sku,
    values.title,
    JSON.stringify(values.options),
    values.price.kind,
    amountOf(values.price),
    values.compareAt,
    values.cost,
    values.unit,
    values.unitSize,
    values.minQuantity,
    values.maxQuantity,
    values.stock.tracked ? 1 : 0,
    values.stock.onHand,
    values.barcode,
    values.status,
    JSON.stringify(values.manualFields),
  ]
}

function amountOf(price: Price): number | null {
  return price.kind === 'ask' ? null : price.amount
}

const marks = (columns: readonly string[]) => columns.map(() => '?').join(', ')

export class BulkWriter {
  readonly #storage: Storage
  readonly #importId: string

  constructor(storage: Storage, importId: string) {
    this.#storage = storage
    this.#importId = importId
  }

  insertProduct(
    tx: Tx,
    id: string,
    seq: number,
    source: string,
    externalId: string | null,
    values: ProductValues,
  ): void {
    const columns = ['id', 'seq', 'source', 'external_id', ...productColumns, ...stamps]
    this.#run(`INSERT INTO products (${columns.join(', ')}) VALUES (${marks(columns)})`, [
      id,
      seq,
      source,
      externalId,
      ...productRow(values),
      tx.now,
      tx.now,
      tx.actor,
      tx.actor,
    ])
    this.#audit(tx, 'products', id, 'create', { name: values.name })
  }

  updateProduct(
    tx: Tx,
    id: string,
    revision: number,
    externalId: string | null,
    values: ProductValues,
    changed: object,
  ): void {
    const set = [...productColumns, 'revision', 'updated_at', 'updated_by']
      .map((column) => `${column} = ?`)
      .join(', ')
    this.#run(`UPDATE products SET ${set}, external_id = coalesce(external_id, ?) WHERE id = ?`, [
      ...productRow(values),
      revision,
      tx.now,
      tx.actor,
      externalId,
      id,
    ])
    this.#audit(tx, 'products', id, 'update', changed)
  }

  insertVariant(tx: Tx, id: string, productId: string, values: VariantValues): void {
    const columns = ['id', 'product_id', ...variantColumns, ...stamps]
    this.#run(`INSERT INTO variants (${columns.join(', ')}) VALUES (${marks(columns)})`, [
      id,
      productId,
      ...variantRow(values),
      tx.now,
      tx.now,
      tx.actor,
      tx.actor,
    ])
    this.#audit(tx, 'variants', id, 'create', { sku: values.sku })
    if (values.stock.onHand !== 0) this.#movement(tx, id, values.stock.onHand, values.stock.onHand)
  }

  updateVariant(tx: Tx, before: Variant, values: VariantValues, changed: object): void {
    const set = [...variantColumns, 'revision', 'updated_at', 'updated_by']
      .map((column) => `${column} = ?`)
      .join(', ')
    this.#run(`UPDATE variants SET ${set} WHERE id = ?`, [
      ...variantRow(values),
      before.revision + 1,
      tx.now,
      tx.actor,
      before.id,
    ])
    this.#audit(tx, 'variants', before.id, 'update', changed)
    const delta = values.stock.onHand - before.stock.onHand
    if (delta !== 0) this.#movement(tx, before.id, delta, values.stock.onHand)
  }

  addAlias(tx: Tx, productId: string, alias: string): void {
    this.#run(
      `INSERT INTO product_aliases (id, product_id, alias, ${stamps.join(', ')}) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
      [newId(), productId, alias, tx.now, tx.now, tx.actor, tx.actor],
    )
  }

  addImage(
    tx: Tx,
    productId: string,
    variantId: string | null,
    position: number,
    image: { url: string | null; mediaHash: string | null; alt: string },
  ): void {
    this.#run(
      `INSERT INTO product_images (id, product_id, variant_id, position, url, media_hash, alt, ${stamps.join(', ')})
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        newId(),
        productId,
        variantId,
        position,
        image.url,
        image.mediaHash,
        image.alt,
        tx.now,
        tx.now,
        tx.actor,
        tx.actor,
      ],
    )
  }

  removeImage(tx: Tx, id: string): void {
    this.#run('UPDATE product_images SET deleted_at = ?, updated_at = ?, updated_by = ? WHERE id = ?', [
      tx.now,
      tx.now,
      tx.actor,
      id,
    ])
  }

  /** Marks the product for the search index. */
  announce(id: string, revision: number): void {
    this.#run(
      `INSERT INTO search_outbox (kind, entity_id, revision) VALUES ('product', ?, ?)
       ON CONFLICT (kind, entity_id) DO UPDATE SET revision = excluded.revision`,
      [id, revision],
    )
  }

  #movement(tx: Tx, variantId: string, delta: number, after: number): void {
    this.#run(
      `INSERT INTO stock_movements (variant_id, delta, on_hand_after, reason, reference, at, actor)
       VALUES (?, ?, ?, 'import', ?, ?, ?)`,
      [variantId, delta, after, this.#importId, tx.now, tx.actor],
    )
  }

  #audit(tx: Tx, entity: string, id: string, action: string, changes: object): void {
    this.#run(
      'INSERT INTO audit_log (at, actor, entity, entity_id, action, changes) VALUES (?, ?, ?, ?, ?, ?)',
      [tx.now, tx.actor, entity, id, action, JSON.stringify(changes)],
    )
  }

  #run(source: string, values: Value[]): void {
    this.#storage.prepare<Value[]>(source).run(...values)
  }
}

const stamps = ['created_at', 'updated_at', 'created_by', 'updated_by']
