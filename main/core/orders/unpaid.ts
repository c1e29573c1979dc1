import type { Clock, Log } from '../host.ts'
import type { Outbox } from '../outbox/service.ts'
import { changeState } from './moves.ts'
import { hoursAfter } from './place.ts'
import { type OrderWork, requireOrder } from './work.ts'

/** How often it looks, ms. */
const tickMs = 60_000
/** Between two looks more time has passed than this, or on one clock only: the computer slept or its clock was set. */
const toleranceMs = 45_000
/** Awake time between a warning that has left and the cancellation, and after each start and wake, ms. */
const graceMs = 3_600_000

interface Waiting {
  id: string
  reservedUntil: string
  warnedAt: string | null
}

export interface UnpaidDependencies {
  outbox: Outbox
  clock: Clock
  log: Log
  /** The owner has paused everything: nobody is warned, and nothing is cancelled. */
  paused?(): boolean
}

/**
 * Lets go of the stock of prepaid orders that nobody paid. The customer is reminded first and has the whole time of a
 * reminder from then on, however late it leaves; and the app must have been awake for an hour since, so that nothing is
 * cancelled because a computer slept or a clock was set.
 */
export class UnpaidOrders {
  readonly #work: OrderWork
  readonly #outbox: Outbox
  readonly #clock: Clock
  readonly #log: Log
  readonly #paused: () => boolean
  /** When, in monotonic time, a warned order was first seen with its warning gone. Begins anew with each wake. */
  readonly #since = new Map<string, number>()
  #last: { wall: number; monotonic: number } | null = null
  #cancel: (() => void) | null = null

  constructor(work: OrderWork, deps: UnpaidDependencies) {
    this.#work = work
    this.#outbox = deps.outbox
    this.#clock = deps.clock
    this.#log = deps.log
    this.#paused = deps.paused ?? (() => false)
  }

  start(): void {
    if (this.#cancel === null) this.#look()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
    this.#last = null
    this.#since.clear()
  }

  #look(): void {
    this.#cancel = this.#clock.after(tickMs, () => this.#look())
    this.#attempt(() => {
      if (this.#hasWoken() || this.#paused()) this.#since.clear()
      if (this.#paused()) return
      const { unpaidHours, warnHours } = this.#work.settings.get()
      if (unpaidHours === null) return
      const notice = Math.min(warnHours, unpaidHours / 2)
      for (const order of this.#waiting(hoursAfter(this.#work.storage.now(), notice))) {
        this.#attempt(() => {
          if (order.warnedAt === null) this.#warn(order.id, notice)
          else if (this.#hasWaited(order)) this.#release(order.id)
        })
      }
    })
  }

  /** Neither a full disk nor one order that cannot be changed may end the watch: it looks again. */
  #attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#log.error('orders.unpaid_failed', { error: error instanceof Error ? error.name : 'error' })
    }
  }

  #hasWoken(): boolean {
    const now = { wall: this.#clock.now(), monotonic: this.#clock.monotonic() }
    const last = this.#last
    this.#last = now
    if (last === null) return true
    const awake = now.monotonic - last.monotonic
    return Math.abs(now.wall - last.wall - awake) > toleranceMs || awake > tickMs + toleranceMs
  }

  /** Unpaid orders whose time ends by then. */
  #waiting(until: string): Waiting[] {
    return this.#work.storage
      .prepare<[string], Waiting>(
        `SELECT id, reserved_until AS reservedUntil, payment_warned_at AS warnedAt FROM orders
         WHERE reserved_until IS NOT NULL AND state = 'pending' AND reserved_until <= ? AND payment_state = 'unpaid'
           AND deleted_at IS NULL ORDER BY reserved_until`,
      )
      .all(until)
  }

  #warn(id: string, notice: number): void {
    const { storage, rows, notices } = this.#work
    storage.write('system', (tx) => {
      const order = requireOrder(rows, id)
      if (order.state !== 'pending' || order.paymentState !== 'unpaid' || order.paymentWarnedAt !== null)
        return
      const earliest = hoursAfter(tx.now, notice)
      const until = (order.reservedUntil ?? '') > earliest ? (order.reservedUntil ?? earliest) : earliest
      rows.update(tx, order, { paymentWarnedAt: tx.now, reservedUntil: until })
      const messageId = notices.paymentDue(tx, order, until)
      rows.addChange(tx, id, 'warned', { data: { until, messageId } })
      tx.emit('order.changed', { orderId: id })
    })
  }

  #hasWaited({ id, reservedUntil }: Waiting): boolean {
    const messageId = this.#warning(id)
    if (messageId !== null && this.#outbox.isLeaving(messageId)) return false
    const now = this.#clock.monotonic()
    const since = this.#since.get(id) ?? now
    this.#since.set(id, since)
    return now - since >= graceMs && reservedUntil <= this.#work.storage.now()
  }

  #release(id: string): void {
    const { storage, rows, notices } = this.#work
    storage.write('system', (tx) => {
      const order = requireOrder(rows, id)
      if (order.state !== 'pending' || order.paymentState !== 'unpaid') return
      changeState(tx, this.#work, id, {
        state: 'cancelled',
        expected: 'pending',
        reason: 'unpaid',
        tell: false,
      })
      notices.unpaid(tx, order)
    })
    this.#since.delete(id)
  }

  /** The message that warned of it, or null when nobody could be told. */
  #warning(id: string): string | null {
    const messageId = this.#work.storage
      .prepare<[string], string | null>(
        "SELECT json_extract(data, '$.messageId') FROM order_changes WHERE order_id = ? AND kind = 'warned' ORDER BY seq DESC LIMIT 1",
      )
      .pluck()
      .get(id)
    return typeof messageId === 'string' ? messageId : null
  }
}
