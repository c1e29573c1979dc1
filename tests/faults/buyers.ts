import type Database from 'better-sqlite3'
import type { Customer } from '../fakes/telegram/chats.ts'
import type { Script } from './report.ts'

/** What must be zero when customers have bought. */
export interface OrderFaults {
  missingOrders: number
  repeatedOrders: number
  wrongOrders: number
  /** Pieces that are held for no open line, lines that hold too little, and a shelf that the ledger does not explain. */
  lostStock: number
}

/** How often one asks again when no answer arrived: the reply may have died on its way. */
const mostTries = 6

interface Buyer {
  customer: Customer
  read: number
  tries: number
  ordered: boolean
}

/** Customers who pay for what is in their cart: they read what arrives, and say yes to a summary that they have read. */
export class Buyers {
  readonly #buyers: Buyer[]
  readonly #scripts: Map<number, Script[]>

  /** @param scripts what everybody said; what buyers say is added to it */
  constructor(customers: readonly Customer[], scripts: Map<number, Script[]>) {
    this.#scripts = scripts
    this.#buyers = customers.map((customer) => ({
      customer,
      read: customer.received().length,
      tries: 0,
      ordered: false,
    }))
  }

  get chats(): number[] {
    return this.#buyers.map((buyer) => buyer.customer.chatId)
  }

  /** So many of those who have not begun say that they want to pay. */
  ask(count: number): void {
    for (const buyer of this.#buyers.filter(({ tries }) => tries === 0).slice(0, count)) this.#askOf(buyer)
  }

  /** Whoever still has no order asks again. False when nobody has to, or all have tried often enough. */
  askAgain(): boolean {
    const waiting = this.#buyers.filter((buyer) => !buyer.ordered && buyer.tries < mostTries)
    for (const buyer of waiting) this.#askOf(buyer)
    return waiting.length > 0
  }

  /** Everybody reads what has arrived. Every third says yes twice, as people do when they wait. */
  answer(): void {
    for (const [index, buyer] of this.#buyers.entries()) {
      const news = buyer.customer.received().slice(buyer.read)
      buyer.read += news.length
      if (news.some((text) => /pedido \d+/i.test(text))) buyer.ordered = true
      if (!news.some((text) => /¿(?:lo )?confirm(?:as|a|ás)/i.test(text))) continue
      this.#say(buyer, 'Sí')
      if (index % 3 === 0) this.#say(buyer, 'Sí')
    }
  }

  #askOf(buyer: Buyer): void {
    buyer.tries += 1
    this.#say(buyer, 'No quiero nada más, gracias. Quiero pagar')
  }

  #say(buyer: Buyer, text: string): void {
    buyer.customer.say(text)
    this.#scripts.get(buyer.customer.chatId)?.push({ text })
  }
}

/** One order for each buyer, for what they had in the cart, and no piece of stock unaccounted for. */
export function judgeOrders(
  sql: Database.Database,
  scripts: ReadonlyMap<number, readonly Script[]>,
  buyers: readonly number[],
): OrderFaults {
  const rows = sql
    .prepare<[], { chat: string; orders: number; pieces: number; total: number }>(
      `SELECT c.chat_id AS chat, count(DISTINCT o.id) AS orders, sum(l.quantity) AS pieces, sum(l.total) AS total
       FROM orders o JOIN conversations c ON c.id = o.conversation_id JOIN order_lines l ON l.order_id = o.id GROUP BY c.chat_id`,
    )
    .all()
  const faults = { missingOrders: 0, repeatedOrders: 0, wrongOrders: 0 }
  for (const chat of buyers) {
    const wanted = scripts.get(chat)?.reduce((sum, line) => sum + (line.adds?.quantity ?? 0), 0) ?? 0
    const row = rows.find((candidate) => candidate.chat === String(chat))
    if (row === undefined) faults.missingOrders += 1
    else if (row.orders > 1) faults.repeatedOrders += row.orders - 1
    else if (row.pieces !== wanted || row.total !== wanted * 450) faults.wrongOrders += 1
  }
  faults.wrongOrders += rows.filter((row) => !buyers.includes(Number(row.chat))).length
  const lostStock = sql
    .prepare(
      `SELECT
         (SELECT coalesce(sum(abs(coalesce(r.held, 0) - iif(o.state = 'pending', l.quantity, 0))), 0)
          FROM order_lines l JOIN orders o ON o.id = l.order_id LEFT JOIN
            (SELECT reference, sum(quantity) AS held FROM reservations WHERE state = 'active' GROUP BY reference) r
            ON r.reference = 'order_line:' || l.id WHERE l.tracked = 1)
         + (SELECT coalesce(sum(quantity), 0) FROM reservations WHERE state = 'active'
            AND reference NOT IN (SELECT 'order_line:' || id FROM order_lines))
         + (SELECT coalesce(sum(abs(v.on_hand - coalesce((SELECT sum(delta) FROM stock_movements m WHERE m.variant_id = v.id), 0))), 0)
            FROM variants v WHERE v.tracked = 1)`,
    )
    .pluck()
    .get()
  return { ...faults, lostStock: Number(lostStock) }
}
