import type { ShopBrief } from '../engines/engine.ts'
import { addDays, instantOf } from '../language/calendar.ts'
import type { Storage, Tx } from '../storage/storage.ts'
import type { Missed, MissedKind } from './missed.ts'

export { type Missed, type MissedKind, missedIn, type ToldTurn } from './missed.ts'

/** The same wish of everybody who had it. Amounts in minor units. */
export interface MissedDemand {
  kind: MissedKind
  key: string
  text: string
  product: { id: string; name: string } | null
  variantId: string | null
  times: number
  customers: number
  quantity: number
  amount: number | null
  lastAt: string
  lastConversationId: string
}

export interface MissedFilter {
  /** Local dates `YYYY-MM-DD`, both inclusive. */
  from?: string
  to?: string
  kind?: MissedKind
  limit: number
}

interface GroupRow extends Omit<MissedDemand, 'product'> {
  productId: string | null
  productName: string | null
}

/** What customers asked for and the shop could not offer. */
export class DemandService {
  readonly #storage: Storage
  readonly #shop: () => ShopBrief

  constructor(storage: Storage, shop: () => ShopBrief) {
    this.#storage = storage
    this.#shop = shop
  }

  /** Notes what a turn could not offer; once for each turn and wish. */
  record(
    tx: Tx,
    from: { conversationId: string; customerId: string; turnId: string },
    missed: readonly Missed[],
  ): void {
    if (missed.length === 0) return
    const insert = this.#storage.prepare(
      `INSERT INTO missed_demand (at, kind, key, text, conversation_id, customer_id, turn_id, product_id, variant_id, quantity, amount)
       VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT id FROM products WHERE id = ?), (SELECT id FROM variants WHERE id = ?), ?, ?)
       ON CONFLICT (turn_id, kind, key) DO NOTHING`,
    )
    const { conversationId, customerId, turnId } = from
    for (const { kind, key, text, productId, variantId, quantity, amount } of missed)
      insert.run(
        tx.now,
        kind,
        key,
        text,
        conversationId,
        customerId,
        turnId,
        productId,
        variantId,
        quantity,
        amount,
      )
    tx.emit('demand.changed', {})
  }

  /**
   * Most wanted first. Who asks for the same again is one customer with one wish: their largest counts, so that
   * insisting brings no money.
   */
  missed(filter: MissedFilter): { items: MissedDemand[]; amount: number; times: number } {
    const { timeZone } = this.#shop()
    const start = filter.from === undefined ? '' : instantText(filter.from, timeZone)
    const end = filter.to === undefined ? '9999' : instantText(addDays(filter.to, 1), timeZone)
    const rows = this.#storage
      .prepare<{ start: string; end: string; kind: string | null }, GroupRow>(
        `WITH wishes AS (
           SELECT kind, key, customer_id, count(*) AS times, max(quantity) AS quantity, max(amount) AS amount, max(seq) AS seq
           FROM missed_demand
           WHERE dismissed_at IS NULL AND at >= @start AND at < @end AND (@kind IS NULL OR kind = @kind)
           GROUP BY kind, key, customer_id
         ), grouped AS (
           SELECT kind, key, sum(times) AS times, count(*) AS customers, sum(quantity) AS quantity, sum(amount) AS amount, max(seq) AS seq
           FROM wishes GROUP BY kind, key
         )
         SELECT g.kind, g.key, m.text, m.product_id AS productId, p.name AS productName, m.variant_id AS variantId, g.times,
           g.customers, g.quantity, g.amount, m.at AS lastAt, m.conversation_id AS lastConversationId
         FROM grouped g JOIN missed_demand m ON m.seq = g.seq LEFT JOIN products p ON p.id = m.product_id
         ORDER BY g.customers DESC, coalesce(g.amount, 0) DESC, g.times DESC, g.seq DESC`,
      )
      .all({ start, end, kind: filter.kind ?? null })
    return {
      items: rows.slice(0, filter.limit).map(({ productId, productName, ...group }) => ({
        ...group,
        product: productId === null ? null : { id: productId, name: productName ?? group.text },
      })),
      amount: rows.reduce((sum, row) => sum + (row.amount ?? 0), 0),
      times: rows.reduce((sum, row) => sum + row.times, 0),
    }
  }

  /** Takes a wish out of the list until somebody has it again. */
  dismiss(tx: Tx, kind: MissedKind, key: string): void {
    this.#storage
      .prepare(
        'UPDATE missed_demand SET dismissed_at = ? WHERE kind = ? AND key = ? AND dismissed_at IS NULL',
      )
      .run(tx.now, kind, key)
    tx.emit('demand.changed', {})
  }
}

function instantText(date: string, timeZone: string): string {
  return new Date(instantOf(date, 0, timeZone)).toISOString()
}
