import { newId } from '../ids.ts'
import { insertRow, softDeleteRow, updateRow } from '../storage/rows.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import { quotes, tariffs } from './tables.ts'
import type { Answers, Quote, QuoteLine, Tariff, TariffDefinition } from './tariff.ts'

interface TariffRow {
  id: string
  productId: string
  productName: string
  definition: string
  revision: number
}

const selectTariff = `SELECT t.id, t.product_id AS productId, p.name AS productName, t.definition, t.revision
  FROM tariffs t JOIN products p ON p.id = t.product_id WHERE t.deleted_at IS NULL AND p.deleted_at IS NULL`

function toTariff(row: TariffRow): Tariff {
  // Written by this repository from this very type; the column is ours alone.
  return { ...row, definition: JSON.parse(row.definition) as TariffDefinition }
}

export class TariffRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  all(): Tariff[] {
    return this.#storage.prepare<[], TariffRow>(`${selectTariff} ORDER BY p.name`).all().map(toTariff)
  }

  of(productId: string): Tariff | null {
    const row = this.#storage
      .prepare<[string], TariffRow>(`${selectTariff} AND t.product_id = ?`)
      .get(productId)
    return row === undefined ? null : toTariff(row)
  }

  insert(tx: Tx, productId: string, definition: TariffDefinition): void {
    insertRow(tx, tariffs, { id: newId(), productId, definition, revision: 1 })
  }

  update(tx: Tx, known: Tariff, definition: TariffDefinition): void {
    updateRow(tx, tariffs, known.id, { definition, revision: known.revision + 1 })
  }

  remove(tx: Tx, id: string): void {
    softDeleteRow(tx, tariffs, id)
  }
}

interface QuoteRow {
  id: string
  seq: number
  number: string
  customerId: string | null
  customerName: string | null
  conversationId: string | null
  productId: string
  productName: string
  variantId: string
  answers: string
  lines: string
  total: number
  priceKind: 'exact' | 'from'
  validUntil: string | null
  at: string
}

const selectQuote = `SELECT q.id, q.seq, q.number, q.customer_id AS customerId, c.name AS customerName,
    q.conversation_id AS conversationId, q.product_id AS productId, p.name AS productName, q.variant_id AS variantId,
    q.answers, q.lines, q.total, q.price_kind AS priceKind, q.valid_until AS validUntil, q.created_at AS at
  FROM quotes q JOIN products p ON p.id = q.product_id LEFT JOIN customers c ON c.id = q.customer_id
  WHERE q.deleted_at IS NULL`

function toQuote(row: QuoteRow): Quote {
  const { customerId, customerName, productId, productName, answers, lines, ...rest } = row
  return {
    ...rest,
    customer: customerId === null ? null : { id: customerId, name: customerName ?? '' },
    product: { id: productId, name: productName },
    // Written by this repository from these very types; the columns are ours alone.
    answers: JSON.parse(answers) as Answers,
    lines: JSON.parse(lines) as QuoteLine[],
  }
}

export interface NewQuote {
  id: string
  customerId: string | null
  conversationId: string | null
  productId: string
  variantId: string
  tariff: Tariff
  answers: Answers
  lines: QuoteLine[]
  total: number
  validUntil: string | null
}

/** Numbers of quotes start above this, so that the first one does not look like the first one. */
const firstNumber = 1000

export interface QuoteQuery {
  customerId?: string
  productId?: string
  limit: number
  /** `seq` of the last one already shown. */
  before?: number
}

export class QuoteRepository {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  get(id: string): Quote | null {
    const row = this.#storage.prepare<[string], QuoteRow>(`${selectQuote} AND q.id = ?`).get(id)
    return row === undefined ? null : toQuote(row)
  }

  list({ customerId, productId, limit, before }: QuoteQuery): Quote[] {
    const customer = customerId === undefined ? '' : 'AND q.customer_id = @customerId'
    const product = productId === undefined ? '' : 'AND q.product_id = @productId'
    return this.#storage
      .prepare<Required<QuoteQuery>, QuoteRow>(
        `${selectQuote} ${customer} ${product} AND q.seq < @before ORDER BY q.seq DESC LIMIT @limit`,
      )
      .all({
        customerId: customerId ?? '',
        productId: productId ?? '',
        before: before ?? Number.MAX_SAFE_INTEGER,
        limit,
      })
      .map(toQuote)
  }

  insert(tx: Tx, quote: NewQuote): void {
    const { last } = this.#storage
      .prepare<[], { last: number }>('SELECT coalesce(max(seq), 0) AS last FROM quotes')
      .get() ?? { last: 0 }
    const { tariff, ...row } = quote
    insertRow(tx, quotes, {
      ...row,
      seq: last + 1,
      number: `Q${firstNumber + last + 1}`,
      tariffId: tariff.id,
      tariffRevision: tariff.revision,
      priceKind: tariff.definition.priceKind,
    })
  }
}
