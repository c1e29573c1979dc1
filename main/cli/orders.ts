import { type Command, InvalidArgumentError } from 'commander'
import type {
  ContractClient,
  Order,
  OrderBrief,
  OrderFilter,
  OrderState,
} from '../../preload/contract/index.ts'
import { DomainError } from '../core/errors.ts'
import { isLocalDate, localMoment } from '../core/language/calendar.ts'
import { formatMoney } from '../core/money/money.ts'
import { parseMajorAmount } from '../core/money/parse-amount.ts'
import type { CommandContext, Run } from './command.ts'
import { chooseShop, connect } from './connection.ts'
import { cellText } from './output.ts'
import { type CliLanguage, say } from './texts.ts'

interface AtShop {
  client: ContractClient
  shop: string
  locale: string
  currency: string
  timeZone: string
}

const states: readonly OrderState[] = [
  'pending',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'returned',
]
/** Orders that one call of the contract gives. */
const pageSize = 200

/** Orders: what there is of them, and what the owner does with them. */
export function orderCommands(program: Command, run: Run): void {
  const orders = program.command('orders').description('orders of customers')

  run(
    orders
      .command('list')
      .option('--state <state>', states.join(', '))
      .option('--from <date>', 'placed on this day or later, as 2026-12-24')
      .option('--to <date>', 'placed on this day or earlier')
      .option('--customer <customer>', 'id, or name, phone or e-mail')
      .option('--text <text>', 'number, customer, phone or article')
      .option('--limit <n>', 'orders at most', toLimit, 50)
      .description('orders, newest first'),
    async (context, options) => {
      const filter = filterOf(options)
      await atShop(context, async (at) => {
        if (options.customer !== undefined) {
          filter.customerId = await customerOf(at, String(options.customer))
        }
        const found = await listOrders(at, filter, Number(options.limit))
        const { language } = context.output
        for (const order of found) context.output.result(order, lineOf(order, at, language))
        if (found.length === 0 && !context.output.json) context.output.result(null, say('noOrders', language))
      })
    },
  )

  run(
    orders
      .command('show')
      .argument('<number>', 'the number of the order')
      .description('one order, with all of it'),
    async (context, _options, [number = '']) => {
      await atShop(context, async (at) => {
        const order = await at.client.orders.byNumber({ shop: at.shop, number })
        context.output.result(order, detailsOf(order, at, context.output.language))
      })
    },
  )

  run(
    orders
      .command('set-state')
      .argument('<number>', 'the number of the order')
      .argument('<state>', states.join(', '))
      .option('--reason <reason>', 'why; the customer is told it too')
      .option('--no-tell', 'do not tell the customer')
      .option('--no-restock', 'cancelled or returned goods do not go back on the shelf')
      .description('move an order on'),
    async (context, options, [number = '', wanted = '']) => {
      const state = stateOf(wanted)
      await atShop(context, async (at) => {
        const { id } = await at.client.orders.byNumber({ shop: at.shop, number })
        const order = await at.client.orders.setState({
          shop: at.shop,
          orderId: id,
          state,
          restock: options.restock !== false,
          tell: options.tell !== false,
          ...(options.reason === undefined ? {} : { reason: String(options.reason) }),
        })
        context.output.result(order, lineOf(order, at, context.output.language))
      })
    },
  )

  run(
    orders
      .command('pay')
      .argument('<number>', 'the number of the order')
      .argument('<amount>', 'what came in, as 12,90')
      .option('--method <name>', 'how it was paid')
      .option('--note <text>', 'a note of the shop’s own')
      .option('--no-tell', 'do not tell the customer')
      .description('note a payment'),
    async (context, options, [number = '', money = '']) => {
      await atShop(context, async (at) => {
        const amount = parseMajorAmount(money, at.currency)
        if (amount === null || amount < 1) {
          throw new DomainError('input.invalid', { field: 'amount', issue: 'amount' })
        }
        const { id } = await at.client.orders.byNumber({ shop: at.shop, number })
        const order = await at.client.orders.addPayment({
          shop: at.shop,
          orderId: id,
          amount,
          tell: options.tell !== false,
          ...(options.method === undefined ? {} : { method: String(options.method) }),
          ...(options.note === undefined ? {} : { note: String(options.note) }),
        })
        context.output.result(order, lineOf(order, at, context.output.language))
      })
    },
  )
}

async function atShop(context: CommandContext, work: (at: AtShop) => Promise<void>): Promise<void> {
  const shop = chooseShop(context, context.shop)
  const connection = await connect(context, { shop })
  try {
    const { locale, currency, timeZone } = await connection.client.shops.get({ shop })
    await work({ client: connection.client, shop, locale, currency, timeZone })
  } finally {
    await connection.close()
  }
}

function filterOf(options: Record<string, unknown>): OrderFilter {
  const filter: OrderFilter = {}
  if (options.state !== undefined) filter.states = [stateOf(String(options.state))]
  for (const field of ['from', 'to'] as const) {
    if (options[field] === undefined) continue
    const date = String(options[field])
    if (!isLocalDate(date)) throw new DomainError('input.invalid', { field, issue: 'date' })
    filter[field] = date
  }
  if (options.text !== undefined) filter.text = String(options.text)
  return filter
}

function stateOf(wanted: string): OrderState {
  const state = states.find((one) => one === wanted)
  if (state === undefined)
    throw new DomainError('input.invalid', { field: 'state', issue: states.join(', ') })
  return state
}

/** @throws DomainError `not_found`, `input.invalid` when several customers are meant. */
async function customerOf({ client, shop }: AtShop, wanted: string): Promise<string> {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(wanted)) return wanted
  const { items } = await client.customers.list({ shop, text: wanted, limit: 2 })
  const [only, ...others] = items
  if (only === undefined) throw new DomainError('not_found', { entity: 'customers', id: wanted })
  if (others.length > 0) throw new DomainError('input.invalid', { field: 'customer', issue: 'several' })
  return only.id
}

async function listOrders(at: AtShop, filter: OrderFilter, limit: number): Promise<OrderBrief[]> {
  const found: OrderBrief[] = []
  while (found.length < limit) {
    const { items, more } = await at.client.orders.list({
      shop: at.shop,
      filter,
      limit: Math.min(pageSize, limit - found.length),
      before: found.at(-1)?.seq,
    })
    found.push(...items)
    if (!more) break
  }
  return found
}

function lineOf(order: OrderBrief, at: AtShop, language: CliLanguage): string {
  const { date, minutes } = localMoment(new Date(order.placedAt), at.timeZone)
  const time = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
  const columns = [
    order.number,
    `${date} ${time}`,
    say(`order_${order.state}`, language),
    say(`payment_${order.paymentState}`, language),
    formatMoney({ amount: order.total, currency: order.currency }, at.locale),
    order.customer?.name ?? '',
  ]
  return columns.map(cellText).join('\t')
}

function detailsOf(order: Order, at: AtShop, language: CliLanguage): string {
  const money = (amount: number) => formatMoney({ amount, currency: order.currency }, at.locale)
  const lines = order.lines.map((line) => {
    const name = line.title === '' ? line.name : `${line.name} (${line.title})`
    const quantity = line.unit === 'piece' ? `${line.quantity}` : `${line.quantity} ${line.unit}`
    return `  ${quantity} × ${cellText(name)}\t${money(line.total)}`
  })
  const where = [order.recipient, order.phone, order.address, order.place, order.zoneName, order.slotLabel]
  const sums = [
    ...(order.discount > 0 ? [`${say('orderDiscount', language)}\t−${money(order.discount)}`] : []),
    ...(order.deliveryFee > 0 ? [`${say('orderDelivery', language)}\t${money(order.deliveryFee)}`] : []),
    `${say('orderTotal', language)}\t${money(order.total)}`,
    ...(order.paid > 0 ? [`${say('orderPaid', language)}\t${money(order.paid - order.refunded)}`] : []),
  ]
  return [
    lineOf(order, at, language),
    ...[where.filter((part) => part !== '').join(' · '), order.note]
      .filter((part) => part !== '')
      .map(cellText),
    ...lines,
    ...sums,
  ].join('\n')
}

function toLimit(text: string): number {
  const limit = Number(text)
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError('1, 2, 3…')
  return limit
}
