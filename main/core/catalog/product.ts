/** What the shop sells: the shapes that every feature shares. Amounts are integer minor units of the shop's currency. */

export type ProductKind = 'good' | 'service'
export type ProductStatus = 'available' | 'sold_out' | 'discontinued' | 'hidden' | 'draft'
export type VariantStatus = 'available' | 'sold_out' | 'discontinued'

/** `from`: the amount is the lowest the shop charges. `ask`: no figure, a person answers. */
export type Price = { kind: 'exact' | 'from'; amount: number } | { kind: 'ask' }

export interface Stock {
  /** False: the shop does not count this variant; it is sold without a limit. */
  tracked: boolean
  onHand: number
  /** Sum of active reservations. */
  reserved: number
  /** on hand − reserved, never below 0; null when not tracked. */
  available: number | null
}

/** The sellable unit: SKU, price, stock and cart lines belong to it. */
export interface Variant {
  id: string
  productId: string
  position: number
  sku: string | null
  /** Text of its options (`M / Rojo`); empty for the only variant of a product. */
  title: string
  /** Values in the order of the product's option names. */
  options: string[]
  price: Price
  /** Price before a reduction, higher than the price. */
  compareAt: number | null
  /** What the shop paid. Never shown to a customer. */
  cost: number | null
  /** Smallest step that is counted: `piece`, `g`, `ml`, `mm`. The price is for `unitSize` steps. */
  unit: string
  unitSize: number
  minQuantity: number
  maxQuantity: number | null
  stock: Stock
  status: VariantStatus
  barcode: string | null
  /** Fields a person set by hand; an import keeps them. */
  manualFields: string[]
  revision: number
}

export interface ProductImage {
  id: string
  url: string | null
  /** sha256 of a file in the shop's media folder. */
  mediaHash: string | null
  alt: string
  variantId: string | null
}

export interface Product {
  id: string
  /** Order in which products came; stable. */
  seq: number
  kind: ProductKind
  name: string
  /** Plain text; paragraphs and lists as lines. */
  description: string
  /** Path with ` > ` between levels; empty when unknown. */
  category: string
  brand: string
  tags: string[]
  attributes: Record<string, string>
  status: ProductStatus
  taxClass: string
  madeToOrder: boolean
  leadTimeDays: number | null
  optionNames: string[]
  url: string
  aliases: string[]
  images: ProductImage[]
  variants: Variant[]
  manualFields: string[]
  /** Rises with each change of the product, a variant, an alias, an image or the stock. */
  revision: number
  createdAt: string
  updatedAt: string
}

export interface VariantInput {
  sku?: string | null
  /** Default: the options joined with ` / `. */
  title?: string
  options?: string[]
  price: Price
  compareAt?: number | null
  cost?: number | null
  unit?: string
  unitSize?: number
  minQuantity?: number
  maxQuantity?: number | null
  /** Default: not tracked. */
  stock?: { tracked: boolean; onHand: number }
  status?: VariantStatus
  barcode?: string | null
}

/** A change of one variant: with `id` that one is changed, without it a new one is added (`price` is needed then). */
export type VariantChange = Partial<VariantInput> & { id?: string }

export interface ImageInput {
  url?: string | null
  mediaHash?: string | null
  alt?: string
  variantId?: string | null
}

export interface ProductFields {
  kind: ProductKind
  name: string
  /** HTML is turned into text. */
  description: string
  category: string
  brand: string
  tags: string[]
  attributes: Record<string, string>
  status: ProductStatus
  taxClass: string
  madeToOrder: boolean
  leadTimeDays: number | null
  optionNames: string[]
  url: string
}

export type ProductInput = Pick<ProductFields, 'name'> &
  Partial<ProductFields> & {
    aliases?: string[]
    images?: ImageInput[]
    /** At least one. */
    variants: VariantInput[]
    /** Where it came from and its id there, for a later import. */
    source?: string
    externalId?: string | null
  }

export type ProductChanges = Partial<ProductFields> & {
  /** Replaces the list. */
  aliases?: string[]
  /** Replaces the list. */
  images?: ImageInput[]
  variants?: VariantChange[]
  /** Ids of variants to put away; one must remain. */
  removeVariants?: string[]
}

export interface ProductQuery {
  /** Words that must all occur in name, brand, category, an alias or a SKU; case and accents do not matter. */
  text?: string
  status?: ProductStatus
  category?: string
  limit: number
  offset: number
}

export type StockReason = 'import' | 'edit' | 'sale' | 'return' | 'count' | 'initial'
