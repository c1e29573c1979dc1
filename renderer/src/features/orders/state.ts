import type {
  Order,
  OrderBrief,
  OrderChange,
  OrderFilter,
  OrderState,
  PaymentState,
} from '../../../../preload/contract/index.ts'

export const orderStates = [
  'pending',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
] as const satisfies readonly OrderState[]
export const paymentStates = ['unpaid', 'part', 'paid', 'refunded'] as const satisfies readonly PaymentState[]

export const stateColors: Readonly<Record<OrderState, string>> = {
  pending: 'clay',
  processing: 'yellow',
  shipped: 'blue',
  delivered: 'green',
  cancelled: 'gray',
  returned: 'gray',
}
export const paymentColors: Readonly<Record<PaymentState, string>> = {
  unpaid: 'red',
  part: 'yellow',
  paid: 'green',
  refunded: 'gray',
}

/** `unseen`: orders that nobody has looked at, of any state. */
export type StateTab = 'all' | 'unseen' | OrderState
export const stateTabs: readonly StateTab[] = ['all', 'unseen', ...orderStates]

/** What the list is narrowed to, as the screen holds it. */
export interface ListFilter {
  text: string
  tab: StateTab
  payment: PaymentState | null
  /** Local dates; empty: no limit. */
  from: string
  to: string
}

export const noFilter: ListFilter = { text: '', tab: 'all', payment: null, from: '', to: '' }

/** The same filter for every state, for the counts of the tabs. */
export function filterWithoutState(filter: ListFilter): OrderFilter {
  const text = filter.text.trim()
  return {
    ...(text === '' ? {} : { text }),
    ...(filter.payment === null ? {} : { paymentStates: [filter.payment] }),
    ...(filter.from === '' ? {} : { from: filter.from }),
    ...(filter.to === '' ? {} : { to: filter.to }),
  }
}

export function filterOf(filter: ListFilter): OrderFilter {
  const { tab } = filter
  return {
    ...filterWithoutState(filter),
    ...(tab === 'all' ? {} : tab === 'unseen' ? { unseen: true } : { states: [tab] }),
  }
}

export function isFiltered(filter: ListFilter): boolean {
  return Object.keys(filterOf(filter)).length > 0
}

export interface TabCounts {
  states: Partial<Record<OrderState, number>>
  unseen: number
}

/** How many orders a tab shows; null while it is not known. */
export function countOf(tab: StateTab, counts: TabCounts | undefined): number | null {
  if (counts === undefined) return null
  if (tab === 'unseen') return counts.unseen
  if (tab !== 'all') return counts.states[tab] ?? 0
  return orderStates.reduce((sum, state) => sum + (counts.states[state] ?? 0), 0)
}

/** What the customer still owes; what was refunded is not asked for again. */
export function dueOf(order: Pick<OrderBrief, 'total' | 'paid' | 'state'>): number {
  if (order.state === 'cancelled' || order.state === 'returned') return 0
  return Math.max(0, order.total - order.paid)
}

/** What was paid beyond the total, as after an order became smaller. */
export function overpaid(order: Pick<OrderBrief, 'total' | 'paid' | 'refunded' | 'state'>): number {
  const owed = order.state === 'cancelled' || order.state === 'returned' ? 0 : order.total
  return Math.max(0, order.paid - order.refunded - owed)
}

/** What can still be given back. */
export function refundable(order: Pick<OrderBrief, 'paid' | 'refunded'>): number {
  return Math.max(0, order.paid - order.refunded)
}

export function isEditable(order: Pick<OrderBrief, 'state'>): boolean {
  return order.state === 'pending' || order.state === 'processing'
}

/** The payment that an answer tells of and that was not there before. */
export function newPayment(after: Pick<Order, 'payments'>, before: Pick<Order, 'payments'>): string | null {
  const known = new Set(before.payments.map((payment) => payment.id))
  return after.payments.find((payment) => !known.has(payment.id))?.id ?? null
}

/** States that take something away from the customer or back from them: asked about before. */
export function isUndoing(state: OrderState): state is 'cancelled' | 'returned' {
  return state === 'cancelled' || state === 'returned'
}

/** The usual next step, and what else may be done, which is kept out of the way. */
export function stepsOf(next: readonly OrderState[]): { main: OrderState | null; others: OrderState[] } {
  const onward = next.filter((state) => !isUndoing(state))
  const [main = null] = onward
  return { main, others: [...onward.slice(1), ...next.filter(isUndoing)] }
}

const actors = ['system', 'agent', 'customer', 'person', 'import'] as const

export function actorKind(actor: string): (typeof actors)[number] {
  const kind = actor.split(':')[0]
  return actors.find((each) => each === kind) ?? 'system'
}

/** Figures and words of a history row, whichever of them it has. */
export function changeFacts(change: OrderChange): {
  amount: number | null
  before: number | null
  after: number | null
  words: string[]
  removed: boolean
} {
  const number = (name: string) => {
    const value = change.data[name]
    return typeof value === 'number' ? value : null
  }
  const text = (name: string) => {
    const value = change.data[name]
    return typeof value === 'string' && value.trim() !== '' ? [value] : []
  }
  const amount = number('amount')
  return {
    amount: amount === null ? null : Math.abs(amount),
    before: number('before') ?? number('totalBefore'),
    after: number('after') ?? number('total'),
    words: ['text', 'reason', 'method', 'note', 'name'].flatMap(text),
    // An entry that was taken back is noted with the opposite sign.
    removed: change.data.removed === true || (amount !== null && amount < 0),
  }
}

export function knownState(state: string | null): OrderState | null {
  return orderStates.find((each) => each === state) ?? null
}

/** Basis points as people read them: `21 %`. */
export function rateText(rate: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(rate / 10_000)
}

/** One line about how the order leaves the shop. */
export function deliveryParts(
  order: Pick<Order, 'recipient' | 'address' | 'place' | 'zoneName' | 'phone'>,
): string[] {
  return [order.recipient, order.address, order.place].filter((part) => part !== '')
}
