import type { Actor } from '../actor.ts'
import type { ShopBrief } from '../engines/engine.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { type ImportOptions, type ImportSource, runImport } from './import/import.ts'
import type { ImportReport } from './import/report.ts'
import type { Product, ProductChanges, ProductInput, ProductQuery, StockReason, Variant } from './product.ts'
import { findSku, listProductIds, loadProducts, productIdOfVariant } from './repository.ts'
import { StockLedger } from './stock.ts'
import {
  createProduct,
  raiseRevision,
  removeProduct,
  restoreProduct,
  setVariantStock,
  updateProduct,
} from './writes.ts'

export type { ImportOptions, ImportSource } from './import/import.ts'
export type { ImportProgress, ImportReport, IssueCode, RowIssue } from './import/report.ts'

export interface ImportSummary {
  id: string
  fileName: string
  format: string
  state: 'running' | 'done' | 'cancelled' | 'failed'
  /** UTC ISO 8601. */
  startedAt: string
  by: Actor
}

/** What the shop sells. Reads see committed rows; inside a unit of work they see its changes. */
export class CatalogService {
  readonly #storage: Storage
  readonly #shop: () => ShopBrief
  /** What is held for orders, and what leaves and comes back. */
  readonly stock: StockLedger
  #importing = false

  constructor(storage: Storage, shop: () => ShopBrief) {
    this.#storage = storage
    this.#shop = shop
    this.stock = new StockLedger(storage, (tx, productId) => raiseRevision(storage, tx, productId, true))
  }

  /** One page of live products, hidden ones and drafts included, in the order they came. */
  list(query: ProductQuery): { items: Product[]; total: number } {
    const { ids, total } = listProductIds(this.#storage, query)
    return { items: loadProducts(this.#storage, ids), total }
  }

  product(id: string): Product | null {
    return loadProducts(this.#storage, [id])[0] ?? null
  }

  /** In the order of `ids`; those that are gone are left out. */
  products(ids: readonly string[]): Product[] {
    return loadProducts(this.#storage, ids)
  }

  variant(id: string): { product: Product; variant: Variant } | null {
    const productId = productIdOfVariant(this.#storage, id)
    return productId === null ? null : this.#withVariant(productId, id)
  }

  /** Case does not matter. */
  variantBySku(sku: string): { product: Product; variant: Variant } | null {
    const found = findSku(this.#storage, sku.trim())
    return found === null ? null : this.#withVariant(found.productId, found.id)
  }

  /** Every name and alias under which a customer may know a product that is for sale. */
  names(): { productId: string; name: string }[] {
    return this.#storage
      .prepare<[], { productId: string; name: string }>(
        `SELECT id AS productId, name FROM products WHERE deleted_at IS NULL AND status NOT IN ('hidden', 'draft')
         UNION ALL
         SELECT a.product_id, a.alias FROM product_aliases a JOIN products p ON p.id = a.product_id
         WHERE a.deleted_at IS NULL AND p.deleted_at IS NULL AND p.status NOT IN ('hidden', 'draft')`,
      )
      .all()
  }

  /** Categories of what is for sale, with how many products each has. */
  categories(): { name: string; products: number }[] {
    return this.#storage
      .prepare<[], { name: string; products: number }>(
        `SELECT category AS name, count(*) AS products FROM products
         WHERE deleted_at IS NULL AND status NOT IN ('hidden', 'draft') AND category <> ''
         GROUP BY category ORDER BY products DESC, category`,
      )
      .all()
  }

  /** How many products are for sale. */
  count(): number {
    const row = this.#storage
      .prepare<[], { products: number }>(
        "SELECT count(*) AS products FROM products WHERE deleted_at IS NULL AND status NOT IN ('hidden', 'draft')",
      )
      .get()
    return row?.products ?? 0
  }

  /** Whether a customer may hear of it: not hidden and no draft. What is sold out may be spoken of. */
  isForSale(product: Product): boolean {
    return product.status !== 'hidden' && product.status !== 'draft'
  }

  /** @throws DomainError `input.invalid`, `catalog.invalid_price`, `catalog.duplicate_sku`. */
  create(tx: Tx, input: ProductInput): Product {
    return createProduct(this.#storage, tx, input)
  }

  /**
   * Changes what is given and leaves the rest. A person's changes are noted as manual, so that an import keeps them.
   * @throws DomainError `not_found`, `conflict` (with the current revision), and those of `create`.
   */
  update(tx: Tx, id: string, changes: ProductChanges, options: { expectedRevision?: number } = {}): Product {
    return updateProduct(this.#storage, tx, id, changes, options.expectedRevision)
  }

  remove(tx: Tx, id: string): void {
    removeProduct(this.#storage, tx, id)
  }

  /** @throws DomainError `catalog.duplicate_sku` when one of its SKUs belongs to another product by now. */
  restore(tx: Tx, id: string): void {
    restoreProduct(this.#storage, tx, id)
  }

  /** Sets what is on the shelf, as a movement in the stock ledger. */
  setStock(tx: Tx, variantId: string, onHand: number, reason: StockReason): void {
    setVariantStock(this.#storage, tx, variantId, onHand, reason)
  }

  /**
   * Reads a CSV file into the catalog, in small units of work: a cancelled or failed import keeps what it had taken in.
   * @throws DomainError `import.not_text`, `import.empty`, `import.line_too_long`, `import.no_name_column`,
   * `import.file_unreadable`, `import.busy`. Bad rows are no errors: they are in the report.
   */
  async importCsv(source: ImportSource, options: ImportOptions): Promise<ImportReport> {
    return await runImport(
      { storage: this.#storage, shop: this.#shop(), running: this.#running },
      source,
      options,
    )
  }

  imports(limit = 50): ImportSummary[] {
    return this.#storage
      .prepare<[number], ImportSummary>(
        `SELECT id, file_name AS fileName, format, state, created_at AS startedAt, created_by AS "by"
         FROM imports ORDER BY created_at DESC, id DESC LIMIT ?`,
      )
      .all(limit)
  }

  readonly #running = {
    /** False when another import is under way. */
    enter: (): boolean => {
      if (this.#importing) return false
      this.#importing = true
      return true
    },
    leave: (): void => {
      this.#importing = false
    },
  }

  #withVariant(productId: string, variantId: string): { product: Product; variant: Variant } | null {
    const product = this.product(productId)
    const variant = product?.variants.find((candidate) => candidate.id === variantId)
    return product && variant ? { product, variant } : null
  }
}
