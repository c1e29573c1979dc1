import type { CatalogService } from '../catalog/service.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { checkDefinition } from './checks.ts'
import { computeQuote } from './quote.ts'
import { type QuoteQuery, QuoteRepository, TariffRepository } from './repository.ts'
import type { Answers, Quote, Tariff, TariffDefinition } from './tariff.ts'

const dayMs = 24 * 60 * 60 * 1000

/** Services whose price is built from elements, and the quotes that were given. */
export class TariffService {
  readonly #tariffs: TariffRepository
  readonly #quotes: QuoteRepository
  readonly #catalog: CatalogService

  constructor(storage: Storage, catalog: CatalogService) {
    this.#tariffs = new TariffRepository(storage)
    this.#quotes = new QuoteRepository(storage)
    this.#catalog = catalog
  }

  list(): Tariff[] {
    return this.#tariffs.all()
  }

  of(productId: string): Tariff | null {
    return this.#tariffs.of(productId)
  }

  /**
   * Sets what a product's price is made of.
   * @throws DomainError `not_found`, `conflict {revision}`, `tariff.invalid {path, issue}`.
   */
  set(tx: Tx, productId: string, definition: TariffDefinition, expectedRevision?: number): Tariff {
    if (this.#catalog.product(productId) === null)
      throw new DomainError('not_found', { entity: 'product', id: productId })
    checkDefinition(definition)
    const known = this.#tariffs.of(productId)
    if (expectedRevision !== undefined && (known?.revision ?? 0) !== expectedRevision)
      throw new DomainError('conflict', { entity: 'tariff', revision: known?.revision ?? 0 })
    if (known === null) this.#tariffs.insert(tx, productId, definition)
    else this.#tariffs.update(tx, known, definition)
    return this.#changed(tx, productId)
  }

  remove(tx: Tx, productId: string): void {
    const known = this.#tariffs.of(productId)
    if (known === null) throw new DomainError('not_found', { entity: 'tariff', id: productId })
    this.#tariffs.remove(tx, known.id)
    tx.emit('tariff.changed', { productId })
  }

  /**
   * Computes a quote and keeps it.
   * @throws DomainError `not_found` without a tariff, `tariff.missing_answers {keys}`.
   */
  quote(
    tx: Tx,
    productId: string,
    answers: Answers,
    whose: { customerId: string | null; conversationId: string | null },
  ): Quote {
    const tariff = this.#tariffs.of(productId)
    const variant = this.#catalog.product(productId)?.variants[0]
    if (tariff === null || variant === undefined)
      throw new DomainError('not_found', { entity: 'tariff', id: productId })
    const { definition } = tariff
    const result = computeQuote(definition, answers)
    if (result.total === null)
      throw new DomainError('tariff.missing_answers', {
        keys: result.missing.map(({ key }) => key).join(','),
      })
    const id = newId()
    this.#quotes.insert(tx, {
      id,
      ...whose,
      productId,
      variantId: variant.id,
      tariff,
      answers,
      lines: result.lines,
      total: result.total,
      validUntil: new Date(Date.parse(tx.now) + definition.validDays * dayMs).toISOString(),
    })
    return this.#required(id)
  }

  getQuote(id: string): Quote | null {
    return this.#quotes.get(id)
  }

  /** Newest first. */
  quotes(query: QuoteQuery): Quote[] {
    return this.#quotes.list(query)
  }

  #required(id: string): Quote {
    const quote = this.#quotes.get(id)
    if (quote === null) throw new DomainError('not_found', { entity: 'quote', id })
    return quote
  }

  #changed(tx: Tx, productId: string): Tariff {
    tx.emit('tariff.changed', { productId })
    const tariff = this.#tariffs.of(productId)
    if (tariff === null) throw new DomainError('not_found', { entity: 'tariff', id: productId })
    return tariff
  }
}
