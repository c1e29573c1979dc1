import type { Reader, Storage } from '../storage/storage.ts'
import type { Price, Product, ProductImage, ProductQuery, Variant } from './product.ts'
import { productCondition } from './product-filter.ts'

interface ProductRow {
  id: string
  seq: number
  kind: Product['kind']
  name: string
  description: string
  category: string
  brand: string
  tags: string
  attributes: string
  status: Product['status']
  tax_class: string
  made_to_order: number
  lead_time_days: number | null
  option_names: string
  url: string
  manual_fields: string
  revision: number
  created_at: string
  updated_at: string
}

interface VariantRow {
  id: string
  product_id: string
  position: number
  sku: string | null
  title: string
  options: string
  price_kind: Price['kind']
  price: number | null
  compare_at_price: number | null
  cost: number | null
  unit: string
  unit_size: number
  min_quantity: number
  max_quantity: number | null
  tracked: number
  on_hand: number
  reserved: number
  barcode: string | null
  status: Variant['status']
  manual_fields: string
  revision: number
}

interface ImageRow {
  id: string
  product_id: string
  variant_id: string | null
  url: string | null
  media_hash: string | null
  alt: string
}

const inIds = 'IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL'

/** Live products by id, in the order asked; unknown and put-away ones are left out. Four statements, whatever the number. */
export function loadProducts(storage: Storage, ids: readonly string[]): Product[] {
  if (ids.length === 0) return []
  const list = JSON.stringify(ids)
  const rows = storage.prepare<[string], ProductRow>(`SELECT * FROM products WHERE id ${inIds}`).all(list)
  const variantRows = storage
    .prepare<[string], VariantRow>(
      `SELECT variants.*, (SELECT coalesce(sum(quantity), 0) FROM reservations
         WHERE reservations.variant_id = variants.id AND state = 'active') AS reserved
       FROM variants WHERE product_id ${inIds} ORDER BY product_id, position, id`,
    )
    .all(list)
  const aliasRows = storage
    .prepare<[string], { product_id: string; alias: string }>(
      `SELECT product_id, alias FROM product_aliases WHERE product_id ${inIds} ORDER BY product_id, id`,
    )
    .all(list)
  const imageRows = storage
    .prepare<[string], ImageRow>(
      `SELECT id, product_id, variant_id, url, media_hash, alt FROM product_images
       WHERE product_id ${inIds} ORDER BY product_id, position, id`,
    )
    .all(list)

  const variantsOf = Map.groupBy(variantRows, (row) => row.product_id)
  const aliasesOf = Map.groupBy(aliasRows, (row) => row.product_id)
  const imagesOf = Map.groupBy(imageRows, (row) => row.product_id)
  const found = new Map(
    rows.map((row) => [
      row.id,
      toProduct(
        row,
        (variantsOf.get(row.id) ?? []).map(toVariant),
        (aliasesOf.get(row.id) ?? []).map((alias) => alias.alias),
        (imagesOf.get(row.id) ?? []).map(toImage),
      ),
    ]),
  )
  return ids.flatMap((id) => found.get(id) ?? [])
}

function toProduct(row: ProductRow, variants: Variant[], aliases: string[], images: ProductImage[]): Product {
  return {
    id: row.id,
    seq: row.seq,
    kind: row.kind,
    name: row.name,
    description: row.description,
    category: row.category,
    brand: row.brand,
    tags: strings(row.tags),
    // The column is written by this feature only, always as an object of strings.
    attributes: JSON.parse(row.attributes) as Record<string, string>,
    status: row.status,
    taxClass: row.tax_class,
    madeToOrder: row.made_to_order === 1,
    leadTimeDays: row.lead_time_days,
    optionNames: strings(row.option_names),
    url: row.url,
    aliases,
    images,
    variants,
    manualFields: strings(row.manual_fields),
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

function toVariant(row: VariantRow): Variant {
  const tracked = row.tracked === 1
  return {
    id: row.id,
    productId: row.product_id,
    position: row.position,
    sku: row.sku,
    title: row.title,
    options: strings(row.options),
    price:
      row.price_kind === 'ask' || row.price === null
        ? { kind: 'ask' }
        : { kind: row.price_kind, amount: row.price },
    compareAt: row.compare_at_price,
    cost: row.cost,
    unit: row.unit,
    unitSize: row.unit_size,
    minQuantity: row.min_quantity,
    maxQuantity: row.max_quantity,
    stock: {
      tracked,
      onHand: row.on_hand,
      reserved: row.reserved,
      available: tracked ? Math.max(0, row.on_hand - row.reserved) : null,
    },
    status: row.status,
    barcode: row.barcode,
    manualFields: strings(row.manual_fields),
    revision: row.revision,
  }
}

function toImage(row: ImageRow): ProductImage {
  return { id: row.id, url: row.url, mediaHash: row.media_hash, alt: row.alt, variantId: row.variant_id }
}

function strings(json: string): string[] {
  // List columns are written by this feature only, always as arrays of strings.
  return JSON.parse(json) as string[]
}

/** Id of the live product that owns a live variant. */
export function productIdOfVariant(storage: Storage, variantId: string): string | null {
  const row = storage
    .prepare<[string], { product_id: string }>(
      'SELECT product_id FROM variants WHERE id = ? AND deleted_at IS NULL',
    )
    .get(variantId)
  return row?.product_id ?? null
}

/** The live variant with that SKU; case does not matter. */
export function findSku(storage: Storage, sku: string): { id: string; productId: string } | null {
  const row = storage
    .prepare<[string], { id: string; productId: string }>(
      'SELECT id, product_id AS productId FROM variants WHERE sku = ? COLLATE NOCASE AND deleted_at IS NULL',
    )
    .get(sku)
  return row ?? null
}

export function nextProductSeq(storage: Storage): number {
  const row = storage
    .prepare<[], { next: number }>('SELECT coalesce(max(seq), 0) + 1 AS next FROM products')
    .get()
  return row?.next ?? 1
}

/** One page of ids in the order products came, and how many there are in all. */
export function listProductIds(reader: Reader, query: ProductQuery): { ids: string[]; total: number } {
  const { sql, values } = productCondition(query)
  const condition = sql.join(' AND ')
  const total = reader.sql
    .prepare<unknown[], { total: number }>(`SELECT count(*) AS total FROM products p WHERE ${condition}`)
    .get(...values)
  const rows = reader.sql
    .prepare<unknown[], { id: string }>(
      `SELECT p.id FROM products p WHERE ${condition} ORDER BY p.seq LIMIT ? OFFSET ?`,
    )
    .all(...values, query.limit, query.offset)
  return { ids: rows.map((row) => row.id), total: total?.total ?? 0 }
}
